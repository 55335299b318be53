//! What a search finds, on a map: drawn here, with no help from anybody else's server.
mod clusters;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use clusters::{Cluster, clusters};

pub use clusters::APART;

use super::Card;
use crate::{
    places::{Frame, Ground, Places, Point},
    text::thousands,
};

/// An offer and where it is.
pub type Spot = (Arc<Card>, Point);

/// A map is at least so many metres across: nearer, nobody would know where it is.
const LEAST: f64 = 1_500.0;
/// Of one offer.
const AROUND_ONE: f64 = 5_000.0;
/// Points that are no further apart than this, in degrees, are in one house.
const ONE_HOUSE: f64 = 0.0003;
/// So many offers of a place are listed by name, and so many where one cannot look closer.
const NAMED: usize = 5;
const MOST_NAMED: usize = 40;
/// A closer look must show at most so much of what was shown before.
const CLOSER: f64 = 0.9;

/// South-west and north-east corner of a piece of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    low: Point,
    high: Point,
}

#[derive(Clone, Debug)]
pub struct Map {
    pub frame: Frame,
    /// Where no outlines are known, there is none.
    pub ground: Option<Ground>,
    pub pins: Vec<Pin>,
    /// How many offers are on it.
    pub offers: usize,
}

/// One or more offers at a place of the map.
#[derive(Clone, Debug)]
pub struct Pin {
    pub x: i32,
    pub y: i32,
    /// In units.
    pub radius: u32,
    /// What stands in it; nothing for a single offer.
    pub count: String,
    /// "12 offers around Peckham".
    pub label: String,
    /// Its first offers, in the order of the list.
    pub named: Vec<Arc<Card>>,
    /// How many more there are.
    pub more: usize,
    /// The piece of the map that shows them apart; `None` where they are all in one house, or there is only one.
    pub nearer: Option<Piece>,
}

impl Map {
    /// `None` where nothing has a place.
    pub fn of(spots: &[Spot], places: &Places) -> Option<Self> {
        let frame = Frame::around(spots.iter().map(|(_, point)| *point), LEAST)?;
        let clusters = clusters(&frame, spots);
        let pins: Vec<Pin> = clusters.iter().map(|one| Pin::of(one, &frame, places)).collect();
        let at: Vec<(i32, i32)> = pins.iter().map(|pin| (pin.x, pin.y)).collect();
        Some(Self { frame, ground: places.ground(&frame, &at), pins, offers: spots.len() })
    }
}

/// Where one offer is. `None` without outlines: a point on nothing says nothing.
#[derive(Clone, Debug)]
pub struct OneMap {
    pub frame: Frame,
    pub ground: Ground,
    pub x: i32,
    pub y: i32,
    /// The neighbourhood: "Peckham".
    pub near: Option<String>,
}

impl OneMap {
    pub fn of(point: Point, places: &Places) -> Option<Self> {
        let frame = Frame::around([point], AROUND_ONE)?;
        let (x, y) = frame.xy(point);
        let (x, y) = (x.round() as i32, y.round() as i32);
        Some(Self {
            ground: places.ground(&frame, &[(x, y)])?,
            frame,
            x,
            y,
            near: places.nearest(point).map(|place| place.name.clone()),
        })
    }
}

impl Pin {
    fn of(cluster: &Cluster, frame: &Frame, places: &Places) -> Self {
        let Cluster { x, y, spots } = cluster;
        let many = spots.len();
        let piece = Piece::around(spots.iter().map(|spot| spot.1));
        let alone = (spots[0].0.title.to_string(), None);
        let (label, nearer) = match many {
            1 => alone,
            _ => {
                // Named after where most of it is: the middle may be a place that has none.
                let name = places.nearest(frame.point(*x, *y)).map(|place| place.name.as_str());
                let around = name.map(|name| format!(" around {name}")).unwrap_or_default();
                let label = format!("{} offers{around}", thousands(many as u64));
                (label, piece.filter(|piece| piece.is_closer_than(frame)))
            }
        };
        let most = if nearer.is_some() { NAMED } else { MOST_NAMED };
        // One more takes no more room than to say so.
        let shown = if many <= most + 1 { many } else { most };
        Self {
            x: x.round() as i32,
            y: y.round() as i32,
            radius: match many {
                1 => 17,
                2..10 => 31,
                10..100 => 36,
                _ => 42,
            },
            count: match many {
                1 => String::new(),
                2..1_000 => many.to_string(),
                _ => format!("{}k", many / 1_000),
            },
            label,
            named: spots[..shown].iter().map(|spot| spot.0.clone()).collect(),
            more: many - shown,
            nearer,
        }
    }
}

impl Piece {
    /// As an address has it: "51.4,-0.1,51.5,0.05", south, west, north, east. `None` for anything else.
    pub fn parse(typed: &str) -> Option<Self> {
        let degrees: Vec<f64> =
            typed.splitn(5, ',').map(|one| one.parse().ok()).collect::<Option<_>>()?;
        let [south, west, north, east] = degrees[..] else {
            return None;
        };
        let sound = (-90.0..=90.0).contains(&south)
            && (-90.0..=90.0).contains(&north)
            && (-180.0..=180.0).contains(&west)
            && (-180.0..=180.0).contains(&east)
            && south <= north
            && west <= east;
        let (low, high) = (Point { lat: south, lon: west }, Point { lat: north, lon: east });
        sound.then_some(Self { low, high })
    }

    pub fn contains(&self, point: Point) -> bool {
        (self.low.lat..=self.high.lat).contains(&point.lat)
            && (self.low.lon..=self.high.lon).contains(&point.lon)
    }

    fn around(mut points: impl Iterator<Item = Point>) -> Option<Self> {
        let first = points.next()?;
        Some(points.fold(Self { low: first, high: first }, |piece, point| Self {
            low: Point { lat: piece.low.lat.min(point.lat), lon: piece.low.lon.min(point.lon) },
            high: Point { lat: piece.high.lat.max(point.lat), lon: piece.high.lon.max(point.lon) },
        }))
    }

    fn is_closer_than(&self, frame: &Frame) -> bool {
        let one_house =
            self.high.lat - self.low.lat < ONE_HOUSE && self.high.lon - self.low.lon < ONE_HOUSE;
        let closer = Frame::around([self.low, self.high], LEAST);
        !one_house
            && closer.is_some_and(|closer| closer.metres_across() < frame.metres_across() * CLOSER)
    }
}

impl std::fmt::Display for Piece {
    /// A little larger, so that rounding leaves nothing out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let more = 0.00001;
        let (low, high) = (self.low, self.high);
        let (south, west, north, east) =
            (low.lat - more, low.lon - more, high.lat + more, high.lon + more);
        write!(f, "{south:.5},{west:.5},{north:.5},{east:.5}")
    }
}
