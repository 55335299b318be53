//! A box to tick. What it says but for its number is the same on every page, so that it is drawn once.
use std::{
    fmt::{self, Display, Write},
    ops::Deref,
    sync::{LazyLock, OnceLock},
};

use askama::{FastWritable, Template, Values, filters::HtmlSafe};
use jiff::civil::Weekday;

use crate::search::{Count, Counts};
use crate::{
    calendar::{day_code, day_name},
    topics::{
        Access, Activity, Audience, Code, Cost, Delivery, Joining, Language, Need, PartOfDay,
        Places,
    },
};

#[derive(Clone, Copy)]
pub struct Choice<'a> {
    pub count: &'a Count<'a>,
    name: &'a str,
    drawn: Option<&'a Drawn>,
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

/// Of what the program learns only from its database, the boroughs: drawn when they are first shown. Kept
/// with the catalogue that names them.
#[derive(Debug, Default)]
pub struct Boxes(OnceLock<Vec<Drawn>>);

/// One value, not chosen: where it would bring offers, and where none.
#[derive(Debug)]
struct Drawn {
    code: String,
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
        group("language", Language::all().map(|one| (one.code(), one.name()))),
    ]
});

impl<'a> Choice<'a> {
    /// A whole group's, in its order, which is that of the codes; some may be left out.
    pub fn all(group: &'a str, counts: &'a Counts<'a>) -> impl ExactSizeIterator<Item = Self> {
        let mut drawn = match group {
            "borough" => counts.boroughs.of(counts.of(group)).iter(),
            _ => DRAWN
                .iter()
                .find(|(name, _)| *name == group)
                .map_or([].iter(), |(_, all)| all.iter()),
        };
        counts.of(group).iter().map(move |count| Self {
            count,
            name: group,
            drawn: drawn.find(|one| one.code == count.code),
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

impl<'a> Deref for Choice<'a> {
    type Target = Count<'a>;

    fn deref(&self) -> &Count<'a> {
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

impl Boxes {
    fn of(&self, counts: &[Count<'_>]) -> &[Drawn] {
        let named = || counts.iter().map(|one| (&*one.code, &*one.label));
        self.0.get_or_init(|| drawn("borough", named()))
    }
}

fn of<T: Code>() -> (&'static str, Vec<Drawn>) {
    group(T::GROUP, T::ALL.iter().map(|one| (one.code(), one.label())))
}

fn group<'a>(
    name: &'static str,
    all: impl Iterator<Item = (&'a str, &'a str)>,
) -> (&'static str, Vec<Drawn>) {
    (name, drawn(name, all))
}

/// A template of three texts does not fail; if it did, the page would draw it and say so.
fn drawn<'a>(name: &str, all: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Drawn> {
    let draw = |(code, label): (&str, &str)| {
        let some = Text { name, code, label, none: false, chosen: false };
        let none = Text { none: true, ..some };
        Some(Drawn { code: code.into(), some: some.render().ok()?, none: none.render().ok()? })
    };
    all.filter_map(draw).collect()
}
