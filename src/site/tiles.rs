//! The tile map: one square for each borough, in its familiar place.
use std::collections::HashMap;

use crate::places::{Borough, Gss, Places};

/// Drawn by `parts/tiles.html`. How full a tile looks is one of four steps.
pub struct Tiles<'a> {
    /// Row by row from north to south.
    pub tiles: Vec<Tile<'a>>,
    /// Whether the Thames runs through it, below the fourth row.
    pub has_river: bool,
    step: usize,
}

#[derive(Clone, Copy)]
pub struct Tile<'a> {
    pub borough: &'a Borough,
    pub offers: usize,
    /// Its class in the stylesheet; the lightest has none.
    pub fill: &'static str,
}

/// From the lightest.
const FILLS: [&str; 4] = ["", "some", "many", "most"];

impl<'a> Tiles<'a> {
    pub fn new(places: &'a Places, counts: &[(Gss, usize)]) -> Self {
        let counts: HashMap<Gss, usize> = counts.iter().copied().collect();
        let most = counts.values().copied().max().unwrap_or_default();
        let step = (most + 1).div_ceil(FILLS.len()).max(1);
        let tile = |borough: &'a Borough| {
            let offers = counts.get(&borough.gss).copied().unwrap_or_default();
            Tile { borough, offers, fill: FILLS[(offers / step).min(FILLS.len() - 1)] }
        };
        let mut tiles: Vec<Tile> = places.boroughs().iter().map(tile).collect();
        tiles.sort_by_key(|tile| (tile.borough.tile.1, tile.borough.tile.0));
        let has_river = tiles.iter().any(|tile| !tile.borough.across_thames.is_empty());
        Self { tiles, has_river, step }
    }

    /// By name.
    pub fn a_to_z(&self) -> Vec<Tile<'a>> {
        let mut tiles = self.tiles.clone();
        tiles.sort_by(|one, other| one.borough.name.cmp(&other.borough.name));
        tiles
    }

    /// Each fill with what it stands for: "4 to 7 offers".
    pub fn key(&self) -> [(&'static str, String); 4] {
        let step = self.step;
        let range = |from: usize, to: usize| match to - from {
            0 => from.to_string(),
            _ => format!("{from} to {to}"),
        };
        let fewest = if step == 1 { "No offers".into() } else { format!("Under {step} offers") };
        let words = [
            fewest,
            range(step, 2 * step - 1),
            range(2 * step, 3 * step - 1),
            format!("{} or more", 3 * step),
        ];
        let mut words = words.into_iter();
        FILLS.map(|fill| (fill, words.next().unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_steps_cover_every_number_of_offers() {
        let key = |most| {
            let gss = Gss::parse("E09000028").unwrap();
            Tiles::new(&Places::default(), &[(gss, most)]).key().map(|(_, words)| words)
        };
        assert_eq!(key(16), ["Under 5 offers", "5 to 9", "10 to 14", "15 or more"]);
        assert_eq!(key(2), ["No offers", "1", "2", "3 or more"]);
        assert_eq!(key(0), ["No offers", "1", "2", "3 or more"]);
    }
}
