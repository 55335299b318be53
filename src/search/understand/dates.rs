//! "this week", "in March", "after Christmas", "from 3 December": first and last days.
use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};

use super::{Heard, days, sentence::Sentence};
use crate::calendar::{easter_sunday, month_named as month, school_holiday};

/// Some days in a row, both ends included, and how many words name them.
struct Span {
    from: Date,
    to: Date,
    words: usize,
    /// It may stand without "in", "on" or the like before it.
    alone: bool,
    /// "In" it means from its first day on.
    open: bool,
}

pub fn read(sentence: &Sentence<'_>, at: usize) -> Option<Heard> {
    if sentence.text(at, 0) == "tonight" {
        let today = sentence.today;
        let evening = ("part", "evening".to_owned());
        let mut heard = heard(1, Some(today), Some(today));
        heard.add(evening);
        return Some(heard);
    }
    if sentence.text(at, 0) == "this"
        && let part @ ("morning" | "afternoon" | "evening") = sentence.text(at, 1)
    {
        let mut heard = heard(2, Some(sentence.today), Some(sentence.today));
        heard.add(("part", part.to_owned()));
        return Some(heard);
    }
    let said = preposition(sentence, at);
    let lead = said.map_or(0, |(_, words)| words);
    if let Some((from, to, words)) = days_of_a_month(sentence, at + lead) {
        return Some(heard(lead + words, Some(from), Some(to)));
    }
    let span = span(sentence, at + lead)?;
    let said = said.map_or("", |(said, _)| said);
    if said.is_empty() && !span.alone {
        return None;
    }
    let words = lead + span.words;
    let today = sentence.today;
    Some(match said {
        "after" => heard(words, Some(plus(span.to, 1)), None),
        "before" => heard(words, None, Some(plus(span.from, -1))),
        "until" => heard(words, None, Some(span.to)),
        "from" | "between" => {
            let joined = ["to", "until", "till", "and"].contains(&sentence.text(at + words, 0));
            let end = joined.then(|| self::span(sentence, at + words + 1)).flatten();
            match end {
                Some(end) => heard(words + 1 + end.words, Some(span.from), Some(end.to)),
                None => heard(words, Some(span.from), None),
            }
        }
        _ => heard(words, Some(span.from.max(today)), (!span.open).then_some(span.to)),
    })
}

fn heard(words: usize, from: Option<Date>, to: Option<Date>) -> Heard {
    let from = from.map(|date| ("from", date.to_string()));
    let to = to.map(|date| ("to", date.to_string()));
    Heard::values(words, from.into_iter().chain(to).collect())
}

/// "3 to 10 December", "between 3 and 10 December", "3-10 December".
fn days_of_a_month(sentence: &Sentence<'_>, at: usize) -> Option<(Date, Date, usize)> {
    let first = ordinal(sentence.text(at, 0))?;
    let joined = usize::from(["and", "to", "until", "till"].contains(&sentence.text(at, 1)));
    let dash = at + 1 < sentence.len() && ["-", "\u{2013}"].contains(&sentence.gap(at + 1).trim());
    let named = month(sentence.text(at, 2 + joined)).is_some();
    if !(joined == 1 || dash) || !named || ordinal(sentence.text(at, 1 + joined)).is_none() {
        return None;
    }
    let end = month_or_day(sentence, at + 1 + joined)?;
    let from = Date::new(end.from.year(), end.from.month(), first).ok()?;
    (from <= end.to).then_some((from, end.to, 1 + joined + end.words))
}

fn preposition(sentence: &Sentence<'_>, at: usize) -> Option<(&'static str, usize)> {
    Some(match sentence.text(at, 0) {
        "after" => ("after", 1),
        "before" => ("before", 1),
        "until" | "till" | "by" => ("until", 1),
        "from" | "since" | "starting" if sentence.text(at, 1) != "from" => ("from", 1),
        "starting" => ("from", 2),
        "between" => ("between", 1),
        "in" | "during" | "on" | "over" | "at" | "for" | "within" => ("in", 1),
        _ => return None,
    })
}

