//! Feeds that are followed: once a day each is fetched, and what it says anew is laid over what is live.
mod follow;
pub mod store;

pub use follow::{daily, due};

use jiff::{SignedDuration, Timestamp};

use super::Terms;
use crate::{
    accounts::AccountId,
    offers::{OfferId, Status},
    places::Gss,
    text::Line,
};

pub type FeedId = uuid::Uuid;
pub type TaskId = uuid::Uuid;

/// A feed that somebody follows.
#[derive(Clone, Debug)]
pub struct Feed {
    pub id: FeedId,
    pub account: AccountId,
    pub address: Line<300>,
    pub terms: Terms,
    pub made: Timestamp,
    pub next: Timestamp,
    pub last: Option<Last>,
}

/// What became of it when it was fetched last.
#[derive(Clone, Debug)]
pub struct Last {
    pub at: Timestamp,
    pub words: Line<500>,
    pub well: bool,
}

/// Something to be done about an offer that a feed brings.
#[derive(Clone, Debug)]
pub struct Task {
    pub id: TaskId,
    pub kind: Kind,
    pub offer: OfferId,
    pub revision: u32,
    pub title: String,
    pub status: Status,
    pub boroughs: Vec<Gss>,
    /// Why, in words.
    pub words: Line<500>,
    pub made: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The feed has it no more: archive it or keep it.
    Gone,
    /// The feed has brought it, and it waits to be looked at.
    New,
}

/// How often a feed is fetched.
pub const EVERY: SignedDuration = SignedDuration::from_hours(24);
/// When whoever had it in hand has died, somebody else tries after so long.
pub const AGAIN: SignedDuration = SignedDuration::from_hours(1);

impl Kind {
    pub const ALL: [Self; 2] = [Self::Gone, Self::New];

    pub fn code(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::New => "new",
        }
    }
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
    pub fn label(self) -> &'static str {
        match self {
            Self::Gone => "Gone from its feed",
            Self::New => "New from a feed",
        }
    }
}
