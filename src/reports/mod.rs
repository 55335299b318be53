//! Reports: somebody says that an offer is not as its page says, or that it was good. No account is needed.
pub mod letters;
pub mod pages;
pub mod store;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::text::{Email, Slug, Text};

pub type ReportId = Uuid;

/// Reports that an offer has closed count together for so long.
const TOGETHER: SignedDuration = SignedDuration::from_hours(14 * 24);
/// When so many different people say it, visitors learn that it is being checked.
pub const SEVERAL: u32 = 2;
/// When so many do, it comes before all else at the desk.
pub const URGENT: u32 = 5;

/// Reports made after it count together at `now`, while they are not settled. `said_closed` in the database
/// counts them.
pub fn together_since(now: Timestamp) -> Timestamp {
    now - TOGETHER
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Times,
    Closed,
    Full,
    Unreachable,
    Other,
    /// Praise: it asks for no work.
    Good,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    New,
    LookedAt,
    Done,
    NotAMistake,
}

/// What somebody says about an offer.
#[derive(Clone, Debug)]
pub struct Report {
    pub id: ReportId,
    pub offer: Uuid,
    pub kind: Kind,
    pub words: Option<Text<1000>>,
    /// For an answer.
    pub email: Option<Email>,
}

/// The offer that a report is about, as visitors know it.
#[derive(Clone, Debug)]
pub struct About {
    pub id: Uuid,
    pub slug: Slug,
    pub title: String,
    pub provider: String,
}

impl Kind {
    pub const ALL: [Self; 6] =
        [Self::Times, Self::Closed, Self::Full, Self::Unreachable, Self::Other, Self::Good];

    /// As it stands in forms and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Times => "times",
            Self::Closed => "closed",
            Self::Full => "full",
            Self::Unreachable => "unreachable",
            Self::Other => "other",
            Self::Good => "good",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As who reports it says so.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Times => "The days or times are wrong",
            Self::Closed => "It has closed",
            Self::Full => "It is full",
            Self::Unreachable => "We cannot reach them",
            Self::Other => "Something else is wrong",
            Self::Good => "Nothing is wrong: we went, and it was good",
        }
    }

    /// As coordinators read it in lists.
    pub fn label(self) -> &'static str {
        match self {
            Self::Times => "Wrong times",
            Self::Closed => "Closed",
            Self::Full => "Full",
            Self::Unreachable => "Cannot reach them",
            Self::Other => "Something else",
            Self::Good => "Praise",
        }
    }

    pub fn is_praise(self) -> bool {
        self == Self::Good
    }
}

impl State {
    pub const ALL: [Self; 4] = [Self::New, Self::LookedAt, Self::Done, Self::NotAMistake];

    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::LookedAt => "looked_at",
            Self::Done => "done",
            Self::NotAMistake => "not_a_mistake",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::LookedAt => "Being looked at",
            Self::Done => "Done",
            Self::NotAMistake => "Not a mistake",
        }
    }

    /// Somebody still has to do something about it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::New | Self::LookedAt)
    }
}
