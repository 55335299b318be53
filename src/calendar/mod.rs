//! Schedules and the sessions they make, in civil time of Europe/London.
mod schedule;

pub use schedule::{Nth, Pause, Programme, Rule, Schedule, Session, Weekdays};
