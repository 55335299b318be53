//! Sending a submission to the coordinator: stage, provider, venue, offer and letter in one transaction.
use jiff::Timestamp;
use sqlx::{Acquire, PgConnection, PgPool};

use super::{
    About, By, Stage, Submission, SubmissionId, letters,
    reading::{Missing, Read},
    small, store,
    whole::{NotYet, keep_venue, new_offer, whole},
};
use crate::{
    forms::Mistakes,
    limits::{self, Doer, Limit},
    links::{self, Link, Purpose, Secret, Wanted, store::Ended},
    mail,
    offers::{self, AnyState, OfferId, store::Author},
    providers,
    text::{Email, Line},
};

/// Each one is a letter to an address that may be anybody's.
const CONFIRMATIONS: Limit = Limit { thing: "confirm: submission", times: 5, minutes: 60 };

/// What became of it.
#[derive(Debug)]
pub enum Sent {
    /// A coordinator has it now.
    Waiting,
    /// A letter is on its way that asks whose e-mail address this is.
    ConfirmFirst,
    Missing(Vec<Missing>),
    Mistakes(Mistakes),
    /// It says something else by now, or was sent already.
    Outdated,
    /// It asked for that letter very often in the last hour.
    TooOften,
}

/// Sends what stands in `version`. Of two at once one succeeds, and there is one letter.
pub async fn send(
    db: &PgPool,
    id: SubmissionId,
    version: u32,
    now: Timestamp,
) -> sqlx::Result<Sent> {
    let mut tx = db.begin().await?;
    let found = store::locked(&mut tx, id).await?;
    let Some(mut submission) = found.filter(|one| one.version == version && one.stage.is_open())
    else {
        return Ok(Sent::Outdated);
    };
    let By::Artist { email, confirmed } = submission.by.clone() else {
        return Ok(Sent::Outdated);
    };
    let read = match whole(&mut tx, &submission, now).await? {
        Ok(read) => read,
        Err(NotYet::Mistakes(mistakes)) => return Ok(Sent::Mistakes(mistakes)),
        Err(NotYet::Missing(missing)) => return Ok(Sent::Missing(missing)),
    };
    let to = match confirmed {
        Some(_) => Stage::Waiting,
        None => Stage::Unconfirmed,
    };
    let from = (submission.stage, submission.version);
    let content = content(&submission, &read)?;
    if !store::send(&mut *tx, id, from, to, &content, now).await? {
        return Ok(Sent::Outdated);
    }
    submission.sent += 1;
    let sent = match to {
        Stage::Waiting => match arrive(&mut tx, &submission, &email, &read, now).await? {
            true => Sent::Waiting,
            false => return Ok(Sent::Outdated),
        },
        _ => {
            let this = Doer::of(&id.to_string());
            if !limits::store::allowed_in(&mut tx, CONFIRMATIONS, this, now).await? {
                return Ok(Sent::TooOften);
            }
            mail::store::put(&mut *tx, &letters::confirm(&submission, &email), now).await?;
            Sent::ConfirmFirst
        }
    };
    tx.commit().await?;
    Ok(sent)
}

/// What confirming an e-mail address has led to.
#[derive(Debug)]
pub struct Confirmed {
    /// A new link to the submission, for whoever has just shown that they read that mailbox.
    pub secret: Secret,
    /// What had been sent cannot be handed on any more, such as when its last day has passed meanwhile.
    pub stale: bool,
}

/// Confirms the e-mail address, and hands on to the coordinator what was sent before. From then on nothing
/// can be typed, so that links which were only shown can end without taking anybody's words along: whoever
/// had one and does not read that mailbox is out. What is still a draft keeps them, for a page may stand open
/// on another device with words that are not saved. `None` for a link that is old, wrong or used.
pub async fn confirm(
    db: &PgPool,
    secret: &Secret,
    now: Timestamp,
) -> sqlx::Result<Option<Confirmed>> {
    let mut tx = db.begin().await?;
    let link = links::store::opened(&mut *tx, secret, Purpose::Confirm, now).await?;
    let Some(Link { subject: Some(id), email, .. }) = link else {
        return Ok(None);
    };
    let Some(mut submission) = store::locked(&mut tx, id).await? else {
        return Ok(None);
    };
    if submission.email() != Some(&email) || !links::store::used(&mut *tx, secret, now).await? {
        return Ok(None);
    }
    store::email_is_confirmed(&mut *tx, id, now).await?;
    if let By::Artist { confirmed, .. } = &mut submission.by {
        confirmed.get_or_insert(now);
    }
    let mut stale = false;
    if submission.stage == Stage::Unconfirmed {
        // What it says was whole when it was sent. Should a day have passed or the offer have been moved on since,
        // it is a draft again, and nothing of its arrival stays.
        let mut arrival = tx.begin().await?;
        stale = !handed_on(&mut arrival, &submission, &email, now).await?;
        match stale {
            true => arrival.rollback().await?,
            false => arrival.commit().await?,
        }
        if stale {
            store::enter(&mut *tx, id, Stage::Unconfirmed, Stage::Draft, now).await?;
        }
    }
    let wanted = Wanted { purpose: Purpose::Draft, subject: Some(id), email, mailed: true };
    let secret = links::store::make(&mut *tx, &wanted, now).await?;
    tx.commit().await?;
    Ok(Some(Confirmed { secret, stale }))
}