fn span(sentence: &Sentence<'_>, at: usize) -> Option<Span> {
    let today = sentence.today;
    let whole = |from, to, words| Some(Span { from, to, words, alone: true, open: false });
    match (sentence.text(at, 0), sentence.text(at, 1)) {
        ("today", _) => whole(today, today, 1),
        ("tomorrow", _) => whole(plus(today, 1), plus(today, 1), 1),
        ("fortnight", _) => Some(Span { alone: false, ..whole(today, plus(today, 13), 1)? }),
        ("half", "term") => half_term(today, None, 2),
        ("october" | "autumn", "half") if sentence.text(at, 2) == "term" => {
            half_term(today, Some(2), 3)
        }
        ("february" | "spring", "half") if sentence.text(at, 2) == "term" => {
            half_term(today, Some(0), 3)
        }
        ("may" | "summer", "half") if sentence.text(at, 2) == "term" => {
            half_term(today, Some(1), 3)
        }
        ("new", "year") => {
            let year = today.year() + 1;
            let first = date(year, 1, 1);
            Some(Span { alone: false, open: true, ..whole(first, first, 2)? })
        }
        ("this" | "next" | "coming", _) => relative(sentence, at),
        _ => month_or_day(sentence, at).or_else(|| feast(sentence, at)),
    }
}

/// The usual one in London's schools: boroughs may differ.
fn half_term(today: Date, which: Option<usize>, words: usize) -> Option<Span> {
    let year = today.year();
    let of = |year: i16| {
        // Each of these days lies in its half-term, whatever the year.
        [date(year, 2, 18), date(year, 5, 31), date(year, 10, 28)].into_iter().enumerate()
    };
    of(year)
        .chain(of(year.checked_add(1)?))
        .filter(|(at, _)| which.is_none_or(|which| *at == which))
        .filter_map(|(_, day)| school_holiday(day))
        .find(|(_, to)| *to >= today)
        .map(|(from, to)| Span { from, to, words, alone: true, open: false })
}

/// "this week", "next month", "next tuesday", "next 3 weeks", "this summer".
fn relative(sentence: &Sentence<'_>, at: usize) -> Option<Span> {
    let today = sentence.today;
    let next = sentence.text(at, 0) == "next";
    let monday = monday_of(today);
    let whole =
        |from: Date, to: Date, words| Some(Span { from, to, words, alone: true, open: false });
    let word = sentence.text(at, 1);
    let counted = match word {
        "few" | "couple" => Some(3),
        "two" => Some(2),
        "three" => Some(3),
        "four" => Some(4),
        digits => digits.parse::<i32>().ok().filter(|count| (1..=90).contains(count)),
    };
    if let (Some(count), unit) = (counted, sentence.text(at, 2)) {
        let days = match unit {
            "day" | "days" => count,
            "week" | "weeks" => count * 7,
            "month" | "months" => count * 30,
            _ => return None,
        };
        return whole(today, plus(today, days), 3);
    }
    match word {
        "week" if next => whole(plus(monday, 7), plus(monday, 13), 2),
        "week" => whole(today, plus(monday, 6), 2),
        "weeks" => whole(today, plus(today, 21), 2),
        "weekend" if next => whole(plus(monday, 12), plus(monday, 13), 2),
        "weekend" => whole(plus(monday, 5).max(today), plus(monday, 6), 2),
        "fortnight" => whole(today, plus(today, 13), 2),
        "month" => {
            let first =
                if next { today.first_of_month().checked_add(1.month()).ok()? } else { today };
            whole(first, first.last_of_month(), 2)
        }
        "year" if next => {
            let year = today.year().checked_add(1)?;
            whole(date(year, 1, 1), date(year, 12, 31), 2)
        }
        "year" => whole(today, date(today.year(), 12, 31), 2),
        word => {
            if let Some(day) = days::day(word) {
                let step = i32::from(day.to_monday_zero_offset());
                let this = plus(monday, step);
                let soon = if this < today { plus(this, 7) } else { this };
                let day = if next { plus(monday, 7 + step) } else { soon };
                return whole(day, day, 2);
            }
            let span = month_or_day(sentence, at + 1).or_else(|| feast(sentence, at + 1))?;
            Some(Span { words: span.words + 1, alone: true, ..span })
        }
    }
}

