//! SQL for limits.
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor, PgPool};

use super::{Doer, Key, Limit, StampKey};

/// Counts one more; `false` when that is too often. Windows of time begin at fixed moments, so a doer may
/// reach twice the number across a boundary, which is as exact as this needs to be.
pub async fn allowed(db: &PgPool, limit: Limit, doer: Doer, now: Timestamp) -> sqlx::Result<bool> {
    allowed_in(&mut *db.acquire().await?, limit, doer, now).await
}

/// The same in a transaction: counted only where that is committed.
pub async fn allowed_in(
    db: &mut PgConnection,
    limit: Limit,
    doer: Doer,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let doer = doer.hash(&key(&mut *db, "limits").await?);
    let window = i64::from(limit.minutes) * 60;
    let since = now - SignedDuration::from_secs(now.as_second().rem_euclid(window));
    let since = Timestamp::from_second(since.as_second()).unwrap_or(now);
    let times = sqlx::query_scalar!(
        "insert into limits (doer, thing, since, times) values ($1, $2, $3, 1)
         on conflict (doer, thing, since) do update set times = limits.times + 1
         returning times",
        &doer[..],
        limit.thing,
        since.to_sqlx() as jiff_sqlx::Timestamp
    )
    .fetch_one(&mut *db)
    .await?;
    Ok(i64::from(times) <= i64::from(limit.times))
}

/// Erases all that was counted of somebody.
pub async fn erase(db: &mut PgConnection, doer: &Doer) -> sqlx::Result<()> {
    let doer = doer.hash(&key(&mut *db, "limits").await?);
    sqlx::query!("delete from limits where doer = $1", &doer[..]).execute(db).await?;
    Ok(())
}

/// A mark by which the same doer is known again, and which nobody without the key can trace back.
pub async fn mark(db: impl PgExecutor<'_>, doer: &Doer) -> sqlx::Result<[u8; 32]> {
    Ok(doer.hash(&key(db, "limits").await?))
}

/// What forms are stamped with.
pub async fn stamp_key(db: impl PgExecutor<'_>) -> sqlx::Result<StampKey> {
    Ok(StampKey::new(key(db, "stamps").await?))
}

/// Forgets counts older than a day.
pub async fn forget(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<()> {
    let before = now - SignedDuration::from_hours(24);
    sqlx::query!("delete from limits where since < $1", before.to_sqlx() as jiff_sqlx::Timestamp)
        .execute(db)
        .await?;
    Ok(())
}

/// One of the database's own secrets.
pub async fn key(db: impl PgExecutor<'_>, name: &str) -> sqlx::Result<Key> {
    let key =
        sqlx::query_scalar!("select key from keys where name = $1", name).fetch_one(db).await?;
    let key = key.try_into().map_err(|_| sqlx::Error::Decode("a key of another length".into()))?;
    Ok(Key::new(key))
}
