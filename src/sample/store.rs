//! SQL for the sample directory.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::invented::Spot;
use crate::{
    places::{Outcode, Point},
    providers::Provider,
    venues::Venue,
};

/// Marks an empty database as a sample, in the caller's transaction; false where it is not empty.
pub async fn begin(db: &mut PgConnection, now: Timestamp) -> sqlx::Result<bool> {
    if !mark(&mut *db, now).await? {
        return Ok(false);
    }
    sqlx::query_scalar!(
        r#"select not exists (select from offers) and not exists (select from providers) as "empty!""#
    )
    .fetch_one(db)
    .await
}

/// False where it is marked already.
pub async fn mark(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<bool> {
    let marked = sqlx::query!(
        "insert into sample_directory (loaded_at) values ($1) on conflict do nothing",
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(marked.rows_affected() > 0)
}

pub async fn is_sample(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from sample_directory) as "is!""#)
        .fetch_one(db)
        .await
}

/// Every ward with the outward code nearest to its middle.
pub async fn spots(db: &mut PgConnection) -> sqlx::Result<Vec<Spot>> {
    let codes = sqlx::query!("select code, lat, lon from outcodes").fetch_all(&mut *db).await?;
    let codes: Vec<(Outcode, Point)> = codes
        .into_iter()
        .filter_map(|row| Some((Outcode::parse(&row.code)?, Point { lat: row.lat, lon: row.lon })))
        .collect();
    let wards = sqlx::query!("select name, borough, lat, lon from wards order by gss");
    let spots = wards.fetch_all(db).await?.into_iter().filter_map(|row| {
        let point = Point { lat: row.lat, lon: row.lon };
        let (outcode, _) = codes.iter().min_by_key(|(_, middle)| point.metres_to(*middle))?;
        let borough = crate::places::Gss::parse(&row.borough)?;
        Some(Spot { name: row.name, outcode: outcode.clone(), point, borough })
    });
    Ok(spots.collect())
}

/// Invented ones, whose words have neither tabs nor line breaks.
pub async fn copy_providers(db: &mut PgConnection, providers: &[Provider]) -> sqlx::Result<()> {
    let rows = providers.iter().map(|one| {
        let (id, slug, profile) = (one.id, &one.slug, &one.profile);
        let summary = profile.summary.as_ref().map_or("\\N", |summary| summary.as_str());
        let borough = profile.borough.as_ref().map_or("\\N", |gss| gss.as_str());
        format!("{id}\t{slug}\t{}\t{summary}\t{borough}\n", profile.name)
    });
    let rows: String = rows.collect();
    let mut copy =
        db.copy_in_raw("copy providers (id, slug, name, summary, borough) from stdin").await?;
    copy.send(rows.as_bytes()).await?;
    copy.finish().await.map(drop)
}

/// The same for venues.
pub async fn copy_venues(db: &mut PgConnection, venues: &[Venue]) -> sqlx::Result<()> {
    let rows = venues.iter().map(|one| {
        let Venue { id, slug, name, address, postcode, point, borough } = one;
        let postcode = postcode.as_ref().map_or("\\N", |postcode| postcode.as_str());
        let Point { lat, lon } = point;
        format!("{id}\t{slug}\t{name}\tother\t{address}\t{postcode}\t{lat}\t{lon}\t{borough}\n")
    });
    let rows: String = rows.collect();
    let statement =
        "copy venues (id, slug, name, kind, address, postcode, lat, lon, borough) from stdin";
    let mut copy = db.copy_in_raw(statement).await?;
    copy.send(rows.as_bytes()).await?;
    copy.finish().await.map(drop)
}

/// Checks at once what the transaction would only check at its end, such as that each offer is whole.
pub async fn check_now(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("set constraints all immediate").execute(db).await.map(drop)
}

/// An empty directory again, after offers were refused.
pub async fn take_back(db: &PgPool, providers: &[Uuid], venues: &[Uuid]) -> sqlx::Result<()> {
    let mut changes = db.begin().await?;
    sqlx::query!("delete from sample_directory").execute(&mut *changes).await?;
    sqlx::query!("delete from offers where provider = any($1)", providers)
        .execute(&mut *changes)
        .await?;
    sqlx::query!("delete from providers where id = any($1)", providers)
        .execute(&mut *changes)
        .await?;
    sqlx::query!("delete from venues where id = any($1)", venues).execute(&mut *changes).await?;
    changes.commit().await
}

/// After a large change, so that Postgres plans well at once. Of the widest tables only those columns by
/// which rows are looked for: the others take seconds, and Postgres comes to them by itself.
pub async fn analyse(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "analyze offers (id, slug, source, foreign_id, state, provider, venue, ends_on, changed_in),
             offer_revisions (offer_id, number, state),
             desk_listings, providers, venues, offer_schedules, offer_notices, offer_access_notes, offer_prices, offer_contacts"
    )
    .execute(db)
    .await
    .map(drop)
}
