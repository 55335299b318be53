//! Where everything is that a search finds: for maps.
use std::sync::Arc;

use jiff::civil::DateTime;

use super::{Catalogue, bitmap::Bitmap, narrow::Narrowed, ranking::first};
use crate::{
    places::Point,
    search::{Card, Criteria},
};

/// So many are in the order of the list; nobody looks through more of them on a map. The rest stand the newest first.
const IN_ORDER: usize = 2_000;

/// All that a search finds and that has a place, in the order of its list.
#[derive(Clone, Debug)]
pub struct Spots {
    /// Also what has none.
    pub total: usize,
    pub placed: Vec<(Arc<Card>, Point)>,
}

impl Catalogue {
    pub fn spots(&self, criteria: &Criteria, now: DateTime) -> Spots {
        let alive = self.alive(now);
        let count: usize = alive.iter().map(Bitmap::len).sum();
        let segments = self.segments();
        let question = self.question(criteria, &segments, &alive, now);
        let narrowed = Narrowed::each(&question, &segments, alive);
        let total: usize = narrowed.iter().map(|one| one.total).sum();
        let sets: Vec<&Bitmap> = narrowed.iter().map(|one| &one.all).collect();
        let many = IN_ORDER.min(total);
        let ranked = first(&question, criteria.sort, &segments, &sets, count, many);
        let mut rest: Vec<Bitmap> = sets.into_iter().cloned().collect();
        ranked.iter().for_each(|one| rest[one.segment].remove(one.ordinal));
        let rest =
            rest.iter().enumerate().flat_map(|(place, set)| set.iter().map(move |at| (place, at)));
        let all = ranked.iter().map(|one| (one.segment, one.ordinal)).chain(rest);
        let placed = all.filter_map(|(place, ordinal)| {
            let segment = segments[place];
            Some((segment.card(ordinal).clone(), segment.ground.point(ordinal)?))
        });
        Spots { total, placed: placed.collect() }
    }
}
