//! Nothing found: what to let go of, and how many offers that would bring.
use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    bitmap::{Bitmap, missing_at_most},
    narrow::{Condition, Narrowed, Question},
    segment::Segment,
    times::Asked,
};
use crate::search::{Criteria, LetGo, Loosen};
use crate::{
    calendar::day_code,
    places::Places,
    topics::{Code, Codes},
};

/// So many ways at most where several pieces must go together.
const TOGETHER: usize = 3;
/// Up to so many pieces go together; beyond that, or out of more than this, all of them go.
const FEW: usize = 3;
const MANY: usize = 24;

/// Most first; what brings nothing is left out. Where no single piece would bring anything, as few as
/// possible together.
pub(super) fn loosen(
    question: &Question,
    segments: &[&Segment],
    narrowed: &[Narrowed],
    places: &Places,
) -> Vec<Loosen> {
    let mut ways = Vec::new();
    let Some(any) = narrowed.first() else { return ways };
    for (condition, _) in &any.conditions {
        if *condition == Condition::When {
            when(question, segments, narrowed, &mut ways);
            continue;
        }
        let total = narrowed.iter().map(|one| one.but(*condition).len()).sum();
        ways.push(Loosen { pieces: vec![name(question, *condition, places)], total });
    }
    if question.words.len() > 1 {
        let total = narrowed.iter().map(|one| one.others(is_word).len()).sum();
        ways.push(Loosen { pieces: vec![LetGo { group: "q", code: None }], total });
    }
    ways.retain(|one| one.total > 0);
    if ways.is_empty() {
        ways = together(question, narrowed, places);
    }
    ways.sort_by_key(|one| Reverse(one.total));
    ways
}

fn is_word(condition: Condition) -> bool {
    matches!(condition, Condition::Word(_))
}

/// The fewest pieces that rule out everything between them.
fn together(question: &Question, narrowed: &[Narrowed], places: &Places) -> Vec<Loosen> {
    let Some(any) = narrowed.first() else { return Vec::new() };
    let conditions: Vec<Condition> = any.conditions.iter().map(|(one, _)| *one).collect();
    let mut ways: Vec<(Vec<usize>, usize)> = fewest(narrowed).into_iter().collect();
    if ways.is_empty() {
        let everything = narrowed.iter().map(|one| one.alive.len()).sum();
        ways.push(((0..conditions.len()).collect(), everything));
    }
    ways.sort_by_key(|(_, total)| Reverse(*total));
    ways.retain(|(_, total)| *total > 0);
    ways.truncate(TOGETHER);
    let way = |(gone, total): (Vec<usize>, usize)| {
        let gone: Vec<Condition> = gone.into_iter().map(|at| conditions[at]).collect();
        Loosen { pieces: pieces(question, &gone, places), total }
    };
    ways.into_iter().map(way).collect()
}

/// Which conditions go, by their place, with how many offers miss just these; nothing where more than a
/// few would have to go.
fn fewest(narrowed: &[Narrowed]) -> BTreeMap<Vec<usize>, usize> {
    let mut tally = BTreeMap::new();
    if narrowed.iter().any(|one| one.conditions.len() > MANY) {
        return tally;
    }
    let missing = |one: &Narrowed| {
        let sets: Vec<&Bitmap> = one.conditions.iter().map(|(_, set)| &**set).collect();
        missing_at_most(FEW, &one.alive, &sets)
    };
    let missing: Vec<Vec<Bitmap>> = narrowed.iter().map(missing).collect();
    // One condition may be made of several pieces: a day and a part of it.
    let least = (1..=FEW).find(|most| missing.iter().any(|up_to| up_to[*most].len() > 0));
    if let Some(least) = least {
        for (one, mut up_to) in narrowed.iter().zip(missing) {
            part(one, 0, up_to.swap_remove(least), least, &mut Vec::new(), &mut tally);
        }
    }
    tally
}

