//! A list of cultural venues into venues: the Greater London Authority's Cultural Infrastructure Map, or
//! any CSV file with the same columns. A file in our own format is known by its slugs.
use std::{collections::HashMap, fs::File, path::Path};

use anyhow::{Context, Result};
use sqlx::PgPool;

use super::{
    NewVenue, Origin, VenueKind, csv,
    store::{self, Upserted},
};
use crate::{
    imports::{Fate, ImportOptions, Outcome, Row, Run, Sheet},
    places::{self, Gss, Places, Point, Postcode},
    text::{Line, Slug, WebAddress},
};

const COLUMNS: [&str; 7] = ["kind", "name", "address", "lat", "lon", "borough_gss", "website"];

/// The list by its short name, under which its venues are found again.
const SOURCE: &str = "gla-cultural-infrastructure-map";

/// Adds the venues of the file or changes those it brought before. A venue the file lacks stays: offers
/// may happen there.
pub async fn run(db: &PgPool, path: &Path, options: &ImportOptions) -> Result<Outcome> {
    if csv::is_ours(path)? {
        return csv::import(db, path, options).await;
    }
    let file = File::open(path).with_context(|| format!("Cannot open {}", path.display()))?;
    let mut run = Run::start(file.metadata().map_or(0, |about| about.len()), options);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut sheet = Sheet::with_headings(&name, run.watch(file), &COLUMNS)?;
    let mut reading = Reading {
        places: places::store::load(db).await?,
        read: Vec::new(),
        namesakes: HashMap::new(),
    };
    run.each_row(&mut sheet, |row| reading.take(row))?;

    let mut changes = db.begin().await?;
    let before = store::count_of_source(&mut *changes, SOURCE).await?;
    for venue in &reading.read {
        *match store::upsert(&mut changes, venue).await? {
            Upserted::Added(_) => &mut run.outcome.added,
            Upserted::Changed(_) => &mut run.outcome.changed,
            Upserted::Unchanged(_) => &mut run.outcome.unchanged,
        } += 1;
    }
    let missing = before.unsigned_abs().saturating_sub(run.outcome.changed + run.outcome.unchanged);
    if missing > 0 {
        run.outcome.notes.push(format!(
            "{missing} venues of an earlier file are in this one no more. They stay."
        ));
    }
    let unlinked = reading.read.iter().filter(|venue| venue.website.is_none()).count();
    run.outcome.notes.push(format!("{unlinked} venues have no web address that can be read."));
    run.settle(changes).await
}

struct Reading {
    places: Places,
    read: Vec<NewVenue>,
    /// The list has no ids: a venue is known by kind, name and borough, and by its turn among namesakes.
    namesakes: HashMap<String, u32>,
}

impl Reading {
    fn take(&mut self, row: Row<'_>) -> Result<Fate, String> {
        let kind = kind(row.named("kind"))?;
        let name = Line::parse(row.named("name")).map_err(|problem| format!("Name: {problem}"))?;
        let (address, postcode) = without_postcode(row.named("address"));
        let address = Line::parse(&address).map_err(|problem| format!("Address: {problem}"))?;
        let point = point(row.named("lat"), row.named("lon"))?;
        let borough = Gss::try_from(row.named("borough_gss").to_owned())?;
        if self.places.borough(borough).is_none() {
            return Ok(Fate::PassedOver("outside our boroughs"));
        }
        let origin = self.origin(kind, &name, borough)?;
        let website = website(row.named("website"));
        let origin = Some(origin);
        self.read.push(NewVenue { kind, name, address, postcode, point, borough, website, origin });
        Ok(Fate::Taken)
    }

