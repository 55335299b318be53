//! What a coordinator decides of a submission: stage, offer, history, words and letter in one transaction.
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{
    About, Message, Stage, Submission, SubmissionId,
    differences::{Difference, differences},
    letters,
    reading::Read,
    store,
    whole::{keep_venue, whole},
};
use crate::{
    accounts::{self, Permit},
    mail,
    offers::{
        self, AnyState, Confirmation, Content, Offer, OfferId, State, Status,
        store::{Author, Kept},
    },
    places::{self, Places},
    providers,
    text::{Email, Line, Text},
};

/// What became of a decision. But for `Done` nothing has changed.
#[derive(Debug, PartialEq)]
pub enum Decided {
    Done,
    /// It is not with the coordinator, or not as it was looked at: somebody else was first, or there is no such
    /// submission.
    NotWaiting,
    /// What is live says something else by now where this change does, too: those parts of it.
    Overtaken(Vec<String>),
    /// The offer that it would change is not live any more, or the one it would publish does not wait: others
    /// have moved it on, such as an import.
    Moved,
    /// Laid over what is live it would leave the listing without something that every listing says.
    Lacking(Vec<offers::Lack>),
    /// What a coordinator has edited in it has mistakes, or is not whole.
    EditsNotWhole,
}

/// What somebody has looked at before deciding.
#[derive(Clone, Copy, Debug)]
pub struct Looked {
    pub id: SubmissionId,
    /// As it stood then, so that nobody decides on something else; `None` takes it as it is by now.
    pub version: Option<u32>,
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
    permit: &Permit<Looked>,
    now: Timestamp,
) -> sqlx::Result<Decided> {
    let mut tx = db.begin().await?;
    let Some((submission, email)) = take(&mut tx, permit, Stage::Published, now).await? else {
        return Ok(Decided::NotWaiting);
    };
    let edited = match store::edits::of(&mut tx, submission.id, Stage::Draft).await? {
        Some(edit) => match whole(&mut tx, &edit, now).await? {
            Ok(read) => Some(Edited { edit, read }),
            Err(_) => return Ok(Decided::EditsNotWhole),
        },
        None => None,
    };
    let why = match &edited {
        Some(_) => "Published from what the provider described, edited at the desk",
        None => "Published from what the provider described",
    };
    let author = author(permit.signed(), why);
    let edited = edited.as_ref();
    if let Some(Edited { edit, read }) = edited {
        store::one_arrival_at_a_time(&mut *tx).await?;
        keep_venue(&mut tx, edit, read).await?;
        store::enter(&mut *tx, edit.id, Stage::Draft, Stage::Published, now).await?;
    }
    let done = match submission.about {
        About::New(offer) => publish_new(&mut tx, &submission, edited, offer, &author, now).await?,
        About::Change { .. } => {
            let content = content(&submission, edited)?;
            publish_change(&mut tx, &submission, content, &author, now).await?
        }
        About::Profile => publish_profile(&mut tx, &submission, edited).await?,
    };
    if done == Decided::Done {
        log(&mut tx, permit, "published", None, now).await?;
        let changes = match edited {
            Some(Edited { edit, .. }) => {
                let places = places::store::named(&mut *tx).await?;
                changed(&submission, edit, &places)
            }
            None => vec![],
        };
        mail::store::put(&mut *tx, &letters::published(&submission, &email, &changes), now).await?;
        tx.commit().await?;
    }
    Ok(done)
}

/// What a coordinator has changed in what was sent.
pub fn changed(sent: &Submission, edit: &Submission, places: &Places) -> Vec<Difference> {
    let (mut changes, _) = differences(&sent.answers, &edit.answers, places);
    changes.retain(|one| edit.asks_at_all(one.name));
    changes
}

/// What the coordinators made of what was sent.
struct Edited {
    edit: Submission,
    read: Read,
}

/// Back to the artist, with what should be changed. `said` is not empty.
pub async fn ask(
    db: &PgPool,
    permit: &Permit<Looked>,
    said: &[Words],
    now: Timestamp,
) -> sqlx::Result<Decided> {
    let mut tx = db.begin().await?;
    let Some((submission, email)) = take(&mut tx, permit, Stage::ChangesAsked, now).await? else {
        return Ok(Decided::NotWaiting);
    };
    store::edits::throw_away(&mut *tx, submission.id, now).await?;
    send_back(&mut tx, &submission, &author(permit.signed(), "Changes asked for"), now).await?;
    log(&mut tx, permit, "changes_asked", None, now).await?;
    let said = say(&mut tx, permit, said, now).await?;
    mail::store::put(&mut *tx, &letters::changes_asked(&submission, &email, &said), now).await?;
    tx.commit().await?;
    Ok(Decided::Done)
}

/// It is not published, and why.
pub async fn refuse(
    db: &PgPool,
    permit: &Permit<Looked>,
    why: Text<2000>,
    now: Timestamp,
) -> sqlx::Result<Decided> {
    let mut tx = db.begin().await?;
    let Some((submission, email)) = take(&mut tx, permit, Stage::Refused, now).await? else {
        return Ok(Decided::NotWaiting);
    };
    store::edits::throw_away(&mut *tx, submission.id, now).await?;
    send_back(&mut tx, &submission, &author(permit.signed(), "Not published"), now).await?;
    log(&mut tx, permit, "refused", None, now).await?;
    let said = say(&mut tx, permit, &[Words { field: None, words: why }], now).await?;
    mail::store::put(&mut *tx, &letters::refused(&submission, &email, &said), now).await?;
    tx.commit().await?;
    Ok(Decided::Done)
}

