//! Training: artists, link workers, health professionals and councils of one place learn together.
pub mod acts;
pub mod api;
pub mod booking;
pub mod cohort;
pub mod csv;
pub mod history;
pub mod letters;
pub mod pages;
pub mod past;
pub mod programme;
pub mod shares;
pub mod store;
pub mod watch;

use jiff::{SignedDuration, Timestamp};

pub use booking::{Booking, BookingId};
pub use cohort::{Cohort, CohortId, Session};
pub use programme::{Module, Programme, Question};

use crate::text::Slug;

/// Who does not confirm within this time has asked for nothing.
pub const FOR_CONFIRMING: SignedDuration = SignedDuration::from_hours(48);
/// Names and addresses of those who attended are kept so long after the last session, so that they can fetch
/// their certificate.
pub const FOR_CERTIFICATES: SignedDuration = SignedDuration::from_hours(24 * 366);
/// Those of everybody else who booked go so long after the last session: time enough to note attendance.
pub const FOR_ATTENDANCE: SignedDuration = SignedDuration::from_hours(24 * 60);

/// The four professional groups that learn together. Each has its share of the places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profession {
    Artists,
    LinkWorkers,
    Health,
    LocalAuthority,
}

/// Before the first session, or after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    Before,
    After,
}

impl Profession {
    pub const ALL: [Self; 4] =
        [Self::Artists, Self::LinkWorkers, Self::Health, Self::LocalAuthority];

    /// As it stands in forms and in the database; `known_professions` there knows the same.
    pub fn code(self) -> &'static str {
        match self {
            Self::Artists => "artists",
            Self::LinkWorkers => "link_workers",
            Self::Health => "health",
            Self::LocalAuthority => "local_authority",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As a heading and a choice.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Artists => "Artists and arts organisations",
            Self::LinkWorkers => "Link workers and community connectors",
            Self::Health => "GPs and other health professionals",
            Self::LocalAuthority => "Local authority",
        }
    }

    /// Its place in [`Profession::ALL`].
    pub fn at(self) -> usize {
        self as usize
    }
}

impl Moment {
    pub const ALL: [Self; 2] = [Self::Before, Self::After];

    /// As it stands in the database and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A cohort in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: CohortId,
    pub slug: Slug,
    pub title: String,
    /// The slug of its programme.
    pub programme: Slug,
    pub state: cohort::State,
    /// None where it meets online.
    pub place: Option<String>,
    pub boroughs: Vec<crate::places::Gss>,
    pub capacity: u8,
    pub booked: u8,
    pub waiting: u32,
    /// Starts of its first session, and end of its last; none while it has no session.
    pub first: Option<Timestamp>,
    pub ends: Option<Timestamp>,
    pub sessions: u8,
}
