//! SQL for imports at the desk.
mod known;
mod rows;

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

pub use known::{
    boroughs_of_provider, keep_organization, keep_origin, offer_of, origin_content, provider_of,
    venue_of,
};
pub use rows::{Counts, Wanted, choose, chosen, counts, keep_rows, note_outcome, rows};

use super::{GIVEN_UP, Intake, IntakeId, Stage, Terms, feeds::FeedId};
use crate::{
    accounts::AccountId, database::store::read, desk::batches::BatchId, places::Gss, text::Line,
};

/// What was sent is kept for so long.
pub const KEPT_DAYS: i64 = 7;

pub async fn begin(db: impl PgExecutor<'_>, intake: &Intake) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into intakes (id, account_id, made_at, name, source, publish, borough, stage, touched_at,
                              address, feed_id)
         values ($1, $2, $3, $4, $5, $6, $7, 'reading', $3, $8, $9)",
        intake.id,
        intake.account,
        intake.made.to_sqlx() as jiff_sqlx::Timestamp,
        intake.name.as_str(),
        intake.terms.source.as_str(),
        intake.terms.publish,
        intake.terms.borough.as_ref().map(Gss::as_str),
        intake.address.as_ref().map(Line::as_str),
        intake.feed
    )
    .execute(db)
    .await?;
    Ok(())
}

/// This account's, newest first.
pub async fn of_account(db: impl PgExecutor<'_>, account: AccountId) -> sqlx::Result<Vec<Intake>> {
    let rows = sqlx::query_as!(
        IntakeRow,
        r#"select id, account_id, made_at as "made: jiff_sqlx::Timestamp", name, source, publish,
                  borough as "borough: Gss", stage, done, of, touched_at as "touched: jiff_sqlx::Timestamp",
                  problem, batch_id, address, feed_id
           from intakes where account_id = $1 order by made_at desc limit 50"#,
        account
    );
    rows.fetch_all(db).await?.into_iter().map(IntakeRow::intake).collect()
}

/// `None` where it is somebody else's, too.
pub async fn one(
    db: impl PgExecutor<'_>,
    account: AccountId,
    id: IntakeId,
) -> sqlx::Result<Option<Intake>> {
    let row = sqlx::query_as!(
        IntakeRow,
        r#"select id, account_id, made_at as "made: jiff_sqlx::Timestamp", name, source, publish,
                  borough as "borough: Gss", stage, done, of, touched_at as "touched: jiff_sqlx::Timestamp",
                  problem, batch_id, address, feed_id
           from intakes where account_id = $1 and id = $2"#,
        account,
        id
    );
    row.fetch_optional(db).await?.map(IntakeRow::intake).transpose()
}

pub async fn progress(
    db: impl PgExecutor<'_>,
    id: IntakeId,
    done: usize,
    of: usize,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update intakes set done = $2, of = $3, touched_at = greatest($4, now()) where id = $1",
        id,
        count(done),
        count(of),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn is_ready(
    db: impl PgExecutor<'_>,
    id: IntakeId,
    of: usize,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update intakes set stage = 'ready', done = $2, of = $2, touched_at = $3 where id = $1",
        id,
        count(of),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn failed(
    db: impl PgExecutor<'_>,
    id: IntakeId,
    problem: Option<&Line<500>>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update intakes set stage = 'failed', problem = $2, touched_at = $3 where id = $1",
        id,
        problem.map(Line::as_str),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn is_done(
    db: impl PgExecutor<'_>,
    id: IntakeId,
    batch: Option<BatchId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update intakes set stage = 'done', batch_id = $2, touched_at = $3 where id = $1",
        id,
        batch,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Locks it until the transaction ends.
pub async fn locked_stage(db: impl PgExecutor<'_>, id: IntakeId) -> sqlx::Result<Option<Stage>> {
    let stage = sqlx::query_scalar!("select stage from intakes where id = $1 for update", id);
    let stage = stage.fetch_optional(db).await?;
    stage.map(|stage| read(Stage::parse(&stage).ok_or("an unknown stage"))).transpose()
}

/// From now on it is being taken in. `false` where it is already, or was; unless whoever did has died.
pub async fn claim(db: impl PgExecutor<'_>, id: IntakeId, now: Timestamp) -> sqlx::Result<bool> {
    let claimed = sqlx::query!(
        "update intakes set stage = 'importing', touched_at = $2, problem = null
         where id = $1 and (stage = 'ready' or stage = 'importing' and touched_at < $3)",
        id,
        now.to_sqlx() as jiff_sqlx::Timestamp,
        (now - GIVEN_UP).to_sqlx() as jiff_sqlx::Timestamp
    );
    Ok(claimed.execute(db).await?.rows_affected() > 0)
}

/// It could not be taken in, and may be another time.
pub async fn release(
    db: impl PgExecutor<'_>,
    id: IntakeId,
    problem: &Line<500>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update intakes set stage = 'ready', problem = $2 where id = $1 and stage = 'importing'",
        id,
        problem.as_str()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was sent a week ago is forgotten, whatever became of it.
pub async fn forget(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<()> {
    let day = now - SignedDuration::from_hours(24 * KEPT_DAYS);
    sqlx::query!("delete from intakes where made_at < $1", day.to_sqlx() as jiff_sqlx::Timestamp)
        .execute(db)
        .await?;
    Ok(())
}

struct IntakeRow {
    id: IntakeId,
    account_id: AccountId,
    made: jiff_sqlx::Timestamp,
    name: String,
    source: String,
    publish: bool,
    borough: Option<Gss>,
    stage: String,
    done: i32,
    of: Option<i32>,
    touched: jiff_sqlx::Timestamp,
    problem: Option<String>,
    batch_id: Option<BatchId>,
    address: Option<String>,
    feed_id: Option<FeedId>,
}

impl IntakeRow {
    fn intake(self) -> sqlx::Result<Intake> {
        Ok(Intake {
            id: self.id,
            account: self.account_id,
            made: self.made.to_jiff(),
            name: read(Line::try_from(self.name))?,
            address: read(self.address.map(Line::try_from).transpose())?,
            feed: self.feed_id,
            terms: Terms {
                source: read(Line::try_from(self.source))?,
                publish: self.publish,
                borough: self.borough,
            },
            stage: read(Stage::parse(&self.stage).ok_or("an unknown stage"))?,
            done: self.done.unsigned_abs(),
            of: self.of.map(i32::unsigned_abs),
            touched: self.touched.to_jiff(),
            problem: read(self.problem.map(Line::try_from).transpose())?,
            batch: self.batch_id,
        })
    }
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
