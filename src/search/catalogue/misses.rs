//! How far an offer is from what was asked, and what it has instead.
use super::{
    facts::Facts,
    narrow::{Condition, Question},
    segment::Segment,
    times::{Asked, part},
};
use crate::search::Miss;
use crate::{
    calendar::{Session, Weekdays},
    offers::Ages,
    places::Places,
    topics::{Access, Activity, Code, Codes, Cost},
};

/// What one offer misses, and how much.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub condition: Condition,
    pub size: u32,
}

/// How big a miss is: 100 for what a telephone call may settle, 1,000 for what changes everything. `None`
/// for what is no close match at all. Days, parts and dates are judged by their sessions instead.
pub(super) fn judge(
    question: &Question,
    segment: &Segment,
    ordinal: u32,
    condition: Condition,
    places: &Places,
) -> Option<u32> {
    let criteria = question.criteria;
    let facts = segment.facts(ordinal);
    Some(match condition {
        Condition::NotActivity | Condition::When => return None,
        Condition::Word(_) => 500,
        Condition::Within => 100 + further(question, segment, ordinal)? / 10,
        Condition::Need => 700,
        Condition::Activity => {
            let mut asked = criteria.activities.iter();
            let sibling = asked.any(|one| facts.activities.contains(one.artform()));
            if sibling { 300 } else { 650 }
        }
        Condition::Borough => borough(question, segment, ordinal, places),
        Condition::Audience => 900,
        Condition::Age => {
            let (asked, (least, most)) = (criteria.age?, facts.age_limits());
            let years = least.saturating_sub(asked.to).max(asked.from.saturating_sub(most));
            250 + 30 * u32::from(years)
        }
        Condition::Access => match missing_feature(criteria.access, facts) {
            (_, false) => 120,
            _ => 800,
        },
        Condition::Delivery => 450,
        Condition::Cost => match (facts.cost, facts.price) {
            (Cost::Free, _) => 100,
            (Cost::Donation | Cost::PayWhatYouCan, _) => 130,
            (Cost::Paid, Facts::NO_PRICE) => 260,
            (Cost::Paid, pence) => 150 + pence.min(20_000) / 10,
        },
        Condition::Price => match facts.price {
            Facts::NO_PRICE => 140,
            pence => 150 + pence.saturating_sub(criteria.max_price?).min(20_000) / 10,
        },
        Condition::Language => 550,
        Condition::Joining => 350,
        Condition::Places => match facts.places {
            None => 110,
            Some(crate::topics::Places::Full) => 500,
            Some(_) => 300,
        },
    })
}

/// What is there instead.
pub(super) fn miss(
    question: &Question,
    segment: &Segment,
    ordinal: u32,
    condition: Condition,
) -> Miss {
    let criteria = question.criteria;
    let facts = segment.facts(ordinal);
    let card = segment.card(ordinal);
    match condition {
        Condition::Word(at) => Miss::Words { missing: vec![question.words[at].typed.clone()] },
        Condition::Within => {
            Miss::Further { by: further(question, segment, ordinal).unwrap_or_default() }
        }
        Condition::Need => Miss::Need { asked: criteria.needs },
        Condition::Activity | Condition::NotActivity => {
            Miss::Activity { instead: nearest_activity(criteria.activities, facts) }
        }
        Condition::Borough => Miss::Borough { instead: card.boroughs.clone() },
        Condition::Audience => Miss::Audience { only: facts.only },
        Condition::Access => {
            let (feature, stated) = missing_feature(criteria.access, facts);
            Miss::Access { feature, stated }
        }
        Condition::Delivery => Miss::Delivery { instead: facts.delivery },
        Condition::Cost => Miss::Cost { instead: card.cost_in_words.clone(), asked: criteria.cost },
        Condition::Price => Miss::Price {
            pence: (facts.price != Facts::NO_PRICE).then_some(facts.price),
            most: criteria.max_price.unwrap_or_default(),
        },
        Condition::When => missed_time(question, segment, ordinal),
        Condition::Age => match facts.ages {
            Ages::Stated { from, to } => Miss::Age { from, to },
            Ages::NotStated => Miss::Age { from: None, to: None },
        },
        Condition::Language => Miss::Language { asked: criteria.languages.clone() },
        Condition::Joining => Miss::Joining { instead: facts.joining },
        Condition::Places => Miss::Places { said: facts.places },
    }
}

/// What it offers in an artform that was asked for, the main thing before others; else the main thing.
fn nearest_activity(asked: Codes<Activity>, facts: &Facts) -> Activity {
    let artforms: Codes<Activity> = asked.iter().map(Activity::artform).collect();
    let near = |one: &Activity| artforms.contains(one.artform());
    let within = || facts.activities.iter().filter(|one| one.parent().is_some()).find(near);
    let any = || facts.activities.iter().find(near);
    Some(facts.main).filter(near).or_else(within).or_else(any).unwrap_or(facts.main)
}

/// The piece of day, part and dates that is missed by least.
fn missed_time(question: &Question, segment: &Segment, ordinal: u32) -> Miss {
    let asked = &question.when;
    let (times, now) = (&segment.times, question.now);
    let ahead = |relaxed: &Asked| -> Vec<Session> {
        times.ahead(ordinal, now).filter(|one| relaxed.fits(one)).collect()
    };
    let near = asked
        .but_one()
        .filter(|relaxed| !relaxed.anything() || !ahead(relaxed).is_empty())
        .min_by_key(|relaxed| times.off_by(ordinal, asked, relaxed, now));
    let relaxed = near.unwrap_or(*asked);
    let held = ahead(&relaxed);
    if relaxed.days != asked.days {
        let held: Weekdays = held.iter().map(|one| one.starts.date().weekday()).collect();
        Miss::Days { held, asked: asked.days }
    } else if relaxed.parts != asked.parts {
        let held = held.iter().map(|one| part(one.starts.time())).collect();
        Miss::Parts { held, asked: asked.parts }
    } else {
        Miss::Dates { next: held.first().copied() }
    }
}

fn further(question: &Question, segment: &Segment, ordinal: u32) -> Option<u32> {
    let around = question.around.as_ref()?;
    segment.ground.metres(ordinal, around.point)?.checked_sub(around.within?)
}

/// Next door, or further away.
fn borough(question: &Question, segment: &Segment, ordinal: u32, places: &Places) -> u32 {
    let asked = question.criteria.boroughs.iter();
    let mut neighbours = asked.filter_map(|gss| places.borough(*gss)).flat_map(|b| &b.neighbours);
    let near = neighbours.any(|gss| segment.card(ordinal).boroughs.contains(gss));
    if near { 200 } else { 600 }
}

/// The first feature it does not speak of, else the first that it has not; with whether that is stated.
fn missing_feature(asked: Codes<Access>, facts: &Facts) -> (Access, bool) {
    let unsaid = asked.without(facts.yes).without(facts.no).iter().next();
    let first = || asked.iter().next().unwrap_or(Access::ALL[0]);
    unsaid.map_or_else(|| (first(), true), |feature| (feature, false))
}
