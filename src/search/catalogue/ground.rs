//! Where offers are: who is near a point, exactly and without measuring each.
use std::collections::BTreeMap;

use super::bitmap::Bitmap;
use crate::places::{Metres, Point};

/// Cells a hundredth of a degree high and one and a half wide: about a kilometre each way in Britain.
const HIGH: f64 = 0.01;
const WIDE: f64 = 0.015;

#[derive(Debug, Default)]
pub(super) struct Ground {
    points: Vec<Option<Point>>,
    /// The same, half as large: latitude and longitude, not a number where there is no point.
    rough: Vec<(f32, f32)>,
    /// By row (latitude), then column.
    cells: BTreeMap<(i32, i32), Vec<u32>>,
}

impl Ground {
    pub fn of(points: Vec<Option<Point>>) -> Self {
        let mut cells: BTreeMap<_, Vec<u32>> = BTreeMap::new();
        for (ordinal, point) in points.iter().enumerate() {
            if let Some(point) = point {
                cells.entry(cell(*point)).or_default().push(ordinal as u32);
            }
        }
        let rough = points.iter().map(|point| {
            point.map_or((f32::NAN, f32::NAN), |point| (point.lat as f32, point.lon as f32))
        });
        Self { rough: rough.collect(), points, cells }
    }

    pub fn point(&self, ordinal: u32) -> Option<Point> {
        self.points[ordinal as usize]
    }

    pub fn metres(&self, ordinal: u32, from: Point) -> Option<Metres> {
        self.points[ordinal as usize].map(|point| from.metres_to(point))
    }

    /// All within so many metres. A bounding box of cells first; in those across the border a plane tells
    /// most offers, and only those on the very border are measured.
    pub fn within(&self, from: Point, metres: Metres) -> Bitmap {
        let mut near = Bitmap::empty(self.points.len());
        let reach = f64::from(metres);
        // A degree of latitude has at least 110 kilometres; a little more for rounding.
        let up = reach / 110_000.0 + 0.001;
        let across = up / from.lat.to_radians().cos().max(0.01) * 1.01;
        let (south, west) = cell(Point { lat: from.lat - up, lon: from.lon - across });
        let (north, east) = cell(Point { lat: from.lat + up, lon: from.lon + across });
        let Band { surely, perhaps } = Band::of(metres);
        let shrink = Self::shrink(from);
        for row in south..=north {
            for ((row, column), ordinals) in self.cells.range((row, west)..=(row, east)) {
                if furthest(from, *row, *column) + 2.0 < reach {
                    ordinals.iter().for_each(|one| near.insert(*one));
                    continue;
                }
                for one in ordinals {
                    let square = self.square(*one, from, shrink);
                    if square < surely
                        || (square < perhaps
                            && self.metres(*one, from).is_some_and(|far| far <= metres))
                    {
                        near.insert(*one);
                    }
                }
            }
        }
        near
    }

    /// How many of a set are within each of some distances, which must rise. Cheaper than a set for each.
    pub fn count_within<const N: usize>(
        &self,
        set: &Bitmap,
        from: Point,
        steps: [Metres; N],
    ) -> [usize; N] {
        let shrink = Self::shrink(from);
        let sure = steps.map(|metres| Band::of(metres).surely);
        let perhaps = steps.map(|metres| Band::of(metres).perhaps);
        let mut first = [0; N];
        for ordinal in set.iter() {
            let square = self.square(ordinal, from, shrink);
            // Most are further than all; and not a number is within nothing.
            if !perhaps.last().is_some_and(|furthest| square < *furthest) {
                continue;
            }
            let within = (0..N).find(|at| {
                square < sure[*at]
                    || (square < perhaps[*at]
                        && self.metres(ordinal, from).is_some_and(|far| far <= steps[*at]))
            });
            if let Some(at) = within {
                first[at] += 1;
            }
        }
        let mut so_far = 0;
        first.map(|more| {
            so_far += more;
            so_far
        })
    }

