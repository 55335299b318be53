//! What a coordinator does with an offer: each one transaction, with its lines of history and log.
use jiff::{Timestamp, civil::Date};
use sqlx::PgPool;

use crate::{
    accounts::{self, Permit},
    calendar::date_in_words,
    offers::{self, AnyState, Lack, Offer, OfferId, State, Status, store::Author},
    submissions,
    text::Line,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Pause,
    Resume,
    /// It runs until that day, and hides itself afterwards.
    EndAfter(Date),
    Archive {
        reason: Line<500>,
    },
    /// An archived one comes back to the desk: what was true once must be looked at again.
    BringBack,
    /// One that came back is published again.
    Publish,
    /// It says again what it said in that revision.
    Restore(u32),
}

/// What somebody has looked at before acting.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pub offer: OfferId,
    pub revision: u32,
}

/// What became of it. But for `Done` nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    Done,
    /// It says something else or stands otherwise by now: somebody else was first.
    MovedOn,
    /// No such step leads from its state, or there never was such a revision.
    NotAsItStands,
    /// It would say nothing new.
    SaysSo,
    /// It would lack what every listing says.
    Lacking(Vec<Lack>),
}

impl Act {
    /// As the log has it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Pause => "paused",
            Self::Resume => "resumed",
            Self::EndAfter(_) => "last_day_said",
            Self::Archive { .. } => "archived",
            Self::BringBack => "brought_back",
            Self::Publish => "published",
            Self::Restore(_) => "restored",
        }
    }

    /// What the history says.
    fn why(&self) -> Line<500> {
        let words = match self {
            Self::Pause => "Paused at the desk",
            Self::Resume => "It runs again",
            Self::EndAfter(last) => &format!("The last day is {}", date_in_words(*last)),
            Self::Archive { reason } => return reason.clone(),
            Self::BringBack => "Brought back to the desk",
            Self::Publish => "Published again",
            Self::Restore(number) => &format!("As it was in revision {number}"),
        };
        Line::parse(words).expect("our own short words")
    }
}

/// The permit is for the revision that was looked at: a later one may belong to others.
pub async fn carry_out(
    db: &PgPool,
    permit: &Permit<Seen>,
    act: &Act,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let Seen { offer: id, revision } = *permit.subject();
    let mut tx = db.begin().await?;
    // A change in hand is locked before its offer, as it is by who publishes it: so nobody waits in a ring.
    submissions::store::change_of(&mut tx, id).await?;
    let Some(kept) = offers::store::kept(&mut tx, id).await? else {
        return Ok(Done::MovedOn);
    };
    let offer = kept.offer;
    if offer.revision != revision {
        return Ok(Done::MovedOn);
    }
    let from = (offer.state.status(), revision);
    let then = match act {
        Act::Restore(number) => offers::store::revision(&mut *tx, id, *number).await?,
        _ => None,
    };
    let next = match next(offer, act, then, now) {
        Ok(next) => next,
        Err(done) => return Ok(done),
    };
    let author = Author { by: permit.signed().clone(), why: Some(act.why()) };
    if offers::store::save(&mut tx, from, &next, &author, now).await?.is_none() {
        return Ok(Done::MovedOn);
    }
    if let Act::Archive { .. } = act {
        submissions::store::withdraw_changes(&mut *tx, id, now).await?;
    }
    let (by, words) = (permit.by(), author.why.as_ref());
    accounts::store::log(&mut *tx, by, act.code(), Some(id), words, now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// The offer after it; `then` is what it said in the revision to restore.
fn next(
    offer: Offer<AnyState>,
    act: &Act,
    then: Option<offers::Content>,
    now: Timestamp,
) -> Result<Offer<AnyState>, Done> {
    let to = match act {
        Act::Pause => AnyState::Paused,
        Act::Resume if offer.state.status() == Status::Paused => AnyState::Published,
        Act::Publish if offer.state.status() == Status::Submitted => AnyState::Published,
        Act::Archive { reason } => AnyState::Archived { reason: reason.clone() },
        Act::BringBack if offer.state.status() == Status::Archived => AnyState::Submitted,
        Act::Restore(_) => {
            let mut content = then.ok_or(Done::NotAsItStands)?;
            // Who looks after it is decided today, or restoring would take it from one borough to another.
            content.boroughs.clone_from(&offer.content.boroughs);
            if content == offer.content {
                return Err(Done::SaysSo);
            }
            return whole(offer.revised(content));
        }
        Act::EndAfter(last)
            if matches!(offer.state.status(), Status::Published | Status::Paused) =>
        {
            let mut content = offer.content.clone();
            content.when.programme.ends_on = Some(*last);
            return match content == offer.content {
                true => Err(Done::SaysSo),
                false => Ok(offer.revised(content)),
            };
        }
        Act::EndAfter(_) | Act::Resume | Act::Publish | Act::BringBack => {
            return Err(Done::NotAsItStands);
        }
    };
    let next = offer.step(to, now).map_err(|_| Done::NotAsItStands)?;
    if *act == Act::Publish { whole(next) } else { Ok(next) }
}

fn whole(offer: Offer<AnyState>) -> Result<Offer<AnyState>, Done> {
    let lacks = offer.content.lacks();
    if lacks.is_empty() { Ok(offer) } else { Err(Done::Lacking(lacks)) }
}
