//! SQL for answers before and after. No answer has a row of its own, and none says when.
use std::collections::BTreeMap;

use jiff_sqlx::{Timestamp as Stored, ToSqlx};
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::{
    database::store::read,
    places::Gss,
    text::Slug,
    training::{
        BookingId, CohortId, Moment,
        after_letters::AFTER,
        evaluation::{Answers, VALUES},
    },
};

/// Whether the answers of whoever booked are in for that moment, by this booking or by another of theirs on the
/// same cohort: who cancels and books again is one person.
pub async fn has_answered(
    db: impl PgExecutor<'_>,
    booking: BookingId,
    moment: Moment,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from training_answered t
               join bookings answered on answered.id = t.booking_id
               join bookings this on this.id = $1
               where t.moment = $2 and (answered.id = this.id
                   or answered.cohort_id = this.cohort_id and answered.email = this.email)) as "is!""#,
        booking,
        moment.code()
    )
    .fetch_one(db)
    .await
}

/// From now on they are; `false` where they were before. The cohort's row must be locked.
pub async fn mark_answered(
    db: &mut PgConnection,
    booking: BookingId,
    moment: Moment,
) -> sqlx::Result<bool> {
    if has_answered(&mut *db, booking, moment).await? {
        return Ok(false);
    }
    let marked = sqlx::query!(
        "insert into training_answered (booking_id, moment) values ($1, $2) on conflict do nothing",
        booking,
        moment.code()
    );
    Ok(marked.execute(db).await?.rows_affected() == 1)
}

/// Counts answers to questions of the cohort's programme. The cohort's row must be locked. All cells are written
/// anew, so that the table does not say which of them were counted last.
pub async fn count(
    db: &mut PgConnection,
    (cohort, moment): (CohortId, Moment),
    answers: &[(Uuid, u8)],
) -> sqlx::Result<()> {
    let (questions, values): (Vec<Uuid>, Vec<i16>) =
        answers.iter().map(|(question, value)| (*question, i16::from(*value))).unzip();
    sqlx::query!(
        "insert into training_answers (cohort_id, question_id, moment, value, people)
         select c.id, q.id, $2, value, 0
         from cohorts c join training_questions q on q.programme_id = c.programme_id,
              generate_series(0, 10) value
         where c.id = $1
         on conflict do nothing",
        cohort,
        moment.code()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update training_answers t
         set people = people + (
             select count(*) from unnest($3::uuid[], $4::smallint[]) given(question, value)
             where given.question = t.question_id and given.value = t.value)
         where cohort_id = $1 and moment = $2",
        cohort,
        moment.code(),
        &questions,
        &values
    )
    .execute(&mut *db)
    .await?;
    Ok(())
}

/// Of every cohort that was held, with its tallies as they are; the newest first. What of it may be shown,
/// [`crate::training::evaluation::Figures`] says.
pub async fn all(db: &mut PgConnection) -> sqlx::Result<Vec<Answers>> {
    let rows = sqlx::query!(
        r#"select c.id, c.slug, c.title, c.programme_id,
                  array(select borough from cohort_boroughs b where b.cohort_id = c.id order by borough)
                      as "boroughs!: Vec<Gss>",
                  max(s.starts_at + make_interval(mins => s.minutes)) as "ended: Stored"
           from cohorts c join cohort_sessions s on s.cohort_id = c.id
           where c.state = 'held'
           group by c.id order by max(s.starts_at) desc, c.id"#
    );
    let mut all = Vec::new();
    for row in rows.fetch_all(&mut *db).await? {
        all.push(Answers {
            cohort: row.id,
            slug: read(Slug::try_from(row.slug))?,
            title: row.title,
            programme: row.programme_id,
            boroughs: row.boroughs,
            ended: read(row.ended.ok_or("a cohort without an end"))?.to_jiff(),
            tallies: BTreeMap::new(),
        });
    }
    let rows = sqlx::query!(
        "select cohort_id, question_id, moment, value, people from training_answers where people > 0"
    );
    for row in rows.fetch_all(&mut *db).await? {
        let Some(one) = all.iter_mut().find(|one| one.cohort == row.cohort_id) else { continue };
        let moment = read(Moment::parse(&row.moment).ok_or("an unknown moment"))?;
        let tally = one.tallies.entry((row.question_id, moment)).or_insert([0; VALUES]);
        let value = read(usize::try_from(row.value))?;
        tally[value.min(VALUES - 1)] = read(u32::try_from(row.people))?;
    }
    Ok(all)
}

/// Held cohorts of programmes with questions whose last session ended after `since`.
pub async fn to_ask(
    db: impl PgExecutor<'_>,
    since: jiff::Timestamp,
) -> sqlx::Result<Vec<CohortId>> {
    let ids = sqlx::query_scalar!(
        "select c.id from cohorts c
         where c.state = 'held'
           and exists (select from training_questions q where q.programme_id = c.programme_id)
           and (select max(s.starts_at + make_interval(mins => s.minutes)) from cohort_sessions s
                where s.cohort_id = c.id) > $1
         order by c.id",
        since.to_sqlx() as Stored
    );
    ids.fetch_all(db).await
}

/// Those of a cohort who had a place and were not written to after it.
pub async fn unasked(db: impl PgExecutor<'_>, cohort: CohortId) -> sqlx::Result<Vec<BookingId>> {
    let ids = sqlx::query_scalar!(
        "select b.id from bookings b
         where b.cohort_id = $1 and b.state = 'booked' and b.erased_at is null
           and not exists (select from outbox o where o.event = $2 || ':' || b.id)
         order by b.id",
        cohort,
        AFTER
    );
    ids.fetch_all(db).await
}

/// Whether a programme has questions.
pub async fn asks(db: impl PgExecutor<'_>, programme: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from training_questions where programme_id = $1) as "asks!""#,
        programme
    )
    .fetch_one(db)
    .await
}
