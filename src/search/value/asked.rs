//! From values to what a search asks for.
use super::{Asks, Value};
use crate::{
    calendar::Weekdays,
    places::{Metres, Place},
    search::{Criteria, Near},
    topics::{Code, Codes, Delivery, PartOfDay},
};

/// Within a group "or". What one does not want is taken from what one wants, or else from everything;
/// where that leaves nothing, what one wants counts. Of what a search has only one of, the first counts.
pub fn criteria<'a>(values: impl IntoIterator<Item = &'a Value>, words: Vec<String>) -> Criteria {
    let mut asked = Criteria { words, ..Criteria::default() };
    let mut without = Without::default();
    let (mut place, mut within): (Option<Place>, Option<Metres>) = (None, None);
    for value in values {
        match &value.asks {
            Asks::Near(one) => place = place.or_else(|| Some(one.clone())),
            Asks::Within(metres) => within = within.or(Some(*metres)),
            Asks::Need(one) => asked.needs.insert(*one),
            Asks::Activity(one) => asked.activities.insert(*one),
            Asks::NotActivity(one) => asked.not_activities.insert(*one),
            Asks::Borough(gss) if asked.boroughs.contains(gss) => {}
            Asks::Borough(gss) => asked.boroughs.push(*gss),
            Asks::Audience(one) => asked.audiences.insert(*one),
            Asks::Access(one) => asked.access.insert(*one),
            Asks::Delivery(one) => asked.delivery.insert(*one),
            Asks::NotDelivery(one) => without.delivery.insert(*one),
            Asks::Cost(one) => asked.cost.insert(*one),
            Asks::MaxPrice(pence) => asked.max_price = asked.max_price.or(Some(*pence)),
            Asks::Days(days) => asked.days = asked.days.iter().chain(days.iter()).collect(),
            Asks::NotDays(days) => without.days = without.days.iter().chain(days.iter()).collect(),
            Asks::Part(one) => asked.parts.insert(*one),
            Asks::NotPart(one) => without.parts.insert(*one),
            Asks::From(date) => asked.from = asked.from.or(Some(*date)),
            Asks::To(date) => asked.to = asked.to.or(Some(*date)),
            Asks::Age(range) => asked.age = asked.age.or(Some(*range)),
            Asks::Language(one) if asked.languages.contains(one) => {}
            Asks::Language(one) => asked.languages.push(*one),
            Asks::Joining(one) => asked.joining.insert(*one),
            Asks::Places(one) => asked.places.insert(*one),
            Asks::Sort(sort) => asked.sort = *sort,
            Asks::Page(page) => asked.page = *page,
        }
    }
    asked.near = place.map(|place| Near { place, within });
    asked.days = without.days_from(asked.days);
    asked.parts = less(asked.parts, without.parts);
    asked.delivery = less(asked.delivery, without.delivery);
    asked
}

#[derive(Default)]
struct Without {
    days: Weekdays,
    parts: Codes<PartOfDay>,
    delivery: Codes<Delivery>,
}

impl Without {
    fn days_from(&self, wanted: Weekdays) -> Weekdays {
        if self.days.is_empty() {
            return wanted;
        }
        let all = if wanted.is_empty() { Weekdays::EVERY } else { wanted };
        let left: Weekdays = all.iter().filter(|day| !self.days.contains(*day)).collect();
        if left.is_empty() { wanted } else { left }
    }
}

fn less<T: Code>(wanted: Codes<T>, not: Codes<T>) -> Codes<T> {
    if not.is_empty() {
        return wanted;
    }
    let all = if wanted.is_empty() { T::ALL.iter().copied().collect() } else { wanted };
    let left: Codes<T> = all.iter().filter(|one| !not.contains(*one)).collect();
    if left.is_empty() { wanted } else { left }
}
