//! Every place we know by name, in memory.
use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    Area, Borough, Gss, Outcode, Outline, OutwardArea, Place, PlaceKind, Postcode, Ward,
    names::{is_everyday, plain},
    postcodes::Postcodes,
    practices::{self, Surgeries},
};

/// Boroughs, wards, areas, outward codes and postcodes, read-only. Share it by `Arc`.
#[derive(Debug, Default)]
pub struct Places {
    boroughs: Vec<Borough>,
    outcodes: HashMap<Outcode, OutwardArea>,
    postcodes: Postcodes,
    named: BTreeMap<String, Place>,
    /// The first word of every name, or the one behind its "the".
    beginnings: HashSet<String>,
    outlines: Vec<Outline>,
    surgeries: Surgeries,
}

/// What a gazetteer is made of.
#[derive(Debug, Default)]
pub struct Known {
    pub boroughs: Vec<Borough>,
    /// What else people call a whole borough.
    pub nicknames: Vec<(String, Gss)>,
    pub wards: Vec<Ward>,
    pub areas: Vec<Area>,
    pub outcodes: Vec<OutwardArea>,
    pub postcodes: Postcodes,
    pub outlines: Vec<Outline>,
    pub practices: practices::Known,
}

impl Places {
    pub fn new(known: Known) -> Self {
        let named = named(&known);
        let beginning =
            |name: &String| name.split(' ').find(|word| *word != "the").map(str::to_owned);
        let beginnings = named.keys().filter_map(beginning).collect();
        let Known { mut boroughs, outcodes, postcodes, outlines, practices, .. } = known;
        boroughs.sort_by(|one, other| one.name.cmp(&other.name));
        let outcodes = outcodes.into_iter().map(|one| (one.code.clone(), one)).collect();
        let surgeries = Surgeries::default();
        let mut places =
            Self { boroughs, outcodes, postcodes, named, beginnings, outlines, surgeries };
        places.surgeries = Surgeries::new(practices, |postcode| places.postcode(postcode));
        places
    }

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

    /// The borough a postcode lies in, or that of most of its outward code. `None` outside our boroughs.
    pub fn borough_of(&self, postcode: &Postcode) -> Option<Gss> {
        match self.postcodes.find(postcode) {
            Some((_, district)) => district.filter(|gss| self.borough(*gss).is_some()),
            None => self.borough_of_outcode(&postcode.outcode()),
        }
    }
    /// The borough most of an outward code lies in. `None` where most of it lies outside our boroughs.
    pub fn borough_of_outcode(&self, outcode: &Outcode) -> Option<Gss> {
        self.outcodes.get(outcode)?.mostly_in()
    }

    /// A full postcode, an outward code, a borough, a ward or an area, however it is written. A postcode
    /// we do not know gives the middle of its outward code; an outward code we do not know, nothing.
    pub fn find(&self, typed: &str) -> Option<Place> {
        if let Some(postcode) = Postcode::parse(typed) {
            return self.postcode(&postcode);
        }
        if let Some(outcode) = Outcode::parse(typed) {
            return self.outcode(&outcode);
        }
        self.named.get(&plain(typed)).cloned()
    }

