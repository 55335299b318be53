//! SQL for what went out about submissions: links and letters, and whom they are for.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgPool};

use super::SubmissionId;
use crate::text::Email;

/// Forgets links to submissions that are gone, and letters about them: they hold e-mail addresses, and
/// nothing that could still be opened.
pub async fn forget(db: &PgPool) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from links
         where purpose in ('draft', 'confirm') and not exists (select from submissions where id = subject)"
    )
    .execute(db)
    .await?;
    sqlx::query!(
        "delete from outbox
         where link_purpose in ('draft', 'confirm')
           and not exists (select from submissions where id = link_subject)"
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Another e-mail address, as long as none was confirmed; `false` where one was, or where it is not being
/// written any more. Links that were mailed to the one before end, and letters to it that wait go nowhere;
/// links that were only shown stay with whoever writes.
pub async fn readdress(
    db: &mut PgConnection,
    id: SubmissionId,
    to: &Email,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let now = now.to_sqlx();
    let changed = sqlx::query!(
        "update submissions set email = $2, changed_at = $3
         where id = $1 and email_confirmed_at is null and stage in ('draft', 'unconfirmed')",
        id,
        to.as_str(),
        now as jiff_sqlx::Timestamp
    )
    .execute(&mut *db)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    // First the letters: whoever takes one makes its link in the same transaction.
    sqlx::query!("delete from outbox where link_subject = $1 and sent_at is null", id)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from links where subject = $1 and mailed", id).execute(&mut *db).await?;
    sqlx::query!("update links set email = $2 where subject = $1", id, to.as_str())
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "update outbox set recipient = null, subject = null, plain = null, html = null where link_subject = $1",
        id
    )
    .execute(&mut *db)
    .await?;
    Ok(true)
}
