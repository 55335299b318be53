//! How many offers each value of each filter would give, all other groups as chosen.
use std::borrow::Cow;

use jiff::civil::Weekday;

use super::{
    bitmap::Bitmap,
    narrow::{Condition, Narrowed, Question},
    segment::Segment,
    times::Asked,
    values::{Coded, Values},
};
use crate::search::{Choice, Count, Counts, DISTANCES};
use crate::{
    places::Gss,
    topics::{Audience, Code, Codes, Language, PartOfDay},
};

/// Up to one offer in so many is counted offer by offer; more, value by value.
const FEW: usize = 256;
/// The same for languages: up to one offer in so many that names any besides English.
const FEW_IN_OTHERS: usize = 80;

/// `'c` is the catalogue's, whose names the counts bear.
pub(super) struct Counting<'a, 'c> {
    pub question: &'a Question<'a>,
    pub segments: &'a [&'a Segment],
    pub narrowed: &'a [Narrowed<'a>],
    /// What [`few`] gives.
    pub few: Vec<Option<Vec<Coded>>>,
    /// Boroughs that occur.
    pub boroughs: &'c [(Gss, Choice)],
    /// Whether each language does.
    pub languages: &'a [bool],
}

/// The codes of what meets every condition, in segments where that is few.
pub(super) fn few(segments: &[&Segment], narrowed: &[Narrowed]) -> Vec<Option<Vec<Coded>>> {
    let each = segments.iter().zip(narrowed);
    each.map(|(segment, narrowed)| gather(segment, &narrowed.all, narrowed.total)).collect()
}

fn gather(segment: &Segment, set: &Bitmap, many: usize) -> Option<Vec<Coded>> {
    let codes = &segment.values.codes;
    (many * FEW <= segment.len()).then(|| {
        let mut few = Vec::with_capacity(many);
        set.iter().for_each(|at| few.push(codes[at as usize]));
        few
    })
}

impl<'c> Counting<'_, 'c> {
    pub fn counts(&self) -> Counts<'c> {
        let asked = self.question.criteria;
        let (days, parts) = self.held();
        let groups = vec![
            ("within", self.distances()),
            ("need", self.codes(Condition::Need, asked.needs, |v| &v.needs, |c| c.needs.into())),
            (
                "activity",
                self.codes(
                    Condition::Activity,
                    asked.activities,
                    |v| &v.activities,
                    |c| c.activities,
                ),
            ),
            ("borough", self.boroughs()),
            (
                "audience",
                self.codes(Condition::Audience, asked.audiences, |v| &v.audiences, open_to),
            ),
            (
                "access",
                self.codes(Condition::Access, asked.access, |v| &v.access, |c| c.access.into()),
            ),
            (
                "delivery",
                self.codes(
                    Condition::Delivery,
                    asked.delivery,
                    |v| &v.delivery,
                    |c| c.delivery.into(),
                ),
            ),
            ("cost", self.codes(Condition::Cost, asked.cost, |v| &v.cost, |c| c.cost.into())),
            ("day", days),
            ("part", parts),
            ("language", self.spoken()),
            (
                "joining",
                self.codes(Condition::Joining, asked.joining, |v| &v.joining, |c| c.joining.into()),
            ),
            (
                "places",
                self.codes(Condition::Places, asked.places, |v| &v.places, |c| c.places.into()),
            ),
        ];
        Counts { groups }
    }

    fn codes<T: Code>(
        &self,
        group: Condition,
        chosen: Codes<T>,
        shelf: impl Fn(&Values) -> &Vec<Bitmap>,
        bits: impl Fn(&Coded) -> u64,
    ) -> Vec<Count<'c>> {
        let mut offers = vec![0; T::ALL.len()];
        self.tally(group, shelf, bits, &mut offers);
        let all = T::ALL.iter().zip(Choice::all(T::GROUP)).zip(offers);
        all.map(|((code, choice), offers)| Count { choice, offers, chosen: chosen.contains(*code) })
            .collect()
    }

    fn tally(
        &self,
        group: Condition,
        shelf: impl Fn(&Values) -> &Vec<Bitmap>,
        bits: impl Fn(&Coded) -> u64,
        offers: &mut [usize],
    ) {
        let each = self.segments.iter().zip(self.narrowed).zip(&self.few);
        for ((segment, narrowed), few_of_all) in each {
            let set = narrowed.but(group);
            let gathered;
            let few = match &set {
                Cow::Borrowed(_) => few_of_all,
                Cow::Owned(set) => {
                    gathered = gather(segment, set, set.len());
                    &gathered
                }
            };
            if let Some(few) = few {
                few.iter().for_each(|one| add(bits(one), offers));
            } else {
                set.add_shared_with(shelf(&segment.values), offers);
            }
        }
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
        for (segment, narrowed) in self.segments.iter().zip(self.narrowed) {
            let set = narrowed.but(Condition::Borough);
            for ((gss, _), count) in self.boroughs.iter().zip(&mut counts) {
                count.offers += set.shared_with(segment.values.borough(*gss));
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
                others.for_each(|at| add(values.codes[at as usize].languages, &mut offers));
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

/// One more for each of these bits.
fn add(mut bits: u64, offers: &mut [usize]) {
    while bits != 0 {
        offers[bits.trailing_zeros() as usize] += 1;
        bits &= bits - 1;
    }
}

fn open_to(codes: &Coded) -> u64 {
    if codes.only == 0 { (1 << Audience::ALL.len()) - 1 } else { codes.only.into() }
}
