//! What a coordinator does: propose somebody, check who agreed, ask again, take off the list. The log names ids alone.
use jiff::{SignedDuration, Timestamp};
use sqlx::{PgConnection, PgPool, Postgres, Transaction};

use super::{Again, erase};
use crate::{
    accounts::{self, Permit},
    calendar::{civil_now, date_in_words},
    link_workers::{
        AnyState, Details, Known, LinkWorker, LinkWorkerId, OffWhy, Proposed,
        letters::{self, About},
        store,
        year::{ERASED_AFTER, last_day},
    },
    mail,
    pictures::Pictures,
    places::Places,
    text::{Email, Line, Text},
};

/// What somebody has looked at before acting.
#[derive(Clone, Copy, Debug)]
pub struct Looked {
    pub link_worker: LinkWorkerId,
    pub version: u32,
}

/// What became of it. But for `Done` nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// It is another version by now.
    MovedOn,
    /// This cannot be done with it as it stands.
    NotAsItStands,
    /// They were asked within the last day.
    JustAsked,
}

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proposal {
    Made(LinkWorkerId),
    /// Somebody of this address is known already.
    Known,
    /// They withdrew or did not answer, less than two years ago.
    Refused,
}

/// Nobody is written to twice within a day.
const BETWEEN_LETTERS: SignedDuration = SignedDuration::from_hours(24);

/// An entry for somebody, and the letter that asks them. In the caller's transaction, so that a list of them is
/// kept whole or not at all.
pub async fn propose(
    db: &mut PgConnection,
    (email, details): (Email, Details),
    by: &Line<100>,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Proposal> {
    if store::is_refused(&mut *db, &email).await? {
        return Ok(Proposal::Refused);
    }
    let boroughs = details.all_boroughs(places);
    let known = Known::new(email.clone(), boroughs.clone(), Some(by.clone()), now);
    let id = known.id;
    let one = LinkWorker { known, details, state: Proposed };
    if !store::propose(&mut *db, &one, &boroughs).await? {
        return Ok(Proposal::Known);
    }
    let letter = letters::own(id, email, About::Proposed(by.as_str()));
    mail::store::put(&mut *db, &letter, now).await?;
    Ok(Proposal::Made(id))
}

/// The same by a coordinator, with its line in the log.
pub async fn propose_one(
    db: &PgPool,
    permit: &Permit<(Email, Details)>,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Proposal> {
    let mut tx = db.begin().await?;
    let made = propose(&mut tx, permit.subject().clone(), permit.signed(), places, now).await?;
    if let Proposal::Made(id) = made {
        log(&mut tx, permit, "link_worker_proposed", id, now).await?;
        tx.commit().await?;
    }
    Ok(made)
}

/// From now on everybody sees it.
pub async fn check(db: &PgPool, permit: &Permit<Looked>, now: Timestamp) -> sqlx::Result<Outcome> {
    let Some((mut tx, one)) = looked_at(db, permit).await? else { return Ok(Outcome::MovedOn) };
    let AnyState::Agreed(one) = one else { return Ok(Outcome::NotAsItStands) };
    let one = AnyState::Listed(one.check(now));
    settle(&mut tx, permit, &one, ("link_worker_checked", About::Listed), now).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// The letter once more: whether they agree at all, or still.
pub async fn ask_again(
    db: &PgPool,
    permit: &Permit<Looked>,
    now: Timestamp,
) -> sqlx::Result<Outcome> {
    let Some((mut tx, one)) = looked_at(db, permit).await? else { return Ok(Outcome::MovedOn) };
    let known = one.known();
    let last = known.asked.or(matches!(one, AnyState::Proposed(_)).then_some(known.made));
    if last.is_some_and(|last| now.duration_since(last) < BETWEEN_LETTERS) {
        return Ok(Outcome::JustAsked);
    }
    let by = known.proposed_by.as_ref().unwrap_or(permit.signed());
    let day = match &one {
        AnyState::Listed(one) => date_in_words(civil_now(one.until()).date()),
        AnyState::Off(one) => last_day(one.state.since),
        _ => String::new(),
    };
    let about = match &one {
        AnyState::Proposed(_) => About::Proposed(by.as_str()),
        AnyState::Listed(_) => About::Yearly(&day),
        AnyState::Off(_) => About::Lapsed(&day),
        AnyState::Begun(_) | AnyState::Agreed(_) => return Ok(Outcome::NotAsItStands),
    };
    let letter = letters::own(known.id, known.email.clone(), about);
    mail::store::put(&mut *tx, &letter, now).await?;
    store::asked(&mut *tx, known.id, now).await?;
    log(&mut tx, permit, "link_worker_asked", known.id, now).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// Nobody sees it any more. They are told why, and may come back until it is erased.
pub async fn take_off(
    db: &PgPool,
    permit: &Permit<Looked>,
    why: &Text<500>,
    now: Timestamp,
) -> sqlx::Result<Outcome> {
    let Some((mut tx, one)) = looked_at(db, permit).await? else { return Ok(Outcome::MovedOn) };
    let off = match one {
        AnyState::Agreed(one) => one.refuse(now),
        AnyState::Listed(one) => one.take_off(OffWhy::Desk, now),
        _ => return Ok(Outcome::NotAsItStands),
    };
    let until = date_in_words(civil_now(now + ERASED_AFTER).date());
    let about = About::TakenOff { by: permit.signed().as_str(), why: why.as_str(), until: &until };
    settle(&mut tx, permit, &AnyState::Off(off), ("link_worker_taken_off", about), now).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// A proposal that nobody has agreed to is erased, as if it had never been.
pub async fn take_back(
    db: &PgPool,
    pictures: &Pictures,
    permit: &Permit<Looked>,
    now: Timestamp,
) -> sqlx::Result<Outcome> {
    let Some((mut tx, one)) = looked_at(db, permit).await? else { return Ok(Outcome::MovedOn) };
    if !matches!(one, AnyState::Proposed(_)) {
        return Ok(Outcome::NotAsItStands);
    }
    let id = one.known().id;
    erase(&mut tx, pictures, &one, Again::Whenever, now).await?;
    log(&mut tx, permit, "link_worker_taken_back", id, now).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// `None` where it has moved on since.
async fn looked_at(
    db: &PgPool,
    permit: &Permit<Looked>,
) -> sqlx::Result<Option<(Transaction<'static, Postgres>, AnyState)>> {
    let looked = permit.subject();
    let mut tx = db.begin().await?;
    let one = store::held(&mut tx, looked.link_worker).await?;
    let one = one.filter(|one| one.known().version == looked.version);
    Ok(one.map(|one| (tx, one)))
}

async fn settle(
    db: &mut PgConnection,
    permit: &Permit<Looked>,
    one: &AnyState,
    (act, about): (&str, About<'_>),
    now: Timestamp,
) -> sqlx::Result<()> {
    let known = one.known();
    store::keep(&mut *db, one, &known.boroughs).await?;
    mail::store::put(&mut *db, &letters::own(known.id, known.email.clone(), about), now).await?;
    log(db, permit, act, known.id, now).await
}

/// Who did what with whom, by number: what can never be deleted may not name anybody.
async fn log<T>(
    db: &mut PgConnection,
    permit: &Permit<T>,
    act: &str,
    id: LinkWorkerId,
    now: Timestamp,
) -> sqlx::Result<()> {
    accounts::store::log(db, permit.by(), act, Some(id), None, now).await
}
