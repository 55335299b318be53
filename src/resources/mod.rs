//! Resources: frameworks, evidence, toolkits, tools and networks' portals that others publish, in our plain words.
pub mod acts;
pub mod checking;
pub mod command;
pub mod csv;
pub mod form;
pub mod pages;
pub mod self_check;
pub mod store;

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};

use crate::{
    calendar::{civil_now, date_in_words},
    text::{Line, Slug, Text, WebAddress},
};

pub type ResourceId = uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Resource {
    pub id: ResourceId,
    pub slug: Slug,
    pub content: Content,
    pub revision: i32,
    pub archived: Option<Timestamp>,
    /// What was found behind its link; none where nobody has looked since it has this address.
    pub checked: Option<Checked>,
}

/// What is said of a resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    pub title: Line<160>,
    pub kind: Kind,
    /// At least one, in their own order.
    pub audiences: Vec<Audience>,
    pub about: Text<600>,
    pub publisher: Option<Line<120>>,
    pub year: Option<i16>,
    pub address: WebAddress,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Framework,
    Evidence,
    Toolkit,
    Tool,
    Portal,
}

/// For whom it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    Everybody,
    Artists,
    LinkWorkers,
    Commissioners,
}

/// What was found behind a link, when, and by whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub at: Timestamp,
    pub by: Line<100>,
    pub found: Found,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    There,
    /// It works, and its server says that it lives at another address from now on.
    Moved(WebAddress),
    /// The server is there, but lets no program look: a person must.
    KeptOut(Line<300>),
    Failing {
        why: Line<300>,
        /// On so many different days it was tried in vain.
        days: i16,
        since: Date,
        last: Date,
    },
}

/// A link is broken when it failed on so many different days: servers rest, too.
pub const BROKEN_AFTER: i16 = 3;

impl Kind {
    pub const ALL: [Self; 5] =
        [Self::Framework, Self::Evidence, Self::Toolkit, Self::Tool, Self::Portal];

    /// As it stands in addresses, files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Framework => "framework",
            Self::Evidence => "evidence",
            Self::Toolkit => "toolkit",
            Self::Tool => "tool",
            Self::Portal => "portal",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As a heading above several.
    pub fn label(self) -> &'static str {
        match self {
            Self::Framework => "Frameworks and standards",
            Self::Evidence => "Evidence",
            Self::Toolkit => "Toolkits and guides",
            Self::Tool => "Tools",
            Self::Portal => "Networks and where they meet online",
        }
    }
}

impl Audience {
    pub const ALL: [Self; 4] =
        [Self::Everybody, Self::Artists, Self::LinkWorkers, Self::Commissioners];

    pub fn code(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Artists => "artists",
            Self::LinkWorkers => "link_workers",
            Self::Commissioners => "commissioners",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Everybody => "Everybody",
            Self::Artists => "Artists",
            Self::LinkWorkers => "Link workers",
            Self::Commissioners => "Those who plan and pay",
        }
    }
}

impl Resource {
    pub fn is_archived(&self) -> bool {
        self.archived.is_some()
    }

    /// Tried on enough different days, and never with success.
    pub fn is_broken(&self) -> bool {
        matches!(&self.checked, Some(Checked { found: Found::Failing { days, .. }, .. }) if *days >= BROKEN_AFTER)
    }

    /// The link needs somebody's eye.
    pub fn needs_a_look(&self) -> bool {
        self.checked.as_ref().is_some_and(|checked| checked.found != Found::There)
    }

    /// "Artists, link workers": for whom it is.
    pub fn who_for(&self) -> String {
        let labels = self.content.audiences.iter().map(|one| one.label());
        let mut words = labels.collect::<Vec<_>>().join(", ").to_lowercase();
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        words
    }

    /// "Office for National Statistics, 2023".
    pub fn source(&self) -> Option<String> {
        let year = self.content.year.map(|year| year.to_string());
        let parts = [self.content.publisher.as_ref().map(ToString::to_string), year];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

impl Checked {
    /// "Thursday 19 November 2026".
    pub fn day(&self) -> String {
        let at: DateTime = civil_now(self.at);
        date_in_words(at.date())
    }

    /// What visitors should know of the link.
    pub fn for_visitors(&self) -> String {
        match self.found {
            Found::Failing { .. } => {
                format!("The link did not work when we last tried, on {}.", self.day())
            }
            Found::There | Found::Moved(_) => {
                format!("Link checked on {} by {}.", self.day(), self.by)
            }
            Found::KeptOut(_) => format!(
                "On {} the site did not let us check the link. It may work for you.",
                self.day()
            ),
        }
    }

    /// What the desk should know of it.
    pub fn for_the_desk(&self) -> String {
        match &self.found {
            Found::There => format!("Works: {}, {}", self.day(), self.by),
            Found::Moved(to) => format!("Moved for good to {to}"),
            Found::KeptOut(why) => format!("Look yourself: {why}"),
            Found::Failing { why, days, since, .. } => {
                let broken = if *days >= BROKEN_AFTER { "Broken" } else { "Failing" };
                let times = if *days == 1 { "day" } else { "different days" };
                format!("{broken}: {why} Tried on {days} {times} since {}.", date_in_words(*since))
            }
        }
    }
}
