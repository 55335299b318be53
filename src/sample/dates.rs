//! Dates counted from today, so that the sample is alive on any day.
//!
//! In the columns of dates stands `today`, `today+12` or `today-400` (days), or a weekday of this week
//! (Monday to Sunday) so many weeks on or back: `monday+2w`, `tuesday-1w`, `friday+0w`. In the words of a
//! notice the same in braces becomes words: `{tuesday+1w}` is read as "Tuesday 1 December 2026".
use anyhow::{Context, Result};
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use crate::calendar::{date_in_words, day_name};

/// The columns in which nothing but dates stands, besides the notices.
const COLUMNS: [&str; 6] = [
    "schedules",
    "pause",
    "ends_on",
    "places_on",
    "confirmed_at",
    "first_published",
];

/// The same file with real dates.
pub fn with_dates(file: &str, today: Date) -> Result<Vec<u8>> {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let headings = reader.headers()?.clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headings)?;
    for record in reader.records() {
        let record = record?;
        let cells = headings.iter().zip(&record).map(|(heading, cell)| {
            match heading {
                "notices" => resolved(cell, today, Words::OfANotice),
                _ if COLUMNS.contains(&heading) => resolved(cell, today, Words::Dates),
                _ => cell.to_owned(),
            }
        });
        writer.write_record(cells)?;
    }
    writer.into_inner().ok().context("writing to memory cannot fail")
}

/// What a cell holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    Dates,
    /// Sentences, where only what follows "until" or stands in braces is a date.
    OfANotice,
}

fn resolved(cell: &str, today: Date, words: Words) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "+-{}".contains(c);
    let mut out = String::with_capacity(cell.len());
    let mut rest = cell;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        let inner = word.strip_prefix('{').and_then(|word| word.strip_suffix('}'));
        match inner.unwrap_or(word) {
            said if inner.is_some() => match date(said, today) {
                Some(date) => out.push_str(&date_in_words(date)),
                None => out.push_str(word),
            },
            said if words == Words::OfANotice && !out.ends_with("until ") => out.push_str(said),
            said => match date(said, today) {
                Some(date) => out.push_str(&date.to_string()),
                None => out.push_str(word),
            },
        }
        let next = tail.chars().next().map_or(0, char::len_utf8);
        out.push_str(&tail[..next]);
        rest = &tail[next..];
    }
    out
}

/// `None` for any other word.
fn date(word: &str, today: Date) -> Option<Date> {
    if let Some(days) = word.strip_prefix("today") {
        let days: i64 = if days.is_empty() { 0 } else { signed(days)? };
        return today.checked_add(days.days()).ok();
    }
    let at = word.find(['+', '-'])?;
    let (name, weeks) = word.split_at(at);
    let weeks = signed(weeks.strip_suffix('w')?)?;
    let day = Weekday::Monday
        .cycle_forward()
        .take(7)
        .find(|day| day_name(*day).eq_ignore_ascii_case(name))?;
    let monday = today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).ok()?;
    let days = i64::from(day.to_monday_zero_offset()) + weeks * 7;
    monday.checked_add(days.days()).ok()
}

/// +12 or -400; at most 4 digits.
fn signed(written: &str) -> Option<i64> {
    let sound = written.starts_with(['+', '-']) && (2..=5).contains(&written.len());
    sound.then(|| written.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as on;

    use super::*;

    #[test]
    fn dates_are_counted_from_the_day_of_loading() {
        // A Wednesday.
        let today = on(2026, 11, 25);
        for (said, meant) in [
            ("on today 14:00-16:00", "on 2026-11-25 14:00-16:00"),
            ("weekly tue 10:30-12:00; skip tuesday+1w, tuesday-1w", "weekly tue 10:30-12:00; skip 2026-12-01, 2026-11-17"),
            ("course of 6 weeks 18:00-20:00; from sunday+0w", "course of 6 weeks 18:00-20:00; from 2026-11-29"),
            ("from today-400", "from 2025-10-21"),
        ] {
            assert_eq!(resolved(said, today, Words::Dates), meant);
        }
        for (said, meant) in [
            ("until today+7: No session {tuesday+1w}.", "until 2026-12-02: No session Tuesday 1 December 2026."),
            ("until 2026-12-02: Not today, {or} friday+1w", "until 2026-12-02: Not today, {or} friday+1w"),
        ] {
            assert_eq!(resolved(said, today, Words::OfANotice), meant);
        }
    }

    #[test]
    fn only_columns_of_dates_are_looked_at() {
        let file = with_dates("summary,ends_on\ntoday,today\n", on(2026, 11, 25)).unwrap();
        assert_eq!(String::from_utf8(file).unwrap(), "summary,ends_on\ntoday,2026-11-25\n");
    }
}
