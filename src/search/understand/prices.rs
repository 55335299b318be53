//! "under £5", "up to 5 pounds", "£3 or less", "50p".
use super::{Heard, sentence::Sentence};
use crate::text;

const MOST: &[&[&str]] = &[
    &["no", "more", "than"],
    &["not", "more", "than"],
    &["less", "than"],
    &["cheaper", "than"],
    &["at", "most"],
    &["up", "to"],
    &["maximum", "of"],
    &["max", "of"],
    &["budget", "of"],
    &["under"],
    &["below"],
    &["max"],
    &["maximum"],
    &["within"],
    &["around"],
    &["about"],
    &["for"],
    &["budget"],
];

const OR_LESS: &[&[&str]] = &[
    &["or", "less"],
    &["or", "under"],
    &["or", "below"],
    &["or", "cheaper"],
    &["and", "under"],
    &["at", "most"],
    &["max"],
    &["maximum"],
    &["tops"],
    &["limit"],
];

const EACH: &[&[&str]] = &[
    &["per", "session"],
    &["per", "week"],
    &["per", "class"],
    &["per", "person"],
    &["each", "time"],
    &["session"],
    &["week"],
    &["time"],
    &["go"],
    &["each"],
    &["pp"],
];

/// A price is always read as the most that somebody can pay.
pub fn read(sentence: &Sentence<'_>, at: usize) -> Option<Heard> {
    let lead = sentence.says_one_of(at, MOST).unwrap_or(0);
    let (pence, said) = amount(sentence, at + lead)?;
    let mut taken = lead + said;
    taken += sentence.says_one_of(at + taken, OR_LESS).unwrap_or(0);
    taken += sentence.says_one_of(at + taken, EACH).unwrap_or(0);
    Some(Heard::values(taken, vec![("max_price", text::amount(pence))]))
}

/// Pence, and how many words say them. A bare number is no price.
fn amount(sentence: &Sentence<'_>, at: usize) -> Option<(u32, usize)> {
    let word = sentence.text(at, 0);
    match word {
        "fiver" => return Some((500, 1)),
        "tenner" => return Some((1000, 1)),
        "" => return None,
        _ => {}
    }
    let sign = sentence.gap(at).trim_end().ends_with('\u{a3}');
    if let Some(pence) = word.strip_suffix('p').and_then(|digits| digits.parse::<u32>().ok()) {
        return (pence < 1000).then_some((pence, 1));
    }
    let number = number(word)?;
    let unit = ["pound", "pounds", "quid", "gbp"].contains(&sentence.text(at, 1));
    let pence = ["pence"].contains(&sentence.text(at, 1));
    match (sign, unit, pence) {
        (_, true, _) => Some((pennies(number)?, 2)),
        (true, ..) => Some((pennies(number)?, 1)),
        (_, _, true) => Some((number as u32, 2)),
        _ => None,
    }
}

fn pennies(pounds: f64) -> Option<u32> {
    (pounds <= 10_000.0).then(|| (pounds * 100.0).round() as u32)
}

/// In digits, or in letters up to ten.
pub fn number(word: &str) -> Option<f64> {
    const SPELT: [&str; 10] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    if let Some(at) = SPELT.iter().position(|spelt| *spelt == word) {
        return Some(at as f64 + 1.0);
    }
    let digits = word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    word.parse().ok().filter(|_| digits)
}
