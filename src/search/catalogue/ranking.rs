//! In which order: words and meaning, then distance, then what is said for just these people, then how
//! fresh it is and whether there are places left. Never who pays, never what is popular.
use std::ops::ControlFlow;

use super::{
    bitmap::Bitmap,
    facts::{Facts, days},
    ground::{Ground, Origin},
    narrow::Question,
    near::Around,
    segment::{Segment, newest_first},
    topics::Topics,
    words::scores,
};
use crate::search::Sort;
use crate::topics::{Code, Language};

/// An offer in its segment, with what it is sorted by: smaller is earlier.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub primary: u32,
    pub segment: usize,
    pub ordinal: u32,
}

/// The first `many` of all segments; `sets` are what is to be ranked of each.
pub(super) fn first(
    question: &Question,
    sort: Sort,
    segments: &[&Segment],
    sets: &[&Bitmap],
    alive: usize,
    many: usize,
) -> Vec<Ranked> {
    let mut all = Vec::new();
    for (place, (segment, set)) in segments.iter().zip(sets).enumerate() {
        let top = match (sort, &question.around) {
            (Sort::Soonest, _) => soonest(question, segment, set, many),
            // As ordinals are.
            (Sort::Newest, _) => set.iter().take(many).map(|ordinal| (0, ordinal)).collect(),
            (Sort::Nearest, Some(around)) => nearest(around, segment, set, many),
            _ => best(question, place, segment, set, alive, many),
        };
        all.extend(top.into_iter().map(|(primary, ordinal)| Ranked {
            primary,
            segment: place,
            ordinal,
        }));
    }
    if segments.len() > 1 {
        all.sort_by_key(|one| (one.primary, newest_first(segments[one.segment].card(one.ordinal))));
        all.truncate(many);
    }
    all
}

fn best(
    question: &Question,
    place: usize,
    segment: &Segment,
    set: &Bitmap,
    alive: usize,
    many: usize,
) -> Vec<(u32, u32)> {
    let judge = Judge::new(question, segment);
    let mut top = Top::new(many);
    if !question.words.is_empty() {
        let mut results = Vec::with_capacity(set.len());
        set.iter().for_each(|ordinal| results.push(ordinal));
        let scores = scores(&question.words, place, &segment.index, alive, &results);
        for (ordinal, score) in results.iter().zip(scores) {
            judge.offer(*ordinal, judge.topics.of(*ordinal), score, &mut top);
        }
    } else if set.len() * FEW <= segment.len() {
        set.iter().for_each(|ordinal| judge.offer(ordinal, judge.topics.of(ordinal), 0, &mut top));
    } else {
        // The best first: most lists are full before it comes to the rest.
        for (topics, level) in judge.topics.levels(set).into_iter().enumerate().rev() {
            let topics = topics as u32;
            let best = judge.at_best(topics);
            top.shrink();
            let full = level.iter().try_for_each(|ordinal| {
                if top.has_better(best, ordinal) {
                    return ControlFlow::Break(());
                }
                judge.offer(ordinal, topics, 0, &mut top);
                ControlFlow::Continue(())
            });
            if full.is_break() {
                break;
            }
        }
    }
    top.into_sorted()
}

/// Up to one offer in so many, each is looked up in the sets; more, whole sets are put together.
const FEW: usize = 64;

struct Judge<'a> {
    segment: &'a Segment,
    topics: Topics<'a>,
    keeping: &'a [u8],
    around: Option<(&'a Around, Origin, Bitmap)>,
    /// Boroughs were chosen instead of a place.
    in_boroughs: bool,
    /// The chosen audiences, access features, ages, languages that an offer may name itself.
    explicit: Vec<&'a Bitmap>,
    /// The most there can be of each; of meaning there is another most each time.
    most: Points,
}

/// What decides: more is better, and each counts only among those that are alike in all before it. Coarse steps come
/// first, so that many are alike; the finer parts of words and distance settle what is left.
#[derive(Clone, Copy)]
struct Points {
    /// Words and topics: 0 to 12.
    meaning: u32,
    /// Up to [`Ground::NEAREST`], as `fine` is.
    near: u32,
    /// 0 to 31: what is said for just these people.
    explicit: u32,
    /// 0 to [`Facts::BEST_KEPT`].
    keeping: u32,
    /// 0 to 255: how well it answers the words.
    score: u32,
    /// For what is as `near`.
    fine: u32,
}

impl Points {
    fn sum(self) -> u32 {
        self.meaning << 27
            | self.near << 23
            | self.explicit << 18
            | self.keeping << 13
            | self.score << 5
            | self.fine
    }
}

/// What needs no journey ranks as if it were so near: 3 kilometres.
const REMOTE: u32 = 8;
/// A whole borough is at least so near: 600 metres.
const WHOLE: u32 = 13;

impl<'a> Judge<'a> {
    fn new(question: &'a Question<'a>, segment: &'a Segment) -> Self {
        let criteria = question.criteria;
        let values = &segment.values;
        let ages = criteria.age.map(|_| &values.ages_stated);
        let audiences = criteria.audiences.iter().map(|one| &values.named[one.index()]);
        let access = criteria.access.iter().map(|one| &values.access[one.index()]);
        let languages = criteria.languages.iter().map(|one| match *one {
            Language::ENGLISH => &values.in_english,
            _ => &values.languages[one.index()],
        });
        let explicit: Vec<_> = audiences.chain(access).chain(ages).chain(languages).collect();
        let in_boroughs = !criteria.boroughs.is_empty();
        let (near, fine) = match question.around {
            Some(_) => Ground::NEAREST,
            None => (if in_boroughs { WHOLE } else { 0 }, 0),
        };
        let most = Points {
            meaning: 0,
            near,
            explicit: (explicit.len() as u32).min(31),
            keeping: Facts::BEST_KEPT.into(),
            score: if question.words.is_empty() { 0 } else { 255 },
            fine,
        };
        Self {
            segment,
            topics: Topics::new(criteria, values),
            keeping: segment.keeping(days(question.now.date())),
            around: question
                .around
                .as_ref()
                .map(|around| (around, Origin::of(around.point), around.reached(segment))),
            in_boroughs,
            explicit,
            most,
        }
    }

