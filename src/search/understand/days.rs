//! Days of the week and times of the day.
use jiff::civil::Weekday;

use super::{Heard, sentence::Sentence};
use crate::calendar::{day_code, day_of_code};

const SHORT: [(&str, Weekday); 14] = [
    ("mon", Weekday::Monday),
    ("mons", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("tues", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("weds", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("thur", Weekday::Thursday),
    ("thurs", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("fris", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sats", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// The day that a word names, if it can name one.
pub fn day(word: &str) -> Option<Weekday> {
    let single = word.strip_suffix('s').unwrap_or(word);
    let short = || SHORT.iter().find(|(name, _)| *name == word).map(|(_, day)| *day);
    day_of_code(single).or_else(short)
}

/// "tuesdays", "mon to wed", "weekends".
pub fn read(sentence: &Sentence<'_>, at: usize) -> Option<Heard> {
    let word = sentence.text(at, 0);
    let whole = match word {
        "weekday" | "weekdays" => Some("weekdays"),
        "weekend" | "weekends" => Some("weekend"),
        _ => None,
    };
    if let Some(code) = whole {
        return Some(Heard::values(1, vec![("day", code.to_owned())]));
    }
    let first = day(word)?;
    if ["sun", "sat"].contains(&word) && !is_surely_a_day(sentence, at) {
        return None;
    }
    let dash = at + 1 < sentence.len() && ["-", "\u{2013}"].contains(&sentence.gap(at + 1).trim());
    let joined = usize::from(["to", "till", "until", "through"].contains(&sentence.text(at, 1)));
    if (joined == 1 || dash)
        && let Some(last) = day(sentence.text(at, 1 + joined))
    {
        return Some(Heard::values(2 + joined, days_between(first, last)));
    }
    Some(Heard::values(1, vec![("day", day_code(first).to_owned())]))
}

/// "sat" is also what somebody did, and "sun" shines.
fn is_surely_a_day(sentence: &Sentence<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| sentence.words[before].text.as_str());
    let after = sentence.text(at, 1);
    let beside =
        ["am", "pm", "morning", "mornings", "afternoon", "afternoons", "evening", "evenings"];
    (sentence.breaks(at) && sentence.breaks(at + 1))
        || ["on", "every", "each", "not", "no", "to"].contains(&before)
        || beside.contains(&after)
        || day(before).is_some()
        || ["and", "or"].contains(&before) && at > 1 && day(&sentence.words[at - 2].text).is_some()
        || ["and", "or", "to"].contains(&after) && day(sentence.text(at, 2)).is_some()
}

fn days_between(first: Weekday, last: Weekday) -> Vec<(&'static str, String)> {
    if (first, last) == (Weekday::Monday, Weekday::Friday) {
        return vec![("day", "weekdays".to_owned())];
    }
    let count = usize::from(first.until(last).unsigned_abs());
    let days = first.cycle_forward().take(count + 1);
    days.map(|day| ("day", day_code(day).to_owned())).collect()
}

/// "at 10am", "after 2pm", "before 11 am".
pub fn time(sentence: &Sentence<'_>, at: usize) -> Option<Heard> {
    let preposition = match sentence.text(at, 0) {
        word @ ("at" | "after" | "before" | "from" | "around" | "until" | "by") => word,
        _ => "",
    };
    let lead = usize::from(!preposition.is_empty());
    let (hour, taken) = hour(sentence, at + lead)?;
    let part = |hour: u8| match hour {
        ..12 => 0,
        12..17 => 1,
        _ => 2,
    };
    let all = ["morning", "afternoon", "evening"];
    let parts = match preposition {
        "after" | "from" => &all[part(hour)..],
        "before" | "until" | "by" => &all[..=part(hour.saturating_sub(1))],
        _ => &all[part(hour)..=part(hour)],
    };
    let values = parts.iter().map(|part| ("part", (*part).to_owned())).collect();
    Some(Heard::values(lead + taken, values))
}

/// Hours from 0 to 23, and how many words say them.
fn hour(sentence: &Sentence<'_>, at: usize) -> Option<(u8, usize)> {
    let word = sentence.text(at, 0);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (half, taken) = match &word[digits.len()..] {
        "" => (sentence.text(at, 1), 2),
        half => (half, 1),
    };
    let hour: u8 = digits.split('.').next()?.parse().ok().filter(|hour| (1..=12).contains(hour))?;
    match half {
        "am" => Some((hour % 12, taken)),
        "pm" => Some((hour % 12 + 12, taken)),
        _ => None,
    }
}
