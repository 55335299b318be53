//! SQL for programmes and cohorts as everybody reads them.
pub mod attendance;
pub mod bookings;
pub mod certificates;
pub mod evaluation;
mod forgetting;
pub mod past;
pub mod shown;
pub mod writing;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

pub use forgetting::forget;

use super::{
    Cohort, CohortId, Listed, Module, Profession, Programme, Question, Session,
    cohort::{Facilitator, Material, Says, State},
    programme,
};
use crate::{
    accounts::Scope,
    database::store::read,
    places::Gss,
    text::{Email, Line, Slug, Text, WebAddress},
};

/// Every programme, by name.
pub async fn programmes(db: &mut PgConnection) -> sqlx::Result<Vec<Programme>> {
    let rows = sqlx::query!("select id from training_programmes order by name");
    let mut programmes = Vec::new();
    for row in rows.fetch_all(&mut *db).await? {
        programmes.extend(programme(&mut *db, row.id).await?);
    }
    Ok(programmes)
}

pub async fn programme(db: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Programme>> {
    let row = sqlx::query!(
        "select id, slug, name, for_whom, about, revision from training_programmes where id = $1",
        id
    );
    let Some(row) = row.fetch_optional(&mut *db).await? else { return Ok(None) };
    let modules = sqlx::query!(
        "select id, position, title, aims, minutes from training_modules where programme_id = $1
         order by position",
        id
    );
    let modules = modules.fetch_all(&mut *db).await?.into_iter().map(|row| {
        Ok(Module {
            id: row.id,
            position: small(row.position)?,
            title: read(Line::try_from(row.title))?,
            aims: read(Text::try_from(row.aims))?,
            minutes: read(u16::try_from(row.minutes))?,
        })
    });
    let questions = sqlx::query!(
        "select id, position, words, low, high from training_questions where programme_id = $1
         order by position",
        id
    );
    let questions = questions.fetch_all(&mut *db).await?.into_iter().map(|row| {
        Ok(Question {
            id: row.id,
            position: small(row.position)?,
            words: read(Line::try_from(row.words))?,
            low: read(Line::try_from(row.low))?,
            high: read(Line::try_from(row.high))?,
        })
    });
    Ok(Some(Programme {
        id: row.id,
        slug: slug(&row.slug)?,
        says: programme::Says {
            name: read(Line::try_from(row.name))?,
            for_whom: read(Line::try_from(row.for_whom))?,
            about: read(Text::try_from(row.about))?,
        },
        modules: modules.collect::<sqlx::Result<_>>()?,
        questions: questions.collect::<sqlx::Result<_>>()?,
        revision: row.revision,
    }))
}

/// A cohort that everybody may read about.
pub async fn of_slug(db: &mut PgConnection, slug: &Slug) -> sqlx::Result<Option<Cohort>> {
    let id = sqlx::query_scalar!(
        "select id from cohorts where slug = $1 and state <> 'draft'",
        slug.as_str()
    );
    match id.fetch_optional(&mut *db).await? {
        Some(id) => cohort(db, id).await,
        None => Ok(None),
    }
}

/// A cohort for the desk; `None` where it is out of scope, too.
pub async fn within(
    db: &mut PgConnection,
    scope: &Scope,
    id: CohortId,
) -> sqlx::Result<Option<Cohort>> {
    let codes = scope.codes();
    let known = sqlx::query_scalar!(
        r#"select exists (select from cohort_boroughs where cohort_id = $1
                          and ($2::text[] is null or borough = any($2))) as "known!""#,
        id,
        codes.as_deref()
    );
    match known.fetch_one(&mut *db).await? {
        true => cohort(db, id).await,
        false => Ok(None),
    }
}

/// The cohort's row is nobody else's until the transaction ends: bookings and places are settled one by one.
pub async fn locked(db: &mut PgConnection, id: CohortId) -> sqlx::Result<Option<Cohort>> {
    let known = sqlx::query_scalar!("select id from cohorts where id = $1 for update", id);
    match known.fetch_optional(&mut *db).await? {
        Some(id) => cohort(db, id).await,
        None => Ok(None),
    }
}

