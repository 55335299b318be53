//! Why an offer was found, and what it does not say.
use super::{facts::Facts, narrow::Question, ranking::Ranked, segment::Segment};
use crate::search::{Fit, Hit, Piece};
use crate::{
    calendar::Session,
    offers::Ages,
    topics::{Audience, Cost},
};

/// Ranked offers with their reasons. `segments` are the catalogue's, in its order.
pub(super) fn hits<'a>(
    question: &Question,
    segments: &[&'a Segment],
    ranked: &[Ranked],
) -> Vec<Hit<'a>> {
    // What each offer says lies elsewhere in memory: asked for in one go, it is waited for together.
    let known = |one: &Ranked| Known::of(question, segments[one.segment], one.ordinal);
    let known: Vec<Known> = ranked.iter().map(known).collect();
    let each = ranked.iter().zip(known);
    each.map(|(one, known)| {
        explained(question, one.segment, segments[one.segment], one.ordinal, &known)
    })
    .collect()
}

/// One hit with its reasons. `place` is the segment's in the catalogue.
pub(super) fn hit<'a>(
    question: &Question,
    place: usize,
    segment: &'a Segment,
    ordinal: u32,
) -> Hit<'a> {
    explained(question, place, segment, ordinal, &Known::of(question, segment, ordinal))
}

/// What an offer says, its next session, and the next that is what was asked for.
struct Known {
    /// A copy: a reference would not fetch them.
    facts: Facts,
    any: Option<Session>,
    fitting: Option<Session>,
}

impl Known {
    fn of(question: &Question, segment: &Segment, ordinal: u32) -> Self {
        let mut known = Self { facts: segment.facts(ordinal).clone(), any: None, fitting: None };
        for session in segment.times.ahead(ordinal, question.now) {
            known.any = known.any.or(Some(session));
            if question.when.fits(&session) {
                known.fitting = Some(session);
                break;
            }
        }
        known
    }
}

fn explained<'a>(
    question: &Question,
    place: usize,
    segment: &'a Segment,
    ordinal: u32,
    known: &Known,
) -> Hit<'a> {
    let Known { facts, any, fitting } = known;
    let around = question.around.as_ref();
    let mut hit = Hit {
        card: segment.card(ordinal),
        distance: around.and_then(|around| segment.ground.metres(ordinal, around.point)),
        next: fitting.or(*any),
        first: *any,
        why: Vec::new(),
        not_stated: Vec::new(),
    };
    topics(question, facts, &mut hit.why);
    people(question, facts, &mut hit);
    if let Some(session) = fitting.filter(|_| question.when.anything()) {
        hit.why.push(Piece::Session(session));
    }
    terms(question, facts, &mut hit);
    let criteria = question.criteria;
    let here = criteria.boroughs.iter().filter(|g| segment.values.borough(**g).contains(ordinal));
    hit.why.extend(here.map(|gss| Piece::Borough(*gss)));
    if let (Some(metres), true) = (hit.distance, around.is_some()) {
        hit.why.push(Piece::Near(metres));
    }
    let words = question.words.iter().filter(|word| word.found[place].1.contains(ordinal));
    let words: Vec<String> = words.map(|word| word.typed.clone()).collect();
    if !words.is_empty() {
        hit.why.push(Piece::Words(words));
    }
    hit
}

fn topics(question: &Question, facts: &Facts, why: &mut Vec<Piece>) {
    let criteria = question.criteria;
    why.extend(facts.needs.intersection(criteria.needs).iter().map(Piece::Need));
    why.extend(facts.activities.intersection(criteria.activities).iter().map(Piece::Activity));
}

fn people(question: &Question, facts: &Facts, hit: &mut Hit<'_>) {
    let criteria = question.criteria;
    for audience in facts.named.intersection(criteria.audiences).iter() {
        hit.why.push(Piece::Audience(audience, fit(facts, audience)));
    }
    if criteria.age.is_some() {
        match facts.ages {
            Ages::NotStated => hit.not_stated.push(Piece::Ages(facts.ages)),
            Ages::Stated { .. } => hit.why.push(Piece::Ages(facts.ages)),
        }
    }
    for feature in criteria.access.iter() {
        if facts.yes.contains(feature) {
            hit.why.push(Piece::Access(feature));
        } else if !facts.no.contains(feature) {
            hit.not_stated.push(Piece::Access(feature));
        }
    }
    for language in &criteria.languages {
        let list = if facts.names(*language) { &mut hit.why } else { &mut hit.not_stated };
        list.push(Piece::Language(*language));
    }
}

fn terms(question: &Question, facts: &Facts, hit: &mut Hit<'_>) {
    let criteria = question.criteria;
    if criteria.cost.contains(facts.cost) {
        hit.why.push(Piece::Cost(facts.cost));
    }
    if let Some(most) = criteria.max_price {
        match facts.price {
            // What nobody has to pay a price for says so by its own name.
            _ if facts.cost != Cost::Paid && criteria.cost.contains(facts.cost) => {}
            _ if facts.cost != Cost::Paid => hit.why.push(Piece::Cost(facts.cost)),
            Facts::NO_PRICE => hit.not_stated.push(Piece::Price(None)),
            pence if pence <= most => hit.why.push(Piece::Price(Some(pence))),
            _ => {}
        }
    }
    hit.why.extend(facts.delivery.intersection(criteria.delivery).iter().map(Piece::Delivery));
    hit.why.extend(facts.joining.intersection(criteria.joining).iter().map(Piece::Joining));
    match facts.places {
        Some(places) if criteria.places.contains(places) => hit.why.push(Piece::Places(places)),
        None => hit.not_stated.extend(criteria.places.iter().map(Piece::Places)),
        _ => {}
    }
}

fn fit(facts: &Facts, audience: Audience) -> Fit {
    if facts.only.contains(audience) {
        Fit::Only
    } else if facts.welcome.contains(audience) {
        Fit::Welcome
    } else {
        Fit::MeantFor
    }
}
