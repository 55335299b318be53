//! SQL for duplicates.
use std::collections::HashMap;

use jiff::{
    Timestamp,
    civil::{Date, Weekday},
};
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

use super::{Facts, Slot, Spot, Suspect, Suspected, pairs::ordered};
use crate::{
    accounts::{AccountId, Scope},
    calendar::day_of_short_code,
    database::store::read,
    desk::batches::BatchId,
    offers::OfferId,
    places::Point,
    text::Name,
    topics::{Activity, Code},
};

/// Holds the place of the one who looks until the transaction ends; `false` where somebody else has it, or nothing
/// has changed since the last time.
pub async fn begin_to_look(db: &mut PgConnection) -> sqlx::Result<bool> {
    // An arbitrary number, the same in every program.
    let mine = sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(660066) as "mine!""#);
    if !mine.fetch_one(&mut *db).await? {
        return Ok(false);
    }
    let news = sqlx::query_scalar!(
        "insert into desk_suspects_looked (changed_in, offers)
         select coalesce(max(changed_in), 0), count(*) from offers
         on conflict (one_row) do update set changed_in = excluded.changed_in, offers = excluded.offers
         where (desk_suspects_looked.changed_in, desk_suspects_looked.offers)
               is distinct from (excluded.changed_in, excluded.offers)
         returning one_row"
    );
    Ok(news.fetch_optional(db).await?.is_some())
}

/// Of every live offer.
pub async fn facts(db: &mut PgConnection) -> sqlx::Result<Vec<Facts>> {
    let mut slots = slots(&mut *db).await?;
    let rows = sqlx::query!(
        r#"select o.id, o.title, o.provider, p.name as provider_name, o.activities[1] as activity,
                  v.id as "venue?", v.name as "venue_name?", v.lat as "lat?", v.lon as "lon?"
           from offers o
           join providers p on p.id = o.provider
           left join venues v on v.id = o.venue
           where o.state in ('published', 'paused') order by o.id"#
    );
    let facts = rows.fetch_all(db).await?.into_iter().map(|row| Facts {
        offer: row.id,
        title: Name::of(&row.title),
        provider: row.provider,
        provider_name: Name::of(&row.provider_name),
        venue: match (row.venue, row.venue_name, row.lat, row.lon) {
            (Some(id), Some(name), Some(lat), Some(lon)) => {
                Some(Spot { id, name: Name::of(&name), point: Point { lat, lon } })
            }
            _ => None,
        },
        activity: row.activity.as_deref().and_then(Activity::parse),
        slots: slots.remove(&row.id).unwrap_or_default(),
    });
    Ok(facts.collect())
}

async fn slots(db: &mut PgConnection) -> sqlx::Result<HashMap<OfferId, Vec<Slot>>> {
    let rows = sqlx::query!(
        r#"select s.offer_id, s.days, s.dates as "dates: Vec<jiff_sqlx::Date>",
                  s.from_on as "from_on: jiff_sqlx::Date",
                  s.starts as "starts: jiff_sqlx::Time", s.ends as "ends: jiff_sqlx::Time"
           from offer_schedules s join offers o on o.id = s.offer_id
           where o.state in ('published', 'paused') order by s.offer_id, s.position"#
    );
    let mut all: HashMap<OfferId, Vec<Slot>> = HashMap::new();
    for row in rows.fetch_all(db).await? {
        let named = row.days.iter().map(|day| day_of_short_code(day).ok_or("an unknown day"));
        let mut days: Vec<Weekday> = read(named.collect())?;
        days.extend(row.dates.into_iter().map(|date| date.to_jiff().weekday()));
        // A course is held on the day of the week on which it begins.
        if days.is_empty() {
            days.extend(row.from_on.map(jiff_sqlx::Date::to_jiff).map(Date::weekday));
        }
        let slots = all.entry(row.offer_id).or_default();
        for day in days {
            let slot = Slot { day, starts: row.starts.to_jiff(), ends: row.ends.to_jiff() };
            if !slots.contains(&slot) {
                slots.push(slot);
            }
        }
    }
    Ok(all)
}

