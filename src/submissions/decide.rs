//! What a coordinator decides of a submission: stage, offer, history, words and letter in one transaction.
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{About, Message, Stage, Submission, SubmissionId, letters, store};
use crate::{
    mail,
    offers::{
        self, AnyState, Confirmation, Content, Offer, OfferId, State, Status,
        store::{Author, Kept},
    },
    providers,
    text::{Line, Text},
};

/// What became of a decision. But for `Done` nothing has changed.
#[derive(Debug, PartialEq)]
pub enum Decided {
    Done,
    /// It is not with the coordinator: somebody else decided first, or there is no such submission.
    NotWaiting,
    /// What is live says something else by now where this change does, too: those parts of it.
    Overtaken(Vec<String>),
    /// The offer that it would change is not live any more, or the one it would publish does not wait: others
    /// have moved it on, such as an import.
    Moved,
    /// Laid over what is live it would leave the listing without something that every listing says.
    Lacking(Vec<offers::Lack>),
}

/// The coordinator's words, about one question or about the whole.
#[derive(Clone, Debug)]
pub struct Words {
    pub field: Option<Line<60>>,
    pub words: Text<2000>,
}

/// From now on everybody can find it. A change is laid over what is live, which may have changed elsewhere
/// in the meantime; so that two who change the same thing notice, it is refused where both did.
pub async fn publish(
    db: &PgPool,
    id: SubmissionId,
    by: &Line<100>,
    now: Timestamp,
) -> sqlx::Result<Decided> {
    let mut tx = db.begin().await?;
    let Some(submission) = take(&mut tx, id, Stage::Published, now).await? else {
        return Ok(Decided::NotWaiting);
    };
    let author = author(by, "Published from what the provider described");
    let done = match submission.about {
        About::New(offer) => publish_new(&mut tx, &submission, offer, &author, now).await?,
        About::Change { offer, base } => {
            publish_change(&mut tx, &submission, (offer, base), &author, now).await?
        }
        About::Profile => publish_profile(&mut tx, &submission).await?,
    };
    if done == Decided::Done {
        mail::store::put(&mut *tx, &letters::published(&submission), now).await?;
        tx.commit().await?;
    }
    Ok(done)
}

/// Back to the artist, with what should be changed. `said` is not empty.
pub async fn ask(
    db: &PgPool,
    id: SubmissionId,
    said: &[Words],
    by: &Line<100>,
    now: Timestamp,
) -> sqlx::Result<Decided> {
    let mut tx = db.begin().await?;
    let Some(submission) = take(&mut tx, id, Stage::ChangesAsked, now).await? else {
        return Ok(Decided::NotWaiting);
    };
    send_back(&mut tx, &submission, &author(by, "Changes asked for"), now).await?;
    let said = say(&mut tx, id, said, by, now).await?;
    mail::store::put(&mut *tx, &letters::changes_asked(&submission, &said), now).await?;
    tx.commit().await?;
    Ok(Decided::Done)
}

/// It is not published, and why.
pub async fn refuse(
    db: &PgPool,
    id: SubmissionId,
    why: Text<2000>,
    by: &Line<100>,
    now: Timestamp,
) -> sqlx::Result<Decided> {
    let mut tx = db.begin().await?;
    let Some(submission) = take(&mut tx, id, Stage::Refused, now).await? else {
        return Ok(Decided::NotWaiting);
    };
    send_back(&mut tx, &submission, &author(by, "Not published"), now).await?;
    let said = say(&mut tx, id, &[Words { field: None, words: why }], by, now).await?;
    mail::store::put(&mut *tx, &letters::refused(&submission, &said), now).await?;
    tx.commit().await?;
    Ok(Decided::Done)
}

/// Moves it on from waiting; `None` where it does not wait. Of two at once, the second finds it moved.
async fn take(
    db: &mut PgConnection,
    id: SubmissionId,
    to: Stage,
    now: Timestamp,
) -> sqlx::Result<Option<Submission>> {
    let found = store::locked(&mut *db, id).await?;
    let Some(submission) = found.filter(|one| one.stage == Stage::Waiting) else {
        return Ok(None);
    };
    let moved = store::enter(&mut *db, id, Stage::Waiting, to, now).await?;
    Ok(moved.then_some(submission))
}

