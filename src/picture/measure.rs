//! What boroughs are compared by, and where each stands.
use jiff::civil::DateTime;

use crate::{
    places::{Borough, Gss, Places},
    search::{Catalogue, Figures, Reach},
    topics::{Access, Code, Cost},
};

/// Each counts only what is held in a borough or comes there: what serves everywhere would be the same in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Offers,
    /// For every 10,000 people who live there, by the census of 2021.
    ForPeople,
    Free,
    StepFree,
    Late,
    InTime,
    /// Needs that no offer names.
    Gaps,
}

impl Measure {
    pub const ALL: [Self; 7] = [
        Self::Offers,
        Self::ForPeople,
        Self::Free,
        Self::StepFree,
        Self::Late,
        Self::InTime,
        Self::Gaps,
    ];

    /// As addresses spell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Offers => "offers",
            Self::ForPeople => "for-10000-people",
            Self::Free => "free",
            Self::StepFree => "step-free",
            Self::Late => "evening-or-weekend",
            Self::InTime => "confirmed-in-time",
            Self::Gaps => "needs-without-an-offer",
        }
    }
    pub fn label(self) -> &'static str {
        match self {
            Self::Offers => "Offers",
            Self::ForPeople => "Offers for every 10,000 people",
            Self::Free => "Free offers",
            Self::StepFree => "Step-free offers",
            Self::Late => "Offers in the evening or at a weekend",
            Self::InTime => "Offers confirmed in time",
            Self::Gaps => "Needs without an offer",
        }
    }
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// `None` where nobody lives. `figures` are the local ones.
    pub fn of(self, figures: &Figures, people: u32) -> Option<f64> {
        let count = match self {
            Self::Offers => figures.total,
            Self::ForPeople => {
                let rate = figures.total as f64 * 10_000.0 / f64::from(people);
                return (people > 0).then_some(rate);
            }
            Self::Free => figures.costs[Cost::Free.index()],
            Self::StepFree => figures.access[Access::StepFree.index()][0],
            Self::Late => figures.late,
            Self::InTime => figures.confirmed.iter().map(|[in_time, _]| in_time).sum(),
            Self::Gaps => figures.needs.iter().filter(|count| **count == 0).count(),
        };
        Some(count as f64)
    }

    /// "12", "0.17".
    pub fn in_words(self, value: f64) -> String {
        match self {
            Self::ForPeople => format!("{value:.2}"),
            // Of an even number of boroughs the median may lie between two.
            _ if value.fract() > 0.0 => format!("{value:.1}"),
            _ => format!("{value:.0}"),
        }
    }

    /// The smallest difference that is shown.
    pub(super) fn unit(self) -> f64 {
        if self == Self::ForPeople { 0.01 } else { 1.0 }
    }
}

/// One borough by every measure.
#[derive(Clone, Debug)]
pub struct Standing {
    pub borough: Gss,
    /// In the order of [`Measure::ALL`].
    values: [Option<f64>; 7],
}

impl Standing {
    fn new(borough: &Borough, figures: &Figures) -> Self {
        let values = Measure::ALL.map(|measure| measure.of(figures, borough.population));
        Self { borough: borough.gss, values }
    }
    pub fn of(&self, measure: Measure) -> Option<f64> {
        self.values[measure as usize]
    }
}

/// Of all boroughs, A to Z.
pub fn standings(places: &Places, catalogue: &Catalogue, now: DateTime) -> Vec<Standing> {
    let standing =
        |one: &Borough| Standing::new(one, &catalogue.figures(Reach::Local(one.gss), now));
    places.boroughs().iter().map(standing).collect()
}

/// The middle one; of an even number, half way between the two in the middle. `None` of none.
pub fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    let lower = values[(values.len() - 1) / 2];
    Some(lower.midpoint(upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one_or_lies_between_the_two_in_the_middle() {
        let of = |values: &[f64]| median(values.iter().copied());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[5.0, 1.0, 30.0]), Some(5.0));
        assert_eq!(of(&[4.0, 1.0, 30.0, 3.0]), Some(3.5));
        assert_eq!(Measure::Free.in_words(3.5), "3.5");
        assert_eq!(Measure::Free.in_words(3.0), "3");
        assert_eq!(Measure::ForPeople.in_words(0.166_666), "0.17");
    }
}
