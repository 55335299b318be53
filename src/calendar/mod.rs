//! Schedules and the sessions they make, in civil time of Europe/London.
mod schedule;
mod stand_in;

pub use schedule::{Nth, Pause, Programme, Rule, Schedule, Session, Weekdays};
pub use stand_in::{civil_now, day_name, short_date, time_in_words};
