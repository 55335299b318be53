//! Days and times in words: “Tuesday 24 November 2026”, “10:30am to midday”.
use jiff::civil::{Date, Time, Weekday};

use super::Session;

/// Most dates and times fit: lists say some forty of them on a page, so they are put together by hand.
const ROOM: usize = 64;

/// "Tuesday 24 November 2026".
pub fn date_in_words(day: Date) -> String {
    let mut words = String::with_capacity(ROOM);
    add_date(&mut words, day);
    words
}

/// "24 November".
pub fn short_date(day: Date) -> String {
    let mut words = String::with_capacity(ROOM);
    add_short_date(&mut words, day);
    words
}

/// "10:30am", "6pm", "midday", "midnight".
pub fn time_in_words(time: Time) -> String {
    let mut words = String::with_capacity(ROOM);
    add_time(&mut words, time);
    words
}

/// "10:30am to midday".
pub fn times_in_words(starts: Time, ends: Time) -> String {
    format!("{} to {}", time_in_words(starts), time_in_words(ends))
}

/// "Tuesday".
pub fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

impl Session {
    /// "Tuesday 24 November 2026, 10:30am to midday".
    pub fn in_words(&self) -> String {
        let mut words = date_in_words(self.starts.date());
        words.push_str(", ");
        add_time(&mut words, self.starts.time());
        words.push_str(" to ");
        add_time(&mut words, self.ends.time());
        words
    }

    /// When it begins, as HTML's `datetime` has it: "2026-11-24T10:30".
    pub fn starts_for_machines(&self) -> String {
        let (date, time) = (self.starts.date(), self.starts.time());
        let mut words = String::with_capacity(ROOM);
        let year = date.year().unsigned_abs();
        add_two_digits(&mut words, year / 100);
        add_two_digits(&mut words, year % 100);
        for (mark, number) in
            [('-', date.month()), ('-', date.day()), ('T', time.hour()), (':', time.minute())]
        {
            words.push(mark);
            add_two_digits(&mut words, number.unsigned_abs().into());
        }
        words
    }
}

fn add_date(words: &mut String, day: Date) {
    words.push_str(day_name(day.weekday()));
    words.push(' ');
    add_short_date(words, day);
    words.push(' ');
    let year = day.year().unsigned_abs();
    add_two_digits(words, year / 100);
    add_two_digits(words, year % 100);
}

fn add_short_date(words: &mut String, day: Date) {
    add_number(words, day.day());
    words.push(' ');
    words.push_str(month_name(day));
}

fn add_time(words: &mut String, time: Time) {
    match (time.hour(), time.minute()) {
        (0, 0) => words.push_str("midnight"),
        (12, 0) => words.push_str("midday"),
        (hour, minute) => {
            add_number(words, (hour + 11) % 12 + 1);
            if minute > 0 {
                words.push(':');
                add_two_digits(words, minute.unsigned_abs().into());
            }
            words.push_str(if hour < 12 { "am" } else { "pm" });
        }
    }
}

/// Of a day or an hour.
fn add_number(words: &mut String, number: i8) {
    let number = number.unsigned_abs();
    if number > 9 {
        words.push(digit(number / 10));
    }
    words.push(digit(number % 10));
}

fn add_two_digits(words: &mut String, number: u16) {
    words.push(digit((number / 10 % 10) as u8));
    words.push(digit((number % 10) as u8));
}

fn digit(number: u8) -> char {
    char::from(b'0' + number)
}

fn month_name(day: Date) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS[usize::from(day.month().unsigned_abs()) - 1]
}
