//! What a map shows besides what it is about: the boroughs, and names to find one's way by.
use super::{ACROSS, Frame, Place, PlaceKind, Places, Point};

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
/// Half the width of a letter, the height of a line and the reach of a pin, in units and on the safe side: names
/// run neither into each other, nor under a pin, nor over the edge.
const HALF_LETTER: i32 = 7;
const LINE: i32 = 40;
const PIN: i32 = 44;

impl Places {
    /// `None` where no outline is known: then there is nothing to draw on. `pins` are where names would be in the way.
    pub fn ground(&self, frame: &Frame, pins: &[(i32, i32)]) -> Option<Ground> {
        if self.outlines().is_empty() {
            return None;
        }
        let boroughs = self.outlines().iter().filter_map(|one| frame.path(one)).collect();
        let mut names: Vec<Name> = Vec::new();
        let mut add = |text: &str, point: Point| {
            let (x, y) = frame.xy(point);
            let (x, y) = (x.round() as i32, y.round() as i32);
            let half = HALF_LETTER * text.chars().count() as i32;
            let inside = (half..=ACROSS as i32 - half).contains(&x)
                && (LINE..=frame.height() as i32 - LINE).contains(&y);
            let free = |at: (i32, i32), wide: i32, high: i32| {
                (at.0 - x).abs() > half + wide || (at.1 - y).abs() > high
            };
            let from_names = names.iter().all(|one| {
                free((one.x, one.y), HALF_LETTER * (one.text.chars().count() as i32 + 2), LINE)
            });
            let from_pins = pins.iter().all(|pin| free(*pin, PIN, PIN + LINE / 2));
            // A ward often has the name of an area in it.
            let is_new = names.iter().all(|one| one.text != text);
            if inside && is_new && from_names && from_pins {
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
