//! SQL for the desk. Each list is asked for a scope: what is out of it is never read.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{Claim, Filter, Item, Kind};
use crate::{
    accounts::{AccountId, Scope},
    database::store::read,
    places::Gss,
    providers::ProviderId,
    reports::{Kind as ReportKind, URGENT, together_since},
    submissions::{Stage, SubmissionId},
    text::Line,
};

/// What waits, the longest first, but what is urgent before all; at most 500.
pub async fn waiting(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    filter: Filter,
    now: Timestamp,
) -> sqlx::Result<Vec<Item>> {
    let within = scope.codes();
    let rows = sqlx::query_as!(
        Row,
        r#"select q.id as "id!", q.kind as "kind!", 'waiting' as "stage!", q.title, q.provider,
                  q.since as "since!: jiff_sqlx::Timestamp", q.boroughs as "boroughs!: Vec<Gss>",
                  a.id as "claimed_by?", a.name as "claimed_name?", q.about, q.closed as "closed!"
           from (
               select q.*,
                      case q.about when 'closed' then said_closed(q.offer_id, $5) else 0 end as closed
               from desk_queue q
               where ($1::text[] is null or q.boroughs && $1)
                 and ($2::text is null or q.kind = $2) and ($3::text is null or $3 = any(q.boroughs))
                 and ($4::uuid is null or q.claimed_by = $4)
           ) q
           left join accounts a on a.id = q.claimed_by
           order by q.closed >= $6 desc, q.since, q.id limit 500"#,
        within.as_deref(),
        filter.kind.map(Kind::code),
        filter.borough.map(|gss| gss.to_string()),
        filter.claimed_by,
        together_since(now).to_sqlx() as jiff_sqlx::Timestamp,
        i32::try_from(URGENT).unwrap_or(i32::MAX)
    );
    rows.fetch_all(db).await?.into_iter().map(Row::item).collect()
}

/// One thing that was sent, whatever became of it; `None` where it is out of scope, too.
pub async fn item(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    id: SubmissionId,
) -> sqlx::Result<Option<Item>> {
    let within = scope.codes();
    let row = sqlx::query_as!(
        Row,
        r#"select q.id as "id!", q.kind as "kind!", q.stage as "stage!", q.title, q.provider,
                  q.since as "since!: jiff_sqlx::Timestamp", q.boroughs as "boroughs!: Vec<Gss>",
                  a.id as "claimed_by?", a.name as "claimed_name?", null as about, 0 as "closed!"
           from desk_submissions q
           left join desk_claims c on c.submission_id = q.id
           left join accounts a on a.id = c.account_id
           where q.id = $1 and ($2::text[] is null or q.boroughs && $2)"#,
        id,
        within.as_deref()
    );
    row.fetch_optional(db).await?.map(Row::item).transpose()
}

/// Changes that passed at once and that nobody has looked at, the oldest first; at most 500.
pub async fn passed(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    borough: Option<Gss>,
) -> sqlx::Result<Vec<Item>> {
    let within = scope.codes();
    let rows = sqlx::query_as!(
        Row,
        r#"select q.id as "id!", q.kind as "kind!", q.stage as "stage!", q.title, q.provider,
                  q.since as "since!: jiff_sqlx::Timestamp", q.boroughs as "boroughs!: Vec<Gss>",
                  null::uuid as claimed_by, null::text as claimed_name, null::text as about, 0 as "closed!"
           from passed_changes p
           join desk_submissions q on q.id = p.submission_id
           where p.looked_at is null and ($1::text[] is null or q.boroughs && $1)
             and ($2::text is null or $2 = any(q.boroughs))
           order by p.at, q.id limit 500"#,
        within.as_deref(),
        borough.map(|gss| gss.to_string())
    );
    rows.fetch_all(db).await?.into_iter().map(Row::item).collect()
}

/// Whether this passed at once and nobody has looked at it.
pub async fn is_to_be_looked_at(db: impl PgExecutor<'_>, id: SubmissionId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from passed_changes where submission_id = $1 and looked_at is null
           ) as "so!""#,
        id
    )
    .fetch_one(db)
    .await
}

/// What was decided before of what this provider sent, newest first; at most twenty.
pub async fn earlier(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    provider: ProviderId,
    but: SubmissionId,
) -> sqlx::Result<Vec<Item>> {
    let within = scope.codes();
    let rows = sqlx::query_as!(
        Row,
        r#"select q.id as "id!", q.kind as "kind!", q.stage as "stage!", q.title, q.provider,
                  q.since as "since!: jiff_sqlx::Timestamp", q.boroughs as "boroughs!: Vec<Gss>",
                  null::uuid as claimed_by, null::text as claimed_name, null as about,
                  0 as "closed!"
           from desk_submissions q
           where q.provider_id = $1 and q.id <> $2 and q.stage <> 'waiting'
             and ($3::text[] is null or q.boroughs && $3)
           order by q.since desc limit 20"#,
        provider,
        but,
        within.as_deref()
    );
    rows.fetch_all(db).await?.into_iter().map(Row::item).collect()
}

/// Says that this account looks at it now, whoever did before.
pub async fn claim(
    db: impl PgExecutor<'_>,
    id: SubmissionId,
    account: AccountId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into desk_claims (submission_id, account_id, at) values ($1, $2, $3)
         on conflict (submission_id) do update set account_id = excluded.account_id, at = excluded.at",
        id,
        account,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who has claimed what waits; the outer `None` is for what does not wait. Nobody decides on it until the
/// transaction ends.
pub async fn claimable(
    db: &mut PgConnection,
    id: SubmissionId,
) -> sqlx::Result<Option<Option<AccountId>>> {
    let waits = sqlx::query!(
        "select id from submissions where id = $1 and stage = 'waiting' for update",
        id
    );
    if waits.fetch_optional(&mut *db).await?.is_none() {
        return Ok(None);
    }
    let claimed =
        sqlx::query_scalar!("select account_id from desk_claims where submission_id = $1", id);
    Ok(Some(claimed.fetch_optional(db).await?))
}

/// Lets it go; `false` where this account had not claimed it.
pub async fn let_go(
    db: impl PgExecutor<'_>,
    id: SubmissionId,
    account: AccountId,
) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from desk_claims where submission_id = $1 and account_id = $2",
        id,
        account
    );
    Ok(gone.execute(db).await?.rows_affected() > 0)
}

struct Row {
    id: Uuid,
    kind: String,
    stage: String,
    title: Option<String>,
    provider: Option<String>,
    since: jiff_sqlx::Timestamp,
    boroughs: Vec<Gss>,
    claimed_by: Option<AccountId>,
    claimed_name: Option<String>,
    about: Option<String>,
    closed: i32,
}

impl Row {
    fn item(self) -> sqlx::Result<Item> {
        let claim = match (self.claimed_by, self.claimed_name) {
            (Some(account), Some(name)) => {
                Some(Claim { account, name: read(Line::try_from(name))? })
            }
            _ => None,
        };
        Ok(Item {
            id: self.id,
            kind: read(Kind::parse(&self.kind).ok_or("an unknown kind"))?,
            stage: read(Stage::parse(&self.stage).ok_or("an unknown stage"))?,
            title: self.title.unwrap_or_default(),
            provider: self.provider,
            since: self.since.to_jiff(),
            boroughs: self.boroughs,
            claim,
            report: self.about.as_deref().and_then(ReportKind::parse),
            closed: read(u32::try_from(self.closed))?,
        })
    }
}
