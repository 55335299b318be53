//! `import offers`: new rows added, changed ones one revision further, the rest left alone.
use std::{collections::HashSet, io::Read, path::Path};

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{COLUMNS, Row, read};
use crate::{
    imports::{Fate, ImportOptions, Outcome, Refused, Run, Sheet, one_file},
    offers::{
        AnyState, Confirmation, Offer, OfferId, State, Status,
        store::{self, Author, Kept, Key, References},
    },
    text::{Line, Slug},
};

/// Reads a file of offers. Safe to repeat: what did not change makes no revision.
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
    let mut unknown: Vec<&str> = sheet.headings().filter(|name| !COLUMNS.contains(name)).collect();
    if !unknown.is_empty() {
        unknown.sort_unstable();
        bail!("{file} has a column that is not known: {}.", unknown.join(", "));
    }
    let known = References::all(db).await?;
    let (mut rows, mut seen) = (Vec::new(), HashSet::new());
    run.each_row(&mut sheet, |cells| {
        let row = read(cells, &known)?;
        let key = key(&row)?;
        if !seen.insert(format!("{key:?}")) {
            return Err("This offer stands in the file already.".to_owned());
        }
        rows.push((cells.line(), cells.excerpt(), key, row));
        Ok(Fate::Taken)
    })?;
    let author = Author { by: Line::parse("import")?, why: None };
    let mut met = HashSet::new();
    for (line, excerpt, key, row) in rows {
        let done = keep(db, &key, row, &mut met, (&author, now)).await;
        match done.with_context(|| format!("{file} line {line} cannot be kept"))? {
            Ok(Done::Added(_)) => run.outcome.added += 1,
            Ok(Done::Changed(_)) => run.outcome.changed += 1,
            Ok(Done::Nothing(_)) => run.outcome.unchanged += 1,
            Err(reason) => {
                let file = file.to_owned();
                run.outcome.refused.push(Refused { file, line, reason, row: excerpt });
            }
        }
    }
    Ok(())
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Added(OfferId),
    Changed(OfferId),
    Nothing(OfferId),
}

/// What tells the offer of a row from others: its key elsewhere, its name in addresses, or the name its
/// title makes.
///
/// # Errors
/// A sentence: its title makes no name.
pub fn key(row: &Row) -> Result<Key, String> {
    if let Some(origin) = &row.origin {
        return Ok(Key::Origin(origin.clone()));
    }
    match row.slug.clone().or_else(|| Slug::from_name(row.content.title.as_str())) {
        Some(slug) => Ok(Key::Slug(slug)),
        None => Err("slug: Write a name for the address: the title cannot make one.".to_owned()),
    }
}

/// Keeps one row. The inner error is the reason to refuse it. `met` are the offers of earlier rows.
pub async fn keep(
    db: &mut PgConnection,
    key: &Key,
    mut row: Row,
    met: &mut HashSet<OfferId>,
    (author, now): (&Author, Timestamp),
) -> Result<Result<Done, String>> {
    let mut kept = store::found(&mut *db, key).await?;
    // Known by its name so far: from now on by its key elsewhere.
    if let (None, Some(name)) = (&kept, name(key, &row)) {
        kept = named(db, name).await?;
        if let Some(kept) = &kept {
            if row.origin.is_some() && kept.origin.is_some() {
                return Ok(Err(taken(name, &kept.offer.slug)));
            }
            // Who wrote the file did not know its new name, which stays.
            row.slug = None;
        }
    }
    let Some(kept) = kept else {
        return add(db, key, row, author, now).await.map(|id| {
            met.insert(id);
            Ok(Done::Added(id))
        });
    };
    if !met.insert(kept.offer.id) {
        return Ok(Err(format!("slug: {} stands in the file already.", kept.offer.slug)));
    }
    change(db, kept, row, author, now).await
}

/// The offer that [`keep`] would change: the one of this key, or else of the name that the row gives it.
pub async fn known(db: &mut PgConnection, key: &Key, row: &Row) -> Result<Option<Kept>> {
    match (store::found(&mut *db, key).await?, name(key, row)) {
        (None, Some(name)) => named(db, name).await,
        (kept, _) => Ok(kept),
    }
}

fn name<'a>(key: &'a Key, row: &'a Row) -> Option<&'a Slug> {
    match key {
        Key::Origin(_) => row.slug.as_ref(),
        Key::Slug(slug) => Some(slug),
    }
}

