//! SQL for reports at the desk. Each list is asked for a scope: what is out of it is never read.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{Reported, Wanted};
use crate::{
    accounts::{AccountId, Scope},
    database::store::read,
    desk::Claim,
    offers::OfferId,
    paging::{PER_PAGE, PageNumber},
    places::Gss,
    reports::{Kind, Report, ReportId, State, together_since},
    text::{Email, Line, Text},
};

/// One page of them, the newest first, and how many there are.
pub async fn page(
    db: &mut PgConnection,
    scope: &Scope,
    wanted: Wanted,
    page: PageNumber,
) -> sqlx::Result<(Vec<Reported>, usize)> {
    let within = scope.codes();
    let (state, kind) = (wanted.state.map(State::code), wanted.kind.map(Kind::code));
    let borough = wanted.borough.map(|gss| gss.to_string());
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from reports r join offers o on o.id = r.offer_id
           where ($1::text[] is null or o.boroughs && $1) and ($2::text is null or r.state = $2)
             and ($3::text is null or r.kind = $3) and ($4::text is null or $4 = any(o.boroughs))"#,
        within.as_deref(),
        state,
        kind,
        borough
    );
    let count = count.fetch_one(&mut *db).await?;
    let rows = sqlx::query_as!(
        Row,
        r#"select r.id, r.offer_id, r.kind, r.words, r.email, r.state,
                  r.made_at as "made: jiff_sqlx::Timestamp", o.title, p.name as provider,
                  o.boroughs as "boroughs: Vec<Gss>", a.id as "claimed_by?", a.name as "claimed_name?",
                  r.answer, r.version
           from reports r
           join offers o on o.id = r.offer_id
           join providers p on p.id = o.provider
           left join accounts a on a.id = r.assigned
           where ($1::text[] is null or o.boroughs && $1) and ($2::text is null or r.state = $2)
             and ($3::text is null or r.kind = $3) and ($4::text is null or $4 = any(o.boroughs))
           order by r.made_at desc, r.id limit $5 offset $6"#,
        within.as_deref(),
        state,
        kind,
        borough,
        i64::try_from(PER_PAGE).unwrap_or(i64::MAX),
        i64::try_from(page.offset()).unwrap_or(i64::MAX)
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(Row::reported);
    Ok((rows.collect::<sqlx::Result<_>>()?, usize::try_from(count).unwrap_or(0)))
}

/// One of them; `None` where it is out of scope, too.
pub async fn one(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    id: ReportId,
) -> sqlx::Result<Option<Reported>> {
    let within = scope.codes();
    let row = sqlx::query_as!(
        Row,
        r#"select r.id, r.offer_id, r.kind, r.words, r.email, r.state,
                  r.made_at as "made: jiff_sqlx::Timestamp", o.title, p.name as provider,
                  o.boroughs as "boroughs: Vec<Gss>", a.id as "claimed_by?", a.name as "claimed_name?",
                  r.answer, r.version
           from reports r
           join offers o on o.id = r.offer_id
           join providers p on p.id = o.provider
           left join accounts a on a.id = r.assigned
           where r.id = $1 and ($2::text[] is null or o.boroughs && $2)"#,
        id,
        within.as_deref()
    );
    row.fetch_optional(db).await?.map(Row::reported).transpose()
}

/// The other reports of an offer, the newest first; at most twenty.
pub async fn others(
    db: impl PgExecutor<'_>,
    offer: OfferId,
    but: Option<ReportId>,
) -> sqlx::Result<Vec<Reported>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select r.id, r.offer_id, r.kind, r.words, r.email, r.state,
                  r.made_at as "made: jiff_sqlx::Timestamp", o.title, p.name as provider,
                  o.boroughs as "boroughs: Vec<Gss>", a.id as "claimed_by?", a.name as "claimed_name?",
                  r.answer, r.version
           from reports r
           join offers o on o.id = r.offer_id
           join providers p on p.id = o.provider
           left join accounts a on a.id = r.assigned
           where r.offer_id = $1 and r.id is distinct from $2
           order by r.made_at desc, r.id limit 20"#,
        offer,
        but
    );
    rows.fetch_all(db).await?.into_iter().map(Row::reported).collect()
}

