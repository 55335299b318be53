//! From the spelling of a value to what it asks for, or to a message that says what to do.
use jiff::civil::Date;

use super::{Asks, Value, suggest, weekdays, weekend};
use crate::{
    calendar::{Weekdays, day_code},
    paging::PageNumber,
    places::{Gss, PlaceKind, Places as Map},
    search::AgeRange,
    topics::{Code, Language},
};

type Asked = Result<Asks, String>;

/// Nobody asks for more than this, in pounds.
const DEAREST: f64 = 10_000.0;

impl Value {
    /// Reads one value of a parameter; `group` is one of `GROUPS` or `page`. The message is for
    /// the person who typed it.
    pub fn read(group: &str, typed: &str, map: &Map, today: Date) -> Result<Self, String> {
        let typed = typed.trim();
        let small = typed.to_lowercase();
        let asks = match group {
            "near" => near(typed, map),
            "within" => within(&small),
            "need" => code(&small, "a need").map(Asks::Need),
            "activity" => negated(&small, "an activity", Asks::Activity, Asks::NotActivity),
            "borough" => borough(typed, map),
            "audience" => code(&small, "an audience").map(Asks::Audience),
            "access" => code(&small, "an access feature").map(Asks::Access),
            "delivery" => negated(&small, "a way to take part", Asks::Delivery, Asks::NotDelivery),
            "cost" => code(&small, "a kind of cost").map(Asks::Cost),
            "max_price" => max_price(typed),
            "day" => day(&small),
            "part" => negated(&small, "a part of the day", Asks::Part, Asks::NotPart),
            "from" => date(&small, today).map(Asks::From),
            "to" => date(&small, today).map(Asks::To),
            "age" => age(&small),
            "language" => language(&small),
            "joining" => code(&small, "a way to join").map(Asks::Joining),
            "places" => code(&small, "how many places are left").map(Asks::Places),
            "sort" => sort(&small),
            "page" => page(&small),
            _ => Err(format!("\u{201c}{group}\u{201d} is not a part of a search. Leave it out.")),
        }?;
        Ok(Self::of(asks, map))
    }
}

fn code<T: Code>(typed: &str, what: &str) -> Result<T, String> {
    T::parse(typed).ok_or_else(|| {
        let codes: Vec<&str> = T::ALL.iter().map(|one| one.code()).collect();
        suggest::unknown(typed, what, &codes)
    })
}

fn negated<T: Code>(typed: &str, what: &str, yes: fn(T) -> Asks, no: fn(T) -> Asks) -> Asked {
    match typed.strip_prefix("not-") {
        Some(rest) => code(rest, what).map(no),
        None => code(typed, what).map(yes),
    }
}

fn near(typed: &str, map: &Map) -> Asked {
    map.find(typed).map(Asks::Near).ok_or_else(|| suggest::unknown_place(typed, map))
}

fn borough(typed: &str, map: &Map) -> Asked {
    let small = typed.to_lowercase();
    let by_gss = || Gss::parse(&typed.to_uppercase()).and_then(|gss| map.borough(gss));
    let known = map.borough_by_slug(&small).or_else(by_gss).map(|one| one.gss);
    known
        .or_else(|| match map.find(typed)?.kind {
            PlaceKind::Borough(gss) => Some(gss),
            _ => None,
        })
        .map(Asks::Borough)
        .ok_or_else(|| suggest::unknown_borough(typed, map))
}

fn within(typed: &str) -> Asked {
    let number = typed.trim_end_matches("km").trim();
    match number.parse::<f64>() {
        Ok(km) if (0.5..=50.0).contains(&km) => Ok(Asks::Within((km * 1000.0).round() as u32)),
        _ => Err(format!(
            "\u{201c}{}\u{201d} is not a distance we can use. Give kilometres from 0.5 to 50, such as 2.",
            suggest::short(typed)
        )),
    }
}

/// Pounds, with or without pence, sign or commas.
fn max_price(typed: &str) -> Asked {
    let number = typed.trim_start_matches('\u{a3}').trim();
    let plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match number.parse::<f64>() {
        Ok(pounds) if plain && pounds <= DEAREST => {
            Ok(Asks::MaxPrice((pounds * 100.0).round() as u32))
        }
        _ => Err(format!(
            "\u{201c}{}\u{201d} is not a price. Give pounds, such as 5 or 3.50.",
            suggest::short(typed)
        )),
    }
}

fn day(typed: &str) -> Asked {
    let (not, name) = match typed.strip_prefix("not-") {
        Some(name) => (true, name),
        None => (false, typed),
    };
    let days = match name {
        "weekdays" => weekdays(),
        "weekend" => weekend(),
        name => Weekdays::EVERY.iter().filter(|day| day_code(*day) == name).collect(),
    };
    match (days.is_empty(), not) {
        (true, _) => Err(format!(
            "\u{201c}{}\u{201d} is not a day we know. Choose monday to sunday, weekdays or weekend.",
            suggest::short(typed)
        )),
        (false, true) => Ok(Asks::NotDays(days)),
        (false, false) => Ok(Asks::Days(days)),
    }
}

fn date(typed: &str, today: Date) -> Result<Date, String> {
    if typed == "today" {
        return Ok(today);
    }
    // Years of four digits only, so that "1-2-3" is not a day in antiquity.
    let sound = typed.len() == 10 && typed.is_ascii();
    typed.parse().ok().filter(|_| sound).ok_or_else(|| {
        format!(
            "\u{201c}{}\u{201d} is not a date. Write year, month and day, such as {today}.",
            suggest::short(typed)
        )
    })
}

/// One age, or "65-", "13-17", "-25".
fn age(typed: &str) -> Asked {
    let oldest = super::OLDEST;
    let number = |digits: &str| digits.parse::<u8>().ok().filter(|age| *age <= oldest);
    let range = match typed.split_once('-') {
        None => number(typed).map(|age| (age, age)),
        Some(("", to)) => number(to).map(|to| (0, to)),
        Some((from, "")) => number(from).map(|from| (from, oldest)),
        Some((from, to)) => number(from).zip(number(to)),
    };
    match range {
        Some((from, to)) if from <= to => Ok(Asks::Age(AgeRange { from, to })),
        _ => Err(format!(
            "\u{201c}{}\u{201d} is not an age. Give years, such as 72, or a range, such as 13-17 or 65-.",
            suggest::short(typed)
        )),
    }
}

fn language(typed: &str) -> Asked {
    Language::parse(typed)
        .or_else(|| Language::all().find(|one| one.name().eq_ignore_ascii_case(typed)))
        .map(Asks::Language)
        .ok_or_else(|| {
            let names: Vec<&str> = Language::all().map(Language::name).collect();
            suggest::unknown(typed, "a language", &names)
        })
}

fn sort(typed: &str) -> Asked {
    let found = super::say::SORTS.iter().find(|(_, code, _)| *code == typed);
    found.map(|(sort, ..)| Asks::Sort(*sort)).ok_or_else(|| {
        let codes: Vec<&str> = super::say::SORTS.iter().map(|(_, code, _)| *code).collect();
        suggest::unknown(typed, "an order", &codes)
    })
}

fn page(typed: &str) -> Asked {
    let number = typed.parse().ok().and_then(PageNumber::new);
    number.map(Asks::Page).ok_or_else(|| {
        format!("\u{201c}{}\u{201d} is not a page. Give a number from 1.", suggest::short(typed))
    })
}
