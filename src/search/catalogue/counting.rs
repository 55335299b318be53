//! How many offers each value of each filter would give, all other groups as chosen.
use std::borrow::Cow;

use jiff::civil::Weekday;

use super::{
    bitmap::Bitmap,
    narrow::{Condition, Narrowed, Question},
    segment::Segment,
    tally::{Column, Tally, each_bit},
    times::Asked,
    values::Values,
};
use crate::search::{Choice, Count, Counts, DISTANCES};
use crate::{
    places::Gss,
    topics::{Code, Codes, Language, PartOfDay},
};

/// What meets every condition is counted by all codes at once up to one offer in so many, as far as a [`Tally`] goes;
/// more, and what meets all conditions but one, value by value.
const FEW: usize = 32;
/// Languages are counted offer by offer up to one in so many that names any besides English.
const FEW_IN_OTHERS: usize = 80;

/// `'c` is the catalogue's, whose names the counts bear.
pub(super) struct Counting<'a, 'c> {
    pub question: &'a Question<'a>,
    pub segments: &'a [&'a Segment],
    pub narrowed: &'a [Narrowed<'a>],
    /// What [`few`] gives.
    pub few: Vec<Option<Tally>>,
    /// Boroughs that occur.
    pub boroughs: &'c [(Gss, Choice)],
    /// By segment: where each of `boroughs` stands in that segment's list.
    pub served: Vec<&'a [Option<usize>]>,
    /// Whether each language does.
    pub languages: &'a [bool],
}

/// What meets every condition, counted by every code at once, in segments where that is few.
pub(super) fn few(segments: &[&Segment], narrowed: &[Narrowed]) -> Vec<Option<Tally>> {
    let each = segments.iter().zip(narrowed);
    each.map(|(segment, narrowed)| {
        let few = narrowed.total <= Tally::MOST && narrowed.total * FEW <= segment.len();
        few.then(|| {
            let mut codes = Vec::with_capacity(narrowed.total);
            narrowed.all.iter().for_each(|at| codes.push(segment.values.codes[at as usize]));
            Tally::of(&codes)
        })
    })
    .collect()
}

