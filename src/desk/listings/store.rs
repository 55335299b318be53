//! SQL for the listings. Each is asked for a scope: what is out of it is never read.
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

use super::{Listing, PER_PAGE, Page, Revision, Sort, Turn, Value, Wanted, Whole};
use crate::{
    accounts::Scope,
    database::store::read,
    offers::{Content, OfferId, Status},
    openings::Counted,
    places::Gss,
    submissions::SubmissionId,
    text::Slug,
};

/// One page of them. Each order and direction has a query of its own, so that its index serves it.
pub async fn page(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    wanted: &Wanted,
    turn: &Turn,
) -> sqlx::Result<Page> {
    let within = scope.codes();
    let (key, back) = match turn {
        Turn::First => (None, false),
        Turn::After(key) => (Some(key), false),
        Turn::Before(key) => (Some(key), true),
    };
    // Smaller than every other, and greater: what an order begins after.
    let (least, most) = (OfferId::nil(), OfferId::max());
    let id = |first| key.map_or(first, |key| key.offer);
    let by = key.map(|key| &key.by);
    macro_rules! ordered {
        ($first:expr, $key:ident: $type:ty, $column:literal, $value:literal, $than:literal, $order:literal) => {
            sqlx::query_as!(
                Row,
                r#"select o.id, o.slug, o.revision, o.title, p.name as provider, o.state, l.title as sorted,
                          o.boroughs as "boroughs: Vec<Gss>",
                          l.changed_at as "changed: jiff_sqlx::Timestamp",
                          o.confirmed_at as "confirmed: jiff_sqlx::Timestamp", o.completeness
                   from (
                       select l.*, row_number() over () as place
                       from (
                           select offer_id, changed_at, title from desk_listings
                           where ($1::text[] is null or boroughs && $1)
                             and ($2::text is null or words @@ to_tsquery('simple', $2))
                             and ($3::text is null or state = $3)
                             and ($4::text is null or boroughs @> array[$4])
                             and ($5::date is null or confirmed_at < $5::timestamp at time zone 'Europe/London')
                             and ("#
                    + $column + ", offer_id) " + $than + " (" + $value
                    + ", $8::uuid) order by " + $column + " " + $order + ", offer_id " + $order
                    + r#" limit $6
                       ) l
                   ) l
                   join offers o on o.id = l.offer_id
                   join providers p on p.id = o.provider
                   order by l.place"#,
                within.as_deref(),
                wanted.words.as_deref(),
                wanted.status.map(Status::code),
                wanted.borough.map(|gss| gss.to_string()),
                wanted.not_confirmed_since.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
                i64::from(PER_PAGE) + 1,
                $key as $type,
                id($first)
            )
            .fetch_all(db)
            .await?
        };
    }
    let title = match by {
        Some(Value::Title(title)) => title.as_str(),
        _ => "",
    };
    let at = match by {
        Some(Value::Changed(at)) => Some(at.to_sqlx()),
        Some(Value::Confirmed(at)) => at.map(|at| at.to_sqlx()),
        _ => None,
    };
    let complete = match by {
        Some(Value::Completeness(number)) => i16::from(*number),
        _ => -1,
    };
    let rows = match (wanted.sort, back) {
        (Sort::Title, false) => ordered!(least, title: &str, "title", "$7::text", ">", "asc"),
        (Sort::Title, true) => ordered!(most, title: &str, "title", "$7::text", "<", "desc"),
        (Sort::Changed, false) => {
            ordered!(most, at: Option<jiff_sqlx::Timestamp>, "changed_at", "coalesce($7::timestamptz, 'infinity')", "<", "desc")
        }
        (Sort::Changed, true) => {
            ordered!(least, at: Option<jiff_sqlx::Timestamp>, "changed_at", "coalesce($7::timestamptz, 'infinity')", ">", "asc")
        }
        (Sort::Confirmed, false) => {
            ordered!(least, at: Option<jiff_sqlx::Timestamp>, "confirmed_at", "coalesce($7::timestamptz, '-infinity')", ">", "asc")
        }
        (Sort::Confirmed, true) => {
            ordered!(most, at: Option<jiff_sqlx::Timestamp>, "confirmed_at", "coalesce($7::timestamptz, '-infinity')", "<", "desc")
        }
        (Sort::Completeness, false) => {
            ordered!(least, complete: i16, "completeness", "$7::smallint", ">", "asc")
        }
        (Sort::Completeness, true) => {
            ordered!(most, complete: i16, "completeness", "$7::smallint", "<", "desc")
        }
    };
    let more = rows.len() > PER_PAGE as usize;
    let listings = rows.into_iter().take(PER_PAGE as usize).map(Row::listing);
    let mut listings = listings.collect::<sqlx::Result<Vec<Listing>>>()?;
    if back {
        listings.reverse();
    }
    let (previous, next) = if back { (more, true) } else { (key.is_some(), more) };
    Ok(Page { listings, previous, next })
}

/// How many there are.
pub async fn count(db: impl PgExecutor<'_>, scope: &Scope, wanted: &Wanted) -> sqlx::Result<u32> {
    let within = scope.codes();
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from desk_listings
           where ($1::text[] is null or boroughs && $1)
             and ($2::text is null or words @@ to_tsquery('simple', $2))
             and ($3::text is null or state = $3)
             and ($4::text is null or boroughs @> array[$4])
             and ($5::date is null or confirmed_at < $5::timestamp at time zone 'Europe/London')"#,
        within.as_deref(),
        wanted.words.as_deref(),
        wanted.status.map(Status::code),
        wanted.borough.map(|gss| gss.to_string()),
        wanted.not_confirmed_since.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>
    );
    Ok(u32::try_from(count.fetch_one(db).await?).unwrap_or(u32::MAX))
}

