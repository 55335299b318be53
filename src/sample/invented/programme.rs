//! When an invented offer is held.
use jiff::{
    ToSpan,
    civil::{Date, Time, Weekday, time},
};

use super::chance::Chance;
use crate::calendar::{Nth, Pause, Programme, Rule, Schedule, Weekdays};

pub fn programme(chance: &mut Chance, today: Date) -> Programme {
    let schedules = 1 + usize::from(chance.percent(12));
    let pause = chance.percent(3).then(|| {
        let from = today.saturating_add((chance.below(60) as i64 - 20).days());
        Pause { from, to: chance.percent(80).then(|| from.saturating_add(21.days())) }
    });
    Programme {
        schedules: (0..schedules).map(|_| schedule(chance, today)).collect(),
        pause,
        ends_on: chance.percent(8).then(|| today.saturating_add((chance.below(300) as i64).days())),
    }
}

fn schedule(chance: &mut Chance, today: Date) -> Schedule {
    let starts =
        time(9 + i8::try_from(chance.below(11)).unwrap_or(0), chance.pick(&[0, 0, 30]), 0, 0);
    let lasts = chance.pick(&[60_i64, 60, 90, 90, 120, 120, 150]);
    let start = today.saturating_sub((chance.below(200) as i64).days());
    let rule = match chance.below(20) {
        0..=12 => Rule::Weekly(days(chance)),
        13..=14 => Rule::EveryNWeeks { weeks: chance.pick(&[2, 2, 3, 4]), days: days(chance) },
        15..=16 => Rule::Monthly {
            nth: chance.pick(&[Nth::First, Nth::Second, Nth::Third, Nth::Fourth, Nth::Last]),
            day: day(chance),
        },
        17..=18 => Rule::Course { sessions: chance.pick(&[4, 6, 6, 8, 10, 12]) },
        _ => Rule::Dates(dates(chance, today)),
    };
    let counted = matches!(rule, Rule::EveryNWeeks { .. } | Rule::Course { .. });
    let loose = matches!(rule, Rule::Dates(_));
    let from = match rule {
        Rule::Course { .. } => Some(today.saturating_add((chance.below(80) as i64 - 30).days())),
        _ if counted => Some(start),
        _ => None,
    };
    Schedule {
        rule,
        starts,
        ends: starts.saturating_add(lasts.minutes()).max(later(starts)),
        from,
        until: None,
        term_time_only: !loose && chance.percent(12),
        bank_holidays: !loose && chance.percent(10),
        skipped: Vec::new(),
        extra: Vec::new(),
    }
}

fn later(starts: Time) -> Time {
    starts.saturating_add(30.minutes())
}

fn days(chance: &mut Chance) -> Weekdays {
    let many = 1 + usize::from(chance.percent(15)) + usize::from(chance.percent(5));
    (0..many).map(|_| day(chance)).collect()
}

/// Weekends are rarer.
fn day(chance: &mut Chance) -> Weekday {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    chance.pick(&[
        Monday, Monday, Tuesday, Tuesday, Tuesday, Wednesday, Wednesday, Wednesday, Thursday,
        Thursday, Thursday, Friday, Friday, Saturday, Saturday, Sunday,
    ])
}

/// In order, each once.
fn dates(chance: &mut Chance, today: Date) -> Vec<Date> {
    let mut day = today;
    (0..=chance.below(5))
        .map(|_| {
            day = day.saturating_add((1 + chance.below(30) as i64).days());
            day
        })
        .collect()
}
