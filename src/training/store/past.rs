//! SQL for cohorts of the past, and for those of our own that were held.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor, PgPool};

use crate::{
    accounts::Scope,
    database::store::read,
    places::Gss,
    text::{Line, Slug},
    training::{
        Profession,
        history::{Held, History},
        past::{Kept, Past, PastId, People},
    },
};

/// Those that a scope may see, the newest first.
pub async fn listed(db: impl PgExecutor<'_>, scope: &Scope) -> sqlx::Result<Vec<Kept>> {
    found(db, scope, None).await
}

/// `None` where it is out of scope, too.
pub async fn one(db: impl PgExecutor<'_>, scope: &Scope, id: PastId) -> sqlx::Result<Option<Kept>> {
    Ok(found(db, scope, Some(id)).await?.pop())
}

/// The one of the same title, year and boroughs.
pub async fn same(db: &mut PgConnection, past: &Past) -> sqlx::Result<Option<Kept>> {
    let id = sqlx::query_scalar!(
        "select p.id from past_cohorts p
         where p.year = $1 and lower(p.title) = lower($2)
           and array(select borough from past_cohort_boroughs b where b.past_cohort_id = p.id order by borough) = $3
         order by p.made_at, p.id limit 1",
        past.year,
        past.title.as_str(),
        &codes(past)
    );
    match id.fetch_optional(&mut *db).await? {
        Some(id) => one(db, &Scope::Everything, id).await,
        None => Ok(None),
    }
}

