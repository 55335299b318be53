//! Beginning, or going on with, what a coordinator then looks at: a change, a copy, a profile.
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{Permit, Permitted, Person};
use crate::{
    forms::Answers,
    links::{self, Purpose, Secret, Wanted},
    offers::{OfferId, State, Status},
    places::Places,
    providers::{self, ProviderId},
    submissions::{self, About, By, Step, Submission, SubmissionId, writing::answers_of_profile},
    venues::VenueId,
};

/// What is said of whether there are places, of breaks and of the end is true of the one offer only.
const NOT_COPIED: [&str; 4] = ["places", "pause_from", "pause_to", "ends_on"];

/// The private link to what was begun.
#[derive(Debug)]
pub enum Begun {
    Link(Secret),
    /// As it stands there is nothing to change, such as of what has ended.
    NotAsItStands,
}

/// A change of a live offer, which stays as it is meanwhile. There is one at a time: the second to begin goes
/// on with the first. `None` for an offer that this person does not look after.
pub async fn change(
    db: &PgPool,
    person: &Person,
    offer: OfferId,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Option<Begun>> {
    let mut tx = db.begin().await?;
    // Locked before its offer, as it is by who publishes it. Of two who begin at once, the second waits for the
    // offer, and then finds what the first has begun.
    submissions::store::change_of(&mut tx, offer).await?;
    let Some(Permitted { offer, permit }) = Permitted::of(&mut tx, person, offer).await? else {
        return Ok(None);
    };
    if !matches!(offer.state.status(), Status::Published | Status::Paused) {
        return Ok(Some(Begun::NotAsItStands));
    }
    let id = match submissions::store::change_of(&mut tx, offer.id).await? {
        Some(mut begun) => {
            if begun.stage.is_open() {
                submissions::pending::catch_up(&mut tx, &mut begun, &offer, places, now).await?;
            }
            begun.id
        }
        None => {
            let answers = submissions::written(&mut tx, &offer.content, places).await?;
            let about = About::Change { offer: offer.id, base: offer.revision };
            let venue = offer.content.place.venue;
            let change = Submission {
                venue: venue.unwrap_or_else(VenueId::now_v7),
                ..new(&permit, about, answers, now)
            };
            submissions::store::insert(&mut *tx, &change).await?;
            change.id
        }
    };
    let secret = link(&mut tx, person, id, now).await?;
    tx.commit().await?;
    Ok(Some(Begun::Link(secret)))
}

/// A new offer that begins with the same words. `None` for an offer that this person does not look after.
pub async fn copy(
    db: &PgPool,
    person: &Person,
    offer: OfferId,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Option<Secret>> {
    let mut tx = db.begin().await?;
    let Some(Permitted { offer, permit }) = Permitted::of(&mut tx, person, offer).await? else {
        return Ok(None);
    };
    let mut answers = submissions::written(&mut tx, &offer.content, places).await?;
    for field in NOT_COPIED {
        answers.remove(field);
    }
    let venue = offer.content.place.venue.unwrap_or_else(VenueId::now_v7);
    let copy = Submission { venue, steps: vec![], ..new(&permit, About::New(None), answers, now) };
    submissions::store::insert(&mut *tx, &copy).await?;
    let secret = link(&mut tx, person, copy.id, now).await?;
    tx.commit().await?;
    Ok(Some(secret))
}

/// A change of what a provider says of itself. `None` for one that this person does not look after.
pub async fn profile(
    db: &PgPool,
    person: &Person,
    provider: ProviderId,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Option<Begun>> {
    let mut tx = db.begin().await?;
    // Of two who begin at once, one waits and then finds what the other has begun.
    super::store::people_held(&mut tx, provider).await?;
    let Some(permit) = Permit::of(&mut tx, person, provider).await? else {
        return Ok(None);
    };
    let id = match submissions::store::profile_in_hand(&mut tx, provider).await? {
        Some(begun) => begun,
        None => {
            let profile = providers::store::profile(&mut *tx, provider).await?;
            let profile = profile.ok_or(sqlx::Error::RowNotFound)?;
            let answers = answers_of_profile(&profile, places);
            let steps = vec![Step::About];
            let change = Submission { steps, ..new(&permit, About::Profile, answers, now) };
            submissions::store::insert(&mut *tx, &change).await?;
            change.id
        }
    };
    let secret = link(&mut tx, person, id, now).await?;
    tx.commit().await?;
    Ok(Some(Begun::Link(secret)))
}

/// A link to something that is in hand. `None` for what is neither theirs nor of a provider they look after.
pub async fn go_on(
    db: &PgPool,
    person: &Person,
    id: SubmissionId,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Option<Secret>> {
    let Some(found) = submissions::store::found(db, id).await? else {
        return Ok(None);
    };
    if let (About::Change { offer, .. }, true) = (found.about, found.stage.is_open()) {
        return match change(db, person, offer, places, now).await? {
            Some(Begun::Link(secret)) => Ok(Some(secret)),
            Some(Begun::NotAsItStands) | None => Ok(None),
        };
    }
    let mut tx = db.begin().await?;
    let theirs = found.email() == Some(person.email()) && person.may_see(found.provider);
    let may = match found.about {
        About::New(_) => theirs,
        About::Change { .. } | About::Profile => {
            Permit::of(&mut tx, person, found.provider).await?.is_some()
        }
    };
    if !may {
        return Ok(None);
    }
    let secret = link(&mut tx, person, id, now).await?;
    tx.commit().await?;
    Ok(Some(secret))
}

fn new(permit: &Permit, about: About, answers: Answers, now: Timestamp) -> Submission {
    let by = By::Artist { email: permit.email().clone(), confirmed: Some(now) };
    Submission {
        provider: permit.provider(),
        // What is published was answered without a mistake.
        steps: Step::ALL.to_vec(),
        ..Submission::new(SubmissionId::now_v7(), about, by, answers, now)
    }
}

async fn link(
    db: &mut PgConnection,
    person: &Person,
    id: SubmissionId,
    now: Timestamp,
) -> sqlx::Result<Secret> {
    let wanted = Wanted {
        purpose: Purpose::Draft,
        subject: Some(id),
        email: person.email().clone(),
        mailed: person.mailed(),
    };
    links::store::make(db, &wanted, now).await
}
