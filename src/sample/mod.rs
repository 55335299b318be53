//! The sample directory, and invented offers in any number.
//!
//! The sample is three files in the import's own formats ([`providers::csv`], [`venues::csv`],
//! [`offers::csv`]), with one thing more: so that it is alive on any day, a date in it may be written from the day on which it is loaded, see [`crate::sample::with_dates`].
mod cohorts;
mod copied;
mod dates;
mod held;
pub mod invented;
mod store;

use anyhow::{Result, bail};
use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor, PgPool};

use self::invented::Invented;
use crate::{
    calendar::civil_now,
    imports::{ImportOptions, Outcome, Run},
    link_workers, offers, partnerships,
    places::{self, Places},
    providers, stories, training, venues,
};

pub use dates::with_dates;
pub use store::spots;

/// Any number would do; this one has always been.
pub const SEED: u64 = 0x00f1_6e57;
const PROVIDERS: &str = include_str!("providers.csv");
const VENUES: &str = include_str!("venues.csv");
const OFFERS: &str = include_str!("offers.csv");
const PAST_COHORTS: &str = include_str!("past_cohorts.csv");
const LINK_WORKERS: &str = include_str!("link_workers.csv");

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
    let mut run = Run::start(
        (PROVIDERS.len() + VENUES.len() + offers.len() + partnerships::sample::SIZE) as u64,
        &options,
    );
    providers::csv::take_in(&mut run, &mut changes, "providers.csv", PROVIDERS.as_bytes()).await?;
    venues::csv::take_in(&mut run, &mut changes, "venues.csv", VENUES.as_bytes()).await?;
    offers::csv::take_in(&mut run, &mut changes, "offers.csv", offers.as_slice(), now).await?;
    partnerships::sample::load(&mut run, &mut changes).await?;
    cohorts::load(&mut changes, now).await?;
    let past = PAST_COHORTS.as_bytes();
    training::csv::take_in(&mut run, &mut changes, "past_cohorts.csv", past, now).await?;
    let places = places::store::load(db).await?;
    list_people(&mut run, &mut changes, &places, now).await?;
    held::load(&mut changes, now).await?;
    stories::sample::load(&mut changes, &places, now).await?;
    let outcome = run.settle(changes).await?;
    if !outcome.refused.is_empty() {
        bail!("The sample directory has rows that are refused.\n{outcome}");
    }
    Ok(Some(outcome))
}

/// Invented people, listed without a letter to anybody: nobody of them is there to answer.
async fn list_people(
    run: &mut Run<'_>,
    changes: &mut PgConnection,
    places: &Places,
    now: Timestamp,
) -> Result<()> {
    let file = ("link_workers.csv", LINK_WORKERS.as_bytes());
    for (email, details) in link_workers::csv::rows(run, file, places)? {
        link_workers::store::list_invented(changes, email, details, places, now).await?;
    }
    Ok(())
}

/// Adds so many invented offers, by COPY on several connections at once; `progress` is told how many are
/// there. Either all of them are kept or, where one is refused, nothing is; what a program that is killed
/// meanwhile leaves is a directory to be thrown away.
pub async fn load_invented(
    db: &PgPool,
    offers: u32,
    now: Timestamp,
    progress: impl FnMut(usize),
) -> Result<()> {
    let mut changes = db.begin().await?;
    if !store::begin(&mut changes, now).await? {
        bail!("Invented offers are only put into an empty directory. Start one with --empty.");
    }
    let spots = store::spots(&mut changes).await?;
    let invented = Invented::new(&spots, offers, SEED, now);
    store::copy_providers(&mut changes, &invented.providers).await?;
    store::copy_venues(&mut changes, &invented.venues).await?;
    // The other connections do not see them before.
    changes.commit().await?;
    let providers: Vec<_> = invented.providers.iter().map(|one| one.id).collect();
    let venues: Vec<_> = invented.venues.iter().map(|one| one.id).collect();
    if let Err(cause) = copied::all(db, invented, now, progress).await {
        return Err(match store::take_back(db, &providers, &venues).await {
            Ok(()) => cause,
            Err(left) => {
                cause.context(format!("and what was begun could not be taken back: {left}"))
            }
        });
    }
    Ok(store::analyse(db).await?)
}

/// Whether what the site shows is a sample.
pub async fn is_sample(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    store::is_sample(db).await
}
