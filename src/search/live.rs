//! The catalogue that everybody reads, replaced as a whole while they do.
use std::sync::Arc;

use arc_swap::ArcSwap;
use futures_util::TryStreamExt;
use jiff::civil::DateTime;
use sqlx::PgPool;
use tokio::{
    sync::{Mutex, mpsc},
    task,
};

use super::{Catalogue, CatalogueBuilder};
use crate::{
    offers::{
        Listed,
        store::{self, Mark},
    },
    places::Places,
};

/// How many offers may be on their way from the database to the builder.
const IN_FLIGHT: usize = 256;

/// Reading it waits for nobody; those who change it wait for one another.
pub struct Live {
    current: ArcSwap<Catalogue>,
    /// What of the database is in it.
    seen: Mutex<Mark>,
    db: PgPool,
}

impl Live {
    /// Without any offer yet: [`Live::reload`] reads what is published. Fails as the database does.
    pub async fn opened(db: &PgPool, places: Arc<Places>, now: DateTime) -> sqlx::Result<Self> {
        Ok(Self {
            current: ArcSwap::from_pointee(CatalogueBuilder::new(now).finish(places)),
            seen: Mutex::new(store::mark(db).await?),
            db: db.clone(),
        })
    }

    /// For the length of one request, so that it sees one state of the world.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.current.load_full()
    }

    /// Afterwards everything is in it that was committed before. Whoever made a change waits for this, and
    /// sees it on the next page. Fails as the database does, and then nothing is lost: the next one to
    /// ask gets it.
    pub async fn catch_up(&self) -> sqlx::Result<()> {
        let mut seen = self.seen.lock().await;
        let mut db = self.db.acquire().await?;
        let (changes, mark) = store::changed_since(&mut db, &seen).await?;
        if !changes.is_empty() {
            let current = self.current.load_full();
            self.current.store(Arc::new(off_the_runtime(move || current.with(changes)).await));
        }
        *seen = mark;
        Ok(())
    }

    /// Reads everything anew: at the start, on a new day, and when changes have made the small segment large. Searches
    /// and changes go on meanwhile.
    pub async fn reload(&self, now: DateTime) -> sqlx::Result<()> {
        let mark = store::mark(&self.db).await?;
        let places = self.current.load().places().clone();
        let fresh = read(&self.db, places, now).await?;
        let mut seen = self.seen.lock().await;
        let mut db = self.db.acquire().await?;
        let (changes, mark) = store::changed_since(&mut db, &mark).await?;
        // The gazetteer may have been replaced in the meantime.
        let places = self.current.load().places().clone();
        let fresh = off_the_runtime(move || fresh.with_places(places).with(changes)).await;
        self.current.store(Arc::new(fresh));
        *seen = mark;
        Ok(())
    }

    /// From now on places are looked up there.
    pub async fn replace_places(&self, places: Arc<Places>) {
        let _seen = self.seen.lock().await;
        let current = self.current.load_full();
        self.current.store(Arc::new(current.with_places(places)));
    }

    pub(super) fn db(&self) -> &PgPool {
        &self.db
    }
}

async fn read(db: &PgPool, places: Arc<Places>, now: DateTime) -> sqlx::Result<Catalogue> {
    let (sender, mut arriving) = mpsc::channel::<Listed>(IN_FLIGHT);
    let built = task::spawn_blocking(move || {
        let mut builder = CatalogueBuilder::new(now);
        while let Some(listed) = arriving.blocking_recv() {
            builder.add(&listed);
        }
        builder.finish(places)
    });
    let sent = store::listed(db)
        .try_for_each(|listed| {
            let sender = &sender;
            async move {
                // The builder only stops listening if it panics, which is told below.
                let _ = sender.send(listed).await;
                Ok(())
            }
        })
        .await;
    drop(sender);
    let catalogue = joined(built.await);
    sent.map(|()| catalogue)
}

async fn off_the_runtime(build: impl FnOnce() -> Catalogue + Send + 'static) -> Catalogue {
    joined(task::spawn_blocking(build).await)
}

/// A panic there is a panic here.
fn joined<T>(result: Result<T, task::JoinError>) -> T {
    result.unwrap_or_else(|stopped| match stopped.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(stopped) => panic!("the runtime stopped while the catalogue was built: {stopped}"),
    })
}
