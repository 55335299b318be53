//! A draft from its first three answers: it, its private link and the letter that brings the link again.
use jiff::Timestamp;
use sqlx::PgPool;

use super::{About, Stage, Submission, SubmissionId, letters, store};
use crate::{
    forms::Answers,
    links::{self, Purpose, Secret, Wanted},
    mail,
    providers::ProviderId,
    venues::VenueId,
};

pub use super::questions::{Begun as Asked, FirstPlace};

/// Keeps a new draft under this id, or finds the one that the same page began with the same words: a second
/// press makes another link only. The secret of that link is to be shown now, and once.
pub async fn draft(
    db: &PgPool,
    asked: &Asked,
    id: SubmissionId,
    now: Timestamp,
) -> sqlx::Result<Secret> {
    let mut answers = Answers::default();
    answers.set("title", asked.title.as_str());
    match &asked.place {
        FirstPlace::Postcode(postcode) => {
            answers.set("delivery", "in-person");
            answers.set("venue_postcode", postcode.as_str());
        }
        FirstPlace::Online => answers.set("delivery", "online"),
    }
    let mut submission = Submission {
        id,
        about: About::New(None),
        stage: Stage::Draft,
        since: now,
        provider: ProviderId::now_v7(),
        venue: VenueId::now_v7(),
        email: asked.email.clone(),
        email_confirmed: None,
        answers,
        version: 1,
        steps: vec![],
        sent: 0,
        content: None,
        made: now,
        changed: now,
    };
    let mut tx = db.begin().await?;
    if !store::insert(&mut *tx, &submission).await? {
        let there = store::locked(&mut tx, id).await?;
        let goes_on = |one: &Submission| one.stage.is_open() && one.email == submission.email;
        if !there.as_ref().is_some_and(goes_on) {
            submission.id = SubmissionId::now_v7();
            store::insert(&mut *tx, &submission).await?;
        }
    }
    let wanted = Wanted {
        purpose: Purpose::Draft,
        subject: Some(submission.id),
        email: submission.email.clone(),
        mailed: false,
    };
    let secret = links::store::make(&mut *tx, &wanted, now).await?;
    mail::store::put(&mut *tx, &letters::link(&submission), now).await?;
    tx.commit().await?;
    Ok(secret)
}
