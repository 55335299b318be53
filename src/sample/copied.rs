//! Invented offers on their way into the database, on several connections at once.
use std::num::NonZero;

use anyhow::Result;
use futures_util::future::try_join_all;
use jiff::Timestamp;
use sqlx::{PgPool, Postgres, Transaction};
use tokio::{
    sync::{
        Mutex,
        mpsc::{self, Receiver},
    },
    task::spawn_blocking,
};

use super::{invented::Invented, store};
use crate::{
    offers::{
        Offer, Published,
        store::{Author, Bulk},
    },
    text::Line,
};

/// How many offers are copied at once on one connection; all of it is held in memory.
const AT_ONCE: usize = 2_000;

type Chunk = Vec<Offer<Published>>;

/// As many connections as there are processors, each with a transaction of its own. None is committed
/// before all have brought their offers and the database has found them whole.
pub async fn all(
    db: &PgPool,
    mut invented: Invented,
    now: Timestamp,
    progress: impl FnMut(usize),
) -> Result<()> {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let room = usize::try_from(db.options().get_max_connections()).unwrap_or(1);
    let (sender, arriving) = mpsc::channel::<Chunk>(1);
    let arriving = Mutex::new(arriving);
    let made = std::sync::Mutex::new((0, progress));
    let copying = (0..threads.min(room)).map(|_| {
        copy(db, &arriving, now, |some| {
            if let Ok(mut made) = made.lock() {
                made.0 += some;
                let all = made.0;
                (made.1)(all);
            }
        })
    });
    // Invented one after the other, since chance must fall the same way each time.
    let inventing = spawn_blocking(move || {
        loop {
            let some: Chunk = invented.by_ref().take(AT_ONCE).map(|listed| listed.offer).collect();
            if some.is_empty() || sender.blocking_send(some).is_err() {
                return;
            }
        }
    });
    let copied = try_join_all(copying).await;
    // Nobody listens to it any more.
    drop(arriving);
    inventing.await?;
    for changes in copied? {
        changes.commit().await?;
    }
    Ok(())
}

/// Until no more arrive.
async fn copy(
    db: &PgPool,
    arriving: &Mutex<Receiver<Chunk>>,
    now: Timestamp,
    copied: impl Fn(usize),
) -> Result<Transaction<'static, Postgres>> {
    let mut changes = db.begin().await?;
    loop {
        let some = arriving.lock().await.recv().await;
        let Some(offers) = some else { break };
        let many = offers.len();
        let author = Author { by: Line::parse("sample")?, why: None };
        let bulk = spawn_blocking(move || Bulk::of(&offers, &author, now)).await?;
        bulk.copy_in(&mut changes).await?;
        copied(many);
    }
    store::check_now(&mut *changes).await?;
    Ok(changes)
}