/// One offer, whatever its state; `None` where it is out of scope, too. Openings are counted from that day on.
pub async fn whole(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    id: OfferId,
    counted_from: Date,
) -> sqlx::Result<Option<Whole>> {
    let within = scope.codes();
    let row = sqlx::query!(
        r#"select o.id, o.slug, o.revision, o.title, p.name as provider, o.state, lower(o.title) as "sorted!",
                  o.boroughs as "boroughs: Vec<Gss>", r.at as "changed: jiff_sqlx::Timestamp",
                  o.confirmed_at as "confirmed: jiff_sqlx::Timestamp", o.completeness, o.archived_because,
                  r.content as "content: sqlx::types::Json<Content>",
                  coalesce(n.opened, 0) as "opened!", coalesce(n.contact, 0) as "contact!",
                  w.id as "waiting?: SubmissionId",
                  exists (
                      select from submissions
                      where offer_id = o.id and kind = 'offer' and account_id is null
                        and stage in ('draft', 'unconfirmed', 'waiting', 'changes_asked')
                  ) as "being_described!"
           from offers o
           join providers p on p.id = o.provider
           join offer_revisions r on r.offer_id = o.id and r.number = o.revision
           left join lateral (
               select sum(opened) as opened, sum(contact) as contact
               from offer_openings where day >= $3
                 and (offer_id = o.id or offer_id in (select offer_id from offer_mergers where into_id = o.id))
           ) n on true
           left join lateral (
               select id from submissions
               where offer_id = o.id and stage = 'waiting' order by stage_since limit 1
           ) w on true
           where o.id = $1 and ($2::text[] is null or o.boroughs && $2)"#,
        id,
        within.as_deref(),
        counted_from.to_sqlx() as jiff_sqlx::Date
    );
    let Some(row) = row.fetch_optional(db).await? else {
        return Ok(None);
    };
    let number = |sum: i64| u32::try_from(sum).unwrap_or(u32::MAX);
    let listing = Row {
        id: row.id,
        slug: row.slug,
        revision: row.revision,
        title: row.title,
        provider: row.provider,
        sorted: row.sorted,
        state: row.state,
        boroughs: row.boroughs,
        changed: row.changed,
        confirmed: row.confirmed,
        completeness: row.completeness,
    };
    Ok(Some(Whole {
        listing: listing.listing()?,
        content: row.content.0,
        because: row.archived_because,
        counted: Counted { opened: number(row.opened), contact: number(row.contact) },
        waiting: row.waiting,
        being_described: row.being_described,
    }))
}

/// All that it ever said, the newest first, without the words themselves; at most 500.
pub async fn revisions(db: impl PgExecutor<'_>, id: OfferId) -> sqlx::Result<Vec<Revision>> {
    let rows = sqlx::query!(
        r#"select number, at as "at: jiff_sqlx::Timestamp", by, why, state
           from offer_revisions where offer_id = $1 order by number desc limit 500"#,
        id
    );
    let revisions = rows.fetch_all(db).await?.into_iter().map(|row| {
        Ok(Revision {
            number: row.number.unsigned_abs(),
            at: row.at.to_jiff(),
            by: row.by,
            why: row.why,
            status: read(Status::parse(&row.state).ok_or("an unknown state"))?,
        })
    });
    revisions.collect()
}

struct Row {
    id: OfferId,
    slug: String,
    revision: i32,
    title: String,
    provider: String,
    sorted: String,
    state: String,
    boroughs: Vec<Gss>,
    changed: jiff_sqlx::Timestamp,
    confirmed: Option<jiff_sqlx::Timestamp>,
    completeness: i16,
}

impl Row {
    fn listing(self) -> sqlx::Result<Listing> {
        Ok(Listing {
            id: self.id,
            slug: read(Slug::try_from(self.slug))?,
            revision: self.revision.unsigned_abs(),
            title: self.title,
            provider: self.provider,
            sorted: self.sorted,
            status: read(Status::parse(&self.state).ok_or("an unknown state"))?,
            boroughs: self.boroughs,
            changed: self.changed.to_jiff(),
            confirmed: self.confirmed.map(jiff_sqlx::Timestamp::to_jiff),
            completeness: u8::try_from(self.completeness).unwrap_or(0),
        })
    }
}
