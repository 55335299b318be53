//! What a provider may do with a published offer at once: each one transaction, with its line of history.
use jiff::{Timestamp, civil::Date};
use sqlx::PgPool;

use super::{Permitted, Person};
use crate::{
    calendar::{Pause, civil_now, date_in_words},
    offers::{
        self, AnyState, Confirmation, Content, Offer, OfferId, PlacesSaid, State, Status,
        store::Author,
    },
    places::Places,
    submissions,
    text::Line,
    topics,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// A break until that day, it included: the offer stays listed and says so. Without a day, it leaves the
    /// search until somebody says that it goes on.
    Pause {
        until: Option<Date>,
    },
    GoOn,
    /// Whether there are places is a fact that they know best. It is said with today's date.
    Places(topics::Places),
    /// It runs until that day, and hides itself after it.
    EndAfter(Date),
    End {
        why: Line<500>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Done,
    /// It stands otherwise by now, such as ended by a colleague.
    NotAsItStands,
}

/// `None` for an offer that this person does not look after.
pub async fn act(
    db: &PgPool,
    person: &Person,
    offer: OfferId,
    act: &Act,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Option<Done>> {
    let mut tx = db.begin().await?;
    // A change in hand is locked before its offer, as it is by who publishes it: so nobody waits in a ring.
    submissions::store::change_of(&mut tx, offer).await?;
    let Some(Permitted { offer, .. }) = Permitted::of(&mut tx, person, offer).await? else {
        return Ok(None);
    };
    let from = (offer.state.status(), offer.revision);
    let before = offer.content.clone();
    let Some((next, why)) = next(offer, act, now) else {
        return Ok(Some(Done::NotAsItStands));
    };
    if (next.state.status(), &next.content) == (from.0, &before) {
        return Ok(Some(Done::Done));
    }
    let author = Author { by: provider(), why: Some(why) };
    if offers::store::save(&mut tx, from, &next, &author, now).await?.is_none() {
        return Ok(Some(Done::NotAsItStands));
    }
    match next.state {
        AnyState::Archived { .. } => {
            submissions::store::withdraw_changes(&mut *tx, next.id, now).await?
        }
        _ => submissions::pending::follow(&mut tx, (from.1, &before), &next, places, now).await?,
    }
    tx.commit().await?;
    Ok(Some(Done::Done))
}

/// They say that it is still true, today: no revision, since it says nothing new. `None` for an offer that this
/// person does not look after.
pub async fn confirm(
    db: &PgPool,
    person: &Person,
    offer: OfferId,
    now: Timestamp,
) -> sqlx::Result<Option<Done>> {
    let mut tx = db.begin().await?;
    let Some(Permitted { mut offer, .. }) = Permitted::of(&mut tx, person, offer).await? else {
        return Ok(None);
    };
    if !matches!(offer.state.status(), Status::Published | Status::Paused) {
        return Ok(Some(Done::NotAsItStands));
    }
    let how =
        Line::parse("on their own page").unwrap_or_else(|_| unreachable!("our own short words"));
    offer.confirmed = Some(Confirmation { at: now, by: provider(), how });
    offers::store::confirm(&mut *tx, &offer).await?;
    tx.commit().await?;
    Ok(Some(Done::Done))
}

/// The offer after it, and what the history says; `None` where it cannot be done as the offer stands.
fn next(offer: Offer<AnyState>, act: &Act, now: Timestamp) -> Option<(Offer<AnyState>, Line<500>)> {
    let today = civil_now(now).date();
    let status = offer.state.status();
    if !matches!(status, Status::Published | Status::Paused) {
        return None;
    }
    let revised = |change: &dyn Fn(&mut Content)| {
        let mut content = offer.content.clone();
        change(&mut content);
        offer.clone().revised(content)
    };
    let (next, why) = match act {
        Act::Pause { until: Some(to) } if status == Status::Published => {
            let pause = Pause { from: today, to: Some(*to) };
            let next = revised(&|says| says.when.programme.pause = Some(pause));
            (next, format!("A break until {}", date_in_words(*to)))
        }
        Act::Pause { until: None } => (
            offer.step(AnyState::Paused, now).ok()?,
            "A break, until they say that it goes on".into(),
        ),
        Act::Pause { .. } => return None,
        Act::GoOn => {
            let mut next = match status {
                Status::Paused => offer.step(AnyState::Published, now).ok()?,
                _ => revised(&|_| ()),
            };
            next.content.when.programme.pause = None;
            (next, "It runs again".into())
        }
        Act::Places(code) => {
            let said = PlacesSaid { code: *code, on: today };
            (revised(&|says| says.places = Some(said)), said.in_words())
        }
        Act::EndAfter(last) => {
            let next = revised(&|says| says.when.programme.ends_on = Some(*last));
            (next, format!("The last day is {}", date_in_words(*last)))
        }
        Act::End { why } => {
            let reason = why.clone();
            (offer.step(AnyState::Archived { reason }, now).ok()?, why.to_string())
        }
    };
    Some((next, line(&why)))
}

fn provider() -> Line<100> {
    Line::parse("the provider").unwrap_or_else(|_| unreachable!("our own short words"))
}

fn line(words: &str) -> Line<500> {
    Line::parse(words).unwrap_or_else(|_| unreachable!("our own words, or a line already"))
}
