//! Which offers are worth comparing: those that share a provider, a place, a title or a telling word of it. All pairs
//! of 20,000 would be two hundred million.
use std::collections::{HashMap, HashSet};

use super::{
    Facts, Suspect,
    likeness::{SUSPECT, TITLE, besides_titles, likeness},
};
use crate::{offers::OfferId, providers::ProviderId, text::words, venues::VenueId};

/// What so many offers share tells nothing about two of them.
const CROWD: usize = 400;
/// The same for a single word of the title.
const COMMON: usize = 40;

#[derive(PartialEq, Eq, Hash)]
enum Shared {
    Provider(ProviderId),
    Venue(VenueId),
    Title(Vec<String>),
    Word(String),
}

/// Every pair at [`SUSPECT`] or above that shares something, the most alike first.
pub fn suspects(all: &[Facts]) -> Vec<Suspect> {
    let mut shared: HashMap<Shared, Vec<usize>> = HashMap::new();
    for (at, facts) in all.iter().enumerate() {
        let mut title = words(facts.title.as_str());
        title.sort();
        title.dedup();
        let place = facts.venue.as_ref().map(|spot| Shared::Venue(spot.id));
        let each = title.iter().cloned().map(Shared::Word);
        let whole = [Shared::Provider(facts.provider), Shared::Title(title.clone())];
        for key in each.chain(whole).chain(place) {
            shared.entry(key).or_default().push(at);
        }
    }
    let mut seen: HashSet<(usize, usize)> = HashSet::new();
    let mut found = Vec::new();
    for (key, some) in shared {
        let most = if matches!(key, Shared::Word(_)) { COMMON } else { CROWD };
        if some.len() > most {
            continue;
        }
        for (at, one) in some.iter().enumerate() {
            for other in &some[at + 1..] {
                if !seen.insert((*one, *other)) {
                    continue;
                }
                let (one, other) = (&all[*one], &all[*other]);
                if besides_titles(one, other) + TITLE < SUSPECT {
                    continue;
                }
                let likeness = likeness(one, other);
                if likeness.score >= SUSPECT {
                    let pair = ordered(one.offer, other.offer);
                    found.push(Suspect { one: pair.0, other: pair.1, likeness });
                }
            }
        }
    }
    found.sort_by(|one, other| {
        let alike = other.likeness.score.total_cmp(&one.likeness.score);
        alike.then_with(|| (one.one, one.other).cmp(&(other.one, other.other)))
    });
    found
}

/// The smaller one first.
pub fn ordered(one: OfferId, other: OfferId) -> (OfferId, OfferId) {
    (one.min(other), one.max(other))
}
