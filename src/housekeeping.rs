//! Forgets, once a day, what is kept no longer: links, counts, drafts nobody confirmed, stories nobody agrees to, letters' words,
//! who reported, who booked, pictures nobody uses. Before a consent ends, it asks.
use std::{convert::Infallible, time::Duration};

use jiff::Timestamp;
use sqlx::PgPool;
use tokio::time::sleep;

use crate::{
    accounts, calendar::clock, desk, limits, link_workers, links, mail, mine, pictures::Pictures,
    reports, stories, submissions, training,
};

/// After a start, so that it does not stand in the way of the first visitors.
const FIRST: Duration = Duration::from_secs(60);
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// Runs for ever. Any number of programs may do so at once.
pub async fn daily(db: PgPool, pictures: Pictures) -> Infallible {
    sleep(FIRST).await;
    loop {
        if let Err(cause) = forget(&db, &pictures, clock()).await {
            tracing::warn!("What is out of date could not be forgotten: {cause}");
        }
        if let Err(cause) = stories::acts::ask_again(&db, clock()).await {
            tracing::warn!("Nobody could be asked whether they still agree: {cause}");
        }
        sleep(EVERY).await;
    }
}

/// Forgets what is out of date at `now`. Fails as the database does; what was done by then stays done.
pub async fn forget(db: &PgPool, pictures: &Pictures, now: Timestamp) -> sqlx::Result<()> {
    links::store::forget(db, now).await?;
    accounts::store::forget(db, now).await?;
    mine::store::forget(db, now).await?;
    limits::store::forget(db, now).await?;
    mail::store::forget(db, now).await?;
    desk::intake::store::forget(db, now).await?;
    reports::store::forget(db, now).await?;
    stories::store::ends::forget(db, now).await?;
    training::store::forget(&mut *db.acquire().await?, now).await?;
    let drafts = submissions::store::forget(db, now).await?;
    if drafts > 0 {
        tracing::info!("{drafts} drafts that nobody confirmed are gone");
    }
    link_workers::year::pass(db, pictures, now).await?;
    submissions::store::mailed::forget(db).await?;
    pictures.forget(db, now).await?;
    Ok(())
}
