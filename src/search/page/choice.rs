//! A value one may choose in a filter, and the box to tick for it. What that says but for its number is the same on
//! every page, so that it is drawn once.
use std::{
    borrow::Cow,
    fmt::{self, Display, Write},
    sync::LazyLock,
};

use askama::{FastWritable, Template, Values, filters::HtmlSafe};
use jiff::civil::Weekday;

use crate::search::{Count, DISTANCES};
use crate::{
    calendar::{day_code, day_name},
    topics::{
        Access, Activity, Audience, Code, Cost, Delivery, Joining, Language, Need, PartOfDay,
        Places,
    },
};

/// A value of a group: what it is, and its box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    group: &'static str,
    /// A borough's is its slug.
    pub code: Cow<'static, str>,
    pub label: Cow<'static, str>,
    /// Its box, not ticked: up to the number of offers where it would bring some, the whole of it where none.
    some: Box<str>,
    none: Box<str>,
}

/// Draws `parts/choice.html`.
#[derive(Clone, Copy, Template)]
#[template(path = "parts/choice.html")]
struct Text<'a> {
    group: &'a str,
    code: &'a str,
    label: &'a str,
    none: bool,
    chosen: bool,
}

/// Behind the number.
const END: &str = "</small></label>\n";

/// By group, in the order of the codes. Boroughs are known to the catalogue only.
static ALL: LazyLock<Vec<(&str, Vec<Choice>)>> = LazyLock::new(|| {
    let week = Weekday::Monday.cycle_forward().take(7);
    let distances = DISTANCES.iter().map(|(km, _)| (*km, format!("Within {km} km")));
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
        group("within", distances),
    ]
});

impl Choice {
    /// Draws its box at once.
    pub fn new(
        group: &'static str,
        code: impl Into<Cow<'static, str>>,
        label: impl Into<Cow<'static, str>>,
    ) -> Self {
        let (code, label) = (code.into(), label.into());
        let some = Text { group, code: &code, label: &label, none: false, chosen: false };
        // A template of three texts does not fail.
        let draw = |text: Text<'_>| text.render().unwrap_or_default();
        let (none, some) = (draw(Text { none: true, ..some }) + "0" + END, draw(some));
        let (none, some) = (none.into(), some.into());
        Self { group, code, label, some, none }
    }

    /// A whole group's, in its order; none for what is no group of the program's own.
    pub fn all(group: &str) -> &'static [Self] {
        ALL.iter().find(|(name, _)| *name == group).map_or(&[], |(_, all)| all)
    }
}

impl Count<'_> {
    /// The whole box, with its number.
    fn put(&self, page: &mut dyn Write) -> askama::Result<()> {
        let Choice { group, code, label, some, none } = self.choice;
        match (self.chosen, self.offers) {
            (false, 0) => return Ok(page.write_str(none)?),
            (false, _) => page.write_str(some)?,
            (true, offers) => {
                Text { group, code, label, none: offers == 0, chosen: true }.render_into(page)?;
            }
        }
        self.offers.write_into(page, askama::NO_VALUES)?;
        Ok(page.write_str(END)?)
    }
}

impl FastWritable for Count<'_> {
    fn write_into(&self, page: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        self.put(page)
    }
}

impl Display for Count<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.put(f).map_err(|_| fmt::Error)
    }
}

/// Its template escapes.
impl HtmlSafe for Count<'_> {}

fn of<T: Code>() -> (&'static str, Vec<Choice>) {
    group(T::GROUP, T::ALL.iter().map(|one| (one.code(), one.label())))
}

fn group<L: Into<Cow<'static, str>>>(
    name: &'static str,
    all: impl Iterator<Item = (&'static str, L)>,
) -> (&'static str, Vec<Choice>) {
    (name, all.map(|(code, label)| Choice::new(name, code, label)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_without_offers_says_so_as_any_number_is_said() {
        let choice = &Choice::all("need")[0];
        let said = |offers| Count { choice, offers, chosen: false }.to_string();
        assert!(said(0).ends_with("<small>0</small></label>\n"), "{}", said(0));
        assert!(said(12).ends_with("<small>12</small></label>\n"), "{}", said(12));
        assert!(said(0).contains("class=\"none\"") && !said(12).contains("class=\"none\""));
    }

    #[test]
    fn every_code_has_a_box_and_no_box_is_empty() {
        fn same<T: Code>() {
            let codes: Vec<_> = Choice::all(T::GROUP).iter().map(|one| &*one.code).collect();
            assert_eq!(codes, T::ALL.iter().map(|one| one.code()).collect::<Vec<_>>());
        }
        same::<Need>();
        same::<Activity>();
        same::<Audience>();
        same::<Access>();
        same::<Delivery>();
        same::<Cost>();
        same::<Joining>();
        same::<Places>();
        assert_eq!(Choice::all("part").len(), PartOfDay::ALL.len());
        assert_eq!(Choice::all("day").len(), 7);
        assert_eq!(Choice::all("language").len(), Language::all().count());
        assert_eq!(Choice::all("within").len(), DISTANCES.len());
        let mut each = ALL.iter().flat_map(|(_, all)| all);
        assert!(each.all(|one| one.some.contains("<input") && one.none.contains("<input")));
    }
}
