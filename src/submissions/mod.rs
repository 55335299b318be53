//! Submissions: an offer from an artist's first word until a coordinator has decided.
pub mod album;
mod begin;
pub mod command;
pub mod decide;
pub mod differences;
pub mod duplicates;
pub mod edit;
pub mod known;
pub mod letters;
pub mod pages;
pub mod pending;
mod question;
pub mod questions;
mod readdress;
pub mod reading;
pub mod saving;
pub mod send;
pub mod small;
mod stage;
pub mod store;
pub mod withdraw;
mod whole;
pub mod writing;
mod written;

use jiff::Timestamp;

pub use question::{Choices, Control, Only, Part, Question, Step};
pub use stage::Stage;
pub use written::{written, written_with};

use crate::{
    accounts::AccountId,
    forms::Answers,
    offers::{Content, OfferId},
    providers::ProviderId,
    text::{Email, Line, Text},
    venues::VenueId,
};

pub type SubmissionId = uuid::Uuid;

/// What somebody says of an offer, and where that stands.
#[derive(Clone, Debug)]
pub struct Submission {
    pub id: SubmissionId,
    pub about: About,
    pub stage: Stage,
    pub since: Timestamp,
    /// Those that are, or the ids they will have once they are new ones.
    pub provider: ProviderId,
    pub venue: VenueId,
    pub by: By,
    /// Everything as it was typed.
    pub answers: Answers,
    /// One more with each save, so that two windows notice each other.
    pub version: u32,
    /// Steps that were saved without a mistake.
    pub steps: Vec<Step>,
    /// How often it was sent to the coordinator.
    pub sent: u32,
    /// What it says, as it was read when it was sent. Not for a profile.
    pub content: Option<Content>,
    pub made: Timestamp,
    pub changed: Timestamp,
}

impl Submission {
    /// A draft of its own: the provider and the venue are new ones until somebody says otherwise.
    pub fn new(id: SubmissionId, about: About, by: By, answers: Answers, now: Timestamp) -> Self {
        Self {
            id,
            about,
            stage: Stage::Draft,
            since: now,
            provider: ProviderId::now_v7(),
            venue: VenueId::now_v7(),
            by,
            answers,
            version: 1,
            steps: vec![],
            sent: 0,
            content: None,
            made: now,
            changed: now,
        }
    }

    /// What it is called so far, as it was typed; empty where nothing was.
    pub fn title(&self) -> &str {
        let field = if self.about == About::Profile { "provider_name" } else { "title" };
        self.answers.one(field)
    }

    /// Whether this field of a form belongs to that step, and is asked here.
    pub fn asks(&self, step: Step, field: &str) -> bool {
        questions::belongs(step, field) && self.asks_at_all(field)
    }

    /// Whether it is a matter of this field, in whichever step. At the desk nothing is asked of a provider that
    /// the public knows: what it says of itself is its own.
    pub fn asks_at_all(&self, field: &str) -> bool {
        let settled = matches!(self.by, By::Desk { provider_is_known: true, .. })
            && self.about != About::Profile;
        self.about.asks(field) && !(settled && field.starts_with("provider_"))
    }

    /// The artist's address; nobody's where it is written at the desk.
    pub fn email(&self) -> Option<&Email> {
        match &self.by {
            By::Artist { email, .. } => Some(email),
            By::Desk { .. } => None,
        }
    }

    /// Whether it was shown whose address that is. Who writes at the desk has signed in.
    pub fn is_confirmed(&self) -> bool {
        match self.by {
            By::Artist { confirmed, .. } => confirmed.is_some(),
            By::Desk { .. } => true,
        }
    }

    /// What waits and is edited by this, if that is what it is.
    pub fn edits(&self) -> Option<SubmissionId> {
        match self.by {
            By::Artist { .. } => None,
            By::Desk { edits, .. } => edits,
        }
    }
}

/// Who writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody of whom we know an e-mail address, and when it was shown to be theirs.
    Artist { email: Email, confirmed: Option<Timestamp> },
    /// Somebody at the desk, who publishes it without sending it to anybody.
    Desk {
        account: AccountId,
        /// Something that waits, of which this is what the coordinators make.
        edits: Option<SubmissionId>,
        /// Something of its provider was published before.
        provider_is_known: bool,
    },
}

/// What a submission is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A new offer; it has an id from the moment it waits for the coordinator.
    New(Option<OfferId>),
    /// A change of one that was published, begun from this revision.
    Change { offer: OfferId, base: u32 },
    /// A provider's profile.
    Profile,
}

/// Something said about a submission, by the coordinator or by the artist.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub number: u32,
    pub at: Timestamp,
    /// "the Southwark coordinator", "you".
    pub by: Line<100>,
    pub from_desk: bool,
    /// The question it is about, if one.
    pub field: Option<Line<60>>,
    pub words: Text<2000>,
}

impl About {
    /// Whether it is a matter of this field at all: a profile is about who runs things, and nothing else; and
    /// of who runs it, a published offer says nothing of its own.
    pub fn asks(self, field: &str) -> bool {
        let of_profile = field.starts_with("provider_");
        match self {
            Self::New(_) => true,
            Self::Change { .. } => !of_profile,
            Self::Profile => of_profile,
        }
    }

    /// A change of what is live, which stays as it is until a coordinator has decided.
    pub fn is_of_what_is_live(self) -> bool {
        !matches!(self, Self::New(_))
    }

    pub fn offer(self) -> Option<OfferId> {
        match self {
            Self::New(offer) => offer,
            Self::Change { offer, .. } => Some(offer),
            Self::Profile => None,
        }
    }
}
