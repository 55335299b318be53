//! SQL for certificates.
use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff_sqlx::{Date as Day, ToSqlx};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::{
    calendar::civil_now,
    database::store::read,
    limits::{self, Key},
    text::Line,
    training::{
        BookingId, CohortId, FOR_CERTIFICATES,
        certificate::{Certificate, Number},
    },
};

/// What names on certificates are hashed with.
pub async fn key(db: impl PgExecutor<'_>) -> sqlx::Result<Key> {
    limits::store::key(db, "certificates").await
}

/// Keeps a new one.
pub async fn keep(db: impl PgExecutor<'_>, one: &Certificate, mark: &[u8; 32]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into certificates (number, booking_id, cohort_id, name, name_mark, modules, minutes, made_on,
                                   programme, module_count, titles, facilitators, first_on, last_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        one.number.as_str(),
        one.booking,
        one.cohort,
        one.name.as_ref().map(Line::as_str),
        &mark[..],
        small(one.titles.len())?,
        read(i32::try_from(one.minutes))?,
        one.made.to_sqlx() as Day,
        one.programme,
        small(one.of)?,
        &one.titles,
        &one.facilitators,
        one.first.to_sqlx() as Day,
        one.last.to_sqlx() as Day
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The name as it should have been.
pub async fn rename(
    db: impl PgExecutor<'_>,
    number: &Number,
    name: &Line<100>,
    mark: &[u8; 32],
) -> sqlx::Result<()> {
    sqlx::query!(
        "update certificates set name = $2, name_mark = $3 where number = $1 and name is not null",
        number.as_str(),
        name.as_str(),
        &mark[..]
    )
    .execute(db)
    .await
    .map(drop)
}

/// Those of a cohort who have one.
pub async fn holders(
    db: impl PgExecutor<'_>,
    cohort: CohortId,
) -> sqlx::Result<BTreeSet<BookingId>> {
    let rows =
        sqlx::query_scalar!("select booking_id from certificates where cohort_id = $1", cohort);
    Ok(rows.fetch_all(db).await?.into_iter().collect())
}

pub async fn of_booking(
    db: impl PgExecutor<'_>,
    booking: BookingId,
) -> sqlx::Result<Option<Certificate>> {
    Ok(found(db, Some(booking), None).await?.map(|(one, _)| one))
}

/// With the mark of its name, while that is kept.
pub async fn of_number(
    db: impl PgExecutor<'_>,
    number: &Number,
) -> sqlx::Result<Option<(Certificate, Option<Vec<u8>>)>> {
    found(db, None, Some(number)).await
}

/// Forgets the names of those who could fetch theirs for a year; the numbers can still be checked.
pub async fn forget(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<()> {
    let day = civil_now(now - FOR_CERTIFICATES).date();
    sqlx::query!(
        "update certificates set name = null, name_mark = null where name is not null and (made_on < $1 or exists (
             select from bookings b where b.id = booking_id and b.erased_at is not null))",
        day.to_sqlx() as Day
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn found(
    db: impl PgExecutor<'_>,
    booking: Option<Uuid>,
    number: Option<&Number>,
) -> sqlx::Result<Option<(Certificate, Option<Vec<u8>>)>> {
    let row = sqlx::query!(
        r#"select number, booking_id, cohort_id, name, name_mark, minutes, made_on as "made: Day", programme,
                  module_count, titles, facilitators, first_on as "first: Day", last_on as "last: Day"
           from certificates where booking_id = $1 or number = $2"#,
        booking,
        number.map(Number::as_str)
    );
    let row = row.fetch_optional(db).await?.map(|row| {
        let certificate = Certificate {
            number: read(Number::parse(&row.number).ok_or("a number of another kind"))?,
            booking: row.booking_id,
            cohort: row.cohort_id,
            name: row.name.map(Line::try_from).map(read).transpose()?,
            programme: row.programme,
            titles: row.titles,
            of: read(usize::try_from(row.module_count))?,
            minutes: read(u32::try_from(row.minutes))?,
            facilitators: row.facilitators,
            first: row.first.to_jiff(),
            last: row.last.to_jiff(),
            made: row.made.to_jiff(),
        };
        Ok((certificate, row.name_mark))
    });
    row.transpose()
}

fn small(many: usize) -> sqlx::Result<i16> {
    read(i16::try_from(many))
}