/// "March", "3 December 2026", "December 3rd", "3/12", "2026-12-03".
fn month_or_day(sentence: &Sentence<'_>, at: usize) -> Option<Span> {
    let day = |from: Date, words| Some(Span { from, to: from, words, alone: true, open: false });
    let first = sentence.text(at, 0);
    if let Some(year) = year(first) {
        let (month, number) = (number(sentence, at + 1, '-')?, number(sentence, at + 2, '-')?);
        return day(Date::new(year, month, number).ok()?, 3);
    }
    if let Some(number_said) = ordinal(first) {
        if let Some(month) = month(sentence.text(at, 1)) {
            let year = year(sentence.text(at, 2));
            return day(
                coming(sentence.today, year, month, number_said)?,
                2 + usize::from(year.is_some()),
            );
        }
        let month = number(sentence, at + 1, '/')?;
        let slash = at + 2 < sentence.len() && sentence.gap(at + 2) == "/";
        let year = year(sentence.text(at, 2)).filter(|_| slash);
        return day(
            coming(sentence.today, year, month, number_said)?,
            2 + usize::from(year.is_some()),
        );
    }
    let named = month(first)?;
    if let Some(number) = ordinal(sentence.text(at, 1)) {
        let year = year(sentence.text(at, 2));
        return day(coming(sentence.today, year, named, number)?, 2 + usize::from(year.is_some()));
    }
    let said = year(sentence.text(at, 1));
    let today = sentence.today;
    let ahead = i16::from(named < today.month());
    let from = Date::new(said.or_else(|| today.year().checked_add(ahead))?, named, 1).ok()?;
    // "May", "march" and "April" are also a verb, another verb and a name.
    let alone = said.is_some()
        || first.len() > 3 && !["march", "april", "may", "june", "august"].contains(&first);
    Some(Span {
        from,
        to: from.last_of_month(),
        words: 1 + usize::from(said.is_some()),
        alone,
        open: false,
    })
}

/// Seasons (by the month), Christmas, Easter and the summer holidays, the next ones from today.
fn feast(sentence: &Sentence<'_>, at: usize) -> Option<Span> {
    let today = sentence.today;
    let holidays = ["holiday", "holidays", "break"].contains(&sentence.text(at, 1));
    let from_school = |day| school_holiday(day).map(|(from, to)| (from, to, 2));
    let of = |year: i16| -> Option<(Date, Date, usize)> {
        Some(match sentence.text(at, 0) {
            "spring" => (date(year, 3, 1), date(year, 5, 31), 1),
            "summer" if holidays => from_school(date(year, 8, 1))?,
            "summer" => (date(year, 6, 1), date(year, 8, 31), 1),
            "autumn" => (date(year, 9, 1), date(year, 11, 30), 1),
            "winter" => (
                date(year, 12, 1),
                date(year, 12, 1).checked_add(3.months()).ok()?.yesterday().ok()?,
                1,
            ),
            "christmas" if holidays => from_school(date(year, 12, 25))?,
            "christmas" | "xmas" => (date(year, 12, 25), date(year, 12, 26), 1),
            "easter" if holidays => from_school(easter_sunday(year))?,
            "easter" => (plus(easter_sunday(year), -2), plus(easter_sunday(year), 1), 1),
            _ => return None,
        })
    };
    let year = today.year();
    let (from, to, words) = [year.checked_sub(1)?, year, year.checked_add(1)?]
        .into_iter()
        .filter_map(of)
        .find(|(_, to, _)| *to >= today)?;
    Some(Span { from, to, words, alone: words == 2, open: false })
}

/// That day of the year said, or else the next time it comes.
fn coming(today: Date, year: Option<i16>, month: i8, day: i8) -> Option<Date> {
    if let Some(year) = year {
        return Date::new(year, month, day).ok();
    }
    let of = |year: Option<i16>| Date::new(year?, month, day).ok();
    of(Some(today.year())).filter(|date| *date >= today).or_else(|| of(today.year().checked_add(1)))
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| word.len() == 4 && (2000..2100).contains(year))
}

/// "3", "3rd", "21st".
fn ordinal(word: &str) -> Option<i8> {
    let ends = ["st", "nd", "rd", "th"];
    let digits = ends.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    digits.parse().ok().filter(|day| digits.len() <= 2 && (1..=31).contains(day))
}

fn number(sentence: &Sentence<'_>, at: usize, after: char) -> Option<i8> {
    let word = sentence.text(at, 0);
    let joined = at < sentence.len() && sentence.gap(at).chars().eq([after]);
    word.parse().ok().filter(|_| joined && word.len() <= 2)
}

/// The Monday of its week.
fn monday_of(day: Date) -> Date {
    plus(day, -i32::from(day.weekday().since(Weekday::Monday)))
}

fn plus(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}
