//! What one might look at from an offer: the same at other times, a gentler step, a bigger one, and what else its
//! provider runs.
use jiff::civil::DateTime;

use super::{
    Catalogue,
    bitmap::Bitmap,
    explain::hit,
    facts::Facts,
    narrow::Question,
    segment::{Segment, newest_first},
    times::part,
};
use crate::{
    places::Metres,
    search::{Card, Criteria, Hit},
    text::Slug,
    topics::Code,
};

/// So far people go for another time of the week.
const NEARBY: Metres = 5_000;
/// Of each kind at most so many.
const MANY: usize = 3;

/// Each offer stands in one list only; any of them may be empty.
#[derive(Clone, Debug, Default)]
pub struct Related<'a> {
    /// Nearby, for one of the same needs, in a part of the week in which this one is not held. The nearest first.
    pub other_times: Vec<Hit<'a>>,
    /// The same artform for one of the same needs, asking less of a person, see `step`.
    pub gentler: Option<Hit<'a>>,
    /// The same, asking more.
    pub bigger: Option<Hit<'a>>,
    /// The soonest first.
    pub same_provider: Vec<Hit<'a>>,
}

impl Related<'_> {
    pub fn is_empty(&self) -> bool {
        self.other_times.is_empty()
            && self.gentler.is_none()
            && self.bigger.is_none()
            && self.same_provider.is_empty()
    }
}

/// An offer as it is compared with others.
struct Here<'a> {
    segment: &'a Segment,
    ordinal: u32,
    card: &'a Card,
    facts: &'a Facts,
    week: u32,
}

/// Where an offer was found: its segment's place, and its ordinal there.
type Found = (usize, u32);

impl Catalogue {
    /// `None` where no such offer is shown.
    pub fn related(&self, slug: &Slug, now: DateTime) -> Option<Related<'_>> {
        let alive = self.alive(now);
        let segments = self.segments();
        let here = segments.iter().zip(&alive).find_map(|(segment, alive)| {
            let ordinal = segment.ordinal_of_slug(slug).filter(|at| alive.contains(*at))?;
            let (card, facts) = (segment.card(ordinal), segment.facts(ordinal));
            Some(Here { segment, ordinal, card, facts, week: week(segment, ordinal, now) })
        })?;
        let (mut nearby, mut gentler, mut bigger) = (Vec::new(), None, None);
        for (place, (segment, alive)) in segments.iter().zip(&alive).enumerate() {
            let mut alike =
                segment.values.any(&segment.values.needs, here.facts.needs).into_owned();
            alike.and(alive);
            let near = here.near(segment);
            let mut reached = near.clone();
            let mut remote = segment.remote.clone();
            remote.and(&here.boroughs(segment));
            reached.or(&remote);
            alike.and(&reached);
            for ordinal in alike.iter() {
                let (card, facts) = (segment.card(ordinal), segment.facts(ordinal));
                if card.provider_slug == here.card.provider_slug {
                    continue;
                }
                let far = here.metres(segment, ordinal);
                let apart = far.unwrap_or(0);
                if facts.main.artform() == here.facts.main.artform() {
                    let less = here.facts.step.checked_sub(facts.step).filter(|less| *less > 0);
                    let more = facts.step.checked_sub(here.facts.step).filter(|more| *more > 0);
                    let measure = |step| (step, apart, newest_first(card));
                    keep_least(&mut gentler, less.map(measure), (place, ordinal));
                    keep_least(&mut bigger, more.map(measure), (place, ordinal));
                }
                if near.contains(ordinal) {
                    let other = week(segment, ordinal, now);
                    if other & !here.week != 0 && other & here.week == 0 {
                        nearby.push((apart, (place, ordinal)));
                    }
                }
            }
        }
        let steps = [gentler, bigger].map(|one| one.map(|(_, found)| found));
        nearby.retain(|(_, found)| !steps.contains(&Some(*found)));
        nearby.sort_by_cached_key(|(far, (place, ordinal))| {
            (*far, newest_first(segments[*place].card(*ordinal)))
        });
        let criteria = Criteria::default();
        let question = Question::empty(&criteria, now);
        let show = |(place, ordinal): Found| Hit {
            distance: here.metres(segments[place], ordinal),
            ..hit(&question, place, segments[place], ordinal)
        };
        let mut same_provider = self.by_provider(&here.card.provider_slug, now);
        same_provider.retain(|one| one.card.id != here.card.id);
        same_provider.truncate(MANY);
        Some(Related {
            other_times: nearby.into_iter().take(MANY).map(|(_, found)| show(found)).collect(),
            gentler: steps[0].map(show),
            bigger: steps[1].map(show),
            same_provider,
        })
    }
}

impl Here<'_> {
    fn metres(&self, segment: &Segment, ordinal: u32) -> Option<Metres> {
        segment.ground.metres(ordinal, self.segment.ground.point(self.ordinal)?)
    }

    /// Within reach of its place; in its boroughs where it has none.
    fn near(&self, segment: &Segment) -> Bitmap {
        match self.segment.ground.point(self.ordinal) {
            Some(point) => segment.ground.within(point, NEARBY),
            None => self.boroughs(segment),
        }
    }

    fn boroughs(&self, segment: &Segment) -> Bitmap {
        let values = &segment.values;
        values.either(self.card.boroughs.iter().map(|gss| values.borough(*gss))).into_owned()
    }
}

/// The parts of the week in which it is held, a bit for each.
fn week(segment: &Segment, ordinal: u32, now: DateTime) -> u32 {
    segment.times.ahead(ordinal, now).fold(0, |week, session| {
        let day = session.starts.weekday().to_monday_zero_offset().unsigned_abs();
        week | 1 << (u32::from(day) * 3 + part(session.starts.time()).index() as u32)
    })
}

/// The one with the least difference, then the nearest, then the newest.
fn keep_least<M: Ord>(kept: &mut Option<(M, Found)>, measure: Option<M>, found: Found) {
    if let Some(measure) = measure
        && kept.as_ref().is_none_or(|(least, _)| measure < *least)
    {
        *kept = Some((measure, found));
    }
}
