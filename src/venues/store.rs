//! SQL for venues.
use sqlx::{PgConnection, PgExecutor};

use super::{NewVenue, Origin, Standing, Venue, VenueId, VenueKind};
use crate::{
    database::store::read,
    places::{Gss, Point, Postcode},
    text::{Line, Slug, WebAddress},
};

pub async fn find(db: impl PgExecutor<'_>, slug: &str) -> sqlx::Result<Option<Venue>> {
    let row = sqlx::query_as!(
        Kept,
        r#"select id, slug, name, address, postcode, lat, lon, borough as "borough: Gss"
           from venues where slug = $1"#,
        slug
    )
    .fetch_optional(db)
    .await?;
    row.map(Kept::venue).transpose()
}

/// The venue that came from this list under this id.
pub async fn of_origin(db: impl PgExecutor<'_>, origin: &Origin) -> sqlx::Result<Option<Venue>> {
    let row = sqlx::query_as!(
        Kept,
        r#"select id, slug, name, address, postcode, lat, lon, borough as "borough: Gss"
           from venues where source = $1 and foreign_id = $2"#,
        origin.source.as_str(),
        origin.foreign_id.as_str()
    )
    .fetch_optional(db)
    .await?;
    row.map(Kept::venue).transpose()
}

/// All of them, or those in one of these boroughs or with an offer of one, with their kind and web site, by
/// slug. A private address only where an offer of one of them is held there.
pub async fn every(
    db: impl PgExecutor<'_>,
    within: Option<&[String]>,
) -> sqlx::Result<Vec<(Venue, VenueKind, Option<WebAddress>)>> {
    let rows = sqlx::query!(
        r#"select id, slug, name, kind, address, postcode, lat, lon, borough as "borough: Gss", website
           from venues v
           where $1::text[] is null
              or borough = any($1) and not exists (select from offers where venue = v.id and address_private)
              or exists (select from offers where venue = v.id and boroughs && $1)
           order by slug"#,
        within
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        let kind = VenueKind::parse(&row.kind).ok_or("an unknown kind of venue");
        let website = read(row.website.map(WebAddress::try_from).transpose())?;
        let kept = Kept {
            id: row.id,
            slug: row.slug,
            name: row.name,
            address: row.address,
            postcode: row.postcode,
            lat: row.lat,
            lon: row.lon,
            borough: row.borough,
        };
        Ok((kept.venue()?, read(kind)?, website))
    });
    rows.collect()
}

/// The venue of this id, and those of this postcode, as they are for somebody who describes this offer.
pub async fn standing(
    db: impl PgExecutor<'_>,
    id: VenueId,
    postcode: Option<&Postcode>,
    offer: Option<uuid::Uuid>,
) -> sqlx::Result<Vec<Standing>> {
    let rows = sqlx::query!(
        r#"select id, slug, name, address, postcode, lat, lon, borough as "borough: Gss", kind,
                  source is not null or exists (
                      select from offers
                      where venue = venues.id and (first_published is not null or id is distinct from $3)
                  ) as "seen!",
                  exists (select from offers where venue = venues.id and address_private) as "private!"
           from venues where id = $1 or postcode = $2 order by id"#,
        id,
        postcode.map(Postcode::as_str),
        offer
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let kept = Kept {
                id: row.id,
                slug: row.slug,
                name: row.name,
                address: row.address,
                postcode: row.postcode,
                lat: row.lat,
                lon: row.lon,
                borough: row.borough,
            };
            let kind = VenueKind::parse(&row.kind).ok_or(row.kind);
            let (venue, kind) = (kept.venue()?, read(kind)?);
            Ok(Standing { venue, kind, seen: row.seen, private: row.private })
        })
        .collect()
}

/// How many venues came from this list.
pub async fn count_of_source(db: impl PgExecutor<'_>, source: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from venues where source = $1"#, source)
        .fetch_one(db)
        .await
}

/// Adds a venue under a slug made from its name and borough. Within a transaction, since it looks for a
/// slug that is free before it takes it.
pub async fn insert(db: &mut PgConnection, venue: &NewVenue) -> sqlx::Result<Venue> {
    let id = VenueId::now_v7();
    let slug = introduce(&mut *db, id, venue).await?;
    Ok(Venue {
        id,
        slug,
        name: venue.name.clone(),
        address: venue.address.clone(),
        postcode: venue.postcode.clone(),
        point: venue.point,
        borough: venue.borough,
    })
}

/// Adds a venue under this id, where it is not there already. Within a transaction, since it looks for a slug
/// that is free before it takes it, and gives it.
pub async fn introduce(db: &mut PgConnection, id: VenueId, venue: &NewVenue) -> sqlx::Result<Slug> {
    let slug = free_slug(&mut *db, venue).await?;
    let origin = venue.origin.as_ref();
    sqlx::query!(
        "insert into venues (id, slug, name, kind, address, postcode, lat, lon, borough, website,
                             source, foreign_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (id) do nothing",
        id,
        slug.as_str(),
        venue.name.as_str(),
        venue.kind.code(),
        venue.address.as_str(),
        venue.postcode.as_ref().map(Postcode::as_str),
        venue.point.lat,
        venue.point.lon,
        venue.borough.as_str(),
        venue.website.as_ref().map(|website| website.as_str()),
        origin.map(|origin| origin.source.as_str()),
        origin.map(|origin| origin.foreign_id.as_str()),
    )
    .execute(&mut *db)
    .await?;
    Ok(slug)
}

