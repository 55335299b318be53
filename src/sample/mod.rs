//! The sample directory, and invented offers in any number.
//!
//! The sample is three files in the import's own formats ([`providers::csv`], [`venues::csv`],
//! [`offers::csv`]), with one thing more: so that it is alive on any day, a date in it may be written from the day on which it is loaded, see [`crate::sample::with_dates`].
mod dates;
pub mod invented;
mod store;

use anyhow::{Result, bail};
use jiff::Timestamp;
use sqlx::{PgExecutor, PgPool};
use tokio::task::spawn_blocking;

use self::invented::Invented;
use crate::{
    calendar::civil_now,
    imports::{ImportOptions, Outcome, Run},
    offers::{
        self,
        store::{Author, Bulk},
    },
    providers,
    text::Line,
    venues,
};

pub use dates::with_dates;
pub use store::spots;

/// Any number would do; this one has always been.
pub const SEED: u64 = 0x00f1_6e57;
/// How many offers are copied at once.
const AT_ONCE: usize = 5_000;

const PROVIDERS: &str = include_str!("providers.csv");
const VENUES: &str = include_str!("venues.csv");
const OFFERS: &str = include_str!("offers.csv");

/// What `sample` should make.
#[derive(Clone, Debug, clap::Args)]
pub struct SampleOptions {
    /// Instead of the sample directory, make this many invented offers, to try the site under load.
    ///
    /// The same number always makes the same offers.
    #[arg(long, value_name = "N")]
    pub offers: Option<u32>,
}

/// Fills an empty database with the sample directory. `None` where it is not empty. Of several programs
/// that start at once, one loads it while the others wait.
pub async fn load(db: &PgPool, now: Timestamp) -> Result<Option<Outcome>> {
    let mut changes = db.begin().await?;
    if !store::begin(&mut changes, now).await? {
        return Ok(None);
    }
    let today = civil_now(now).date();
    let offers = with_dates(OFFERS, today)?;
    let options = ImportOptions::default();
    let mut run = Run::start((PROVIDERS.len() + VENUES.len() + offers.len()) as u64, &options);
    providers::csv::take_in(&mut run, &mut changes, "providers.csv", PROVIDERS.as_bytes()).await?;
    venues::csv::take_in(&mut run, &mut changes, "venues.csv", VENUES.as_bytes()).await?;
    offers::csv::take_in(&mut run, &mut changes, "offers.csv", offers.as_slice(), now).await?;
    let outcome = run.settle(changes).await?;
    if !outcome.refused.is_empty() {
        bail!("The sample directory has rows that are refused.\n{outcome}");
    }
    Ok(Some(outcome))
}

/// Adds so many invented offers, by COPY and in one transaction; `progress` is told how many are there.
pub async fn load_invented(
    db: &PgPool,
    offers: u32,
    now: Timestamp,
    mut progress: impl FnMut(usize),
) -> Result<()> {
    let mut changes = db.begin().await?;
    if !store::begin(&mut changes, now).await? {
        bail!("Invented offers are only put into an empty directory. Start one with --empty.");
    }
    let spots = store::spots(&mut changes).await?;
    let invented = Invented::new(&spots, offers, SEED, now);
    store::copy_providers(&mut changes, &invented.providers).await?;
    store::copy_venues(&mut changes, &invented.venues).await?;
    // The next offers are invented while the last ones are on their way.
    let mut next = spawn_blocking(move || some(invented, now));
    let mut made = 0;
    while let (bulk, rest, some_made) = next.await??
        && some_made > 0
    {
        next = spawn_blocking(move || some(rest, now));
        bulk.copy_in(&mut changes).await?;
        made += some_made;
        progress(made);
    }
    changes.commit().await?;
    Ok(store::analyse(db).await?)
}

/// Some more, ready to be sent; what makes the rest; and how many they are.
fn some(mut invented: Invented, now: Timestamp) -> Result<(Bulk, Invented, usize)> {
    let author = Author { by: Line::parse("sample")?, why: None };
    let offers: Vec<_> = invented.by_ref().take(AT_ONCE).map(|listed| listed.offer).collect();
    Ok((Bulk::of(&offers, &author, now), invented, offers.len()))
}

/// Whether what the site shows is a sample.
pub async fn is_sample(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    store::is_sample(db).await
}