    /// Of the rough distance in metres; not a number for what has no point.
    fn square(&self, ordinal: u32, from: Point, shrink: f32) -> f32 {
        let (lat, lon) = self.rough[ordinal as usize];
        let x = (lon - from.lon as f32) * shrink;
        let y = (lat - from.lat as f32) * METRES_A_DEGREE;
        x * x + y * y
    }

    /// A measure for ranking: 15 within 300 metres, one less each time the distance grows by the root of
    /// two, 1 beyond some 35 kilometres; and 0 to 31 within such a step. The earth is flat enough.
    pub fn nearness(&self, ordinal: u32, from: Point, shrink: f32) -> Option<(u32, u32)> {
        let square = self.square(ordinal, from, shrink);
        if square.is_nan() {
            return None;
        }
        Some((steps(square), 31 - (square.to_bits() >> 18 & 31)))
    }

    /// What a degree to the east has, for [`Ground::nearness`].
    pub fn shrink(from: Point) -> f32 {
        METRES_A_DEGREE * from.lat.to_radians().cos() as f32
    }
}

/// Squares of rough distances: below one it is surely within, from the other on surely not.
struct Band {
    surely: f32,
    perhaps: f32,
}

impl Band {
    /// The plane is wrong by less than the angle that is seen from the middle of the earth.
    fn of(metres: Metres) -> Self {
        let reach = f64::from(metres);
        let doubt = 0.002 + reach / 2_000_000.0;
        Self {
            surely: (reach * (1.0 - doubt) - 5.0).max(0.0).powi(2) as f32,
            perhaps: (reach * (1.0 + doubt) + 5.0).powi(2) as f32,
        }
    }
}

const METRES_A_DEGREE: f32 = 111_195.0;

/// The exponent of the square is twice the logarithm of the distance: nothing to compute.
fn steps(square: f32) -> u32 {
    let doublings = square.to_bits() >> 23;
    let nearest = (300.0_f32 * 300.0).to_bits() >> 23;
    15 - doublings.saturating_sub(nearest).min(14)
}

/// Metres to the furthest corner.
fn furthest(from: Point, row: i32, column: i32) -> f64 {
    let corner = |up: i32, right: i32| Point {
        lat: f64::from(row + up) * HIGH,
        lon: f64::from(column + right) * WIDE,
    };
    [corner(0, 0), corner(0, 1), corner(1, 0), corner(1, 1)]
        .map(|corner| f64::from(from.metres_to(corner)))
        .into_iter()
        .fold(0.0, f64::max)
}

fn cell(point: Point) -> (i32, i32) {
    ((point.lat / HIGH).floor() as i32, (point.lon / WIDE).floor() as i32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn within_is_what_measuring_each_says(
            points in proptest::collection::vec((51.3_f64..51.7, -0.5_f64..0.3), 1..200),
            here in (51.3_f64..51.7, -0.5_f64..0.3),
            metres in 0_u32..15_000,
        ) {
            let points: Vec<_> = points.into_iter().map(|(lat, lon)| Point { lat, lon }).collect();
            let here = Point { lat: here.0, lon: here.1 };
            let ground = Ground::of(points.iter().copied().map(Some).collect());
            let expected: Vec<u32> = (0..points.len() as u32)
                .filter(|at| here.metres_to(points[*at as usize]) <= metres)
                .collect();
            prop_assert_eq!(ground.within(here, metres).iter().collect::<Vec<_>>(), &expected[..]);
            let all = Bitmap::full(points.len());
            let further = metres + 1_000;
            let [near, far] = ground.count_within(&all, here, [metres, further]);
            prop_assert_eq!((near, far), (expected.len(), ground.within(here, further).len()));
        }
    }

    #[test]
    fn nearness_falls_with_distance() {
        let level = |metres: f32| steps(metres * metres);
        assert_eq!(level(100.0), 15);
        assert!(level(800.0) > level(2_000.0));
        assert!(level(2_000.0) > level(5_000.0));
        assert_eq!(level(400_000.0), 1);
    }
}
