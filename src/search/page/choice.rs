//! A box to tick. What it says but for its number is the same on every page, so that it is drawn once.
use std::{
    fmt::{self, Display, Write},
    ops::Deref,
    sync::LazyLock,
};

use askama::{FastWritable, Template, Values, filters::HtmlSafe};
use jiff::civil::Weekday;

use crate::search::Count;
use crate::{
    calendar::{day_code, day_name},
    topics::{Access, Activity, Audience, Code, Cost, Delivery, Joining, Need, PartOfDay, Places},
};

#[derive(Clone, Copy)]
pub struct Choice<'a> {
    pub count: &'a Count,
    name: &'a str,
    /// None for what the program learns only from its database, such as boroughs.
    drawn: Option<&'static Drawn>,
}

/// Draws `parts/choice.html`.
#[derive(Clone, Copy, Template)]
#[template(path = "parts/choice.html")]
struct Text<'a> {
    name: &'a str,
    code: &'a str,
    label: &'a str,
    none: bool,
    chosen: bool,
}

/// One value, not chosen: where it would bring offers, and where none.
struct Drawn {
    code: &'static str,
    some: String,
    none: String,
}

/// By group, in the order of the codes.
static DRAWN: LazyLock<Vec<(&str, Vec<Drawn>)>> = LazyLock::new(|| {
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
    pub fn all(group: &'a str, counts: &'a [Count]) -> impl Iterator<Item = Self> {
        let known = DRAWN.iter().find(|(name, _)| *name == group);
        let drawn = known.map_or(&[][..], |(_, all)| all);
        counts.iter().enumerate().map(move |(place, count)| {
            let drawn = drawn.get(place).filter(|one| one.code == count.code);
            Self { count, name: group, drawn }
        })
    }

    /// Up to the number of offers.
    fn put(&self, page: &mut dyn Write) -> askama::Result<()> {
        let none = self.offers == 0;
        if let Some(drawn) = self.drawn.filter(|_| !self.chosen) {
            return Ok(page.write_str(if none { &drawn.none } else { &drawn.some })?);
        }
        let Count { code, label, chosen, .. } = self.count;
        Text { name: self.name, code, label, none, chosen: *chosen }.render_into(page)
    }
}

impl Deref for Choice<'_> {
    type Target = Count;

    fn deref(&self) -> &Count {
        self.count
    }
}

impl FastWritable for Choice<'_> {
    fn write_into(&self, page: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        self.put(page)
    }
}

impl Display for Choice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.put(f).map_err(|_| fmt::Error)
    }
}

/// Its template escapes.
impl HtmlSafe for Choice<'_> {}

fn of<T: Code>() -> (&'static str, Vec<Drawn>) {
    group(T::GROUP, T::ALL.iter().map(|one| (one.code(), one.label())))
}

fn group(
    name: &'static str,
    all: impl Iterator<Item = (&'static str, &'static str)>,
) -> (&'static str, Vec<Drawn>) {
    // A template of three texts does not fail; if it did, the page would draw it and say so.
    let drawn = all.filter_map(|(code, label)| {
        let some = Text { name, code, label, none: false, chosen: false };
        let none = Text { none: true, ..some };
        Some(Drawn { code, some: some.render().ok()?, none: none.render().ok()? })
    });
    (name, drawn.collect())
}
