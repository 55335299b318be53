//! Past cohorts as a CSV file, one row a cohort.
use std::{collections::HashSet, io::Read, path::Path};

use anyhow::{Result, bail};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{
    past::{Past, PastId},
    store::past as store,
};
use crate::{
    calendar::civil_now,
    imports::{Fate, ImportOptions, Outcome, Run, Sheet, one_file},
    places,
};

pub const COLUMNS: [&str; 10] = [
    "title",
    "year",
    "held_on",
    "boroughs",
    "artists",
    "link_workers",
    "health",
    "local_authority",
    "other",
    "source",
];

/// Reads a file of past cohorts. Safe to repeat: a cohort is known by its title, year and boroughs.
pub async fn import(
    db: &PgPool,
    path: &Path,
    options: &ImportOptions,
    now: Timestamp,
) -> Result<Outcome> {
    one_file(db, path, options, async |run, changes, name, file| {
        take_in(run, changes, name, file, now).await
    })
    .await
}

/// The same inside a transaction, for who imports several files at once.
pub async fn take_in(
    run: &mut Run<'_>,
    db: &mut PgConnection,
    file: &str,
    source: impl Read,
    now: Timestamp,
) -> Result<()> {
    let source = run.watch(source);
    let mut sheet = Sheet::with_headings(file, source, &COLUMNS)?;
    if let Some(unknown) = sheet.headings().find(|name| !COLUMNS.contains(name)) {
        bail!("{file} has a column that is not known: {unknown}.");
    }
    let known = places::store::borough_slugs(&mut *db).await?;
    let today = civil_now(now).date();
    let (mut rows, mut seen) = (Vec::new(), HashSet::new());
    run.each_row(&mut sheet, |row| {
        let named = row.named("boroughs").split(';').map(str::trim).filter(|name| !name.is_empty());
        let mut boroughs = Vec::new();
        for name in named {
            let found =
                known.iter().find(|(gss, slug)| gss.as_str() == name || slug.as_str() == name);
            let (gss, _) = found.ok_or_else(|| {
                format!("boroughs: \u{201c}{name}\u{201d} is not a borough, such as tower-hamlets.")
            })?;
            boroughs.push(*gss);
        }
        let past = Past::read(|name| row.named(name), boroughs, today).map_err(|wrong| {
            let said: Vec<_> =
                wrong.iter().map(|(name, words)| format!("{name}: {words}.")).collect();
            said.join(" ")
        })?;
        let key = (past.title.as_str().to_lowercase(), past.year, past.boroughs.clone());
        if !seen.insert(key) {
            return Err("title: this cohort stands in the file already.".to_owned());
        }
        rows.push(past);
        Ok(Fate::Taken)
    })?;
    for past in rows {
        match store::same(&mut *db, &past).await? {
            None => {
                run.outcome.added += 1;
                store::add(&mut *db, PastId::now_v7(), &past, now).await?;
            }
            Some(kept) if kept.past == past => run.outcome.unchanged += 1,
            Some(kept) => {
                run.outcome.changed += 1;
                store::change(&mut *db, (kept.id, kept.revision), &past).await?;
            }
        }
    }
    Ok(())
}
