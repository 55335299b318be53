//! The desk, page by page.
mod decision;
mod history;
mod listings;
mod log;
mod offer;
mod queue;
mod review;

pub use decision::decide;
pub use history::history;
pub use listings::listings;
pub use log::log;
pub use offer::{act, offer};
pub use queue::{claim, let_go, queue};
pub use review::{REASONS, review};

use jiff::Timestamp;

use super::Item;
use crate::{
    calendar::{civil_now, date_in_words, time_in_words},
    places::{Gss, Places},
};

/// "Thursday 19 November 2026, 4:10pm".
fn moment(at: Timestamp) -> String {
    let at = civil_now(at);
    format!("{}, {}", date_in_words(at.date()), time_in_words(at.time()))
}

/// "today", "1 day", "3 days".
fn waiting_for(item: &Item, now: Timestamp) -> String {
    match (civil_now(now).date() - civil_now(item.since).date()).get_days() {
        ..=0 => "today".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

fn names(boroughs: &[Gss], places: &Places) -> String {
    let names = boroughs.iter().filter_map(|gss| places.borough(*gss));
    let names: Vec<&str> = names.map(|one| one.name.as_str()).collect();
    crate::text::series(&names)
}
