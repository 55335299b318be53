//! The piece of the world that a drawing shows, and how it is drawn: on a plane, which is right enough for a
//! region.
use std::fmt::Write;

use super::{Outline, Point};

/// Across, in units of the drawing.
pub const ACROSS: f64 = 1_000.0;
/// The height in parts of the width: least and most.
const SHAPES: (f64, f64) = (0.62, 1.0);
/// Around what is shown, in parts of the width.
const MARGIN: f64 = 0.1;
const METRES_A_DEGREE: f64 = 111_195.0;

/// North is up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    west: f64,
    north: f64,
    /// Units in a degree to the east and to the south.
    east: f64,
    south: f64,
    height: f64,
}

impl Frame {
    /// Around all the points, at least so many metres wide. `None` without any point.
    pub fn around(points: impl IntoIterator<Item = Point>, least: f64) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        let (mut low, mut high) = (first, first);
        for point in points {
            low = Point { lat: low.lat.min(point.lat), lon: low.lon.min(point.lon) };
            high = Point { lat: high.lat.max(point.lat), lon: high.lon.max(point.lon) };
        }
        let middle = Point { lat: (low.lat + high.lat) / 2.0, lon: (low.lon + high.lon) / 2.0 };
        let shrink = middle.lat.to_radians().cos().max(0.01);
        let wide = (high.lon - low.lon) * METRES_A_DEGREE * shrink;
        let high = (high.lat - low.lat) * METRES_A_DEGREE;
        let room = 1.0 - 2.0 * MARGIN;
        let across = (wide / room).max(high / (SHAPES.1 - 2.0 * MARGIN)).max(least);
        let shape = ((high / across) + 2.0 * MARGIN).clamp(SHAPES.0, SHAPES.1);
        let (east, south) =
            (ACROSS / across * METRES_A_DEGREE * shrink, ACROSS / across * METRES_A_DEGREE);
        let height = (ACROSS * shape).round();
        Some(Self {
            west: middle.lon - ACROSS / 2.0 / east,
            north: middle.lat + height / 2.0 / south,
            east,
            south,
            height,
        })
    }

    pub fn height(&self) -> f64 {
        self.height
    }

    /// Right and down, in units.
    pub fn xy(&self, point: Point) -> (f64, f64) {
        ((point.lon - self.west) * self.east, (self.north - point.lat) * self.south)
    }

    /// The other way.
    pub fn point(&self, x: f64, y: f64) -> Point {
        Point { lat: self.north - y / self.south, lon: self.west + x / self.east }
    }

    pub fn metres_across(&self) -> f64 {
        ACROSS / self.south * METRES_A_DEGREE
    }

    /// As the path of an SVG, in whole units; `None` where nothing of it lies within.
    pub fn path(&self, outline: &Outline) -> Option<String> {
        let mut path = String::new();
        for ring in &outline.rings {
            let points: Vec<(f64, f64)> = ring.iter().map(|point| self.xy(*point)).collect();
            let reach = |of: fn(&(f64, f64)) -> f64| {
                let (low, high) = (f64::INFINITY, f64::NEG_INFINITY);
                points
                    .iter()
                    .map(of)
                    .fold((low, high), |(low, high), at| (low.min(at), high.max(at)))
            };
            let ((left, right), (top, bottom)) = (reach(|point| point.0), reach(|point| point.1));
            if right < 0.0 || left > ACROSS || bottom < 0.0 || top > self.height {
                continue;
            }
            let mut last = None;
            for (x, y) in points {
                let at = (x.round() as i32, y.round() as i32);
                let _ = match last {
                    None => write!(path, "M{} {}", at.0, at.1), // into a string: it cannot fail
                    Some(last) if last == at => continue,
                    Some((x, y)) => write!(path, "l{} {}", at.0 - x, at.1 - y),
                };
                last = Some(at);
            }
            path.push('z');
        }
        (!path.is_empty()).then_some(path)
    }
}
