//! SQL for offers.
mod calendars;
mod columns;
mod copy;
mod keep;
mod parts;
mod published;
mod read;
mod references;

use std::collections::HashMap;

use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use jiff::civil::Date;
use sqlx::{PgConnection, PgExecutor, PgPool};

pub use calendars::{Withdrawn, named, withdrawn};
pub use columns::Origin;
pub use copy::{Bulk, columns_of_offers};
pub use keep::{
    Author, Kept, Key, adopt, confirm, every, found, insert, rename, revision, save, save_locked,
    these,
};
pub use published::published_of;
use read::{invalid, parsed};
pub use references::References;

use super::{Change, Listed, OfferId, Status};
use crate::{calendar::civil_now, text::Slug};

/// How many offers are read at once. Enough that the way to the database costs little.
const AT_ONCE: usize = 1_000;

/// How many connections read everything. More than this would leave none to visitors of a small pool.
const READERS: usize = 3;

/// As the public may see it now.
pub async fn published(db: &mut PgConnection, slug: &Slug) -> sqlx::Result<Option<Listed>> {
    match published_id(&mut *db, slug).await? {
        Some(id) => Ok(published::published_of(db, &[id]).await?.pop()),
        None => Ok(None),
    }
}

/// Those of these names that the public may see now, in no order.
pub async fn published_named(db: &mut PgConnection, slugs: &[String]) -> sqlx::Result<Vec<Listed>> {
    let ids = sqlx::query_scalar!(
        r#"select id as "id!" from published_offers where slug = any($1)"#,
        slugs
    )
    .fetch_all(&mut *db)
    .await?;
    published::published_of(db, &ids).await
}

/// Which offer it is, if the public may see it now.
pub async fn published_id(db: impl PgExecutor<'_>, slug: &Slug) -> sqlx::Result<Option<OfferId>> {
    sqlx::query_scalar!(
        r#"select id as "id!" from published_offers where slug = $1"#,
        slug.as_str()
    )
    .fetch_optional(db)
    .await
}

/// What an offer that once had this name is called now, or the one into which an offer of this name was merged.
pub async fn moved(db: impl PgExecutor<'_>, old: &Slug) -> sqlx::Result<Option<Slug>> {
    sqlx::query_scalar!(
        r#"select o.slug as "slug!" from offer_slugs s join offers o on o.id = s.offer_id where s.slug = $1
           union all
           select kept.slug from offers o
           join offer_mergers m on m.offer_id = o.id
           join offers kept on kept.id = m.into_id
           where o.slug = $1 and o.state = 'archived'"#,
        old.as_str()
    )
    .fetch_optional(db)
    .await?
    .map(parsed)
    .transpose()
}

/// What it is called in addresses.
pub async fn slug_of(db: impl PgExecutor<'_>, id: OfferId) -> sqlx::Result<Option<Slug>> {
    sqlx::query_scalar!("select slug from offers where id = $1", id)
        .fetch_optional(db)
        .await?
        .map(parsed)
        .transpose()
}

/// The offer of this id as it stands, whatever its state. Locks it until the transaction ends.
pub async fn kept(db: &mut PgConnection, id: OfferId) -> sqlx::Result<Option<Kept>> {
    match slug_of(&mut *db, id).await? {
        Some(slug) => found(db, &Key::Slug(slug)).await,
        None => Ok(None),
    }
}

/// The day on which what the public sees of each of these offers last changed: what it says, its state, or
/// that it was confirmed.
pub async fn changed_on(
    db: impl PgExecutor<'_>,
    slugs: &[String],
) -> sqlx::Result<HashMap<String, Date>> {
    let rows = sqlx::query!(
        r#"select o.slug as "slug!",
                  greatest(r.at, o.state_since, o.confirmed_at) as "at!: jiff_sqlx::Timestamp"
           from published_offers o
           join offer_revisions r on r.offer_id = o.id and r.number = o.revision
           where o.slug = any($1)"#,
        slugs
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.slug, civil_now(row.at.to_jiff()).date())).collect())
}

