//! What was held, by borough and year: the recorded past and our own cohorts together, as charts and as a file.
use std::collections::BTreeSet;

use anyhow::Result;
use jiff::civil::Date;

use super::{
    csv::COLUMNS,
    past::{GROUPS, People, sum},
};
use crate::{
    imports::as_text,
    picture::{Chart, Row, Table},
    places::{Borough, Gss, Places},
};

/// More years than these stand together in the first column.
const YEARS: i16 = 12;

/// A cohort that was held.
#[derive(Clone, Debug)]
pub struct Held {
    pub title: String,
    pub year: i16,
    pub day: Option<Date>,
    pub boroughs: Vec<Gss>,
    pub people: People,
    /// Who says so; none for one that was booked here.
    pub source: Option<String>,
    /// Its page, if it was booked here.
    pub address: Option<String>,
}

/// All of them, the newest first.
#[derive(Clone, Debug, Default)]
pub struct History {
    pub held: Vec<Held>,
}

impl History {
    pub fn of(mut held: Vec<Held>) -> Self {
        held.sort_by(|one, other| {
            let when = |held: &Held| (held.year, held.day);
            when(other).cmp(&when(one)).then_with(|| one.title.cmp(&other.title))
        });
        Self { held }
    }

    /// How many people took part, as far as is known.
    pub fn people(&self) -> u32 {
        self.held.iter().filter_map(|one| sum(&one.people)).sum()
    }

    /// In how many cohorts nobody knows how many.
    pub fn uncounted(&self) -> usize {
        self.held.iter().filter(|one| sum(&one.people).is_none()).count()
    }

    /// Boroughs that had a cohort, by year: how many. One of several boroughs counts in each.
    pub fn timeline(&self, places: &Places) -> Chart {
        let (first, last) = self.years();
        let from = first.max(last.saturating_sub(YEARS - 1));
        let mut columns: Vec<String> = (from..=last).map(|year| year.to_string()).collect();
        if first < from {
            columns.insert(0, format!("Before {from}"));
        }
        let column = |year: i16| match (first < from, year < from) {
            (true, true) => 0,
            (before, _) => usize::from((year - from).unsigned_abs()) + usize::from(before),
        };
        let with: BTreeSet<Gss> = self.held.iter().flat_map(|one| one.boroughs.clone()).collect();
        let known: Vec<&Borough> =
            places.boroughs().iter().filter(|one| with.contains(&one.gss)).collect();
        let counts: Vec<Vec<usize>> = known
            .iter()
            .map(|borough| {
                let mut row = vec![0; columns.len()];
                for one in self.held.iter().filter(|one| one.boroughs.contains(&borough.gss)) {
                    row[column(one.year)] += 1;
                }
                row
            })
            .collect();
        let rows = known.iter().zip(&counts).map(|(borough, counts)| {
            let address = format!("/boroughs/{}", borough.slug);
            Row::new(borough.name.clone(), Some(address), counts)
        });
        let table = Table {
            id: "years",
            title: "Cohorts by borough and year".to_owned(),
            of: "Borough",
            columns,
            rows: rows.collect(),
        };
        let full = counts.iter().flatten().filter(|count| **count > 0).count();
        let squares = counts.iter().map(Vec::len).sum::<usize>();
        let words = format!(
            "A grid of {} boroughs and {} columns of years, {first} to {last}. {full} of its {squares} squares have a cohort.",
            known.len(),
            table.columns.len()
        );
        Chart { in_words: words, ..table.in_squares(&counts) }
    }

    /// People by professional group.
    pub fn groups(&self) -> Chart {
        let rows = GROUPS.iter().enumerate().map(|(at, (_, label))| {
            let many: u32 = self.held.iter().filter_map(|one| one.people[at]).map(u32::from).sum();
            let many = many as usize;
            (Row::new(*label, None, &[many]), many)
        });
        let title = "People who took part, by professional group";
        let mut chart = Table::of_offers("groups", title, "Group", rows);
        chart.table.columns = vec!["People".to_owned()];
        chart
    }

    /// A row for each cohort, in the columns that `fingerpost import past-cohorts` reads.
    pub fn sheet(&self, places: &Places) -> Result<Vec<u8>> {
        let mut sheet = csv::Writer::from_writer(Vec::new());
        sheet.write_record(COLUMNS)?;
        for one in &self.held {
            let boroughs = one.boroughs.iter().filter_map(|gss| places.borough(*gss));
            let boroughs: Vec<&str> = boroughs.map(|borough| borough.slug.as_str()).collect();
            let mut cells = vec![
                one.title.clone(),
                one.year.to_string(),
                one.day.map(|day| day.to_string()).unwrap_or_default(),
                boroughs.join("; "),
            ];
            cells.extend(one.people.iter().map(|n| n.map_or(String::new(), |n| n.to_string())));
            cells.push(one.source.clone().unwrap_or_else(|| "Booked on Fingerpost".to_owned()));
            sheet.write_record(cells.iter().map(|cell| as_text(cell).into_owned()))?;
        }
        Ok(sheet.into_inner()?)
    }

    fn years(&self) -> (i16, i16) {
        let years = || self.held.iter().map(|one| one.year);
        (years().min().unwrap_or_default(), years().max().unwrap_or_default())
    }
}
