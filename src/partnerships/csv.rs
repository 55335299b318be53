//! Partnerships as a CSV file, one row a partnership, known by its slug.
//!
//! `kind` is network, partnership, forum, lead or other; `level` is borough, region or nation; `boroughs` are slugs
//! or codes with `;` between them. What is not stated is left empty.
use std::{collections::HashSet, io::Read, path::Path};

use anyhow::{Result, bail};
use sqlx::{PgConnection, PgPool};

use super::{Content, Partnership, PartnershipId, form, store};
use crate::{
    accounts::Scope,
    database::store::snapshot,
    forms::Answers,
    imports::{Export, Fate, ImportOptions, Outcome, Row, Run, Sheet, as_text, one_file},
    places::{self, Gss},
    text::Slug,
};

pub const COLUMNS: [&str; 14] = [
    "slug",
    "name",
    "kind",
    "level",
    "boroughs",
    "area",
    "about",
    "meetings",
    "joining",
    "contact_name",
    "contact_role",
    "phone",
    "email",
    "web",
];

/// Adds the partnerships of a file or changes those of the same slug. Safe to repeat. What was archived at the desk
/// stays so.
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
    let mut sheet = Sheet::with_headings(file, run.watch(source), &COLUMNS)?;
    if let Some(unknown) = sheet.headings().find(|name| !COLUMNS.contains(name)) {
        bail!("{file} has a column that is not known: {unknown}.");
    }
    let boroughs = places::store::borough_slugs(&mut *db).await?;
    let known = store::within(&mut *db, &Scope::Everything).await?;
    let (mut rows, mut seen) = (Vec::new(), HashSet::new());
    run.each_row(&mut sheet, |row| {
        let (slug, content) = read(row, &boroughs)?;
        if !seen.insert(slug.clone()) {
            return Err(format!("slug: {slug} stands in the file already."));
        }
        let kept = known.iter().find(|one| one.slug == slug);
        if kept.is_some_and(Partnership::is_archived) {
            return Ok(Fate::PassedOver("archived at the desk"));
        }
        rows.push((kept, slug, content));
        Ok(Fate::Taken)
    })?;
    for (kept, slug, content) in rows {
        match kept {
            None => {
                store::add(&mut *db, PartnershipId::now_v7(), &slug, &content).await?;
                run.outcome.added += 1;
            }
            Some(kept) if kept.content == content => run.outcome.unchanged += 1,
            Some(kept) => {
                store::change(&mut *db, kept.id, kept.revision, &content).await?;
                run.outcome.changed += 1;
            }
        }
    }
    Ok(())
}

/// Writes all that are not archived, so that [`import`] finds nothing changed; how many there were. Without a
/// file, to standard output.
pub async fn export(db: &PgPool, file: Option<&Path>) -> Result<u64> {
    let mut seen = snapshot(db).await?;
    let boroughs = places::store::borough_slugs(&mut *seen).await?;
    let mut sheet = Export::start(file, &COLUMNS)?;
    for one in store::listed(&mut *seen).await? {
        sheet.row(&write(&one, &boroughs))?;
    }
    sheet.finish()
}

/// The same as bytes, for a download.
pub fn file(all: &[Partnership], boroughs: &[(Gss, Slug)]) -> Result<Vec<u8>> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record(COLUMNS)?;
    for one in all {
        sheet.write_record(write(one, boroughs).iter().map(|cell| as_text(cell).into_owned()))?;
    }
    Ok(sheet.into_inner()?)
}

/// The cells in the order of [`COLUMNS`].
fn write(one: &Partnership, boroughs: &[(Gss, Slug)]) -> Vec<String> {
    let typed = form::typed(&one.content, boroughs);
    let cell = |column: &&str| match *column {
        "slug" => one.slug.to_string(),
        "boroughs" => typed.all("borough").collect::<Vec<_>>().join("; "),
        column => typed.raw(column).to_owned(),
    };
    COLUMNS.iter().map(cell).collect()
}

/// What a row says: the same rules as in the form at the desk.
fn read(row: Row<'_>, boroughs: &[(Gss, Slug)]) -> Result<(Slug, Content), String> {
    let slug = Slug::try_from(row.named("slug").to_owned());
    let slug = slug.map_err(|problem| format!("slug: {problem}"))?;
    let mut typed = Answers::default();
    for column in COLUMNS {
        typed.set(column, row.named(column));
    }
    for one in row.named("boroughs").split(';') {
        typed.add("borough", one);
    }
    let content = form::read(&typed, boroughs).map_err(|mistakes| {
        let said = mistakes.iter().map(|one| format!("{}: {}.", one.field, one.message));
        said.collect::<Vec<_>>().join(" ")
    })?;
    Ok((slug, content))
}
