//! What can be exported, and the file that it becomes.
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::as_text;

#[derive(Clone, Debug, clap::Subcommand)]
pub enum ExportCommand {
    /// Offers, one row an offer, whatever their state.
    ///
    /// The page /about/offers-csv of the site explains every column.
    Offers(ExportOptions),
    /// Providers, with the columns slug, name, summary, about, website, borough.
    Providers(ExportOptions),
    /// Venues, with the columns slug, name, kind, address, postcode, lat, lon, borough, website.
    Venues(ExportOptions),
    /// Resources, with the columns slug, title, kind, audiences, about, publisher, year, address.
    Resources(ExportOptions),
    /// Arts and health networks and partnerships.
    Partnerships(ExportOptions),
}

#[derive(Clone, Debug, clap::Args)]
pub struct ExportOptions {
    /// The CSV file to write. One of that name is replaced when all is written. Without a name: standard
    /// output.
    pub file: Option<PathBuf>,
}

/// A CSV file being written. A file comes to its place when it is complete, and not at all if it never is.
pub struct Export {
    sheet: csv::Writer<Box<dyn Write + Send>>,
    /// Where it is written, and its place.
    moves: Option<(PathBuf, PathBuf)>,
    rows: u64,
}

impl Export {
    /// Writes the headings. Without a file, to standard output.
    pub fn start(file: Option<&Path>, columns: &[&str]) -> Result<Self> {
        let (out, moves): (Box<dyn Write + Send>, _) = match file {
            None => (Box::new(io::stdout()), None),
            Some(path) => {
                // What is no plain file, such as a pipe, is written where it is.
                let special = fs::metadata(path).is_ok_and(|known| !known.is_file());
                let part =
                    if special { path.to_owned() } else { path.with_added_extension("part") };
                let out = File::create(&part)
                    .with_context(|| format!("{} cannot be written", part.display()))?;
                (Box::new(out), (!special).then(|| (part, path.to_owned())))
            }
        };
        let mut export = Self { sheet: csv::Writer::from_writer(out), moves, rows: 0 };
        export.sheet.write_record(columns)?;
        Ok(export)
    }

    /// Cells in the order of the headings.
    pub fn row(&mut self, cells: &[String]) -> Result<()> {
        self.rows += 1;
        Ok(self.sheet.write_record(cells.iter().map(|cell| as_text(cell).into_owned()))?)
    }

    /// How many rows it has, now that it is complete.
    pub fn finish(mut self) -> Result<u64> {
        self.sheet.flush()?;
        if let Some((part, place)) = &self.moves {
            fs::rename(part, place)
                .with_context(|| format!("{} cannot be written", place.display()))?;
        }
        self.moves = None;
        Ok(self.rows)
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        if let Some((part, _)) = &self.moves {
            let _ = fs::remove_file(part); // half of a file helps nobody
        }
    }
}
