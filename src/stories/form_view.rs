//! The form of a story, as `templates/stories/fields.html` draws it.
use super::{Giver, Kind, Teller, form::Named};
use crate::{
    forms::{Answers, Mistakes},
    places::Places,
    topics::{Code, Need},
};

/// What was typed so far, and what is wrong with it.
pub struct FormView<'a> {
    pub typed: &'a Answers,
    pub mistakes: &'a Mistakes,
    pub named: &'a [Named],
    pub places: &'a Places,
}

/// One answer to choose.
pub struct Choice<'a> {
    pub code: &'a str,
    pub label: &'a str,
    pub chosen: bool,
}

impl<'a> FormView<'a> {
    pub fn kinds(&self) -> Vec<Choice<'a>> {
        Kind::ALL.iter().map(|one| self.choice("kind", one.code(), one.label())).collect()
    }
    pub fn tellers(&self) -> Vec<Choice<'a>> {
        Teller::ALL.iter().map(|one| self.choice("teller", one.code(), one.label())).collect()
    }
    pub fn givers(&self) -> Vec<Choice<'a>> {
        Giver::ALL.iter().map(|one| self.choice("consent_by", one.code(), one.label())).collect()
    }
    pub fn needs(&self) -> Vec<Choice<'a>> {
        Need::ALL.iter().map(|one| self.choice("needs", one.code(), one.label())).collect()
    }
    pub fn boroughs(&self) -> Vec<Choice<'a>> {
        let boroughs = self.places.boroughs().iter();
        boroughs.map(|one| self.choice("boroughs", one.slug.as_str(), &one.name)).collect()
    }
    /// The offers that were found by what was typed.
    pub fn offers(&self) -> Vec<&'a str> {
        let found = self.named.iter().filter_map(|one| match one.offers.as_slice() {
            [offer] => Some(offer.title.as_str()),
            _ => None,
        });
        found.collect()
    }
    /// Something in it looks like somebody's number or address, or did.
    pub fn asks_whether_sure(&self) -> bool {
        self.mistakes.of("sure").is_some() || self.ticked("sure")
    }
    pub fn ticked(&self, field: &str) -> bool {
        self.typed.has(field, "yes")
    }

    fn choice(&self, field: &str, code: &'a str, label: &'a str) -> Choice<'a> {
        Choice { code, label, chosen: self.typed.has(field, code) }
    }
}
