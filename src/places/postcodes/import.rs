//! Code-Point Open, as the Ordnance Survey publishes it, into postcodes.
use std::{
    collections::{BTreeSet, HashSet},
    fs::{self, File},
    io::{BufReader, Read},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use lonlat_bng::convert_osgb36_to_ll;
use sqlx::PgPool;
use zip::ZipArchive;

use super::{Arriving, Located, packed, store};
use crate::{
    imports::{Fate, ImportOptions, Outcome, Row, Run, Sheet},
    places::{Gss, Point, Postcode},
};

/// Columns of Code-Point Open: postcode, quality, eastings, northings, country, two of the NHS, county,
/// district, ward. The files carry no headings.
const COLUMNS: usize = 10;

/// Reads a folder (with CSV files in it, or in `csv` or `Data/CSV`), a zip file as published, or one CSV
/// file. A postcode of an area in the file which the file lacks is removed, unless rows were refused.
pub async fn run(db: &PgPool, path: &Path, options: &ImportOptions) -> Result<Outcome> {
    let mut reading = Reading::default();
    let mut run = if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip")) {
        read_zip(path, options, &mut reading)?
    } else {
        read_files(&csv_files(path)?, options, &mut reading)?
    };
    let whole: Vec<String> = if run.outcome.refused.is_empty() {
        reading.areas.into_iter().collect()
    } else {
        run.outcome.notes.push("Nothing is removed while rows are refused.".to_owned());
        Vec::new()
    };
    let mut changes = db.begin().await?;
    let merged = store::merge(&mut changes, &reading.rows, &whole).await?;
    run.outcome.added = merged.added;
    run.outcome.changed = merged.changed;
    run.outcome.removed = merged.removed;
    run.outcome.unchanged = reading.rows.len() as u64 - merged.added - merged.changed;
    run.settle(changes).await
}

#[derive(Default)]
struct Reading {
    rows: Vec<Arriving>,
    seen: HashSet<u64>,
    areas: BTreeSet<String>,
}

impl Reading {
    fn take(&mut self, row: Row<'_>) -> Result<Fate, String> {
        let postcode = Postcode::try_from(row.at(0).to_owned())?;
        let area: String =
            postcode.as_str().chars().take_while(char::is_ascii_alphabetic).collect();
        if !self.areas.contains(&area) {
            self.areas.insert(area);
        }
        // 90 stands for "no coordinates available", 60 and below for positions of falling precision.
        if row.at(1) == "90" {
            return Ok(Fate::PassedOver("no position is known (quality 90)"));
        }
        let point = point(row.at(2), row.at(3))?;
        let district = code(row.at(8))?;
        let ward = code(row.at(9))?;
        if !self.seen.insert(packed(&postcode)) {
            return Err(format!("{postcode} stands in the file twice."));
        }
        self.rows.push(Arriving { located: Located { postcode, point, district }, ward });
        Ok(Fate::Taken)
    }
}

/// National grid metres to WGS84 by the Ordnance Survey's own transformation (OSTN15), rounded to the
/// eleven centimetres that are kept in memory.
fn point(eastings: &str, northings: &str) -> Result<Point, String> {
    let metres = |typed: &str| typed.parse::<u32>().ok().filter(|metres| *metres <= 1_300_000);
    let (Some(east), Some(north)) = (metres(eastings), metres(northings)) else {
        return Err(format!(
            "\u{201c}{eastings}, {northings}\u{201d} is not a grid reference in metres, such as 540291, 168873."
        ));
    };
    let millionth = |degrees: f64| (degrees * 1e6).round() / 1e6;
    match convert_osgb36_to_ll(east.into(), north.into()) {
        Ok((lon, lat)) if lat.is_finite() && lon.is_finite() && (49.0..=61.0).contains(&lat) => {
            Ok(Point { lat: millionth(lat), lon: millionth(lon) })
        }
        _ => Err(format!("The grid reference {east}, {north} lies outside Great Britain.")),
    }
}

fn code(typed: &str) -> Result<Option<Gss>, String> {
    if typed.is_empty() { Ok(None) } else { Gss::try_from(typed.to_owned()).map(Some) }
}