async fn publish_new(
    db: &mut PgConnection,
    submission: &Submission,
    offer: Option<OfferId>,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<Decided> {
    let offer = offer.ok_or_else(|| broken("what waits has no offer"))?;
    let kept = kept(db, offer).await?;
    let from = (kept.state.status(), kept.revision);
    let content = content(submission)?;
    let elsewhere = offers::differences(&content, &kept.content);
    if from.0 == Status::Submitted && !elsewhere.is_empty() {
        return Ok(Decided::Overtaken(elsewhere));
    }
    let Ok(mut next) = kept.step(AnyState::Published, now) else {
        return Ok(Decided::Moved);
    };
    next.confirmed = Some(described(submission));
    save(db, from, &next, author, now).await
}

async fn publish_change(
    db: &mut PgConnection,
    submission: &Submission,
    (offer, base): (OfferId, u32),
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<Decided> {
    let live = kept(&mut *db, offer).await?;
    let from = (live.state.status(), live.revision);
    if !matches!(from.0, Status::Published | Status::Paused) {
        return Ok(Decided::Moved);
    }
    let base = offers::store::revision(&mut *db, offer, base).await?;
    let base = base.ok_or_else(|| broken("a change of a revision that never was"))?;
    let content = match offers::merge(&base, &live.content, &content(submission)?) {
        Ok(content) => content,
        Err(both) => return Ok(Decided::Overtaken(both)),
    };
    let lacks = content.lacks();
    if !lacks.is_empty() {
        return Ok(Decided::Lacking(lacks));
    }
    let mut next = live.revised(content);
    next.confirmed = Some(described(submission));
    save(db, from, &next, author, now).await
}

async fn publish_profile(db: &mut PgConnection, submission: &Submission) -> sqlx::Result<Decided> {
    let profile = store::profile(&mut *db, submission.id).await?;
    let profile = profile.ok_or_else(|| broken("a profile that says nothing"))?;
    providers::store::describe(db, submission.provider, &profile).await?;
    Ok(Decided::Done)
}

/// A new offer that waits is the artist's draft again; what is live, or was moved on by others, stays as it is.
async fn send_back(
    db: &mut PgConnection,
    submission: &Submission,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<()> {
    let About::New(Some(offer)) = submission.about else {
        return Ok(());
    };
    let kept = kept(&mut *db, offer).await?;
    let from = (kept.state.status(), kept.revision);
    let Ok(next) = kept.step(AnyState::Draft, now) else {
        return Ok(());
    };
    save(db, from, &next, author, now).await.map(|_| ())
}

async fn say(
    db: &mut PgConnection,
    id: SubmissionId,
    said: &[Words],
    by: &Line<100>,
    now: Timestamp,
) -> sqlx::Result<Vec<Message>> {
    let mut messages = Vec::with_capacity(said.len());
    for Words { field, words } in said {
        let message = Message {
            number: 0,
            at: now,
            by: by.clone(),
            from_desk: true,
            field: field.clone(),
            words: words.clone(),
        };
        store::say(&mut *db, id, &message).await?;
        messages.push(message);
    }
    Ok(messages)
}

async fn kept(db: &mut PgConnection, offer: OfferId) -> sqlx::Result<Offer<AnyState>> {
    let found = offers::store::kept(db, offer).await?;
    found.map(|Kept { offer, .. }| offer).ok_or_else(|| broken("its offer is gone"))
}

async fn save(
    db: &mut PgConnection,
    from: (Status, u32),
    next: &Offer<AnyState>,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<Decided> {
    let saved = offers::store::save(db, from, next, author, now).await?;
    // It was locked when it was read, so nobody can have come in between.
    saved.map(|()| Decided::Done).ok_or_else(|| broken("an offer that changed while it was locked"))
}

/// What was sent is true as of the day on which it was sent: its provider says so.
fn described(submission: &Submission) -> Confirmation {
    let by = Line::parse("the provider").expect("our own short words");
    let how = Line::parse("when they described it").expect("our own short words");
    Confirmation { at: submission.since, by, how }
}

fn content(submission: &Submission) -> sqlx::Result<Content> {
    submission.content.clone().ok_or_else(|| broken("what waits says nothing"))
}

fn author(by: &Line<100>, why: &str) -> Author {
    Author { by: by.clone(), why: Line::parse(why).ok() }
}

fn broken(what: &'static str) -> sqlx::Error {
    sqlx::Error::Protocol(what.into())
}
