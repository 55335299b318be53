//! The same 500 requests as people send them: as addresses.
use fingerpost::{
    places::Places,
    search::{Criteria, Parameters},
    topics::{Code, Codes},
};
use jiff::civil::Weekday;

/// Where the invented points lie; an address can only name a place.
const NEAR: [&str; 12] =
    ["SE15", "E8", "N1", "SW9", "W12", "NW5", "E17", "CR0", "BR1", "HA1", "TW9", "RM7"];
const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "monday"),
    (Weekday::Tuesday, "tuesday"),
    (Weekday::Wednesday, "wednesday"),
    (Weekday::Thursday, "thursday"),
    (Weekday::Friday, "friday"),
    (Weekday::Saturday, "saturday"),
    (Weekday::Sunday, "sunday"),
];

pub fn parameters(number: usize, asked: &Criteria, places: &Places) -> Parameters {
    let mut all: Vec<(&str, String)> = vec![];
    if !asked.words.is_empty() {
        all.push(("q", asked.words.join(" ")));
    }
    if let Some(near) = &asked.near {
        all.push(("near", NEAR[number % NEAR.len()].to_owned()));
        all.extend(near.within.map(|metres| ("within", (metres / 1000).to_string())));
    }
    codes(&mut all, "need", asked.needs);
    codes(&mut all, "activity", asked.activities);
    codes(&mut all, "audience", asked.audiences);
    codes(&mut all, "access", asked.access);
    codes(&mut all, "delivery", asked.delivery);
    codes(&mut all, "cost", asked.cost);
    codes(&mut all, "part", asked.parts);
    codes(&mut all, "joining", asked.joining);
    codes(&mut all, "places", asked.places);
    let boroughs = asked.boroughs.iter().filter_map(|gss| places.borough(*gss));
    all.extend(boroughs.map(|one| ("borough", one.slug.to_string())));
    all.extend(asked.languages.iter().map(|one| ("language", one.code().to_owned())));
    all.extend(asked.max_price.map(|pence| ("max_price", (pence / 100).to_string())));
    all.extend(asked.from.map(|date| ("from", date.to_string())));
    all.extend(asked.to.map(|date| ("to", date.to_string())));
    all.extend(asked.age.map(|age| ("age", age.from.to_string())));
    let days = DAYS.iter().filter(|(day, _)| asked.days.contains(*day));
    all.extend(days.map(|(_, name)| ("day", (*name).to_owned())));
    all.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

fn codes<T: Code>(all: &mut Vec<(&str, String)>, name: &'static str, chosen: Codes<T>) {
    all.extend(chosen.iter().map(|one| (name, one.code().to_owned())));
}
