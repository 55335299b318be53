//! A story as it is typed, for tests.
use super::{Content, form::read};
use crate::{
    forms::Answers,
    places::{Borough, Gss, Known, Places, Point},
};

pub fn answers(changed: &[(&str, &str)]) -> Answers {
    let mut typed = Answers::default();
    for (field, value) in [
        ("kind", "testimonial"),
        ("teller", "took-part"),
        ("title", "The bench by the window"),
        ("words", "I came for the tea."),
        ("name", "Mary"),
        ("needs", "loneliness"),
        ("boroughs", "southwark"),
        ("consent_by", "teller"),
        ("consent_on", "6 August 2026"),
        ("consent_kept", "Signed form kept by the provider"),
        ("site", "yes"),
    ] {
        typed.set(field, value);
    }
    for (field, value) in changed {
        typed.set(field, *value);
    }
    typed
}

pub fn places() -> Places {
    let gss = Gss::parse("E09000028").unwrap();
    let southwark = Borough::example(gss, "Southwark", Point { lat: 51.5, lon: -0.08 });
    Places::new(Known { boroughs: vec![southwark], ..Known::default() })
}

pub fn content(changed: &[(&str, &str)]) -> Content {
    read(&answers(changed), &[], &places(), jiff::civil::date(2026, 8, 20)).unwrap()
}
