//! SQL for forgetting who booked, wherever it is kept.
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::{Connection, PgConnection};

use super::certificates;
use crate::{
    links::{self, Purpose},
    mail,
    training::{BookingId, FOR_ATTENDANCE, FOR_CERTIFICATES, FOR_CONFIRMING},
};

/// Forgets who did not confirm, what people needed on the day, and in the end who they were: see
/// [`FOR_CERTIFICATES`] and [`FOR_ATTENDANCE`]. All of it at once or nothing.
pub async fn forget(db: &mut PgConnection, now: Timestamp) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    let ago = |time: SignedDuration| (now - time).to_sqlx();
    let mut gone = sqlx::query_scalar!(
        "delete from bookings where state = 'unconfirmed' and asked_at < $1 returning id",
        ago(FOR_CONFIRMING) as jiff_sqlx::Timestamp
    )
    .fetch_all(&mut *tx)
    .await?;
    sqlx::query!(
        "update bookings b set access_needs = null
         where access_needs is not null and (
             state = 'cancelled' or exists (select from cohorts c where c.id = b.cohort_id and c.state = 'cancelled')
             or (select max(starts_at + make_interval(mins => minutes)) from cohort_sessions s
                 where s.cohort_id = b.cohort_id) < $1)",
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(&mut *tx)
    .await?;
    let erased = sqlx::query_scalar!(
        "update bookings b set name = null, email = null, organisation = null, role = null,
                access_needs = null, erased_at = $1
         from (select c.id, coalesce(max(s.starts_at + make_interval(mins => s.minutes)), c.state_since) as ends
               from cohorts c left join cohort_sessions s on s.cohort_id = c.id group by c.id) c
         where c.id = b.cohort_id and b.erased_at is null and (
             c.ends < $2 or c.ends < $3 and not exists (select from attendance a where a.booking_id = b.id))
         returning b.id",
        now.to_sqlx() as jiff_sqlx::Timestamp,
        ago(FOR_CERTIFICATES) as jiff_sqlx::Timestamp,
        ago(FOR_ATTENDANCE) as jiff_sqlx::Timestamp
    )
    .fetch_all(&mut *tx)
    .await?;
    gone.extend(erased);
    erase(&mut tx, &gone, now).await?;
    certificates::forget(&mut *tx, now).await?;
    tx.commit().await
}

/// The letters of these bookings, and the links in them, with every address; and what else leads to them.
async fn erase(db: &mut PgConnection, gone: &[BookingId], now: Timestamp) -> sqlx::Result<()> {
    // Letters first: one that is just taken gets its link in that transaction, and is waited for here.
    mail::store::erase(&mut *db, Purpose::Booking, gone, now).await?;
    links::store::erase(&mut *db, Purpose::Booking, gone).await?;
    // What a page says of somebody stays, and leads no further; what nobody has checked by now, nobody can.
    sqlx::query!(
        "with erased as (select id from bookings where erased_at is not null),
              unchecked as (
                  delete from training_shown where state = 'asked' and booking_id in (select id from erased)
              )
         update training_shown set booking_id = null
         where state <> 'asked' and booking_id in (select id from erased)"
    )
    .execute(db)
    .await
    .map(drop)
}
