//! What a schedule says.
use jiff::civil::{Date, DateTime, Time, Weekday};
use serde::{Deserialize, Serialize};

/// The days of the week on which something happens, as bits: Monday is the lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Weekdays(u8);

/// Which one of a month's Tuesdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Nth {
    First,
    Second,
    Third,
    Fourth,
    Last,
}

/// The days on which sessions fall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rule {
    /// Every week on these days.
    Weekly(Weekdays),
    /// Every `weeks` weeks (2 to 12) on these days, counted from the week of the schedule's `from`,
    /// which must be stated.
    EveryNWeeks { weeks: u8, days: Weekdays },
    /// The nth such weekday of each month.
    Monthly {
        nth: Nth,
        #[serde(skip, default = "monday")]
        day: Weekday,
    },
    /// A course: once a week on the weekday of `from` (which must be stated) until `sessions` (2 to 52)
    /// sessions were held: one that falls away is made up for at the end.
    Course { sessions: u8 },
    /// Loose dates, in order; a one-off has just one.
    Dates(Vec<Date>),
}

/// A rule with its times and exceptions. Times are civil, so 10:30 stays 10:30 across a clock change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    pub rule: Rule,
    pub starts: Time,
    /// After `starts` on the same day.
    pub ends: Time,
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub term_time_only: bool,
    /// Also held on England's bank holidays.
    pub bank_holidays: bool,
    pub skipped: Vec<Date>,
    /// Held besides the rule, at the same times; even on a bank holiday or out of term.
    pub extra: Vec<Date>,
}

/// From the first day to the last, both included; open-ended where no last day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub from: Date,
    pub to: Option<Date>,
}

/// All the schedules of an offer with what holds for each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    pub schedules: Vec<Schedule>,
    pub pause: Option<Pause>,
    /// The last day; afterwards the offer hides itself.
    pub ends_on: Option<Date>,
}

/// One dated occurrence, in civil time of Europe/London.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Session {
    pub starts: DateTime,
    pub ends: DateTime,
}

impl Weekdays {
    pub const NONE: Self = Self(0);
    pub const EVERY: Self = Self(0b111_1111);

    pub fn contains(self, day: Weekday) -> bool {
        self.0 >> day.to_monday_zero_offset() & 1 == 1
    }
    pub fn insert(&mut self, day: Weekday) {
        self.0 |= 1 << day.to_monday_zero_offset();
    }
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }
    /// From Monday to Sunday.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Weekday::Monday.cycle_forward().take(7).filter(move |day| self.contains(*day))
    }
}

impl FromIterator<Weekday> for Weekdays {
    fn from_iter<I: IntoIterator<Item = Weekday>>(days: I) -> Self {
        let mut set = Self::NONE;
        for day in days {
            set.insert(day);
        }
        set
    }
}

fn monday() -> Weekday {
    Weekday::Monday
}
