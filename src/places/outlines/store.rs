//! SQL for outlines.
use sqlx::{PgExecutor, types::Json};

use super::Outline;
use crate::{
    database::store::read,
    places::{Gss, Point},
};

/// Rings of longitude and latitude, as GeoJSON has them.
type Rings = Vec<Vec<[f64; 2]>>;

pub async fn all(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Outline>> {
    let rows = sqlx::query!(
        r#"select borough, rings as "rings: Json<Rings>" from borough_outlines order by borough"#
    );
    rows.fetch_all(db)
        .await?
        .into_iter()
        .map(|row| {
            let ring = |ring: Vec<[f64; 2]>| {
                ring.into_iter().map(|[lon, lat]| Point { lat, lon }).collect()
            };
            let rings = row.rings.0.into_iter().map(ring).collect();
            Ok(Outline { borough: read(Gss::try_from(row.borough))?, rings })
        })
        .collect()
}

/// In place of what was known of its shape.
pub async fn save(db: impl PgExecutor<'_>, outline: &Outline) -> sqlx::Result<()> {
    let ring = |ring: &Vec<Point>| ring.iter().map(|point| [point.lon, point.lat]).collect();
    let rings: Rings = outline.rings.iter().map(ring).collect();
    sqlx::query!(
        "insert into borough_outlines (borough, rings) values ($1, $2)
         on conflict (borough) do update set rings = excluded.rings",
        outline.borough.as_str(),
        Json(rings) as _
    )
    .execute(db)
    .await?;
    Ok(())
}
