//! The desk, page by page.
pub mod attendance;
pub mod batches;
pub mod bulk;
mod decision;
pub mod duplicates;
mod editing;
mod entry;
mod export;
mod history;
pub mod intake;
pub mod link_workers;
mod listings;
mod log;
mod offer;
pub mod partnerships;
pub mod past;
pub mod people;
mod provider;
mod queue;
pub mod reports;
pub mod resources;
mod review;
pub mod second_factor;
pub mod shown;
pub mod stories;
pub mod teams;
pub mod training;
pub mod words;

pub use decision::decide;
pub use editing::{edit_listing, edit_what_waits, publish, steps, throw_away};
pub use entry::{enter, entry};
pub use export::export;
pub use history::history;
pub use listings::listings;
pub use log::{file as log_file, log};
pub use offer::{act, offer};
pub use provider::{change_trust, provider};
pub use queue::{claim, let_go, queue};
pub use review::{REASONS, look, review};

use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;
use uuid::Uuid;

use super::{Filter, Item, Taken, store};
use crate::{
    accounts::pages::Signed,
    calendar::{civil_now, date_in_words, time_in_words},
    forms::{Answers, Mistakes},
    places::{Gss, Places},
    submissions::SubmissionId,
    web::Result,
};

/// What was done last, to say so on the next page.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct After {
    done: String,
}

/// One submission, as addresses name it.
#[derive(Deserialize)]
pub struct OfItem {
    id: SubmissionId,
}

/// What is said about an act that was not carried out, or about the one before.
#[derive(Default)]
pub struct Said {
    typed: Answers,
    mistakes: Mistakes,
    news: Option<String>,
    done: Option<&'static str>,
}

impl Said {
    /// What is to be put right in what was typed.
    fn wrong(typed: Answers, mistakes: Mistakes) -> Self {
        Self { typed, mistakes, ..Self::default() }
    }

    /// What was typed may still hold for what it is now.
    fn moved_on(typed: Answers) -> Self {
        let news = "Somebody else has changed it since you opened the page. Look at it as it is now, in another tab. \
                    Nothing you typed is lost: save it once more if it still holds.";
        Self { typed, news: Some(news.to_owned()), ..Self::default() }
    }
}

/// "Thursday 19 November 2026, 4:10pm".
pub fn moment(at: Timestamp) -> String {
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
        "settled" => "The report is settled.",
        "answered" => "The answer is on its way.",
        "again" => "The report waits again.",
        "thrown_away" => "The edits are thrown away. It is as it was sent.",
        "looked_at" => "Noted: somebody has looked at it.",
        _ => return None,
    })
}

/// What comes after this item in the queue, or at its end the first again; not what somebody else looks at.
fn following(
    mut waiting: Vec<Item>,
    after: Uuid,
    since: Timestamp,
    signed: &Signed,
) -> Option<Item> {
    let others = |one: &Item| one.claim.as_ref().is_some_and(|by| by.account != signed.account.id);
    let place = waiting.iter().position(|one| one.id == after);
    // One that was decided waits no more: it stood where it would stand by its age.
    let later = |one: &Item| !one.is_urgent() && (one.since, one.id) > (since, after);
    let at = place.map(|at| at + 1).or_else(|| waiting.iter().position(later)).unwrap_or(0);
    let before: Vec<Item> = waiting.drain(..at).collect();
    waiting.into_iter().chain(before).find(|one| one.id != after && !others(one))
}

/// On to what is next: what one has claimed oneself comes first.
async fn next(
    db: &PgPool,
    signed: &Signed,
    after: Uuid,
    done: &str,
    now: Timestamp,
) -> Result<Response> {
    let rights = &signed.account.rights;
    let waiting = store::waiting(db, &rights.scope(), Filter::default(), now).await?;
    let mine = |one: &&Item| one.claim.as_ref().is_some_and(|by| by.account == signed.account.id);
    let free = |one: &&Item| one.claim.is_none() && rights.may_decide(&one.boroughs);
    let others = || waiting.iter().filter(|one| one.id != after);
    let to = match others().find(mine).or_else(|| others().find(free)) {
        Some(next) => format!("{}?done={done}", next.address()),
        None => format!("/desk?done={done}"),
    };
    Ok(Redirect::to(&to).into_response())
}

/// Why something was not claimed, to say so on its page.
fn not_taken(taken: Taken) -> Option<String> {
    match taken {
        Taken::Yes => None,
        Taken::ByAnother => Some(
            "Somebody else has claimed it since you opened the page. Below you see who, and can take it over."
                .to_owned(),
        ),
        Taken::NotWaiting => {
            Some("Somebody has decided on it since you opened the page, so it cannot be claimed.".to_owned())
        }
    }
}

fn names(boroughs: &[Gss], places: &Places) -> String {
    let names = boroughs.iter().filter_map(|gss| places.borough(*gss));
    let names: Vec<&str> = names.map(|one| one.name.as_str()).collect();
    crate::text::series(&names)
}
