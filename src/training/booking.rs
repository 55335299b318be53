//! A booking: somebody asks for a place, shows that the address is theirs, and has a place or waits for one.
use jiff::Timestamp;
use uuid::Uuid;

use super::{CohortId, FOR_CONFIRMING, Profession};
use crate::{
    forms::{Answers, Mistakes},
    places::{Gss, Places},
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

impl Booking {
    /// Nobody has confirmed it in time: it opens nothing, though it is swept away but once a day.
    pub fn is_too_old(&self, now: Timestamp) -> bool {
        self.state == State::Unconfirmed && self.asked + FOR_CONFIRMING < now
    }
}

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub profession: Profession,
    pub person: Person,
}

/// Reads the booking form, as everybody and the desk fill it in.
///
/// # Errors
/// All that is to be put right, in the order of the page.
pub fn read(typed: &Answers, places: &Places) -> Result<Asked, Mistakes> {
    let mut mistakes = Mistakes::default();
    let profession = Profession::parse(typed.one("profession"));
    if profession.is_none() {
        mistakes.add("profession", "Choose the group you belong to");
    }
    let name = Line::parse(typed.one("name"));
    if name.is_err() {
        mistakes.add("name", "Enter a name, in no more than 100 letters");
    }
    let email = Email::of_person(typed.one("email"));
    if email.is_err() {
        mistakes.add("email", "Enter an email address, like name@example.org");
    }
    let mut line = |field: &str| {
        Line::optional(typed.one(field)).unwrap_or_else(|_| {
            mistakes.add(field, "Make this 120 characters or fewer");
            None
        })
    };
    let (organisation, role) = (line("organisation"), line("role"));
    let borough = match typed.one("borough") {
        "" => None,
        slug => {
            let known = places.borough_by_slug(slug).map(|one| one.gss);
            if known.is_none() {
                mistakes.add("borough", "Choose a borough from the list, or leave it open");
            }
            known
        }
    };
    let access_needs = Text::optional(typed.raw("access_needs")).unwrap_or_else(|_| {
        mistakes.add("access_needs", "Make this 1,000 characters or fewer");
        None
    });
    match (profession, name, email) {
        (Some(profession), Ok(name), Ok(email)) if mistakes.is_empty() => {
            let person = Person { name, email, organisation, role, borough, access_needs };
            Ok(Asked { profession, person })
        }
        _ => Err(mistakes),
    }
}
