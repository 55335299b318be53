//! How often offers are opened and their contact is shown: a number for each day, and nobody's name.
pub mod store;

use std::{
    collections::HashMap,
    convert::Infallible,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::civil::Date;
use sqlx::PgPool;
use tokio::time::sleep;
use uuid::Uuid;

/// What was counted is written so often; a program that dies loses no more than that.
const EVERY: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub opened: u32,
    /// Its contact was shown.
    pub contact: u32,
}

/// Counts in memory, so that an opened page costs no write to the database. Clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Openings(Arc<Mutex<HashMap<(Uuid, Date), Counted>>>);

impl Openings {
    /// The page of an offer was opened, on this day in London.
    pub fn opened(&self, offer: Uuid, on: Date) {
        self.counted().entry((offer, on)).or_default().opened += 1;
    }

    /// Its contact came into view there, or was used.
    pub fn contact(&self, offer: Uuid, on: Date) {
        self.counted().entry((offer, on)).or_default().contact += 1;
    }

    /// Adds what was counted to what the database has. Where that fails, it is kept for next time.
    pub async fn write(&self, db: &PgPool) -> sqlx::Result<()> {
        let counted = mem::take(&mut *self.counted());
        if counted.is_empty() {
            return Ok(());
        }
        let written = store::add(db, &counted).await;
        if written.is_err() {
            let mut kept = self.counted();
            for (key, lost) in counted {
                let again = kept.entry(key).or_default();
                again.opened += lost.opened;
                again.contact += lost.contact;
            }
        }
        written
    }

    /// Writes again and again, for ever. Any number of programs may do so at once.
    pub async fn keep(self, db: PgPool) -> Infallible {
        loop {
            sleep(EVERY).await;
            if let Err(cause) = self.write(&db).await {
                tracing::warn!("What was opened could not be written down: {cause}");
            }
        }
    }

    fn counted(&self) -> MutexGuard<'_, HashMap<(Uuid, Date), Counted>> {
        // Numbers are whole at any moment, so one who panicked has left nothing half-done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
