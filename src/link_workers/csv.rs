//! Link workers from a CSV file, one row a person. An import only proposes: everybody in it gets a letter, and is
//! listed when they say yes. Columns are named as the fields of the form; lists are separated by semicolons.
use std::{collections::HashSet, io::Read, path::Path};

use anyhow::{Result, bail};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{
    Details,
    acts::desk::{Proposal, propose},
    read,
};
use crate::{
    forms::Answers,
    imports::{Fate, ImportOptions, Outcome, Row, Run, Sheet, one_file},
    places::{self, Places},
    text::{Email, Line},
};

/// `letters_to` is where the letter goes; `email` is what is shown. Only the first six must be there.
const COLUMNS: [&str; 19] = [
    "letters_to",
    "name",
    "role",
    "employer_kind",
    "employer",
    "borough",
    "role_words",
    "based_at",
    "networks",
    "practices",
    "language",
    "day",
    "email",
    "email_for",
    "phone",
    "phone_for",
    "web",
    "web_for",
    "about",
];
const NEEDED: usize = 6;

/// Reads a file of people to be asked. Repeated, it changes nothing and writes to nobody.
pub async fn import(
    db: &PgPool,
    path: &Path,
    options: &ImportOptions,
    now: Timestamp,
) -> Result<Outcome> {
    one_file(db, path, options, async |run, changes, name, file| {
        let places = places::store::load(db).await?;
        take_in(run, changes, (name, file), &places, now).await
    })
    .await
}

async fn take_in(
    run: &mut Run<'_>,
    db: &mut PgConnection,
    (file, source): (&str, impl Read),
    places: &Places,
    now: Timestamp,
) -> Result<()> {
    let rows = rows(run, (file, source), places)?;
    let by = Line::parse("the Fingerpost team").expect("our own short words");
    for (email, details) in rows {
        match propose(&mut *db, (email, details), &by, places, now).await? {
            Proposal::Made(_) => run.outcome.added += 1,
            Proposal::Known => run.outcome.unchanged += 1,
            Proposal::Refused => {
                *run.outcome.passed_over.entry(REFUSED).or_default() += 1;
            }
        }
    }
    Ok(())
}

const REFUSED: &str =
    "they did not wish to be listed, or did not answer; they can still join by themselves";

/// Every sound row, each address once.
pub fn rows(
    run: &mut Run<'_>,
    (file, source): (&str, impl Read),
    places: &Places,
) -> Result<Vec<(Email, Details)>> {
    let source = run.watch(source);
    let mut sheet = Sheet::with_headings(file, source, &COLUMNS[..NEEDED])?;
    let known = |name: &&str| COLUMNS.contains(name);
    if let Some(unknown) = sheet.headings().find(|name| !known(name)) {
        bail!("{file} has a column that is not known: {unknown}.");
    }
    let (mut rows, mut seen) = (Vec::new(), HashSet::new());
    run.each_row(&mut sheet, |row| {
        let email = Email::of_person(row.named("letters_to"))
            .map_err(|problem| format!("letters_to: {problem}"))?;
        let details = read(&typed(row), places).map_err(|mistakes| {
            let each = mistakes.iter().map(|one| format!("{}: {}.", one.field, one.message));
            each.collect::<Vec<_>>().join(" ")
        })?;
        if !seen.insert(email.clone()) {
            return Err("letters_to: this address stands in the file already.".to_owned());
        }
        rows.push((email, details));
        Ok(Fate::Taken)
    })?;
    Ok(rows)
}

/// The row as if it had been typed into the form.
fn typed(row: Row<'_>) -> Answers {
    let mut typed = Answers::default();
    for column in COLUMNS {
        let pieces = || row.named(column).split(';').map(str::trim).filter(|one| !one.is_empty());
        match column {
            "borough" | "language" | "day" => pieces().for_each(|one| typed.add(column, one)),
            "networks" | "practices" => {
                typed.set(column, pieces().collect::<Vec<_>>().join("\n"));
            }
            _ => typed.set(column, row.named(column)),
        }
    }
    typed
}
