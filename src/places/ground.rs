//! What a map shows besides what it is about: the boroughs, and names to find one's way by.
use super::{Frame, Place, PlaceKind, Places, Point};

#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// The boroughs, as paths of an SVG.
    pub boroughs: Vec<String>,
    pub names: Vec<Name>,
}

/// In the middle of a place, in units of the frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    pub x: i32,
    pub y: i32,
    pub text: String,
}

/// Wider than this, a map names boroughs; else the neighbourhoods in them. In metres.
const WIDE: f64 = 12_000.0;
/// So far apart names must be, in units, so that they do not run into each other.
const APART: (i32, i32) = (210, 60);

impl Places {
    /// `None` where no outline is known: then there is nothing to draw on.
    pub fn ground(&self, frame: &Frame) -> Option<Ground> {
        if self.outlines().is_empty() {
            return None;
        }
        let boroughs = self.outlines().iter().filter_map(|one| frame.path(one)).collect();
        let mut names: Vec<Name> = Vec::new();
        let mut add = |text: &str, point: Point| {
            let (x, y) = frame.xy(point);
            let (x, y) = (x.round() as i32, y.round() as i32);
            let inside = (60..=940).contains(&x) && (30..=frame.height() as i32 - 20).contains(&y);
            let free = |other: &Name| (other.x - x).abs() > APART.0 || (other.y - y).abs() > APART.1;
            if inside && names.iter().all(free) {
                names.push(Name { x, y, text: text.to_owned() });
            }
        };
        match frame.metres_across() > WIDE {
            true => self.boroughs().iter().for_each(|one| add(&one.short, one.centre)),
            false => self.neighbourhoods().for_each(|one| add(&one.name, one.point)),
        }
        Some(Ground { boroughs, names })
    }

    /// The neighbourhood whose middle is nearest: "Peckham".
    pub fn nearest(&self, point: Point) -> Option<&Place> {
        let shrink = point.lat.to_radians().cos();
        let far = |place: &Place| {
            let (x, y) = ((place.point.lon - point.lon) * shrink, place.point.lat - point.lat);
            x * x + y * y
        };
        self.neighbourhoods().min_by(|one, other| far(one).total_cmp(&far(other)))
    }

    /// Areas as people say them, and wards.
    fn neighbourhoods(&self) -> impl Iterator<Item = &Place> {
        let all = self.names().map(|(_, place)| place);
        all.filter(|place| matches!(place.kind, PlaceKind::Area | PlaceKind::Ward))
    }
}
