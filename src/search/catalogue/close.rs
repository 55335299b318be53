//! Close matches: what misses exactly one piece of what was asked, the smallest miss first.
use super::{
    bitmap::Bitmap,
    explain::hit,
    misses::{Judged, judge, miss},
    narrow::{Condition, Narrowed, Question},
    segment::{Segment, newest_first},
};
use crate::places::Places;
use crate::search::Close;

/// Fewer hits than this ask for close matches, and no more than this are shown.
pub(super) const ENOUGH: usize = 10;

pub(super) fn close<'a>(
    question: &Question,
    segments: &[&'a Segment],
    narrowed: &[Narrowed],
    places: &Places,
) -> Vec<Close<'a>> {
    let mut nearest = Vec::new();
    for (place, (segment, narrowed)) in segments.iter().zip(narrowed).enumerate() {
        let missing_one = narrowed.all_but_one();
        for (condition, set) in &narrowed.conditions {
            let mut candidates = missing_one.clone();
            candidates.and_not(set);
            let mut best = Nearest::default();
            match condition {
                Condition::When => when(question, segment, &candidates, &mut best),
                _ => {
                    candidates.iter().for_each(|ordinal| {
                        let size = judge(question, segment, ordinal, *condition, places);
                        best.offer(size, ordinal);
                    });
                }
            }
            nearest.extend(best.kept.into_iter().map(|(size, ordinal)| {
                let judged = Judged { condition: *condition, size };
                (judged, place, ordinal)
            }));
        }
    }
    nearest.sort_by_cached_key(|(judged, place, ordinal)| {
        (judged.size, newest_first(segments[*place].card(*ordinal)))
    });
    nearest.truncate(ENOUGH);
    nearest
        .into_iter()
        .map(|(judged, place, ordinal)| Close {
            hit: hit(question, place, segments[place], ordinal),
            miss: miss(question, segments[place], ordinal, judged.condition),
        })
        .collect()
}

/// The smallest misses, by size and then the newest first.
#[derive(Default)]
struct Nearest {
    kept: Vec<(u32, u32)>,
}

impl Nearest {
    fn offer(&mut self, size: Option<u32>, ordinal: u32) {
        let Some(size) = size else { return };
        let one = (size, ordinal);
        if self.kept.len() == ENOUGH && self.kept.last().is_some_and(|last| *last < one) {
            return;
        }
        let at = self.kept.partition_point(|kept| *kept < one);
        self.kept.insert(at, one);
        self.kept.truncate(ENOUGH);
    }
}

/// Day, part and dates are three pieces that must hold for one session: only what holds a session that
/// fits the other two is close.
fn when(question: &Question, segment: &Segment, candidates: &Bitmap, best: &mut Nearest) {
    for relaxed in question.when.but_one() {
        let mut set = candidates.clone();
        if relaxed.anything() {
            set.and(&segment.times.fitting(&relaxed, question.now));
        }
        for ordinal in set.iter() {
            let off = segment.times.off_by(ordinal, &question.when, &relaxed, question.now);
            best.offer_once(off, ordinal);
        }
    }
}

impl Nearest {
    /// The smaller of two ways to miss.
    fn offer_once(&mut self, size: u32, ordinal: u32) {
        let known = self.kept.iter().position(|(_, kept)| *kept == ordinal);
        match known {
            Some(at) if self.kept[at].0 <= size => return,
            Some(at) => {
                self.kept.remove(at);
            }
            None => {}
        }
        self.offer(Some(size), ordinal);
    }
}
