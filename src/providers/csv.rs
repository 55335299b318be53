//! Providers as a CSV file, one row a provider: `slug, name, summary, about, website, borough`.
//!
//! A row is known by its slug. An empty cell means *not stated*; the borough is named by its GSS code or
//! by its slug.
use std::{collections::HashSet, io::Read, path::Path};

use anyhow::{Result, bail};
use sqlx::{PgConnection, PgPool};

use super::{Profile, Provider, ProviderId, store};
use crate::{
    database::store::snapshot,
    imports::{Export, Fate, ImportOptions, Outcome, Row, Run, Sheet, one_file},
    places::{self, Gss},
    text::{Line, Slug, Text, WebAddress},
};

pub const COLUMNS: [&str; 6] = ["slug", "name", "summary", "about", "website", "borough"];

/// Reads a file of providers. Safe to repeat.
pub async fn import(db: &PgPool, path: &Path, options: &ImportOptions) -> Result<Outcome> {
    one_file(db, path, options, async |run, changes, name, file| {
        take_in(run, changes, name, file).await
    })
    .await
}

/// The same inside a transaction, for who imports several files at once.
pub async fn take_in(
    run: &mut Run<'_>,
    db: &mut PgConnection,
    file: &str,
    source: impl Read,
) -> Result<()> {
    let source = run.watch(source);
    let mut sheet = Sheet::with_headings(file, source, &COLUMNS)?;
    if let Some(unknown) = sheet.headings().find(|name| !COLUMNS.contains(name)) {
        bail!("{file} has a column that is not known: {unknown}.");
    }
    let boroughs = places::store::borough_slugs(&mut *db).await?;
    let borough = |name: &str| {
        let named =
            boroughs.iter().find(|(gss, slug)| gss.as_str() == name || slug.as_str() == name);
        named.map(|(gss, _)| *gss).ok_or_else(|| {
            format!("borough: \u{201c}{name}\u{201d} is not a borough, such as tower-hamlets.")
        })
    };
    let (mut rows, mut seen) = (Vec::new(), HashSet::new());
    run.each_row(&mut sheet, |row| {
        let (slug, profile) = read(row, borough)?;
        if !seen.insert(slug.clone()) {
            return Err(format!("slug: {slug} stands in the file already."));
        }
        rows.push((slug, profile));
        Ok(Fate::Taken)
    })?;
    for (slug, profile) in rows {
        let kept = store::found(&mut *db, &slug).await?;
        match &kept {
            None => run.outcome.added += 1,
            Some(kept) if kept.profile == profile => {
                run.outcome.unchanged += 1;
                continue;
            }
            Some(_) => run.outcome.changed += 1,
        }
        let id = kept.map_or_else(ProviderId::now_v7, |kept| kept.id);
        store::keep(&mut *db, &Provider { id, slug, profile }).await?;
    }
    Ok(())
}

/// Writes all of them, so that [`import`] finds nothing changed; how many there were. Without a file, to
/// standard output.
pub async fn export(db: &PgPool, file: Option<&Path>) -> Result<u64> {
    let mut seen = snapshot(db).await?;
    let boroughs = places::store::borough_slugs(&mut *seen).await?;
    let mut sheet = Export::start(file, &COLUMNS)?;
    for provider in store::every(&mut *seen, None).await? {
        sheet.row(&write(&provider, &boroughs))?;
    }
    sheet.finish()
}

/// The cells in the order of [`COLUMNS`].
pub fn write(provider: &Provider, boroughs: &[(Gss, Slug)]) -> [String; 6] {
    let profile = &provider.profile;
    let at_home = boroughs.iter().find(|(gss, _)| Some(*gss) == profile.borough);
    [
        provider.slug.to_string(),
        profile.name.to_string(),
        profile.summary.as_ref().map(ToString::to_string).unwrap_or_default(),
        profile.about.as_ref().map(ToString::to_string).unwrap_or_default(),
        profile.website.as_ref().map(ToString::to_string).unwrap_or_default(),
        at_home.map(|(_, slug)| slug.to_string()).unwrap_or_default(),
    ]
}

/// What a row says.
///
/// # Errors
/// The column and what to do.
pub fn read(
    row: Row<'_>,
    borough: impl Fn(&str) -> Result<Gss, String>,
) -> Result<(Slug, Profile), String> {
    fn named<T, E: std::fmt::Display>(column: &str, read: Result<T, E>) -> Result<T, String> {
        read.map_err(|problem| format!("{column}: {problem}"))
    }
    let slug = named("slug", Slug::try_from(row.named("slug").to_owned()))?;
    let web = Some(row.named("website")).filter(|cell| !cell.is_empty());
    let at_home = Some(row.named("borough")).filter(|cell| !cell.is_empty());
    let profile = Profile {
        name: named("name", Line::parse(row.named("name")))?,
        summary: named("summary", Line::optional(row.named("summary")))?,
        about: named("about", Text::optional(row.named("about")))?,
        website: named("website", web.map(WebAddress::parse).transpose())?,
        borough: at_home.map(borough).transpose()?,
    };
    Ok((slug, profile))
}
