//! What people said before and after, as figures that nobody can be found in.
//!
//! Answers are counted a cohort at a time, as a whole or not at all: once nobody can answer any more, and only
//! where at least [`LEAST`] people answered a question at that moment. So every figure on every page and in every
//! file is made of whole cohorts of five or more, and so is whatever is left when one figure is taken from
//! another: a borough from all, one borough from the next, today from last month.
use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{CohortId, Moment, Programme, Question};
use crate::{
    picture::{Chart, Row, Table},
    places::Gss,
    text::Slug,
};

/// Fewer answers than this are never shown, nor counted into anything that is.
pub const LEAST: u32 = 5;
/// After the last session people can answer for so long; then figures are made, and stay as they are.
pub const OPEN_AFTER: SignedDuration = SignedDuration::from_hours(28 * 24);
/// Answers are 0 to 10.
pub const VALUES: usize = 11;

/// How many people gave each answer from 0 to 10.
pub type Tally = [u32; VALUES];

/// The answers to a cohort, as the database counts them: not for showing.
#[derive(Clone, Debug)]
pub struct Answers {
    pub cohort: CohortId,
    pub slug: Slug,
    pub title: String,
    pub programme: Uuid,
    pub boroughs: Vec<Gss>,
    /// When its last session was over.
    pub ended: Timestamp,
    pub tallies: BTreeMap<(Uuid, Moment), Tally>,
}

/// What may be shown of some cohorts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many cohorts have a figure in it.
    pub cohorts: usize,
    tallies: BTreeMap<(Uuid, Moment), Tally>,
}

/// The figures of one question at one moment: of five people or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure(Tally);

impl Answers {
    /// When its figures are made.
    pub fn counted_at(&self) -> Timestamp {
        self.ended + OPEN_AFTER
    }

    /// The tallies that may be seen: none as long as one could watch an answer come.
    fn shown(&self, now: Timestamp) -> impl Iterator<Item = (&(Uuid, Moment), &Tally)> {
        let over = self.counted_at() <= now;
        let enough = |tally: &Tally| tally.iter().sum::<u32>() >= LEAST;
        self.tallies.iter().filter(move |(_, tally)| over && enough(tally))
    }
}

impl Figures {
    pub fn of<'a>(answers: impl IntoIterator<Item = &'a Answers>, now: Timestamp) -> Self {
        let mut figures = Self::default();
        for one in answers {
            let mut any = false;
            for (key, tally) in one.shown(now) {
                any = true;
                let sums = figures.tallies.entry(*key).or_default();
                sums.iter_mut().zip(tally).for_each(|(sum, people)| *sum += people);
            }
            figures.cohorts += usize::from(any);
        }
        figures
    }

    /// `None` where fewer than five answered, or figures are not made yet.
    pub fn figure(&self, question: Uuid, moment: Moment) -> Option<Figure> {
        self.tallies.get(&(question, moment)).copied().map(Figure)
    }

    pub fn is_empty(&self) -> bool {
        self.tallies.is_empty()
    }

    /// The charts of a programme's questions that have a figure.
    pub fn charts(&self, programme: &Programme) -> Vec<Asked> {
        programme.questions.iter().filter_map(|question| self.asked(question)).collect()
    }

    fn asked(&self, question: &Question) -> Option<Asked> {
        let figures = Moment::ALL.map(|moment| self.figure(question.id, moment));
        figures.iter().any(Option::is_some).then(|| Asked::of(question, figures))
    }
}

impl Figure {
    pub fn people(&self) -> u32 {
        self.0.iter().sum()
    }

    pub fn tally(&self) -> &Tally {
        &self.0
    }

    /// The middle answer when all stand in order; between two middle ones, half way.
    pub fn median(&self) -> f64 {
        let many = self.people();
        let at = |place: u32| {
            let mut before = 0;
            let here = self.0.iter().position(|people| {
                before += people;
                before > place
            });
            here.unwrap_or_default() as f64
        };
        (at((many - 1) / 2) + at(many / 2)) / 2.0
    }

    pub fn mean(&self) -> f64 {
        let sum: u32 = (0..).zip(&self.0).map(|(value, people)| value * people).sum();
        f64::from(sum) / f64::from(self.people())
    }

    /// "12 people, median 4, mean 4.3".
    pub fn in_words(&self) -> String {
        format!("{} people, median {}, mean {:.1}", self.people(), self.median(), self.mean())
    }
}

/// A question with its figures.
pub struct Asked {
    pub figures: [Option<Figure>; 2],
    pub chart: Chart,
}

impl Asked {
    fn of(question: &Question, figures: [Option<Figure>; 2]) -> Self {
        let most = figures.iter().flatten().flat_map(|one| one.0).max().unwrap_or_default();
        let values = 0..VALUES;
        let rows = values.clone().map(|value| {
            let label = match value {
                0 => format!("0: {}", question.low),
                10 => format!("10: {}", question.high),
                _ => value.to_string(),
            };
            let said =
                |one: &Option<Figure>| one.map_or("–".to_owned(), |f| f.0[value].to_string());
            Row { values: figures.iter().map(said).collect(), ..Row::new(label, None, &[]) }
        });
        let table = Table {
            id: ID.get(usize::from(question.position) - 1).copied().unwrap_or("question"),
            title: question.words.to_string(),
            of: "Answer",
            columns: vec!["Before".to_owned(), "After".to_owned()],
            rows: rows.collect(),
        };
        let pairs: Vec<([f64; 2], f64)> = values
            .map(|value| {
                let many = |one: Option<Figure>| one.map_or(0.0, |figure| figure.0[value].into());
                (figures.map(many), most.into())
            })
            .collect();
        let [before, after] = figures.map(said);
        let words = format!(
            "Two bars for each answer from 0 to 10. Before the training: {before}. After it: {after}."
        );
        Self { figures, chart: table.side_by_side(&pairs, words) }
    }

