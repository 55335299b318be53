//! Dates and times as people type them into a form.
use jiff::civil::{Date, Time, Weekday};

use super::{
    check::YEARS,
    grammar::{day_named, time_of},
};

/// By number, January first.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Why it is not a date that we can keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateProblem {
    NotADate,
    NoYear,
    /// Such as 31 February.
    NotReal,
    /// Not from 2000 to 2099, see [`super::Schedule::check`].
    FarYear,
    /// The day of the week that stands beside it is another.
    OtherDay(Date),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeProblem {
    NotATime,
    /// "2" and "2:30" may be in the night or after midday.
    MorningOrAfternoon,
}

/// What one piece says; the rest may stand in the piece after it.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    weekday: Option<Weekday>,
    day: i16,
    month: Option<i16>,
    year: Option<i16>,
}

/// The month that a word names, from 1, if it can name one.
pub fn month_named(word: &str) -> Option<i8> {
    let short = if word == "sept" { "sep" } else { word };
    let at =
        MONTHS.iter().position(|name| *name == word || short.len() == 3 && name.starts_with(short));
    at.and_then(|at| i8::try_from(at + 1).ok())
}

/// "27/3/2027", "27.3.27", "2027-03-27", "Sat 27th March 2027", "mar 27, 2027", "tomorrow".
pub fn typed_date(typed: &str, today: Date) -> Result<Date, DateProblem> {
    match typed.trim().to_lowercase().as_str() {
        "today" => Ok(today),
        "tomorrow" => today.tomorrow().map_err(|_| DateProblem::NotADate),
        typed => Said::read(typed).ok_or(DateProblem::NotADate)?.date(),
    }
}

/// Several of them, one a line or with commas; one without month or year takes that of the next, as in
/// "5, 12 and 19 December 2026". In the order typed. The error names the piece.
pub fn typed_dates(typed: &str, today: Date) -> Result<Vec<Date>, (String, DateProblem)> {
    let (mut month, mut year) = (None, None);
    let mut dates = Vec::new();
    for piece in pieces(typed).into_iter().rev() {
        let date = match Said::read(&piece.to_lowercase()) {
            Some(said) => {
                let whole = Said {
                    month: said.month.or(month),
                    year: said.year.or_else(|| year.filter(|_| said.month.or(month).is_some())),
                    ..said
                };
                (month, year) = (whole.month, whole.year);
                whole.date()
            }
            None => typed_date(&piece, today),
        };
        dates.push(date.map_err(|problem| (piece, problem))?);
    }
    dates.reverse();
    Ok(dates)
}

/// "10:30am", "10.30", "2pm", "1030", "14:00", "midday", "midnight" (the one in which the day begins).
pub fn typed_time(typed: &str) -> Result<Time, TimeProblem> {
    let small = typed.to_lowercase();
    let plain = small
        .replace(['\u{2019}', '\''], "")
        .replace("oclock", "")
        .replace("a.m", "am")
        .replace("p.m", "pm");
    let plain: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.trim_end_matches('.');
    match plain {
        "midday" | "noon" | "12midday" | "12noon" => return Ok(Time::constant(12, 0, 0, 0)),
        "midnight" | "12midnight" => return Ok(Time::midnight()),
        _ => {}
    }
    let (clock, half) = match (plain.strip_suffix("am"), plain.strip_suffix("pm")) {
        (Some(clock), _) => (clock, "am"),
        (_, Some(clock)) => (clock, "pm"),
        (None, None) => (plain, ""),
    };
    let digits = clock.bytes().all(|byte| byte.is_ascii_digit());
    let clock = match clock.len() {
        4 if digits => format!("{}:{}", &clock[..2], &clock[2..]),
        3 if digits && !half.is_empty() => format!("{}:{}", &clock[..1], &clock[1..]),
        1 | 2 if digits && (half.is_empty() || hour(clock) > 12) => {
            if half.is_empty() && hour(clock) <= 12 {
                return Err(TimeProblem::MorningOrAfternoon);
            }
            format!("{clock}:00")
        }
        _ => clock.to_owned(),
    };
    let said = hour(clock.split([':', '.']).next().unwrap_or_default());
    // "14:00pm" is clear enough.
    let half = if half == "pm" && said > 12 { "" } else { half };
    let time = time_of(&format!("{clock}{half}")).ok_or(TimeProblem::NotATime)?;
    if half.is_empty() && (1..=6).contains(&said) && !clock.starts_with('0') {
        return Err(TimeProblem::MorningOrAfternoon);
    }
    Ok(time)
}

