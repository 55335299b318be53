//! Two changes of one offer, laid over each other.
use serde_json::{Map, Value};

use super::Content;

/// What an offer says once a change of `base` is laid over what is `live` by now: each part as whoever
/// changed it wants it.
///
/// # Errors
/// The parts that both have changed, and not to the same, by their names in JSON.
pub fn merge(base: &Content, live: &Content, change: &Content) -> Result<Content, Vec<String>> {
    let (base, live, change) = (parts(base), parts(live), parts(change));
    let mut both = Vec::new();
    let mut merged = Map::new();
    let mut names: Vec<&String> = live.keys().chain(change.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let (was, here, wanted) = (base.get(name), live.get(name), change.get(name));
        if here != was && wanted != was && here != wanted {
            both.push(name.clone());
        }
        if let Some(value) = if wanted == was { here } else { wanted } {
            merged.insert(name.clone(), value.clone());
        }
    }
    match both.is_empty() {
        true => Ok(serde_json::from_value(merged.into()).expect("each part is one that was read")),
        false => Err(both),
    }
}

/// The parts that are not the same in both, by their names in JSON.
pub fn differences(one: &Content, other: &Content) -> Vec<String> {
    let (one, other) = (parts(one), parts(other));
    let mut names: Vec<String> = one.keys().chain(other.keys()).cloned().collect();
    names.sort();
    names.dedup();
    names.retain(|name| one.get(name) != other.get(name));
    names
}

fn parts(content: &Content) -> Map<String, Value> {
    match serde_json::to_value(content) {
        Ok(Value::Object(parts)) => parts,
        // It is kept as an object in the history, too.
        _ => unreachable!("what an offer says is an object"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        offers::{PlacesSaid, advice_tests::bare as content},
        text::Line,
        topics,
    };

    fn titled(title: &str) -> Content {
        Content { title: Line::parse(title).unwrap(), ..content() }
    }
    fn full() -> Option<PlacesSaid> {
        Some(PlacesSaid { code: topics::Places::Full, on: jiff::civil::date(2026, 11, 21) })
    }

    #[test]
    fn what_one_says_of_the_title_and_another_of_the_places_both_hold() {
        let base = Content { places: None, ..content() };
        let live = Content { places: full(), ..base.clone() };
        let change = Content { title: Line::parse("Clay and tea").unwrap(), ..base.clone() };
        let merged = merge(&base, &live, &change).unwrap();
        assert_eq!(merged, Content { places: full(), ..change });
    }

    #[test]
    fn two_who_change_the_same_part_differently_are_told_which_and_the_same_twice_is_fine() {
        let (base, live, change) =
            (titled("Clay"), titled("Clay and tea"), titled("Clay and chat"));
        assert_eq!(merge(&base, &live, &change), Err(vec!["title".to_owned()]));
        assert_eq!(merge(&base, &live, &live), Ok(live.clone()));
    }

    #[test]
    fn what_a_change_takes_away_is_gone() {
        let base = Content { places: full(), ..content() };
        let change = Content { places: None, ..content() };
        assert_eq!(merge(&base, &base, &change), Ok(change));
    }
}
