//! Where offers are: who is near a point, exactly and without measuring each.
use std::array::from_fn;

use super::{bitmap::Bitmap, wide::widely};
use crate::places::{Metres, Point};

/// As many as a word of a set has bits.
const BLOCK: usize = 64;

/// Up to one offer in so many, each is measured by itself; more, all at once.
const FEW: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Ground {
    points: Vec<Option<Point>>,
    /// The same, a third as large, in whole blocks: latitudes, then longitudes; not a number where there is no point.
    rough: Vec<([f32; BLOCK], [f32; BLOCK])>,
}

impl Ground {
    pub fn of(points: Vec<Option<Point>>) -> Self {
        let block = |points: &[Option<Point>]| {
            let one = |at: usize| points.get(at).copied().flatten();
            let coordinate =
                |of: fn(Point) -> f64| from_fn(|at| one(at).map_or(f64::NAN, of) as f32);
            (coordinate(|point| point.lat), coordinate(|point| point.lon))
        };
        Self { rough: points.chunks(BLOCK).map(block).collect(), points }
    }

    pub fn point(&self, ordinal: u32) -> Option<Point> {
        self.points[ordinal as usize]
    }

    pub fn metres(&self, ordinal: u32, from: Point) -> Option<Metres> {
        self.points[ordinal as usize].map(|point| from.metres_to(point))
    }

    /// All within so many metres. A flat map settles most of them; only those near the border are measured.
    pub fn within(&self, from: Point, metres: Metres) -> Bitmap {
        let Band { surely, perhaps } = Band::of(metres);
        let [mut near, mut doubtful] = self.closer(from, [surely, perhaps]);
        doubtful.and_not(&near);
        for one in doubtful.iter() {
            if self.metres(one, from).is_some_and(|far| far <= metres) {
                near.insert(one);
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
        let origin = Origin::of(from);
        let bands = steps.map(Band::of);
        let mut near = set.clone();
        if set.len() * FEW > self.points.len() {
            // Most offers are further away than the longest distance.
            let furthest = bands.last().map_or(0.0, |band| band.perhaps);
            let [all] = self.closer(from, [furthest]);
            near.and(&all);
        }
        let mut first = [0; N];
        for ordinal in near.iter() {
            let square = self.square(ordinal, origin);
            let within = (0..N).find(|at| {
                square < bands[*at].surely
                    || (square < bands[*at].perhaps
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

    /// For each limit, those whose [`Ground::square`] is below it.
    fn closer<const N: usize>(&self, from: Point, limits: [f32; N]) -> [Bitmap; N] {
        let origin = Origin::of(from);
        let mut closer = limits.map(|_| vec![0; self.rough.len()]);
        widely(
            #[inline(always)]
            || {
                for (at, (lat, lon)) in self.rough.iter().enumerate() {
                    let mut squares = [0.0; BLOCK];
                    for ((square, lat), lon) in squares.iter_mut().zip(lat).zip(lon) {
                        *square = origin.square(*lat, *lon);
                    }
                    for (words, limit) in closer.iter_mut().zip(limits) {
                        let bits = (0..).zip(&squares);
                        words[at] = bits.fold(0, |word, (bit, square)| {
                            word | u64::from(*square < limit) << bit
                        });
                    }
                }
            },
        );
        closer.map(|words| Bitmap::of_words(self.points.len(), words))
    }

    /// The square of the rough distance in metres; not a number for what has no point.
    fn square(&self, ordinal: u32, origin: Origin) -> f32 {
        let (block, at) = (ordinal as usize / BLOCK, ordinal as usize % BLOCK);
        let (lat, lon) = &self.rough[block];
        origin.square(lat[at], lon[at])
    }

    /// The most that [`Ground::nearness`] gives.
    pub const NEAREST: (u32, u32) = (15, 31);

    /// A measure for ranking: 15 within 300 metres, one less each time the distance grows by the root of
    /// two, 1 beyond some 35 kilometres; and 0 to 31 within such a step.
    pub fn nearness(&self, ordinal: u32, origin: Origin) -> Option<(u32, u32)> {
        let square = self.square(ordinal, origin);
        if square.is_nan() {
            return None;
        }
        Some((steps(square), 31 - (square.to_bits() >> 18 & 31)))
    }
}

/// A point to measure from, roughly: the earth around it is flat enough.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    lat: f32,
    lon: f32,
    /// Metres of a degree to the east.
    wide: f32,
}

impl Origin {
    pub fn of(point: Point) -> Self {
        let wide = METRES_A_DEGREE * point.lat.to_radians().cos() as f32;
        Self { lat: point.lat as f32, lon: point.lon as f32, wide }
    }

    /// The square of the rough distance in metres.
    #[inline(always)]
    fn square(self, lat: f32, lon: f32) -> f32 {
        let x = (lon - self.lon) * self.wide;
        let y = (lat - self.lat) * METRES_A_DEGREE;
        x * x + y * y
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

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, option, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn within_is_what_measuring_each_says(
            points in vec(option::weighted(0.9, (51.3_f64..51.7, -0.5_f64..0.3)), 1..200),
            here in (51.3_f64..51.7, -0.5_f64..0.3),
            metres in 0_u32..15_000,
        ) {
            let point = |(lat, lon)| Point { lat, lon };
            let points: Vec<_> = points.into_iter().map(|one| one.map(point)).collect();
            let here = point(here);
            let ground = Ground::of(points.clone());
            let near = |at: &u32| {
                points[*at as usize].is_some_and(|point| here.metres_to(point) <= metres)
            };
            let expected: Vec<u32> = (0..points.len() as u32).filter(near).collect();
            prop_assert_eq!(ground.within(here, metres).iter().collect::<Vec<_>>(), &expected[..]);
            let all = Bitmap::full(points.len());
            let further = metres + 1_000;
            let [near, far] = ground.count_within(&all, here, [metres, further]);
            prop_assert_eq!((near, far), (expected.len(), ground.within(here, further).len()));
            let few = Bitmap::of(points.len(), |at| at == 0);
            let [alone] = ground.count_within(&few, here, [metres]);
            prop_assert_eq!(alone, usize::from(expected.contains(&0)));
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
