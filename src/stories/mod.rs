//! Stories: what somebody tells of an offer or of a place, shown only as long as those agree whom it is about.
pub mod acts;
#[cfg(test)]
mod fixtures;
pub mod form;
mod form_view;
pub mod letters;
pub mod pages;
mod said;
pub mod sample;
pub mod store;
mod written;

use jiff::{SignedDuration, Span, Timestamp, civil::Date};
use uuid::Uuid;

pub use form_view::FormView;
pub use said::Told;
pub use written::written;

use crate::{
    forms::Answers,
    offers::OfferId,
    places::Gss,
    text::{Email, Line, Slug, Text},
    topics::{Codes, Need},
};

pub type StoryId = Uuid;

/// A consent is asked for again after so many years: lives change, and so do minds, and a page outlives what
/// somebody thought of when they said yes.
pub const YEARS: i16 = 2;
/// So many days before it ends the teller is asked whether they still agree.
pub const ASKED_BEFORE: i64 = 30;
/// What was begun and not sent is kept so long after its last change.
pub const DRAFTS_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// What waits, was refused, came back with a question that nobody answered, or whose consent has ended, is kept so
/// long.
pub const ENDED_KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// One of a few, with its code in addresses and in the database, and its words.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident: $($variant:ident = $code:literal, $label:literal;)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($variant,)* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

coded! { Kind:
    CaseStudy = "case-study", "A case study: what happened, from the beginning";
    Testimonial = "testimonial", "A testimonial: what somebody says about it";
}

coded! {
    /// Who tells it.
    Teller:
    TookPart = "took-part", "Somebody who took part";
    Artist = "artist", "An artist";
    LinkWorker = "link-worker", "A link worker";
    Gp = "gp", "A GP";
    Carer = "carer", "A carer";
    Family = "family", "Somebody of the family";
}

coded! {
    /// Who agreed.
    Giver:
    Teller = "teller", "Me: it is my own story and about nobody else";
    Person = "person", "The person whom it is about";
    Decider = "decider", "Somebody who may decide for them, such as a parent or an attorney";
}

coded! {
    /// How a story stands, as coordinators say it.
    State:
    Draft = "draft", "Begun";
    Waiting = "waiting", "Waits";
    ChangesAsked = "changes_asked", "Changes asked for";
    Published = "published", "Published";
    Refused = "refused", "Refused";
    Withdrawn = "withdrawn", "Withdrawn";
}

/// That somebody agreed, and to what besides this website.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    pub by: Giver,
    pub on: Date,
    /// To whom it was given and where that is kept, such as "signed form kept by the provider". Never who it was.
    pub kept: Line<200>,
    /// On paper and in reports.
    pub print: bool,
    /// In social media and the press.
    pub press: bool,
    /// The name that is shown is their own.
    pub real_name: bool,
}

/// What a story says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub kind: Kind,
    pub teller: Teller,
    pub title: Line<100>,
    /// Markdown, as offers have it.
    pub words: Text<10_000>,
    pub name: Option<Line<60>>,
    /// One to five.
    pub needs: Codes<Need>,
    /// At least one.
    pub boroughs: Vec<Gss>,
    /// In the order in which they were named; up to three.
    pub offers: Vec<OfferId>,
    pub consent: Consent,
}

/// A story, however it stands.
#[derive(Clone, Debug)]
pub struct Story {
    pub id: StoryId,
    pub state: State,
    pub since: Timestamp,
    /// Counts the acts on it.
    pub version: u32,
    /// Of whoever tells it; none where a coordinator wrote it down.
    pub email: Option<Email>,
    /// As it was typed, for its teller only: what is `unsent` in it nobody else reads.
    pub answers: Answers,
    /// Its teller has kept something for later since it was sent.
    pub unsent: bool,
    /// As it was read when it was sent; none before, and none once it is withdrawn.
    pub says: Option<Content>,
    pub boroughs: Vec<Gss>,
    pub slug: Option<Slug>,
    /// The first day on which it is shown no more.
    pub ends: Option<Date>,
}

/// What a coordinator wrote to the teller.
#[derive(Clone, Debug)]
pub struct Message {
    pub at: Timestamp,
    pub by: String,
    pub words: Text<2000>,
}

impl Consent {
    /// The first day on which it holds no more.
    pub fn ends(&self) -> Date {
        ends(self.on)
    }
}

/// When a consent of that day ends.
pub fn ends(on: Date) -> Date {
    on.saturating_add(Span::new().years(YEARS))
}

impl State {
    /// Its teller may write in it and send it.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Refused | Self::Withdrawn)
    }
}

impl Story {
    /// It is on the pages.
    pub fn is_shown(&self, today: Date) -> bool {
        self.state == State::Published && self.ends.is_some_and(|ends| ends > today)
    }

    /// It is time to ask whether they still agree.
    pub fn is_to_be_asked(&self, today: Date) -> bool {
        let soon = today.saturating_add(Span::new().days(ASKED_BEFORE));
        self.state == State::Published && self.ends.is_some_and(|ends| ends <= soon)
    }

    /// What it is called where its teller or a coordinator reads of it.
    pub fn title(&self) -> String {
        let typed = self.answers.one("title");
        match &self.says {
            Some(says) => says.title.to_string(),
            None if self.state == State::Withdrawn => "A story that was withdrawn".to_owned(),
            None if typed.is_empty() => "Your story".to_owned(),
            None => typed.chars().take(100).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_consent_holds_two_years_also_from_a_leap_day() {
        assert_eq!(ends(date(2026, 8, 6)), date(2028, 8, 6));
        assert_eq!(ends(date(2028, 2, 29)), date(2030, 2, 28));
    }

    #[test]
    fn every_code_is_read_back() {
        for one in Teller::ALL {
            assert_eq!(Teller::parse(one.code()), Some(*one));
        }
        for one in State::ALL {
            assert_eq!(State::parse(one.code()), Some(*one));
        }
        assert_eq!(Kind::parse("testimony"), None);
    }
}
