//! Empties the outbox: woken by a notice or a timer, on as many machines at once as there are.
//!
//! No sender of mail can promise *exactly once*: between a server's "accepted" and our own note of it, one of
//! the two may die. What is promised, and how:
//!
//! - **Nothing is lost.** A letter is in the transaction of what it tells, and stays until a server has
//!   accepted it or it is visibly dead.
//! - **Taken by one.** Whoever takes a letter moves its next try on, and commits that before it connects. Its
//!   link is committed with it, so that a link that went out works whatever happens after.
//! - **Handed over by one.** All is said to the server but the letter itself before this is noted, and a note
//!   fails where somebody else has taken the letter by then. Until that note, a killed program, a refusal or a
//!   lost connection have sent nothing, and trying again sends once.
//! - **One window is left**: from the first byte of the letter to the commit after the server's answer. A
//!   letter without an answer is tried again, as RFC 5321 (3.8) has it: an artist who waits in vain for a link
//!   has lost more than one who gets it twice. It waits until no answer can come any more, carries the same
//!   Message-ID and Date, by which mailboxes see that it is one letter, and is given up when it was handed over
//!   [`MOST_UNANSWERED`] times without an answer.
use std::{future::Future, pin::pin, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use sqlx::{PgPool, postgres::PgListener};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use super::{
    Failure, Taken,
    post::{Delivered, Post, without_addresses},
    smtp::{ANSWERS_WITHIN, BEGINS_WITHIN},
    store, wait_after,
};
use crate::{calendar::clock, text::Line};

/// A notice only wakes up; if none comes, or a letter is to be tried again, this does.
const AT_LEAST: Duration = Duration::from_secs(15);
/// After the database was not there.
const AGAIN: Duration = Duration::from_secs(1);
/// So many letters at once.
const HANDS: usize = 4;
/// Longer than what may happen meanwhile.
const SPARE: Duration = Duration::from_secs(30);
/// Letters in hand when the program is asked to stop may take this long.
const FINISH_WITHIN: Duration = Duration::from_secs(15);
/// A server that takes letters and never says so gets no more of the same one.
pub const MOST_UNANSWERED: u16 = 3;

/// One who empties the outbox.
pub struct Postman {
    db: PgPool,
    post: Post,
}

impl Postman {
    pub fn new(db: PgPool, post: Post) -> Self {
        Self { db, post }
    }

    /// Runs until `stop` is done, then finishes the letters in hand.
    pub async fn run(self: Arc<Self>, stop: impl Future<Output = ()>) {
        if let Some(folder) = self.post.folder() {
            tracing::info!(
                "No mail server is named in FINGERPOST_SMTP: letters are written to {}",
                folder.display()
            );
        }
        let mut stop = pin!(stop);
        let mut hands = JoinSet::new();
        loop {
            let Err(cause) = self.listen(&mut hands, stop.as_mut()).await else { break };
            tracing::warn!("The outbox waits for the database: {cause}");
            tokio::select! {
                () = sleep(AGAIN) => {}
                () = &mut stop => break,
            }
        }
        let finished = async { while hands.join_next().await.is_some() {} };
        if timeout(FINISH_WITHIN, finished).await.is_err() {
            tracing::warn!("Some letters were not finished in time; they are tried again later");
        }
    }

    /// Takes the letter that is due longest and sends it. `false` when none is due.
    pub async fn one(&self, now: Timestamp) -> sqlx::Result<bool> {
        self.remove_erased().await?;
        let taken = self.take(now).await?;
        if let Some(taken) = &taken {
            self.deliver(taken, now).await;
        }
        Ok(taken.is_some())
    }

    /// Ends well when told to stop.
    async fn listen(
        self: &Arc<Self>,
        hands: &mut JoinSet<()>,
        mut stop: std::pin::Pin<&mut impl Future<Output = ()>>,
    ) -> sqlx::Result<()> {
        let connected = async {
            let mut notices = PgListener::connect_with(&self.db).await?;
            notices.listen("outbox").await?;
            Ok::<_, sqlx::Error>(notices)
        };
        let mut notices = tokio::select! {
            notices = connected => notices?,
            () = &mut stop => return Ok(()),
        };
        loop {
            self.remove_erased().await?;
            // Never broken off by `stop`: what is taken is also sent.
            while hands.len() < HANDS {
                let now = clock();
                let Some(taken) = self.take(now).await? else { break };
                let this = self.clone();
                hands.spawn(async move { this.deliver(&taken, now).await });
            }
            tokio::select! {
                () = &mut stop => return Ok(()),
                Some(_) = hands.join_next() => {}
                notice = timeout(AT_LEAST, notices.try_recv()) => {
                    if let Ok(Err(cause)) = notice {
                        return Err(cause);
                    }
                    while notices.next_buffered().is_some() {}
                }
            }
        }
    }

    /// Of letters that were erased, the files too.
    async fn remove_erased(&self) -> sqlx::Result<()> {
        let erased = store::erased(&self.db).await?;
        if let Err(cause) = self.post.remove(&erased).await {
            tracing::error!("The file of a letter that was erased could not be removed: {cause}");
        }
        Ok(())
    }

    async fn take(&self, now: Timestamp) -> sqlx::Result<Option<Taken>> {
        let mut db = self.db.begin().await?;
        let taken = store::take(&mut db, now, later(now, BEGINS_WITHIN + SPARE)).await?;
        db.commit().await?;
        Ok(taken)
    }

    /// Sends a letter and notes what became of it.
    async fn deliver(&self, taken: &Taken, taken_at: Timestamp) {
        let since = Instant::now();
        let now = || later(taken_at, since.elapsed());
        let may = async || {
            let until = later(now(), ANSWERS_WITHIN + SPARE);
            store::hand_over(&self.db, taken, until).await.unwrap_or_else(|cause| {
                tracing::warn!("A letter could not be noted as handed over: {cause}");
                false
            })
        };
        let outcome = self.post.send(taken, may).await;
        if matches!(outcome, Err(Failure::Lost)) {
            tracing::warn!(
                event = taken.letter.event,
                "A letter was not handed over: it is left to whoever takes it next"
            );
            return;
        }
        // An answer that is not noted is an answer that did not come, so the database is asked for as long as
        // nobody else may take the letter.
        while let Err(cause) = self.note(taken, &outcome, now()).await {
            tracing::warn!("What became of a letter could not be noted: {cause}");
            if since.elapsed() > ANSWERS_WITHIN {
                break;
            }
            sleep(AGAIN).await;
        }
    }

    async fn note(
        &self,
        taken: &Taken,
        outcome: &Result<Delivered, Failure>,
        now: Timestamp,
    ) -> sqlx::Result<()> {
        let event = &taken.letter.event;
        let failure = match outcome {
            Ok(delivered) => {
                store::sent(&self.db, taken, now).await?;
                if let Delivered::Written(_) = delivered
                    && !store::is_there(&self.db, taken.id).await?
                {
                    // It was erased while it was written.
                    self.post.remove(&[taken.id]).await?;
                    return Ok(());
                }
                match delivered {
                    Delivered::Accepted => tracing::info!(event, "A letter was sent"),
                    Delivered::Written(file) => {
                        tracing::info!(event, "A letter was written to {}", file.display());
                    }
                }
                return Ok(());
            }
            Err(failure) => failure,
        };
        let (words, answered, again) = match failure {
            Failure::Later(words) => (words.as_str(), false, true),
            Failure::Never(words) => (words.as_str(), false, false),
            Failure::Refused { words, again } => (words.as_str(), true, *again),
            Failure::Unanswered(words) => {
                let times = store::unanswered(&self.db, taken.id).await?;
                (words.as_str(), false, times < MOST_UNANSWERED)
            }
            Failure::Lost => return Ok(()),
        };
        let trouble = without_addresses(words, &taken.letter.to).unwrap_or_else(unsaid);
        let wait = wait_after(taken.tried).filter(|_| again);
        let next = wait.and_then(|wait| now.checked_add(wait).ok());
        store::failed(&self.db, taken, &trouble, answered, next, now).await?;
        match wait {
            Some(wait) => tracing::warn!(
                event,
                "A letter could not be sent: {trouble}. It is tried again in {} min",
                wait.as_mins()
            ),
            None => {
                tracing::error!(event, "A letter was given up: {trouble}. See: fingerpost mail")
            }
        }
        Ok(())
    }
}

fn unsaid() -> Line<300> {
    Line::parse("No reason was given").expect("these words are a line")
}

fn later(now: Timestamp, wait: Duration) -> Timestamp {
    SignedDuration::try_from(wait).ok().and_then(|wait| now.checked_add(wait).ok()).unwrap_or(now)
}
