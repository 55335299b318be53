//! Offers that may be one and the same: found, compared side by side, merged or told apart.
mod likeness;
mod merging;
mod pairs;
pub mod store;
pub mod watch;

use jiff::{
    Timestamp,
    civil::{Time, Weekday},
};
use sqlx::PgPool;

pub use likeness::{Likeness, SUSPECT, likeness};
pub use merging::{Merged, PARTS, Part, merge};
pub use pairs::suspects;

use crate::{
    accounts::{self, Permit},
    desk::listings::acts::Seen,
    offers::OfferId,
    places::Point,
    providers::ProviderId,
    text::Name,
    topics::Activity,
    venues::VenueId,
};

/// What of an offer tells whether it is another one.
#[derive(Clone, Debug)]
pub struct Facts {
    pub offer: OfferId,
    pub title: Name,
    pub provider: ProviderId,
    pub provider_name: Name,
    pub venue: Option<Spot>,
    pub activity: Option<Activity>,
    pub slots: Vec<Slot>,
}

/// Where it is held.
#[derive(Clone, Debug)]
pub struct Spot {
    pub id: VenueId,
    pub name: Name,
    pub point: Point,
}

/// When it is held: on this day of the week, or on a day that falls on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub day: Weekday,
    pub starts: Time,
    pub ends: Time,
}

/// Two that may be one.
#[derive(Clone, Debug)]
pub struct Suspect {
    /// The smaller id.
    pub one: OfferId,
    pub other: OfferId,
    pub likeness: Likeness,
}

/// The same, as a list shows it.
#[derive(Clone, Debug)]
pub struct Suspected {
    pub one: OfferId,
    pub other: OfferId,
    /// Title and provider of both.
    pub names: [(String, String); 2],
    /// 0 to 1.
    pub score: f32,
    pub reasons: Vec<String>,
}

/// Remembers that they are two. Each permit is for one of them.
pub async fn tell_apart(
    db: &PgPool,
    [one, other]: [&Permit<Seen>; 2],
    now: Timestamp,
) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    let pair = (one.subject().offer, other.subject().offer);
    store::tell_apart(&mut *tx, pair, one.account(), now).await?;
    for permit in [one, other] {
        let subject = Some(permit.subject().offer);
        accounts::store::log(&mut *tx, permit.by(), "told_apart", subject, None, now).await?;
    }
    tx.commit().await
}
