//! SQL for private links.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::{Link, Purpose, Secret, Wanted};
use crate::{database::store::read, text::Email};

/// Which links end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    All,
    /// Those that were shown on a page, and never mailed.
    Shown,
}

/// Keeps the hash of a new link; the secret is to be shown or mailed now, or never.
pub async fn make(
    db: impl PgExecutor<'_>,
    wanted: &Wanted,
    now: Timestamp,
) -> sqlx::Result<Secret> {
    let secret = Secret::new().map_err(|none| sqlx::Error::Encode(none.into()))?;
    sqlx::query!(
        "insert into links (hash, purpose, subject, email, mailed, made_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        &secret.hash()[..],
        wanted.purpose.code(),
        wanted.subject,
        wanted.email.as_str(),
        wanted.mailed,
        now.to_sqlx() as jiff_sqlx::Timestamp,
        (now + wanted.purpose.lasts()).to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(secret)
}

/// What it opens, if it is for this, is neither used up nor revoked, and its time is not over.
pub async fn opened(
    db: impl PgExecutor<'_>,
    secret: &Secret,
    purpose: Purpose,
    now: Timestamp,
) -> sqlx::Result<Option<Link>> {
    found(db, secret, purpose, false, now).await
}

/// What it opened until it was used up, while its time is not over.
pub async fn spent(
    db: impl PgExecutor<'_>,
    secret: &Secret,
    purpose: Purpose,
    now: Timestamp,
) -> sqlx::Result<Option<Link>> {
    found(db, secret, purpose, true, now).await
}

/// Uses up a link that is good for one use; of two at once one gets `true`.
pub async fn used(db: impl PgExecutor<'_>, secret: &Secret, now: Timestamp) -> sqlx::Result<bool> {
    let used = sqlx::query!(
        "update links set used_at = $2
         where hash = $1 and used_at is null and revoked_at is null and expires_at > $2",
        &secret.hash()[..],
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(used.rows_affected() == 1)
}

/// From now on these links open nothing, whoever has them.
pub async fn end(
    db: impl PgExecutor<'_>,
    purpose: Purpose,
    subject: Uuid,
    which: Ended,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update links set revoked_at = $4
         where purpose = $1 and subject = $2 and revoked_at is null and ($3 or not mailed)",
        purpose.code(),
        subject,
        which == Ended::All,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Erases links with the address they were for, also those that are used up.
pub async fn erase(
    db: impl PgExecutor<'_>,
    purpose: Purpose,
    subjects: &[Uuid],
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from links where purpose = $1 and subject = any($2)",
        purpose.code(),
        subjects
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets links that open nothing any more.
pub async fn forget(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from links where expires_at < $1", now.to_sqlx() as jiff_sqlx::Timestamp)
        .execute(db)
        .await?;
    Ok(())
}

async fn found(
    db: impl PgExecutor<'_>,
    secret: &Secret,
    purpose: Purpose,
    used: bool,
    now: Timestamp,
) -> sqlx::Result<Option<Link>> {
    let row = sqlx::query!(
        r#"select subject, email, mailed, expires_at as "expires_at: jiff_sqlx::Timestamp"
           from links
           where hash = $1 and purpose = $2 and expires_at > $3 and revoked_at is null
             and (used_at is not null) = $4"#,
        &secret.hash()[..],
        purpose.code(),
        now.to_sqlx() as jiff_sqlx::Timestamp,
        used
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Link {
            purpose,
            subject: row.subject,
            email: read(Email::try_from(row.email))?,
            mailed: row.mailed,
            expires: row.expires_at.to_jiff(),
        })
    })
    .transpose()
}
