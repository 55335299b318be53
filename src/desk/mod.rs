//! The coordinators' desk: what waits, read beside what is live, and decided.
pub mod batches;
pub mod differences;
pub mod export;
pub mod intake;
pub mod listings;
pub mod pages;
pub mod store;

use jiff::{Timestamp, civil::Date};

use crate::{
    accounts::AccountId,
    calendar::{civil_now, working_days_after},
    offers::OfferId,
    places::Gss,
    submissions::{Stage, SubmissionId, pages::USUAL_DAYS},
    text::Line,
};

/// Something that was sent to the coordinators.
#[derive(Clone, Debug)]
pub struct Item {
    pub id: SubmissionId,
    pub kind: Kind,
    pub stage: Stage,
    pub title: String,
    pub provider: Option<String>,
    /// When it came to this stage.
    pub since: Timestamp,
    /// Whose coordinators it belongs to.
    pub boroughs: Vec<Gss>,
    pub claim: Option<Claim>,
}

/// Somebody has said that they look at it.
#[derive(Clone, Debug)]
pub struct Claim {
    pub account: AccountId,
    pub name: Line<100>,
}

/// A line of the log.
#[derive(Clone, Debug)]
pub struct Act {
    pub at: Timestamp,
    /// "published", "signed_in".
    pub act: String,
    pub by: String,
    pub submission: Option<SubmissionId>,
    pub offer: Option<OfferId>,
    pub batch: Option<batches::BatchId>,
    pub title: Option<String>,
    pub words: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    New,
    Change,
    Profile,
}

/// What somebody wants to see of the queue.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub kind: Option<Kind>,
    pub borough: Option<Gss>,
    /// Only what this account has claimed.
    pub claimed_by: Option<AccountId>,
}

impl Item {
    /// The day until which artists are told that there usually is an answer.
    pub fn due(&self) -> Date {
        working_days_after(civil_now(self.since).date(), USUAL_DAYS)
    }
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::New, Self::Change, Self::Profile];

    /// As it stands in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Change => "change",
            Self::Profile => "profile",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Change => "Change",
            Self::Profile => "Profile",
        }
    }
}