/// The first of a name, name-2, name-3 … that no offer has or had.
pub async fn free_slug(db: &mut PgConnection, wanted: &Slug) -> sqlx::Result<Slug> {
    for slug in wanted.candidates() {
        let taken = sqlx::query_scalar!(
            r#"select exists (select from offers where slug = $1)
                   or exists (select from offer_slugs where slug = $1) as "taken!""#,
            slug.as_str()
        );
        if !taken.fetch_one(&mut *db).await? {
            return Ok(slug);
        }
    }
    Err(sqlx::Error::Encode("no name for an offer is free".into()))
}

/// Whether an offer still runs, for one that the public has seen and may no longer see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub title: String,
    pub status: Status,
    /// It is published, but its last day has passed.
    pub ended: bool,
}

/// `None` where there never was such an offer, or nobody outside has seen it.
pub async fn standing(db: impl PgExecutor<'_>, slug: &Slug) -> sqlx::Result<Option<Standing>> {
    let row = sqlx::query!(
        r#"select title, state,
                  coalesce(ends_on < (now() at time zone 'Europe/London')::date, false) as "ended!"
           from offers where slug = $1 and first_published is not null"#,
        slug.as_str()
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let status = Status::parse(&row.state).ok_or_else(|| invalid(&row.state))?;
        Ok(Standing { title: row.title, status, ended: row.ended })
    })
    .transpose()
}

/// Everything published, by id, some at a time. Take a [`mark`] first and ask for [`changed_since`] it
/// afterwards: then nothing is missed that changes while this reads.
pub fn listed(db: &PgPool) -> impl Stream<Item = sqlx::Result<Vec<Listed>>> + Send + use<> {
    let db = db.clone();
    let ids = async move {
        let ids = sqlx::query_scalar!(r#"select id as "id!" from running_offers order by id"#);
        let ids = ids.fetch_all(&db).await?;
        let chunks: Vec<Vec<OfferId>> = ids.chunks(AT_ONCE).map(<[OfferId]>::to_vec).collect();
        let read = move |ids| read_apart(db.clone(), ids);
        Ok::<_, sqlx::Error>(stream::iter(chunks).map(read).buffered(READERS))
    };
    stream::once(ids).try_flatten()
}

/// In a task and on a connection of its own, so that several processors and servers' processes read.
async fn read_apart(db: PgPool, ids: Vec<OfferId>) -> sqlx::Result<Vec<Listed>> {
    let read = async move {
        let mut db = db.acquire().await?;
        published::published_of(&mut db, &ids).await
    };
    match tokio::spawn(read).await {
        Ok(read) => read,
        Err(stopped) => Err(sqlx::Error::Io(std::io::Error::other(stopped))),
    }
}

/// What a reader has seen: a snapshot of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark(String);

pub async fn mark(db: impl PgExecutor<'_>) -> sqlx::Result<Mark> {
    sqlx::query_scalar!(r#"select pg_current_snapshot()::text as "mark!""#)
        .fetch_one(db)
        .await
        .map(Mark)
}

/// What happened to offers since the mark, each once, and the mark for next time. A transaction that
/// began before the mark and committed after it is among it.
pub async fn changed_since(
    db: &mut PgConnection,
    mark: &Mark,
) -> sqlx::Result<(Vec<Change>, Mark)> {
    let rows = sqlx::query!(
        r#"select seen.mark as "mark!", changed.id as "id?"
           from (select pg_current_snapshot()::text as mark) seen
           left join (
               select id from offers
               where changed_in >= pg_snapshot_xmin($1::text::pg_snapshot)::text::bigint
                 and not pg_visible_in_snapshot(changed_in::text::xid8, $1::text::pg_snapshot)
           ) changed on true"#,
        mark.0
    )
    .fetch_all(&mut *db)
    .await?;
    let next = rows.first().map_or_else(|| mark.clone(), |row| Mark(row.mark.clone()));
    let mut gone: std::collections::BTreeSet<OfferId> =
        rows.into_iter().filter_map(|row| row.id).collect();
    let ids: Vec<OfferId> = gone.iter().copied().collect();
    let mut changes = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        for listed in published::published_of(db, some).await? {
            gone.remove(&listed.offer.id);
            changes.push(Change::Listed(Box::new(listed)));
        }
    }
    changes.extend(gone.into_iter().map(Change::Gone));
    Ok((changes, next))
}