/// The offer that has this name, or had it once.
pub async fn named(db: &mut PgConnection, name: &Slug) -> Result<Option<Kept>> {
    if let Some(kept) = store::found(&mut *db, &Key::Slug(name.clone())).await? {
        return Ok(Some(kept));
    }
    match store::moved(&mut *db, name).await? {
        Some(new) => Ok(store::found(db, &Key::Slug(new)).await?),
        None => Ok(None),
    }
}

fn taken(slug: &Slug, by: &Slug) -> String {
    if slug == by {
        return format!("slug: {slug} is the name of another offer. Give this one another name.");
    }
    format!(
        "slug: {slug} was the name of another offer, and still leads to {by}. Give this one another name."
    )
}

async fn add(
    db: &mut PgConnection,
    key: &Key,
    row: Row,
    author: &Author,
    now: Timestamp,
) -> Result<OfferId> {
    let wanted = match (row.slug, key) {
        (Some(slug), _) => slug,
        (None, Key::Slug(slug)) => slug.clone(),
        (None, Key::Origin(from)) => Slug::from_name(row.content.title.as_str())
            .or_else(|| Slug::from_name(from.id.as_str()))
            .context("neither title nor foreign_id makes a name for the address")?,
    };
    let seen = !matches!(row.state.status(), Status::Draft | Status::Submitted);
    let offer = Offer {
        id: OfferId::now_v7(),
        slug: store::free_slug(db, &wanted).await?,
        revision: 1,
        content: row.content,
        confirmed: row.confirmed,
        confirm_every: row.confirm_every,
        first_published: seen.then(|| row.first_published.unwrap_or(now)),
        since: now,
        state: row.state,
    };
    store::insert(db, &offer, row.origin.as_ref(), author, now).await?;
    Ok(offer.id)
}

async fn change(
    db: &mut PgConnection,
    kept: Kept,
    mut row: Row,
    author: &Author,
    now: Timestamp,
) -> Result<Result<Done, String>> {
    let Kept { mut offer, origin } = kept;
    let id = offer.id;
    let Some(way) = offer.way_to(&row.state) else {
        return Ok(Err(format!(
            "state: what is {} cannot become {} again.",
            offer.state.status().code(),
            row.state.status().code()
        )));
    };
    row.content.images.clone_from(&offer.content.images);
    let mut changed = false;
    if let Some(slug) = row.slug.filter(|slug| *slug != offer.slug) {
        if let Some(other) = named(db, &slug).await?
            && other.offer.id != offer.id
        {
            return Ok(Err(taken(&slug, &other.offer.slug)));
        }
        store::rename(&mut *db, offer.id, &slug).await?;
        offer.slug = slug;
        changed = true;
    }
    if let (None, Some(new)) = (&origin, &row.origin) {
        store::adopt(&mut *db, offer.id, new).await?;
        changed = true;
    }
    if is_news(row.confirmed.as_ref(), offer.confirmed.as_ref())
        || row.confirm_every != offer.confirm_every
    {
        let newer = is_news(row.confirmed.as_ref(), offer.confirmed.as_ref());
        offer.confirmed = if newer { row.confirmed } else { offer.confirmed };
        offer.confirm_every = row.confirm_every;
        store::confirm(&mut *db, &offer).await?;
        changed = true;
    }
    for offer in revisions(offer, way, row.content, now)? {
        let (from, offer) = offer;
        store::save(db, from, &offer, author, now).await?.context("it changed meanwhile")?;
        changed = true;
    }
    Ok(Ok(if changed { Done::Changed(id) } else { Done::Nothing(id) }))
}

fn is_news(said: Option<&Confirmation>, kept: Option<&Confirmation>) -> bool {
    said.is_some_and(|said| kept.is_none_or(|kept| said.at > kept.at))
}

type Revision = ((Status, u32), Offer<AnyState>);

/// Each revision on the way with the state and number it follows; the first carries the new content.
fn revisions(
    offer: Offer<AnyState>,
    way: Vec<AnyState>,
    content: crate::offers::Content,
    now: Timestamp,
) -> Result<Vec<Revision>> {
    let mut all: Vec<Revision> = Vec::new();
    let from = |offer: &Offer<AnyState>| (offer.state.status(), offer.revision);
    if way.is_empty() {
        if offer.content != content {
            all.push((from(&offer), offer.revised(content)));
        }
        return Ok(all);
    }
    let mut last = Offer { content, ..offer };
    for state in way {
        let before = from(&last);
        last = last.step(state, now).ok().context("the way to a state has only its steps")?;
        all.push((before, last.clone()));
    }
    Ok(all)
}
