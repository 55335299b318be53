//! The catalogue that everybody reads, replaced as a whole while they do.
use std::{num::NonZero, sync::Arc};

use arc_swap::ArcSwap;
use futures_util::{FutureExt, TryStreamExt};
use jiff::civil::DateTime;
use sqlx::PgPool;
use tokio::{sync::Mutex, task};

use super::{Catalogue, CatalogueBuilder};
use crate::{
    offers::{
        Listed,
        store::{self, Mark},
    },
    places::Places,
};

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

/// Some offers at a time, on as many threads as there are processors, put together in the order of the
/// database: so it is the same however many threads there are.
async fn read(db: &PgPool, places: Arc<Places>, now: DateTime) -> sqlx::Result<Catalogue> {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let part = move |some: Vec<Listed>| {
        off_the_runtime(move || {
            let mut part = CatalogueBuilder::new(now);
            some.iter().for_each(|listed| part.add(listed));
            part
        })
    };
    let whole = store::listed(db)
        .map_ok(move |some| part(some).map(Ok))
        .try_buffered(threads)
        .try_fold(CatalogueBuilder::new(now), |mut whole, part| async move {
            let longer = move || {
                whole.append(part);
                whole
            };
            Ok(off_the_runtime(longer).await)
        })
        .await?;
    Ok(off_the_runtime(move || whole.finish(places)).await)
}

async fn off_the_runtime<T: Send + 'static>(build: impl FnOnce() -> T + Send + 'static) -> T {
    joined(task::spawn_blocking(build).await)
}

/// A panic there is a panic here.
fn joined<T>(result: Result<T, task::JoinError>) -> T {
    result.unwrap_or_else(|stopped| match stopped.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(stopped) => panic!("the runtime stopped while the catalogue was built: {stopped}"),
    })
}
