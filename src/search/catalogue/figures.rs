//! What there is in a place, counted in every way that a picture of it shows.
use jiff::civil::{DateTime, Weekday};

use super::{
    Catalogue, Part,
    bitmap::Bitmap,
    facts::{Facts, days},
    times::Asked,
};
use crate::{
    calendar::Weekdays,
    places::Gss,
    topics::{Access, Activity, Code, Codes, Cost, Need, PartOfDay},
};

/// Which offers are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    All,
    /// What a search in the borough finds: held there, comes there, or serves everywhere.
    Serves(Gss),
    /// The same without what serves everywhere.
    Local(Gss),
}

/// How long ago somebody last said that an offer is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// 30 days at most.
    Month,
    /// 31 to 90 days.
    Quarter,
    /// 91 to 180 days.
    HalfYear,
    Longer,
    Never,
}

impl Confirmed {
    pub const ALL: [Self; 5] =
        [Self::Month, Self::Quarter, Self::HalfYear, Self::Longer, Self::Never];

    fn of(days_ago: Option<i32>) -> Self {
        match days_ago {
            Some(..=30) => Self::Month,
            Some(..=90) => Self::Quarter,
            Some(..=180) => Self::HalfYear,
            Some(_) => Self::Longer,
            None => Self::Never,
        }
    }
}

/// Numbers of offers. An offer counts in each activity, need and time that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    pub total: usize,
    /// Of these, how many serve every borough.
    pub everywhere: usize,
    /// By [`Code::index`], here and below. An artform has everything in it.
    pub activities: Vec<usize>,
    pub needs: Vec<usize>,
    /// By need, then by activity.
    pub pairs: Vec<Vec<usize>>,
    pub costs: Vec<usize>,
    /// Who says yes and who says no; the others do not say.
    pub access: Vec<[usize; 2]>,
    /// By day from Monday on, then by part: what has a session ahead then, as far as sessions are known.
    pub held: [[usize; 3]; 7],
    /// With a session ahead in an evening or at a weekend.
    pub late: usize,
    /// In the order of [`Confirmed::ALL`]: within the time they are good for, and past it.
    pub confirmed: [[usize; 2]; 5],
}

impl Figures {
    fn nothing() -> Self {
        Self {
            total: 0,
            everywhere: 0,
            activities: vec![0; Activity::ALL.len()],
            needs: vec![0; Need::ALL.len()],
            pairs: vec![vec![0; Activity::ALL.len()]; Need::ALL.len()],
            costs: vec![0; Cost::ALL.len()],
            access: vec![[0; 2]; Access::ALL.len()],
            held: [[0; 3]; 7],
            late: 0,
            confirmed: [[0; 2]; 5],
        }
    }

    fn add(&mut self, facts: &Facts, today: i32) {
        self.total += 1;
        facts.activities.iter().for_each(|one| self.activities[one.index()] += 1);
        for need in facts.needs.iter() {
            self.needs[need.index()] += 1;
            for activity in facts.activities.iter() {
                self.pairs[need.index()][activity.index()] += 1;
            }
        }
        self.costs[facts.cost.index()] += 1;
        facts.yes.iter().for_each(|one| self.access[one.index()][0] += 1);
        facts.no.iter().for_each(|one| self.access[one.index()][1] += 1);
        let how_long = Confirmed::of(facts.confirmed.map(|on| today - on));
        let past = facts.confirm_by.is_none_or(|by| by < today);
        self.confirmed[how_long as usize][usize::from(past)] += 1;
    }

    fn add_times(&mut self, part: &Part, set: &Bitmap, now: DateTime) {
        let week = || Weekday::Monday.cycle_forward().take(7);
        let slots = week().flat_map(|day| {
            PartOfDay::ALL.iter().map(move |part| at([day].into_iter().collect(), &[*part]))
        });
        let counts = part.segment.times.count_fitting(set, slots, now);
        self.held.as_flattened_mut().iter_mut().zip(counts).for_each(|(all, held)| *all += held);
        let weekend = at([Weekday::Saturday, Weekday::Sunday].into_iter().collect(), &[]);
        let mut late = part.segment.times.fitting(&weekend, now);
        late.or(&part.segment.times.fitting(&at(Weekdays::NONE, &[PartOfDay::Evening]), now));
        self.late += set.shared_with(&late);
    }
}

impl Catalogue {
    /// What is counted there; all in one pass over its offers.
    pub fn figures(&self, reach: Reach, now: DateTime) -> Figures {
        let mut figures = Figures::nothing();
        let today = days(now.date());
        for part in &self.parts {
            let values = &part.segment.values;
            let mut set = part.alive(now);
            match reach {
                Reach::All => {}
                Reach::Serves(gss) => set.and(values.borough(gss)),
                Reach::Local(gss) => {
                    set.and(values.borough(gss));
                    set.and_not(values.everywhere());
                }
            }
            set.iter().for_each(|at| figures.add(part.segment.facts(at), today));
            figures.everywhere += set.shared_with(values.everywhere());
            figures.add_times(part, &set, now);
        }
        figures
    }
}

fn at(days: Weekdays, parts: &[PartOfDay]) -> Asked {
    let parts: Codes<PartOfDay> = parts.iter().copied().collect();
    Asked { days, parts, from: None, to: None }
}
