//! Venues as our own CSV file, one row a venue: `slug, name, kind, address, postcode, lat, lon, borough,
//! website`.
//!
//! A row is known by its slug. The borough is named by its GSS code or by its slug; postcode and website
//! may be empty.
use std::{
    collections::HashSet,
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

use anyhow::{Context, Result};
use sqlx::{PgConnection, PgPool};

use super::{
    Venue, VenueId, VenueKind,
    store::{self, Upserted},
};
use crate::{
    database::store::snapshot,
    imports::{Export, Fate, ImportOptions, Outcome, Row, Run, Sheet, one_file},
    places::{self, Gss, Postcode},
    text::{Line, Slug, WebAddress},
};

pub const COLUMNS: [&str; 9] =
    ["slug", "name", "kind", "address", "postcode", "lat", "lon", "borough", "website"];

/// Whether a file is in this format: its first line names a slug.
pub fn is_ours(path: &Path) -> Result<bool> {
    let file = File::open(path).with_context(|| format!("Cannot open {}", path.display()))?;
    let mut headings = Vec::new();
    BufReader::new(file).take(4096).read_until(b'\n', &mut headings)?;
    let headings = String::from_utf8_lossy(&headings).to_lowercase();
    // Spreadsheets put a mark before the first heading.
    let headings = headings.trim_start_matches('\u{feff}');
    Ok(headings.split(',').any(|name| name.trim().trim_matches('"') == "slug"))
}

/// Adds the venues of the file or changes those of the same slug. Safe to repeat.
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
    let boroughs = places::store::borough_slugs(&mut *db).await?;
    let (mut rows, mut seen) = (Vec::new(), HashSet::new());
    run.each_row(&mut sheet, |row| {
        let (venue, kind, website) = read(row, &boroughs)?;
        if !seen.insert(venue.slug.clone()) {
            return Err(format!("slug: {} stands in the file already.", venue.slug));
        }
        rows.push((venue, kind, website));
        Ok(Fate::Taken)
    })?;
    for (venue, kind, website) in rows {
        *match store::keep(&mut *db, &venue, kind, website.as_ref()).await? {
            Upserted::Added(_) => &mut run.outcome.added,
            Upserted::Changed(_) => &mut run.outcome.changed,
            Upserted::Unchanged(_) => &mut run.outcome.unchanged,
        } += 1;
    }
    Ok(())
}

/// Writes all of them, so that [`import`] finds nothing changed; how many there were. Without a file, to
/// standard output.
pub async fn export(db: &PgPool, file: Option<&Path>) -> Result<u64> {
    let mut seen = snapshot(db).await?;
    let boroughs = places::store::borough_slugs(&mut *seen).await?;
    let mut sheet = Export::start(file, &COLUMNS)?;
    for one in store::every(&mut *seen, None).await? {
        sheet.row(&write(&one, &boroughs))?;
    }
    sheet.finish()
}

/// The cells in the order of [`COLUMNS`].
pub fn write(
    (venue, kind, website): &(Venue, VenueKind, Option<WebAddress>),
    boroughs: &[(Gss, Slug)],
) -> [String; 9] {
    let borough = boroughs.iter().find(|(gss, _)| *gss == venue.borough);
    [
        venue.slug.to_string(),
        venue.name.to_string(),
        kind.code().to_owned(),
        venue.address.to_string(),
        venue.postcode.as_ref().map(ToString::to_string).unwrap_or_default(),
        venue.point.lat.to_string(),
        venue.point.lon.to_string(),
        borough.map_or_else(|| venue.borough.to_string(), |(_, slug)| slug.to_string()),
        website.as_ref().map(ToString::to_string).unwrap_or_default(),
    ]
}

/// What a row says.
///
/// # Errors
/// The column and what to do.
pub fn read(
    row: Row<'_>,
    boroughs: &[(Gss, Slug)],
) -> Result<(Venue, VenueKind, Option<WebAddress>), String> {
    let stated = |column: &str| Some(row.named(column).to_owned()).filter(|cell| !cell.is_empty());
    let named = row.named("borough");
    let borough =
        boroughs.iter().find(|(gss, slug)| gss.as_str() == named || slug.as_str() == named);
    let borough = borough.ok_or_else(|| {
        format!("borough: \u{201c}{named}\u{201d} is not a borough, such as tower-hamlets.")
    })?;
    let slug = Slug::try_from(row.named("slug").to_owned());
    let website = stated("website").map(|cell| WebAddress::parse(&cell)).transpose();
    let venue = Venue {
        id: VenueId::now_v7(),
        slug: slug.map_err(|problem| format!("slug: {problem}"))?,
        name: Line::parse(row.named("name")).map_err(|problem| format!("name: {problem}"))?,
        address: Line::parse(row.named("address"))
            .map_err(|problem| format!("address: {problem}"))?,
        postcode: stated("postcode").map(Postcode::try_from).transpose()?,
        point: super::import::point(row.named("lat"), row.named("lon"))?,
        borough: borough.0,
    };
    let kind = super::import::kind(row.named("kind"))?;
    Ok((venue, kind, website.map_err(|problem| format!("website: {problem}"))?))
}
