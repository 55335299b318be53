//! SQL for the sample directory.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

use crate::venues::Venue;

/// Marks an empty database as a sample, in the caller's transaction; false where it is not empty.
pub async fn begin(db: &mut PgConnection, now: Timestamp) -> sqlx::Result<bool> {
    let marked = sqlx::query!(
        "insert into sample_directory (loaded_at) values ($1) on conflict do nothing",
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(&mut *db)
    .await?;
    if marked.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query_scalar!(
        r#"select not exists (select from offers) and not exists (select from providers) as "empty!""#
    )
    .fetch_one(db)
    .await
}

pub async fn is_sample(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from sample_directory) as "is!""#)
        .fetch_one(db)
        .await
}

/// A venue of the sample. One of the same name that is there already stays as it is.
pub async fn add_venue(
    db: impl PgExecutor<'_>,
    venue: &Venue,
    kind: &str,
    website: Option<&str>,
) -> sqlx::Result<bool> {
    let added = sqlx::query!(
        "insert into venues (id, slug, name, kind, address, postcode, lat, lon, borough, website)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (slug) do nothing",
        venue.id,
        venue.slug.as_str(),
        venue.name.as_str(),
        kind,
        venue.address.as_str(),
        venue.postcode.as_ref().map(crate::places::Postcode::as_str),
        venue.point.lat,
        venue.point.lon,
        venue.borough.as_str(),
        website
    )
    .execute(db)
    .await?;
    Ok(added.rows_affected() > 0)
}
