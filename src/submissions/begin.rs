//! A draft from its first three answers: it, its private link and the letter that brings the link again.
use jiff::Timestamp;
use sqlx::PgPool;

use super::{About, By, Submission, SubmissionId, letters, reading::Begun, store};
use crate::{
    forms::Answers,
    links::{self, Purpose, Secret, Wanted},
    mail,
};

/// Keeps a new draft under this id, or finds the one that the same page began with the same words: a second
/// press makes another link only. The secret of that link is to be shown now, and once.
pub async fn draft(
    db: &PgPool,
    begun: &Begun,
    id: SubmissionId,
    now: Timestamp,
) -> sqlx::Result<Secret> {
    let mut answers = Answers::default();
    answers.set("title", begun.title.as_str());
    begun.place.answer(&mut answers);
    let by = By::Artist { email: begun.email.clone(), confirmed: None };
    let mut submission = Submission::new(id, About::New(None), by, answers, now);
    let mut tx = db.begin().await?;
    if !store::insert(&mut *tx, &submission).await? {
        let there = store::locked(&mut tx, id).await?;
        let goes_on = |one: &Submission| one.stage.is_open() && one.email() == submission.email();
        if !there.as_ref().is_some_and(goes_on) {
            submission.id = SubmissionId::now_v7();
            store::insert(&mut *tx, &submission).await?;
        }
    }
    let wanted = Wanted {
        purpose: Purpose::Draft,
        subject: Some(submission.id),
        email: begun.email.clone(),
        mailed: false,
    };
    let secret = links::store::make(&mut *tx, &wanted, now).await?;
    mail::store::put(&mut *tx, &letters::link(&submission, &begun.email), now).await?;
    tx.commit().await?;
    Ok(secret)
}
