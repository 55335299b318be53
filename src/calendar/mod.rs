//! Schedules and the sessions they make, in civil time of Europe/London.
mod check;
mod clock;
mod grammar;
#[cfg(test)]
mod grammar_tests;
mod holidays;
mod ical;
mod moments;
#[cfg(test)]
mod oracle_tests;
mod schedule;
mod sessions;
#[cfg(test)]
mod sessions_tests;
mod terms;
mod typed;
#[cfg(test)]
mod typed_tests;
mod words;
#[cfg(test)]
mod words_tests;
mod working_days;
mod zone;

pub use check::{COURSE_WEEKS, MAX_DATES, ScheduleProblem, WEEKS_APART, YEARS};
pub use clock::clock;
pub use grammar::{
    MAX_SCHEDULES, day_named, day_of_short_code, parse_schedules, short_day_code, write_schedules,
};
pub use holidays::{easter_sunday, is_bank_holiday};
pub use ical::{Entry, Source, calendar_file, calendar_file_until};
pub use moments::{date_in_words, day_name, short_date, time_in_words, times_in_words};
pub use schedule::{
    Nth, Pause, Programme, Rule, Schedule, Session, Weekdays, day_code, day_of_code,
};
pub use sessions::{HORIZON_WEEKS, horizon};
pub use terms::{in_term, school_holiday};
pub use typed::{
    DateProblem, MONTHS, TimeProblem, month_named, typed_date, typed_dates, typed_time,
};
pub use words::Follows;
pub use working_days::working_days_after;
pub use zone::civil_now;
