//! The choices beside the list, each with how many offers it would bring.
use std::{borrow::Cow, sync::LazyLock};

use crate::search::{Ask, Count, Counts, DISTANCES, Parameters, Problem};
use crate::topics::{Activity, Code};

/// A list longer than this shows those with the most offers, and the rest on demand. Its own choice does not
/// change a group's counts, so nothing moves while one chooses.
const AT_ONCE: usize = 9;

/// What stands above what one does in an artform; by activity, written once.
static KINDS_OF: LazyLock<Vec<String>> = LazyLock::new(|| {
    Activity::ALL.iter().map(|one| format!("Kinds of {}", one.label().to_lowercase())).collect()
});

/// One disclosure.
pub struct Group<'a> {
    pub id: &'static str,
    pub title: &'static str,
    pub open: bool,
    /// How many choices are made in it.
    pub chosen: usize,
    pub lists: Vec<Ticks<'a>>,
    pub fields: Vec<Field<'a>>,
}

/// Boxes to tick that belong together.
pub struct Ticks<'a> {
    /// The parameter.
    pub name: &'static str,
    pub legend: &'static str,
    /// At once, and on demand.
    pub shown: Vec<&'a Count<'a>>,
    pub more: Vec<&'a Count<'a>>,
    pub more_title: Cow<'static, str>,
}

/// Something to type, or a distance to pick.
pub struct Field<'a> {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub kind: Kind,
    pub value: &'a str,
    pub problem: Option<&'a str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Words,
    Number,
    Date,
    Distance,
}

/// All of them, in the order in which link workers ask.
pub fn groups<'a>(
    parameters: &'a Parameters,
    ask: &'a Ask,
    problems: &'a [Problem],
    counts: &'a Counts<'a>,
) -> Vec<Group<'a>> {
    let list = |name: &'static str, legend: &'static str, noun: &str| {
        Ticks::new(name, legend, noun, counts)
    };
    let field = |name, label, hint, kind| {
        // Where something is wrong, all that was typed stays as it was.
        let typed =
            parameters.first(name).filter(|typed| !problems.is_empty() && !typed.is_empty());
        let value = typed.unwrap_or_else(|| ask.value(name));
        let problem = problems.iter().find(|problem| problem.field == name);
        Field { name, label, hint, kind, value, problem: problem.map(|p| p.message.as_str()) }
    };
    let group = |id, title, lists, fields| Group::new(id, title, lists, fields);

    vec![
        group(
            "when",
            "Day and time",
            vec![list("day", "Day", "days"), list("part", "Part of the day", "parts")],
            vec![field("from", "From", "", Kind::Date), field("to", "To", "", Kind::Date)],
        ),
        group(
            "place",
            "Place and distance",
            vec![],
            vec![
                field("near", "Near", "A postcode, borough or area", Kind::Words),
                field("within", "How far", "", Kind::Distance),
            ],
        ),
        group(
            "cost",
            "Cost",
            vec![list("cost", "Cost", "kinds of cost")],
            vec![field("max_price", "Up to, in pounds", "For one session", Kind::Number)],
        ),
        group("access", "Access", vec![list("access", "Access", "access features")], vec![]),
        group("activity", "Activity", activities(counts), vec![]),
        group("need", "Need", vec![list("need", "Need", "needs")], vec![]),
        group(
            "who",
            "Who it is for",
            vec![list("audience", "Who it is for", "groups of people")],
            vec![field("age", "Age", "In years", Kind::Number)],
        ),
        group("delivery", "How it is run", vec![list("delivery", "How it is run", "ways")], vec![]),
        group("joining", "How to join", vec![list("joining", "How to join", "ways")], vec![]),
        group("places", "Places left", vec![list("places", "Places left", "answers")], vec![]),
        group("language", "Language", vec![list("language", "Language", "languages")], vec![]),
        group("borough", "Borough", vec![list("borough", "Borough", "boroughs")], vec![]),
    ]
}

/// Each artform with what one does in it.
fn activities<'a>(counts: &'a Counts<'a>) -> Vec<Ticks<'a>> {
    let mut left = counts.of("activity");
    let one = |artform: Activity| {
        // They stand in the order of the codes, what one does behind its artform.
        let (counts, others) = left.split_at_checked(1 + artform.within().count())?;
        left = others;
        Some(Ticks {
            name: "activity",
            legend: "Activity",
            shown: counts.iter().take(1).collect(),
            more: counts.iter().skip(1).collect(),
            more_title: KINDS_OF[artform.index()].as_str().into(),
        })
    };
    Activity::artforms().map_while(one).collect()
}

