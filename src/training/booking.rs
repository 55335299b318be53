//! A booking: somebody asks for a place, shows that the address is theirs, and has a place or waits for one.
use jiff::Timestamp;
use uuid::Uuid;

use super::{CohortId, Profession};
use crate::{
    places::Gss,
    text::{Email, Line, Text},
};

pub type BookingId = Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has opened the link in the letter yet: it takes no place and has no turn.
    Unconfirmed,
    Waiting,
    Booked,
    Cancelled,
}

/// Who books, in their own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: Line<100>,
    pub email: Email,
    pub organisation: Option<Line<120>>,
    pub role: Option<Line<120>>,
    pub borough: Option<Gss>,
    /// What they need on the day; erased after the last session.
    pub access_needs: Option<Text<1000>>,
}

#[derive(Clone, Debug)]
pub struct Booking {
    pub id: BookingId,
    pub cohort: CohortId,
    pub profession: Profession,
    /// None once it is erased.
    pub person: Option<Person>,
    pub state: State,
    pub asked: Timestamp,
    /// The order in which the cohort's bookings were confirmed.
    pub turn: Option<u32>,
    pub revision: i32,
}

impl State {
    pub const ALL: [Self; 4] = [Self::Unconfirmed, Self::Waiting, Self::Booked, Self::Cancelled];

    pub fn code(self) -> &'static str {
        match self {
            Self::Unconfirmed => "unconfirmed",
            Self::Waiting => "waiting",
            Self::Booked => "booked",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Unconfirmed => "Not confirmed",
            Self::Waiting => "Waiting",
            Self::Booked => "Has a place",
            Self::Cancelled => "Cancelled",
        }
    }
}