/// How many different people say just now that it has closed.
pub async fn closed(db: impl PgExecutor<'_>, offer: OfferId, now: Timestamp) -> sqlx::Result<u32> {
    let count = sqlx::query_scalar!(
        r#"select said_closed($1, $2) as "count!""#,
        offer,
        together_since(now).to_sqlx() as jiff_sqlx::Timestamp
    );
    read(u32::try_from(count.fetch_one(db).await?))
}

/// As it stands now, until the transaction ends.
pub struct Locked {
    pub version: u32,
    pub state: State,
    pub kind: Kind,
    pub assigned: Option<AccountId>,
    pub email: Option<Email>,
    pub offer: OfferId,
    pub title: String,
}

pub async fn locked(db: &mut PgConnection, id: ReportId) -> sqlx::Result<Option<Locked>> {
    let row = sqlx::query!(
        "select r.version, r.state, r.kind, r.assigned, r.email, r.offer_id, o.title
         from reports r join offers o on o.id = r.offer_id where r.id = $1 for update of r",
        id
    );
    let Some(row) = row.fetch_optional(db).await? else { return Ok(None) };
    Ok(Some(Locked {
        version: read(u32::try_from(row.version))?,
        state: read(State::parse(&row.state).ok_or("an unknown state"))?,
        kind: read(Kind::parse(&row.kind).ok_or("an unknown kind"))?,
        assigned: row.assigned,
        email: row.email.map(|email| read(Email::try_from(email))).transpose()?,
        offer: row.offer_id,
        title: row.title,
    }))
}

/// Writes how it stands after an act; the state's moment stays where the state does.
pub async fn set(
    db: impl PgExecutor<'_>,
    id: ReportId,
    (state, assigned): (State, Option<AccountId>),
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update reports set state = $2, assigned = $3, version = version + 1,
             state_since = case when state = $2 then state_since else $4 end
         where id = $1",
        id,
        state.code(),
        assigned,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was answered stays; whom it went to does not.
pub async fn answered(
    db: impl PgExecutor<'_>,
    id: ReportId,
    answer: &Text<2000>,
) -> sqlx::Result<()> {
    sqlx::query!("update reports set answer = $2, email = null where id = $1", id, answer.as_str())
        .execute(db)
        .await?;
    Ok(())
}

/// The other open reports of this offer that say the same, locked until the transaction ends.
pub async fn alike(
    db: impl PgExecutor<'_>,
    offer: OfferId,
    kind: Kind,
    but: ReportId,
) -> sqlx::Result<Vec<ReportId>> {
    let ids = sqlx::query_scalar!(
        "select id from reports
         where offer_id = $1 and kind = $2 and id <> $3 and state in ('new', 'looked_at')
         order by id for update",
        offer,
        kind.code(),
        but
    );
    ids.fetch_all(db).await
}

struct Row {
    id: ReportId,
    offer_id: Uuid,
    kind: String,
    words: Option<String>,
    email: Option<String>,
    state: String,
    made: jiff_sqlx::Timestamp,
    title: String,
    provider: String,
    boroughs: Vec<Gss>,
    claimed_by: Option<AccountId>,
    claimed_name: Option<String>,
    answer: Option<String>,
    version: i32,
}

impl Row {
    fn reported(self) -> sqlx::Result<Reported> {
        let report = Report {
            id: self.id,
            offer: self.offer_id,
            kind: read(Kind::parse(&self.kind).ok_or("an unknown kind"))?,
            words: self.words.map(|words| read(Text::try_from(words))).transpose()?,
            email: self.email.map(|email| read(Email::try_from(email))).transpose()?,
        };
        let name = self.claimed_name.map(|name| read(Line::try_from(name))).transpose()?;
        let claim = self.claimed_by.zip(name).map(|(account, name)| Claim { account, name });
        Ok(Reported {
            report,
            state: read(State::parse(&self.state).ok_or("an unknown state"))?,
            made: self.made.to_jiff(),
            title: self.title,
            provider: self.provider,
            boroughs: self.boroughs,
            claim,
            answer: self.answer.map(|answer| read(Text::try_from(answer))).transpose()?,
            version: read(u32::try_from(self.version))?,
        })
    }
}
