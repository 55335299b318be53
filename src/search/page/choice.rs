//! A box to tick. What it says but for its number is the same on every page, so that it is drawn once.
use std::{ops::Deref, sync::LazyLock};

use askama::Template;
use jiff::civil::Weekday;

use crate::search::Count;
use crate::{
    calendar::{day_code, day_name},
    topics::{Access, Activity, Audience, Code, Cost, Delivery, Joining, Need, PartOfDay, Places},
};

#[derive(Clone, Copy)]
pub struct Choice<'a> {
    pub count: &'a Count,
    /// Its name, value and label as HTML; none for what the program learns only from its database, such as boroughs.
    pub drawn: Option<&'static str>,
}

/// Draws `parts/choice.html`.
#[derive(Template)]
#[template(path = "parts/choice.html")]
struct Text<'a> {
    name: &'a str,
    code: &'a str,
    label: &'a str,
}

/// Of one group, each value's code and how it is drawn, in the order of the codes.
type Drawn = Vec<(&'static str, String)>;

static DRAWN: LazyLock<Vec<(&str, Drawn)>> = LazyLock::new(|| {
    let week = Weekday::Monday.cycle_forward().take(7);
    vec![
        of::<Need>(),
        of::<Activity>(),
        of::<Audience>(),
        of::<Access>(),
        of::<Delivery>(),
        of::<Cost>(),
        of::<Joining>(),
        of::<Places>(),
        group("part", PartOfDay::ALL.iter().map(|one| (one.code(), one.label()))),
        group("day", week.map(|day| (day_code(day), day_name(day)))),
    ]
});

impl<'a> Choice<'a> {
    /// A whole group's, in its order.
    pub fn all(group: &str, counts: &'a [Count]) -> impl Iterator<Item = Self> {
        let known = DRAWN.iter().find(|(name, _)| *name == group);
        let drawn = known.map_or(&[][..], |(_, all)| all);
        counts.iter().enumerate().map(|(place, count)| {
            let drawn = drawn.get(place).filter(|(code, _)| *code == count.code);
            Self { count, drawn: drawn.map(|(_, html)| html.as_str()) }
        })
    }
}

impl Deref for Choice<'_> {
    type Target = Count;

    fn deref(&self) -> &Count {
        self.count
    }
}

fn of<T: Code>() -> (&'static str, Drawn) {
    group(T::GROUP, T::ALL.iter().map(|one| (one.code(), one.label())))
}

fn group(
    name: &'static str,
    all: impl Iterator<Item = (&'static str, &'static str)>,
) -> (&'static str, Drawn) {
    // A template of three texts does not fail; if it did, the page would draw it and say so.
    let drawn = all.filter_map(|(code, label)| Some((code, draw(name, code, label).ok()?)));
    (name, drawn.collect())
}

fn draw(name: &str, code: &str, label: &str) -> askama::Result<String> {
    Text { name, code, label }.render()
}
