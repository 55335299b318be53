//! An offer in a short list, in few words. The part `parts/programme.html` draws it.
use jiff::civil::DateTime;

use crate::{
    calendar::{Session, short_date},
    search::{Card, Catalogue, Criteria, Found, Hit, Sort},
    topics::Code,
};

/// So many offers stand in a short list.
pub const SHORT_LIST: usize = 5;

/// What fits, cut to the soonest few, and the newest few of the same.
pub fn soonest_and_newest(
    catalogue: &Catalogue,
    criteria: Criteria,
    now: DateTime,
) -> (Found<'_>, Vec<Hit<'_>>) {
    let newest = Criteria { sort: Sort::Newest, ..criteria.clone() };
    let mut found = catalogue.find(&Criteria { sort: Sort::Soonest, ..criteria }, now);
    let mut newest = catalogue.find(&newest, now).hits;
    found.hits.truncate(SHORT_LIST);
    newest.truncate(SHORT_LIST);
    (found, newest)
}

#[derive(Clone, Copy, Debug)]
pub struct Brief<'a> {
    pub card: &'a Card,
    next: Option<&'a Session>,
}

impl<'a> Brief<'a> {
    pub fn all(hits: &'a [Hit<'a>]) -> Vec<Self> {
        hits.iter().map(|hit| Self { card: hit.card, next: hit.next.as_ref() }).collect()
    }

    pub fn next(&self) -> Option<&'a Session> {
        self.next
    }

    /// "Tue", beside the date that says it in full.
    pub fn weekday(&self) -> String {
        self.short("%a")
    }
    /// "Nov".
    pub fn month(&self) -> String {
        self.short("%b")
    }

    /// What stands where the next session would.
    pub fn without_date(&self) -> &'a str {
        self.card.by_arrangement.as_ref().map_or("No dates at the moment", |words| words.as_str())
    }

    /// "Nature and growing. Tooting. Free. Drop in."
    pub fn in_short(&self) -> String {
        let card = self.card;
        let place = card.place.as_deref();
        let place = place.or_else(|| card.delivery.iter().next().map(Code::label));
        let joining = card.joining.iter().next().map(Code::label);
        let parts = [Some(card.activity.label()), place, Some(&*card.cost_in_words), joining];
        let mut words = parts.into_iter().flatten().collect::<Vec<_>>().join(". ");
        words.push('.');
        words
    }

    /// The day it was first listed: "20 November 2026".
    pub fn added(&self) -> String {
        format!("{} {}", short_date(self.card.published), self.card.published.year())
    }

    fn short(&self, form: &str) -> String {
        self.next.map(|next| next.starts.date().strftime(form).to_string()).unwrap_or_default()
    }
}
