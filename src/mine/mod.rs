//! What is somebody's: the providers they look after, with all of their offers, and what is in hand.
pub mod acts;
pub mod begin;
mod letters;
pub mod pages;
pub mod people;
mod permit;
pub mod store;
pub mod trainings;

use jiff::{Timestamp, civil::Date};

pub use permit::{Permit, Permitted, Person};

use crate::{
    calendar::Pause,
    offers::{OfferId, PlacesSaid, Status},
    openings::Counted,
    providers::ProviderId,
    submissions::{Stage, SubmissionId},
    text::{Email, Slug},
    topics::Places,
};

/// Over so many days openings are counted for who looks after an offer, today included.
pub const COUNTED_DAYS: i64 = 30;

/// A provider, for one who looks after it.
#[derive(Clone, Debug)]
pub struct Looked {
    pub id: ProviderId,
    pub slug: Slug,
    pub name: String,
    /// Something of it was published at some time: a coordinator has looked at it.
    pub seen: bool,
    /// The public can open its page now.
    pub public: bool,
}

/// An offer, as its list shows it to one who looks after it.
#[derive(Clone, Debug)]
pub struct Own {
    pub id: OfferId,
    pub provider: ProviderId,
    pub slug: Slug,
    pub title: String,
    pub status: Status,
    pub places: Option<PlacesSaid>,
    pub pause: Option<Pause>,
    pub ends_on: Option<Date>,
    pub confirmed: Option<Timestamp>,
    /// Over the last [`COUNTED_DAYS`].
    pub counted: Counted,
}

/// What is on its way to a coordinator, or came back.
#[derive(Clone, Debug)]
pub struct InHand {
    pub id: SubmissionId,
    pub kind: Kind,
    pub stage: Stage,
    pub title: String,
    pub changed: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    New,
    Change,
    Profile,
}

/// Somebody who is asked to join, and has not answered yet.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub id: uuid::Uuid,
    pub provider: ProviderId,
    pub email: Email,
    pub by: Email,
    /// Who invites leaves as soon as it is accepted.
    pub hand_over: bool,
    pub made: Timestamp,
}

impl Own {
    /// How it stands, in a word or two and as a class of the list: what its readers notice most comes first.
    pub fn standing(&self, today: Date) -> (&'static str, &'static str) {
        let full = self.places.is_some_and(|said| said.code == Places::Full);
        match self.status {
            Status::Draft => ("Changes asked for", "needs-a-look"),
            Status::Submitted => ("Waiting for the coordinator", "started"),
            Status::Archived => ("Ended", "not-started"),
            Status::Paused => ("Taking a break", "started"),
            Status::Published if self.ends_on.is_some_and(|last| last < today) => {
                ("Over", "not-started")
            }
            Status::Published if self.break_on(today).is_some() => {
                ("Published, on a break", "started")
            }
            Status::Published if full => ("Published, full", "started"),
            Status::Published => ("Published", "done"),
        }
    }

    /// The break that it takes that day while it stays listed.
    pub fn break_on(&self, day: Date) -> Option<Pause> {
        self.pause.filter(|pause| pause.from <= day && pause.to.is_none_or(|to| to >= day))
    }

    /// Whether it is where its provider can act on it.
    pub fn is_live(&self) -> bool {
        matches!(self.status, Status::Published | Status::Paused)
    }
}
