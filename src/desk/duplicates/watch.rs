//! Looks for duplicates in the background, whenever an offer has changed.
use std::{convert::Infallible, time::Duration};

use sqlx::PgPool;
use tokio::time::sleep;

use super::{store, suspects};

/// After a start, so that it does not stand in the way of the first visitors.
const FIRST: Duration = Duration::from_secs(5);
const EVERY: Duration = Duration::from_secs(60);
/// More than so many nobody looks through.
const MOST: usize = 5_000;

/// Runs for ever. Any number of programs may do so at once: one of them looks.
pub async fn keep_watch(db: PgPool) -> Infallible {
    sleep(FIRST).await;
    loop {
        if let Err(cause) = look(&db).await {
            tracing::warn!("Duplicates could not be looked for: {cause}");
        }
        sleep(EVERY).await;
    }
}

/// Looks at all live offers if one has changed since the last time. `false` where none has, or somebody else looks.
pub async fn look(db: &PgPool) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    if !store::begin_to_look(&mut tx).await? {
        return Ok(false);
    }
    let facts = store::facts(&mut tx).await?;
    let compare = move || suspects(&facts);
    // It takes seconds of thinking, which must not keep visitors waiting.
    let found = tokio::task::spawn_blocking(compare).await;
    let mut found = found.map_err(|stopped| sqlx::Error::Io(std::io::Error::other(stopped)))?;
    found.truncate(MOST);
    store::keep(&mut tx, &found).await?;
    tx.commit().await?;
    Ok(true)
}
