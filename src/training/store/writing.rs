//! SQL for what the desk writes: programmes, cohorts, and how a cohort stands.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::{
    text::{Line, Slug, Text},
    training::{
        CohortId, Module, Profession, Question,
        cohort::{Says, State},
        programme,
    },
};

/// Addresses of pages that no cohort may have.
const TAKEN: [&str; 3] = ["history", "evaluation", "calendar"];

/// When one module is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    pub module: Uuid,
    pub starts: Timestamp,
    pub minutes: u16,
}

/// A new cohort, as a draft, under a name that is free.
pub async fn create_cohort(
    db: &mut PgConnection,
    programme: Uuid,
    says: &Says,
    dates: &[Dated],
    now: Timestamp,
) -> sqlx::Result<CohortId> {
    let id = Uuid::now_v7();
    let wanted = Slug::from_name(says.title.as_str()).or_else(|| Slug::parse("cohort"));
    let mut names = wanted.iter().flat_map(Slug::candidates);
    let slug = loop {
        let Some(name) = names.next() else { return Err(sqlx::Error::RowNotFound) };
        let known = sqlx::query_scalar!("select true from cohorts where slug = $1", name.as_str());
        if !TAKEN.contains(&name.as_str()) && known.fetch_optional(&mut *db).await?.is_none() {
            break name;
        }
    };
    sqlx::query!(
        "insert into cohorts (id, slug, programme_id, title, capacity, state, state_since, contact_name,
                              contact_email, made_at)
         values ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, $6)",
        id,
        slug.as_str(),
        programme,
        says.title.as_str(),
        i16::from(says.capacity()),
        now.to_sqlx() as jiff_sqlx::Timestamp,
        says.contact_name.as_str(),
        says.contact_email.as_str()
    )
    .execute(&mut *db)
    .await?;
    write(db, id, says, dates).await?;
    Ok(id)
}

/// What a cohort says from now on, if it is still at this revision.
pub async fn change_cohort(
    db: &mut PgConnection,
    (id, revision): (CohortId, i32),
    says: &Says,
    dates: &[Dated],
) -> sqlx::Result<bool> {
    let ours = sqlx::query!(
        "update cohorts set revision = revision + 1 where id = $1 and revision = $2",
        id,
        revision
    );
    if ours.execute(&mut *db).await?.rows_affected() == 0 {
        return Ok(false);
    }
    write(db, id, says, dates).await?;
    Ok(true)
}

/// How a cohort stands from now on.
pub async fn set_state(
    db: impl PgExecutor<'_>,
    id: CohortId,
    state: State,
    why: Option<&Text<1000>>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update cohorts set state = $2, state_since = $3, cancelled_words = $4, revision = revision + 1
         where id = $1",
        id,
        state.code(),
        now.to_sqlx() as jiff_sqlx::Timestamp,
        why.map(Text::as_str)
    )
    .execute(db)
    .await
    .map(drop)
}

/// Makes a programme, or writes it anew at this revision; `false` where it has moved on. Modules and questions
/// stand in their order; those that are no longer named go, where nothing hangs on them.
pub async fn keep_programme(
    db: &mut PgConnection,
    (id, revision): (Uuid, Option<i32>),
    says: &programme::Says,
    modules: &[Module],
    questions: &[Question],
    now: Timestamp,
) -> sqlx::Result<bool> {
    match revision {
        None => {
            let slug = Slug::from_name(says.name.as_str()).or_else(|| Slug::parse("programme"));
            let slug = slug.ok_or(sqlx::Error::RowNotFound)?;
            let alike = sqlx::query_scalar!(
                r#"select count(*) as "count!" from training_programmes where slug like $1 || '%'"#,
                slug.as_str()
            );
            let slug = match u32::try_from(alike.fetch_one(&mut *db).await?).unwrap_or(u32::MAX) {
                0 => slug,
                more => slug.numbered(more + 1),
            };
            sqlx::query!(
                "insert into training_programmes (id, slug, name, for_whom, about, made_at)
                 values ($1, $2, $3, $4, $5, $6)",
                id,
                slug.as_str(),
                says.name.as_str(),
                says.for_whom.as_str(),
                says.about.as_str(),
                now.to_sqlx() as jiff_sqlx::Timestamp
            )
            .execute(&mut *db)
            .await?;
        }
        Some(revision) => {
            let ours = sqlx::query!(
                "update training_programmes set name = $3, for_whom = $4, about = $5, revision = revision + 1
                 where id = $1 and revision = $2",
                id,
                revision,
                says.name.as_str(),
                says.for_whom.as_str(),
                says.about.as_str()
            );
            if ours.execute(&mut *db).await?.rows_affected() == 0 {
                return Ok(false);
            }
        }
    }
    for one in modules {
        sqlx::query!(
            "insert into training_modules (id, programme_id, position, title, aims, minutes)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (id) do update set position = excluded.position, title = excluded.title,
                 aims = excluded.aims, minutes = excluded.minutes
             where training_modules.programme_id = excluded.programme_id",
            one.id,
            id,
            i16::from(one.position),
            one.title.as_str(),
            one.aims.as_str(),
            minutes(one.minutes)
        )
        .execute(&mut *db)
        .await?;
    }
    for one in questions {
        sqlx::query!(
            "insert into training_questions (id, programme_id, position, words, low, high)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (id) do update set position = excluded.position, words = excluded.words,
                 low = excluded.low, high = excluded.high
             where training_questions.programme_id = excluded.programme_id",
            one.id,
            id,
            i16::from(one.position),
            one.words.as_str(),
            one.low.as_str(),
            one.high.as_str()
        )
        .execute(&mut *db)
        .await?;
    }
    let (modules, questions): (Vec<Uuid>, Vec<Uuid>) =
        (modules.iter().map(|one| one.id).collect(), questions.iter().map(|one| one.id).collect());
    sqlx::query!(
        "delete from training_modules where programme_id = $1 and not id = any($2)",
        id,
        &modules
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from training_questions where programme_id = $1 and not id = any($2)",
        id,
        &questions
    )
    .execute(&mut *db)
    .await?;
    Ok(true)
}