/// Moves it on from waiting; `None` where it does not wait. Of two at once, the second finds it moved.
async fn take(
    db: &mut PgConnection,
    permit: &Permit<Looked>,
    to: Stage,
    now: Timestamp,
) -> sqlx::Result<Option<(Submission, Email)>> {
    let Looked { id, version } = *permit.subject();
    let found = store::locked(&mut *db, id).await?;
    let seen = |one: &Submission| version.is_none_or(|version| one.version == version);
    let Some(submission) = found.filter(|one| one.stage == Stage::Waiting && seen(one)) else {
        return Ok(None);
    };
    let Some(email) = submission.email().cloned() else {
        return Ok(None);
    };
    let moved = store::enter(&mut *db, id, Stage::Waiting, to, now).await?;
    Ok(moved.then_some((submission, email)))
}

async fn publish_new(
    db: &mut PgConnection,
    submission: &Submission,
    edited: Option<&Edited>,
    offer: Option<OfferId>,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<Decided> {
    let offer = offer.ok_or_else(|| broken("what waits has no offer"))?;
    let kept = kept(db, offer).await?;
    let from = (kept.state.status(), kept.revision);
    let elsewhere = offers::differences(&content(submission, None)?, &kept.content);
    if from.0 == Status::Submitted && !elsewhere.is_empty() {
        return Ok(Decided::Overtaken(elsewhere));
    }
    let Ok(mut next) = kept.step(AnyState::Published, now) else {
        return Ok(Decided::Moved);
    };
    if let Some(Edited { read, .. }) = edited {
        next.content = read.content.clone();
        providers::store::describe_unknown(&mut *db, submission.provider, &read.provider).await?;
    }
    next.confirmed = Some(described(submission));
    offers::store::save_locked(db, from, &next, author, now).await?;
    Ok(Decided::Done)
}

/// Lays `change` over what is live. But for `Done` nothing has changed.
pub(super) async fn publish_change(
    db: &mut PgConnection,
    submission: &Submission,
    change: Content,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<Decided> {
    let About::Change { offer, base } = submission.about else {
        return Err(broken("a change of nothing"));
    };
    let live = kept(&mut *db, offer).await?;
    let from = (live.state.status(), live.revision);
    if !matches!(from.0, Status::Published | Status::Paused) {
        return Ok(Decided::Moved);
    }
    let base = offers::store::revision(&mut *db, offer, base).await?;
    let base = base.ok_or_else(|| broken("a change of a revision that never was"))?;
    let content = match offers::merge(&base, &live.content, &change) {
        Ok(content) => content,
        Err(both) => return Ok(Decided::Overtaken(both)),
    };
    let lacks = content.lacks();
    if !lacks.is_empty() {
        return Ok(Decided::Lacking(lacks));
    }
    let mut next = live.revised(content);
    next.confirmed = Some(described(submission));
    offers::store::save_locked(db, from, &next, author, now).await?;
    Ok(Decided::Done)
}

async fn publish_profile(
    db: &mut PgConnection,
    submission: &Submission,
    edited: Option<&Edited>,
) -> sqlx::Result<Decided> {
    let profile = match edited {
        Some(Edited { read, .. }) => read.provider.clone(),
        None => {
            let sent = store::profile(&mut *db, submission.id).await?;
            sent.ok_or_else(|| broken("a profile that says nothing"))?
        }
    };
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
    offers::store::save_locked(db, from, &next, author, now).await
}

async fn say(
    db: &mut PgConnection,
    permit: &Permit<Looked>,
    said: &[Words],
    now: Timestamp,
) -> sqlx::Result<Vec<Message>> {
    let mut messages = Vec::with_capacity(said.len());
    for Words { field, words } in said {
        let message = Message {
            number: 0,
            at: now,
            by: permit.signed().clone(),
            from_desk: true,
            field: field.clone(),
            words: words.clone(),
        };
        store::say(&mut *db, permit.subject().id, &message).await?;
        messages.push(message);
    }
    Ok(messages)
}

async fn log(
    db: &mut PgConnection,
    permit: &Permit<Looked>,
    act: &str,
    words: Option<&Line<500>>,
    now: Timestamp,
) -> sqlx::Result<()> {
    accounts::store::log(db, permit.by(), act, Some(permit.subject().id), words, now).await
}

async fn kept(db: &mut PgConnection, offer: OfferId) -> sqlx::Result<Offer<AnyState>> {
    let found = offers::store::kept(db, offer).await?;
    found.map(|Kept { offer, .. }| offer).ok_or_else(|| broken("its offer is gone"))
}

/// What was sent is true as of the day on which it was sent: its provider says so.
fn described(submission: &Submission) -> Confirmation {
    let by = Line::parse("the provider").expect("our own short words");
    let how = Line::parse("when they described it").expect("our own short words");
    Confirmation { at: submission.since, by, how }
}

fn content(submission: &Submission, edited: Option<&Edited>) -> sqlx::Result<Content> {
    let edited = edited.map(|edited| edited.read.content.clone());
    edited.or_else(|| submission.content.clone()).ok_or_else(|| broken("what waits says nothing"))
}

fn author(by: &Line<100>, why: &str) -> Author {
    Author { by: by.clone(), why: Line::parse(why).ok() }
}

fn broken(what: &'static str) -> sqlx::Error {
    sqlx::Error::Protocol(what.into())
}
