//! Stands in for the sessions of a programme until `sessions.rs` is here: weekly rules and loose dates.
use jiff::{
    Span,
    civil::{Date, DateTime},
};

use super::{Programme, Rule, Schedule, Session};

impl Programme {
    /// The sessions that end after `from`, up to the day `horizon` included; in order, each once.
    pub fn sessions(&self, from: DateTime, horizon: Date) -> Vec<Session> {
        let mut sessions = Vec::new();
        let mut day = from.date();
        while day <= horizon && self.ends_on.is_none_or(|end| day <= end) {
            for one in self.schedules.iter().filter(|one| one.holds(day)) {
                sessions.push(Session {
                    starts: day.to_datetime(one.starts),
                    ends: day.to_datetime(one.ends),
                });
            }
            let Ok(next) = day.checked_add(Span::new().days(1)) else { break };
            day = next;
        }
        if let Some(pause) = self.pause {
            sessions.retain(|one| {
                one.starts.date() < pause.from || pause.to.is_some_and(|to| one.starts.date() > to)
            });
        }
        sessions.retain(|one| one.ends > from);
        sessions.sort_unstable();
        sessions.dedup();
        sessions
    }
}

impl Schedule {
    pub fn then_in_words(&self) -> Option<String> {
        matches!(self.rule, Rule::Weekly(_)).then(|| "Then every week".to_owned())
    }

    fn holds(&self, day: Date) -> bool {
        let open =
            self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until);
        open && match &self.rule {
            Rule::Weekly(days) => days.contains(day.weekday()),
            Rule::Dates(dates) => dates.contains(&day),
            _ => false,
        }
    }
}

/// What the clock on a London wall shows.
pub fn civil_now(now: jiff::Timestamp) -> DateTime {
    static LONDON: std::sync::LazyLock<jiff::tz::TimeZone> = std::sync::LazyLock::new(|| {
        jiff::tz::TimeZone::get("Europe/London").unwrap_or(jiff::tz::TimeZone::UTC)
    });
    LONDON.to_datetime(now)
}

/// "10:30am", "6pm", "midday", "midnight".
pub fn time_in_words(time: jiff::civil::Time) -> String {
    let half = if time.hour() < 12 { "am" } else { "pm" };
    let hour = (time.hour() + 11) % 12 + 1;
    match (time.hour(), time.minute()) {
        (0, 0) => "midnight".into(),
        (12, 0) => "midday".into(),
        (_, 0) => format!("{hour}{half}"),
        (_, minute) => format!("{hour}:{minute:02}{half}"),
    }
}

/// "24 November".
pub fn short_date(day: Date) -> String {
    day.strftime("%-d %B").to_string()
}

/// "Tuesday".
pub fn day_name(day: jiff::civil::Weekday) -> &'static str {
    use jiff::civil::Weekday::*;
    match day {
        Monday => "Monday",
        Tuesday => "Tuesday",
        Wednesday => "Wednesday",
        Thursday => "Thursday",
        Friday => "Friday",
        Saturday => "Saturday",
        Sunday => "Sunday",
    }
}
