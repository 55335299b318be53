//! Offers that may be the same as one that is being described.
use jiff::civil::DateTime;

use crate::{
    offers::OfferId,
    paging::PageNumber,
    places::{Metres, Place},
    search::{Card, Catalogue, Criteria, Near, Sort},
    text::{Name, Slug},
};

/// "Next door": a hall and its annexe, both sides of a street.
pub const NEXT_DOOR: Metres = 300;
/// More than this are no help.
const MOST: usize = 5;
/// Titles this much alike are shown wherever they are.
const ALIKE: f32 = 0.55;
/// And these where the provider, the venue or the place is the same.
const ALIKE_HERE: f32 = 0.3;
/// Names this much alike are the same name, written another way.
pub const SAME_NAME: f32 = 0.75;

/// What is known of the one that is being described.
#[derive(Clone, Debug)]
pub struct Sought<'a> {
    pub title: &'a str,
    pub provider: Option<&'a str>,
    pub venue: Option<&'a str>,
    pub near: Option<Place>,
    /// Its own offer, where that is published: never one that may be the same.
    pub own: Option<OfferId>,
}

/// Published offers that may be it, the most alike first, by their addresses: looking takes time and is done aside,
/// where nothing of the catalogue can be lent. It only ever looks at what everybody may see.
pub fn alike(catalogue: &Catalogue, sought: &Sought<'_>, now: DateTime) -> Vec<Slug> {
    let next_door = next_door(catalogue, sought, now);
    let title = Name::of(sought.title);
    let (provider, venue) = (sought.provider.map(Name::of), sought.venue.map(Name::of));
    let same = |name: &Option<Name>, other: &str| {
        name.as_ref().is_some_and(|name| name.alike(&Name::of(other)) >= SAME_NAME)
    };
    let mut found: Vec<(f32, Slug)> = Vec::new();
    for card in catalogue.cards(now) {
        if Some(card.id) == sought.own {
            continue;
        }
        let alike = title.alike(&Name::of(card.title.as_str()));
        if alike < ALIKE_HERE {
            continue;
        }
        let here = || {
            next_door.contains(&card.id)
                || same(&provider, card.provider_name.as_str())
                || venue_of(&card).is_some_and(|place| same(&venue, place))
        };
        if alike >= ALIKE || here() {
            found.push((alike, card.slug.clone()));
        }
    }
    found.sort_by(|(one, first), (other, second)| {
        other.total_cmp(one).then_with(|| first.as_str().cmp(second.as_str()))
    });
    found.truncate(MOST);
    found.into_iter().map(|(_, slug)| slug).collect()
}

/// The nearest twenty, of those within 300 metres.
fn next_door(catalogue: &Catalogue, sought: &Sought<'_>, now: DateTime) -> Vec<OfferId> {
    let Some(place) = sought.near.clone() else {
        return Vec::new();
    };
    let near = Near { place, within: Some(NEXT_DOOR) };
    let criteria = Criteria {
        near: Some(near),
        sort: Sort::Nearest,
        page: PageNumber::default(),
        ..Criteria::default()
    };
    let mut hits = catalogue.find(&criteria, now).hits;
    hits.retain(|hit| hit.distance.is_some_and(|metres| metres <= NEXT_DOOR));
    hits.iter().map(|hit| hit.card.id).collect()
}

/// A card's place is "Lantern Yard, SE15".
fn venue_of(card: &Card) -> Option<&str> {
    let place = card.place.as_deref()?;
    Some(place.rsplit_once(", ").map_or(place, |(name, _)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(one: &str, other: &str) -> f32 {
        Name::of(one).alike(&Name::of(other))
    }

    #[test]
    fn typing_mistakes_and_small_words_leave_it_alike_and_other_names_do_not() {
        assert!(alike("Wool Gathering", "The Wool Gathering") >= ALIKE);
        assert!(alike("Wool Gathering", "Wol Gatherings") >= ALIKE_HERE);
        assert!(alike("Clay and company, Peckham", "Clay and company") >= ALIKE);
        assert!(alike("Wool Gathering", "Singing for lung health") < ALIKE_HERE);
        assert!(alike("Community choir", "Community garden") < ALIKE);
    }
}
