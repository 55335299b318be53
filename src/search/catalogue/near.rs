//! A place searched near: what is in reach of it.
use super::{bitmap::Bitmap, segment::Segment};
use crate::places::{Gss, Metres, Outcode, PlaceKind, Places, Point, Postcode};
use crate::search::Near;

/// Without a distance nothing is left out: the nearest come first, and what neither has a place nor
/// serves this one comes last.
#[derive(Clone, Debug)]
pub(super) struct Around {
    pub point: Point,
    pub within: Option<Metres>,
    /// The borough itself, where a whole borough is searched: all of it is near.
    pub whole: Option<Gss>,
    /// Where people of the place live.
    pub boroughs: Vec<Gss>,
}

impl Around {
    pub fn new(near: &Near, places: &Places) -> Self {
        let whole = match near.place.kind {
            PlaceKind::Borough(gss) => Some(gss),
            _ => None,
        };
        Self {
            point: near.place.point,
            within: near.within,
            whole,
            boroughs: boroughs(near, places),
        }
    }

    /// What comes to the people of the place, or needs no place, and serves them.
    pub fn reached(&self, segment: &Segment) -> Bitmap {
        let mut reached = self.serving(segment);
        reached.and(&segment.remote);
        reached
    }

    /// What is within the distance, or in the whole borough, or needs no journey.
    pub fn within(&self, segment: &Segment) -> Bitmap {
        let mut near = self.reached(segment);
        if let Some(gss) = self.whole {
            near.or(segment.values.borough(gss));
        }
        if let Some(metres) = self.within {
            near.or(&segment.ground.within(self.point, metres));
        }
        near
    }

    fn serving(&self, segment: &Segment) -> Bitmap {
        let values = &segment.values;
        let theirs = self.boroughs.iter().map(|gss| values.borough(*gss));
        values.either(theirs.chain([values.everywhere()])).into_owned()
    }
}

/// That of a postcode or of most of an outward code; else the one whose middle is nearest.
fn boroughs(near: &Near, places: &Places) -> Vec<Gss> {
    let own = match near.place.kind {
        PlaceKind::Borough(gss) => Some(gss),
        PlaceKind::Postcode => {
            Postcode::parse(&near.place.name).and_then(|postcode| places.borough_of(&postcode))
        }
        PlaceKind::Outcode => {
            Outcode::parse(&near.place.name).and_then(|code| places.borough_of_outcode(&code))
        }
        PlaceKind::Ward | PlaceKind::Area => None,
    };
    let nearest = || {
        let far = |gss: &&crate::places::Borough| near.place.point.metres_to(gss.centre);
        places.boroughs().iter().min_by_key(far).map(|one| one.gss)
    };
    own.or_else(nearest).into_iter().collect()
}