    /// Every borough, ward and area name in its plain spelling (small letters, single spaces, no
    /// apostrophes, `and` for `&`), for matching the longest.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.named.iter().map(|(name, place)| (name.as_str(), place))
    }
    /// Those of them that begin with this letter.
    pub fn names_from(&self, letter: char) -> impl Iterator<Item = (&str, &Place)> {
        let from = self.named.range(letter.to_string()..);
        let named = from.take_while(move |(name, _)| name.starts_with(letter));
        named.map(|(name, place)| (name.as_str(), place))
    }
    /// Whether a word, in plain spelling, is the first of any name, or the one behind its "the".
    pub fn begins_a_name(&self, word: &str) -> bool {
        self.beginnings.contains(word)
    }
    /// Names that are also everyday English words ("Village", "Grove"), in plain spelling: places only
    /// after "near" or "in".
    pub fn is_everyday_word(phrase: &str) -> bool {
        is_everyday(phrase)
    }

    /// The shapes of boroughs, where an import has brought them.
    pub fn outlines(&self) -> &[Outline] {
        &self.outlines
    }

    /// GP practices and their networks, where an import has brought them.
    pub fn surgeries(&self) -> &Surgeries {
        &self.surgeries
    }

    /// How many postcodes an import has brought.
    pub fn postcodes(&self) -> usize {
        self.postcodes.len()
    }

    fn postcode(&self, postcode: &Postcode) -> Option<Place> {
        let known = self.postcodes.find(postcode).map(|(point, _)| point);
        let point = match known {
            Some(point) => point,
            None => self.outcodes.get(&postcode.outcode())?.centre,
        };
        let name = postcode.to_string();
        let (kind, borough) = (PlaceKind::Postcode, self.borough_of(postcode));
        Some(Place { name, kind, point, borough, precise: known.is_some() })
    }

    fn outcode(&self, outcode: &Outcode) -> Option<Place> {
        let point = self.outcodes.get(outcode)?.centre;
        let name = outcode.to_string();
        let (kind, borough) = (PlaceKind::Outcode, self.borough_of_outcode(outcode));
        Some(Place { name, kind, point, borough, precise: true })
    }
}

