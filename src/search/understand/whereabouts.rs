//! "near SE15", "in Hackney", "within 2 miles of Brixton", "Croydon area".
use super::{Heard, sentence::Sentence};
use crate::places::{PlaceKind, Places as Map};

const SOMEBODY: &[&[&str]] =
    &[&["lives"], &["living"], &["live"], &["based"], &["somewhere"], &["anywhere"], &["staying"]];

const NEAR: &[&[&str]] = &[
    &["not", "too", "far", "from"],
    &["not", "far", "from"],
    &["within", "walking", "distance", "of"],
    &["walking", "distance", "of"],
    &["walking", "distance", "from"],
    &["in", "and", "around"],
    &["close", "to"],
    &["local", "to"],
    &["next", "to"],
    &["near", "to"],
    &["nearby"],
    &["near"],
    &["nr"],
    &["around"],
    &["by"],
];

const IN: &[&[&str]] = &[
    &["in", "london", "borough", "of"],
    &["london", "borough", "of"],
    &["royal", "borough", "of"],
    &["in", "borough", "of"],
    &["borough", "of"],
    &["across"],
    &["within"],
    &["from"],
    &["in"],
    &["at"],
    &["to"],
];

/// "Walking distance" in kilometres: a quarter of an hour.
const WALK: &str = "1";

pub fn read(sentence: &Sentence<'_>, at: usize) -> Option<Heard> {
    let radius = radius(sentence, at);
    let somebody = sentence.says_one_of(at, SOMEBODY).unwrap_or(0);
    let start = at + somebody;
    let near = sentence.says_one_of(start, NEAR);
    let walk = near.filter(|words| *words >= 3 && sentence.text(start, words - 2) == "distance");
    let lead = match &radius {
        Some((_, words)) => *words,
        None => somebody + near.or_else(|| sentence.says_one_of(start, IN)).unwrap_or(0),
    };
    let at_name = at + lead;
    let (taken, place) = sentence.places.get(at_name)?.as_ref()?;
    if is_literal_between(sentence, at, at_name) || somebody > 0 && lead == somebody {
        return None;
    }
    if !is_meant(sentence, at_name, *taken, lead > 0) {
        return None;
    }
    let mut words = lead + taken;
    let mut close = near.is_some() || radius.is_some();
    match (sentence.text(at + words, 0), sentence.text(at + words, 1)) {
        _ if sentence.breaks(at + words) => {}
        ("area", _) => {
            words += 1;
            close = true;
        }
        ("borough", "council") => words += 2,
        ("borough" | "council" | "residents" | "resident", _) => words += 1,
        _ => {}
    }
    let mut values = Vec::new();
    match place.kind {
        PlaceKind::Borough(gss) if !close => {
            let borough = sentence.map.borough(gss)?;
            values.push(("borough", borough.slug.to_string()));
        }
        _ => values.push(("near", place.name.clone())),
    }
    if let Some((km, _)) = radius {
        values.push(("within", km));
    } else if walk.is_some() {
        values.push(("within", WALK.to_owned()));
    }
    Some(Heard::values(words, values))
}

/// A name that is also an everyday word is a place right after "in" or "near", or where it stands by
/// itself with a capital.
fn is_meant(sentence: &Sentence<'_>, at: usize, taken: usize, led: bool) -> bool {
    let name: Vec<&str> =
        sentence.words[at..at + taken].iter().map(|word| word.text.as_str()).collect();
    if !Map::is_everyday_word(&name.join(" ")) {
        return true;
    }
    let capital = sentence.raw(at, taken).starts_with(char::is_uppercase);
    let by_itself = sentence.breaks(at) && sentence.breaks(at + taken) && capital && at > 0;
    by_itself || led && sentence.gap(at).trim().is_empty()
}

fn is_literal_between(sentence: &Sentence<'_>, from: usize, to: usize) -> bool {
    (from..=to).any(|at| sentence.is_literal(at))
}

/// "within 2 km of", "3 miles from": kilometres, and how many words say them.
fn radius(sentence: &Sentence<'_>, at: usize) -> Option<(String, usize)> {
    let lead = usize::from(sentence.text(at, 0) == "within");
    let word = sentence.text(at, lead);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (unit, taken) = match &word[digits.len()..] {
        "" => (sentence.text(at, lead + 1), 2),
        unit => (unit, 1),
    };
    let count: f64 = match digits {
        "" if word == "one" => 1.0,
        digits => digits.parse().ok()?,
    };
    let km = match unit {
        "km" | "kms" | "k" | "kilometre" | "kilometres" => count,
        "mile" | "miles" => count * 1.609_344,
        _ => return None,
    };
    let of = ["of", "from", "around"].contains(&sentence.text(at, lead + taken));
    let km = ((km * 10.0).round() / 10.0).clamp(0.5, 50.0);
    of.then(|| (km.to_string(), lead + taken + 1))
}
