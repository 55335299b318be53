//! SQL for reports as visitors make them. What the desk does with them is in its own room.
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::{About, Report, SEVERAL, State, together_since};
use crate::{
    database::store::read,
    text::{Email, Slug, Text},
};

/// The offer of this name, if it is one that can be reported: published, or taking a break.
pub async fn about(db: impl PgExecutor<'_>, slug: &Slug) -> sqlx::Result<Option<About>> {
    let row = sqlx::query!(
        "select o.id, o.title, p.name as provider from offers o join providers p on p.id = o.provider
         where o.slug = $1 and o.state in ('published', 'paused')",
        slug.as_str()
    );
    let row = row.fetch_optional(db).await?;
    Ok(row.map(|row| About {
        id: row.id,
        slug: slug.clone(),
        title: row.title,
        provider: row.provider,
    }))
}

/// Keeps a report; one that is there already stays as it is. `reporter` tells different people apart.
pub async fn keep(
    db: impl PgExecutor<'_>,
    report: &Report,
    reporter: &[u8; 32],
    now: Timestamp,
) -> sqlx::Result<()> {
    let state = if report.kind.is_praise() { State::Done } else { State::New };
    sqlx::query!(
        "insert into reports (id, offer_id, kind, words, email, reporter, state, state_since, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
         on conflict (id) do nothing",
        report.id,
        report.offer,
        report.kind.code(),
        report.words.as_ref().map(Text::as_str),
        report.email.as_ref().map(Email::as_str),
        &reporter[..],
        state.code(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether visitors are told that it is reported as closed and being checked.
pub async fn is_said_to_be_closed(
    db: impl PgExecutor<'_>,
    offer: Uuid,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let count = sqlx::query_scalar!(
        r#"select said_closed($1, $2) as "count!""#,
        offer,
        together_since(now).to_sqlx() as jiff_sqlx::Timestamp
    );
    Ok(read(u32::try_from(count.fetch_one(db).await?))? >= SEVERAL)
}

/// Forgets who reported, after two weeks; for whom the answer was, after 90 days; and what was written, a year
/// after it was settled.
pub async fn forget(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<()> {
    let days = |days: i64| (now - SignedDuration::from_hours(24 * days)).to_sqlx();
    sqlx::query!(
        "with marks as (
             update reports set reporter = null where reporter is not null and made_at <= $1 and made_at > $2
         ), addresses as (
             update reports set reporter = null, email = null
             where (email is not null or reporter is not null) and made_at <= $2
               and not (state in ('done', 'not_a_mistake') and state_since <= $3)
         )
         update reports set reporter = null, email = null, words = null, answer = null
         where state in ('done', 'not_a_mistake') and state_since <= $3
           and (words is not null or answer is not null or email is not null or reporter is not null)",
        together_since(now).to_sqlx() as jiff_sqlx::Timestamp,
        days(90) as jiff_sqlx::Timestamp,
        days(365) as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}
