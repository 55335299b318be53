//! `fingerpost resources`: looking behind the links, and which need somebody's eye.
use std::fmt::Write;

use anyhow::Result;
use jiff::Timestamp;
use sqlx::PgPool;

use super::{
    Resource,
    checking::{Pace, check},
    store,
};
use crate::fetching::Fetcher;

#[derive(Clone, Debug, Default, clap::Subcommand)]
pub enum ResourceCommand {
    /// List resources whose links failed, moved, or could not be looked at by a program.
    #[default]
    Broken,
    /// Follow the link of every resource and keep what is found.
    ///
    /// Once a day is enough, for example from cron. A link is called broken when it failed on three different
    /// days. One that has moved for good is offered at the desk with its new address.
    Check,
}

impl ResourceCommand {
    /// What there is to say.
    pub async fn run(self, db: &PgPool, fetcher: &Fetcher, now: Timestamp) -> Result<String> {
        let all = match self {
            Self::Broken => store::listed(db, None, None).await?,
            Self::Check => check(db, fetcher, Pace::USUAL, now).await?,
        };
        Ok(report(&all)?)
    }
}

fn report(all: &[Resource]) -> Result<String, std::fmt::Error> {
    let never = all.iter().filter(|one| one.checked.is_none()).count();
    let seen: Vec<&Resource> = all.iter().filter(|one| one.needs_a_look()).collect();
    let mut said =
        format!("{} resources: {} need a look, {never} were never checked.", all.len(), seen.len());
    for one in seen {
        let checked = one.checked.as_ref().map(super::Checked::for_the_desk).unwrap_or_default();
        write!(said, "\n{}\n  {}\n  {checked}", one.content.title, one.content.address)?;
    }
    Ok(said)
}
