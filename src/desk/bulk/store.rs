//! SQL for acts on many offers.
use std::collections::HashMap;

use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

use super::{Around, MOST};
use crate::{
    accounts::Scope,
    desk::listings::Wanted,
    offers::{OfferId, Status},
    providers::ProviderId,
};

/// Those that match, by title; at most [`MOST`].
pub async fn matching(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    wanted: &Wanted,
) -> sqlx::Result<Vec<OfferId>> {
    let within = scope.codes();
    sqlx::query_scalar!(
        "select offer_id from desk_listings
         where ($1::text[] is null or boroughs && $1)
           and ($2::text is null or words @@ to_tsquery('simple', $2))
           and ($3::text is null or state = $3)
           and ($4::text is null or boroughs @> array[$4])
           and ($5::date is null or confirmed_at < $5::timestamp at time zone 'Europe/London')
         order by title, offer_id limit $6",
        within.as_deref(),
        wanted.words.as_deref(),
        wanted.status.map(Status::code),
        wanted.borough.map(|gss| gss.to_string()),
        wanted.not_confirmed_since.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        i64::from(MOST)
    )
    .fetch_all(db)
    .await
}

/// Those of these that are within the scope, by title, with their provider's name and what is around them.
pub async fn chosen(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    ids: &[OfferId],
) -> sqlx::Result<Vec<(OfferId, String, Around)>> {
    let within = scope.codes();
    let rows = sqlx::query!(
        r#"select l.offer_id, p.name as provider,
                  exists (select from submissions where offer_id = l.offer_id and kind = 'offer'
                      and account_id is null and stage in ('draft', 'unconfirmed', 'waiting', 'changes_asked')) as "being_described!",
                  exists (select from submissions where offer_id = l.offer_id and kind = 'change'
                      and account_id is null and stage in ('draft', 'unconfirmed', 'waiting', 'changes_asked')) as "change_in_hand!",
                  exists (select from provider_owners where provider_id = o.provider) as "looked_after!"
           from desk_listings l
           join offers o on o.id = l.offer_id
           join providers p on p.id = o.provider
           where l.offer_id = any($2) and ($1::text[] is null or l.boroughs && $1)
           order by l.title, l.offer_id limit $3"#,
        within.as_deref(),
        ids,
        i64::from(MOST)
    );
    let chosen = rows.fetch_all(db).await?.into_iter().map(|row| {
        let around = Around {
            being_described: row.being_described,
            change_in_hand: row.change_in_hand,
            looked_after: row.looked_after,
        };
        (row.offer_id, row.provider, around)
    });
    Ok(chosen.collect())
}

/// When each of these was last asked about, where it was.
pub async fn asked(
    db: impl PgExecutor<'_>,
    ids: &[OfferId],
) -> sqlx::Result<HashMap<OfferId, jiff::Timestamp>> {
    let rows = sqlx::query!(
        r#"select subject as "offer!", max(at) as "at!: jiff_sqlx::Timestamp" from desk_acts
           where act = 'asked_to_confirm' and subject = any($1) group by subject"#,
        ids
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    Ok(rows.map(|row| (row.offer, row.at.to_jiff())).collect())
}

/// Somebody who is asked about an offer.
pub struct ToAsk {
    pub email: String,
    pub provider: ProviderId,
    pub title: String,
}

pub async fn to_ask(db: impl PgExecutor<'_>, ids: &[OfferId]) -> sqlx::Result<Vec<ToAsk>> {
    sqlx::query_as!(
        ToAsk,
        "select w.email, o.provider, o.title
         from offers o join provider_owners w on w.provider_id = o.provider
         where o.id = any($1) order by o.title, w.email",
        ids
    )
    .fetch_all(db)
    .await
}
