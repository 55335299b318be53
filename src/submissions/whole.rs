//! A form that is whole: read, with nothing wrong and nothing missing, and what it brings along.
use jiff::Timestamp;
use sqlx::PgConnection;

use super::{
    Submission,
    known::known,
    reading::{Missing, Read, read},
};
use crate::{
    calendar::civil_now,
    forms::Mistakes,
    offers::{self, Draft, Offer, OfferId},
    text::Slug,
    venues::{self, NewVenue},
};

/// So often an offer is asked about, in months, until a coordinator says otherwise.
pub const CONFIRM_EVERY: u8 = 3;

/// Why it is not whole.
#[derive(Debug)]
pub enum NotYet {
    Mistakes(Mistakes),
    Missing(Vec<Missing>),
}

/// What is read from it, if nothing is wrong and nothing missing.
pub async fn whole(
    db: &mut PgConnection,
    submission: &Submission,
    now: Timestamp,
) -> sqlx::Result<Result<Read, NotYet>> {
    let known = known(&mut *db, submission).await?;
    let mut read = read(submission, &known, civil_now(now).date());
    read.mistakes = read.mistakes.only(|field| submission.asks_at_all(field));
    read.missing.retain(|one| submission.asks_at_all(one.field));
    Ok(if !read.mistakes.is_empty() {
        Err(NotYet::Mistakes(read.mistakes))
    } else if !read.missing.is_empty() {
        Err(NotYet::Missing(read.missing))
    } else {
        Ok(read)
    })
}

/// Keeps the venue, where it is a new one. Within a transaction that is alone in taking names that are free.
pub async fn keep_venue(
    db: &mut PgConnection,
    submission: &Submission,
    read: &Read,
) -> sqlx::Result<()> {
    // One of ours is named by its own id, and says what it said.
    let Some(venue) = read.venue.as_ref().filter(|_| read.venue_is_new) else {
        return Ok(());
    };
    let new = NewVenue {
        kind: read.venue_kind,
        name: venue.name.clone(),
        address: venue.address.clone(),
        postcode: venue.postcode.clone(),
        point: venue.point,
        borough: venue.borough,
        website: None,
        origin: None,
    };
    venues::store::describe_unseen(db, venue.id, &new, submission.about.offer()).await
}

/// An offer that is new, under a name that is free. Within the same transaction as [`keep_venue`].
pub async fn new_offer(
    db: &mut PgConnection,
    read: &Read,
    now: Timestamp,
) -> sqlx::Result<Offer<Draft>> {
    let content = read.content.clone();
    let named = Slug::from_name(content.title.as_str()).or_else(|| Slug::from_name("offer"));
    let slug = named.ok_or_else(|| sqlx::Error::Encode("no name for an offer".into()))?;
    Ok(Offer {
        id: OfferId::now_v7(),
        slug: offers::store::free_slug(&mut *db, &slug).await?,
        revision: 0,
        content,
        confirmed: None,
        confirm_every: CONFIRM_EVERY,
        first_published: None,
        since: now,
        state: Draft,
    })
}