/// The modules with a date in some cohort, and the questions with an answer: they cannot go. None that is not
/// among them comes into use until the transaction ends.
pub async fn in_use(db: &mut PgConnection, programme: Uuid) -> sqlx::Result<Vec<Uuid>> {
    // Dates and answers refer to these rows, and wait to do so for as long as they are locked.
    sqlx::query!(
        "select id from training_modules where programme_id = $1 order by id for update",
        programme
    )
    .fetch_all(&mut *db)
    .await?;
    sqlx::query!(
        "select id from training_questions where programme_id = $1 order by id for update",
        programme
    )
    .fetch_all(&mut *db)
    .await?;
    sqlx::query_scalar!(
        r#"select module_id as "id!" from cohort_sessions where programme_id = $1
           union
           select question_id from training_answers a join training_questions q on q.id = a.question_id
           where q.programme_id = $1"#,
        programme
    )
    .fetch_all(db)
    .await
}

/// The parts of a cohort are written anew; a session keeps its id as long as its module has a date.
async fn write(
    db: &mut PgConnection,
    id: CohortId,
    says: &Says,
    dates: &[Dated],
) -> sqlx::Result<()> {
    sqlx::query!(
        "update cohorts set title = $2, place = $3, joining = $4, about = $5, capacity = $6, release_days = $7,
                contact_name = $8, contact_email = $9
         where id = $1",
        id,
        says.title.as_str(),
        says.place.as_ref().map(Line::as_str),
        says.joining.as_ref().map(Text::as_str),
        says.about.as_ref().map(Text::as_str),
        i16::from(says.capacity()),
        i16::from(says.release_days),
        says.contact_name.as_str(),
        says.contact_email.as_str()
    )
    .execute(&mut *db)
    .await?;
    let boroughs: Vec<String> = says.boroughs.iter().map(ToString::to_string).collect();
    let groups: Vec<String> = Profession::ALL.iter().map(|one| one.code().to_owned()).collect();
    let places: Vec<i16> = says.shares.iter().copied().map(i16::from).collect();
    sqlx::query!(
        "with old as (delete from cohort_boroughs where cohort_id = $1 and not borough = any($2))
         insert into cohort_boroughs (cohort_id, borough) select $1, unnest($2::text[]) on conflict do nothing",
        id,
        &boroughs
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into cohort_shares (cohort_id, profession, places)
         select $1, profession, places from unnest($2::text[], $3::smallint[]) as given (profession, places)
         on conflict (cohort_id, profession) do update set places = excluded.places",
        id,
        &groups,
        &places
    )
    .execute(&mut *db)
    .await?;
    let modules: Vec<Uuid> = dates.iter().map(|one| one.module).collect();
    sqlx::query!(
        "delete from cohort_sessions where cohort_id = $1 and not module_id = any($2)",
        id,
        &modules
    )
    .execute(&mut *db)
    .await?;
    for one in dates {
        sqlx::query!(
            "insert into cohort_sessions (id, cohort_id, programme_id, module_id, starts_at, minutes)
             select $1, c.id, c.programme_id, $3, $4, $5 from cohorts c where c.id = $2
             on conflict (cohort_id, module_id) do update set starts_at = excluded.starts_at,
                 minutes = excluded.minutes",
            Uuid::now_v7(),
            id,
            one.module,
            one.starts.to_sqlx() as jiff_sqlx::Timestamp,
            minutes(one.minutes)
        )
        .execute(&mut *db)
        .await?;
    }
    write_lists(db, id, says).await
}

async fn write_lists(db: &mut PgConnection, id: CohortId, says: &Says) -> sqlx::Result<()> {
    sqlx::query!("delete from cohort_facilitators where cohort_id = $1", id)
        .execute(&mut *db)
        .await?;
    for (position, one) in (1i16..).zip(&says.facilitators) {
        sqlx::query!(
            "insert into cohort_facilitators (cohort_id, position, name, words) values ($1, $2, $3, $4)",
            id,
            position,
            one.name.as_str(),
            one.words.as_ref().map(Line::as_str)
        )
        .execute(&mut *db)
        .await?;
    }
    sqlx::query!("delete from cohort_materials where cohort_id = $1", id).execute(&mut *db).await?;
    for (position, one) in (1i16..).zip(&says.materials) {
        sqlx::query!(
            "insert into cohort_materials (cohort_id, position, title, address, booked_only)
             values ($1, $2, $3, $4, $5)",
            id,
            position,
            one.title.as_str(),
            one.address.as_str(),
            one.booked_only
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// At most 480.
fn minutes(of: u16) -> i16 {
    i16::try_from(of).unwrap_or(i16::MAX)
}
