//! SQL for changes that passed at once.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

use crate::{accounts::AccountId, submissions::SubmissionId};

/// It stands in the listing already, and somebody looks at it later.
pub async fn passed(db: impl PgExecutor<'_>, id: SubmissionId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into passed_changes (submission_id, at) values ($1, $2)",
        id,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Somebody has looked at it; `false` where nobody needed to any more.
pub async fn looked_at(
    db: impl PgExecutor<'_>,
    id: SubmissionId,
    account: AccountId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let looked = sqlx::query!(
        "update passed_changes set looked_at = $3, looked_by = $2
         where submission_id = $1 and looked_at is null",
        id,
        account,
        now.to_sqlx() as jiff_sqlx::Timestamp
    );
    Ok(looked.execute(db).await?.rows_affected() == 1)
}
