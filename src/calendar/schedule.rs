//! What a schedule says.
use jiff::civil::{Date, DateTime, Time, Weekday};
use serde::{Deserialize, Serialize};

/// The days of the week on which something happens, as bits: Monday is the lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Weekdays(u8);

/// Which one of a month's Tuesdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nth {
    First,
    Second,
    Third,
    Fourth,
    Last,
}

/// The days on which sessions fall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Every week on these days.
    Weekly(Weekdays),
    /// Every `weeks` weeks (2 to 12) on these days, counted from the week of the schedule's `from`,
    /// which must be stated.
    EveryNWeeks { weeks: u8, days: Weekdays },
    /// The nth such weekday of each month.
    Monthly { nth: Nth, day: Weekday },
    /// A course: once a week on the weekday of `from` (which must be stated) until `sessions` (2 to 52)
    /// sessions were held: one that falls away is made up for at the end.
    Course { sessions: u8 },
    /// Loose dates, in order; a one-off has just one. Who names a date means it: bank holidays do not
    /// matter here.
    Dates(Vec<Date>),
}

/// A rule with its times and exceptions. Times are civil, so 10:30 stays 10:30 across a clock change.
/// [`Schedule::check`] is the door for one that is put together by hand or read from the database; its
/// text form, see [`str::parse`], passes the same door, and is what serde reads and writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Schedule {
    pub rule: Rule,
    pub starts: Time,
    /// After `starts` on the same day.
    pub ends: Time,
    /// The first and the last day on which the rule holds; extra dates may lie outside.
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub term_time_only: bool,
    /// Also held on England's bank holidays.
    pub bank_holidays: bool,
    /// In order, none of them also extra.
    pub skipped: Vec<Date>,
    /// Held besides the rule, at the same times; even on a bank holiday or out of term. In order.
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

const EVERY_NTH: [(Nth, &str); 5] = [
    (Nth::First, "first"),
    (Nth::Second, "second"),
    (Nth::Third, "third"),
    (Nth::Fourth, "fourth"),
    (Nth::Last, "last"),
];

const EVERY_DAY: [(Weekday, &str); 7] = [
    (Weekday::Monday, "monday"),
    (Weekday::Tuesday, "tuesday"),
    (Weekday::Wednesday, "wednesday"),
    (Weekday::Thursday, "thursday"),
    (Weekday::Friday, "friday"),
    (Weekday::Saturday, "saturday"),
    (Weekday::Sunday, "sunday"),
];

/// "tuesday", as addresses, files and typed words have it.
pub fn day_code(day: Weekday) -> &'static str {
    EVERY_DAY.into_iter().find(|(other, _)| *other == day).map_or("", |(_, code)| code)
}

/// The day of a code in small letters.
pub fn day_of_code(code: &str) -> Option<Weekday> {
    EVERY_DAY.into_iter().find(|(_, other)| *other == code).map(|(day, _)| day)
}

impl Nth {
    /// "second", as texts, files and the database have it.
    pub fn code(self) -> &'static str {
        EVERY_NTH.into_iter().find(|(other, _)| *other == self).map_or("", |(_, code)| code)
    }
    pub fn of_code(code: &str) -> Option<Self> {
        EVERY_NTH.into_iter().find(|(_, other)| *other == code).map(|(nth, _)| nth)
    }
}

impl Session {
    /// What is on still counts as the next one: somebody may come late, and a list must not say that
    /// nothing is on today.
    pub fn is_over(&self, now: DateTime) -> bool {
        self.ends <= now
    }
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

impl Pause {
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
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