pub async fn add(
    db: &mut PgConnection,
    id: PastId,
    past: &Past,
    now: Timestamp,
) -> sqlx::Result<()> {
    let [artists, link_workers, health, local_authority, other] = numbers(past);
    sqlx::query!(
        "insert into past_cohorts
             (id, title, year, held_on, artists, link_workers, health, local_authority, other, source, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id,
        past.title.as_str(),
        past.year,
        past.held.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        artists,
        link_workers,
        health,
        local_authority,
        other,
        past.source.as_str(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(&mut *db)
    .await?;
    in_boroughs(db, id, past).await
}

/// Whether it was still at this revision.
pub async fn change(
    db: &mut PgConnection,
    (id, revision): (PastId, i32),
    past: &Past,
) -> sqlx::Result<bool> {
    let [artists, link_workers, health, local_authority, other] = numbers(past);
    let changed = sqlx::query!(
        "update past_cohorts
         set title = $3, year = $4, held_on = $5, artists = $6, link_workers = $7, health = $8,
             local_authority = $9, other = $10, source = $11, revision = revision + 1
         where id = $1 and revision = $2",
        id,
        revision,
        past.title.as_str(),
        past.year,
        past.held.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        artists,
        link_workers,
        health,
        local_authority,
        other,
        past.source.as_str()
    );
    if changed.execute(&mut *db).await?.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!("delete from past_cohort_boroughs where past_cohort_id = $1", id)
        .execute(&mut *db)
        .await?;
    in_boroughs(db, id, past).await?;
    Ok(true)
}

/// Whether it was still at this revision.
pub async fn remove(db: impl PgExecutor<'_>, (id, revision): (PastId, i32)) -> sqlx::Result<bool> {
    let gone =
        sqlx::query!("delete from past_cohorts where id = $1 and revision = $2", id, revision);
    Ok(gone.execute(db).await?.rows_affected() == 1)
}

/// All that was held: what was recorded, and our own cohorts.
pub async fn history(db: &PgPool) -> sqlx::Result<History> {
    let mut all = recorded(db).await?;
    all.extend(held(db).await?);
    Ok(History::of(all))
}

/// How many cohorts of this borough the history tells of.
pub async fn held_in(db: impl PgExecutor<'_>, borough: Gss) -> sqlx::Result<u32> {
    let held = sqlx::query_scalar!(
        r#"select ((select count(*) from past_cohort_boroughs where borough = $1)
                 + (select count(*) from cohort_boroughs b join cohorts c on c.id = b.cohort_id
                    where b.borough = $1 and c.state = 'held'))::int as "held!""#,
        borough.as_str()
    );
    read(u32::try_from(held.fetch_one(db).await?))
}

/// All that was recorded, as the history tells it.
async fn recorded(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Held>> {
    let kept = listed(db, &Scope::Everything).await?.into_iter();
    Ok(kept
        .map(|Kept { past, .. }| Held {
            title: past.title.to_string(),
            year: past.year,
            day: past.held,
            boroughs: past.boroughs,
            people: past.people,
            source: Some(past.source.to_string()),
            address: None,
        })
        .collect())
}

/// Our own cohorts that were held. Who came to one session or more took part; where nobody noted who came, no
/// number is known.
async fn held(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Held>> {
    let rows = sqlx::query!(
        r#"select c.slug, c.title,
                  (min(s.starts_at) at time zone 'Europe/London')::date as "day: jiff_sqlx::Date",
                  array(select borough from cohort_boroughs b where b.cohort_id = c.id order by borough)
                      as "boroughs!: Vec<Gss>",
                  exists (select from attendance a join cohort_sessions n on n.id = a.session_id
                          where n.cohort_id = c.id) as "noted!",
                  array(select (select count(*) from bookings b
                                where b.cohort_id = c.id and b.profession = p
                                  and exists (select from attendance a where a.booking_id = b.id))
                        from unnest($1::text[]) with ordinality as t(p, n) order by n) as "people!: Vec<i64>"
           from cohorts c join cohort_sessions s on s.cohort_id = c.id
           where c.state = 'held'
           group by c.id"#,
        &Profession::ALL.map(|one| one.code().to_owned())[..]
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        let day = read(row.day.ok_or("a cohort without a day"))?.to_jiff();
        let mut people: People = [None; 5];
        if row.noted {
            for (number, many) in people.iter_mut().zip(&row.people) {
                *number = Some(read(u16::try_from(*many))?);
            }
        }
        let slug = read(Slug::try_from(row.slug))?;
        Ok(Held {
            title: row.title,
            year: day.year(),
            day: Some(day),
            boroughs: row.boroughs,
            people,
            source: None,
            address: Some(format!("/training/{slug}")),
        })
    });
    rows.collect()
}

async fn found(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    id: Option<PastId>,
) -> sqlx::Result<Vec<Kept>> {
    let within = scope.codes();
    let rows = sqlx::query!(
        r#"select p.id, p.title, p.year, p.held_on as "held_on: jiff_sqlx::Date",
                  array[p.artists, p.link_workers, p.health, p.local_authority, p.other]
                      as "people!: Vec<Option<i16>>",
                  p.source, p.revision,
                  array(select borough from past_cohort_boroughs b where b.past_cohort_id = p.id order by borough)
                      as "boroughs!: Vec<Gss>"
           from past_cohorts p
           where ($1::text[] is null or exists (
                     select from past_cohort_boroughs b where b.past_cohort_id = p.id and b.borough = any($1)))
             and ($2::uuid is null or p.id = $2)
           order by p.year desc, p.held_on desc nulls last, lower(p.title), p.id"#,
        within.as_deref(),
        id
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        let mut people: People = [None; 5];
        for (number, kept) in people.iter_mut().zip(row.people) {
            *number = read(kept.map(u16::try_from).transpose())?;
        }
        let past = Past {
            title: read(Line::try_from(row.title))?,
            year: row.year,
            held: row.held_on.map(|day| day.to_jiff()),
            boroughs: row.boroughs,
            people,
            source: read(Line::try_from(row.source))?,
        };
        Ok(Kept { id: row.id, past, revision: row.revision })
    });
    rows.collect()
}

async fn in_boroughs(db: &mut PgConnection, id: PastId, past: &Past) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into past_cohort_boroughs (past_cohort_id, borough) select $1, borough from unnest($2::text[]) borough",
        id,
        &codes(past)
    )
    .execute(db)
    .await?;
    Ok(())
}

fn codes(past: &Past) -> Vec<String> {
    past.boroughs.iter().map(ToString::to_string).collect()
}

fn numbers(past: &Past) -> [Option<i16>; 5] {
    // No more than a thousand each.
    past.people.map(|many| many.map(|many| i16::try_from(many).unwrap_or(i16::MAX)))
}
