//! Every place we know by name, in memory. (First form: the real one is loaded from the database.)
use super::{Gss, Outcode, Place, PlaceKind, Point, Postcode};
use crate::text::Slug;

#[derive(Clone, Debug)]
pub struct Borough {
    pub gss: Gss,
    pub slug: Slug,
    pub name: String,
    pub short: String,
    pub centre: Point,
    /// Column 1 to 8 and row 1 to 6 on the tile map.
    pub tile: (u8, u8),
    /// People, Census 2021.
    pub population: u32,
    /// Those it borders on by land.
    pub neighbours: Vec<Gss>,
}

#[derive(Clone, Debug, Default)]
pub struct Places {
    boroughs: Vec<Borough>,
    named: Vec<(String, Place)>,
}

impl Places {
    /// By name, A to Z.
    pub fn boroughs(&self) -> &[Borough] {
        &self.boroughs
    }
    pub fn borough(&self, gss: Gss) -> Option<&Borough> {
        self.boroughs.iter().find(|one| one.gss == gss)
    }
    pub fn borough_by_slug(&self, slug: &str) -> Option<&Borough> {
        self.boroughs.iter().find(|one| one.slug.as_str() == slug)
    }
    /// The borough a postcode lies in, or that of most of its outward code.
    pub fn borough_of(&self, _: &Postcode) -> Option<Gss> {
        None
    }
    /// A full postcode, an outward code, a borough, a ward or an area, however it is written. A postcode
    /// we do not know gives the middle of its outward code.
    pub fn find(&self, typed: &str) -> Option<Place> {
        let outcode = Postcode::parse(typed).map(|p| p.outcode()).or_else(|| Outcode::parse(typed));
        if let Some(code) = outcode {
            let name = code.to_string();
            return Some(Place {
                name,
                kind: PlaceKind::Outcode,
                point: Point { lat: 51.47, lon: -0.07 },
                precise: true,
            });
        }
        let phrase = normal(typed);
        self.named.iter().find(|(name, _)| *name == phrase).map(|(_, place)| place.clone())
    }
    /// Every borough, ward and area name in its plain spelling (small letters, single spaces, no
    /// apostrophes, `and` for `&`), for matching the longest.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.named.iter().map(|(name, place)| (name.as_str(), place))
    }
    /// Names that are also everyday English words ("Village", "Park"): places only after "near" or "in".
    pub fn is_everyday_word(_phrase: &str) -> bool {
        false
    }
}

fn normal(typed: &str) -> String {
    typed.to_lowercase()
}
