//! Nothing found: what to let go of, and how many offers that would bring.
use super::{
    counting::day_code,
    narrow::{Condition, Narrowed, Question},
    segment::Segment,
};
use crate::search::{Criteria, Loosen};
use crate::{
    places::Places,
    topics::{Code, Codes},
};

/// Most first; what brings nothing is left out.
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
        let (group, code) = name(question, *condition, places);
        ways.push(Loosen { group, code, total });
    }
    if question.words.len() > 1 {
        let is_word = |one| matches!(one, Condition::Word(_));
        let total = narrowed.iter().map(|one| one.others(is_word).len()).sum();
        ways.push(Loosen { group: "q", code: None, total });
    }
    ways.retain(|one| one.total > 0);
    ways.sort_by_key(|one| std::cmp::Reverse(one.total));
    ways
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
        let (group, code) = if relaxed.days != asked.days {
            ("day", one_of(asked.days.iter().map(day_code)))
        } else if relaxed.parts != asked.parts {
            ("part", only(asked.parts))
        } else {
            ("dates", None)
        };
        ways.push(Loosen { group, code, total });
    }
}

fn name(
    question: &Question,
    condition: Condition,
    places: &Places,
) -> (&'static str, Option<String>) {
    let criteria: &Criteria = question.criteria;
    match condition {
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
    }
}

fn only<T: Code>(codes: Codes<T>) -> Option<String> {
    one_of(codes.iter().map(Code::code))
}

fn one_of<S: Into<String>>(mut codes: impl Iterator<Item = S>) -> Option<String> {
    let first = codes.next()?;
    codes.next().is_none().then(|| first.into())
}