    pub fn before(&self) -> String {
        said(self.figures[0])
    }
    pub fn after(&self) -> String {
        said(self.figures[1])
    }
}

/// A programme has at most twelve questions; each has its place on the page.
const ID: [&str; 12] = ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12"];

fn said(figure: Option<Figure>) -> String {
    figure.map_or_else(
        || format!("not shown, since fewer than {LEAST} people answered"),
        |figure| figure.in_words(),
    )
}

/// The boroughs in which a figure is to be seen, so that one can choose among them.
pub fn boroughs(answers: &[Answers], now: Timestamp) -> BTreeSet<Gss> {
    let shown = answers.iter().filter(|one| one.shown(now).next().is_some());
    shown.flat_map(|one| one.boroughs.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: i64 = 24 * 3600;

    fn later(days: i64) -> Timestamp {
        Timestamp::from_second(1_763_700_000 + days * DAY).unwrap()
    }

    fn cohort(ended: i64, boroughs: u8, tally: [u32; 3]) -> Answers {
        let gss = |at| Gss::parse(&format!("E0900000{at}")).unwrap();
        let mut whole = [0; VALUES];
        whole[..3].copy_from_slice(&tally);
        Answers {
            cohort: Uuid::nil(),
            slug: Slug::from_name("spring").unwrap(),
            title: "Spring".to_owned(),
            programme: Uuid::nil(),
            boroughs: (0..3).filter(|at| boroughs & 1 << at != 0).map(gss).collect(),
            ended: later(ended),
            tallies: [((Uuid::nil(), Moment::After), whole)].into(),
        }
    }

    fn people(answers: &[&Answers], day: i64) -> u32 {
        let figures = Figures::of(answers.iter().copied(), later(day));
        figures.figure(Uuid::nil(), Moment::After).map_or(0, |figure| figure.people())
    }

    #[test]
    fn four_answers_are_not_shown_and_five_are_once_nobody_can_answer_any_more() {
        let (four, five) = (cohort(0, 1, [2, 1, 1]), cohort(0, 1, [2, 2, 1]));
        assert_eq!(people(&[&four], 28), 0);
        assert_eq!(people(&[&five], 27), 0, "it could still change");
        assert_eq!(people(&[&five], 28), 5);
        assert_eq!(
            people(&[&four, &five], 28),
            5,
            "four are in no sum, or a difference would show them"
        );
    }

    #[test]
    fn the_median_and_the_mean_are_those_of_the_answers() {
        let mut tally = [0; VALUES];
        (tally[2], tally[3], tally[10]) = (3, 2, 1);
        let figure = Figure(tally);
        assert_eq!((figure.people(), figure.median()), (6, 2.5));
        assert_eq!(figure.in_words(), "6 people, median 2.5, mean 3.7");
        tally[10] = 2;
        assert_eq!(Figure(tally).median(), 3.0);
    }

    fn some_cohort() -> impl Strategy<Value = Answers> {
        (-40i64..40, 1u8..8, prop::array::uniform3(0u32..5))
            .prop_map(|(ended, boroughs, tally)| cohort(ended, boroughs, tally))
    }

    proptest! {
        /// A view is any set of cohorts at any time: one cohort, a borough, all.
        #[test]
        fn no_view_and_no_difference_of_two_shows_fewer_than_five(
            cohorts in prop::collection::vec((some_cohort(), 0u8..4), 0..8),
            days in [0i64..60, 0..60],
        ) {
            // In the one view, in the other, in both, in none.
            let within = |bit: u8| -> Vec<&Answers> {
                cohorts.iter().filter(|(_, sets)| sets & bit != 0).map(|(one, _)| one).collect()
            };
            let hidden = |people: u32| people > 0 && people < LEAST;
            let (one, both) = (within(1), within(3));
            let [day, other] = days;
            prop_assert!(!hidden(people(&one, day)));
            prop_assert!(!hidden(people(&both, day).abs_diff(people(&one, day))), "a smaller view within a larger");
            prop_assert!(!hidden(people(&one, day).abs_diff(people(&one, other))), "the same view at two times");
            for borough in ["E09000000", "E09000001", "E09000002"].map(|code| Gss::parse(code).unwrap()) {
                let of_it = |view: &[&Answers]| -> u32 {
                    let of_it: Vec<&Answers> =
                        view.iter().copied().filter(|one| one.boroughs.contains(&borough)).collect();
                    people(&of_it, day)
                };
                prop_assert!(!hidden(of_it(&both)));
                prop_assert!(!hidden(people(&both, day) - of_it(&both)), "all without the borough");
            }
        }

        #[test]
        fn figures_never_change_once_they_are_made(one in some_cohort(), day in 0i64..60, more in 0i64..900) {
            let shown = people(&[&one], day);
            prop_assert!(shown == 0 || shown == people(&[&one], day + more));
        }
    }
}
