//! Listings: every offer of one's boroughs, what may be done with it, and all that it ever said.
pub mod acts;
pub mod store;

use std::fmt;

use jiff::{Timestamp, civil::Date};

use crate::{
    offers::{Content, OfferId, Status},
    openings::Counted,
    places::Gss,
    submissions::SubmissionId,
    text::Slug,
};

/// An offer, whatever its state, in one line.
#[derive(Clone, Debug)]
pub struct Listing {
    pub id: OfferId,
    pub slug: Slug,
    pub revision: u32,
    pub title: String,
    pub provider: String,
    pub status: Status,
    /// Where it stands in the order of titles.
    pub sorted: String,
    /// Whose coordinators look after it.
    pub boroughs: Vec<Gss>,
    /// When its newest revision was written.
    pub changed: Timestamp,
    pub confirmed: Option<Timestamp>,
    /// 0 to 100, see [`crate::offers::completeness`].
    pub completeness: u8,
}

/// One offer with what its own page tells besides.
#[derive(Clone, Debug)]
pub struct Whole {
    pub listing: Listing,
    pub content: Content,
    /// Why it is archived.
    pub because: Option<String>,
    pub counted: Counted,
    /// What was sent about it and is not decided: the new offer itself, or a change.
    pub waiting: Option<SubmissionId>,
    /// It is new, and those who describe it, or the queue, have it in hand.
    pub being_described: bool,
}

/// One line of an offer's history.
#[derive(Clone, Debug)]
pub struct Revision {
    pub number: u32,
    pub at: Timestamp,
    /// "the provider", "the Southwark coordinator".
    pub by: String,
    pub why: Option<String>,
    pub status: Status,
}

/// What somebody wants to see of the listings.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Words of the title or the provider's name, or their beginnings; see [`Wanted::words_of`].
    pub words: Option<String>,
    pub status: Option<Status>,
    pub borough: Option<Gss>,
    /// Nobody has said since that day that it is true.
    pub not_confirmed_since: Option<Date>,
    pub sort: Sort,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Title,
    /// The last one first.
    Changed,
    /// The one that nobody has confirmed for the longest time first.
    Confirmed,
    /// The one that says least first.
    Completeness,
}

/// Where a page begins: after an offer or before it, or at the start of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    #[default]
    First,
    After(Key),
    Before(Key),
}

/// The place of an offer in an order: so a page deep in the list costs no more than the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub by: Value,
    pub offer: OfferId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Title(String),
    Changed(Timestamp),
    Confirmed(Option<Timestamp>),
    Completeness(u8),
}

/// One page, and whether there are others on either side.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub listings: Vec<Listing>,
    pub previous: bool,
    pub next: bool,
}

/// How many stand on one page.
pub const PER_PAGE: u32 = 50;

impl Wanted {
    /// What was typed, as Postgres searches for it: each word may go on. `None` where nothing was.
    pub fn words_of(typed: &str) -> Option<String> {
        let words = typed.split(|letter: char| !letter.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty()).take(10);
        let words: Vec<String> = words.map(|word| format!("{word}:*")).collect();
        (!words.is_empty()).then(|| words.join(" & "))
    }
}

impl Key {
    /// Of an offer in this order.
    pub fn of(one: &Listing, sort: Sort) -> Self {
        let by = match sort {
            Sort::Title => Value::Title(one.sorted.clone()),
            Sort::Changed => Value::Changed(one.changed),
            Sort::Confirmed => Value::Confirmed(one.confirmed),
            Sort::Completeness => Value::Completeness(one.completeness),
        };
        Self { by, offer: one.id }
    }

    /// As it stands in addresses; `None` where it is none of this order.
    pub fn parse(written: &str, sort: Sort) -> Option<Self> {
        let (by, offer) = written.rsplit_once('~')?;
        let at = |by: &str| Timestamp::from_microsecond(by.parse().ok()?).ok();
        let by = match (sort, by) {
            (Sort::Title, title) => Value::Title(title.replace('\0', "")),
            (Sort::Changed, by) => Value::Changed(at(by)?),
            (Sort::Confirmed, "never") => Value::Confirmed(None),
            (Sort::Confirmed, by) => Value::Confirmed(Some(at(by)?)),
            (Sort::Completeness, by) => Value::Completeness(by.parse().ok()?),
        };
        Some(Self { by, offer: offer.parse().ok()? })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.by {
            Value::Title(title) => write!(to, "{title}")?,
            Value::Changed(at) | Value::Confirmed(Some(at)) => {
                write!(to, "{}", at.as_microsecond())?
            }
            Value::Confirmed(None) => write!(to, "never")?,
            Value::Completeness(number) => write!(to, "{number}")?,
        }
        write!(to, "~{}", self.offer)
    }
}

impl Sort {
    pub const ALL: [Self; 4] = [Self::Title, Self::Changed, Self::Confirmed, Self::Completeness];

    /// As it stands in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Changed => "changed",
            Self::Confirmed => "confirmed",
            Self::Completeness => "complete",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Title => "Title, A to Z",
            Self::Changed => "Changed last",
            Self::Confirmed => "Not confirmed for longest",
            Self::Completeness => "Least complete",
        }
    }
}

/// A state as coordinators read it.
pub fn state_in_words(status: Status) -> &'static str {
    match status {
        Status::Draft => "Being written",
        Status::Submitted => "With the coordinators",
        Status::Published => "Published",
        Status::Paused => "Paused",
        Status::Archived => "Archived",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_words_are_searched_by_their_beginnings_whatever_stands_between() {
        assert_eq!(Wanted::words_of("  Clay, on & the ").unwrap(), "Clay:* & on:* & the:*");
        assert_eq!(Wanted::words_of(" !:*' "), None);
    }
}