/// 0 for what is no hour: it is found out later.
fn hour(digits: &str) -> u8 {
    digits.parse().unwrap_or(0)
}

/// At line breaks, commas and "and"; a year after a comma, and a weekday before one, stay with their date.
fn pieces(typed: &str) -> Vec<String> {
    let typed = typed.replace(" and ", ",").replace('&', ",");
    let mut pieces: Vec<String> = Vec::new();
    let mut before: Option<&str> = None;
    for piece in
        typed.split([',', ';', '\n', '\r']).map(str::trim).filter(|piece| !piece.is_empty())
    {
        let year = piece.len() == 4 && piece.bytes().all(|byte| byte.is_ascii_digit());
        match (pieces.last_mut(), before.take()) {
            (Some(last), None) if year => *last = format!("{last} {piece}"),
            (_, day) if day.is_none() && day_named(&piece.to_lowercase()).is_some() => {
                before = Some(piece);
            }
            (_, day) => {
                pieces.push(day.map_or_else(|| piece.to_owned(), |day| format!("{day} {piece}")));
            }
        }
    }
    pieces.extend(before.map(str::to_owned));
    pieces
}

impl Said {
    fn read(small: &str) -> Option<Self> {
        let mut said = Self::default();
        let mut numbers = Vec::new();
        for token in tokens(small) {
            if token.starts_with(|c: char| c.is_ascii_digit()) {
                let number: i16 = token.parse().ok().filter(|_| token.len() <= 4)?;
                numbers.push((number, token.len()));
            } else if ["st", "nd", "rd", "th", "of", "the", "on"].contains(&token) {
            } else if let Some(month) = month_named(token).filter(|_| said.month.is_none()) {
                said.month = Some(i16::from(month));
            } else if let Some(day) = day_named(token).filter(|_| said.weekday.is_none()) {
                said.weekday = Some(day);
            } else {
                return None;
            }
        }
        let year = |(number, length): (i16, usize)| match length {
            2 => Some(2000 + number),
            4 => Some(number),
            _ => None,
        };
        match (said.month, numbers.as_slice()) {
            (None, [(year, 4), (month, _), (day, 1..=2)]) => {
                (said.day, said.month, said.year) = (*day, Some(*month), Some(*year));
            }
            (None, [(day, 1..=2), (month, _), last]) => {
                (said.day, said.month, said.year) = (*day, Some(*month), Some(year(*last)?));
            }
            (None, [(day, 1..=2), (month, 1..=2)]) => {
                (said.day, said.month) = (*day, Some(*month));
            }
            (Some(_), [(day, 1..=2), last]) => (said.day, said.year) = (*day, Some(year(*last)?)),
            (_, [(day, 1..=2)]) => said.day = *day,
            _ => return None,
        }
        Some(said)
    }

    fn date(self) -> Result<Date, DateProblem> {
        let month = self.month.ok_or(DateProblem::NotADate)?;
        let year = self.year.ok_or(DateProblem::NoYear)?;
        let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(self.day)) else {
            return Err(DateProblem::NotReal);
        };
        let date = Date::new(year, month, day).map_err(|_| DateProblem::NotReal)?;
        if !YEARS.contains(&year) {
            return Err(DateProblem::FarYear);
        }
        match self.weekday.filter(|said| *said != date.weekday()) {
            Some(_) => Err(DateProblem::OtherDay(date)),
            None => Ok(date),
        }
    }
}

/// Runs of letters and runs of digits: "27th" is two.
fn tokens(small: &str) -> impl Iterator<Item = &str> {
    small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).flat_map(|word| {
        let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
        let (digits, rest) = word.split_at(end);
        let letters = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (letters, more) = rest.split_at(letters);
        [digits, letters, more].into_iter().filter(|token| !token.is_empty())
    })
}
