//! The desk, page by page.
pub mod batches;
mod decision;
mod export;
mod history;
pub mod intake;
mod listings;
mod log;
mod offer;
pub mod people;
mod queue;
mod review;

pub use decision::decide;
pub use export::export;
pub use history::history;
pub use listings::listings;
pub use log::log;
pub use offer::{act, offer};
pub use queue::{claim, let_go, queue};
pub use review::{REASONS, review};

use jiff::Timestamp;

use super::Item;
use crate::{
    accounts::pages::Signed,
    calendar::{civil_now, date_in_words, time_in_words},
    places::{Gss, Places},
};

/// "Thursday 19 November 2026, 4:10pm".
fn moment(at: Timestamp) -> String {
    let at = civil_now(at);
    format!("{}, {}", date_in_words(at.date()), time_in_words(at.time()))
}

/// "1 day", "3 days"; `None` where it came today.
fn waiting_for(item: &Item, now: Timestamp) -> Option<String> {
    match (civil_now(now).date() - civil_now(item.since).date()).get_days() {
        ..=0 => None,
        1 => Some("1 day".to_owned()),
        days => Some(format!("{days} days")),
    }
}

/// What became of the decision before, as addresses name it.
fn done(decision: &str) -> Option<&'static str> {
    Some(match decision {
        "published" => "It is published.",
        "asked" => "It is back with the provider, with your words.",
        "refused" => "It is refused. An email says why.",
        _ => return None,
    })
}

/// What comes after this item in the queue, or at its end the first again; not what somebody else looks at.
fn following(mut waiting: Vec<Item>, item: &Item, signed: &Signed) -> Option<Item> {
    let others = |one: &Item| one.claim.as_ref().is_some_and(|by| by.account != signed.account.id);
    waiting.retain(|one| one.id != item.id && !others(one));
    let after = |one: &Item| (one.since, one.id) > (item.since, item.id);
    let at = waiting.iter().position(after).unwrap_or(0);
    (at < waiting.len()).then(|| waiting.swap_remove(at))
}

fn names(boroughs: &[Gss], places: &Places) -> String {
    let names = boroughs.iter().filter_map(|gss| places.borough(*gss));
    let names: Vec<&str> = names.map(|one| one.name.as_str()).collect();
    crate::text::series(&names)
}