    /// Whatever cannot be among the first any more is not looked at further.
    #[inline(always)]
    fn offer(&self, ordinal: u32, topics: u32, score: u32, top: &mut Top) {
        let meaning = (score / 32).min(7) + topics;
        if top.has_better(self.at_best(meaning), ordinal) {
            return;
        }
        let (near, fine) = self.nearness(ordinal);
        let at_most = Points { meaning, near, score: score.min(255), fine, ..self.most };
        if top.has_better(at_most.sum(), ordinal) {
            return;
        }
        let keeping = u32::from(self.keeping[ordinal as usize]);
        let explicit: u32 = self.explicit.iter().map(|set| u32::from(set.contains(ordinal))).sum();
        let points = Points { explicit: explicit.min(31), keeping, ..at_most };
        debug_assert!(points.sum() <= at_most.sum() && at_most.sum() <= self.at_best(meaning));
        top.offer(u32::MAX - points.sum(), ordinal);
    }

    /// The most points there can be for so much meaning.
    fn at_best(&self, meaning: u32) -> u32 {
        Points { meaning, ..self.most }.sum()
    }

    /// 0 to 15, and 0 to 31 for what lies in the same step.
    fn nearness(&self, ordinal: u32) -> (u32, u32) {
        let Some((around, origin, reached)) = &self.around else {
            if !self.in_boroughs {
                return (0, 0);
            }
            // Of a borough's offers, those that are held there come before those one need not go to.
            return (if self.segment.remote.contains(ordinal) { REMOTE } else { WHOLE }, 0);
        };
        let (mut near, fine) = self.segment.ground.nearness(ordinal, *origin).unwrap_or((0, 0));
        if reached.contains(ordinal) {
            near = near.max(REMOTE);
        }
        if near > 0
            && around.whole.is_some_and(|gss| self.segment.values.borough(gss).contains(ordinal))
        {
            near = near.max(WHOLE);
        }
        (near, fine)
    }
}

/// What has no place comes last.
fn nearest(around: &Around, segment: &Segment, set: &Bitmap, many: usize) -> Vec<(u32, u32)> {
    let mut top = Top::new(many);
    set.iter().for_each(|ordinal| {
        top.offer(segment.ground.metres(ordinal, around.point).unwrap_or(u32::MAX), ordinal);
    });
    top.into_sorted()
}

/// By the next session that fits; what has none comes last. Walks through the days only as far as needed.
fn soonest(question: &Question, segment: &Segment, set: &Bitmap, many: usize) -> Vec<(u32, u32)> {
    let mut left = set.clone();
    let mut top = Top::new(many);
    let mut taken = 0;
    segment.times.each_date(&question.when, question.now, |held| {
        for ordinal in left.iter_shared(held) {
            let minute = segment
                .times
                .ahead(ordinal, question.now)
                .find(|session| question.when.fits(session))
                .map_or(u32::MAX, |session| minutes(&session));
            top.offer(minute, ordinal);
            taken += 1;
        }
        left.and_not(held);
        taken < many
    });
    if taken < many {
        left.iter().for_each(|ordinal| top.offer(u32::MAX, ordinal));
    }
    top.into_sorted()
}

/// Since 1970.
fn minutes(session: &crate::calendar::Session) -> u32 {
    let at = session.starts;
    days(at.date()).unsigned_abs() * 1440
        + u32::from(at.hour().unsigned_abs()) * 60
        + u32::from(at.minute().unsigned_abs())
}

/// What may be kept beyond twice the number before it is sorted out.
const ROOM: usize = 24;

/// Keeps the first so many of what it is offered, and of equals the newest: smaller ordinals.
struct Top {
    many: usize,
    /// The primary above, the ordinal below.
    kept: Vec<u64>,
    /// Nothing from here on can be among them.
    limit: u64,
}

impl Top {
    fn new(many: usize) -> Self {
        Self { many, kept: Vec::with_capacity(many * 2 + ROOM), limit: u64::MAX }
    }

    /// Whether nothing from this ordinal on can be among them with so many points.
    fn has_better(&self, points: u32, ordinal: u32) -> bool {
        u64::from(u32::MAX - points) << 32 | u64::from(ordinal) >= self.limit
    }

    fn offer(&mut self, primary: u32, ordinal: u32) {
        let one = u64::from(primary) << 32 | u64::from(ordinal);
        if one < self.limit {
            self.kept.push(one);
            if self.kept.len() == self.many * 2 + ROOM {
                self.shrink();
            }
        }
    }

    fn shrink(&mut self) {
        if self.many == 0 {
            self.kept.clear();
        } else if self.kept.len() > self.many {
            let (_, last, _) = self.kept.select_nth_unstable(self.many - 1);
            self.limit = *last;
            self.kept.truncate(self.many);
        }
    }

    fn into_sorted(mut self) -> Vec<(u32, u32)> {
        self.shrink();
        self.kept.sort_unstable();
        self.kept.into_iter().map(|one| ((one >> 32) as u32, one as u32)).collect()
    }
}