/// Parts a set by which conditions its offers miss: each misses `many`.
fn part(
    narrowed: &Narrowed,
    at: usize,
    set: Bitmap,
    many: usize,
    gone: &mut Vec<usize>,
    tally: &mut BTreeMap<Vec<usize>, usize>,
) {
    let offers = set.len();
    if offers == 0 {
        return;
    }
    if gone.len() == many {
        *tally.entry(gone.clone()).or_default() += offers;
        return;
    }
    let Some((_, met)) = narrowed.conditions.get(at) else { return };
    let mut missing = set.clone();
    missing.and_not(met);
    gone.push(at);
    part(narrowed, at + 1, missing, many, gone, tally);
    gone.pop();
    let mut having = set;
    having.and(met);
    part(narrowed, at + 1, having, many, gone, tally);
}

/// What they are called; day, part of the day and dates go together, and all words as one.
fn pieces(question: &Question, gone: &[Condition], places: &Places) -> Vec<LetGo> {
    let words = gone.iter().filter(|one| is_word(**one)).count();
    let all_words = words > 1 && words == question.words.len();
    let all = all_words.then_some(LetGo { group: "q", code: None });
    let each = gone.iter().filter(|one| !(all_words && is_word(**one)));
    let named = each.flat_map(|condition| match condition {
        Condition::When => {
            let without = question.when.but_one();
            without.map(|relaxed| timed(&question.when, &relaxed)).collect()
        }
        other => vec![name(question, *other, places)],
    });
    all.into_iter().chain(named).collect()
}

/// Days, parts and dates can be let go of one by one.
fn when(question: &Question, segments: &[&Segment], narrowed: &[Narrowed], ways: &mut Vec<Loosen>) {
    let asked = &question.when;
    for relaxed in asked.but_one() {
        let each = segments.iter().zip(narrowed);
        let total = each
            .map(|(segment, narrowed)| {
                let rest = narrowed.but(Condition::When);
                if relaxed.anything() {
                    rest.shared_with(&segment.times.fitting(&relaxed, question.now))
                } else {
                    rest.len()
                }
            })
            .sum();
        ways.push(Loosen { pieces: vec![timed(asked, &relaxed)], total });
    }
}

/// The one of days, parts and dates that was left out.
fn timed(asked: &Asked, relaxed: &Asked) -> LetGo {
    let (group, code) = if relaxed.days != asked.days {
        ("day", one_of(asked.days.iter().map(day_code)))
    } else if relaxed.parts != asked.parts {
        ("part", only(asked.parts))
    } else {
        ("dates", None)
    };
    LetGo { group, code }
}

fn name(question: &Question, condition: Condition, places: &Places) -> LetGo {
    let criteria: &Criteria = question.criteria;
    let (group, code) = match condition {
        Condition::Word(at) => ("q", Some(question.words[at].typed.clone())),
        Condition::Within => ("within", None),
        Condition::Need => ("need", only(criteria.needs)),
        Condition::Activity => ("activity", only(criteria.activities)),
        Condition::NotActivity => ("not_activity", only(criteria.not_activities)),
        Condition::Borough => {
            let slug = |gss| places.borough(gss).map(|one| one.slug.to_string());
            let codes = criteria.boroughs.iter();
            ("borough", one_of(codes.map(|gss| slug(*gss).unwrap_or_else(|| gss.to_string()))))
        }
        Condition::Audience => ("audience", only(criteria.audiences)),
        Condition::Access => ("access", only(criteria.access)),
        Condition::Delivery => ("delivery", only(criteria.delivery)),
        Condition::Cost => ("cost", only(criteria.cost)),
        Condition::Price => ("max_price", None),
        Condition::When => ("dates", None),
        Condition::Age => ("age", None),
        Condition::Language => ("language", one_of(criteria.languages.iter().map(|l| l.code()))),
        Condition::Joining => ("joining", only(criteria.joining)),
        Condition::Places => ("places", only(criteria.places)),
    };
    LetGo { group, code }
}

fn only<T: Code>(codes: Codes<T>) -> Option<String> {
    one_of(codes.iter().map(Code::code))
}

fn one_of<S: Into<String>>(mut codes: impl Iterator<Item = S>) -> Option<String> {
    let first = codes.next()?;
    codes.next().is_none().then(|| first.into())
}