/// A borough's name goes before a neighbourhood's, and that before a ward's. A bare ward name that two
/// boroughs share names neither: each then needs its borough behind it, as in "Abbey, Merton".
fn named(known: &Known) -> BTreeMap<String, Place> {
    let mut named = BTreeMap::new();
    let mut add = |name: &str, place: Place| {
        named.entry(plain(name)).or_insert(place);
    };
    let whole = |borough: &Borough| Place {
        name: borough.name.clone(),
        kind: PlaceKind::Borough(borough.gss),
        point: borough.centre,
        borough: Some(borough.gss),
        precise: true,
    };
    let borough = |gss: Gss| known.boroughs.iter().find(|one| one.gss == gss);
    for one in &known.boroughs {
        add(&one.name, whole(one));
    }
    for (name, gss) in &known.nicknames {
        if let Some(one) = borough(*gss) {
            add(name, whole(one));
        }
    }
    for area in &known.areas {
        let place = Place {
            name: area.name.clone(),
            kind: PlaceKind::Area,
            point: area.centre,
            borough: Some(area.borough),
            precise: true,
        };
        add(&area.name, place);
    }
    let mut namesakes: HashMap<String, u32> = HashMap::new();
    for ward in &known.wards {
        *namesakes.entry(plain(&ward.name)).or_default() += 1;
    }
    for ward in &known.wards {
        let place = |name: String| Place {
            name,
            kind: PlaceKind::Ward,
            point: ward.centre,
            borough: Some(ward.borough),
            precise: true,
        };
        let full = borough(ward.borough).map(|of| format!("{}, {}", ward.name, of.name));
        let shared = namesakes.get(&plain(&ward.name)).is_some_and(|count| *count > 1);
        if let Some(full) = &full {
            add(full, place(if shared { full.clone() } else { ward.name.clone() }));
        }
        if !shared {
            add(&ward.name, place(ward.name.clone()));
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::places::{Point, postcodes::Located};

    const HERE: Point = Point { lat: 51.5, lon: -0.1 };

    fn borough(gss: &str, name: &str) -> Borough {
        Borough::example(Gss::parse(gss).unwrap(), name, HERE)
    }

    fn ward(name: &str, borough: &str) -> Ward {
        Ward {
            gss: Gss::parse("E05000001").unwrap(),
            name: name.to_owned(),
            borough: Gss::parse(borough).unwrap(),
            centre: HERE,
        }
    }

    fn outward(code: &str, postcodes: u32, boroughs: &[(&str, u32)]) -> OutwardArea {
        OutwardArea {
            code: Outcode::parse(code).unwrap(),
            centre: HERE,
            postcodes,
            boroughs: boroughs.iter().map(|(gss, n)| (Gss::parse(gss).unwrap(), *n)).collect(),
        }
    }

    fn places() -> Places {
        Places::new(Known {
            boroughs: vec![borough("E09000028", "Southwark"), borough("E09000024", "Merton")],
            nicknames: vec![("Merton Council".to_owned(), Gss::parse("E09000024").unwrap())],
            wards: vec![
                ward("Abbey", "E09000024"),
                ward("Abbey", "E09000028"),
                ward("Rye Lane", "E09000028"),
                ward("Peckham", "E09000028"),
            ],
            areas: vec![Area {
                name: "Peckham".to_owned(),
                outcode: Outcode::parse("SE15").unwrap(),
                borough: Gss::parse("E09000028").unwrap(),
                centre: HERE,
            }],
            outcodes: vec![
                outward("SE15", 10, &[("E09000028", 9)]),
                outward("TN16", 100, &[("E09000028", 9)]),
            ],
            outlines: Vec::new(),
            practices: practices::Known::default(),
            postcodes: Postcodes::collect([
                Located {
                    postcode: Postcode::parse("SE15 4QL").unwrap(),
                    point: HERE,
                    district: Gss::parse("E09000028"),
                },
                Located {
                    postcode: Postcode::parse("SE15 9ZZ").unwrap(),
                    point: HERE,
                    district: Gss::parse("E07000001"),
                },
            ]),
        })
    }

    #[test]
    fn a_postcode_nobody_imported_is_found_roughly_by_its_outward_code() {
        let places = places();
        let known = places.find("se154ql").unwrap();
        assert_eq!((known.name.as_str(), known.precise), ("SE15 4QL", true));
        let unknown = places.find("SE15 4QQ").unwrap();
        assert_eq!((unknown.name.as_str(), unknown.precise), ("SE15 4QQ", false));
        assert_eq!(unknown.point, places.find("SE15").unwrap().point);
        assert_eq!(places.find("ZZ1 1AA"), None);
        assert_eq!(places.find("ZZ1"), None);
    }

    #[test]
    fn a_neighbourhood_goes_before_the_ward_of_its_name() {
        assert_eq!(places().find("peckham").unwrap().kind, PlaceKind::Area);
        assert_eq!(places().find("Peckham, Southwark").unwrap().kind, PlaceKind::Ward);
        assert_eq!(places().find("rye-lane").unwrap().name, "Rye Lane");
    }

    #[test]
    fn a_place_knows_its_borough_whatever_it_is() {
        let borough = |typed| places().find(typed).unwrap().borough;
        for typed in ["Peckham", "Rye Lane", "Abbey, Southwark", "SE15", "SE15 4QL", "Southwark"] {
            assert_eq!(borough(typed), Gss::parse("E09000028"), "{typed}");
        }
        assert_eq!(borough("TN16"), None, "mostly outside our boroughs");
    }

    #[test]
    fn a_ward_name_of_two_boroughs_needs_the_borough() {
        assert_eq!(places().find("Abbey"), None);
        assert_eq!(places().find("abbey merton").unwrap().name, "Abbey, Merton");
    }

    #[test]
    fn a_nickname_is_the_whole_borough() {
        let place = places().find("merton council").unwrap();
        assert_eq!(place.name, "Merton");
        assert_eq!(place.kind, PlaceKind::Borough(Gss::parse("E09000024").unwrap()));
    }

    #[test]
    fn a_postcode_is_in_its_own_borough_or_else_in_that_of_most_of_its_outward_code() {
        let places = places();
        let of = |postcode| places.borough_of(&Postcode::parse(postcode).unwrap());
        assert_eq!(of("SE15 4QL"), Gss::parse("E09000028"));
        assert_eq!(of("SE15 4QQ"), Gss::parse("E09000028"));
        assert_eq!(of("SE15 9ZZ"), None, "in a district that is none of ours");
        assert_eq!(of("TN16 1AA"), None, "mostly outside our boroughs");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_answered(typed in "\\PC{0,80}") {
            let _ = places().find(&typed);
        }

        #[test]
        fn every_name_finds_its_place(spaces in " {0,3}") {
            let places = places();
            for (name, place) in places.names() {
                let found = places.find(&format!("{spaces}{name}{spaces}"));
                prop_assert_eq!(found.as_ref(), Some(place));
            }
        }
    }
}
