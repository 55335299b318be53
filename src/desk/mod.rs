//! The coordinators' desk: what waits, read beside what is live, and decided.
pub mod batches;
pub mod bulk;
pub mod claims;
pub mod duplicates;
pub mod editing;
pub mod export;
pub mod intake;
pub mod listings;
pub mod log;
pub mod pages;
pub mod providers;
pub mod reports;
pub mod store;
pub mod training;
pub mod words;

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use crate::{
    accounts::AccountId,
    calendar::{civil_now, working_days_after},
    places::Gss,
    reports::{Kind as ReportKind, URGENT},
    submissions::{Stage, pages::USUAL_DAYS},
    text::Line,
};

/// Something that was sent to the coordinators, or reported.
#[derive(Clone, Debug)]
pub struct Item {
    /// Of the submission, or of the report.
    pub id: Uuid,
    pub kind: Kind,
    pub stage: Stage,
    pub title: String,
    pub provider: Option<String>,
    /// When it came to this stage.
    pub since: Timestamp,
    /// Whose coordinators it belongs to.
    pub boroughs: Vec<Gss>,
    pub claim: Option<Claim>,
    /// What a report says.
    pub report: Option<ReportKind>,
    /// For one that says closed: how many people say so just now.
    pub closed: u32,
}

/// What came of claiming something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Yes,
    /// Somebody else looks at it, whom the page did not name.
    ByAnother,
    NotWaiting,
}

/// Somebody has said that they look at it.
#[derive(Clone, Debug)]
pub struct Claim {
    pub account: AccountId,
    pub name: Line<100>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    New,
    Change,
    Profile,
    Report,
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

    /// Where it is read and decided.
    pub fn address(&self) -> String {
        match self.kind {
            Kind::Report => format!("/desk/reports/{}", self.id),
            Kind::New | Kind::Change | Kind::Profile => format!("/desk/submissions/{}", self.id),
        }
    }

    /// It comes before all that waits longer.
    pub fn is_urgent(&self) -> bool {
        self.closed >= URGENT
    }
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::New, Self::Change, Self::Profile, Self::Report];

    /// As it stands in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Change => "change",
            Self::Profile => "profile",
            Self::Report => "report",
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
            Self::Report => "Report",
        }
    }
}