/// What was found, in the place of what was found before.
pub async fn keep(db: &mut PgConnection, found: &[Suspect]) -> sqlx::Result<()> {
    sqlx::query!("delete from desk_suspects").execute(&mut *db).await?;
    let rows = found.iter().map(|one| {
        serde_json::json!({
            "one": one.one, "other": one.other, "score": one.likeness.score, "reasons": one.likeness.reasons,
        })
    });
    sqlx::query!(
        "insert into desk_suspects select row.* from jsonb_populate_recordset(null::desk_suspects, $1) row
         where exists (select from offers where id = row.one) and exists (select from offers where id = row.other)",
        serde_json::Value::Array(rows.collect())
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Pairs of which both are live and within the scope and nobody has told apart, the most alike first; at most 200.
pub async fn suspected(db: impl PgExecutor<'_>, scope: &Scope) -> sqlx::Result<Vec<Suspected>> {
    let within = scope.codes();
    let rows = sqlx::query!(
        r#"select s.one, s.other, s.score, s.reasons, a.title as one_title, b.title as other_title,
                  p.name as one_provider, q.name as other_provider
           from desk_suspects s
           join offers a on a.id = s.one join offers b on b.id = s.other
           join providers p on p.id = a.provider join providers q on q.id = b.provider
           where a.state in ('published', 'paused') and b.state in ('published', 'paused')
             and ($1::text[] is null or a.boroughs && $1 and b.boroughs && $1)
             and not exists (select from desk_told_apart t where t.one = s.one and t.other = s.other)
           order by s.score desc, s.one, s.other limit 200"#,
        within.as_deref()
    );
    let suspected = rows.fetch_all(db).await?.into_iter().map(|row| Suspected {
        one: row.one,
        other: row.other,
        names: [(row.one_title, row.one_provider), (row.other_title, row.other_provider)],
        score: row.score,
        reasons: row.reasons,
    });
    Ok(suspected.collect())
}

/// How many [`suspected`] would list, were there no end to it.
pub async fn count(db: impl PgExecutor<'_>, scope: &Scope) -> sqlx::Result<u32> {
    let within = scope.codes();
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from desk_suspects s
           join offers a on a.id = s.one join offers b on b.id = s.other
           where a.state in ('published', 'paused') and b.state in ('published', 'paused')
             and ($1::text[] is null or a.boroughs && $1 and b.boroughs && $1)
             and not exists (select from desk_told_apart t where t.one = s.one and t.other = s.other)"#,
        within.as_deref()
    );
    Ok(u32::try_from(count.fetch_one(db).await?).unwrap_or(u32::MAX))
}

/// What makes this pair suspect; empty where it is not.
pub async fn reasons(
    db: impl PgExecutor<'_>,
    pair: (OfferId, OfferId),
) -> sqlx::Result<Vec<String>> {
    let (one, other) = ordered(pair.0, pair.1);
    let reasons = sqlx::query_scalar!(
        "select reasons from desk_suspects where one = $1 and other = $2",
        one,
        other
    );
    Ok(reasons.fetch_optional(db).await?.unwrap_or_default())
}

pub async fn tell_apart(
    db: impl PgExecutor<'_>,
    pair: (OfferId, OfferId),
    account: Option<AccountId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let (one, other) = ordered(pair.0, pair.1);
    sqlx::query!(
        "insert into desk_told_apart (one, other, at, account_id) values ($1, $2, $3, $4) on conflict do nothing",
        one,
        other,
        now.to_sqlx() as jiff_sqlx::Timestamp,
        account
    )
    .execute(db)
    .await?;
    Ok(())
}

/// From now on the addresses of the one lead to the other.
pub async fn lead_to(
    db: impl PgExecutor<'_>,
    offer: OfferId,
    into: OfferId,
    batch: BatchId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into offer_mergers (offer_id, into_id, batch_id) values ($1, $2, $3)",
        offer,
        into,
        batch
    )
    .execute(db)
    .await?;
    Ok(())
}
