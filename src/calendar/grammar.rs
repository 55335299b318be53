//! The compact text of a schedule: what a cell of the offers file holds and a person can type.
//!
//! ```text
//! schedules = schedule { "|" schedule }
//! schedule  = rule times { ";" clause }
//! rule      = "weekly" days | "every" n "weeks" days | nth day "of the month"
//!           | "course of" n "weeks" | "on" dates
//! times     = 10:30-12:00
//! clause    = "from" date | "until" date | "term time" | "bank holidays" | "skip" dates | "extra" dates
//! ```
//! Days are mon to sun, nth is first to fourth or last, a date is 2026-12-01. Reading forgives capitals,
//! spaces, full names of days, "10:30am", and a few other ways to say the same; writing has one way.
use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time, Weekday};

use super::check::{ScheduleProblem, ShortTime};
use super::{Nth, Rule, Schedule, Weekdays, day_code};

/// How many schedules one offer may have.
pub const MAX_SCHEDULES: usize = 20;

/// Reads the schedules of one offer, separated by `|`; none where there is nothing but space.
pub fn parse_schedules(text: &str) -> Result<Vec<Schedule>, ScheduleProblem> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let parts: Vec<&str> = text.split('|').collect();
    match parts.as_slice() {
        [only] => Ok(vec![only.parse()?]),
        parts if parts.len() > MAX_SCHEDULES => Err(ScheduleProblem::TooManySchedules(parts.len())),
        parts => (1..)
            .zip(parts)
            .map(|(number, part)| {
                part.parse().map_err(|problem| ScheduleProblem::InList {
                    number,
                    problem: Box::new(problem),
                })
            })
            .collect(),
    }
}

/// Writes what [`parse_schedules`] reads.
pub fn write_schedules(schedules: &[Schedule]) -> String {
    schedules.iter().map(Schedule::to_string).collect::<Vec<_>>().join(" | ")
}

impl FromStr for Schedule {
    type Err = ScheduleProblem;

