//! SQL for postcodes.
use std::fmt::Write;

use futures_util::TryStreamExt;
use sqlx::{PgConnection, PgExecutor};

use super::{Arriving, Located, Postcodes};
use crate::{
    database::store::read,
    places::{Gss, Outcode, Point, Postcode},
};

/// Every postcode that an import has brought.
pub async fn all(db: impl PgExecutor<'_>) -> sqlx::Result<Postcodes> {
    let mut kept = Vec::new();
    let mut rows =
        sqlx::query!(r#"select postcode, lat, lon, district as "district: Gss" from postcodes"#)
            .fetch(db);
    while let Some(row) = rows.try_next().await? {
        kept.push(Located {
            postcode: read(Postcode::try_from(row.postcode))?,
            point: Point { lat: row.lat, lon: row.lon },
            district: row.district,
        });
    }
    Ok(Postcodes::collect(kept))
}

/// One postcode, if an import has brought it.
pub async fn located(
    db: impl PgExecutor<'_>,
    postcode: &Postcode,
) -> sqlx::Result<Option<Located>> {
    let row = sqlx::query!(
        r#"select lat, lon, district as "district: Gss" from postcodes where postcode = $1"#,
        postcode.as_str()
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Located {
        postcode: postcode.clone(),
        point: Point { lat: row.lat, lon: row.lon },
        district: row.district,
    }))
}

/// Whether an import has brought any postcode of this outward code.
pub async fn any_of(db: impl PgExecutor<'_>, outcode: &Outcode) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from postcodes where postcode like $1 || ' %') as "any!""#,
        outcode.as_str()
    )
    .fetch_one(db)
    .await
}

/// What became of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    pub added: u64,
    pub changed: u64,
    pub removed: u64,
}

/// Keeps these rows, and of the `whole` areas (SE, EC …) no others. To be called within a transaction:
/// a second import waits for the end of it.
pub async fn merge(
    db: &mut PgConnection,
    rows: &[Arriving],
    whole: &[String],
) -> sqlx::Result<Merged> {
    sqlx::query!("truncate postcodes_arriving").execute(&mut *db).await?;
    arrive(&mut *db, rows).await?;
    let removed = sqlx::query!(
        "delete from postcodes
         where substring(postcode from '^[A-Z]+') = any($1)
           and not exists (select from postcodes_arriving a where a.postcode = postcodes.postcode)",
        whole
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    let changed = sqlx::query!(
        "update postcodes p set lat = a.lat, lon = a.lon, district = a.district, ward = a.ward
         from postcodes_arriving a
         where a.postcode = p.postcode
           and (a.lat, a.lon, a.district, a.ward) is distinct from (p.lat, p.lon, p.district, p.ward)"
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    let added = sqlx::query!(
        "insert into postcodes (postcode, lat, lon, district, ward)
         select postcode, lat, lon, district, ward from postcodes_arriving a
         where not exists (select from postcodes p where p.postcode = a.postcode)
         order by postcode"
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    sqlx::query!("truncate postcodes_arriving").execute(&mut *db).await?;
    Ok(Merged { added, changed, removed })
}

/// Bytes sent at a time.
const CHUNK: usize = 256 * 1024;

async fn arrive(db: &mut PgConnection, rows: &[Arriving]) -> sqlx::Result<()> {
    let mut copy = db.copy_in_raw("copy postcodes_arriving from stdin").await?;
    let mut lines = String::with_capacity(CHUNK + 128);
    for row in rows {
        let Located { postcode, point, district } = &row.located;
        let code = |gss: &Option<Gss>| gss.map_or("\\N".to_owned(), |gss| gss.to_string());
        // Writing to a string cannot fail.
        let _ = writeln!(
            lines,
            "{postcode}\t{}\t{}\t{}\t{}",
            point.lat,
            point.lon,
            code(district),
            code(&row.ward)
        );
        if lines.len() >= CHUNK {
            copy.send(lines.as_bytes()).await?;
            lines.clear();
        }
    }
    copy.send(lines.as_bytes()).await?;
    copy.finish().await?;
    Ok(())
}