    fn origin(&mut self, kind: VenueKind, name: &Line<120>, gss: Gss) -> Result<Origin, String> {
        let slug = Slug::from_name(name.as_str())
            .ok_or_else(|| format!("\u{201c}{name}\u{201d} has no letter or digit in it."))?;
        let mut id = format!("{}/{slug}/{gss}", kind.code());
        let turn = self.namesakes.entry(id.clone()).or_default();
        *turn += 1;
        if *turn > 1 {
            id = format!("{id}/{turn}");
        }
        let line = |problem| format!("Name: {problem}");
        Ok(Origin {
            source: Line::parse(SOURCE).map_err(|problem| problem.to_string())?,
            foreign_id: Line::parse(&id).map_err(line)?,
        })
    }
}

/// Our own codes, and those of the Cultural Infrastructure Map.
pub(super) fn kind(typed: &str) -> Result<VenueKind, String> {
    match typed {
        "museum_or_gallery" => Ok(VenueKind::Museum),
        "grassroots_music_venue" => Ok(VenueKind::Music),
        code => VenueKind::parse(code).ok_or_else(|| {
            let codes = VenueKind::ALL.map(VenueKind::code).join(", ");
            format!("\u{201c}{typed}\u{201d} is no kind of venue. Use one of: {codes}.")
        }),
    }
}

/// The address, and the postcode that stands at the end of some, unless it is all there is.
fn without_postcode(address: &str) -> (String, Option<Postcode>) {
    let words: Vec<&str> = address.split_whitespace().collect();
    for length in [2, 1] {
        let Some(at) = words.len().checked_sub(length) else { continue };
        if let Some(postcode) = Postcode::parse(&words[at..].concat()) {
            let rest = words[..at].join(" ");
            let street = if at == 0 { address } else { rest.trim_end_matches(',') };
            return (street.to_owned(), Some(postcode));
        }
    }
    (address.to_owned(), None)
}

pub(super) fn point(lat: &str, lon: &str) -> Result<Point, String> {
    let degrees = |typed: &str, low: f64, high: f64| {
        typed.parse::<f64>().ok().filter(|degrees| (low..=high).contains(degrees))
    };
    match (degrees(lat, 49.0, 61.0), degrees(lon, -9.0, 2.0)) {
        (Some(lat), Some(lon)) => Ok(Point { lat, lon }),
        _ => Err(format!(
            "\u{201c}{lat}, {lon}\u{201d} is no latitude and longitude in Great Britain."
        )),
    }
}

/// The list has "NA", nothing, and addresses with invisible characters in them. What cannot be read then
/// is left out: a wrong link is worse than none.
fn website(typed: &str) -> Option<WebAddress> {
    let visible: String =
        typed.chars().filter(|c| !('\u{200b}'..='\u{200f}').contains(c)).collect();
    WebAddress::parse(&visible).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_at_the_end_of_an_address_is_taken_out_of_it() {
        let (address, postcode) = without_postcode("122 Peckham Hill Street, London, SE15 5JR");
        assert_eq!(address, "122 Peckham Hill Street, London");
        assert_eq!(postcode, Postcode::parse("SE15 5JR"));
        assert_eq!(without_postcode("Room A1").1, None);
        assert_eq!(without_postcode("SE15 5JR").0, "SE15 5JR");
        assert_eq!(without_postcode("").0, "");
    }

    #[test]
    fn a_web_address_that_cannot_be_read_is_left_out() {
        let good = website("www.\u{200b}rcm.\u{200b}ac.uk/visit/").unwrap();
        assert_eq!(good.as_str(), "https://www.rcm.ac.uk/visit/");
        for bad in ["", "NA", "http://http/www.rbkc.gov.uk", "ask at the door"] {
            assert_eq!(website(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_point_must_lie_in_great_britain() {
        assert!(point("51.5", "-0.1").is_ok());
        for (lat, lon) in [("100", "0"), ("", ""), ("NaN", "0"), ("-0.1", "51.5")] {
            assert!(point(lat, lon).is_err(), "{lat}, {lon}");
        }
    }

    #[test]
    fn an_unknown_kind_is_told_the_known_ones() {
        let problem = kind("pub").unwrap_err();
        assert!(problem.ends_with("studio, workshop, garden, other."), "{problem}");
    }
}
