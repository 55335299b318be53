//! From criteria to sets: one for each condition, and what meets them all.
use std::borrow::Cow;

use jiff::civil::DateTime;

use super::{
    bitmap::{Bitmap, missing_exactly_one},
    near::Around,
    segment::Segment,
    times::Asked,
    words::Word,
};
use crate::search::Criteria;

/// What all that was asked comes to; the same for every segment.
pub(super) struct Question<'a> {
    pub criteria: &'a Criteria,
    pub words: Vec<Word>,
    pub around: Option<Around>,
    pub when: Asked,
    pub now: DateTime,
}

/// One group of what was asked, or one word of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    Word(usize),
    Within,
    Need,
    Activity,
    NotActivity,
    Borough,
    Audience,
    Access,
    Delivery,
    Cost,
    Price,
    When,
    Age,
    Language,
    Joining,
    Places,
}

/// One segment under a question.
pub(super) struct Narrowed<'a> {
    /// What shows at all.
    pub alive: Bitmap,
    pub conditions: Vec<(Condition, Cow<'a, Bitmap>)>,
    /// What meets every condition.
    pub all: Bitmap,
    /// How many that are.
    pub total: usize,
}

impl<'a> Narrowed<'a> {
    /// `place` is the segment's in the catalogue.
    fn of(question: &'a Question, place: usize, segment: &'a Segment, alive: Bitmap) -> Self {
        let conditions = conditions(question, place, segment);
        let mut all = alive.clone();
        conditions.iter().for_each(|(_, set)| all.and(set));
        let total = all.len();
        Self { alive, conditions, all, total }
    }

    /// Every segment of the catalogue, with what shows in it.
    pub fn each(question: &'a Question, segments: &[&'a Segment], alive: Vec<Bitmap>) -> Vec<Self> {
        let places = (0..).zip(segments).zip(alive);
        places.map(|((place, segment), alive)| Self::of(question, place, segment, alive)).collect()
    }

    pub fn asks(&self, condition: Condition) -> bool {
        self.conditions.iter().any(|(one, _)| *one == condition)
    }

    /// What meets all the others.
    pub fn but(&self, condition: Condition) -> Cow<'_, Bitmap> {
        if self.asks(condition) {
            Cow::Owned(self.others(|one| one == condition))
        } else {
            Cow::Borrowed(&self.all)
        }
    }
    /// What meets all conditions but those.
    pub fn others(&self, but: impl Fn(Condition) -> bool) -> Bitmap {
        let mut rest = self.alive.clone();
        for (_, set) in self.conditions.iter().filter(|(one, _)| !but(*one)) {
            rest.and(set);
        }
        rest
    }

    /// What meets all conditions but exactly one.
    pub fn all_but_one(&self) -> Bitmap {
        let sets: Vec<&Bitmap> = self.conditions.iter().map(|(_, set)| &**set).collect();
        missing_exactly_one(&self.alive, &sets)
    }
}

fn conditions<'a>(
    question: &'a Question,
    place: usize,
    segment: &'a Segment,
) -> Vec<(Condition, Cow<'a, Bitmap>)> {
    let Criteria { needs, activities, audiences, access, delivery, cost, joining, places, .. } =
        *question.criteria;
    let criteria = question.criteria;
    let values = &segment.values;
    let words = question.words.iter().enumerate();
    let mut conditions: Vec<_> = words
        .map(|(at, word)| (Condition::Word(at), Cow::Borrowed(&word.found[place].1)))
        .collect();
    let mut ask = |condition, asked: bool, set: &dyn Fn() -> Cow<'a, Bitmap>| {
        if asked {
            conditions.push((condition, set()));
        }
    };
    let around = question.around.as_ref().filter(|around| around.within.is_some());
    ask(Condition::Within, around.is_some(), &|| {
        Cow::Owned(around.map_or_else(Bitmap::default, |around| around.within(segment)))
    });
    ask(Condition::Need, !needs.is_empty(), &|| values.any(&values.needs, needs));
    ask(Condition::Activity, !activities.is_empty(), &|| {
        values.any(&values.activities, activities)
    });
    ask(Condition::NotActivity, !criteria.not_activities.is_empty(), &|| {
        let mut rest = Bitmap::full(segment.len());
        rest.and_not(&values.any(&values.activities, criteria.not_activities));
        Cow::Owned(rest)
    });
    ask(Condition::Borough, !criteria.boroughs.is_empty(), &|| {
        values.either(criteria.boroughs.iter().map(|gss| values.borough(*gss)))
    });
    ask(Condition::Audience, !audiences.is_empty(), &|| values.any(&values.audiences, audiences));
    ask(Condition::Access, !access.is_empty(), &|| values.any(&values.access, access));
    ask(Condition::Delivery, !delivery.is_empty(), &|| values.any(&values.delivery, delivery));
    ask(Condition::Cost, !cost.is_empty(), &|| values.any(&values.cost, cost));
    ask(Condition::Price, criteria.max_price.is_some(), &|| {
        Cow::Owned(values.priced(criteria.max_price.unwrap_or(0)))
    });
    ask(Condition::When, question.when.anything(), &|| {
        Cow::Owned(segment.times.fitting(&question.when, question.now))
    });
    ask(Condition::Age, criteria.age.is_some(), &|| {
        Cow::Owned(criteria.age.map_or_else(Bitmap::default, |age| values.aged(age.from, age.to)))
    });
    ask(Condition::Language, !criteria.languages.is_empty(), &|| {
        values.either(criteria.languages.iter().map(|one| &values.languages[one.index()]))
    });
    ask(Condition::Joining, !joining.is_empty(), &|| values.any(&values.joining, joining));
    ask(Condition::Places, !places.is_empty(), &|| values.any(&values.places, places));
    conditions
}

impl<'a> Question<'a> {
    /// Nothing asked.
    pub fn empty(criteria: &'a Criteria, now: DateTime) -> Self {
        let when = Self::when_of(criteria);
        Self { criteria, words: Vec::new(), around: None, when, now }
    }

    pub fn when_of(criteria: &Criteria) -> Asked {
        Asked { days: criteria.days, parts: criteria.parts, from: criteria.from, to: criteria.to }
    }
}