pub async fn cohort(db: &mut PgConnection, id: CohortId) -> sqlx::Result<Option<Cohort>> {
    let row = sqlx::query!(
        r#"select c.id, c.slug, c.title, c.place, c.joining, c.about, c.release_days, c.state,
                  c.state_since as "state_since: jiff_sqlx::Timestamp", c.contact_name, c.contact_email,
                  c.cancelled_words, c.revision, p.id as programme, p.slug as programme_slug,
                  p.name as programme_name,
                  array(select borough from cohort_boroughs b where b.cohort_id = c.id order by borough)
                      as "boroughs!: Vec<Gss>"
           from cohorts c join training_programmes p on p.id = c.programme_id where c.id = $1"#,
        id
    );
    let Some(row) = row.fetch_optional(&mut *db).await? else { return Ok(None) };
    let says = Says {
        title: read(Line::try_from(row.title))?,
        place: row.place.map(Line::try_from).map(read).transpose()?,
        joining: row.joining.map(Text::try_from).map(read).transpose()?,
        about: row.about.map(Text::try_from).map(read).transpose()?,
        boroughs: row.boroughs,
        shares: shares(&mut *db, id).await?,
        release_days: small(row.release_days)?,
        contact_name: read(Line::try_from(row.contact_name))?,
        contact_email: read(Email::try_from(row.contact_email))?,
        facilitators: facilitators(&mut *db, id).await?,
        materials: materials(&mut *db, id).await?,
    };
    Ok(Some(Cohort {
        id,
        slug: slug(&row.slug)?,
        programme: (row.programme, slug(&row.programme_slug)?, row.programme_name),
        says,
        sessions: sessions(&mut *db, id).await?,
        state: known(State::parse(&row.state))?,
        state_since: row.state_since.to_jiff(),
        cancelled: row.cancelled_words.map(Text::try_from).map(read).transpose()?,
        revision: row.revision,
    }))
}

/// The sessions of a cohort, by date.
pub async fn sessions(db: impl PgExecutor<'_>, cohort: CohortId) -> sqlx::Result<Vec<Session>> {
    let rows = sqlx::query!(
        r#"select s.id, s.starts_at as "starts: jiff_sqlx::Timestamp", s.minutes, m.id as module, m.position,
                  m.title, m.aims, m.minutes as usual
           from cohort_sessions s join training_modules m on m.id = s.module_id
           where s.cohort_id = $1 order by s.starts_at, m.position"#,
        cohort
    );
    let sessions = rows.fetch_all(db).await?.into_iter().map(|row| {
        Ok(Session {
            id: row.id,
            module: Module {
                id: row.module,
                position: small(row.position)?,
                title: read(Line::try_from(row.title))?,
                aims: read(Text::try_from(row.aims))?,
                minutes: read(u16::try_from(row.usual))?,
            },
            starts: row.starts.to_jiff(),
            minutes: read(u16::try_from(row.minutes))?,
        })
    });
    sessions.collect()
}

/// Everybody's cohorts that have not ended, the soonest first; within a borough, if one is named.
pub async fn coming_in(
    db: impl PgExecutor<'_>,
    borough: Option<Gss>,
    now: Timestamp,
) -> sqlx::Result<Vec<Listed>> {
    let all = listed(db, None, borough, false).await?;
    let comes = |one: &Listed| {
        matches!(one.state, State::Open | State::Closed) && one.ends.is_some_and(|ends| ends > now)
            || one.state == State::Cancelled && one.first.is_some_and(|first| first > now)
    };
    Ok(all.into_iter().filter(comes).collect())
}

/// Every cohort within a scope, drafts too, the soonest first.
pub async fn all_within(db: impl PgExecutor<'_>, scope: &Scope) -> sqlx::Result<Vec<Listed>> {
    listed(db, Some(scope), None, true).await
}