    fn from_str(text: &str) -> Result<Self, ScheduleProblem> {
        let text = plain(text);
        let mut clauses =
            text.split(';').map(|clause| clause.split_whitespace().collect::<Vec<_>>());
        let first = clauses.next().unwrap_or_default();
        let Some((times, rule)) = first.split_last() else {
            return Err(ScheduleProblem::Missing);
        };
        let (rule, starts, ends) = rule_and_times(rule, times)?;
        let mut schedule = Self {
            rule,
            starts,
            ends,
            from: None,
            until: None,
            term_time_only: false,
            bank_holidays: false,
            skipped: Vec::new(),
            extra: Vec::new(),
        };
        for clause in clauses {
            schedule.add(&clause)?;
        }
        schedule.check()
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.rule {
            Rule::Weekly(days) => write!(f, "weekly {}", written_days(*days))?,
            Rule::EveryNWeeks { weeks, days } => {
                write!(f, "every {weeks} weeks {}", written_days(*days))?
            }
            Rule::Monthly { nth, day } => {
                write!(f, "{} {} of the month", nth.code(), short_day_code(*day))?
            }
            Rule::Course { sessions } => write!(f, "course of {sessions} weeks")?,
            Rule::Dates(dates) => write!(f, "on {}", written_dates(dates))?,
        }
        write!(f, " {}-{}", ShortTime(self.starts), ShortTime(self.ends))?;
        if let Some(from) = self.from {
            write!(f, "; from {from}")?;
        }
        if let Some(until) = self.until {
            write!(f, "; until {until}")?;
        }
        if self.term_time_only {
            f.write_str("; term time")?;
        }
        if self.bank_holidays {
            f.write_str("; bank holidays")?;
        }
        if !self.skipped.is_empty() {
            write!(f, "; skip {}", written_dates(&self.skipped))?;
        }
        if !self.extra.is_empty() {
            write!(f, "; extra {}", written_dates(&self.extra))?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Schedule {
    type Error = ScheduleProblem;

    fn try_from(text: String) -> Result<Self, ScheduleProblem> {
        text.parse()
    }
}

impl From<Schedule> for String {
    fn from(schedule: Schedule) -> Self {
        schedule.to_string()
    }
}

impl Schedule {
    fn add(&mut self, clause: &[&str]) -> Result<(), ScheduleProblem> {
        match clause {
            [] => Ok(()),
            ["from", dates @ ..] => put(&mut self.from, "from", dates),
            ["until", dates @ ..] => put(&mut self.until, "until", dates),
            ["term", "time"] | ["in", "term", "time"] => say(&mut self.term_time_only, "term time"),
            ["bank", "holidays"] | ["also", "on", "bank", "holidays"] => {
                say(&mut self.bank_holidays, "bank holidays")
            }
            ["skip", dates @ ..] => fill(&mut self.skipped, "skip", dates),
            ["extra", dates @ ..] => fill(&mut self.extra, "extra", dates),
            other => Err(ScheduleProblem::UnknownClause(quoted(other))),
        }
    }
}

/// Small letters, plain dashes, no space around the dash or before am and pm, spaces for commas.
fn plain(text: &str) -> String {
    let text = text.to_lowercase().replace(['–', '—'], "-").replace(',', " ");
    let words = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    words.replace("- ", "-").replace(" -", "-").replace(" am", "am").replace(" pm", "pm")
}

fn rule_and_times(rule: &[&str], times: &str) -> Result<(Rule, Time, Time), ScheduleProblem> {
    let parsed = rule_of(rule);
    // Without times the last word belongs to the rule: say what is wrong with that, or that times are missing.
    let Some((starts, ends)) = times.split_once('-').filter(|_| date_of(times).is_err()) else {
        let whole: Vec<&str> = rule.iter().copied().chain([times]).collect();
        return Err(rule_of(&whole).err().unwrap_or(ScheduleProblem::NoTimes));
    };
    let time =
        |word: &str| time_of(word).ok_or_else(|| ScheduleProblem::UnknownTime(quoted(&[word])));
    Ok((parsed?, time(starts)?, time(ends)?))
}

fn rule_of(words: &[&str]) -> Result<Rule, ScheduleProblem> {
    match words {
        ["weekly", days @ ..] => days_of(days).map(Rule::Weekly),
        ["fortnightly", days @ ..] => Ok(Rule::EveryNWeeks { weeks: 2, days: days_of(days)? }),
        ["every", weeks, "week" | "weeks", days @ ..] => Ok(Rule::EveryNWeeks {
            weeks: weeks.parse().map_err(|_| ScheduleProblem::WeeksApart)?,
            days: days_of(days)?,
        }),
        ["every", days @ ..] if !days.is_empty() => days_of(days).map(Rule::Weekly),
        [nth, day, "of", "the" | "each" | "every", "month"] => match Nth::of_code(nth) {
            Some(nth) => Ok(Rule::Monthly { nth, day: day_of(day)? }),
            None => Err(ScheduleProblem::UnknownRule(quoted(words))),
        },
        ["course", "of", weeks, "weeks"] => {
            Ok(Rule::Course { sessions: weeks.parse().map_err(|_| ScheduleProblem::CourseLength)? })
        }
        ["on", dates @ ..] => dates_of("on", dates).map(Rule::Dates),
        other => Err(ScheduleProblem::UnknownRule(quoted(other))),
    }
}

fn put(
    place: &mut Option<Date>,
    name: &'static str,
    words: &[&str],
) -> Result<(), ScheduleProblem> {
    match dates_of(name, words)?.as_slice() {
        _ if place.is_some() => Err(ScheduleProblem::Twice(name)),
        [date] => {
            *place = Some(*date);
            Ok(())
        }
        _ => Err(ScheduleProblem::ManyDates(name)),
    }
}

fn say(place: &mut bool, name: &'static str) -> Result<(), ScheduleProblem> {
    if std::mem::replace(place, true) { Err(ScheduleProblem::Twice(name)) } else { Ok(()) }
}

fn fill(place: &mut Vec<Date>, name: &'static str, words: &[&str]) -> Result<(), ScheduleProblem> {
    let before = std::mem::replace(place, dates_of(name, words)?);
    if before.is_empty() { Ok(()) } else { Err(ScheduleProblem::Twice(name)) }
}

fn days_of(words: &[&str]) -> Result<Weekdays, ScheduleProblem> {
    words.iter().filter(|word| **word != "and").map(|word| day_of(word)).collect()
}

fn day_of(word: &str) -> Result<Weekday, ScheduleProblem> {
    day_named(word).ok_or_else(|| ScheduleProblem::UnknownDay(quoted(&[word])))
}

/// "tue", "tues", "tuesday", "tuesdays": enough letters to know which, and none that are wrong.
pub fn day_named(word: &str) -> Option<Weekday> {
    let singular = word.strip_suffix("days").map(|stem| format!("{stem}day"));
    let start = singular.as_deref().unwrap_or(word);
    Weekdays::EVERY.iter().find(|day| start.len() >= 3 && day_code(*day).starts_with(start))
}

fn dates_of(name: &'static str, words: &[&str]) -> Result<Vec<Date>, ScheduleProblem> {
    let dates: Vec<Date> = words
        .iter()
        .filter(|word| **word != "and")
        .map(|word| date_of(word))
        .collect::<Result<_, _>>()?;
    if dates.is_empty() { Err(ScheduleProblem::NoDate(name)) } else { Ok(dates) }
}

/// Only the one way to write a date: jiff would also read week dates and whole timestamps.
fn date_of(word: &str) -> Result<Date, ScheduleProblem> {
    match word.parse::<Date>() {
        Ok(date) if date.to_string() == word => Ok(date),
        _ => Err(ScheduleProblem::UnknownDate(quoted(&[word]))),
    }
}

/// "14:00", "9.30", "2pm", "2:30pm". A bare "2" is refused: two in the night is rarely meant.
pub(super) fn time_of(word: &str) -> Option<Time> {
    let (clock, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        (None, None) => (word, None),
    };
    let (hour, minute) = match clock.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, number(minute)?),
        None if half.is_some() => (clock, 0),
        _ => return None,
    };
    let hour = match (number(hour)?, half) {
        (hour, None) => hour,
        (hour @ 1..=12, Some(half)) => hour % 12 + half,
        _ => return None,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// One or two digits, nothing else.
fn number(digits: &str) -> Option<i8> {
    let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// What was written, cut to a length that fits a message.
fn quoted(words: &[&str]) -> String {
    let whole = words.join(" ");
    match whole.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", whole[..end].trim_end()),
        None => whole,
    }
}

fn written_days(days: Weekdays) -> String {
    days.iter().map(short_day_code).collect::<Vec<_>>().join(",")
}

/// "mon", as the text of a schedule has it.
pub fn short_day_code(day: Weekday) -> &'static str {
    &day_code(day)[..3]
}

/// The day of such a code, exactly.
pub fn day_of_short_code(code: &str) -> Option<Weekday> {
    Weekdays::EVERY.iter().find(|day| short_day_code(*day) == code)
}

fn written_dates(dates: &[Date]) -> String {
    dates.iter().map(Date::to_string).collect::<Vec<_>>().join(", ")
}
