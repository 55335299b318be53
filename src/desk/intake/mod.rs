//! Imports at the desk: a file or a feed is read, each row's fate is told, and what is chosen is taken in as one.
//!
//! The report and the import are the same work: for the report each row is kept in a transaction that is taken
//! back, for the import all chosen rows in one that stays. So the report cannot promise what the import does not do.
pub mod crawl;
pub mod feeds;
pub mod file;
pub mod importing;
pub mod keep;
pub mod reading;
pub mod resolve;
pub mod store;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    accounts::AccountId,
    desk::batches::BatchId,
    offers::{OfferId, csv},
    places::Gss,
    providers::{Profile, Provider, ProviderId},
    submissions::differences::Piece,
    text::{Line, WebAddress},
    venues::{NewVenue, Venue, VenueId, VenueKind},
};

pub type IntakeId = uuid::Uuid;

/// One file or feed that somebody sent.
#[derive(Clone, Debug)]
pub struct Intake {
    pub id: IntakeId,
    pub account: AccountId,
    pub made: Timestamp,
    pub name: Line<300>,
    /// Of a feed.
    pub address: Option<Line<300>>,
    /// It came since that is followed.
    pub feed: Option<feeds::FeedId>,
    pub terms: Terms,
    pub stage: Stage,
    /// Rows that were read, and of how many, where that is known.
    pub done: u32,
    pub of: Option<u32>,
    /// When it last went on.
    pub touched: Timestamp,
    pub problem: Option<Line<500>>,
    pub batch: Option<BatchId>,
}

/// How rows are to be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// Whose they are: with their id there, it tells an offer from others.
    pub source: Line<80>,
    /// New ones that lack nothing are published at once; otherwise they wait at the desk.
    pub publish: bool,
    /// Who looks after what names no borough of ours.
    pub borough: Option<Gss>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Reading,
    /// The report is there, and nothing is taken in yet.
    Ready,
    Importing,
    Done,
    Failed,
}

/// What would become of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    New,
    /// New, but it lacks something: it waits as a draft.
    Incomplete,
    Changed,
    Unchanged,
    Refused,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Offer,
    Provider,
    Venue,
}

/// One row of the report.
#[derive(Clone, Debug)]
pub struct Row {
    pub number: u32,
    pub at: Line<100>,
    pub subject: Subject,
    pub title: String,
    pub fate: Fate,
    pub reasons: Vec<String>,
    pub repairs: Vec<String>,
    pub changes: Vec<Told>,
    pub proposal: Option<Proposal>,
    /// What was there when it was looked at.
    pub seen: Option<(OfferId, u32)>,
    pub chosen: bool,
    pub outcome: Option<Line<500>>,
}

/// A question that is answered otherwise than before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    pub label: String,
    pub lines: Vec<Vec<Piece>>,
}

/// What a row wants to be kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposal {
    Provider(Provider),
    Venue { venue: Venue, kind: VenueKind, website: Option<WebAddress> },
    Offer(Box<Proposed>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposed {
    pub row: csv::Row,
    /// It comes from another directory: what was changed here since it last came stays, and so does its state.
    pub foreign: bool,
    /// What it must say before it can be published.
    pub lacks: Vec<String>,
    /// The provider, where it is to be made for it; and its key in the source.
    pub provider: Option<(ProviderId, Profile)>,
    pub organization: Option<Line<200>>,
    /// The venue, where it is to be made.
    pub venue: Option<(VenueId, NewVenue)>,
}

/// More rows are for the command line.
pub const MOST_ROWS: usize = 5_000;
/// A larger file is for the command line, too. In bytes.
pub const LARGEST: usize = 20_000_000;
/// When nothing went on for so long, the program that did it has died.
pub const GIVEN_UP: SignedDuration = SignedDuration::from_mins(3);

impl Stage {
    pub const ALL: [Self; 5] =
        [Self::Reading, Self::Ready, Self::Importing, Self::Done, Self::Failed];

    pub fn code(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Ready => "ready",
            Self::Importing => "importing",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
    pub fn label(self) -> &'static str {
        match self {
            Self::Reading => "Being read",
            Self::Ready => "Nothing is imported yet",
            Self::Importing => "Being imported",
            Self::Done => "Imported",
            Self::Failed => "Could not be read",
        }
    }
}

impl Fate {
    pub const ALL: [Self; 5] =
        [Self::New, Self::Incomplete, Self::Changed, Self::Unchanged, Self::Refused];

    /// As addresses and the database have it.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Incomplete => "incomplete",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
        }
    }
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Incomplete => "New, to be completed",
            Self::Changed => "Changed",
            Self::Unchanged => "Unchanged",
            Self::Refused => "Refused",
        }
    }
    /// Whether there is something to take in.
    pub fn is_acceptable(self) -> bool {
        matches!(self, Self::New | Self::Incomplete | Self::Changed)
    }
}

impl Subject {
    pub const ALL: [Self; 3] = [Self::Offer, Self::Provider, Self::Venue];

    pub fn code(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Provider => "provider",
            Self::Venue => "venue",
        }
    }
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

impl Intake {
    /// Begun now, and nothing of it read yet.
    pub fn begun(account: AccountId, name: Line<300>, terms: Terms, now: Timestamp) -> Self {
        Self {
            id: IntakeId::now_v7(),
            account,
            made: now,
            name,
            address: None,
            feed: None,
            terms,
            stage: Stage::Reading,
            done: 0,
            of: None,
            touched: now,
            problem: None,
            batch: None,
        }
    }

    /// Whether it is still read or taken in, as far as one can know.
    pub fn goes_on(&self, now: Timestamp) -> bool {
        matches!(self.stage, Stage::Reading | Stage::Importing)
            && now.duration_since(self.touched) < GIVEN_UP
    }
}

impl Row {
    /// One that cannot be taken in.
    pub fn refused(at: &str, subject: Subject, title: &str, reasons: Vec<String>) -> Self {
        Self {
            number: 0,
            at: place(at),
            subject,
            title: title.chars().filter(|c| !c.is_control()).take(200).collect(),
            fate: Fate::Refused,
            reasons,
            repairs: Vec::new(),
            changes: Vec::new(),
            proposal: None,
            seen: None,
            chosen: false,
            outcome: None,
        }
    }
}

/// Where a row stands.
pub fn place(at: &str) -> Line<100> {
    let short: String = at.chars().take(100).collect();
    Line::parse(&short).unwrap_or_else(|_| Line::parse("?").expect("one sign"))
}
