//! What others say of prices.
use jiff::civil::Date;

use super::{Charge, Service, hours::date, plain};
use crate::{
    offers::{Cost, DEAREST, Per, Price},
    text::{Line, pounds},
    topics,
};

/// Where nothing is said of the cost, or nothing that we can read, there is a price to be named yet: so it
/// cannot be published before somebody has.
pub fn cost(service: &Service, today: Date, repairs: &mut Vec<String>) -> Cost {
    let (fees, _) = plain::plain(&service.fees);
    let mut prices: Vec<Price> = Vec::new();
    let ended = |charge: &&Charge| date(&charge.valid_to).is_some_and(|end| end < today);
    for charge in service.charges.iter().filter(ended) {
        repairs.push(format!(
            "Cost: “{}” ended on {} and is left out.",
            charge.option, charge.valid_to
        ));
    }
    for charge in service.charges.iter().filter(|one| !ended(one)) {
        match price(charge, repairs) {
            Some(price) if prices.len() < 10 => prices.push(price),
            _ => repairs.push("Cost: a price that does not say how much is left out.".to_owned()),
        }
    }
    let low = fees.to_lowercase();
    let code = match () {
        () if prices.iter().any(|price| price.pence > 0) => topics::Cost::Paid,
        () if !prices.is_empty() => topics::Cost::Free,
        () if low.contains("pay what you can") => topics::Cost::PayWhatYouCan,
        () if low.contains("donation") => topics::Cost::Donation,
        () if is_free(&low) => topics::Cost::Free,
        () => topics::Cost::Paid,
    };
    if code == topics::Cost::Free {
        prices.clear();
    }
    let mut read_whole = false;
    if code == topics::Cost::Paid && prices.is_empty() {
        match amount_in(&low) {
            Some((pence, per)) => {
                read_whole = fees.chars().count() <= SHORT;
                repairs.push(format!("Cost: {} is read from “{fees}”.", pounds(pence)));
                prices.push(Price {
                    label: Line::parse("Full price").expect("two short words"),
                    pence,
                    per,
                });
            }
            None if fees.is_empty() => repairs.push("Cost: not stated.".to_owned()),
            None => repairs.push(
                "Cost: no price can be read from what is said of fees. It is kept as a note."
                    .to_owned(),
            ),
        }
    }
    let says_more = !fees.is_empty()
        && !read_whole
        && !["free", "free of charge", "donation"].contains(&low.trim_end_matches('.'));
    let note = says_more.then(|| plain::line(&fees)).flatten().map(|(line, _)| line);
    Cost { code, prices, note, concessions: None, help: None }
}

/// Words of this length that name an amount say nothing else: "£3 per session".
const SHORT: usize = 24;

fn price(charge: &Charge, repairs: &mut Vec<String>) -> Option<Price> {
    let pence = (charge.amount? * 100.0).round();
    let pence = (0.0..=f64::from(DEAREST)).contains(&pence).then_some(pence as u32)?;
    let per = per(&charge.per).unwrap_or_else(|| {
        if pence > 0 {
            let said = if charge.per.is_empty() { "nothing" } else { &charge.per };
            repairs.push(format!(
                "Cost: what {} is for says {said}: read as “a session”.",
                pounds(pence)
            ));
        }
        Per::Session
    });
    let label = plain::line(&charge.option).map(|(line, _)| line);
    Some(Price { label: label.or_else(|| Line::parse("Full price").ok())?, pence, per })
}

fn per(words: &str) -> Option<Per> {
    let words = words.to_lowercase();
    let any = |some: &[&str]| some.iter().any(|one| words.contains(one));
    match () {
        () if any(&["session", "class", "visit", "lesson", "workshop"]) => Some(Per::Session),
        () if any(&["course", "term", "block"]) => Some(Per::Course),
        () if any(&["month"]) => Some(Per::Month),
        () if any(&["year", "annual"]) => Some(Per::Year),
        () => None,
    }
}

fn is_free(fees: &str) -> bool {
    let words: Vec<&str> =
        fees.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let free = words.contains(&"free") || fees.contains("no charge") || fees.contains("no cost");
    free && !fees.contains('£') && !words.contains(&"not")
}

/// The one amount in pounds that is named, with what it is for.
fn amount_in(fees: &str) -> Option<(u32, Per)> {
    let (before, after) = fees.split_once('£')?;
    if after.contains('£') || before.contains("free") {
        return None;
    }
    let number: String = after.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let amount: f64 = number.trim_end_matches('.').parse().ok()?;
    let pence = (amount * 100.0).round();
    (0.0 < pence && pence <= f64::from(DEAREST))
        .then(|| (pence as u32, per(fees).unwrap_or(Per::Session)))
}