/// From the mailbox to the coordinator; `false` where it cannot go there as it stands.
async fn handed_on(
    db: &mut PgConnection,
    submission: &Submission,
    email: &Email,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let Ok(read) = whole(&mut *db, submission, now).await? else {
        return Ok(false);
    };
    let id = submission.id;
    store::enter(&mut *db, id, Stage::Unconfirmed, Stage::Waiting, now).await?;
    store::reread(&mut *db, id, &content(submission, &read)?).await?;
    if !arrive(&mut *db, submission, email, &read, now).await? {
        return Ok(false);
    }
    links::store::end(&mut *db, Purpose::Draft, id, Ended::Shown, now).await?;
    Ok(true)
}

/// Whether this link has confirmed an address before, which is still that of its submission: a second press.
pub async fn is_confirmed(db: &PgPool, secret: &Secret, now: Timestamp) -> sqlx::Result<bool> {
    let link = links::store::spent(db, secret, Purpose::Confirm, now).await?;
    let Some(Link { subject: Some(id), email, .. }) = link else {
        return Ok(false);
    };
    let submission = store::found(db, id).await?;
    Ok(submission.is_some_and(|one| one.email() == Some(&email) && one.is_confirmed()))
}

fn content(submission: &Submission, read: &Read) -> sqlx::Result<serde_json::Value> {
    let written = match submission.about {
        About::Profile => serde_json::to_value(&read.provider),
        About::New(_) | About::Change { .. } => serde_json::to_value(&read.content),
    };
    written.map_err(|cause| sqlx::Error::Encode(cause.into()))
}

/// What a coordinator finds: the provider and the venue, if they are new, and the offer, waiting. A change of
/// what is published, an offer or a profile, waits beside it. `false` where the offer was moved on by others
/// meanwhile, such as by an import: then the transaction is to be given up.
async fn arrive(
    db: &mut PgConnection,
    submission: &Submission,
    email: &Email,
    read: &Read,
    now: Timestamp,
) -> sqlx::Result<bool> {
    store::one_arrival_at_a_time(&mut *db).await?;
    match submission.about {
        About::New(offer) => {
            provider(db, submission, email, read, now).await?;
            keep_venue(db, submission, read).await?;
            let there = match offer {
                None => insert(db, submission, read, now).await.map(|()| true)?,
                Some(offer) => submit_anew(db, offer, read, now).await?,
            };
            if !there {
                return Ok(false);
            }
        }
        About::Change { .. } => {
            keep_venue(db, submission, read).await?;
            if small::passes(db, submission, email, read, now).await? {
                return Ok(true);
            }
        }
        About::Profile => {}
    }
    mail::store::put(&mut *db, &letters::received(submission, email), now).await?;
    Ok(true)
}

/// Whoever names a provider that is there already does not come to own it by that, nor change a word of it.
async fn provider(
    db: &mut PgConnection,
    submission: &Submission,
    email: &Email,
    read: &Read,
    now: Timestamp,
) -> sqlx::Result<()> {
    let id = submission.provider;
    if providers::store::introduce(&mut *db, id, &read.provider).await? {
        return providers::store::own(&mut *db, id, email, now).await;
    }
    providers::store::describe_unseen(&mut *db, id, &read.provider, email).await
}

async fn insert(
    db: &mut PgConnection,
    submission: &Submission,
    read: &Read,
    now: Timestamp,
) -> sqlx::Result<()> {
    let offer = new_offer(&mut *db, read, now).await?;
    let offer = offer.submit(now);
    offers::store::insert(&mut *db, &offer, None, &author(), now).await?;
    store::became(&mut *db, submission.id, offer.id).await
}

/// It came back for changes, and is a draft since then; `false` where it is none any more.
async fn submit_anew(
    db: &mut PgConnection,
    offer: OfferId,
    read: &Read,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let Some(kept) = offers::store::kept(&mut *db, offer).await? else {
        return Ok(false);
    };
    let from = (offers::State::status(&kept.offer.state), kept.offer.revision);
    let Ok(mut next) = kept.offer.step(AnyState::Submitted, now) else {
        return Ok(false);
    };
    next.content = read.content.clone();
    Ok(offers::store::save(db, from, &next, &author(), now).await?.is_some())
}

fn author() -> Author {
    let by = Line::parse("the provider").unwrap_or_else(|_| unreachable!("our own short words"));
    Author { by, why: None }
}
