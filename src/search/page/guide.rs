//! The search as data, explained: every parameter and every value, from the code that reads them.
use askama::Template;

use crate::{
    calendar::{Weekdays, day_code, day_name},
    places::Places,
    search::DISTANCES,
    topics::{
        self, Access, Activity, Audience, Code, Cost, Delivery, Joining, Language, Need, PartOfDay,
    },
};

#[derive(Template)]
#[template(path = "search/data.html")]
pub struct GuidePage<'a> {
    pub places: &'a Places,
}

/// One parameter of a search.
pub struct Parameter<'a> {
    pub name: &'static str,
    pub says: &'static str,
    pub values: Values<'a>,
    /// Given several times it means "or".
    pub repeats: bool,
}

pub enum Values<'a> {
    /// Anything of this shape, such as the example.
    Like(&'static str),
    /// Code and label.
    OneOf(Vec<(&'a str, &'a str)>),
}

const SORTS: [(&str, &str); 4] = [
    ("best", "Best match"),
    ("nearest", "Nearest; needs a place"),
    ("soonest", "Soonest next session"),
    ("newest", "Newest in the directory"),
];

impl GuidePage<'_> {
    fn parameters(&self) -> Vec<Parameter<'_>> {
        let boroughs = self.places.boroughs();
        let boroughs = boroughs.iter().map(|one| (one.slug.as_str(), one.name.as_str())).collect();
        let languages = Language::all().map(|one| (one.code(), one.name())).collect();
        let distances = DISTANCES.iter().map(|(km, _)| (*km, "kilometres")).collect();
        vec![
            typed(
                "q",
                "Plain words. What we understand in them counts like the parameters below; the rest is searched as text.",
                "choir, can’t manage stairs, Tuesday mornings",
            ),
            typed("plain", "Words of q that shall be searched as they stand.", "free"),
            typed("near", "A postcode, the first half of one, a borough, ward or area.", "SE15"),
            one_of(
                "within",
                "Kilometres from there; needs a place. What is online, at home, by telephone or borough-wide stays in.",
                distances,
                false,
            ),
            codes::<Need>("need", "What it may help with."),
            codes::<Activity>(
                "activity",
                "What one does there. An artform stands for everything in it.",
            ),
            one_of("borough", "Where it is, or where it comes to.", boroughs, true),
            codes::<Audience>(
                "audience",
                "Who it is for. Leaves out only what is only for others.",
            ),
            codes::<Access>("access", "What lets somebody take part."),
            codes::<Delivery>("delivery", "How it is run."),
            codes::<Cost>("cost", "How it is paid for."),
            typed("max_price", "The most one would pay for one session, in pounds.", "5"),
            one_of("day", "Day of the week.", days(), true),
            codes::<PartOfDay>(
                "part",
                "Part of the day. Day, part and dates hold for one and the same session.",
            ),
            typed("from", "The first day on which it should be held.", "2026-11-24"),
            typed("to", "The last day on which it should be held.", "2026-12-24"),
            typed("age", "How old the person is, in years.", "72"),
            one_of(
                "language",
                "A language it is held in. English leaves nothing out: nobody can say that it is not spoken.",
                languages,
                true,
            ),
            codes::<Joining>("joining", "How to join."),
            codes::<topics::Places>("places", "How many places are left, as last said."),
            one_of(
                "sort",
                "The order. Without it, the best match comes first.",
                SORTS.to_vec(),
                false,
            ),
            typed("page", "Which twenty of them, from 1.", "2"),
        ]
    }
}

/// Each day, and the two words for several.
fn days() -> Vec<(&'static str, &'static str)> {
    let each = Weekdays::EVERY.iter().map(|day| (day_code(day), day_name(day)));
    each.chain([("weekdays", "Monday to Friday"), ("weekend", "Saturday and Sunday")]).collect()
}

fn typed(name: &'static str, says: &'static str, example: &'static str) -> Parameter<'static> {
    Parameter { name, says, values: Values::Like(example), repeats: false }
}

fn codes<T: Code>(name: &'static str, says: &'static str) -> Parameter<'static> {
    one_of(name, says, T::ALL.iter().map(|one| (one.code(), one.label())).collect(), true)
}

fn one_of<'a>(
    name: &'static str,
    says: &'static str,
    values: Vec<(&'a str, &'a str)>,
    repeats: bool,
) -> Parameter<'a> {
    Parameter { name, says, values: Values::OneOf(values), repeats }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{
        Parameters, ask,
        example::{TODAY, lexicon, places},
        value::GROUPS,
    };

    #[test]
    fn every_parameter_is_explained() {
        let places = places();
        let guide = GuidePage { places: &places };
        let mut told: Vec<_> = guide.parameters().iter().map(|one| one.name).collect();
        let mut known: Vec<_> = GROUPS.into_iter().chain(["q", "plain", "page"]).collect();
        told.sort_unstable();
        known.sort_unstable();
        assert_eq!(told, known);
    }

    #[test]
    fn every_value_that_is_told_is_understood() {
        let (places, lexicon) = (places(), lexicon());
        let guide = GuidePage { places: &places };
        for parameter in guide.parameters() {
            let values = match parameter.values {
                Values::Like(example) => vec![example],
                Values::OneOf(values) => values.into_iter().map(|(code, _)| code).collect(),
            };
            for value in values {
                let mut alone = Parameters::default().with(parameter.name, value);
                if parameter.name == "within" || value == "nearest" {
                    alone = alone.with("near", "SE15");
                }
                let answer = ask(&alone, &lexicon, &places, TODAY);
                assert!(answer.is_ok(), "{}={value}: {:?}", parameter.name, answer.err());
            }
        }
    }
}
