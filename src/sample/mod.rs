//! The sample directory, and invented offers in any number.
//!
//! The sample is three files in the import's own formats ([`crate::providers::csv`],
//! [`crate::offers::csv`]; venues are in [`venues`]), with one thing more: so that it is alive on any
//! day, a date in it may be written from the day on which it is loaded, see [`dates`].
mod dates;
mod store;
mod venues;

use anyhow::{Result, bail};
use jiff::Timestamp;
use sqlx::{PgExecutor, PgPool};

use crate::{
    calendar::civil_now,
    imports::{ImportOptions, Outcome, Run},
    offers, providers,
};

pub use dates::with_dates;

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
    venues::take_in(&mut run, &mut changes, VENUES.as_bytes()).await?;
    offers::csv::take_in(&mut run, &mut changes, "offers.csv", offers.as_slice(), now).await?;
    let outcome = run.settle(changes).await?;
    if !outcome.refused.is_empty() {
        bail!("The sample directory has rows that are refused.\n{outcome}");
    }
    Ok(Some(outcome))
}

/// Whether what the site shows is a sample.
pub async fn is_sample(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    store::is_sample(db).await
}
