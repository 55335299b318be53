//! Arts and health networks and partnerships, the team of each borough, and from a postcode to all of them.
pub mod acts;
pub mod csv;
pub mod form;
pub mod near;
pub mod pages;
pub mod sample;
pub mod store;
pub mod team;

use jiff::Timestamp;

use crate::{
    places::Gss,
    text::{Email, Line, Phone, Slug, Text, WebAddress},
};

pub type PartnershipId = uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Partnership {
    pub id: PartnershipId,
    pub slug: Slug,
    pub content: Content,
    pub revision: i32,
    pub archived: Option<Timestamp>,
}

/// What a partnership says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    pub name: Line<120>,
    pub kind: Kind,
    pub covers: Covers,
    /// Where that is, in words.
    pub area: Option<Line<200>>,
    /// What they do: Markdown.
    pub about: Text<2000>,
    pub meetings: Option<Text<500>>,
    pub joining: Option<Text<500>>,
    pub contact: Contact,
}

/// How to reach them. One way at least is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contact {
    pub name: Option<Line<100>>,
    pub role: Option<Line<100>>,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
    pub web: Option<WebAddress>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Network,
    Partnership,
    /// Of voluntary organisations.
    Forum,
    /// Whoever leads creative health at an integrated care board.
    Lead,
    Other,
}

/// How far it reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Covers {
    /// One at least.
    Boroughs(Vec<Gss>),
    /// These boroughs of it, or all where none is named.
    Region(Vec<Gss>),
    Nation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Borough,
    Region,
    Nation,
}

impl Kind {
    pub const ALL: [Self; 5] =
        [Self::Network, Self::Partnership, Self::Forum, Self::Lead, Self::Other];

    /// As it stands in addresses, files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Partnership => "partnership",
            Self::Forum => "forum",
            Self::Lead => "lead",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Network => "Arts and health network",
            Self::Partnership => "Partnership",
            Self::Forum => "Forum of charities and community groups",
            Self::Lead => "Creative health lead of an NHS board",
            Self::Other => "Other group",
        }
    }
}

impl Level {
    pub const ALL: [Self; 3] = [Self::Borough, Self::Region, Self::Nation];

    pub fn code(self) -> &'static str {
        match self {
            Self::Borough => "borough",
            Self::Region => "region",
            Self::Nation => "nation",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Borough => "In a borough",
            Self::Region => "In the region",
            Self::Nation => "In the whole country",
        }
    }
}

impl Covers {
    pub fn level(&self) -> Level {
        match self {
            Self::Boroughs(_) => Level::Borough,
            Self::Region(_) => Level::Region,
            Self::Nation => Level::Nation,
        }
    }

    /// Those that are named.
    pub fn boroughs(&self) -> &[Gss] {
        match self {
            Self::Boroughs(some) | Self::Region(some) => some,
            Self::Nation => &[],
        }
    }

    /// Whose coordinators look after it; none where only administrators do.
    pub fn looked_after_by(&self) -> &[Gss] {
        match self {
            Self::Boroughs(some) => some,
            Self::Region(_) | Self::Nation => &[],
        }
    }
}

impl Partnership {
    pub fn is_archived(&self) -> bool {
        self.archived.is_some()
    }
    pub fn level(&self) -> Level {
        self.content.covers.level()
    }
}