fn read_files<'a>(
    files: &[PathBuf],
    options: &'a ImportOptions,
    reading: &mut Reading,
) -> Result<Run<'a>> {
    let size = |file: &PathBuf| fs::metadata(file).map_or(0, |about| about.len());
    let mut run = Run::start(files.iter().map(size).sum(), options);
    for path in files {
        let file = File::open(path).with_context(|| format!("Cannot open {}", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        read_csv(&name, BufReader::new(file), &mut run, reading)?;
    }
    Ok(run)
}

fn read_zip<'a>(path: &Path, options: &'a ImportOptions, reading: &mut Reading) -> Result<Run<'a>> {
    let file = File::open(path).with_context(|| format!("Cannot open {}", path.display()))?;
    let mut zip = ZipArchive::new(BufReader::new(file))
        .with_context(|| format!("{} is not a zip file that can be read", path.display()))?;
    let mut found = Vec::new();
    let mut bytes = 0;
    for at in 0..zip.len() {
        let entry = zip.by_index(at)?;
        let name = entry.name()?.into_owned();
        if is_area_file(Path::new(&name)) {
            bytes += entry.size();
            found.push((at, name));
        }
    }
    if found.is_empty() {
        bail!("{} has no CSV file of Code-Point Open in it.", path.display());
    }
    let mut run = Run::start(bytes, options);
    for (at, name) in found {
        read_csv(&name, zip.by_index(at)?, &mut run, reading)?;
    }
    Ok(run)
}

fn read_csv(name: &str, source: impl Read, run: &mut Run<'_>, reading: &mut Reading) -> Result<()> {
    let mut sheet = Sheet::without_headings(name, run.watch(source), COLUMNS);
    run.each_row(&mut sheet, |row| reading.take(row))
}

/// The file itself, or those of a folder as it is published or unpacked, by name.
fn csv_files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    for folder in [path.to_owned(), path.join("csv"), path.join("Data/CSV"), path.join("data/csv")]
    {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let mut files: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|file| file.is_file() && is_area_file(file))
            .collect();
        if !files.is_empty() {
            files.sort();
            return Ok(files);
        }
    }
    bail!(
        "{} is neither a folder with the CSV files of Code-Point Open nor its zip file.",
        path.display()
    )
}

/// `se.csv`, not the list of column headings that comes beside it.
fn is_area_file(path: &Path) -> bool {
    let end = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
    let name = path.file_stem().unwrap_or_default().as_encoded_bytes();
    end && (1..=2).contains(&name.len()) && name.iter().all(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusals(rows: &str) -> Vec<String> {
        let options = ImportOptions::default();
        let mut reading = Reading::default();
        let mut run = Run::start(0, &options);
        read_csv("se.csv", rows.as_bytes(), &mut run, &mut reading).unwrap();
        run.outcome.refused.into_iter().map(|one| format!("{}: {}", one.line, one.reason)).collect()
    }

    #[test]
    fn a_grid_reference_becomes_the_point_the_ordnance_survey_gives() {
        let peckham_library = point("534312", "176760").unwrap();
        assert!(peckham_library.metres_to(Point { lat: 51.474135, lon: -0.068085 }) < 150);
        // Its published test point, 651409.804, 313177.450, to the whole metre.
        let caister_water_tower = Point { lat: 52.658_007_833, lon: 1.716_073_973 };
        assert!(point("651410", "313177").unwrap().metres_to(caister_water_tower) <= 1);
    }

    #[test]
    fn rows_that_break_a_rule_are_refused_in_words() {
        let rest = r#""E92000001","E19000003","E18000007","","E09000028","E05011097""#;
        let rows = [
            format!(r#""SE15 4QL",10,534312,176760,{rest}"#),
            format!(r#""SE15  4QL",10,534312,176760,{rest}"#),
            format!(r#""SE15 4QM",90,0,0,{rest}"#),
            format!(r#""SE15",10,534312,176760,{rest}"#),
            format!(r#""SE15 4QN",10,-5,176760,{rest}"#),
            format!(r#""SE15 4QP",10,99999999999999999999,176760,{rest}"#),
            format!(r#""SE15 4QQ",10,1,1,{rest}"#),
            r#""SE15 4QR",10,534312,176760,"","","","","Southwark","""#.to_owned(),
            r#""SE15 4QS",10"#.to_owned(),
        ];
        let refused = refusals(&rows.join("\n"));
        for (said, expected) in refused.iter().zip([
            "2: SE15 4QL stands in the file twice.",
            "4: \u{201c}SE15\u{201d} is not a postcode, such as SE15 4QL.",
            "5: \u{201c}-5, 176760\u{201d} is not a grid reference in metres, such as 540291, 168873.",
            "6: \u{201c}99999999999999999999, 176760\u{201d} is not a grid reference in metres, such as 540291, 168873.",
            "7: The grid reference 1, 1 lies outside Great Britain.",
            "8: \u{201c}Southwark\u{201d} is not a GSS code, such as E09000028.",
            "9: The row has 2 columns. It should have 10.",
        ]) {
            assert_eq!(said, expected);
        }
        assert_eq!(refused.len(), 7);
    }

    #[test]
    fn the_list_of_column_headings_is_no_area() {
        assert!(is_area_file(Path::new("Data/CSV/SE.csv")));
        assert!(!is_area_file(Path::new("Doc/Code-Point_Open_Column_Headers.csv")));
    }
}
