//! "she is 72", "over 65s", "16-25", "in his 80s".
use super::{Heard, sentence::Sentence};

const ABOUT_SOMEBODY: &[&[&str]] = &[
    &["she", "is"],
    &["he", "is"],
    &["they", "are"],
    &["i", "am"],
    &["who", "is"],
    &["is", "aged"],
    &["ages"],
    &["aged"],
    &["age"],
    &["shes"],
    &["hes"],
    &["im"],
    &["is"],
];

const AND_OVER: &[&[&str]] = &[
    &["and", "over"],
    &["and", "above"],
    &["and", "older"],
    &["and", "up"],
    &["or", "over"],
    &["or", "older"],
    &["or", "above"],
    &["plus"],
    &["upwards"],
];

const AND_UNDER: &[&[&str]] =
    &[&["and", "under"], &["or", "under"], &["or", "younger"], &["and", "younger"]];

const OVER: &[&[&str]] = &[
    &["older", "than"],
    &["at", "least"],
    &["aged", "over"],
    &["over"],
    &["above"],
    &["people", "over"],
];

const UNDER: &[&[&str]] =
    &[&["younger", "than"], &["aged", "under"], &["up", "to", "age"], &["under"], &["below"]];

const OLD: &[&[&str]] = &[
    &["years", "old"],
    &["year", "old"],
    &["year", "olds"],
    &["years", "of", "age"],
    &["yrs", "old"],
    &["yr", "old"],
    &["yr", "olds"],
    &["years", "young"],
    &["yo"],
    &["y", "o"],
];

/// After these a number counts something else than years of life.
const OTHER_UNITS: [&str; 26] = [
    "pound", "pounds", "quid", "pence", "mile", "miles", "km", "metres", "minute", "minutes",
    "min", "mins", "hour", "hours", "week", "weeks", "month", "months", "day", "days", "session",
    "sessions", "people", "am", "pm", "times",
];

/// Right after these a bare number is an age: "young man 19".
const PEOPLE: [&str; 14] = [
    "man",
    "woman",
    "lady",
    "gentleman",
    "male",
    "female",
    "boy",
    "girl",
    "husband",
    "wife",
    "mum",
    "dad",
    "mother",
    "father",
];

pub fn read(sentence: &Sentence<'_>, at: usize) -> Option<Heard> {
    let open = |lead: &[&[&str]]| {
        let lead = sentence.says_one_of(at, lead)?;
        let age = number(sentence, at + lead)?;
        Some((age, lead + 1 + old(sentence, at + lead + 1)))
    };
    if let Some((age, taken)) = open(OVER) {
        return Some(heard(taken, format!("{age}-")));
    }
    if let Some((age, taken)) = open(UNDER) {
        return Some(heard(taken, format!("-{}", age.saturating_sub(1))));
    }
    if let Some(found) = decade(sentence, at) {
        return Some(found);
    }
    let lead = sentence.says_one_of(at, ABOUT_SOMEBODY);
    let start = at + lead.unwrap_or(0);
    let between = usize::from(sentence.text(start, 0) == "between");
    let age = number(sentence, start + between)?;
    let taken = start + between + 1 - at;
    if let Some((to, more)) = range_end(sentence, start + between + 1, between == 1) {
        let clear = lead.is_some() || to > 12;
        return (clear && age < to).then(|| {
            heard(taken + more + old(sentence, at + taken + more), format!("{age}-{to}"))
        });
    }
    if between == 1 {
        return None;
    }
    let years = old(sentence, at + taken);
    if sentence.gap(at + taken).starts_with('+') {
        return Some(heard(taken + years, format!("{age}-")));
    }
    if let Some(more) = sentence.says_one_of(at + taken + years, AND_OVER) {
        return Some(heard(taken + years + more, format!("{age}-")));
    }
    if let Some(more) = sentence.says_one_of(at + taken + years, AND_UNDER) {
        return Some(heard(taken + years + more, format!("-{age}")));
    }
    let after_somebody = at > 0 && PEOPLE.contains(&sentence.words[at - 1].text.as_str());
    let alone = age >= 16
        && (sentence.breaks(at) || after_somebody)
        && (sentence.breaks(at + 1) || after_somebody);
    (lead.is_some() || years > 0 || alone || glued(sentence.text(start, 0)))
        .then(|| heard(taken + years, age.to_string()))
}

fn heard(words: usize, code: String) -> Heard {
    Heard::values(words, vec![("age", code)])
}

/// "72", "72yo", "65s": years of a life, with no pound sign before and no other unit after it.
fn number(sentence: &Sentence<'_>, at: usize) -> Option<u8> {
    let word = sentence.text(at, 0);
    let digits = ["yo", "yrs", "yr", "s"].iter().find_map(|end| word.strip_suffix(end));
    let age: u8 = digits.unwrap_or(word).parse().ok().filter(|age| (1..=110).contains(age))?;
    let money = sentence.gap(at).contains('\u{a3}');
    (!money && !OTHER_UNITS.contains(&sentence.text(at, 1))).then_some(age)
}

fn glued(word: &str) -> bool {
    ["yo", "yrs", "yr"].iter().any(|end| word.ends_with(end))
}

fn old(sentence: &Sentence<'_>, at: usize) -> usize {
    sentence.says_one_of(at, OLD).unwrap_or(0)
}

/// The upper age of a range, and how many words say it.
fn range_end(sentence: &Sentence<'_>, at: usize, between: bool) -> Option<(u8, usize)> {
    if at >= sentence.len() {
        return None;
    }
    let joined = sentence.text(at, 0) == if between { "and" } else { "to" };
    if joined {
        return Some((number(sentence, at + 1)?, 2));
    }
    let dash = ["-", "\u{2013}"].contains(&sentence.gap(at).trim());
    Some((number(sentence, at).filter(|_| dash)?, 1))
}

/// "in her late 70s", but not the music of the 70s.
fn decade(sentence: &Sentence<'_>, at: usize) -> Option<Heard> {
    if sentence.text(at, 0) != "in" {
        return None;
    }
    let owned = ["his", "her", "their", "my", "your"]
        .contains(&sentence.gap(at + 1).trim().to_lowercase().as_str());
    let (first, last, more) = match sentence.text(at, 1) {
        "early" => (0, 3, 1),
        "mid" => (4, 6, 1),
        "late" => (7, 9, 1),
        _ => (0, 9, 0),
    };
    let tens: u8 = sentence.text(at, 1 + more).strip_suffix("0s")?.parse().ok()?;
    (owned && (1..=10).contains(&tens))
        .then(|| heard(2 + more, format!("{}-{}", tens * 10 + first, tens * 10 + last)))
}
