//! Every postcode and where it is, small enough to keep in memory: 16 bytes each.
pub mod import;
pub mod store;

use super::{Gss, Point, Postcode};

/// Sorted by postcode. Britain's 1.7 million take 27 MB.
#[derive(Debug, Default)]
pub struct Postcodes {
    entries: Vec<Entry>,
    districts: Vec<Gss>,
}

/// A postcode as an import or the database has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    pub postcode: Postcode,
    pub point: Point,
    /// The local authority it lies in, ours or not.
    pub district: Option<Gss>,
}

/// A row of an import that we keep.
#[derive(Clone, Debug, PartialEq)]
pub struct Arriving {
    pub located: Located,
    pub ward: Option<Gss>,
}

#[derive(Debug)]
struct Entry {
    /// The packed postcode above, the place of its district in the list in the low 16 bits.
    key: u64,
    /// In millionths of a degree: eleven centimetres.
    lat: i32,
    lon: i32,
}

/// The place in the list that stands for no district.
const NOWHERE: u64 = 0xffff;
const STEPS: f64 = 1e6;

impl Postcodes {
    /// From rows in any order.
    pub fn collect(rows: impl IntoIterator<Item = Located>) -> Self {
        let mut kept = Self::default();
        for row in rows {
            kept.push(row);
        }
        kept.sort();
        kept
    }

    /// Where it is, and the local authority it lies in.
    pub fn find(&self, postcode: &Postcode) -> Option<(Point, Option<Gss>)> {
        let wanted = packed(postcode);
        let at = self.entries.binary_search_by_key(&wanted, |entry| entry.key >> 16).ok()?;
        let entry = &self.entries[at];
        let point = Point { lat: f64::from(entry.lat) / STEPS, lon: f64::from(entry.lon) / STEPS };
        Some((point, self.districts.get((entry.key & NOWHERE) as usize).copied()))
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn push(&mut self, row: Located) {
        let district = row.district.map_or(NOWHERE, |gss| self.place_of(gss));
        self.entries.push(Entry {
            key: packed(&row.postcode) << 16 | district,
            lat: (row.point.lat * STEPS).round() as i32,
            lon: (row.point.lon * STEPS).round() as i32,
        });
    }

    fn sort(&mut self) {
        self.entries.sort_unstable_by_key(|entry| entry.key);
        self.entries.dedup_by_key(|entry| entry.key >> 16);
        self.entries.shrink_to_fit();
    }

    /// Rows come area by area, so that the district is nearly always among the last.
    fn place_of(&mut self, gss: Gss) -> u64 {
        let at = self.districts.iter().rposition(|known| *known == gss);
        let at = at.unwrap_or_else(|| {
            self.districts.push(gss);
            self.districts.len() - 1
        });
        (at as u64).min(NOWHERE)
    }
}

/// One number for each postcode. Letters and digits in base 37, so that seven of them take 37 bits and sort as they are written.
fn packed(postcode: &Postcode) -> u64 {
    let mut key = 0;
    let plain = postcode.as_str().bytes().filter(|b| *b != b' ');
    let length = plain.clone().count();
    for byte in plain.chain(std::iter::repeat_n(0, 7 - length.min(7))) {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0' + 1,
            b'A'..=b'Z' => byte - b'A' + 11,
            _ => 0,
        };
        key = key * 37 + u64::from(digit);
    }
    key
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn located(postcode: &str, lat: f64, lon: f64, district: Option<&str>) -> Located {
        Located {
            postcode: Postcode::parse(postcode).unwrap(),
            point: Point { lat, lon },
            district: district.and_then(Gss::parse),
        }
    }

    #[test]
    fn an_entry_takes_sixteen_bytes() {
        assert_eq!(size_of::<Entry>(), 16);
    }

    #[test]
    fn a_postcode_is_found_with_its_point_and_district() {
        let rows = [
            located("SE15 4QL", 51.469512, -0.069123, Some("E09000028")),
            located("E8 4RP", 51.541, -0.06, Some("E09000012")),
            located("E84 0RP", 51.5, -0.05, None),
        ];
        let known = Postcodes::collect(rows.clone());
        for row in rows {
            assert_eq!(known.find(&row.postcode), Some((row.point, row.district)));
        }
        assert_eq!(known.find(&Postcode::parse("SE15 4QM").unwrap()), None);
    }

    proptest! {
        #[test]
        fn no_two_postcodes_share_a_key(
            one in "[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}",
            other in "[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}",
        ) {
            let (one, other) = (Postcode::parse(&one).unwrap(), Postcode::parse(&other).unwrap());
            prop_assert!(packed(&one) < 1 << 38);
            prop_assert_eq!(one == other, packed(&one) == packed(&other));
        }
    }
}
