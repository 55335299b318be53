//! Several changes done as one, and undone as one.
pub mod store;
mod undo;

use jiff::Timestamp;

pub use undo::{Undone, undo};

use crate::{
    accounts::AccountId,
    offers::{Confirmation, OfferId, Status},
    providers::{Profile, ProviderId},
    text::{Line, Slug},
};

pub type BatchId = uuid::Uuid;

/// What was done, without each thing that it was done to.
#[derive(Clone, Debug)]
pub struct Batch {
    pub id: BatchId,
    pub kind: Kind,
    /// "Paused 12 offers".
    pub words: Line<500>,
    /// `None`: the program itself, following a feed.
    pub account: Option<AccountId>,
    /// "the Southwark coordinator", or the name of the account where it is still known.
    pub by: String,
    pub at: Timestamp,
    pub undone: Option<(Timestamp, Line<100>)>,
    /// How many offers it touched.
    pub offers: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Bulk,
    Merge,
    Import,
    /// A feed that is followed.
    Feed,
}

/// What a batch did to one offer, and how that stands now.
#[derive(Clone, Debug)]
pub struct Touched {
    pub offer: OfferId,
    /// As it was called then.
    pub title: String,
    pub added: bool,
    /// `None` where it is gone: it was added, and undone before anybody saw it.
    pub status: Option<Status>,
    /// It says something else or stands otherwise since.
    pub moved_on: bool,
    /// It had moved on when the rest was undone.
    pub stayed: bool,
}

/// An offer that was chosen with the others, and why nothing was done to it.
#[derive(Clone, Debug)]
pub struct LeftOut {
    pub offer: OfferId,
    pub title: String,
    pub why: String,
}

/// What an offer was before a batch, as undoing needs it.
#[derive(Clone, Debug)]
pub struct Past {
    pub offer: OfferId,
    /// The revision that the batch left.
    pub after: u32,
    /// `None` where the batch added it.
    pub before: Option<Before>,
}

#[derive(Clone, Debug)]
pub struct Before {
    pub revision: u32,
    pub status: Status,
    /// Why it was archived, if it was.
    pub because: Option<Line<500>>,
    pub slug: Slug,
    /// It had no key elsewhere, and got one.
    pub adopted: bool,
    pub confirmed: Option<Confirmation>,
    pub confirm_every: u8,
    /// What the batch left: a later word than this stays.
    pub confirmed_after: Option<Timestamp>,
}

/// What a provider said of itself before a batch (`None`: nothing, it was added), and after it.
#[derive(Clone, Debug)]
pub struct Described {
    pub provider: ProviderId,
    pub before: Option<Profile>,
    pub after: Profile,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Bulk, Self::Merge, Self::Import, Self::Feed];

    /// As the database has it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bulk => "bulk",
            Self::Merge => "merge",
            Self::Import => "import",
            Self::Feed => "feed",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As the log has it.
    pub fn act(self) -> &'static str {
        match self {
            Self::Bulk => "changed_together",
            Self::Merge => "merged",
            Self::Import | Self::Feed => "imported",
        }
    }
}
