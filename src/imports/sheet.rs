//! A CSV file, row by row, whatever is in it.
use std::{collections::HashMap, io::Read};

use anyhow::{Context, Result, bail};
use csv::{ByteRecord, Reader, ReaderBuilder};

use super::spreadsheets::said;

/// A longer row is one where a closing quotation mark is missing.
const LONGEST_ROW: usize = 64 * 1024;

/// Comma-separated, in UTF-8, with or without a byte order mark.
pub struct Sheet<R> {
    file: String,
    reader: Reader<R>,
    columns: HashMap<String, usize>,
    width: usize,
    record: ByteRecord,
}

/// One row, its cells already known to be text.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    line: u64,
    columns: &'a HashMap<String, usize>,
    record: &'a ByteRecord,
}

impl<R: Read> Sheet<R> {
    /// With headings in its first row, in any order and case; all `needed` ones must be there.
    pub fn with_headings(file: &str, source: R, needed: &[&str]) -> Result<Self> {
        let mut sheet = Self::without_headings(file, source, 0);
        let read = sheet.reader.read_byte_record(&mut sheet.record);
        if !read.with_context(|| format!("{file} cannot be read"))? {
            bail!("{file} is empty.");
        }
        sheet.width = sheet.record.len();
        for (at, heading) in sheet.record.iter().enumerate() {
            let heading = String::from_utf8_lossy(heading).trim().to_lowercase();
            sheet.columns.entry(heading).or_insert(at);
        }
        let missing: Vec<&str> =
            needed.iter().filter(|name| !sheet.columns.contains_key(**name)).copied().collect();
        if !missing.is_empty() {
            bail!(
                "{file} has no column {}. Its first row must name the columns, and it must be saved as \
                 CSV in UTF-8, with commas.",
                missing.join(", ")
            );
        }
        Ok(sheet)
    }

    /// As some official files are: `width` columns without names.
    pub fn without_headings(file: &str, source: R, width: usize) -> Self {
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(source);
        let (columns, record) = (HashMap::new(), ByteRecord::new());
        Self { file: file.to_owned(), reader, columns, width, record }
    }

    pub fn file(&self) -> &str {
        &self.file
    }

    /// The names of the columns, in small letters and no order.
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }

    /// The next row and, where its cells are not sound, why; `None` at the end. Fails only where the file
    /// itself cannot be read on.
    pub fn next_row(&mut self) -> Result<Option<(Row<'_>, Result<(), String>)>> {
        let read = self.reader.read_byte_record(&mut self.record);
        if !read.with_context(|| format!("{} cannot be read on", self.file))? {
            return Ok(None);
        }
        let line = self.record.position().map_or(0, |at| at.line());
        let row = Row { line, columns: &self.columns, record: &self.record };
        Ok(Some((row, sound(&self.record, self.width))))
    }
}

impl Row<'_> {
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The cell under a heading, trimmed; empty where there is no such column.
    pub fn named(&self, heading: &str) -> &str {
        self.columns.get(heading).map_or("", |at| self.at(*at))
    }

    /// The cell of a column counted from 0, trimmed; empty where there is none.
    pub fn at(&self, column: usize) -> &str {
        let cell = self.record.get(column).and_then(|cell| std::str::from_utf8(cell).ok());
        said(cell.unwrap_or_default().trim())
    }

    /// The whole row for a report, readable whatever is in it, its first 500 characters.
    pub fn excerpt(&self) -> String {
        let cells: Vec<_> = self.record.iter().map(String::from_utf8_lossy).collect();
        cells.join(",").chars().filter(|c| !c.is_control()).take(500).collect()
    }
}

fn sound(record: &ByteRecord, width: usize) -> Result<(), String> {
    if record.as_slice().len() > LONGEST_ROW {
        return Err("The row is longer than 64 KB: look for a missing quotation mark.".to_owned());
    }
    if record.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
        return Err(
            "The row is not in UTF-8: save the file as \u{201c}CSV UTF-8\u{201d}.".to_owned()
        );
    }
    if record.as_slice().contains(&0) {
        return Err("The row is not text: save the file as \u{201c}CSV UTF-8\u{201d}.".to_owned());
    }
    if record.len() != width {
        return Err(format!("The row has {} columns. It should have {width}.", record.len()));
    }
    Ok(())
}
