//! SQL for feeds that are followed, and for the tasks they give.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

use super::{AGAIN, EVERY, Feed, FeedId, Kind, Last, Task, TaskId};
use crate::{
    accounts::{AccountId, Scope},
    database::store::read,
    desk::intake::Terms,
    offers::{OfferId, Status},
    places::Gss,
    text::Line,
};

/// Begins to follow it; `false` where this account does already.
pub async fn begin(db: impl PgExecutor<'_>, feed: &Feed) -> sqlx::Result<bool> {
    let begun = sqlx::query!(
        "insert into feeds (id, account_id, address, source, publish, borough, made_at, next_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
        feed.id,
        feed.account,
        feed.address.as_str(),
        feed.terms.source.as_str(),
        feed.terms.publish,
        feed.terms.borough.as_ref().map(Gss::as_str),
        feed.made.to_sqlx() as jiff_sqlx::Timestamp,
        feed.next.to_sqlx() as jiff_sqlx::Timestamp
    );
    Ok(begun.execute(db).await?.rows_affected() > 0)
}

/// This account's; of everybody for an administrator.
pub async fn followed(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    account: AccountId,
) -> sqlx::Result<Vec<Feed>> {
    let everybodys = *scope == Scope::Everything;
    let rows = sqlx::query_as!(
        Row,
        r#"select id, account_id, address, source, publish, borough as "borough: Gss",
                  made_at as "made: jiff_sqlx::Timestamp", next_at as "next: jiff_sqlx::Timestamp",
                  last_at as "last_at: jiff_sqlx::Timestamp", last_words, last_well
           from feeds where ended_at is null and ($1 or account_id = $2) order by address"#,
        everybodys,
        account
    );
    rows.fetch_all(db).await?.into_iter().map(Row::feed).collect()
}

/// It is followed no more: its address. `None` where it was not, or is somebody else's.
pub async fn end(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    account: AccountId,
    id: FeedId,
    now: Timestamp,
) -> sqlx::Result<Option<Line<500>>> {
    let everybodys = *scope == Scope::Everything;
    let ended = sqlx::query_scalar!(
        "update feeds set ended_at = $4
         where id = $3 and ended_at is null and ($1 or account_id = $2) returning address",
        everybodys,
        account,
        id,
        now.to_sqlx() as jiff_sqlx::Timestamp
    );
    ended.fetch_optional(db).await?.map(|address| read(Line::try_from(address))).transpose()
}

