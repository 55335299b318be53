//! SQL for shortlists: what became of the offers on one, and their short addresses.
use std::collections::HashMap;

use sqlx::{PgConnection, PgExecutor};

use super::{Entry, Now};
use crate::{
    chosen::{Chosen, Shortlist},
    offers::{self, Listed, OfferId},
    text::Slug,
};

/// In the order of the list.
pub async fn entries(db: &mut PgConnection, list: &Shortlist) -> sqlx::Result<Vec<Entry>> {
    let slugs: Vec<String> = list.offers.iter().map(|one| one.slug.to_string()).collect();
    let listed = offers::store::published_named(db, &slugs).await?;
    let mut listed: HashMap<Slug, Listed> =
        listed.into_iter().map(|one| (one.offer.slug.clone(), one)).collect();
    let mut entries: Vec<Entry> = Vec::with_capacity(list.len());
    for chosen in &list.offers {
        let entry = match listed.remove(&chosen.slug) {
            Some(listed) => {
                let listed = Box::new(listed);
                Entry { chosen: chosen.clone(), now: Now::Listed { listed, moved: false } }
            }
            None => elsewhere(db, chosen).await?,
        };
        // Two that were chosen may be one by now.
        if !entries.iter().any(|other| other.chosen.slug == entry.chosen.slug) {
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// The numbers of their short addresses.
pub async fn numbers(
    db: impl PgExecutor<'_>,
    offers: &[OfferId],
) -> sqlx::Result<HashMap<OfferId, i32>> {
    let rows = sqlx::query!(
        "select offer_id, number from short_addresses where offer_id = any($1)",
        offers
    );
    let rows = rows.fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.offer_id, row.number)).collect())
}

/// The offer with this number, if anybody outside has ever seen it.
pub async fn numbered(db: impl PgExecutor<'_>, number: i32) -> sqlx::Result<Option<Slug>> {
    let slug = sqlx::query_scalar!(
        "select o.slug from short_addresses s join offers o on o.id = s.offer_id
         where s.number = $1 and o.first_published is not null",
        number
    );
    Ok(slug.fetch_optional(db).await?.as_deref().and_then(Slug::parse))
}

/// One that is not published under this name.
async fn elsewhere(db: &mut PgConnection, chosen: &Chosen) -> sqlx::Result<Entry> {
    let Some(slug) = offers::store::moved(&mut *db, &chosen.slug).await? else {
        let standing = offers::store::standing(&mut *db, &chosen.slug).await?;
        return Ok(Entry { chosen: chosen.clone(), now: standing.map_or(Now::Unknown, Now::Away) });
    };
    let chosen = Chosen { slug, ..chosen.clone() };
    let now = match offers::store::published(&mut *db, &chosen.slug).await? {
        Some(listed) => Now::Listed { listed: Box::new(listed), moved: true },
        None => {
            offers::store::standing(&mut *db, &chosen.slug).await?.map_or(Now::Unknown, Now::Away)
        }
    };
    Ok(Entry { chosen, now })
}
