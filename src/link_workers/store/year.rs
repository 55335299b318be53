//! SQL for what time does: who is to be asked again, who leaves the list, whose entry is erased.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

use crate::link_workers::LinkWorkerId;

/// Moments that decide; each is the last one that still counts.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// Who agreed by then is asked for the first time.
    pub first: Timestamp,
    /// For the second.
    pub second: Timestamp,
    /// Their year is over.
    pub over: Timestamp,
    /// Who is off the list since then is erased.
    pub off: Timestamp,
    /// Whose proposal is older, too.
    pub unanswered: Timestamp,
    /// And whoever only typed an address by then.
    pub begun: Timestamp,
}

/// Who is to be asked whether they stay for another year, and has not been this often.
pub async fn to_ask(db: impl PgExecutor<'_>, due: &Due) -> sqlx::Result<Vec<LinkWorkerId>> {
    sqlx::query_scalar!(
        "select id from link_workers
         where state = 'listed' and agreed_at > $3
           and (agreed_at <= $1 and reminders = 0 or agreed_at <= $2 and reminders = 1)",
        due.first.to_sqlx() as jiff_sqlx::Timestamp,
        due.second.to_sqlx() as jiff_sqlx::Timestamp,
        due.over.to_sqlx() as jiff_sqlx::Timestamp
    )
    .fetch_all(db)
    .await
}

/// One reminder more, in the transaction of its letter. `false` where somebody else was faster.
pub async fn reminded(db: impl PgExecutor<'_>, id: LinkWorkerId, due: &Due) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update link_workers set reminders = reminders + 1
         where id = $1 and state = 'listed' and agreed_at > $4
           and (agreed_at <= $2 and reminders = 0 or agreed_at <= $3 and reminders = 1)",
        id,
        due.first.to_sqlx() as jiff_sqlx::Timestamp,
        due.second.to_sqlx() as jiff_sqlx::Timestamp,
        due.over.to_sqlx() as jiff_sqlx::Timestamp
    );
    Ok(done.execute(db).await?.rows_affected() == 1)
}

/// Whose year is over while they are listed.
pub async fn over(db: impl PgExecutor<'_>, due: &Due) -> sqlx::Result<Vec<LinkWorkerId>> {
    sqlx::query_scalar!(
        "select id from link_workers where state = 'listed' and agreed_at <= $1",
        due.over.to_sqlx() as jiff_sqlx::Timestamp
    )
    .fetch_all(db)
    .await
}

/// Whose entry is erased now.
pub async fn to_erase(db: impl PgExecutor<'_>, due: &Due) -> sqlx::Result<Vec<LinkWorkerId>> {
    sqlx::query_scalar!(
        "select id from link_workers
         where state = 'off' and off_at <= $1
            or state = 'proposed' and coalesce(asked_at, made_at) <= $2
            or state = 'begun' and made_at <= $3
            or state = 'agreed' and agreed_at <= $4",
        due.off.to_sqlx() as jiff_sqlx::Timestamp,
        due.unanswered.to_sqlx() as jiff_sqlx::Timestamp,
        due.begun.to_sqlx() as jiff_sqlx::Timestamp,
        due.over.to_sqlx() as jiff_sqlx::Timestamp
    )
    .fetch_all(db)
    .await
}

/// Forgets askings older than this with their links, and refusals older than that.
pub async fn forget(
    db: impl PgExecutor<'_>,
    askings: Timestamp,
    refusals: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with asked as (
             delete from link_worker_askings where made_at <= $1 returning id
         ), opened as (
             delete from links where purpose = 'link_worker' and subject in (select id from asked)
         )
         delete from link_worker_refusals where at <= $2",
        askings.to_sqlx() as jiff_sqlx::Timestamp,
        refusals.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}
