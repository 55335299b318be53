//! Another e-mail address in the place of a mistyped one, with the letters that went to the wrong one.
use jiff::Timestamp;
use sqlx::PgPool;

use super::{Stage, SubmissionId, letters, store};
use crate::{
    links::{self, Purpose, Secret, Wanted},
    mail,
    text::Email,
};

/// What became of it.
#[derive(Debug)]
pub enum Readdressed {
    /// The link in use was only shown, and goes on.
    Kept,
    /// The link in use was one of those that ended; this is a new one.
    GoOn(Secret),
    /// An address was confirmed, or a coordinator has it.
    NotNow,
}

/// Puts the address in its place. Links that were mailed to the one before end; the new one gets the letter
/// with the link, and the one that asks to confirm if it was sent. `mailed` says that the link in use was one
/// of those.
pub async fn readdress(
    db: &PgPool,
    id: SubmissionId,
    email: &Email,
    mailed: bool,
    now: Timestamp,
) -> sqlx::Result<Readdressed> {
    let mut tx = db.begin().await?;
    if !store::mailed::readdress(&mut tx, id, email, now).await? {
        return Ok(Readdressed::NotNow);
    }
    let Some(submission) = store::found(&mut *tx, id).await? else {
        return Ok(Readdressed::NotNow);
    };
    mail::store::put(&mut *tx, &letters::link_anew(&submission, email, now), now).await?;
    if submission.stage == Stage::Unconfirmed {
        mail::store::put(&mut *tx, &letters::confirm_anew(&submission, email, now), now).await?;
    }
    let mut readdressed = Readdressed::Kept;
    if mailed {
        let (purpose, subject) = (Purpose::Draft, Some(id));
        let wanted = Wanted { purpose, subject, email: email.clone(), mailed: false };
        readdressed = Readdressed::GoOn(links::store::make(&mut *tx, &wanted, now).await?);
    }
    tx.commit().await?;
    Ok(readdressed)
}
