//! Resources as a CSV file, one row a resource, known by its slug.
//!
//! `kind` is framework, evidence, toolkit, tool or portal; `audiences` are everybody, artists, link_workers or
//! commissioners, several with `;` between them; `publisher` and `year` may be empty.
use std::{collections::HashSet, io::Read, path::Path};

use anyhow::{Result, bail};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{Content, Resource, ResourceId, form, store};
use crate::{
    database::store::snapshot,
    forms::Answers,
    imports::{Export, Fate, ImportOptions, Outcome, Row, Run, Sheet, as_text, one_file},
    text::Slug,
};

pub const COLUMNS: [&str; 8] =
    ["slug", "title", "kind", "audiences", "about", "publisher", "year", "address"];

/// Adds the resources of a file or changes those of the same slug. Safe to repeat. What was archived at the desk
/// stays so.
pub async fn import(db: &PgPool, path: &Path, options: &ImportOptions) -> Result<Outcome> {
    one_file(db, path, options, async |run, changes, name, file| {
        take_in(run, changes, name, file).await
    })
    .await
}

async fn take_in(
    run: &mut Run<'_>,
    db: &mut PgConnection,
    file: &str,
    source: impl Read,
) -> Result<()> {
    let mut sheet = Sheet::with_headings(file, run.watch(source), &COLUMNS)?;
    if let Some(unknown) = sheet.headings().find(|name| !COLUMNS.contains(name)) {
        bail!("{file} has a column that is not known: {unknown}.");
    }
    let known = store::every(&mut *db).await?;
    let (mut rows, mut seen) = (Vec::new(), HashSet::new());
    run.each_row(&mut sheet, |row| {
        let (slug, content) = read(row)?;
        if !seen.insert(slug.clone()) {
            return Err(format!("slug: {slug} stands in the file already."));
        }
        let kept = known.iter().find(|one| one.slug == slug);
        if kept.is_some_and(Resource::is_archived) {
            return Ok(Fate::PassedOver("archived at the desk"));
        }
        rows.push((kept, slug, content));
        Ok(Fate::Taken)
    })?;
    for (kept, slug, content) in rows {
        match kept {
            None => {
                store::add(&mut *db, ResourceId::now_v7(), &slug, &content).await?;
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
    let mut sheet = Export::start(file, &COLUMNS)?;
    for one in store::every(&mut *seen).await?.iter().filter(|one| !one.is_archived()) {
        sheet.row(&write(one))?;
    }
    sheet.finish()
}

/// The same as bytes, for a download.
pub fn file(resources: &[Resource]) -> Result<Vec<u8>> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record(COLUMNS)?;
    for one in resources {
        sheet.write_record(write(one).iter().map(|cell| as_text(cell).into_owned()))?;
    }
    Ok(sheet.into_inner()?)
}

/// When a file was written, for its name: "resources-2026-11-21.csv".
pub fn file_name(now: Timestamp) -> String {
    format!("resources-{}.csv", crate::calendar::civil_now(now).date())
}

/// The cells in the order of [`COLUMNS`].
fn write(one: &Resource) -> [String; 8] {
    let content = &one.content;
    let audiences: Vec<&str> = content.audiences.iter().map(|one| one.code()).collect();
    [
        one.slug.to_string(),
        content.title.to_string(),
        content.kind.code().to_owned(),
        audiences.join("; "),
        content.about.to_string(),
        content.publisher.as_ref().map(ToString::to_string).unwrap_or_default(),
        content.year.map(|year| year.to_string()).unwrap_or_default(),
        content.address.to_string(),
    ]
}

/// What a row says: the same rules as in the form at the desk.
fn read(row: Row<'_>) -> Result<(Slug, Content), String> {
    let slug = Slug::try_from(row.named("slug").to_owned());
    let slug = slug.map_err(|problem| format!("slug: {problem}"))?;
    let mut typed = Answers::default();
    for field in ["title", "kind", "about", "publisher", "year", "address"] {
        typed.set(field, row.named(field));
    }
    let audiences = row.named("audiences").split(';').map(str::trim).filter(|one| !one.is_empty());
    for one in audiences {
        if super::Audience::parse(one).is_none() {
            return Err(format!(
                "audiences: \u{201c}{one}\u{201d} is none of everybody, artists, link_workers, commissioners."
            ));
        }
        typed.add("audience", one);
    }
    let content = form::read(&typed).map_err(|mistakes| {
        let said = mistakes.iter().map(|one| format!("{}: {}.", one.field, one.message));
        said.collect::<Vec<_>>().join(" ")
    })?;
    Ok((slug, content))
}
