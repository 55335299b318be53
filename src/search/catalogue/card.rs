//! What lists show of an offer, put in words once when it is loaded.
use super::facts::{days, main_activity};
use crate::search::{Alike, Card};
use crate::{
    calendar::{Follows, civil_now},
    offers::Listed,
};

impl Card {
    /// `follows` is what [`Programme::follows`](crate::calendar::Programme::follows) gives.
    pub fn of(listed: &Listed, follows: Vec<Follows>) -> Self {
        let offer = &listed.offer;
        let content = &offer.content;
        Self {
            id: offer.id,
            slug: offer.slug.clone(),
            revision: offer.revision,
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
            cost_in_words: content.cost.in_words(),
            cost_note: content.cost.note.clone(),
            joining: content.routes(),
            access_yes: content.access.yes,
            access_no: content.access.no,
            places: content.places,
            follows,
            by_arrangement: content.when.by_arrangement.clone(),
            confirmed: offer.confirmed_on(),
            confirm_by: offer.confirm_by(),
            published: civil_now(offer.first_published.unwrap_or(offer.since)).date(),
            alike: Alike::default(),
        }
    }

    /// For "newest": days since 1970.
    pub(super) fn published_on(&self) -> i32 {
        days(self.published)
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
