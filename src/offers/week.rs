//! In which hours of a week something runs, drawn as a strip.
//!
//! The drawing has no viewBox: across it is measured in parts of a hundred, so that its letters keep their
//! size on every screen.
use std::collections::BTreeSet;

use jiff::civil::{Time, Weekday};

use crate::calendar::{Programme, Rule, Schedule, Weekdays, day_name, times_in_words};

/// Each with its bar of the strip.
pub struct Week {
    pub days: Vec<Day>,
    pub bars: Vec<Bar>,
    /// For those who do not see the bars: "Tuesday, 10:30am to midday."
    pub in_words: String,
}

pub struct Day {
    /// "Mon".
    pub name: &'static str,
    pub busy: bool,
    /// Left edge and middle, in parts of a hundred.
    pub left: f32,
    pub middle: f32,
}

pub struct Bar {
    /// In parts of a hundred.
    pub left: f32,
    /// In pixels.
    pub top: f32,
    pub height: f32,
    /// The times, where the strip has only one bar and so room for them.
    pub label: Option<Label>,
}

pub struct Label {
    pub times: String,
    /// In parts of a hundred; on the left of the bar at the end of the week.
    pub at: f32,
    pub before: bool,
    /// In pixels.
    pub baseline: f32,
}

/// The width of a day's column and the room between two, in parts of a hundred.
pub const COLUMN: f32 = 13.79;
const STEP: f32 = 100.0 / 7.0;
/// The strip shows 8am to 9pm, 12 pixels an hour, below the names of the days.
const TOP: f32 = 28.0;
const HOUR: f32 = 12.0;
const FIRST: f32 = 8.0;
const LAST: f32 = 21.0;

impl Week {
    /// `None` for what follows no schedule.
    pub fn of(programme: &Programme) -> Option<Self> {
        let held: BTreeSet<(i8, Time, Time)> = programme
            .schedules
            .iter()
            .flat_map(|one| {
                weekdays(one)
                    .iter()
                    .map(|day| (day.to_monday_zero_offset(), one.starts, one.ends))
                    .collect::<Vec<_>>()
            })
            .collect();
        if held.is_empty() {
            return None;
        }
        let alone = held.len() == 1;
        let bars =
            held.iter().map(|(day, starts, ends)| bar(*day, *starts, *ends, alone)).collect();
        let days = Weekdays::EVERY.iter().map(|day| {
            let offset = day.to_monday_zero_offset();
            Day {
                name: &day_name(day)[..3],
                busy: held.iter().any(|(held, ..)| *held == offset),
                left: left(offset),
                middle: f32::from(offset) * STEP + STEP / 2.0,
            }
        });
        Some(Self { days: days.collect(), bars, in_words: in_words(&held) })
    }
}

/// The days of the week on which a schedule's sessions fall.
fn weekdays(schedule: &Schedule) -> Weekdays {
    match &schedule.rule {
        Rule::Weekly(days) | Rule::EveryNWeeks { days, .. } => *days,
        Rule::Monthly { day, .. } => [*day].into_iter().collect(),
        Rule::Course { .. } => schedule.from.iter().map(|day| day.weekday()).collect(),
        Rule::Dates(dates) => dates.iter().map(|day| day.weekday()).collect(),
    }
}

fn left(day: i8) -> f32 {
    f32::from(day) * STEP + (STEP - COLUMN) / 2.0
}

fn bar(day: i8, starts: Time, ends: Time, alone: bool) -> Bar {
    let (top, bottom) = (height_of(starts), height_of(ends));
    let before = day > 2;
    let at = if before { left(day) - 1.0 } else { left(day) + COLUMN + 1.0 };
    let label = || Label {
        times: times_in_words(starts, ends),
        at,
        before,
        baseline: top.midpoint(bottom) + 5.0,
    };
    // However short or late it is, one can see it.
    let top = top.min(height_of(Time::constant(20, 30, 0, 0)));
    Bar { left: left(day), top, height: (bottom - top).max(6.0), label: alone.then(label) }
}

/// In pixels from the top of the strip; earlier and later hours stand at its edges.
fn height_of(time: Time) -> f32 {
    let hours = f32::from(time.hour()) + f32::from(time.minute()) / 60.0;
    TOP + (hours.clamp(FIRST, LAST) - FIRST) * HOUR
}

fn in_words(held: &BTreeSet<(i8, Time, Time)>) -> String {
    let one = |(day, starts, ends): &(i8, Time, Time)| {
        let day = Weekday::from_monday_zero_offset(*day).map_or("", day_name);
        format!("{day}, {}", times_in_words(*starts, *ends))
    };
    held.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_schedules;

    fn week(schedules: &str) -> Option<Week> {
        let schedules = parse_schedules(schedules).unwrap();
        Week::of(&Programme { schedules, ..Programme::default() })
    }

    #[test]
    fn a_bar_stands_at_its_day_and_hour() {
        let week = week("weekly tue 10:30-12:00").unwrap();
        assert_eq!(week.in_words, "Tuesday, 10:30am to midday");
        let [bar] = &week.bars[..] else { panic!("one bar") };
        assert_eq!((bar.top, bar.height), (58.0, 18.0));
        assert!(bar.left > 14.0 && bar.left < 15.0, "{}", bar.left);
        assert!(bar.label.as_ref().is_some_and(|label| !label.before));
    }

    #[test]
    fn hours_outside_the_strip_stand_at_its_edge() {
        let week = week("weekly sun 06:00-07:00 | weekly mon 21:30-23:00").unwrap();
        for bar in &week.bars {
            assert!(bar.top >= TOP && bar.top + bar.height <= 184.0 + 6.0);
            assert!(bar.label.is_none());
        }
    }

    #[test]
    fn what_follows_no_schedule_has_no_strip() {
        assert!(Week::of(&Programme::default()).is_none());
    }
}
