//! SQL for the desk: lists are asked within a scope, so that what is out of it is never read.
use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor};

use super::details;
use crate::{
    accounts::Scope,
    database::store::read,
    link_workers::{Details, LinkWorkerId, Status},
    paging::{PER_PAGE, PageNumber},
    places::Gss,
};

/// What somebody wants to see.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    pub status: Option<Status>,
    pub borough: Option<Gss>,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct InList {
    pub id: LinkWorkerId,
    pub said: Details,
    pub status: Status,
    pub boroughs: Vec<Gss>,
    /// Since when it stands so.
    pub since: Timestamp,
}

/// A page of them, what waits for the desk first, then A to Z; and how many there are in all.
pub async fn page(
    db: &mut PgConnection,
    scope: &Scope,
    wanted: Wanted,
    page: PageNumber,
) -> sqlx::Result<(Vec<InList>, usize)> {
    let (within, status) = (scope.codes(), wanted.status.map(Status::code));
    let borough = wanted.borough.map(|gss| gss.to_string());
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from link_workers
           where state <> 'begun' and ($1::text[] is null or boroughs && $1)
             and ($2::text is null or state = $2) and ($3::text is null or $3 = any (boroughs))"#,
        within.as_deref(),
        status,
        borough
    );
    let count = usize::try_from(count.fetch_one(&mut *db).await?).unwrap_or(0);
    let rows = sqlx::query!(
        r#"select id, said as "said!", state, boroughs as "boroughs: Vec<Gss>",
                  coalesce(off_at, checked_at, agreed_at, made_at) as "since!: jiff_sqlx::Timestamp"
           from link_workers
           where state <> 'begun' and ($1::text[] is null or boroughs && $1)
             and ($2::text is null or state = $2) and ($3::text is null or $3 = any (boroughs))
           order by state <> 'agreed', lower(said ->> 'name'), id
           limit $4 offset $5"#,
        within.as_deref(),
        status,
        borough,
        i64::try_from(PER_PAGE).unwrap_or(i64::MAX),
        i64::try_from(page.offset()).unwrap_or(i64::MAX)
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        Ok(InList {
            id: row.id,
            said: details(row.said)?,
            status: read(Status::at_desk(&row.state).ok_or("an unknown state"))?,
            boroughs: row.boroughs,
            since: row.since.to_jiff(),
        })
    });
    Ok((rows.collect::<sqlx::Result<_>>()?, count))
}

/// How many wait to be checked.
pub async fn waiting(db: impl PgExecutor<'_>, scope: &Scope) -> sqlx::Result<usize> {
    let within = scope.codes();
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from link_workers
           where state = 'agreed' and ($1::text[] is null or boroughs && $1)"#,
        within.as_deref()
    );
    Ok(usize::try_from(count.fetch_one(db).await?).unwrap_or(0))
}
