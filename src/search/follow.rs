//! Follows the database: what changes there is soon in the catalogue, whatever happens on the way.
use std::{convert::Infallible, sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use jiff::civil::DateTime;
use sqlx::postgres::PgListener;
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};

use super::Live;
use crate::calendar::{civil_now, clock};

/// A notice only wakes up; if none comes, or one is lost, this does.
const AT_LEAST: Duration = Duration::from_secs(30);
/// After the database was not there.
const AGAIN: Duration = Duration::from_secs(1);
/// So many changes make the small segment large: it is folded in.
const MANY: usize = 500;
/// Fewer are folded in when nothing has changed for so long.
const QUIET: Duration = Duration::from_secs(300);

/// Runs for ever. On each notice, on each new connection and on a timer it reads what has changed since it
/// last did, so no notice is needed for anything but speed. `others` is called, too, when a notice comes on
/// `words` or `places` and on each new connection: for everyday words and the gazetteer.
pub async fn follow(
    live: Arc<Live>,
    others: impl Fn() -> BoxFuture<'static, sqlx::Result<()>>,
) -> Infallible {
    let mut folding = Folding::default();
    loop {
        if let Err(cause) = listen(&live, &mut folding, &others).await {
            tracing::warn!("The catalogue waits for the database: {cause}");
            sleep(AGAIN).await;
        }
    }
}

async fn listen(
    live: &Arc<Live>,
    folding: &mut Folding,
    others: &impl Fn() -> BoxFuture<'static, sqlx::Result<()>>,
) -> sqlx::Result<()> {
    let mut notices = PgListener::connect_with(live.db()).await?;
    notices.listen_all(["catalogue", "words", "places"]).await?;
    let mut look_at_others = true;
    loop {
        if std::mem::take(&mut look_at_others) {
            others().await?;
        }
        live.catch_up().await?;
        folding.look(live);
        match timeout(AT_LEAST, notices.try_recv()).await {
            Ok(Ok(Some(notice))) => {
                look_at_others |= notice.channel() != "catalogue";
                // One look answers all that came in the meantime.
                while let Some(another) = notices.next_buffered() {
                    look_at_others |= another.channel() != "catalogue";
                }
            }
            // The connection was lost, and with it perhaps notices; the next call makes another.
            Ok(Ok(None)) => look_at_others = true,
            Ok(Err(cause)) => return Err(cause),
            Err(_elapsed) => {}
        }
    }
}

/// Reading everything anew beside the following: one at a time.
#[derive(Default)]
struct Folding {
    running: Option<JoinHandle<()>>,
    /// How many changes there were when that last grew, and when.
    last: Option<(usize, Instant)>,
}

impl Folding {
    fn look(&mut self, live: &Arc<Live>) {
        if self.running.as_ref().is_some_and(|running| !running.is_finished()) {
            return;
        }
        let catalogue = live.catalogue();
        let now = london();
        let changed = catalogue.changed();
        let since = match self.last {
            Some((count, since)) if count == changed => since,
            _ => self.last.insert((changed, Instant::now())).1,
        };
        let quiet = changed > 0 && since.elapsed() > QUIET;
        if changed > MANY || quiet || catalogue.built_for() != now.date() {
            let live = live.clone();
            self.running = Some(tokio::spawn(async move {
                if let Err(cause) = live.reload(now).await {
                    tracing::warn!("The catalogue was not read anew: {cause}");
                }
            }));
        }
    }
}

fn london() -> DateTime {
    civil_now(clock())
}
