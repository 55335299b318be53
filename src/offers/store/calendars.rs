//! SQL for calendar files: offers by the names they have or had, and those that are not shown any more.
use sqlx::PgExecutor;

use super::read::parsed;
use crate::{
    calendar::Programme,
    offers::{Content, OfferId},
    text::Slug,
};

/// An offer that the public has seen and does not see now: for calendars that still have it.
#[derive(Clone, Debug)]
pub struct Withdrawn {
    pub id: OfferId,
    pub slug: Slug,
    pub title: String,
    pub revision: u32,
    pub programme: Programme,
}

/// In the order of the names, each once; names that no offer ever had are left out. One that was merged into
/// another brings both: its own sessions are crossed out, and those of the other take their place.
pub async fn named(db: impl PgExecutor<'_>, slugs: &[String]) -> sqlx::Result<Vec<OfferId>> {
    sqlx::query_scalar!(
        r#"select o.id as "id!"
           from unnest($1::text[]) with ordinality asked (slug, place)
           left join offer_slugs old on old.slug = asked.slug
           join offers had on had.slug = asked.slug or had.id = old.offer_id
           left join offer_mergers m on m.offer_id = had.id
           join offers o on o.id in (had.id, m.into_id)
           where o.first_published is not null
           group by o.id order by min(place)"#,
        slugs
    )
    .fetch_all(db)
    .await
}

/// Those of the offers.
pub async fn withdrawn(db: impl PgExecutor<'_>, ids: &[OfferId]) -> sqlx::Result<Vec<Withdrawn>> {
    let rows = sqlx::query!(
        r#"select o.id, o.slug, o.title, o.revision, r.content as "content: sqlx::types::Json<Content>"
           from offers o
           join offer_revisions r on r.offer_id = o.id and r.number = o.revision
           where o.id = any($1) and o.first_published is not null
             and o.id not in (select id from running_offers)
           order by o.id"#,
        ids
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Withdrawn {
                id: row.id,
                slug: parsed(row.slug)?,
                title: row.title,
                revision: row.revision.unsigned_abs(),
                programme: row.content.0.when.programme,
            })
        })
        .collect()
}
