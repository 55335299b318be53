//! "near SE15", "in Hackney", "within 2 miles of Brixton", "Croydon area".
use super::{Heard, prices::number, sentence::Sentence};
use crate::places::{PlaceKind, Places as Map};

const SOMEBODY: &[&[&str]] =
    &[&["lives"], &["living"], &["live"], &["based"], &["somewhere"], &["anywhere"], &["staying"]];

const NEAR: &[&[&str]] = &[
    &["not", "too", "far", "from"],
    &["not", "far", "from"],
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

/// "Walking distance" in kilometres. As the crow flies it is some 1.3 km of streets: a quarter of an hour for
/// most people, and about as far as somebody goes who is not well.
const WALK: f64 = 1.0;

const MILE: f64 = 1.609_344;

const WITHIN: &[&[&str]] = &[
    &["within", "a", "radius", "of"],
    &["no", "more", "than"],
    &["not", "more", "than"],
    &["less", "than"],
    &["at", "most"],
    &["up", "to"],
    &["within"],
    &["under"],
    &["max"],
];

/// What may stand behind a distance; the last ones lead on to a place.
const AWAY: &[&[&str]] = &[&["walking", "distance"], &["radius"], &["walk"], &["away"]];
const FROM: &[&[&str]] = &[&["of"], &["from"], &["around"]];

pub fn read(sentence: &Sentence<'_>, at: usize) -> Option<Heard> {
    place(sentence, at).or_else(|| {
        let found = distance(sentence, at).filter(|found| found.bounded)?;
        Some(Heard::values(found.words, vec![("within", found.kilometres())]))
    })
}

/// A place with what leads to it, and a distance before or behind.
fn place(sentence: &Sentence<'_>, at: usize) -> Option<Heard> {
    let before = distance(sentence, at).and_then(|found| {
        let from = sentence.says_one_of(at + found.words, FROM)?;
        Some(Distance { words: found.words + from, ..found })
    });
    let somebody = sentence.says_one_of(at, SOMEBODY).unwrap_or(0);
    let start = at + somebody;
    let near = sentence.says_one_of(start, NEAR);
    let lead = match &before {
        Some(found) => found.words,
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
    let mut close = near.is_some() || before.is_some();
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
    let behind = match before {
        None if !sentence.breaks(at + words) => distance(sentence, at + words),
        _ => None,
    };
    let behind = behind.filter(|found| found.bounded);
    words += behind.map_or(0, |found| found.words);
    let within = before.or(behind);
    close |= within.is_some();
    let mut values = Vec::new();
    match place.kind {
        PlaceKind::Borough(gss) if !close => {
            let borough = sentence.map.borough(gss)?;
            values.push(("borough", borough.slug.to_string()));
        }
        _ => values.push(("near", place.name.clone())),
    }
    values.extend(within.map(|found| ("within", found.kilometres())));
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

#[derive(Clone, Copy)]
struct Distance {
    km: f64,
    words: usize,
    /// It is said that it is a limit, so it may stand without "from".
    bounded: bool,
}

impl Distance {
    /// To a hundred metres, and from half a kilometre to fifty.
    fn kilometres(self) -> String {
        ((self.km * 10.0).round() / 10.0).clamp(0.5, 50.0).to_string()
    }
}

/// "within 2 km", "3 miles", "half a mile away", "walking distance".
fn distance(sentence: &Sentence<'_>, at: usize) -> Option<Distance> {
    let lead = sentence.says_one_of(at, WITHIN).unwrap_or(0);
    if let Some(walk) = sentence.says_one_of(at + lead, &[&["walking", "distance"]]) {
        return Some(Distance { km: WALK, words: lead + walk, bounded: true });
    }
    let (count, unit, said) = amount(sentence, at + lead)?;
    let km = match unit {
        "km" | "kms" | "k" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => count,
        "mile" | "miles" => count * MILE,
        _ => return None,
    };
    let words = lead + said;
    let away = sentence.says_one_of(at + words, AWAY).unwrap_or(0);
    // "Couch to 5k" is no distance to travel.
    Some(Distance { km, words: words + away, bounded: lead + away > 0 && unit != "k" })
}

/// "2km", "two miles", "a mile", "half a mile": how many of which unit, and how many words say it.
fn amount<'a>(sentence: &'a Sentence<'_>, at: usize) -> Option<(f64, &'a str, usize)> {
    let word = sentence.text(at, 0);
    // Articles are no words here: this is "half a mile" and "a mile".
    match word {
        "half" => return Some((0.5, sentence.text(at, 1), 2)),
        "mile" | "kilometre" => return Some((1.0, word, 1)),
        _ => {}
    }
    if let Some(count) = number(word) {
        return Some((count, sentence.text(at, 1), 2));
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    Some((number(digits)?, &word[digits.len()..], 1))
}
