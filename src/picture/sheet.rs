//! The same numbers as a file: one row for each cell of each table, so that programs need no knowledge of the page.
use anyhow::Result;

use super::{Measure, Picture, Standing, TileChart};
use crate::places::Places;

const HEADINGS: [&str; 7] = ["area", "date", "figure", "title", "row", "column", "value"];

/// Of one borough.
pub fn of_borough(picture: &Picture) -> Result<Vec<u8>> {
    let mut sheet = begun()?;
    add(&mut sheet, picture)?;
    Ok(sheet.into_inner()?)
}

/// Each borough by every measure, and then all together.
pub fn of_all_boroughs(
    picture: &Picture,
    places: &Places,
    standings: &[Standing],
) -> Result<Vec<u8>> {
    let mut sheet = begun()?;
    for measure in Measure::ALL {
        add_table(&mut sheet, picture, &TileChart::new(places, standings, measure).table)?;
    }
    add(&mut sheet, picture)?;
    Ok(sheet.into_inner()?)
}

type Sheet = csv::Writer<Vec<u8>>;

fn begun() -> Result<Sheet> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record(HEADINGS)?;
    Ok(sheet)
}

fn add(sheet: &mut Sheet, picture: &Picture) -> Result<()> {
    picture.tables().try_for_each(|table| add_table(sheet, picture, table))
}

fn add_table(sheet: &mut Sheet, picture: &Picture, table: &super::Table) -> Result<()> {
    let day = picture.day.to_string();
    for row in &table.rows {
        for (column, value) in table.columns.iter().zip(&row.values) {
            let cells = [&*picture.area, &day, table.id, &table.title, &row.label, column, value];
            sheet.write_record(cells)?;
        }
    }
    Ok(())
}
