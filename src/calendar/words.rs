//! Dates, times and schedules in words, as GOV.UK writes them: "Every Tuesday, 10:30am to midday".
//!
//! What is left unsaid, because the next date that stands beside says it better: the first day of a rule,
//! and extra dates. Bank holidays are mentioned where a reader would stumble, see
//! [`Schedule::in_words`]; all others that fall on a day of the rule are told by
//! [`Programme::exceptions_in_words`] as they come near.
use jiff::civil::{Date, DateTime, Time, Weekday};

use super::moments::{date_in_words, day_name, short_date, times_in_words};
use super::sessions::Missed;
use super::{Programme, Rule, Schedule, Session, Weekdays, horizon};
use crate::text::{capitalised, in_letters, series};

/// So many loose dates are named one by one; of more, the first and the last.
const NAMED_DATES: usize = 6;

/// What follows the next session, in words, for every next one that comes before a certain session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follows {
    pub before: Session,
    pub words: String,
}

impl Schedule {
    /// "Every Tuesday, 10:30am to midday". That there is nothing on bank holidays is added to what falls
    /// on a Monday or Friday, and to every second week and the like, where people count on from the last
    /// date and must know that the count goes on; a course only moves its end, and loose dates are held
    /// whatever the day.
    pub fn in_words(&self) -> String {
        let mut words = format!(
            "{}, {}",
            capitalised(&self.days_in_words()),
            times_in_words(self.starts, self.ends)
        );
        if self.term_time_only {
            words.push_str(", in term time");
        }
        if let Some(until) = self.until {
            words.push_str(", until ");
            words.push_str(&date_without_day(until));
        }
        if self.bank_holidays && !matches!(self.rule, Rule::Dates(_)) {
            words.push_str(", also on bank holidays");
        } else if self.stumbles_over_bank_holidays() {
            words.push_str(", not on bank holidays");
        }
        words
    }

    /// What follows the next date, for a card: "Then every second Tuesday in term time", "One of six weekly
    /// sessions". Nothing for a one-off.
    pub fn then_in_words(&self) -> Option<String> {
        let mut words = match &self.rule {
            Rule::Course { sessions } => {
                return Some(format!(
                    "One of {} weekly sessions",
                    in_letters(usize::from(*sessions))
                ));
            }
            Rule::Dates(_) => {
                let dates = self.loose_dates().len();
                return (dates > 1).then(|| format!("One of {} dates", in_letters(dates)));
            }
            Rule::Weekly(_) | Rule::EveryNWeeks { .. } | Rule::Monthly { .. } => {
                format!("Then {}", self.days_in_words())
            }
        };
        if self.term_time_only {
            words.push_str(" in term time");
        }
        if let Some(until) = self.until {
            words.push_str(" until ");
            words.push_str(&date_without_day(until));
        }
        Some(words)
    }

    /// The days without the times, beginning small: "every Tuesday", but "Tuesdays and Thursdays".
    fn days_in_words(&self) -> String {
        match &self.rule {
            Rule::Weekly(days) if *days == Weekdays::EVERY => "every day".into(),
            Rule::Weekly(days) if *days == working_days() => "Monday to Friday".into(),
            Rule::Weekly(days) => match one_day(*days) {
                Some(day) => format!("every {}", day_name(day)),
                None => plural_days(*days),
            },
            Rule::EveryNWeeks { weeks, days } => match one_day(*days) {
                Some(day) => format!("every {} {}", ordinal(*weeks), day_name(day)),
                None => format!("every {} week on {}", ordinal(*weeks), plural_days(*days)),
            },
            Rule::Monthly { nth, day } => {
                format!("the {} {} of each month", nth.code(), day_name(*day))
            }
            Rule::Course { sessions } => match self.from {
                Some(from) => format!(
                    "{} weeks from {}",
                    in_letters(usize::from(*sessions)),
                    date_in_words(from)
                ),
                None => format!("{} weeks", in_letters(usize::from(*sessions))),
            },
            Rule::Dates(_) => dates_in_words(&self.loose_dates()),
        }
    }

    /// Without those that were called off, unless that leaves nothing to name.
    fn loose_dates(&self) -> Vec<Date> {
        let Rule::Dates(dates) = &self.rule else {
            return Vec::new();
        };
        let held: Vec<Date> =
            dates.iter().filter(|day| !self.skipped.contains(day)).copied().collect();
        if held.is_empty() { dates.clone() } else { held }
    }

    /// In term time only the early May holiday, a Monday, remains.
    fn stumbles_over_bank_holidays(&self) -> bool {
        let on_one_of = |days: Weekdays| {
            days.contains(Weekday::Monday)
                || (days.contains(Weekday::Friday) && !self.term_time_only)
        };
        match &self.rule {
            Rule::Weekly(days) => on_one_of(*days),
            Rule::EveryNWeeks { days, .. } => !self.term_time_only || on_one_of(*days),
            Rule::Monthly { day, .. } => on_one_of([*day].into_iter().collect()),
            Rule::Course { .. } | Rule::Dates(_) => false,
        }
    }
}

