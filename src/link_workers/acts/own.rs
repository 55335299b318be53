//! What somebody does with their own entry, behind their private link.
use jiff::Timestamp;
use sqlx::PgPool;
use uuid::Uuid;

use super::{Again, erase};
use crate::{
    link_workers::{
        AnyState, Details, LinkWorkerId,
        letters::{self, About},
        store,
    },
    mail,
    pictures::{PictureId, Pictures},
    places::Places,
    text::Email,
};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Done,
    /// It is another version by now than the one that was looked at.
    MovedOn,
    /// There is nothing yet to agree to.
    Empty,
    /// There is no such entry any more.
    Gone,
}

/// A letter with the link to their own page, which is empty where nobody knew them.
pub async fn join(db: &PgPool, email: Email, now: Timestamp) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    let id = match store::of_email(&mut *tx, &email).await? {
        Some(known) => known,
        None => {
            store::begin(&mut *tx, LinkWorkerId::now_v7(), &email, now).await?;
            // Of two at once, one row.
            store::of_email(&mut *tx, &email).await?.ok_or(sqlx::Error::RowNotFound)?
        }
    };
    let known = store::found(&mut *tx, id).await?;
    let about = match known {
        Some(AnyState::Begun(_)) => About::Join,
        _ => About::Link,
    };
    mail::store::put(&mut *tx, &letters::own(id, email, about), now).await?;
    tx.commit().await
}

/// Keeps what they wrote, for nobody to see until they agree to it.
pub async fn save(
    db: &PgPool,
    id: LinkWorkerId,
    version: u32,
    details: &Details,
) -> sqlx::Result<Done> {
    let mut tx = db.begin().await?;
    let Some(mut one) = store::held(&mut tx, id).await? else { return Ok(Done::Gone) };
    if one.known().version != version {
        return Ok(Done::MovedOn);
    }
    let photograph = one.latest().and_then(|said| said.photograph);
    one.known_mut().draft = Some(Details { photograph, ..details.clone() });
    let boroughs = one.known().boroughs.clone();
    store::keep(&mut tx, &one, &boroughs).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// Another photograph, or none. One that is replaced goes at once, unless it is what everybody sees still.
pub async fn set_photograph(
    db: &PgPool,
    pictures: &Pictures,
    id: LinkWorkerId,
    photograph: Option<PictureId>,
) -> sqlx::Result<Done> {
    let mut tx = db.begin().await?;
    let Some(mut one) = store::held(&mut tx, id).await? else { return Ok(Done::Gone) };
    let Some(latest) = one.latest().cloned() else { return Ok(Done::Empty) };
    let before = store::photographs(&one);
    one.known_mut().draft = Some(Details { photograph, ..latest });
    let boroughs = one.known().boroughs.clone();
    store::keep(&mut tx, &one, &boroughs).await?;
    pictures.erase(&mut tx, &dropped(before, &one)).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// They agree to what they wrote last, as they saw it.
pub async fn agree(
    db: &PgPool,
    pictures: &Pictures,
    (id, version): (LinkWorkerId, u32),
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let mut tx = db.begin().await?;
    let Some(one) = store::held(&mut tx, id).await? else { return Ok(Done::Gone) };
    if one.known().version != version {
        return Ok(Done::MovedOn);
    }
    let before = store::photographs(&one);
    let Some(one) = one.agree(now) else { return Ok(Done::Empty) };
    let boroughs = one.details().map(|said| said.all_boroughs(places)).unwrap_or_default();
    store::keep(&mut tx, &one, &boroughs).await?;
    store::welcome(&mut tx, &one.known().email).await?;
    pictures.erase(&mut tx, &dropped(before, &one)).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// They withdraw: everything about them goes, now.
pub async fn withdraw(
    db: &PgPool,
    pictures: &Pictures,
    id: LinkWorkerId,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let mut tx = db.begin().await?;
    let Some(one) = store::held(&mut tx, id).await? else { return Ok(Done::Gone) };
    erase(&mut tx, pictures, &one, Again::NotForTwoYears, now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// Mails a professional a link that shows how to reach somebody.
pub async fn ask(
    db: &PgPool,
    of: LinkWorkerId,
    asker: Email,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let mut tx = db.begin().await?;
    let asking = Uuid::now_v7();
    if !store::ask(&mut *tx, asking, of, now).await? {
        return Ok(Done::Gone);
    }
    mail::store::put(&mut *tx, &letters::contact(asking, asker), now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// What nothing names any more.
fn dropped(mut before: Vec<PictureId>, now: &AnyState) -> Vec<PictureId> {
    let named = store::photographs(now);
    before.retain(|one| !named.contains(one));
    before
}
