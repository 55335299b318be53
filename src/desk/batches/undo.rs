//! A batch taken back: each offer that has not moved on says again what it said, and stands as it stood.
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{BatchId, Before, Past, store};
use crate::{
    accounts::{self, Permit},
    offers::{
        self, AnyState, Content, Offer, OfferId, State, Status,
        store::{Author, Kept},
    },
    providers, submissions,
    text::Line,
};

/// What became of undoing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// How many offers are as they were.
    pub back: usize,
    /// Those that others have changed since: they stay as they are.
    pub moved_on: Vec<OfferId>,
}

/// One transaction. `None` where it was undone before, or there is no such batch. The permit must stand for every
/// offer of it, see [`store::reach`].
pub async fn undo(
    db: &PgPool,
    permit: &Permit<BatchId>,
    now: Timestamp,
) -> sqlx::Result<Option<Undone>> {
    let id = *permit.subject();
    let mut tx = db.begin().await?;
    let Some(words) = store::close(&mut *tx, id, permit.signed(), now).await? else {
        return Ok(None);
    };
    let author = Author { by: permit.signed().clone(), why: Some(because(&words)) };
    let mut undone = Undone::default();
    for past in store::past(&mut *tx, id).await? {
        if take_back(&mut tx, &past, &author, now).await? {
            undone.back += 1;
        } else {
            undone.moved_on.push(past.offer);
        }
    }
    store::note_stayed(&mut *tx, id, &undone.moved_on).await?;
    store::part_merged(&mut *tx, id).await?;
    for described in store::described(&mut *tx, id).await? {
        let says = providers::store::profile(&mut *tx, described.provider).await?;
        if says.as_ref() != Some(&described.after) {
            continue;
        }
        match &described.before {
            Some(before) => {
                providers::store::describe(&mut *tx, described.provider, before).await?
            }
            None => store::forget_provider(&mut *tx, described.provider).await?,
        }
    }
    accounts::store::log(&mut *tx, permit.by(), "undone", Some(id), Some(&words), now).await?;
    tx.commit().await?;
    Ok(Some(undone))
}

/// "Undone: Paused 12 offers".
fn because(words: &Line<500>) -> Line<500> {
    let start: String = words.as_str().chars().take(480).collect();
    Line::parse(&format!("Undone: {start}")).expect("480 characters and a short word before them")
}

/// `false` where it has moved on since.
async fn take_back(
    db: &mut PgConnection,
    past: &Past,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<bool> {
    // A change in hand is locked before its offer, as it is by who publishes it: so nobody waits in a ring.
    submissions::store::change_of(&mut *db, past.offer).await?;
    let Some(Kept { offer, .. }) = offers::store::kept(&mut *db, past.offer).await? else {
        return Ok(false);
    };
    if offer.revision != past.after {
        return Ok(false);
    }
    match &past.before {
        Some(before) => restore(db, offer, before, author, now).await,
        None => take_out(db, offer, author, now).await,
    }
}

/// What was added goes if nobody has seen it, and is archived if somebody may have.
async fn take_out(
    db: &mut PgConnection,
    offer: Offer<AnyState>,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<bool> {
    if offer.first_published.is_none() {
        return store::forget_unseen(db, offer.id).await;
    }
    let reason = author.why.clone().ok_or(sqlx::Error::RowNotFound)?;
    let way = offer.way_to(&AnyState::Archived { reason }).unwrap_or_default();
    if !way.is_empty() && !offer.content.lacks().is_empty() {
        return Ok(false);
    }
    submissions::store::withdraw_changes(&mut *db, offer.id, now).await?;
    let content = offer.content.clone();
    walk(db, offer, way, &content, author, now).await.map(|()| true)
}

async fn restore(
    db: &mut PgConnection,
    mut offer: Offer<AnyState>,
    before: &Before,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let confirmed_at = offer.confirmed.as_ref().map(|said| said.at);
    let newer = confirmed_at != before.confirmed_after;
    if newer && offer.revision == before.revision && before.slug == offer.slug {
        return Ok(false);
    }
    if !newer {
        offer.confirmed.clone_from(&before.confirmed);
        offer.confirm_every = before.confirm_every;
        offers::store::confirm(&mut *db, &offer).await?;
    }
    if before.adopted {
        store::disown(&mut *db, offer.id).await?;
    }
    if offer.slug != before.slug {
        offers::store::rename(&mut *db, offer.id, &before.slug).await?;
        offer.slug = before.slug.clone();
    }
    if offer.revision == before.revision {
        return Ok(true);
    }
    let then = offers::store::revision(&mut *db, offer.id, before.revision).await?;
    let then = then.ok_or(sqlx::Error::RowNotFound)?;
    let to = AnyState::new(before.status, before.because.clone());
    let to = to.ok_or_else(|| sqlx::Error::Decode("a state without its reason".into()))?;
    let way = way_back(&offer, to, author);
    walk(db, offer, way, &then, author, now).await.map(|()| true)
}

/// What is live gets back to the desk only through the archive.
fn way_back(offer: &Offer<AnyState>, to: AnyState, author: &Author) -> Vec<AnyState> {
    if let Some(way) = offer.way_to(&to) {
        return way;
    }
    let reason = author.why.clone().map(|reason| AnyState::Archived { reason });
    let mut way: Vec<AnyState> = reason.into_iter().chain([AnyState::Submitted]).collect();
    if to == AnyState::Draft {
        way.push(to);
    }
    way
}

/// Step by step, each with its line of history. A draft may say less than the steps before it allow, so it says so
/// only at the end.
async fn walk(
    db: &mut PgConnection,
    mut last: Offer<AnyState>,
    way: Vec<AnyState>,
    content: &Content,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<()> {
    let from = |offer: &Offer<AnyState>| (offer.state.status(), offer.revision);
    if way.is_empty() && last.content != *content {
        let before = from(&last);
        let next = last.revised(content.clone());
        return offers::store::save_locked(db, before, &next, author, now).await;
    }
    let ends_as_draft = way.last().is_some_and(|state| state.status() == Status::Draft);
    let steps = way.len();
    for (number, state) in (1..).zip(way) {
        let before = from(&last);
        let stepped = last.step(state, now);
        last = stepped.map_err(|_| sqlx::Error::Decode("no such step".into()))?;
        if number == steps || !ends_as_draft {
            last.content = content.clone();
        }
        offers::store::save_locked(db, before, &last, author, now).await?;
    }
    Ok(())
}
