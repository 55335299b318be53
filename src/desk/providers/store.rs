//! SQL for providers at the desk. Each list is asked for a scope: what is out of it is never read.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

use super::{Known, Own, Trust};
use crate::{
    accounts::{AccountId, Scope},
    database::store::read,
    offers::Status,
    places::Gss,
    providers::ProviderId,
    text::{Line, Slug},
};

/// `None` where it is out of scope, too.
pub async fn found(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    id: ProviderId,
) -> sqlx::Result<Option<Known>> {
    let within = scope.codes();
    let row = sqlx::query!(
        r#"select p.id, p.slug, p.name, p.summary, b.boroughs as "boroughs!: Vec<Gss>",
                  exists (select from published_providers v where v.id = p.id) as "public!"
           from providers p
           cross join lateral (
               select coalesce(
                   (select array_agg(distinct borough) from offers o, unnest(o.boroughs) borough where o.provider = p.id),
                   array_remove(array[p.borough], null)) as boroughs
           ) b
           where p.id = $1 and ($2::text[] is null or b.boroughs && $2)"#,
        id,
        within.as_deref()
    );
    let row = row.fetch_optional(db).await?.map(|row| {
        Ok(Known {
            id: row.id,
            slug: read(Slug::try_from(row.slug))?,
            name: row.name,
            summary: row.summary,
            public: row.public,
            boroughs: row.boroughs,
        })
    });
    row.transpose()
}

/// Its offers, by title; at most 200.
pub async fn offers(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    id: ProviderId,
) -> sqlx::Result<Vec<Own>> {
    let within = scope.codes();
    let rows = sqlx::query!(
        "select id, title, state from offers
         where provider = $1 and ($2::text[] is null or boroughs && $2) order by title, id limit 200",
        id,
        within.as_deref()
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        let status = read(Status::parse(&row.state).ok_or("an unknown state"))?;
        Ok(Own { id: row.id, title: row.title, status })
    });
    rows.collect()
}

/// Those that have offers, by name; at most 5,000.
pub async fn choices(
    db: impl PgExecutor<'_>,
    scope: &Scope,
) -> sqlx::Result<Vec<(ProviderId, String)>> {
    let within = scope.codes();
    let rows = sqlx::query!(
        "select p.id, p.name from providers p
         where exists (
             select from offers o where o.provider = p.id and ($1::text[] is null or o.boroughs && $1))
         order by lower(p.name), p.id limit 5000",
        within.as_deref()
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Where it is trusted, the longest first.
pub async fn trusted(db: impl PgExecutor<'_>, id: ProviderId) -> sqlx::Result<Vec<Trust>> {
    let rows = sqlx::query!(
        r#"select borough as "borough: Gss", by, since as "since: jiff_sqlx::Timestamp"
           from trusted_providers where provider_id = $1 order by since, borough"#,
        id
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    let trust =
        |borough, by, since: jiff_sqlx::Timestamp| Trust { borough, by, since: since.to_jiff() };
    Ok(rows.map(|row| trust(row.borough, row.by, row.since)).collect())
}

/// In how many of these it was not trusted before.
pub async fn trust(
    db: impl PgExecutor<'_>,
    id: ProviderId,
    boroughs: &[Gss],
    (account, by): (AccountId, &Line<100>),
    now: Timestamp,
) -> sqlx::Result<u64> {
    let boroughs: Vec<String> = boroughs.iter().map(ToString::to_string).collect();
    let trusted = sqlx::query!(
        "insert into trusted_providers (provider_id, borough, account_id, by, since)
         select $1, borough, $3, $4, $5 from unnest($2::text[]) borough on conflict do nothing",
        id,
        &boroughs,
        account,
        by.as_str(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    );
    Ok(trusted.execute(db).await?.rows_affected())
}

/// In how many of these it was trusted before.
pub async fn distrust(
    db: impl PgExecutor<'_>,
    id: ProviderId,
    boroughs: &[Gss],
) -> sqlx::Result<u64> {
    let boroughs: Vec<String> = boroughs.iter().map(ToString::to_string).collect();
    let ended = sqlx::query!(
        "delete from trusted_providers where provider_id = $1 and borough = any($2)",
        id,
        &boroughs
    );
    Ok(ended.execute(db).await?.rows_affected())
}
