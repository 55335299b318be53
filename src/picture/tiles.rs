//! The tile map as a chart: one square for each borough, in its usual place, with a number.
use super::{Measure, Row, Standing, Table, median};
use crate::places::{Borough, Places};

/// The side of a square; the river takes less.
const SIDE: u32 = 100;
const RIVER: u32 = 20;
const STEPS: [&str; 4] = ["", "some", "many", "most"];

pub struct TileChart {
    pub measure: Measure,
    pub tiles: Vec<Tile>,
    pub width: u32,
    pub height: u32,
    /// Where the Thames runs, if it does.
    pub river: Option<u32>,
    pub in_words: String,
    pub median: Option<String>,
    /// Each fill with what it stands for.
    pub key: Vec<(&'static str, String)>,
    /// A to Z.
    pub table: Table,
}

pub struct Tile {
    pub x: u32,
    pub y: u32,
    pub name: String,
    pub abbreviation: String,
    pub value: String,
    pub fill: &'static str,
}

impl TileChart {
    pub fn new(places: &Places, standings: &[Standing], measure: Measure) -> Self {
        let of = |borough: &Borough| {
            standings.iter().find(|one| one.borough == borough.gss)?.of(measure)
        };
        let known: Vec<(&Borough, Option<f64>)> =
            places.boroughs().iter().map(|one| (one, of(one))).collect();
        let has_river = known.iter().any(|(one, _)| !one.across_thames.is_empty());
        let values = || known.iter().filter_map(|(_, value)| *value);
        let units = |value: f64| (value / measure.unit()).round() as u64;
        let quarters = Quarters::of(values().map(units).collect());
        let tile = |(borough, value): &(&Borough, Option<f64>)| {
            let (column, row) = (u32::from(borough.tile.0) - 1, u32::from(borough.tile.1) - 1);
            let below = if has_river && row >= BANK { RIVER } else { 0 };
            Tile {
                x: column * SIDE,
                y: row * SIDE + below,
                name: borough.name.clone(),
                abbreviation: borough.abbreviation.clone(),
                value: shown(measure, *value),
                fill: value.map_or("", |value| STEPS[quarters.step(units(value))]),
            }
        };
        let tiles: Vec<Tile> = known.iter().map(tile).collect();
        let row = |(borough, value): &(&Borough, Option<f64>)| Row {
            label: borough.name.clone(),
            address: Some(format!("/boroughs/{}", borough.slug)),
            values: vec![shown(measure, *value)],
            class: "",
        };
        let table = Table {
            id: "boroughs",
            title: measure.label().to_owned(),
            of: "Borough",
            columns: vec![measure.label().to_owned()],
            rows: known.iter().map(row).collect(),
        };
        Self {
            measure,
            width: tiles.iter().map(|tile| tile.x + SIDE).max().unwrap_or(SIDE),
            height: tiles.iter().map(|tile| tile.y + SIDE).max().unwrap_or(SIDE),
            tiles,
            river: has_river.then_some(BANK * SIDE),
            in_words: in_words(measure, &known),
            median: median(values()).map(|value| measure.in_words(value)),
            key: quarters.key(measure),
            table,
        }
    }
}

/// So many rows lie north of the river.
const BANK: u32 = 4;

fn shown(measure: Measure, value: Option<f64>) -> String {
    value.map_or("Not known".to_owned(), |value| measure.in_words(value))
}

/// Four fills, each for a quarter of the boroughs as far as equal numbers allow: one very high number, such as
/// that of a borough where few people live, must not make all the others look alike.
struct Quarters {
    /// In units of the measure, rising.
    values: Vec<u64>,
}

impl Quarters {
    fn of(mut values: Vec<u64>) -> Self {
        values.sort_unstable();
        Self { values }
    }

    /// The lowest number is always in the first.
    fn step(&self, value: u64) -> usize {
        let least = self.values.first().copied().unwrap_or(0);
        let begins = |quarter: usize| self.values[self.values.len() * quarter / STEPS.len()];
        (1..STEPS.len()).filter(|one| begins(*one) > least && begins(*one) <= value).count()
    }

    /// Those fills that occur, from the lightest.
    fn key(&self, measure: Measure) -> Vec<(&'static str, String)> {
        let said = |units: u64| measure.in_words(units as f64 * measure.unit());
        let words = |(at, fill): (usize, &'static str)| {
            let mut within = self.values.iter().copied().filter(|value| self.step(*value) == at);
            let least = within.next()?;
            let most = within.next_back().unwrap_or(least);
            let range = format!("{} to {}", said(least), said(most));
            Some((fill, if least == most { said(least) } else { range }))
        };
        STEPS.into_iter().enumerate().filter_map(words).collect()
    }
}

fn in_words(measure: Measure, known: &[(&Borough, Option<f64>)]) -> String {
    let values = || known.iter().filter_map(|(one, value)| Some((&one.name, (*value)?)));
    let most = values().rev().max_by(|one, other| one.1.total_cmp(&other.1));
    let least = values().min_by(|one, other| one.1.total_cmp(&other.1));
    let named = |which: &str, one: Option<(&String, f64)>| {
        one.map_or(String::new(), |(name, value)| {
            format!(" {which}: {name}, {}.", measure.in_words(value))
        })
    };
    format!(
        "One square for each borough, in its usual place, with its number.{}{}",
        named("The highest", most),
        named("The lowest", least)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fill_is_for_a_quarter_of_the_boroughs_and_equal_numbers_look_alike() {
        let words = |measure, values: &[u64]| {
            let key = Quarters::of(values.to_vec()).key(measure);
            key.into_iter().map(|(fill, words)| format!("{fill}:{words}")).collect::<Vec<_>>()
        };
        let rates = [20, 12, 13, 465, 15, 16, 14, 19];
        let quarters =
            [":0.12 to 0.13", "some:0.14 to 0.15", "many:0.16 to 0.19", "most:0.20 to 4.65"];
        assert_eq!(words(Measure::ForPeople, &rates), quarters);
        assert_eq!(words(Measure::Free, &[0, 0, 0, 0]), [":0"]);
        assert_eq!(words(Measure::Free, &[4, 4, 4, 4, 4, 5, 5, 9]), [":4", "some:5 to 9"]);
        assert!(words(Measure::Free, &[]).is_empty());
    }
}
