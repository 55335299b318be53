//! SQL for who came to which session.
use std::collections::BTreeSet;

use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::training::{Booking, BookingId, CohortId};

/// At which revision, and who came to which session.
pub async fn noted(
    db: &mut PgConnection,
    cohort: CohortId,
) -> sqlx::Result<(i32, BTreeSet<(BookingId, Uuid)>)> {
    let revision =
        sqlx::query_scalar!("select attendance_revision from cohorts where id = $1", cohort);
    let revision = revision.fetch_one(&mut *db).await?;
    let rows = sqlx::query!(
        "select a.booking_id, a.session_id from attendance a
         join cohort_sessions s on s.id = a.session_id where s.cohort_id = $1",
        cohort
    );
    let rows = rows.fetch_all(&mut *db).await?.into_iter();
    Ok((revision, rows.map(|row| (row.booking_id, row.session_id)).collect()))
}

/// Whether somebody came to a session at least; `None` where nothing is noted of their cohort.
pub async fn came(db: impl PgExecutor<'_>, booking: &Booking) -> sqlx::Result<Option<bool>> {
    let row = sqlx::query!(
        r#"select exists (select from attendance where booking_id = $1) as "came!",
                  exists (select from attendance a join cohort_sessions s on s.id = a.session_id
                          where s.cohort_id = $2) as "noted!""#,
        booking.id,
        booking.cohort
    );
    let row = row.fetch_one(db).await?;
    Ok(row.noted.then_some(row.came))
}

/// Whether nobody has noted anything since this revision; it is over now.
pub async fn begin(db: impl PgExecutor<'_>, cohort: CohortId, revision: i32) -> sqlx::Result<bool> {
    let begun = sqlx::query!(
        "update cohorts set attendance_revision = attendance_revision + 1
         where id = $1 and attendance_revision = $2",
        cohort,
        revision
    );
    Ok(begun.execute(db).await?.rows_affected() == 1)
}

/// These came to these sessions, of all who have a place and a name; of sessions of other cohorts, nothing.
pub async fn replace(
    db: &mut PgConnection,
    cohort: CohortId,
    sessions: &[Uuid],
    came: &[&(BookingId, Uuid)],
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from attendance a using bookings b
         where b.id = a.booking_id and b.cohort_id = $1 and b.erased_at is null and a.session_id = any($2)",
        cohort,
        sessions
    )
    .execute(&mut *db)
    .await?;
    let (people, at): (Vec<Uuid>, Vec<Uuid>) = came.iter().copied().copied().unzip();
    sqlx::query!(
        "insert into attendance (booking_id, session_id)
         select b.id, s.id from unnest($2::uuid[], $3::uuid[]) as t(booking, session)
         join bookings b on b.id = t.booking and b.cohort_id = $1 and b.state = 'booked' and b.erased_at is null
         join cohort_sessions s on s.id = t.session and s.cohort_id = $1
         on conflict do nothing",
        cohort,
        &people,
        &at
    )
    .execute(&mut *db)
    .await?;
    Ok(())
}
