//! The cells of one row, and every mistake in them.
use std::fmt::Display;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::pieces::split;
use crate::{
    imports,
    text::{Line, Text, WebAddress},
    topics::{Code, Codes},
};

/// Reads cells and collects what is wrong, so that one look at the report names it all.
pub struct Cells<'a> {
    row: imports::Row<'a>,
    problems: Vec<String>,
}

impl<'a> Cells<'a> {
    pub fn new(row: imports::Row<'a>) -> Self {
        Self { row, problems: Vec::new() }
    }

    pub fn raw(&self, column: &str) -> &str {
        self.row.named(column)
    }

    pub fn refuse(&mut self, column: &str, reason: impl Display) {
        self.problems.push(format!("{column}: {reason}"));
    }

    /// All that is wrong, in one line; `None` where nothing is.
    pub fn problem(self) -> Option<String> {
        (!self.problems.is_empty()).then(|| self.problems.join(" "))
    }

    /// What `parse` makes of the cell; `None` where it refuses it.
    pub fn cell<T, E: Display>(
        &mut self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let row = self.row;
        match parse(row.named(column)) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.refuse(column, reason);
                None
            }
        }
    }

    /// The same, where an empty cell means *not stated*.
    pub fn stated<T, E: Display>(
        &mut self,
        column: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        if self.raw(column).is_empty() { None } else { self.cell(column, parse) }
    }

    pub fn line<const MAX: usize>(&mut self, column: &str) -> Option<Line<MAX>> {
        self.stated(column, Line::parse)
    }
    pub fn text<const MAX: usize>(&mut self, column: &str) -> Option<Text<MAX>> {
        self.stated(column, Text::parse)
    }
    pub fn web(&mut self, column: &str) -> Option<WebAddress> {
        self.stated(column, WebAddress::parse)
    }
    pub fn yes_no(&mut self, column: &str) -> Option<bool> {
        self.stated(column, |cell| match cell {
            "yes" => Ok(true),
            "no" => Ok(false),
            other => Err(format!("\u{201c}{other}\u{201d} is neither yes nor no.")),
        })
    }
    pub fn date(&mut self, column: &str) -> Option<Date> {
        self.stated(column, date)
    }
    pub fn moment(&mut self, column: &str) -> Option<Timestamp> {
        self.stated(column, moment)
    }
    pub fn number(&mut self, column: &str, least: u8, most: u8) -> Option<u8> {
        self.stated(column, |cell| {
            let number = cell.parse().ok().filter(|number| (least..=most).contains(number));
            number.ok_or_else(|| format!("Write a whole number from {least} to {most}."))
        })
    }
    pub fn code<T: Code>(&mut self, column: &str) -> Option<T> {
        self.stated(column, code)
    }
    pub fn codes<T: Code>(&mut self, column: &str) -> Codes<T> {
        self.list(column, code).into_iter().collect()
    }

    /// Pieces between semicolons, each once; those that `parse` refuses are named and left out.
    pub fn list<T: PartialEq, E: Display>(
        &mut self,
        column: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Vec<T> {
        self.pieces(column, ';', parse)
    }

    /// The same with a separator of one's own.
    pub fn pieces<T: PartialEq, E: Display>(
        &mut self,
        column: &str,
        separator: char,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Vec<T> {
        let mut all = Vec::new();
        let row = self.row;
        for piece in split(row.named(column), separator) {
            match parse(piece) {
                Ok(one) if all.contains(&one) => {}
                Ok(one) => all.push(one),
                Err(reason) => self.refuse(column, reason),
            }
        }
        all
    }

    pub fn at_most<T>(&mut self, column: &str, most: usize, list: Vec<T>) -> Vec<T> {
        if list.len() > most {
            self.refuse(column, format!("There are {} of them. Keep at most {most}.", list.len()));
        }
        list
    }
}

/// Only 2026-12-25: jiff would read more.
pub fn date(written: &str) -> Result<Date, String> {
    match written.parse::<Date>() {
        Ok(date) if date.to_string() == written => Ok(date),
        _ => Err(format!("\u{201c}{written}\u{201d} is not a date like 2026-12-25.")),
    }
}

/// A date stands for its noon in London.
fn moment(written: &str) -> Result<Timestamp, String> {
    if let Ok(date) = date(written) {
        let noon = date.at(12, 0, 0, 0);
        return noon
            .to_zoned(TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC))
            .map(|zoned| zoned.timestamp())
            .map_err(|_| format!("{written} is too far away."));
    }
    written.parse().map_err(|_| {
        format!("\u{201c}{written}\u{201d} is neither a date like 2026-12-25 nor a time like 2026-12-25T10:30:00Z.")
    })
}

pub fn code<T: Code>(written: &str) -> Result<T, String> {
    T::parse(written).ok_or_else(|| {
        let known: Vec<&str> = T::ALL.iter().map(|one| one.code()).collect();
        format!("\u{201c}{written}\u{201d} is not one of {}.", known.join(", "))
    })
}
