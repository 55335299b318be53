//! What a programme comes to in a calendar: rules that repeat, with their exceptions, and single dates.
use std::collections::HashSet;

use jiff::civil::{Date, DateTime, Weekday};

use crate::calendar::{Nth, Programme, Rule, Schedule, Session, Weekdays, sessions::Missed};

/// One event of a calendar file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Happening {
    /// Tells it from the others of its offer: the place of its schedule, and the date of what stands alone.
    pub key: String,
    pub starts: DateTime,
    pub ends: DateTime,
    /// The rule, for what repeats.
    pub repeats: Option<String>,
    /// When the rule would have a session and there is none.
    pub left_out: Vec<DateTime>,
    /// It was to be held, and somebody said it is not.
    pub called_off: bool,
    /// It stands for this session of the rule that has the same key.
    pub instead_of: Option<DateTime>,
}

/// What becomes of a day of a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Held,
    CalledOff,
    /// A holiday, a pause, or told by another schedule already.
    Out,
}

impl Programme {
    /// From `first` to `horizon`, both included. A session that two schedules make is told once. Extra dates
    /// stand alone, because many calendars do not understand dates that are added to a rule.
    pub(super) fn happenings(&self, first: Date, horizon: Date) -> Vec<Happening> {
        let held: HashSet<Session> =
            self.sessions(first.at(0, 0, 0, 0), horizon).into_iter().collect();
        let last = self.last_day(horizon);
        let mut told = HashSet::new();
        let mut all = Vec::new();
        for (place, schedule) in (1..).zip(&self.schedules) {
            let mut days = Vec::new();
            schedule.each_day(self.pause, first, last, &mut |day, missed| {
                let session = schedule.session(day);
                let fate = match missed {
                    None if told.insert(session) => Fate::Held,
                    Some(Missed::Skipped) if !held.contains(&session) => Fate::CalledOff,
                    _ => Fate::Out,
                };
                days.push((day, fate));
            });
            days.sort_unstable_by_key(|(day, _)| *day);
            match schedule.rule_in_calendars() {
                Some(rule) => all.extend(schedule.series(place, &rule, &days)),
                None => all.extend(
                    days.iter()
                        .filter(|(_, fate)| *fate != Fate::Out)
                        .map(|(day, fate)| schedule.alone(place, *day, *fate == Fate::CalledOff)),
                ),
            }
            let extra = schedule.extra.iter().filter(|day| {
                let session = schedule.session(**day);
                (first..=last).contains(day) && held.contains(&session) && told.insert(session)
            });
            all.extend(extra.map(|day| schedule.alone(place, *day, false)));
        }
        all
    }
}

impl Schedule {
    /// Begins with the first day that is held or called off and ends with the last. The number of days is
    /// said rather than the last one, which would be an instant and is read in more than one way.
    fn series(&self, place: u32, rule: &str, days: &[(Date, Fate)]) -> Vec<Happening> {
        let told = |(_, fate): &(Date, Fate)| *fate != Fate::Out;
        let (Some(begin), Some(end)) = (days.iter().position(told), days.iter().rposition(told))
        else {
            return Vec::new();
        };
        let days = &days[begin..=end];
        let called_off = || days.iter().filter(|(_, fate)| *fate == Fate::CalledOff);
        if let [(only, fate)] = days {
            let alone = self.alone(place, *only, *fate == Fate::CalledOff);
            return vec![Happening { key: place.to_string(), ..alone }];
        }
        let out = days.iter().filter(|(_, fate)| *fate == Fate::Out);
        let series = Happening {
            key: place.to_string(),
            repeats: Some(format!("{rule};COUNT={}", days.len())),
            left_out: out.map(|(day, _)| self.session(*day).starts).collect(),
            ..self.alone(place, days[0].0, false)
        };
        let instead = called_off().map(|(day, _)| Happening {
            key: place.to_string(),
            instead_of: Some(self.session(*day).starts),
            ..self.alone(place, *day, true)
        });
        std::iter::once(series.clone()).chain(instead).collect()
    }

    fn alone(&self, place: u32, day: Date, called_off: bool) -> Happening {
        let Session { starts, ends } = self.session(day);
        Happening {
            key: format!("{place}-{}", day.strftime("%Y%m%d")),
            starts,
            ends,
            repeats: None,
            left_out: Vec::new(),
            called_off,
            instead_of: None,
        }
    }

    fn session(&self, day: Date) -> Session {
        Session { starts: day.to_datetime(self.starts), ends: day.to_datetime(self.ends) }
    }

    /// The days of the rule as RFC 5545, 3.3.10, writes them; `None` for loose dates, which have no rule.
    fn rule_in_calendars(&self) -> Option<String> {
        Some(match &self.rule {
            Rule::Weekly(days) => format!("FREQ=WEEKLY;WKST=MO;BYDAY={}", listed(*days)),
            Rule::EveryNWeeks { weeks, days } => {
                format!("FREQ=WEEKLY;INTERVAL={weeks};WKST=MO;BYDAY={}", listed(*days))
            }
            Rule::Monthly { nth, day } => {
                format!("FREQ=MONTHLY;BYDAY={}{}", number(*nth), code(*day))
            }
            Rule::Course { .. } => "FREQ=WEEKLY".to_owned(),
            Rule::Dates(_) => return None,
        })
    }
}

fn listed(days: Weekdays) -> String {
    days.iter().map(code).collect::<Vec<_>>().join(",")
}

fn number(nth: Nth) -> i8 {
    match nth {
        Nth::First => 1,
        Nth::Second => 2,
        Nth::Third => 3,
        Nth::Fourth => 4,
        Nth::Last => -1,
    }
}

fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}
