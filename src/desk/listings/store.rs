//! SQL for the listings. Each is asked for a scope: what is out of it is never read.
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

use super::{Listing, PER_PAGE, Revision, Sort, Wanted, Whole};
use crate::{
    accounts::Scope,
    database::store::read,
    offers::{Content, OfferId, Status},
    openings::Counted,
    places::Gss,
    submissions::SubmissionId,
    text::Slug,
};

/// One page of them, from 0. Each order has a query of its own, so that its index serves it.
pub async fn page(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    wanted: &Wanted,
    page: u32,
) -> sqlx::Result<Vec<Listing>> {
    let within = scope.codes();
    macro_rules! ordered {
        ($order:literal) => {
            sqlx::query_as!(
                Row,
                r#"select o.id, o.slug, o.revision, o.title, p.name as provider, o.state,
                          o.boroughs as "boroughs: Vec<Gss>",
                          l.changed_at as "changed: jiff_sqlx::Timestamp",
                          o.confirmed_at as "confirmed: jiff_sqlx::Timestamp", o.completeness
                   from (
                       select l.offer_id, l.changed_at, row_number() over () as place
                       from (
                           select offer_id, changed_at from desk_listings
                           where ($1::text[] is null or boroughs && $1)
                             and ($2::text is null or words @@ to_tsquery('simple', $2))
                             and ($3::text is null or state = $3)
                             and ($4::text is null or boroughs @> array[$4])
                             and ($5::date is null or confirmed_at < $5::timestamp at time zone 'Europe/London')
                           order by "#
                    + $order
                    + r#" limit $6 offset $7
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
                i64::from(PER_PAGE),
                i64::from(page) * i64::from(PER_PAGE)
            )
            .fetch_all(db)
            .await?
        };
    }
    let rows = match wanted.sort {
        Sort::Title => ordered!("title, offer_id"),
        Sort::Changed => ordered!("changed_at desc, offer_id"),
        Sort::Confirmed => ordered!("confirmed_at, offer_id"),
        Sort::Completeness => ordered!("completeness, offer_id"),
    };
    rows.into_iter().map(Row::listing).collect()
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
        r#"select o.id, o.slug, o.revision, o.title, p.name as provider, o.state,
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
               from offer_openings where offer_id = o.id and day >= $3
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
            status: read(Status::parse(&self.state).ok_or("an unknown state"))?,
            boroughs: self.boroughs,
            changed: self.changed.to_jiff(),
            confirmed: self.confirmed.map(jiff_sqlx::Timestamp::to_jiff),
            completeness: u8::try_from(self.completeness).unwrap_or(0),
        })
    }
}
