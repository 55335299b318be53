//! What an offer must say before anybody else sees it, and what would contradict itself.
use super::Content;
use crate::topics;

/// Something is missing, or does not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lack {
    /// The column of the offers file, which is also the field of a form.
    pub field: &'static str,
    /// What to do about it.
    pub advice: &'static str,
}

/// What to do about all of them, a sentence each.
pub fn advice(lacks: &[Lack]) -> String {
    let advice: Vec<&str> = lacks.iter().map(|lack| lack.advice).collect();
    advice.join(" ")
}

impl Content {
    /// Empty for what may be published. The database refuses the same.
    pub fn lacks(&self) -> Vec<Lack> {
        let (place, cost) = (&self.place, &self.cost);
        let in_person = place.delivery.contains(topics::Delivery::InPerson);
        let fit = &self.audiences;
        let rules = [
            (self.activities.is_empty(), "activities", "Name at least one activity."),
            (self.needs.is_empty(), "needs", "Name at least one need it may help with."),
            (place.delivery.is_empty(), "delivery", "Say how it is held, such as in-person."),
            (
                in_person && place.venue.is_none() && place.outreach.is_empty(),
                "venue",
                "Name the venue, or under outreach the boroughs it comes to.",
            ),
            (
                place.address_private && place.venue.is_none(),
                "address_private",
                "There is no address to keep private.",
            ),
            (
                self.when.programme.schedules.is_empty() && self.when.by_arrangement.is_none(),
                "schedules",
                "Say when it is held, or under by_arrangement how to find out.",
            ),
            (
                cost.code == topics::Cost::Paid && cost.prices.is_empty(),
                "prices",
                "Give at least one price.",
            ),
            (
                cost.code == topics::Cost::Free && !cost.prices.is_empty(),
                "prices",
                "What is free has no price. Write a usual gift as a donation.",
            ),
            (self.routes().is_empty(), "residents_join", "Say how to join."),
            (self.contacts.is_empty(), "contacts", "Give one way to make contact."),
            (self.boroughs.is_empty(), "boroughs", "Name the borough that looks after it."),
            (
                self.access.yes.overlaps(self.access.no),
                "access_no",
                "A feature is there or is not: take it out of one of the two.",
            ),
            (
                fit.meant_for.overlaps(fit.welcome)
                    || fit.meant_for.overlaps(fit.only)
                    || fit.welcome.overlaps(fit.only),
                "audiences",
                "Name each audience once.",
            ),
        ];
        rules
            .into_iter()
            .filter(|(broken, ..)| *broken)
            .map(|(_, field, advice)| Lack { field, advice })
            .collect()
    }
}
