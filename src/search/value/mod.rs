//! One value of one search parameter: how it is written, what it is called, what it asks for. Words that
//! are understood and parameters that are stated both become values here, by the same rules.
mod asked;
mod read;
mod say;
mod suggest;

use jiff::civil::{Date, Weekday};

use super::{AgeRange, Sort};
use crate::{
    calendar::{Weekdays, day_code},
    paging::PageNumber,
    places::{Gss, Metres, Place},
    topics::{
        Access, Activity, Audience, Code, Cost, Delivery, Joining, Language, Need, PartOfDay,
        Places,
    },
};

pub use asked::criteria;
pub use suggest::closest;

/// The search parameters that take values, besides `q` and `plain`.
pub const GROUPS: [&str; 19] = [
    "near",
    "within",
    "need",
    "activity",
    "borough",
    "audience",
    "access",
    "delivery",
    "cost",
    "max_price",
    "day",
    "part",
    "from",
    "to",
    "age",
    "language",
    "joining",
    "places",
    "sort",
];

/// Nobody is older, in years: the upper end of an open range.
const OLDEST: u8 = 120;

#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The parameter's name.
    pub group: &'static str,
    /// The value in its one spelling: "SE15", "not-monday", "2026-11-23".
    pub code: String,
    /// As people read it.
    pub label: String,
    asks: Asks,
}

#[derive(Clone, Debug, PartialEq)]
enum Asks {
    Near(Place),
    Within(Metres),
    Need(Need),
    Activity(Activity),
    NotActivity(Activity),
    Borough(Gss),
    Audience(Audience),
    Access(Access),
    Delivery(Delivery),
    NotDelivery(Delivery),
    Cost(Cost),
    MaxPrice(u32),
    Days(Weekdays),
    NotDays(Weekdays),
    Part(PartOfDay),
    NotPart(PartOfDay),
    From(Date),
    To(Date),
    Age(AgeRange),
    Language(Language),
    Joining(Joining),
    Places(Places),
    Sort(Sort),
    Page(PageNumber),
}

impl Value {
    /// Whether a search has only one of this group.
    pub fn is_single(group: &str) -> bool {
        ["near", "within", "max_price", "from", "to", "age", "sort", "page"].contains(&group)
    }

    /// It says what somebody does not want, in a way that the filters have no box for.
    pub fn is_beyond_boxes(&self) -> bool {
        matches!(self.asks, Asks::NotActivity(_))
    }

    /// The boxes that it ticks: itself, or for "weekdays" and "not Monday" the days that are meant.
    pub fn boxes(&self) -> Vec<(&'static str, String)> {
        let days = |days: Weekdays| {
            days.iter().map(|day| ("day", day_code(day).to_owned())).collect::<Vec<_>>()
        };
        match self.asks {
            Asks::Days(chosen) => days(chosen),
            Asks::NotDays(not) => {
                days(Weekdays::EVERY.iter().filter(|d| !not.contains(*d)).collect())
            }
            Asks::NotPart(not) => others(self.group, not),
            Asks::NotDelivery(not) => others(self.group, not),
            _ => vec![(self.group, self.code.clone())],
        }
    }
}

fn others<T: Code>(group: &'static str, not: T) -> Vec<(&'static str, String)> {
    T::ALL.iter().filter(|one| **one != not).map(|one| (group, one.code().to_owned())).collect()
}

fn weekdays() -> Weekdays {
    Weekdays::EVERY.iter().take(5).collect()
}

fn weekend() -> Weekdays {
    [Weekday::Saturday, Weekday::Sunday].into_iter().collect()
}
