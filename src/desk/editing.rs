//! Beginning what is written at the desk in the artists' own form: an edit of a listing, an offer of the borough's
//! own, and an edit of what waits.
use jiff::Timestamp;
use sqlx::PgPool;

use super::{Taken, claims::take_within};
use crate::{
    accounts::{AccountId, Permit},
    forms::Answers,
    offers::{self, OfferId, State, Status},
    places::Places,
    providers::{self, ProviderId},
    submissions::{
        self, About, By, Stage, Step, Submission, SubmissionId,
        decide::Looked,
        pending,
        reading::FirstPlace,
        store::{self as submitted, edits},
        writing::answers_of_profile,
    },
    text::Line,
    venues::VenueId,
};

/// The first words of an offer of the borough's own.
#[derive(Clone, Debug)]
pub struct Entry {
    /// So that a second press of one form finds what the first began.
    pub id: SubmissionId,
    pub title: Line<100>,
    pub place: FirstPlace,
    pub provider: Runs,
}

#[derive(Clone, Debug)]
pub enum Runs {
    Known(ProviderId),
    New(Line<120>),
}

/// A change of a listing, which stays as it is meanwhile; or the one that the same account has begun before. `None`
/// where there is nothing to edit: it is archived, or an artist describes it.
pub async fn of_listing(
    db: &PgPool,
    permit: &Permit<OfferId>,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Option<SubmissionId>> {
    let (Some(account), offer) = (permit.account(), *permit.subject()) else {
        return Ok(None);
    };
    let mut tx = db.begin().await?;
    // Locked before its offer, as it is by who publishes it.
    edits::change_by(&mut tx, account, offer).await?;
    let Some(live) = offers::store::kept(&mut tx, offer).await? else {
        return Ok(None);
    };
    let live = live.offer;
    if live.state.status() == Status::Archived || edits::is_being_described(&mut *tx, offer).await?
    {
        return Ok(None);
    }
    // Of two presses at once the second waited for the offer, and finds what the first has begun.
    let id = match edits::change_by(&mut tx, account, offer).await? {
        Some(mut begun) => {
            pending::catch_up(&mut tx, &mut begun, &live, places, now).await?;
            begun.id
        }
        None => {
            let answers = submissions::written(&mut tx, &live.content, places).await?;
            let about = About::Change { offer, base: live.revision };
            let new = Submission {
                provider: live.content.provider,
                venue: live.content.place.venue.unwrap_or_else(VenueId::now_v7),
                steps: Step::ALL.to_vec(),
                ..begun(SubmissionId::now_v7(), about, (account, None), answers, now)
            };
            submitted::insert(&mut *tx, &new).await?;
            new.id
        }
    };
    tx.commit().await?;
    Ok(Some(id))
}

/// A draft of the borough's own offer. `None` where its id is somebody else's.
pub async fn entry(
    db: &PgPool,
    account: AccountId,
    entry: &Entry,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Option<SubmissionId>> {
    let (mut answers, provider) = match &entry.provider {
        Runs::Known(id) => {
            let profile = providers::store::profile(db, *id).await?;
            (answers_of_profile(&profile.ok_or(sqlx::Error::RowNotFound)?, places), *id)
        }
        Runs::New(name) => {
            let mut answers = Answers::default();
            answers.set("provider_name", name.as_str());
            (answers, ProviderId::now_v7())
        }
    };
    answers.set("title", entry.title.as_str());
    entry.place.answer(&mut answers);
    let new = begun(entry.id, About::New(None), (account, None), answers, now);
    let new = Submission { provider, ..new };
    if submitted::insert(db, &new).await? {
        return Ok(Some(new.id));
    }
    let there = submitted::found(db, new.id).await?;
    let own = |one: &Submission| matches!(one.by, By::Desk { account: by, .. } if by == account);
    Ok(there.filter(own).map(|one| one.id))
}

/// What the coordinators make of something that waits, as it was looked at; or what they have made of it so far.
/// From then on it is claimed by who edits it: from nobody else than `from`, whom the page named.
///
/// # Errors
/// Fails as the database does; the inner one says why it cannot be edited by them.
pub async fn of_what_waits(
    db: &PgPool,
    permit: &Permit<Looked>,
    from: Option<AccountId>,
    now: Timestamp,
) -> sqlx::Result<Result<SubmissionId, Taken>> {
    let Looked { id, version } = *permit.subject();
    let mut tx = db.begin().await?;
    let found = submitted::locked(&mut tx, id).await?;
    let seen = |one: &Submission| version.is_none_or(|version| one.version == version);
    let (Some(account), Some(sent)) = (permit.account(), found.filter(seen)) else {
        return Ok(Err(Taken::NotWaiting));
    };
    match take_within(&mut tx, permit, id, from, now).await? {
        Taken::Yes => {}
        other => return Ok(Err(other)),
    }
    let edit = match edits::of(&mut tx, id, Stage::Draft).await? {
        Some(edit) => edit.id,
        None => {
            let answers = sent.answers.clone();
            let by = (account, Some(id));
            let new = Submission {
                provider: sent.provider,
                venue: sent.venue,
                steps: sent.steps.clone(),
                ..begun(SubmissionId::now_v7(), sent.about, by, answers, now)
            };
            submitted::insert(&mut *tx, &new).await?;
            new.id
        }
    };
    tx.commit().await?;
    Ok(Ok(edit))
}

/// Throws away what was written; `false` where it is decided or published by now.
pub async fn throw_away(db: &PgPool, edit: &Submission, now: Timestamp) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    // First what waits, as by who decides on it.
    if let Some(waiting) = edit.edits()
        && !edits::noticed(&mut *tx, waiting, now).await?
    {
        return Ok(false);
    }
    let thrown = submitted::enter(&mut *tx, edit.id, Stage::Draft, Stage::Withdrawn, now).await?;
    tx.commit().await?;
    Ok(thrown)
}

fn begun(
    id: SubmissionId,
    about: About,
    (account, edits): (AccountId, Option<SubmissionId>),
    answers: Answers,
    now: Timestamp,
) -> Submission {
    let by = By::Desk { account, edits, provider_is_known: false };
    Submission::new(id, about, by, answers, now)
}
