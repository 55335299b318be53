//! A cohort: one run of a programme, with its dates, its place and who is behind it.
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{Profession, programme::Module};
use crate::{
    calendar::{civil_now, date_in_words},
    places::Gss,
    text::{Email, Line, Slug, Text, WebAddress},
};

pub type CohortId = Uuid;

/// More do not learn together in one room.
pub const MOST: u8 = 40;
/// So many days before the first session, unused places are for all, unless the cohort says otherwise.
pub const RELEASE_DAYS: u8 = 7;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Only the desk sees it.
    Draft,
    /// It can be booked until its first session begins.
    Open,
    /// It can be read about, and not booked; who waits still moves up.
    Closed,
    /// Its last session is over.
    Held,
    Cancelled,
}

#[derive(Clone, Debug)]
pub struct Cohort {
    pub id: CohortId,
    pub slug: Slug,
    /// Id, slug and name of its programme.
    pub programme: (Uuid, Slug, String),
    pub says: Says,
    /// By date.
    pub sessions: Vec<Session>,
    pub state: State,
    pub state_since: Timestamp,
    /// Why it was called off.
    pub cancelled: Option<Text<1000>>,
    pub revision: i32,
}

/// What is said about a cohort at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Says {
    pub title: Line<120>,
    /// None where it meets online.
    pub place: Option<Line<200>>,
    /// For those who have a place, and nobody else.
    pub joining: Option<Text<2000>>,
    pub about: Option<Text<2000>>,
    pub boroughs: Vec<Gss>,
    /// Places of each group, as [`Profession::ALL`] orders them; together 1 to [`MOST`].
    pub shares: [u8; 4],
    pub release_days: u8,
    pub contact_name: Line<100>,
    pub contact_email: Email,
    pub facilitators: Vec<Facilitator>,
    pub materials: Vec<Material>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: Uuid,
    pub module: Module,
    pub starts: Timestamp,
    pub minutes: u16,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facilitator {
    pub name: Line<100>,
    pub words: Option<Line<200>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    pub title: Line<120>,
    pub address: WebAddress,
    pub booked_only: bool,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Draft, Self::Open, Self::Closed, Self::Held, Self::Cancelled];

    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Held => "held",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Open => "Open for booking",
            Self::Closed => "Booking closed",
            Self::Held => "Held",
            Self::Cancelled => "Called off",
        }
    }

    /// Everybody may read about it.
    pub fn is_public(self) -> bool {
        self != Self::Draft
    }
}

impl Says {
    pub fn capacity(&self) -> u8 {
        self.shares.iter().sum()
    }

    pub fn share(&self, profession: Profession) -> u8 {
        self.shares[profession.at()]
    }
}

impl Cohort {
    /// When the first session begins.
    pub fn first(&self) -> Option<Timestamp> {
        self.sessions.first().map(|one| one.starts)
    }

    /// When the last session is over.
    pub fn ends(&self) -> Option<Timestamp> {
        self.sessions.last().map(Session::ends)
    }

    /// From then on every free place is for all.
    pub fn released_at(&self) -> Option<Timestamp> {
        let days = SignedDuration::from_hours(24 * i64::from(self.says.release_days));
        self.first().map(|first| first - days)
    }

    pub fn is_released(&self, now: Timestamp) -> bool {
        self.released_at().is_some_and(|at| at <= now)
    }

    /// "Free places are for all groups from Tuesday 3 March 2026 on."
    pub fn released_in_words(&self, now: Timestamp) -> Option<String> {
        let at = self.released_at().filter(|at| *at > now)?;
        let day = date_in_words(civil_now(at).date());
        Some(format!("Free places are for all groups from {day} on."))
    }

    /// The same for those who wait: what their number in line means from then on.
    pub fn one_line_in_words(&self, now: Timestamp) -> Option<String> {
        let words = self.released_in_words(now)?;
        Some(format!(
            "{words} Your number then counts everybody who waits, and each place goes to number 1."
        ))
    }

    /// Anybody may ask for a place.
    pub fn can_be_booked(&self, now: Timestamp) -> bool {
        self.state == State::Open && self.first().is_some_and(|first| now < first)
    }

    /// The last session is over.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends().is_some_and(|ends| ends <= now)
    }

    pub fn has_begun(&self, now: Timestamp) -> bool {
        self.first().is_some_and(|first| first <= now)
    }
}

impl Session {
    pub fn ends(&self) -> Timestamp {
        self.starts + SignedDuration::from_mins(i64::from(self.minutes))
    }
}
