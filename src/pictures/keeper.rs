//! Where pictures are taken in and kept: in Postgres, or as files in a folder while their rows stand in Postgres.
use std::{io, num::NonZero, path::Path, sync::Arc, thread::available_parallelism};

use jiff::{SignedDuration, Timestamp};
use sqlx::{PgConnection, PgPool};
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::{Encoded, Picture, PictureId, Refused, Size, encode, folder::Folder, store};

/// A picture that nothing names goes after this; somebody may still be writing until then.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Clones share one limit: as many pictures at once as there are processors.
#[derive(Clone, Debug)]
pub struct Pictures {
    folder: Option<Arc<Folder>>,
    free: Arc<Semaphore>,
}

impl Pictures {
    pub fn in_postgres() -> Self {
        Self::new(None)
    }

    /// The folder is made when it is missing. Those that are in Postgres by now stay there and are found.
    pub fn in_folder(path: &Path) -> io::Result<Self> {
        Ok(Self::new(Some(Arc::new(Folder::open(path)?))))
    }

    fn new(folder: Option<Arc<Folder>>) -> Self {
        let processors = available_parallelism().map_or(1, NonZero::get);
        Self { folder, free: Arc::new(Semaphore::new(processors)) }
    }

    /// Checks a file, makes its sizes and keeps them. The inner error is for whoever sent it. Fails as the
    /// database and the folder do.
    pub async fn take_in(
        &self,
        db: &PgPool,
        file: Vec<u8>,
        now: Timestamp,
    ) -> sqlx::Result<Result<Picture, Refused>> {
        let made = {
            // The semaphore is never closed.
            let _turn = self.free.acquire().await.map_err(io::Error::other)?;
            apart(move || encode(&file)).await?
        };
        let encoded = match made {
            Ok(encoded) => encoded,
            Err(refused) => return Ok(Err(refused)),
        };
        let Encoded { width, height, .. } = encoded;
        let picture = Picture { id: PictureId::now_v7(), width, height };
        match self.folder.clone() {
            // Files first: a row promises them.
            Some(folder) => {
                apart(move || folder.write(picture.id, &encoded)).await??;
                store::insert(db, &picture, &[], now).await?;
            }
            None => store::insert(db, &picture, &encoded.files, now).await?,
        }
        Ok(Ok(picture))
    }

    /// One size as WebP, wherever it is kept; whoever asks has looked whether it may be seen.
    pub async fn file(
        &self,
        db: &PgPool,
        id: PictureId,
        size: Size,
    ) -> sqlx::Result<Option<Vec<u8>>> {
        if let Some(bytes) = store::file(db, id, size).await? {
            return Ok(Some(bytes));
        }
        match self.folder.clone() {
            Some(folder) => Ok(apart(move || folder.read(id, size)).await??),
            None => Ok(None),
        }
    }

    /// Erases pictures at once: files first, since they do not come back with a transaction, then rows.
    pub async fn erase(&self, db: &mut PgConnection, ids: &[PictureId]) -> sqlx::Result<()> {
        if let Some(folder) = self.folder.clone() {
            let ids = ids.to_owned();
            apart(move || ids.into_iter().try_for_each(|id| folder.remove(id))).await??;
        }
        store::erase(db, ids).await
    }

    /// Forgets what nothing names any more: rows, and then every file of ours that has no row. Gives how many
    /// rows went.
    pub async fn forget(&self, db: &PgPool, now: Timestamp) -> sqlx::Result<u64> {
        let before = now - FORGOTTEN_AFTER;
        let gone = store::forget(db, before).await?;
        if let Some(folder) = self.folder.clone() {
            let looked_in = folder.clone();
            let old = apart(move || looked_in.older(before)).await??;
            let lost = store::unknown(db, &old).await?;
            apart(move || lost.into_iter().try_for_each(|id| folder.remove(id))).await??;
        }
        Ok(gone)
    }
}

/// On a thread that may wait.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)
}
