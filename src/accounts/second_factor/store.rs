//! SQL for second factors.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

use super::{Factor, Seed};
use crate::{accounts::AccountId, database::store::read, limits};

/// What an account has, if anything.
pub async fn factor(db: impl PgExecutor<'_>, account: AccountId) -> sqlx::Result<Option<Factor>> {
    let row = sqlx::query!(
        r#"select f.confirmed_at as "since: jiff_sqlx::Timestamp",
                  (select count(*) from recovery_codes c where c.account_id = f.account_id and c.used_at is null) as "left!"
           from second_factors f where f.account_id = $1"#,
        account
    );
    let row = row.fetch_optional(db).await?;
    Ok(row.map(|row| Factor {
        since: row.since.map(jiff_sqlx::Timestamp::to_jiff),
        left: u32::try_from(row.left).unwrap_or(0),
    }))
}

/// Keeps a seed that no code has confirmed yet; `false` where one is confirmed, which stays.
pub async fn begin(
    db: &mut PgConnection,
    account: AccountId,
    seed: &Seed,
    now: Timestamp,
) -> sqlx::Result<bool> {
    // As exact as the database keeps it, since the cipher needs it again.
    let now = read(Timestamp::from_microsecond(now.as_microsecond()))?;
    let key = limits::store::key(&mut *db, KEY).await?;
    let kept = sqlx::query!(
        "insert into second_factors (account_id, seed, made_at) values ($1, $2, $3)
         on conflict (account_id) do update set seed = excluded.seed, made_at = excluded.made_at
         where second_factors.confirmed_at is null",
        account,
        &seed.ciphered(&key, account, now).0[..],
        now.to_sqlx() as jiff_sqlx::Timestamp
    );
    Ok(kept.execute(db).await?.rows_affected() > 0)
}

/// The seed and the time step of the last code taken, of one that is confirmed or is not. Nobody else takes a
/// code until the transaction ends.
pub async fn seed(
    db: &mut PgConnection,
    account: AccountId,
    confirmed: bool,
) -> sqlx::Result<Option<(Seed, u64)>> {
    let row = sqlx::query!(
        r#"select seed, made_at as "made: jiff_sqlx::Timestamp", last_step from second_factors
           where account_id = $1 and (confirmed_at is not null) = $2 for update"#,
        account,
        confirmed
    );
    let Some(row) = row.fetch_optional(&mut *db).await? else { return Ok(None) };
    let key = limits::store::key(db, KEY).await?;
    let kept: [u8; 20] = read(row.seed.try_into().map_err(|_| "a seed of another length"))?;
    let seed = Seed(kept).ciphered(&key, account, row.made.to_jiff());
    Ok(Some((seed, u64::try_from(row.last_step).unwrap_or(0))))
}

/// A code of this time step was right: it is on from now, if it was not before.
pub async fn confirmed(
    db: impl PgExecutor<'_>,
    account: AccountId,
    step: u64,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update second_factors set last_step = $2, confirmed_at = coalesce(confirmed_at, $3) where account_id = $1",
        account,
        i64::try_from(step).unwrap_or(i64::MAX),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn replace_codes(
    db: &mut PgConnection,
    account: AccountId,
    codes: &[String],
) -> sqlx::Result<()> {
    let key = limits::store::key(&mut *db, KEY).await?;
    let hashes: Vec<Vec<u8>> =
        codes.iter().map(|code| key.sign(&["recovery", code]).to_vec()).collect();
    sqlx::query!("delete from recovery_codes where account_id = $1", account)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "insert into recovery_codes (account_id, hash) select $1, hash from unnest($2::bytea[]) hash",
        account,
        &hashes
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Uses a recovery code up; `false` where it is none, or was used.
pub async fn use_up(
    db: &mut PgConnection,
    account: AccountId,
    code: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let key = limits::store::key(&mut *db, KEY).await?;
    let used = sqlx::query!(
        "update recovery_codes set used_at = $3 where account_id = $1 and hash = $2 and used_at is null",
        account,
        &key.sign(&["recovery", code])[..],
        now.to_sqlx() as jiff_sqlx::Timestamp
    );
    Ok(used.execute(db).await?.rows_affected() > 0)
}

/// Takes the factor away; `false` where there was none.
pub async fn remove(db: impl PgExecutor<'_>, account: AccountId) -> sqlx::Result<bool> {
    let gone = sqlx::query!("delete from second_factors where account_id = $1", account);
    Ok(gone.execute(db).await?.rows_affected() > 0)
}

const KEY: &str = "second factors";
