//! How many offers each value of each filter would give, all other groups as chosen.
use std::borrow::Cow;

use jiff::civil::Weekday;

use super::{
    Count, Counts,
    bitmap::Bitmap,
    facts::Facts,
    narrow::{Condition, Narrowed, Question},
    segment::Segment,
    times::Asked,
    values::Values,
};
use crate::{
    calendar::day_name,
    places::{Gss, Places},
    topics::{Audience, Code, Codes, Language, PartOfDay},
};

/// Up to one offer in so many is counted offer by offer; more, value by value.
const FEW: usize = 64;

pub(super) struct Counting<'a> {
    pub question: &'a Question<'a>,
    pub segments: &'a [&'a Segment],
    pub narrowed: &'a [Narrowed],
    /// For the names of boroughs.
    pub places: &'a Places,
    /// Boroughs and languages that occur.
    pub boroughs: &'a [Gss],
    pub languages: &'a [Language],
}

impl Counting<'_> {
    pub fn counts(&self) -> Counts {
        let asked = self.question.criteria;
        let groups = vec![
            ("need", self.codes(Condition::Need, asked.needs, |v| &v.needs, |f| f.needs.bits())),
            (
                "activity",
                self.codes(
                    Condition::Activity,
                    asked.activities,
                    |v| &v.activities,
                    |f| f.activities.bits(),
                ),
            ),
            ("borough", self.boroughs()),
            (
                "audience",
                self.codes(Condition::Audience, asked.audiences, |v| &v.audiences, open_to),
            ),
            (
                "access",
                self.codes(Condition::Access, asked.access, |v| &v.access, |f| f.yes.bits()),
            ),
            (
                "delivery",
                self.codes(
                    Condition::Delivery,
                    asked.delivery,
                    |v| &v.delivery,
                    |f| f.delivery.bits(),
                ),
            ),
            ("cost", self.codes(Condition::Cost, asked.cost, |v| &v.cost, |f| 1 << f.cost.index())),
            ("day", self.days()),
            ("part", self.parts()),
            ("language", self.spoken()),
            (
                "joining",
                self.codes(Condition::Joining, asked.joining, |v| &v.joining, |f| f.joining.bits()),
            ),
            (
                "places",
                self.codes(
                    Condition::Places,
                    asked.places,
                    |v| &v.places,
                    |f| f.places.map_or(0, |places| 1 << places.index()),
                ),
            ),
        ];
        Counts { groups }
    }

    fn codes<T: Code>(
        &self,
        group: Condition,
        chosen: Codes<T>,
        shelf: impl Fn(&Values) -> &Vec<Bitmap>,
        bits: impl Fn(&Facts) -> u64,
    ) -> Vec<Count> {
        let mut offers = vec![0; T::ALL.len()];
        self.tally(group, shelf, bits, &mut offers);
        let all = T::ALL.iter().zip(offers);
        all.map(|(code, offers)| Count {
            code: Cow::Borrowed(code.code()),
            label: Cow::Borrowed(code.label()),
            offers,
            chosen: chosen.contains(*code),
        })
        .collect()
    }

    fn tally(
        &self,
        group: Condition,
        shelf: impl Fn(&Values) -> &Vec<Bitmap>,
        bits: impl Fn(&Facts) -> u64,
        offers: &mut [usize],
    ) {
        for (segment, narrowed) in self.segments.iter().zip(self.narrowed) {
            let set = narrowed.but(group);
            if set.len() * FEW <= segment.len() {
                for ordinal in set.iter() {
                    let mut left = bits(segment.facts(ordinal));
                    while left != 0 {
                        offers[left.trailing_zeros() as usize] += 1;
                        left &= left - 1;
                    }
                }
            } else {
                for (value, offers) in shelf(&segment.values).iter().zip(offers.iter_mut()) {
                    *offers += set.shared_with(value);
                }
            }
        }
    }

    fn boroughs(&self) -> Vec<Count> {
        let chosen = &self.question.criteria.boroughs;
        let mut counts: Vec<Count> = self
            .boroughs
            .iter()
            .map(|gss| {
                let known = self.places.borough(*gss);
                let code = known.map_or_else(|| gss.to_string(), |one| one.slug.to_string());
                let label = known.map_or_else(|| gss.to_string(), |one| one.name.clone());
                Count {
                    code: Cow::Owned(code),
                    label: Cow::Owned(label),
                    offers: 0,
                    chosen: chosen.contains(gss),
                }
            })
            .collect();
        for (segment, narrowed) in self.segments.iter().zip(self.narrowed) {
            let set = narrowed.but(Condition::Borough);
            for (gss, count) in self.boroughs.iter().zip(&mut counts) {
                count.offers += set.shared_with(segment.values.borough(*gss));
            }
        }
        counts
    }

    fn spoken(&self) -> Vec<Count> {
        let mut offers = vec![0; Language::all().count()];
        self.tally(Condition::Language, |values| &values.languages, Facts::spoken, &mut offers);
        let chosen = &self.question.criteria.languages;
        let shown =
            Language::all().filter(|one| self.languages.contains(one) || chosen.contains(one));
        shown
            .map(|one| Count {
                code: Cow::Borrowed(one.code()),
                label: Cow::Borrowed(one.name()),
                offers: offers[one.index()],
                chosen: chosen.contains(&one),
            })
            .collect()
    }

    fn days(&self) -> Vec<Count> {
        let chosen = self.question.criteria.days;
        let week = Weekday::Monday.cycle_forward().take(7);
        week.map(|day| Count {
            code: Cow::Borrowed(day_code(day)),
            label: Cow::Borrowed(day_name(day)),
            offers: self.held(|asked| asked.days = [day].into_iter().collect()),
            chosen: chosen.contains(day),
        })
        .collect()
    }

    fn parts(&self) -> Vec<Count> {
        let chosen = self.question.criteria.parts;
        let all = PartOfDay::ALL.iter();
        all.map(|part| Count {
            code: Cow::Borrowed(part.code()),
            label: Cow::Borrowed(part.label()),
            offers: self.held(|asked| asked.parts = [*part].into_iter().collect()),
            chosen: chosen.contains(*part),
        })
        .collect()
    }

    /// How many hold a session as asked for, but for this.
    fn held(&self, instead: impl Fn(&mut Asked)) -> usize {
        let mut asked = self.question.when;
        instead(&mut asked);
        let each = self.segments.iter().zip(self.narrowed);
        each.map(|(segment, narrowed)| {
            let held = segment.times.fitting(&asked, self.question.now);
            narrowed.but(Condition::When).shared_with(&held)
        })
        .sum()
    }
}

/// "tuesday", as the parameter `day` has it.
pub(super) fn day_code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

fn open_to(facts: &Facts) -> u64 {
    if facts.only.is_empty() { (1 << Audience::ALL.len()) - 1 } else { facts.only.bits() }
}