impl<'c> Counting<'_, 'c> {
    pub fn counts(&self) -> Counts<'c> {
        let asked = self.question.criteria;
        let (days, parts) = self.held();
        let groups = vec![
            ("within", self.distances()),
            ("need", self.codes(Condition::Need, asked.needs, |v| &v.needs, Column::NEEDS)),
            (
                "activity",
                self.codes(
                    Condition::Activity,
                    asked.activities,
                    |v| &v.activities,
                    Column::ACTIVITIES,
                ),
            ),
            ("borough", self.boroughs()),
            (
                "audience",
                self.codes(
                    Condition::Audience,
                    asked.audiences,
                    |v| &v.audiences,
                    Column::AUDIENCES,
                ),
            ),
            ("access", self.codes(Condition::Access, asked.access, |v| &v.access, Column::ACCESS)),
            (
                "delivery",
                self.codes(Condition::Delivery, asked.delivery, |v| &v.delivery, Column::DELIVERY),
            ),
            ("cost", self.codes(Condition::Cost, asked.cost, |v| &v.cost, Column::COST)),
            ("day", days),
            ("part", parts),
            ("language", self.spoken()),
            (
                "joining",
                self.codes(Condition::Joining, asked.joining, |v| &v.joining, Column::JOINING),
            ),
            ("places", self.codes(Condition::Places, asked.places, |v| &v.places, Column::PLACES)),
        ];
        Counts { groups }
    }

    fn codes<T: Code>(
        &self,
        group: Condition,
        chosen: Codes<T>,
        shelf: impl Fn(&Values) -> &Vec<Bitmap>,
        column: Column,
    ) -> Vec<Count<'c>> {
        let mut offers = vec![0; T::ALL.len()];
        for (place, (segment, narrowed)) in self.segments.iter().zip(self.narrowed).enumerate() {
            match self.set_but(group, place, narrowed) {
                (_, Some(few)) => {
                    offers.iter_mut().zip(few.group(column)).for_each(|(all, few)| *all += few);
                }
                (set, None) => set.add_shared_with(shelf(&segment.values), &mut offers),
            }
        }
        let all = T::ALL.iter().zip(Choice::all(T::GROUP)).zip(offers);
        all.map(|((code, choice), offers)| Count { choice, offers, chosen: chosen.contains(*code) })
            .collect()
    }

    /// What meets all conditions but this one, of the segment at this place; and counted already if these are few and
    /// the condition is not asked.
    fn set_but<'n>(
        &self,
        group: Condition,
        place: usize,
        narrowed: &'n Narrowed,
    ) -> (Cow<'n, Bitmap>, Option<&Tally>) {
        let set = narrowed.but(group);
        let few = self.few[place].as_ref().filter(|_| matches!(set, Cow::Borrowed(_)));
        (set, few)
    }

    /// None without a place to measure from.
    fn distances(&self) -> Vec<Count<'c>> {
        let Some(around) = &self.question.around else { return Vec::new() };
        let mut offers = [0; DISTANCES.len()];
        for (segment, narrowed) in self.segments.iter().zip(self.narrowed) {
            let mut set = narrowed.but(Condition::Within).into_owned();
            let near_anyway = around.near_anyway(segment);
            let many = set.shared_with(&near_anyway);
            set.and_not(&near_anyway);
            let steps = DISTANCES.map(|(_, metres)| metres);
            let within = segment.ground.count_within(&set, around.point, steps);
            offers.iter_mut().zip(within).for_each(|(offers, within)| *offers += many + within);
        }
        let all = DISTANCES.iter().zip(Choice::all("within")).zip(offers);
        all.map(|(((_, metres), choice), offers)| Count {
            choice,
            offers,
            chosen: around.within == Some(*metres),
        })
        .collect()
    }

    fn boroughs(&self) -> Vec<Count<'c>> {
        let chosen = &self.question.criteria.boroughs;
        let none = |(gss, choice): &'c (Gss, Choice)| Count {
            choice,
            offers: 0,
            chosen: chosen.contains(gss),
        };
        let mut counts: Vec<Count<'c>> = self.boroughs.iter().map(none).collect();
        for (place, (segment, narrowed)) in self.segments.iter().zip(self.narrowed).enumerate() {
            let (set, few) = self.set_but(Condition::Borough, place, narrowed);
            for (borough, count) in self.served[place].iter().zip(&mut counts) {
                let few = few.and_then(|few| few.borough(*borough));
                let shared = || set.shared_with(segment.values.borough_at(*borough));
                count.offers += few.unwrap_or_else(shared);
            }
        }
        counts
    }

    fn spoken(&self) -> Vec<Count<'c>> {
        let mut offers = vec![0; Language::all().count()];
        for (segment, narrowed) in self.segments.iter().zip(self.narrowed) {
            let (set, values) = (narrowed.but(Condition::Language), &segment.values);
            let many = values.in_others.shared_with(&set);
            if many * FEW_IN_OTHERS <= segment.len() {
                let others = values.in_others.iter_shared(&set);
                others.for_each(|at| each_bit(segment.facts(at).spoken(), |one| offers[one] += 1));
                // What names others has its English among its codes already.
                offers[Language::ENGLISH.index()] += set.len() - many;
            } else {
                set.add_shared_with(&values.languages, &mut offers);
            }
        }
        let chosen = &self.question.criteria.languages;
        let all = Language::all().zip(Choice::all("language")).zip(offers);
        all.filter(|((one, _), _)| self.languages[one.index()] || chosen.contains(one))
            .map(|((one, choice), offers)| Count { choice, offers, chosen: chosen.contains(&one) })
            .collect()
    }

    /// How many hold a session on each day, and in each part of it, the rest that is asked of time as it is.
    fn held(&self) -> (Vec<Count<'c>>, Vec<Count<'c>>) {
        let (when, criteria) = (self.question.when, self.question.criteria);
        let week = || Weekday::Monday.cycle_forward().take(7);
        let days = week().map(|day| Asked { days: [day].into_iter().collect(), ..when });
        let parts = PartOfDay::ALL.iter();
        let parts = parts.map(|part| Asked { parts: [*part].into_iter().collect(), ..when });
        // Both at once: what is not over today is worked out once.
        let each = days.chain(parts);
        let mut on_days = vec![0; each.clone().count()];
        for (segment, narrowed) in self.segments.iter().zip(self.narrowed) {
            let set = narrowed.but(Condition::When);
            let more = segment.times.count_fitting(&set, each.clone(), self.question.now);
            on_days.iter_mut().zip(more).for_each(|(held, more)| *held += more);
        }
        let in_parts = on_days.split_off(week().count());
        let days = week().zip(Choice::all("day")).zip(on_days);
        let parts = PartOfDay::ALL.iter().zip(Choice::all("part")).zip(in_parts);
        (
            days.map(|((day, choice), offers)| Count {
                choice,
                offers,
                chosen: criteria.days.contains(day),
            })
            .collect(),
            parts
                .map(|((part, choice), offers)| Count {
                    choice,
                    offers,
                    chosen: criteria.parts.contains(*part),
                })
                .collect(),
        )
    }
}
