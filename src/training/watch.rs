//! What time brings: places are released, people are reminded, a cohort is over.
use std::{convert::Infallible, time::Duration};

use jiff::{SignedDuration, Timestamp};
use sqlx::{PgConnection, PgPool};
use tokio::time::sleep;

use super::{Cohort, acts, letters, store};
use crate::{calendar::clock, mail};

const FIRST: Duration = Duration::from_secs(20);
const EVERY: Duration = Duration::from_secs(5 * 60);
const A_DAY: SignedDuration = SignedDuration::from_hours(24);
const A_WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Runs for ever. Any number of programs may do so at once.
pub async fn keep_watch(db: PgPool) -> Infallible {
    sleep(FIRST).await;
    loop {
        if let Err(cause) = look(&db, clock()).await {
            tracing::warn!("Training was not looked after: {cause}");
        }
        sleep(EVERY).await;
    }
}

/// All that is due at `now`. Each cohort is a transaction of its own, and doing it twice does nothing more.
pub async fn look(db: &PgPool, now: Timestamp) -> sqlx::Result<()> {
    store::hold(db, now).await?;
    for id in store::alive(db).await? {
        acts::settle_one(db, id, now).await?;
        let mut tx = db.begin().await?;
        // Locked, so that nobody is reminded of a place that they give up at this moment.
        if let Some(cohort) = store::locked(&mut tx, id).await? {
            remind(&mut tx, &cohort, now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// A week before the first session, and a day before each: once each. Whoever booked later knows it already; a
/// date that moved is another one.
async fn remind(db: &mut PgConnection, cohort: &Cohort, now: Timestamp) -> sqlx::Result<()> {
    for (at, session) in cohort.sessions.iter().enumerate() {
        let ahead = session.starts.duration_since(now);
        let week = at == 0 && ahead > A_DAY && ahead <= A_WEEK;
        let day = ahead > SignedDuration::ZERO && ahead <= A_DAY;
        let (what, since) = match () {
            () if week => (letters::A_WEEK, session.starts - A_WEEK),
            () if day => (letters::A_DAY, session.starts - A_DAY),
            () => continue,
        };
        let of = letters::of_session(session);
        for booking in store::bookings::untold(&mut *db, cohort.id, (what, &of), since).await? {
            if let Some(letter) = letters::reminder(cohort, &booking, session, week) {
                mail::store::put(&mut *db, &letter, now).await?;
            }
        }
    }
    Ok(())
}
