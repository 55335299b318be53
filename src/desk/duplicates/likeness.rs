//! How much two offers are alike, and by what. The weights were chosen on the labelled pairs in
//! `tests/site/desk/labelled.txt`, whose test prints how well they do.
use super::{Facts, Slot};
use crate::{
    calendar::{day_name, time_in_words},
    submissions::duplicates::SAME_NAME,
    text::{Name, words},
};

/// From here on a coordinator is asked to look.
pub const SUSPECT: f32 = 0.62;

/// What two equal titles are worth.
pub const TITLE: f32 = 0.5;

/// Both sides of one front door; "next door" would already be another hall.
const SAME_DOOR: u32 = 40;

/// Words that many titles have, and that tell nothing.
const SMALL: [&str; 24] = [
    "a",
    "an",
    "and",
    "at",
    "by",
    "class",
    "classes",
    "club",
    "course",
    "for",
    "group",
    "groups",
    "in",
    "of",
    "on",
    "our",
    "project",
    "session",
    "sessions",
    "the",
    "to",
    "with",
    "workshop",
    "workshops",
];

/// Of two titles that differ in one of these, each names another group.
const OPPOSITES: [&[&str]; 7] = [
    &["beginner", "beginners", "improvers", "intermediate", "advanced"],
    &["morning", "mornings", "afternoon", "afternoons", "evening", "evenings"],
    &["men", "mens", "women", "womens"],
    &["adults", "children", "families", "family", "toddlers", "teens", "youth"],
    &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    &["1", "2", "3", "4", "one", "two", "three"],
    &["online", "person"],
];

/// What two offers have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// 0 to 1; at [`SUSPECT`] and above somebody should look.
    pub score: f32,
    /// "Same title", "Both Tuesday 10am".
    pub reasons: Vec<String>,
}

pub fn likeness(one: &Facts, other: &Facts) -> Likeness {
    let title = titles(&one.title, &other.title);
    let mut reasons = Vec::new();
    if title >= 0.95 {
        reasons.push("Same title".to_owned());
    } else if title >= 0.4 {
        reasons.push("Titles much alike".to_owned());
    }
    if same_provider(one, other) {
        reasons.push("Same provider".to_owned());
    }
    if let (Some(true), Some(spot)) = (place(one, other), &one.venue) {
        reasons.push(format!("Same place: {}", spot.name.as_str()));
    }
    if let Some(Some(slot)) = time(one, other) {
        reasons.push(format!("Both {} {}", day_name(slot.day), time_in_words(slot.starts)));
    }
    let score = TITLE * title + besides_titles(one, other);
    Likeness { score: score.clamp(0.0, 1.0), reasons }
}

/// What provider, place, time and activity make of it; may be less than 0.
pub fn besides_titles(one: &Facts, other: &Facts) -> f32 {
    let provider = if same_provider(one, other) { 0.2 } else { -0.15 };
    let place = place(one, other).map_or(0.0, |same| if same { 0.2 } else { -0.4 });
    let time = match time(one, other) {
        None => 0.0,
        Some(Some(_)) => 0.2,
        // Perhaps only the hour was changed.
        Some(None) if same_day(one, other) => -0.25,
        Some(None) => -0.4,
    };
    let activity = match (one.activity, other.activity) {
        (Some(one), Some(other)) if one == other => 0.1,
        (Some(one), Some(other)) if one.artform() != other.artform() => -0.1,
        _ => 0.0,
    };
    provider + place + time + activity
}

fn same_provider(one: &Facts, other: &Facts) -> bool {
    one.provider == other.provider || one.provider_name.alike(&other.provider_name) >= SAME_NAME
}

/// 0 to 1. Small words do not count; a title that holds all words of the other is nearly the same.
fn titles(one: &Name, other: &Name) -> f32 {
    let telling = |name: &Name| -> Vec<String> {
        let mut words = words(name.as_str());
        words.retain(|word| !SMALL.contains(&word.as_str()));
        words.sort();
        words.dedup();
        words
    };
    let (these, those) = (telling(one), telling(other));
    let opposed = |all: &&&[&str]| {
        let of = |words: &[String]| {
            words.iter().filter(|word| all.contains(&word.as_str())).cloned().collect::<Vec<_>>()
        };
        let (these, those) = (of(&these), of(&those));
        !these.is_empty() && !those.is_empty() && these != those
    };
    if OPPOSITES.iter().any(|all| opposed(&all)) {
        return 0.0;
    }
    if !these.is_empty() && these == those {
        return 1.0;
    }
    let within = |few: &[String], many: &[String]| {
        few.len() >= 2 && few.iter().all(|word| many.contains(word))
    };
    let runs = ((one.alike(other) - 0.15) / 0.6).clamp(0.0, 0.9);
    if within(&these, &those) || within(&those, &these) { runs.max(0.85) } else { runs }
}

/// Whether they are held at one place; `None` where one of them does not say.
fn place(one: &Facts, other: &Facts) -> Option<bool> {
    let (one, other) = (one.venue.as_ref()?, other.venue.as_ref()?);
    let apart = one.point.metres_to(other.point);
    // A place entered twice may lie some way off itself.
    let renamed = apart < 250 && one.name.alike(&other.name) >= 0.5;
    Some(one.id == other.id || apart <= SAME_DOOR || renamed)
}

/// A time that both have: on one day, and overlapping. `None` where one of them does not say.
fn time(one: &Facts, other: &Facts) -> Option<Option<Slot>> {
    if one.slots.is_empty() || other.slots.is_empty() {
        return None;
    }
    let both = |slot: &&Slot| {
        let meets =
            |at: &Slot| at.day == slot.day && at.starts < slot.ends && slot.starts < at.ends;
        other.slots.iter().any(meets)
    };
    Some(one.slots.iter().find(both).copied())
}

fn same_day(one: &Facts, other: &Facts) -> bool {
    one.slots.iter().any(|slot| other.slots.iter().any(|at| at.day == slot.day))
}
