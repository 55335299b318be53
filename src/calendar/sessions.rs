//! From rules to the sessions they make.
use jiff::Span;
use jiff::civil::{Date, DateTime, Weekday};

use super::{Nth, Pause, Programme, Rule, Schedule, Session, in_term, is_bank_holiday};

/// How far ahead sessions are worked out.
pub const HORIZON_WEEKS: i64 = 26;

/// The last day for which sessions are worked out.
pub fn horizon(today: Date) -> Date {
    today.saturating_add(Span::new().weeks(HORIZON_WEEKS))
}

/// Why a day of the rule has no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missed {
    Paused,
    OutOfTerm,
    BankHoliday,
    Skipped,
}

impl Programme {
    /// The sessions that are not over at `from`, see [`Session::is_over`], up to the day `horizon` included; in order, each once.
    pub fn sessions(&self, from: DateTime, horizon: Date) -> Vec<Session> {
        let last = self.last_day(horizon);
        let mut sessions = Vec::new();
        for schedule in &self.schedules {
            let mut hold = |day: Date| {
                let session = Session {
                    starts: day.to_datetime(schedule.starts),
                    ends: day.to_datetime(schedule.ends),
                };
                if !session.is_over(from) {
                    sessions.push(session);
                }
            };
            schedule.each_day(self.pause, from.date(), last, &mut |day, missed| {
                if missed.is_none() {
                    hold(day);
                }
            });
            for day in &schedule.extra {
                if (from.date()..=last).contains(day)
                    && !self.pause.is_some_and(|pause| pause.contains(*day))
                {
                    hold(*day);
                }
            }
        }
        sessions.sort_unstable();
        sessions.dedup();
        sessions
    }

    /// The session that is on now or comes next, if one does within [`HORIZON_WEEKS`].
    pub fn next(&self, now: DateTime) -> Option<Session> {
        self.sessions(now, horizon(now.date())).first().copied()
    }

    pub(super) fn last_day(&self, horizon: Date) -> Date {
        self.ends_on.map_or(horizon, |end| end.min(horizon))
    }
}

impl Schedule {
    /// Every day of the rule from `first` to `last`, both included, with the reason where there is no
    /// session on it. Extra dates are no days of the rule.
    pub(super) fn each_day(
        &self,
        pause: Option<Pause>,
        first: Date,
        last: Date,
        visit: &mut impl FnMut(Date, Option<Missed>),
    ) {
        let open = self.from.map_or(first, |from| from.max(first));
        let close = self.until.map_or(last, |until| until.min(last));
        let mut visit_one = |day| visit(day, self.missed(day, pause));
        match &self.rule {
            Rule::Weekly(days) => {
                for day in days.iter() {
                    every(1, on_or_after(open, day), open, close, &mut visit_one);
                }
            }
            Rule::EveryNWeeks { weeks, days } => {
                let monday = self.from.and_then(monday_of);
                for day in days.iter() {
                    let start = monday.and_then(|monday| on_or_after(monday, day));
                    every(i32::from(*weeks), start, open, close, &mut visit_one);
                }
            }
            Rule::Monthly { nth, day } => monthly(*nth, *day, open, close, &mut visit_one),
            Rule::Course { sessions } => self.course(*sessions, pause, open, close, visit),
            Rule::Dates(dates) => {
                dates
                    .iter()
                    .filter(|day| (open..=close).contains(day))
                    .for_each(|day| visit_one(*day));
            }
        }
    }

    /// From the first day on, however long ago it was, because what fell away since moves the end.
    fn course(
        &self,
        sessions: u8,
        pause: Option<Pause>,
        open: Date,
        close: Date,
        visit: &mut impl FnMut(Date, Option<Missed>),
    ) {
        let mut left = sessions;
        let mut next = self.from;
        while let Some(day) = next.filter(|day| left > 0 && *day <= close) {
            let missed = self.missed(day, pause);
            left -= u8::from(missed.is_none());
            if day >= open {
                visit(day, missed);
            }
            next = plus_days(day, 7);
        }
    }

    fn missed(&self, day: Date, pause: Option<Pause>) -> Option<Missed> {
        let loose = matches!(self.rule, Rule::Dates(_));
        if pause.is_some_and(|pause| pause.contains(day)) {
            Some(Missed::Paused)
        } else if self.term_time_only && !in_term(day) {
            Some(Missed::OutOfTerm)
        } else if !self.bank_holidays && !loose && is_bank_holiday(day) {
            Some(Missed::BankHoliday)
        } else if self.skipped.contains(&day) {
            Some(Missed::Skipped)
        } else {
            None
        }
    }
}

/// Every so many weeks counted from `start`, as far as they lie between `open` and `close`.
fn every(weeks: i32, start: Option<Date>, open: Date, close: Date, visit: &mut impl FnMut(Date)) {
    let step = 7 * weeks.max(1);
    let behind = start.map_or(0, |start| days_between(start, open).max(0));
    let mut next = start.and_then(|start| plus_days(start, (behind + step - 1) / step * step));
    while let Some(day) = next.filter(|day| *day <= close) {
        visit(day);
        next = plus_days(day, step);
    }
}

fn monthly(nth: Nth, day: Weekday, open: Date, close: Date, visit: &mut impl FnMut(Date)) {
    let nth = match nth {
        Nth::First => 1,
        Nth::Second => 2,
        Nth::Third => 3,
        Nth::Fourth => 4,
        Nth::Last => -1,
    };
    let mut month = Some(open.first_of_month());
    while let Some(first) = month.filter(|first| *first <= close) {
        if let Ok(day) = first.nth_weekday_of_month(nth, day)
            && (open..=close).contains(&day)
        {
            visit(day);
        }
        month = plus_days(first, i32::from(first.days_in_month()));
    }
}

fn monday_of(day: Date) -> Option<Date> {
    plus_days(day, -i32::from(day.weekday().to_monday_zero_offset()))
}

fn on_or_after(day: Date, weekday: Weekday) -> Option<Date> {
    plus_days(day, i32::from(day.weekday().until(weekday)))
}

/// Nothing where the calendar ends.
fn plus_days(day: Date, days: i32) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
