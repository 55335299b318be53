//! What makes a schedule valid, and what to say when it is not.
use std::ops::RangeInclusive;

use jiff::civil::{Date, Time};

use super::{Rule, Schedule};

/// How many dates one list of a schedule may hold.
pub const MAX_DATES: usize = 60;
/// The years that a date of an offer can lie in.
pub const YEARS: RangeInclusive<i16> = 2000..=2099;
/// How many weeks may lie between two sessions of one rule; one is "weekly".
pub const WEEKS_APART: RangeInclusive<u8> = 2..=12;
/// How many weeks a course may have.
pub const COURSE_WEEKS: RangeInclusive<u8> = 2..=52;

/// What is wrong with a schedule, said to the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleProblem {
    #[error("Say when it is held, for example “weekly tue 10:30-12:00”.")]
    Missing,
    #[error(
        "“{0}” does not say how often. Start with “weekly tue”, “every 2 weeks tue”, “first tue of the month”, \
         “course of 6 weeks”, or “on 2026-12-01”, then the times."
    )]
    UnknownRule(String),
    #[error("“{0}” is not a day of the week. Write mon, tue, wed, thu, fri, sat or sun.")]
    UnknownDay(String),
    #[error("Say on which days of the week, for example “weekly tue,thu 10:30-12:00”.")]
    NoDays,
    #[error(
        "Say the times after the days, from and to with a dash between, for example “10:30-12:00”."
    )]
    NoTimes,
    #[error("“{0}” is not a time. Write hours and minutes, for example “10:30” or “2:30pm”.")]
    UnknownTime(String),
    #[error("Write times in whole minutes.")]
    PartOfMinute,
    #[error(
        "It ends at {ends}, but starts at {starts}. Write the start first; it must end on the same day."
    )]
    EndsBeforeStart { starts: ShortTime, ends: ShortTime },
    #[error("“{0}” is not a date. Write year, month and day, for example “2026-12-01”.")]
    UnknownDate(String),
    #[error("{0} is too far away. Write a date from {first} to {last}.", first = YEARS.start(), last = YEARS.end())]
    FarDate(Date),
    #[error("Write a date after “{0}”, for example “{0} 2026-12-01”.")]
    NoDate(&'static str),
    #[error("Write only one date after “{0}”.")]
    ManyDates(&'static str),
    #[error("There are {0} dates. Write at most {MAX_DATES}.")]
    TooManyDates(usize),
    #[error("Every how many weeks? Write a number from {} to {}, or “weekly”.", WEEKS_APART.start(), WEEKS_APART.end())]
    WeeksApart,
    #[error("How many weeks does the course have? Write a number from {} to {}.", COURSE_WEEKS.start(), COURSE_WEEKS.end())]
    CourseLength,
    #[error("Say from which date to count the weeks, for example “; from 2026-09-01”.")]
    EveryNWeeksWithoutFrom,
    #[error("Say on which date the course starts, for example “; from 2026-09-01”.")]
    CourseWithoutFrom,
    #[error("The last day, {until}, is before the first, {from}. Check both dates.")]
    UntilBeforeFrom { from: Date, until: Date },
    #[error("The dates already say when it is held. Leave out “{0}”.")]
    NotWithDates(&'static str),
    #[error("{0} is both skipped and extra. Keep one of the two.")]
    SkippedAndExtra(Date),
    #[error("“{0}” is there twice. Put it all into one.")]
    Twice(&'static str),
    #[error(
        "“{0}” is not understood. After the times you can write from, until, term time, bank holidays, skip or \
         extra, each after a semicolon."
    )]
    UnknownClause(String),
    #[error("Schedule {number}: {problem}")]
    InList { number: usize, problem: Box<ScheduleProblem> },
    #[error("There are {0} schedules. Write at most {max}.", max = super::MAX_SCHEDULES)]
    TooManySchedules(usize),
}

/// A time as it is written in a schedule: "09:30".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortTime(pub Time);

impl Schedule {
    /// Puts the lists of dates in order, each date once, and refuses what makes no sense.
    pub fn check(mut self) -> Result<Self, ScheduleProblem> {
        in_order(&mut self.skipped);
        in_order(&mut self.extra);
        if let Rule::Dates(dates) = &mut self.rule {
            in_order(dates);
        }
        self.check_times()?;
        self.check_rule()?;
        self.check_dates()?;
        Ok(self)
    }

    fn check_times(&self) -> Result<(), ScheduleProblem> {
        if [self.starts, self.ends]
            .iter()
            .any(|time| time.second() != 0 || time.subsec_nanosecond() != 0)
        {
            return Err(ScheduleProblem::PartOfMinute);
        }
        if self.ends <= self.starts {
            return Err(ScheduleProblem::EndsBeforeStart {
                starts: ShortTime(self.starts),
                ends: ShortTime(self.ends),
            });
        }
        Ok(())
    }

    fn check_rule(&self) -> Result<(), ScheduleProblem> {
        match &self.rule {
            Rule::Weekly(days) if days.is_empty() => Err(ScheduleProblem::NoDays),
            Rule::EveryNWeeks { weeks, .. } if !WEEKS_APART.contains(weeks) => {
                Err(ScheduleProblem::WeeksApart)
            }
            Rule::EveryNWeeks { days, .. } if days.is_empty() => Err(ScheduleProblem::NoDays),
            Rule::EveryNWeeks { .. } if self.from.is_none() => {
                Err(ScheduleProblem::EveryNWeeksWithoutFrom)
            }
            Rule::Course { sessions } if !COURSE_WEEKS.contains(sessions) => {
                Err(ScheduleProblem::CourseLength)
            }
            Rule::Course { .. } if self.from.is_none() => Err(ScheduleProblem::CourseWithoutFrom),
            Rule::Dates(dates) if dates.is_empty() => Err(ScheduleProblem::NoDate("on")),
            Rule::Dates(_) => {
                let said = [
                    ("from", self.from.is_some()),
                    ("until", self.until.is_some()),
                    ("term time", self.term_time_only),
                    ("extra", !self.extra.is_empty()),
                ];
                match said.iter().find(|(_, is_said)| *is_said) {
                    Some((clause, _)) => Err(ScheduleProblem::NotWithDates(clause)),
                    None => Ok(()),
                }
            }
            Rule::Weekly(_)
            | Rule::EveryNWeeks { .. }
            | Rule::Monthly { .. }
            | Rule::Course { .. } => Ok(()),
        }
    }

    fn check_dates(&self) -> Result<(), ScheduleProblem> {
        let loose: &[Date] = if let Rule::Dates(dates) = &self.rule { dates } else { &[] };
        for list in [loose, &self.skipped, &self.extra] {
            if list.len() > MAX_DATES {
                return Err(ScheduleProblem::TooManyDates(list.len()));
            }
        }
        let mut every = loose
            .iter()
            .chain(&self.skipped)
            .chain(&self.extra)
            .chain(&self.from)
            .chain(&self.until);
        if let Some(far) = every.find(|date| !YEARS.contains(&date.year())) {
            return Err(ScheduleProblem::FarDate(*far));
        }
        if let (Some(from), Some(until)) = (self.from, self.until)
            && until < from
        {
            return Err(ScheduleProblem::UntilBeforeFrom { from, until });
        }
        match self.skipped.iter().find(|date| self.extra.contains(date)) {
            Some(both) => Err(ScheduleProblem::SkippedAndExtra(*both)),
            None => Ok(()),
        }
    }
}

impl std::fmt::Display for ShortTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

fn in_order(dates: &mut Vec<Date>) {
    dates.sort_unstable();
    dates.dedup();
}
