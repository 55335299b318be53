//! What a calendar says of an offer.
use jiff::civil::DateTime;

use super::{Listed, shown::Shown, store::Withdrawn};
use crate::{
    calendar::Entry,
    config::PublicUrl,
    places::Places,
    topics::{Code, Delivery},
};

/// Of one that runs. Its words are those of its page, for the person who goes.
pub fn entry<'a>(
    listed: &'a Listed,
    places: &'a Places,
    url: &'a PublicUrl,
    now: DateTime,
) -> Entry<'a> {
    let shown = Shown::new(listed, places, url, now);
    let content = &listed.offer.content;
    let page = page(url, listed.offer.slug.as_str());
    let private = content.place.address_private;
    let point = listed.venue.as_ref().filter(|_| !private).map(|venue| venue.point);
    Entry {
        id: listed.offer.id.to_string(),
        sequence: listed.offer.revision,
        title: content.title.as_str(),
        description: description(&shown, &page),
        location: location(&shown),
        point: point.map(|point| (point.lat, point.lon)),
        url: page,
        category: Some(content.activity().label()),
        programme: &content.when.programme,
        called_off: false,
    }
}

/// Of one that does not run, or not now.
pub fn withdrawn_entry<'a>(offer: &'a Withdrawn, url: &PublicUrl) -> Entry<'a> {
    let page = page(url, offer.slug.as_str());
    Entry {
        id: offer.id.to_string(),
        sequence: offer.revision,
        title: &offer.title,
        description: format!("This does not run at the moment.\n\n{page}"),
        location: None,
        point: None,
        url: page,
        category: None,
        programme: &offer.programme,
        called_off: true,
    }
}

fn page(url: &PublicUrl, slug: &str) -> String {
    format!("{url}/offers/{slug}")
}

fn description(shown: &Shown, page: &str) -> String {
    let says = shown.says;
    let mut words = format!("{}\n\n", says.summary);
    for notice in shown.notices() {
        words.push_str(&format!("{}\n", notice.text));
    }
    words.push_str(&format!("Cost: {}.", says.cost.in_words()));
    if let Some(note) = &says.cost.note {
        words.push_str(&format!(" {}.", note.as_str().trim_end_matches('.')));
    }
    words.push_str(&format!("\nHow to join: {}.", shown.join()));
    if let Some(more) = shown.join_more() {
        words.push_str(&format!(" {}", spaced(&more)));
    }
    words.push_str(&format!("\n\n{page}"));
    words
}

/// "Lantern Yard, 9 Tanner's Row, SE15 4QL, Southwark"; only the area of what keeps its address private.
fn location(shown: &Shown) -> Option<String> {
    let place = shown.place().filter(|place| !place.is_empty());
    let address = shown.address().filter(|_| !shown.says.place.address_private);
    let whole: Vec<String> =
        place.into_iter().chain(address).map(|part| spaced(part.trim_end_matches('.'))).collect();
    if !whole.is_empty() {
        return Some(whole.join(", "));
    }
    shown
        .says
        .place
        .delivery
        .iter()
        .find(|one| *one != Delivery::InPerson)
        .map(|one| one.label().into())
}

/// Spaces that keep words together on a page, as plain ones.
fn spaced(words: &str) -> String {
    words.replace('\u{a0}', " ")
}
