//! What lists show of an offer, put in words once when it is loaded.
use super::facts::{confirm_by, days, main_activity};
use crate::search::Card;
use crate::{
    calendar::{Follows, civil_now},
    offers::{Cost, Listed, Per, Price},
    topics::{self, Code},
};

impl Card {
    /// `follows` is what [`Programme::follows`](crate::calendar::Programme::follows) gives.
    pub(super) fn of(listed: &Listed, follows: Vec<Follows>) -> Self {
        let offer = &listed.offer;
        let content = &offer.content;
        Self {
            id: offer.id,
            slug: offer.slug.clone(),
            title: content.title.clone(),
            summary: content.summary.clone(),
            provider_slug: listed.provider_slug.clone(),
            provider_name: listed.provider_name.clone(),
            activity: main_activity(listed),
            delivery: content.place.delivery,
            place: place(listed),
            has_venue: listed.venue.is_some(),
            boroughs: content.boroughs.clone(),
            outreach: content.place.outreach.clone(),
            cost: content.cost.code,
            cost_in_words: cost_in_words(&content.cost),
            cost_note: content.cost.note.clone(),
            joining: content.routes(),
            access_yes: content.access.yes,
            access_no: content.access.no,
            places: content.places,
            follows,
            by_arrangement: content.when.by_arrangement.clone(),
            confirmed: offer.confirmed.as_ref().map(|one| civil_now(one.at).date()),
            confirm_by: confirm_by(listed),
            published: civil_now(offer.first_published.unwrap_or(offer.since)).date(),
        }
    }

    /// For "newest": days since 1970.
    pub(super) fn published_on(&self) -> i32 {
        days(self.published)
    }
}

/// "£3", "£2.50".
pub fn pounds(pence: u32) -> String {
    match pence % 100 {
        0 => format!("£{}", pence / 100),
        rest => format!("£{}.{rest:02}", pence / 100),
    }
}

fn place(listed: &Listed) -> Option<String> {
    let venue = listed.venue.as_ref()?;
    match (&listed.area, listed.offer.content.place.address_private) {
        (Some(outcode), true) => Some(format!("{outcode} area")),
        (None, true) => None,
        (Some(outcode), false) => Some(format!("{}, {outcode}", venue.name)),
        (None, false) => Some(venue.name.to_string()),
    }
}

/// What a session costs if that is said; else a course, a month, a year.
fn cost_in_words(cost: &Cost) -> String {
    if cost.code != topics::Cost::Paid {
        return cost.code.label().to_owned();
    }
    let kinds = [
        (Per::Session, ""),
        (Per::Course, " a course"),
        (Per::Month, " a month"),
        (Per::Year, " a year"),
    ];
    for (per, behind) in kinds {
        let of_kind = |price: &&Price| price.per == per;
        let pence = || cost.prices.iter().filter(of_kind).map(|price| price.pence);
        if let (Some(least), Some(most)) = (pence().min(), pence().max()) {
            return if least == most {
                format!("{}{behind}", pounds(least))
            } else {
                format!("{} to {}{behind}", pounds(least), pounds(most))
            };
        }
    }
    cost.code.label().to_owned()
}
