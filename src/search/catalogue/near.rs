//! A place searched near: what is in reach of it.
use super::{bitmap::Bitmap, segment::Segment};
use crate::places::{Borough, Gss, Metres, Place, PlaceKind, Places, Point};
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
    pub borough: Option<Gss>,
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
            borough: borough(&near.place, places),
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
        let mut near = self.near_anyway(segment);
        if let Some(metres) = self.within {
            near.or(&segment.ground.within(self.point, metres));
        }
        near
    }

    /// What is near whatever the distance.
    pub fn near_anyway(&self, segment: &Segment) -> Bitmap {
        let mut near = self.reached(segment);
        if let Some(gss) = self.whole {
            near.or(segment.values.borough(gss));
        }
        near
    }

    fn serving(&self, segment: &Segment) -> Bitmap {
        let values = &segment.values;
        let theirs = self.borough.iter().map(|gss| values.borough(*gss));
        values.either(theirs.chain([values.everywhere()])).into_owned()
    }
}

/// Its own; where none is known, as outside of all boroughs, the one whose middle is nearest.
fn borough(place: &Place, places: &Places) -> Option<Gss> {
    let nearest = || {
        let far = |one: &&Borough| place.point.metres_to(one.centre);
        places.boroughs().iter().min_by_key(far).map(|one| one.gss)
    };
    place.borough.or_else(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::example;

    #[test]
    fn people_of_a_place_live_in_its_own_borough_and_not_where_the_nearest_middle_is() {
        let places = example::places();
        let middle = places.boroughs()[0].gss;
        let bromley = places.borough_by_slug("bromley").unwrap().gss;
        assert_ne!(middle, bromley);
        let crystal_palace =
            Place { borough: Some(bromley), ..places.find("Crystal Palace").unwrap() };
        assert_eq!(borough(&crystal_palace, &places), Some(bromley));
        let beyond = Place { borough: None, ..crystal_palace };
        assert_eq!(borough(&beyond, &places), Some(middle), "all middles are one in this example");
    }
}