async fn listed(
    db: impl PgExecutor<'_>,
    scope: Option<&Scope>,
    borough: Option<Gss>,
    drafts: bool,
) -> sqlx::Result<Vec<Listed>> {
    let within = scope.and_then(Scope::codes);
    let rows = sqlx::query!(
        r#"select c.id, c.slug, c.title, c.state, c.place, c.capacity, p.slug as programme,
                  array(select borough from cohort_boroughs b where b.cohort_id = c.id order by borough)
                      as "boroughs!: Vec<Gss>",
                  (select count(*) from bookings b where b.cohort_id = c.id and b.state = 'booked') as "booked!",
                  (select count(*) from bookings b where b.cohort_id = c.id and b.state = 'waiting') as "waiting!",
                  s.first as "first: jiff_sqlx::Timestamp", s.ends as "ends: jiff_sqlx::Timestamp",
                  s.sessions as "sessions!"
           from cohorts c
           join training_programmes p on p.id = c.programme_id
           cross join lateral (
               select min(starts_at) as first, max(starts_at + make_interval(mins => minutes)) as ends,
                      count(*) as sessions
               from cohort_sessions s where s.cohort_id = c.id) s
           where ($3 or c.state <> 'draft')
             and exists (select from cohort_boroughs b where b.cohort_id = c.id
                         and ($1::text[] is null or b.borough = any($1)) and ($2::text is null or b.borough = $2))
           order by s.first nulls first, c.title, c.id"#,
        within.as_deref(),
        borough.as_ref().map(Gss::as_str),
        drafts
    );
    let listed = rows.fetch_all(db).await?.into_iter().map(|row| {
        Ok(Listed {
            id: row.id,
            slug: slug(&row.slug)?,
            title: row.title,
            programme: slug(&row.programme)?,
            state: known(State::parse(&row.state))?,
            place: row.place,
            boroughs: row.boroughs,
            capacity: small(row.capacity)?,
            booked: read(u8::try_from(row.booked))?,
            waiting: read(u32::try_from(row.waiting))?,
            first: row.first.map(|at| at.to_jiff()),
            ends: row.ends.map(|at| at.to_jiff()),
            sessions: read(u8::try_from(row.sessions))?,
        })
    });
    listed.collect()
}

/// Cohorts that can be booked, or have been, and have not been held so far.
pub async fn alive(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<CohortId>> {
    sqlx::query_scalar!("select id from cohorts where state in ('open', 'closed') order by id")
        .fetch_all(db)
        .await
}

/// Cohorts whose last session is over are held; how many are it by now.
pub async fn hold(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<u64> {
    let held = sqlx::query!(
        "update cohorts c set state = 'held', state_since = $1
         where state in ('open', 'closed') and (
             select max(starts_at + make_interval(mins => minutes)) from cohort_sessions s
             where s.cohort_id = c.id) <= $1",
        now.to_sqlx() as jiff_sqlx::Timestamp
    );
    Ok(held.execute(db).await?.rows_affected())
}

async fn shares(db: impl PgExecutor<'_>, cohort: CohortId) -> sqlx::Result<[u8; 4]> {
    let rows =
        sqlx::query!("select profession, places from cohort_shares where cohort_id = $1", cohort);
    let mut shares = [0; 4];
    for row in rows.fetch_all(db).await? {
        shares[known(Profession::parse(&row.profession))?.at()] = small(row.places)?;
    }
    Ok(shares)
}

async fn facilitators(db: impl PgExecutor<'_>, cohort: CohortId) -> sqlx::Result<Vec<Facilitator>> {
    let rows = sqlx::query!(
        "select name, words from cohort_facilitators where cohort_id = $1 order by position",
        cohort
    );
    let all = rows.fetch_all(db).await?.into_iter().map(|row| {
        let words = row.words.map(Line::try_from).map(read).transpose()?;
        Ok(Facilitator { name: read(Line::try_from(row.name))?, words })
    });
    all.collect()
}

async fn materials(db: impl PgExecutor<'_>, cohort: CohortId) -> sqlx::Result<Vec<Material>> {
    let rows = sqlx::query!(
        "select title, address, booked_only from cohort_materials where cohort_id = $1 order by position",
        cohort
    );
    let all = rows.fetch_all(db).await?.into_iter().map(|row| {
        Ok(Material {
            title: read(Line::try_from(row.title))?,
            address: read(WebAddress::try_from(row.address))?,
            booked_only: row.booked_only,
        })
    });
    all.collect()
}

fn slug(kept: &str) -> sqlx::Result<Slug> {
    known(Slug::parse(kept))
}

fn small(kept: i16) -> sqlx::Result<u8> {
    read(u8::try_from(kept))
}

/// What our own constraints keep out does not come out.
fn known<T>(kept: Option<T>) -> sqlx::Result<T> {
    kept.ok_or_else(|| sqlx::Error::Decode("an unknown code".into()))
}
