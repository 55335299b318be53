//! Who is near a place, for somebody who looks for partners there.
use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::{
    paging::PageNumber,
    places::{Group, Metres, Place, Places, Surgery},
    search::{Card, Catalogue, Criteria, Hit, Near, Sort},
    text::Slug,
    topics::{Activity, Code, Codes},
};

/// A network of practices, and its practice that is nearest.
#[derive(Debug)]
pub struct NearGroup<'a> {
    pub group: &'a Group,
    pub nearest: &'a Surgery,
    pub metres: Metres,
}

/// Somebody who runs something near by.
#[derive(Debug)]
pub struct NearProvider {
    pub slug: Slug,
    pub name: String,
    /// Of the nearest thing they run; none where all of it comes to people.
    pub metres: Option<Metres>,
    /// Up to three of them.
    pub titles: Vec<(Slug, String)>,
    /// "Singing and choirs".
    pub does: &'static str,
}

/// How far one goes to a partner, and how many of each kind one can take in.
const WITHIN: Metres = 5_000;
const GROUPS: usize = 5;
const PROVIDERS: usize = 10;
/// So many pages of offers are looked through for them.
const PAGES: u32 = 5;

/// Open networks, the nearest first.
pub fn groups<'a>(places: &'a Places, place: &Place) -> Vec<NearGroup<'a>> {
    let surgeries = places.surgeries();
    let mut nearest: BTreeMap<&str, (&Surgery, Metres)> = BTreeMap::new();
    // The nearest practice comes first, and the first of a network stays.
    for (surgery, metres) in surgeries.near(place.point) {
        if let Some(code) = surgery.practice.network.as_deref() {
            nearest.entry(code).or_insert((surgery, metres));
        }
    }
    let known = nearest.into_iter().filter_map(|(code, (nearest, metres))| {
        let group = surgeries.group_of(code).filter(|group| group.is_open())?;
        (metres <= WITHIN).then_some(NearGroup { group, nearest, metres })
    });
    let mut all: Vec<NearGroup<'_>> = known.collect();
    all.sort_by_key(|one| (one.metres, &one.group.name));
    all.truncate(GROUPS);
    all
}

/// Those who do the same, or without an activity anything, near this place: the nearest first.
pub fn providers(
    catalogue: &Catalogue,
    place: &Place,
    activity: Option<Activity>,
    now: DateTime,
) -> Vec<NearProvider> {
    let near = Some(Near { place: place.clone(), within: Some(WITHIN) });
    let activities: Codes<Activity> = activity.into_iter().collect();
    let criteria = Criteria { near, activities, sort: Sort::Nearest, ..Criteria::default() };
    let mut all: Vec<NearProvider> = Vec::new();
    for page in (1..=PAGES).filter_map(PageNumber::new) {
        let found = catalogue.find(&Criteria { page, ..criteria.clone() }, now);
        for Hit { card, distance, .. } in found.hits {
            match all.iter_mut().find(|one| one.slug == card.provider_slug) {
                Some(known) if known.titles.len() < 3 => known.titles.push(title(card)),
                Some(_) => {}
                None => all.push(NearProvider {
                    slug: card.provider_slug.clone(),
                    name: card.provider_name.to_string(),
                    metres: distance,
                    titles: vec![title(card)],
                    does: card.activity.label(),
                }),
            }
        }
        if all.len() > PROVIDERS || page.next(found.total).is_none() {
            break;
        }
    }
    all.sort_by_key(|one| one.metres.unwrap_or(Metres::MAX));
    all.truncate(PROVIDERS);
    all
}

fn title(card: &Card) -> (Slug, String) {
    (card.slug.clone(), card.title.to_string())
}
