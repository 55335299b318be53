//! draft → submitted → published → paused → archived, and the ways back.
use jiff::{Span, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Confirmation, Content, OfferId};
use crate::{
    calendar::civil_now,
    text::{Line, Slug},
};

/// An offer in a known state (or in [`AnyState`](super::AnyState)). Steps exist only on the states they may start from:
///
/// ```
/// # use fingerpost::offers::*; use jiff::Timestamp;
/// fn review(offer: Offer<Submitted>, now: Timestamp) -> Offer<Published> {
///     offer.publish(now)
/// }
/// ```
///
/// ```compile_fail
/// # use fingerpost::offers::*; use jiff::Timestamp;
/// fn skip_review(offer: Offer<Draft>, now: Timestamp) -> Offer<Published> {
///     offer.publish(now)
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Offer<S> {
    pub id: OfferId,
    pub slug: Slug,
    /// 1 for the first; each change of content or state is one more.
    pub revision: u32,
    pub content: Content,
    pub confirmed: Option<Confirmation>,
    /// Months after which we ask whether it is still true.
    pub confirm_every: u8,
    pub first_published: Option<Timestamp>,
    pub since: Timestamp,
    pub state: S,
}

#[derive(Clone, Debug)]
pub struct Draft;

#[derive(Clone, Debug)]
pub struct Submitted;

#[derive(Clone, Debug)]
pub struct Published;

#[derive(Clone, Debug)]
pub struct Paused;

#[derive(Clone, Debug)]
pub struct Archived {
    pub reason: Line<500>,
}

impl Offer<Draft> {
    pub fn submit(self, now: Timestamp) -> Offer<Submitted> {
        self.enter(Submitted, now)
    }
}

impl Offer<Submitted> {
    pub fn publish(mut self, now: Timestamp) -> Offer<Published> {
        self.first_published.get_or_insert(now);
        self.enter(Published, now)
    }
    pub fn send_back(self, now: Timestamp) -> Offer<Draft> {
        self.enter(Draft, now)
    }
}

impl Offer<Published> {
    pub fn pause(self, now: Timestamp) -> Offer<Paused> {
        self.enter(Paused, now)
    }
    pub fn archive(self, now: Timestamp, reason: Line<500>) -> Offer<Archived> {
        self.enter(Archived { reason }, now)
    }
}

impl Offer<Paused> {
    pub fn resume(self, now: Timestamp) -> Offer<Published> {
        self.enter(Published, now)
    }
    pub fn archive(self, now: Timestamp, reason: Line<500>) -> Offer<Archived> {
        self.enter(Archived { reason }, now)
    }
}

impl Offer<Archived> {
    /// Back to the desk: what was true once must be looked at again.
    pub fn bring_back(self, now: Timestamp) -> Offer<Submitted> {
        self.enter(Submitted, now)
    }
}

impl<S> Offer<S> {
    /// The day in London on which somebody last said it is still true.
    pub fn confirmed_on(&self) -> Option<Date> {
        self.confirmed.as_ref().map(|said| civil_now(said.at).date())
    }

    /// After this day, so many months later, it counts as not confirmed.
    pub fn confirm_by(&self) -> Option<Date> {
        let months = Span::new().months(i64::from(self.confirm_every));
        self.confirmed_on().map(|on| on.saturating_add(months))
    }

    /// The same offer in the same state, saying something new.
    pub fn revised(self, content: Content) -> Self {
        Self { revision: self.revision + 1, content, ..self }
    }

    fn enter<To>(self, state: To, since: Timestamp) -> Offer<To> {
        let Self { id, slug, revision, content, confirmed, confirm_every, first_published, .. } =
            self;
        Offer {
            id,
            slug,
            revision: revision + 1,
            content,
            confirmed,
            confirm_every,
            first_published,
            since,
            state,
        }
    }
}

/// The name of a state, as the database spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Draft,
    Submitted,
    Published,
    Paused,
    Archived,
}

impl Status {
    pub const ALL: [Self; 5] =
        [Self::Draft, Self::Submitted, Self::Published, Self::Paused, Self::Archived];

    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Published => "published",
            Self::Paused => "paused",
            Self::Archived => "archived",
        }
    }
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What the database keeps of a state.
pub trait State {
    fn status(&self) -> Status;
    /// Why it came to this, where a reason is needed.
    fn reason(&self) -> Option<&Line<500>> {
        None
    }
}

impl State for Draft {
    fn status(&self) -> Status {
        Status::Draft
    }
}
impl State for Submitted {
    fn status(&self) -> Status {
        Status::Submitted
    }
}
impl State for Published {
    fn status(&self) -> Status {
        Status::Published
    }
}
impl State for Paused {
    fn status(&self) -> Status {
        Status::Paused
    }
}
impl State for Archived {
    fn status(&self) -> Status {
        Status::Archived
    }
    fn reason(&self) -> Option<&Line<500>> {
        Some(&self.reason)
    }
}
