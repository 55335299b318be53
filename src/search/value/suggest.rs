//! What to say of a value that we do not know.
use crate::{
    places::{PlaceKind, Places as Map},
    topics::{forgiven, mistakes},
};

/// How many choices a message lists before it stops.
const LISTED: usize = 8;
/// How much of what somebody typed a message repeats.
const REPEATED: usize = 60;

/// "“blue” is not a need we know. Choose one of: …", beginning with what may have been meant.
pub fn unknown(typed: &str, what: &str, codes: &[&str]) -> String {
    let meant = closest(typed, codes.iter().copied());
    let guess = meant.map(|code| format!(" Did you mean {code}?")).unwrap_or_default();
    let more = if codes.len() > LISTED { ", and more" } else { "" };
    let listed = codes[..codes.len().min(LISTED)].join(", ");
    format!(
        "\u{201c}{}\u{201d} is not {what} we know.{guess} Choose one of: {listed}{more}.",
        short(typed)
    )
}

pub fn unknown_place(typed: &str, map: &Map) -> String {
    let small = typed.to_lowercase();
    let meant = closest(&small, map.names().map(|(name, _)| name)).and_then(|name| map.find(name));
    let advice = meant.map_or_else(
        || "Write a postcode, the first half of one, a borough or an area.".to_owned(),
        |place| format!("Did you mean {}?", place.name),
    );
    format!("We do not know the place \u{201c}{}\u{201d}. {advice}", short(typed))
}

pub fn unknown_borough(typed: &str, map: &Map) -> String {
    let small = typed.to_lowercase();
    let names = map.names().filter(|(_, place)| matches!(place.kind, PlaceKind::Borough(_)));
    let meant = closest(&small, names.map(|(name, _)| name)).and_then(|name| map.find(name));
    let advice = meant.map_or_else(
        || "Write its name as on our list of boroughs, such as hackney.".to_owned(),
        |place| format!("Did you mean {}?", place.name),
    );
    format!("\u{201c}{}\u{201d} is not a borough we know. {advice}", short(typed))
}

/// The likeliest of some names, if it is at most a few typing mistakes away.
pub fn closest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if typed.chars().count() > 40 {
        return None;
    }
    let close = names.filter_map(|name| {
        let most = forgiven(name.chars().count());
        mistakes(typed, name, most).map(|count| (count, name))
    });
    close.min().map(|(_, name)| name)
}

/// Enough of it to know it again.
pub fn short(typed: &str) -> String {
    let mut shown: String = typed.chars().take(REPEATED).collect();
    if shown.len() < typed.len() {
        shown.push('…');
    }
    shown
}