impl<'a> Group<'a> {
    fn new(
        id: &'static str,
        title: &'static str,
        lists: Vec<Ticks<'a>>,
        fields: Vec<Field<'a>>,
    ) -> Self {
        let ticked: usize = lists.iter().map(Ticks::chosen).sum();
        let chosen = ticked + fields.iter().filter(|field| !field.value.is_empty()).count();
        let wrong = fields.iter().any(|field| field.problem.is_some());
        // What most people narrow by first.
        let open = chosen > 0 || wrong || ["when", "place", "cost"].contains(&id);
        Self { id, title, open, chosen, lists, fields }
    }
}

impl<'a> Ticks<'a> {
    fn new(name: &'static str, legend: &'static str, noun: &str, all: &'a Counts<'a>) -> Self {
        let counts = all.of(name);
        let (shown, more) = parted(counts);
        let more_title = match counts.len().saturating_sub(AT_ONCE) {
            0 => Cow::default(),
            number => format!("{number} more {noun}").into(),
        };
        Self { name, legend, shown, more, more_title }
    }

    pub fn more_chosen(&self) -> bool {
        self.more.iter().any(|count| count.chosen)
    }

    fn chosen(&self) -> usize {
        self.shown.iter().chain(&self.more).filter(|count| count.chosen).count()
    }
}

impl Field<'_> {
    /// A distance that was said in words and has no choice of its own.
    pub fn is_odd_distance(&self) -> bool {
        !self.value.is_empty() && !DISTANCES.iter().any(|(km, _)| *km == self.value)
    }

    /// What one may choose: kilometres, whether it is chosen, and how many offers it would bring where
    /// there is a place to count from.
    pub fn distances<'a>(
        &self,
        counts: &'a Counts<'a>,
    ) -> impl Iterator<Item = (&'static str, bool, Option<usize>)> + use<'a, '_> {
        let counted = counts.of("within");
        DISTANCES.iter().enumerate().map(move |(at, (km, _))| {
            (*km, *km == self.value, counted.get(at).map(|count| count.offers))
        })
    }
}

/// What is shown at once, and the rest. Shown are the [`AT_ONCE`] with the most offers, of equals the first; both keep
/// their order.
fn parted<'a>(counts: &'a [Count<'a>]) -> (Vec<&'a Count<'a>>, Vec<&'a Count<'a>>) {
    if counts.len() <= AT_ONCE {
        return (counts.iter().collect(), Vec::new());
    }
    let fewest = fewest_of_most(counts);
    let mut level = AT_ONCE - counts.iter().filter(|count| count.offers > fewest).count();
    let mut parts = (Vec::with_capacity(AT_ONCE), Vec::with_capacity(counts.len() - AT_ONCE));
    for count in counts {
        let as_the_last = count.offers == fewest && level > 0;
        level -= usize::from(as_the_last);
        if count.offers > fewest || as_the_last {
            parts.0.push(count);
        } else {
            parts.1.push(count);
        }
    }
    parts
}

/// The fewest offers that a value may have to be among those with the most.
fn fewest_of_most(counts: &[Count<'_>]) -> usize {
    // In rising order: the first gives way.
    let mut most = [0; AT_ONCE];
    for offers in counts.iter().map(|count| count.offers) {
        if offers > most[0] {
            let last = most.partition_point(|one| *one < offers) - 1;
            most.copy_within(1..=last, 0);
            most[last] = offers;
        }
    }
    most[0]
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::search::Choice;

    proptest! {
        #[test]
        fn shown_at_once_are_those_with_the_most_offers_and_of_equals_the_first(
            offers in vec(0_usize..7, 0..40),
        ) {
            let choice = &Choice::all("need")[0];
            let count = |offers: &usize| Count { choice, offers: *offers, chosen: false };
            let counts: Vec<_> = offers.iter().map(count).collect();
            let mut places: Vec<usize> = (0..offers.len()).collect();
            places.sort_by_key(|at| std::cmp::Reverse(offers[*at]));
            places.truncate(AT_ONCE);
            let (shown, rest): (Vec<_>, Vec<_>) =
                counts.iter().enumerate().partition(|(at, _)| places.contains(at));
            let both = parted(&counts);
            prop_assert_eq!(both.0, shown.into_iter().map(|(_, one)| one).collect::<Vec<_>>());
            prop_assert_eq!(both.1, rest.into_iter().map(|(_, one)| one).collect::<Vec<_>>());
        }
    }
}
