//! The boroughs, and the other names of the map.
use jiff::civil::Date;

use super::{Gss, Outcode, Point};
use crate::{calendar::date_in_words, text::Slug};

#[derive(Clone, Debug)]
pub struct Borough {
    pub gss: Gss,
    pub slug: Slug,
    pub name: String,
    /// Fits a tile of the tile map: "Kens. & Chelsea".
    pub short: String,
    /// Fits a tile on a narrow screen: "Kens".
    pub abbreviation: String,
    pub centre: Point,
    /// Column 1 to 8 and row 1 to 6 on the tile map.
    pub tile: (u8, u8),
    /// People, Census 2021, to the nearest hundred as the Office for National Statistics publishes it.
    pub population: u32,
    /// People, Census 2011.
    pub population_2011: u32,
    /// People under 20 and over 65, Census 2021.
    pub under_20: u32,
    pub over_65: u32,
    /// Those it borders on by land.
    pub neighbours: Vec<Gss>,
    /// Those it meets in the middle of the Thames.
    pub across_thames: Vec<Gss>,
    pub care_board: Option<CareBoard>,
}

#[cfg(test)]
impl Borough {
    /// One of this name and place, for tests that care for nothing else.
    pub fn example(gss: Gss, name: &str, centre: Point) -> Self {
        Self {
            gss,
            slug: Slug::from_name(name).unwrap(),
            name: name.to_owned(),
            short: name.to_owned(),
            abbreviation: name[..3].to_owned(),
            centre,
            tile: (1, 1),
            population: 0,
            population_2011: 0,
            under_20: 0,
            over_65: 0,
            neighbours: Vec::new(),
            across_thames: Vec::new(),
            care_board: None,
        }
    }
}

/// The NHS integrated care board, as its newest source has it. Boards merge: never without the date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareBoard {
    /// The NHS Organisation Data Service's code.
    pub code: String,
    pub name: String,
    pub as_of: Date,
}

impl CareBoard {
    /// The date of its source: "Thursday 1 January 2026".
    pub fn as_of_in_words(&self) -> String {
        date_in_words(self.as_of)
    }
}

/// A part of a borough that elects its councillors.
#[derive(Clone, Debug)]
pub struct Ward {
    pub gss: Gss,
    pub name: String,
    pub borough: Gss,
    /// The centre of its postcodes.
    pub centre: Point,
}

/// What is known of an outward code.
#[derive(Clone, Debug)]
pub struct OutwardArea {
    pub code: Outcode,
    /// The centre of those of its postcodes that lie in our boroughs.
    pub centre: Point,
    /// In the whole country.
    pub postcodes: u32,
    /// Our boroughs and how many of its postcodes lie in each, most first.
    pub boroughs: Vec<(Gss, u32)>,
}

impl OutwardArea {
    /// The borough with the most postcodes, unless more lie outside all of ours.
    pub fn mostly_in(&self) -> Option<Gss> {
        let ours: u32 = self.boroughs.iter().map(|(_, postcodes)| postcodes).sum();
        let (borough, most) = *self.boroughs.first()?;
        (most >= self.postcodes.saturating_sub(ours)).then_some(borough)
    }
}

/// A neighbourhood as people say it.
#[derive(Clone, Debug)]
pub struct Area {
    pub name: String,
    /// The outward code that most of it has.
    pub outcode: Outcode,
    /// The borough its point lies in.
    pub borough: Gss,
    pub centre: Point,
}