impl Programme {
    /// What follows the next session, of all schedules that go on after it: "Then every Tuesday, and the
    /// last Friday of each month". Nothing where it is the only one within the horizon.
    pub fn then_in_words(&self, now: DateTime) -> Option<String> {
        let last = horizon(now.date());
        let sessions = self.sessions(now, last);
        let next = sessions.first()?;
        let follows = self.follows(&sessions, now, last);
        follows.into_iter().find(|one| *next < one.before).map(|one| one.words)
    }

    /// The same for any of the sessions being the next, given what [`Programme::sessions`] gives; in order
    /// of `before`, and the first one with a later `before` is right. Words change only where a schedule
    /// has its last session, so these are few.
    pub fn follows(&self, sessions: &[Session], from: DateTime, horizon: Date) -> Vec<Follows> {
        if let [only] = &self.schedules[..] {
            let before = sessions.last().copied();
            let follows = before.zip(only.then_in_words());
            return follows.into_iter().map(|(before, words)| Follows { before, words }).collect();
        }
        let last_of = |schedule: &Schedule| {
            let schedules = vec![schedule.clone()];
            let alone = Self { schedules, pause: self.pause, ends_on: self.ends_on };
            alone.sessions(from, horizon).last().copied()
        };
        let lasts: Vec<Option<Session>> = self.schedules.iter().map(last_of).collect();
        let mut ends: Vec<Session> = lasts.iter().copied().flatten().collect();
        ends.sort_unstable();
        ends.dedup();
        let told = |before: Session| {
            let all = self.schedules.iter().zip(&lasts);
            let going_on = all.filter(|(_, last)| last.is_some_and(|last| before <= last));
            let going_on: Vec<&Schedule> = going_on.map(|(schedule, _)| schedule).collect();
            let words = match going_on[..] {
                [one] => one.then_in_words()?,
                _ => {
                    let days: Vec<String> =
                        going_on.iter().map(|one| one.days_in_words()).collect();
                    format!("Then {}", days.join(", and "))
                }
            };
            Some(Follows { before, words })
        };
        ends.into_iter().filter_map(told).collect()
    }

    /// The days from `today` to `horizon` on which one would expect a session and there is none, because
    /// the date was skipped or is a bank holiday: "No session on 22 December 2026". A pause and the school
    /// holidays are not told day by day.
    pub fn exceptions_in_words(&self, today: Date, horizon: Date) -> Vec<String> {
        let last = self.last_day(horizon);
        let mut missed_days = Vec::new();
        for schedule in &self.schedules {
            schedule.each_day(self.pause, today, last, &mut |day, missed| match missed {
                Some(Missed::BankHoliday) => missed_days.push((day, ", a bank holiday")),
                Some(Missed::Skipped) => missed_days.push((day, "")),
                Some(Missed::Paused | Missed::OutOfTerm) | None => {}
            });
        }
        if missed_days.is_empty() {
            return Vec::new();
        }
        let held: Vec<Date> = self
            .sessions(today.to_datetime(Time::midnight()), last)
            .iter()
            .map(|session| session.starts.date())
            .collect();
        missed_days.sort_unstable();
        missed_days.dedup_by_key(|(day, _)| *day);
        missed_days.retain(|(day, _)| held.binary_search(day).is_err());
        missed_days
            .iter()
            .map(|(day, why)| format!("No session on {}{why}", date_without_day(*day)))
            .collect()
    }
}

/// "5 December, 12 December 2026 and 2 January 2027": the year once, where it ends.
fn dates_in_words(dates: &[Date]) -> String {
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else {
        return String::new();
    };
    if dates.len() == 1 {
        return date_in_words(*first);
    }
    if dates.len() > NAMED_DATES {
        return format!(
            "{} dates from {} to {}",
            dates.len(),
            date_without_day(*first),
            date_without_day(*last)
        );
    }
    let years = dates.iter().skip(1).map(|day| Some(day.year())).chain([None]);
    let named = dates.iter().zip(years).map(|(day, next)| {
        if next == Some(day.year()) { short_date(*day) } else { date_without_day(*day) }
    });
    series(named)
}

fn date_without_day(day: Date) -> String {
    format!("{} {}", short_date(day), day.year())
}

fn plural_days(days: Weekdays) -> String {
    series(days.iter().map(|day| format!("{}s", day_name(day))))
}

fn one_day(days: Weekdays) -> Option<Weekday> {
    days.iter().next().filter(|_| days.len() == 1)
}

fn working_days() -> Weekdays {
    Weekday::Monday.cycle_forward().take(5).collect()
}

fn ordinal(number: u8) -> String {
    const LETTERS: [&str; 8] =
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    match usize::from(number).checked_sub(2).and_then(|place| LETTERS.get(place)) {
        Some(letters) => (*letters).into(),
        None => format!("{number}th"),
    }
}
