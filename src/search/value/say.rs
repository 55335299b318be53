//! The one spelling of a value in addresses, and its name for people.
use jiff::civil::Date;

use super::{Asks, OLDEST, Value, weekdays, weekend};
use crate::{
    calendar::{Weekdays, day_code},
    places::{Metres, Places as Map},
    search::{AgeRange, Sort},
    text::amount,
    topics::{Code, PartOfDay, Places},
};

pub const SORTS: [(Sort, &str, &str); 4] = [
    (Sort::Best, "best", "Best match"),
    (Sort::Nearest, "nearest", "Nearest"),
    (Sort::Soonest, "soonest", "Soonest"),
    (Sort::Newest, "newest", "Newest"),
];

impl Value {
    pub(super) fn of(asks: Asks, map: &Map) -> Self {
        let (group, code, label) = match &asks {
            Asks::Near(place) => ("near", place.name.clone(), format!("Near {}", place.name)),
            Asks::Within(metres) => {
                let km = kilometres(*metres);
                ("within", km.clone(), format!("Within {km} km"))
            }
            Asks::Need(one) => of("need", *one),
            Asks::Activity(one) => of("activity", *one),
            Asks::NotActivity(one) => not("activity", *one, one.label()),
            Asks::Borough(gss) => {
                let borough = map.borough(*gss);
                let slug = borough.map_or_else(|| gss.to_string(), |one| one.slug.to_string());
                ("borough", slug, borough.map_or_else(|| gss.to_string(), |one| one.name.clone()))
            }
            Asks::Audience(one) => of("audience", *one),
            Asks::Access(one) => of("access", *one),
            Asks::Delivery(one) => of("delivery", *one),
            Asks::NotDelivery(one) => not("delivery", *one, one.label()),
            Asks::Cost(one) => of("cost", *one),
            Asks::MaxPrice(pence) => {
                let pounds = amount(*pence);
                ("max_price", pounds.clone(), format!("Up to \u{a3}{pounds}"))
            }
            Asks::Days(chosen) => ("day", days_code(*chosen), days_label(*chosen)),
            Asks::NotDays(not) => (
                "day",
                format!("not-{}", days_code(*not)),
                format!("Not {}", lower_unless_day(&days_label(*not))),
            ),
            Asks::Part(one) => ("part", one.code().to_owned(), part_label(*one).to_owned()),
            Asks::NotPart(one) => not("part", *one, part_label(*one)),
            Asks::From(date) => ("from", date.to_string(), format!("From {}", day_and_date(*date))),
            Asks::To(date) => ("to", date.to_string(), format!("Until {}", day_and_date(*date))),
            Asks::Age(range) => ("age", age_code(*range), age_label(*range)),
            Asks::Language(one) => ("language", one.code().to_owned(), one.name().to_owned()),
            Asks::Joining(one) => of("joining", *one),
            Asks::Places(Places::Open) => ("places", "open".to_owned(), "Places left".to_owned()),
            Asks::Places(one) => of("places", *one),
            Asks::Sort(sort) => {
                let (_, code, label) = SORTS[*sort as usize];
                ("sort", code.to_owned(), label.to_owned())
            }
            Asks::Page(page) => {
                ("page", page.number().to_string(), format!("Page {}", page.number()))
            }
        };
        Self { group, code, label, asks }
    }
}

fn of<T: Code>(group: &'static str, one: T) -> (&'static str, String, String) {
    (group, one.code().to_owned(), one.label().to_owned())
}

fn not<T: Code>(group: &'static str, one: T, label: &str) -> (&'static str, String, String) {
    (group, format!("not-{}", one.code()), format!("Not {}", lower_unless_day(label)))
}

/// "Singing and choirs" in the middle of a sentence; days keep their capital.
fn lower_unless_day(label: &str) -> String {
    let mut chars = label.chars();
    let is_day = Weekdays::EVERY.iter().any(|day| label.to_lowercase() == day_code(day));
    match chars.next() {
        Some(first) if !is_day => first.to_lowercase().chain(chars).collect(),
        _ => label.to_owned(),
    }
}

fn days_code(days: Weekdays) -> String {
    if days == weekdays() {
        "weekdays".to_owned()
    } else if days == weekend() {
        "weekend".to_owned()
    } else {
        days.iter().next().map(day_code).unwrap_or_default().to_owned()
    }
}

fn days_label(days: Weekdays) -> String {
    let code = days_code(days);
    let mut chars = code.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn part_label(part: PartOfDay) -> &'static str {
    part.label().split(" (").next().unwrap_or_default()
}

fn day_and_date(date: Date) -> String {
    date.strftime("%A %-d %B %Y").to_string()
}

fn age_code(range: AgeRange) -> String {
    match (range.from, range.to) {
        (from, to) if from == to => from.to_string(),
        (from, OLDEST) => format!("{from}-"),
        (0, to) => format!("-{to}"),
        (from, to) => format!("{from}-{to}"),
    }
}

fn age_label(range: AgeRange) -> String {
    match (range.from, range.to) {
        (from, to) if from == to => format!("Age {from}"),
        (from, OLDEST) => format!("Age {from} and over"),
        (0, to) => format!("Age {to} and under"),
        (from, to) => format!("Age {from} to {to}"),
    }
}

/// "2" or "1.5".
fn kilometres(metres: Metres) -> String {
    let km = (f64::from(metres) / 100.0).round() / 10.0;
    km.to_string()
}