/// Adds a venue under this id, or says it anew while nothing but this offer is held there and the public has
/// not seen that. Within a transaction, since it looks for a slug that is free before it takes it.
pub async fn describe_unseen(
    db: &mut PgConnection,
    id: VenueId,
    venue: &NewVenue,
    offer: Option<uuid::Uuid>,
) -> sqlx::Result<()> {
    let slug = free_slug(&mut *db, venue).await?;
    sqlx::query!(
        "insert into venues (id, slug, name, kind, address, postcode, lat, lon, borough)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (id) do update
         set name = $3, kind = $4, address = $5, postcode = $6, lat = $7, lon = $8, borough = $9
         where not exists (
             select from offers
             where venue = $1 and (first_published is not null or id is distinct from $10)
         )",
        id,
        slug.as_str(),
        venue.name.as_str(),
        venue.kind.code(),
        venue.address.as_str(),
        venue.postcode.as_ref().map(Postcode::as_str),
        venue.point.lat,
        venue.point.lon,
        venue.borough.as_str(),
        offer,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What an upsert did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upserted {
    Added(VenueId),
    Changed(VenueId),
    Unchanged(VenueId),
}

/// Makes the venue of this origin say what `venue` says, or adds it; one without an origin is always
/// added. Its slug stays, since people have it.
pub async fn upsert(db: &mut PgConnection, venue: &NewVenue) -> sqlx::Result<Upserted> {
    let before = match &venue.origin {
        Some(origin) => of_origin(&mut *db, origin).await?,
        None => None,
    };
    let Some(before) = before else {
        return Ok(Upserted::Added(insert(db, venue).await?.id));
    };
    let changed = sqlx::query!(
        "update venues
         set name = $2, kind = $3, address = $4, postcode = $5, lat = $6, lon = $7, borough = $8,
             website = $9
         where id = $1
           and (name, kind, address, postcode, lat, lon, borough, website)
               is distinct from ($2, $3, $4, $5, $6, $7, $8, $9)",
        before.id,
        venue.name.as_str(),
        venue.kind.code(),
        venue.address.as_str(),
        venue.postcode.as_ref().map(Postcode::as_str),
        venue.point.lat,
        venue.point.lon,
        venue.borough.as_str(),
        venue.website.as_ref().map(|website| website.as_str()),
    )
    .execute(db)
    .await?;
    Ok(match changed.rows_affected() {
        0 => Upserted::Unchanged(before.id),
        _ => Upserted::Changed(before.id),
    })
}

/// Makes the venue of this slug say what `venue` says, or adds it.
pub async fn keep(
    db: impl PgExecutor<'_>,
    venue: &Venue,
    kind: VenueKind,
    website: Option<&WebAddress>,
) -> sqlx::Result<Upserted> {
    let kept = sqlx::query!(
        r#"insert into venues (id, slug, name, kind, address, postcode, lat, lon, borough, website)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           on conflict (slug) do update
           set name = $3, kind = $4, address = $5, postcode = $6, lat = $7, lon = $8, borough = $9,
               website = $10
           where (venues.name, venues.kind, venues.address, venues.postcode, venues.lat, venues.lon,
                  venues.borough, venues.website) is distinct from ($3, $4, $5, $6, $7, $8, $9, $10)
           returning id, xmax = 0 as "added!""#,
        venue.id,
        venue.slug.as_str(),
        venue.name.as_str(),
        kind.code(),
        venue.address.as_str(),
        venue.postcode.as_ref().map(Postcode::as_str),
        venue.point.lat,
        venue.point.lon,
        venue.borough.as_str(),
        website.map(WebAddress::as_str),
    )
    .fetch_optional(db)
    .await?;
    Ok(match kept {
        Some(kept) if kept.added => Upserted::Added(kept.id),
        Some(kept) => Upserted::Changed(kept.id),
        None => Upserted::Unchanged(venue.id),
    })
}

/// The name with its borough behind it, and a number where that is taken.
async fn free_slug(db: &mut PgConnection, venue: &NewVenue) -> sqlx::Result<Slug> {
    let borough =
        sqlx::query_scalar!("select slug from boroughs where gss = $1", venue.borough.as_str())
            .fetch_one(&mut *db)
            .await?;
    let wanted = Slug::from_name(&format!("{} {borough}", venue.name))
        .or_else(|| Slug::from_name(&format!("venue {borough}")))
        .ok_or_else(|| sqlx::Error::Encode("a borough without a slug".into()))?;
    for slug in wanted.candidates() {
        let taken = sqlx::query_scalar!(
            r#"select exists (select from venues where slug = $1) as "taken!""#,
            slug.as_str()
        );
        if !taken.fetch_one(&mut *db).await? {
            return Ok(slug);
        }
    }
    Err(sqlx::Error::Encode("no name for a venue is free".into()))
}

struct Kept {
    id: VenueId,
    slug: String,
    name: String,
    address: String,
    postcode: Option<String>,
    lat: f64,
    lon: f64,
    borough: Gss,
}

impl Kept {
    fn venue(self) -> sqlx::Result<Venue> {
        Ok(Venue {
            id: self.id,
            slug: read(Slug::try_from(self.slug))?,
            name: read(Line::try_from(self.name))?,
            address: read(Line::try_from(self.address))?,
            postcode: read(self.postcode.map(Postcode::try_from).transpose())?,
            point: Point { lat: self.lat, lon: self.lon },
            borough: self.borough,
        })
    }
}
