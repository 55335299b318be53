//! What the end of a cohort brings: everybody who had a place is asked the questions once more.
use jiff::Timestamp;
use sqlx::PgPool;

use super::{after_letters, evaluation::OPEN_AFTER, store};
use crate::mail;

/// All that is due at `now`. Each cohort is a transaction of its own, and doing it twice does nothing more.
pub async fn look(db: &PgPool, now: Timestamp) -> sqlx::Result<()> {
    for id in store::evaluation::to_ask(db, now - OPEN_AFTER).await? {
        let mut tx = db.begin().await?;
        if let Some(cohort) = store::locked(&mut tx, id).await? {
            for booking in store::evaluation::unasked(&mut *tx, id).await? {
                let booking = store::bookings::booking(&mut *tx, booking).await?;
                let letter = booking.and_then(|booking| after_letters::after(&cohort, &booking));
                if let Some(letter) = letter {
                    mail::store::put(&mut *tx, &letter, now).await?;
                }
            }
        }
        tx.commit().await?;
    }
    Ok(())
}