/// The one that is due for longest; nobody else gets it for a while.
pub async fn take(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<Option<Feed>> {
    let row = sqlx::query_as!(
        Row,
        r#"update feeds set next_at = $2
           where id = (
               select id from feeds where ended_at is null and next_at <= $1
               order by next_at limit 1 for update skip locked)
           returning id, account_id, address, source, publish, borough as "borough: Gss",
                     made_at as "made: jiff_sqlx::Timestamp", next_at as "next: jiff_sqlx::Timestamp",
                     last_at as "last_at: jiff_sqlx::Timestamp", last_words, last_well"#,
        now.to_sqlx() as jiff_sqlx::Timestamp,
        (now + AGAIN).to_sqlx() as jiff_sqlx::Timestamp
    );
    row.fetch_optional(db).await?.map(Row::feed).transpose()
}

pub async fn fetched(
    db: impl PgExecutor<'_>,
    id: FeedId,
    (words, well): (&Line<500>, bool),
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update feeds set last_at = $2, last_words = $3, last_well = $4, next_at = $5 where id = $1",
        id,
        now.to_sqlx() as jiff_sqlx::Timestamp,
        words.as_str(),
        well,
        (now + EVERY).to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// These came with it, and it is asked about them from now on; but for what is not within the scope of those who
/// follow it, whatever their feed says of that.
pub async fn brought(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    feed: &Feed,
    there: &[String],
) -> sqlx::Result<()> {
    let within = scope.codes();
    sqlx::query!(
        "update intake_origins i set feed_id = $1 from offers o
         where o.id = i.offer_id and o.source = $2 and o.foreign_id = any($3)
           and ($4::text[] is null or o.boroughs && $4)",
        feed.id,
        feed.terms.source.as_str(),
        there,
        within.as_deref()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What it brought once and has no more, and still runs here; without those about which there is a task.
pub async fn gone(
    db: impl PgExecutor<'_>,
    feed: &Feed,
    there: &[String],
) -> sqlx::Result<Vec<OfferId>> {
    sqlx::query_scalar!(
        "select o.id from intake_origins i join offers o on o.id = i.offer_id
         where i.feed_id = $1 and not o.foreign_id = any($2) and o.state in ('published', 'paused')
           and not exists (
               select from desk_tasks where offer_id = o.id and kind = 'gone' and done_at is null)
         order by o.id",
        feed.id,
        there
    )
    .fetch_all(db)
    .await
}

/// What came back needs nobody.
pub async fn are_back(
    db: impl PgExecutor<'_>,
    feed: &Feed,
    there: &[String],
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update desk_tasks t set done_at = $2, done_by = 'back in the feed'
         from offers o
         where o.id = t.offer_id and t.kind = 'gone' and t.done_at is null and t.feed_id = $1
           and o.foreign_id = any($3)",
        feed.id,
        now.to_sqlx() as jiff_sqlx::Timestamp,
        there
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn add_task(
    db: impl PgExecutor<'_>,
    (kind, offer): (Kind, OfferId),
    feed: FeedId,
    words: &Line<500>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into desk_tasks (id, kind, offer_id, feed_id, words, made_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        TaskId::now_v7(),
        kind.code(),
        offer,
        feed,
        words.as_str(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What is to be done, the oldest first; at most 500. What was settled otherwise meanwhile is done by itself.
pub async fn tasks(db: impl PgExecutor<'_>, scope: &Scope) -> sqlx::Result<Vec<Task>> {
    let within = scope.codes();
    let rows = sqlx::query_as!(
        TaskRow,
        r#"select t.id, t.kind, t.offer_id, o.revision, o.title, o.state, o.boroughs as "boroughs: Vec<Gss>",
                  t.words, t.made_at as "made: jiff_sqlx::Timestamp"
           from desk_tasks t join offers o on o.id = t.offer_id
           where t.done_at is null and ($1::text[] is null or o.boroughs && $1)
             and (t.kind = 'gone' and o.state in ('published', 'paused')
                  or t.kind = 'new' and o.state in ('draft', 'submitted'))
           order by t.made_at, t.id limit 500"#,
        within.as_deref()
    );
    rows.fetch_all(db).await?.into_iter().map(TaskRow::task).collect()
}

/// How many there are.
pub async fn count(db: impl PgExecutor<'_>, scope: &Scope) -> sqlx::Result<i64> {
    let within = scope.codes();
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from desk_tasks t join offers o on o.id = t.offer_id
           where t.done_at is null and ($1::text[] is null or o.boroughs && $1)
             and (t.kind = 'gone' and o.state in ('published', 'paused')
                  or t.kind = 'new' and o.state in ('draft', 'submitted'))"#,
        within.as_deref()
    )
    .fetch_one(db)
    .await
}

/// Somebody has dealt with it. `false` where somebody has before. What is kept is not asked about again.
pub async fn settle(
    db: impl PgExecutor<'_>,
    id: TaskId,
    by: &Line<100>,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let settled = sqlx::query_scalar!(
        "with settled as (
             update desk_tasks set done_at = $3, done_by = $2 where id = $1 and done_at is null
             returning offer_id, kind),
         kept as (
             update intake_origins set feed_id = null
             where offer_id in (select offer_id from settled where kind = 'gone'))
         select offer_id from settled",
        id,
        by.as_str(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    );
    Ok(settled.fetch_optional(db).await?.is_some())
}

struct Row {
    id: FeedId,
    account_id: AccountId,
    address: String,
    source: String,
    publish: bool,
    borough: Option<Gss>,
    made: jiff_sqlx::Timestamp,
    next: jiff_sqlx::Timestamp,
    last_at: Option<jiff_sqlx::Timestamp>,
    last_words: Option<String>,
    last_well: Option<bool>,
}

impl Row {
    fn feed(self) -> sqlx::Result<Feed> {
        Ok(Feed {
            id: self.id,
            account: self.account_id,
            address: read(Line::try_from(self.address))?,
            terms: Terms {
                source: read(Line::try_from(self.source))?,
                publish: self.publish,
                borough: self.borough,
            },
            made: self.made.to_jiff(),
            next: self.next.to_jiff(),
            last: match (self.last_at, self.last_words, self.last_well) {
                (Some(at), Some(words), Some(well)) => {
                    Some(Last { at: at.to_jiff(), words: read(Line::try_from(words))?, well })
                }
                _ => None,
            },
        })
    }
}

struct TaskRow {
    id: TaskId,
    kind: String,
    offer_id: OfferId,
    revision: i32,
    title: String,
    state: String,
    boroughs: Vec<Gss>,
    words: String,
    made: jiff_sqlx::Timestamp,
}

impl TaskRow {
    fn task(self) -> sqlx::Result<Task> {
        Ok(Task {
            id: self.id,
            kind: read(Kind::parse(&self.kind).ok_or("an unknown kind"))?,
            offer: self.offer_id,
            revision: self.revision.unsigned_abs(),
            title: self.title,
            status: read(Status::parse(&self.state).ok_or("an unknown state"))?,
            boroughs: self.boroughs,
            words: read(Line::try_from(self.words))?,
            made: self.made.to_jiff(),
        })
    }
}
