//! The shortlist as a page: its order, its title, a note to each offer, and what can be done with it.
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};

use super::Room;
use crate::{
    chosen::{Change, LONGEST_NOTE, LONGEST_TITLE, MOST, Shortlist},
    offers::{Shown, by_mail, by_text},
    shortlist::Entry,
    web::{Result, View},
};

#[derive(Template)]
#[template(path = "shortlist/list.html")]
struct ListPage<'a> {
    list: &'a Shortlist,
    entries: Vec<(&'a Entry, Option<Shown<'a>>)>,
    /// Somebody wanted to add one more than there can be.
    full: bool,
    /// Where this list is found again.
    address: String,
    letter: String,
    text_message: String,
}

impl ListPage<'_> {
    fn title(&self) -> &str {
        self.list.title.as_ref().map_or("Your shortlist", |title| title.as_str())
    }

    /// The sessions of all that run, as one file.
    fn calendar(&self) -> Option<String> {
        let there = self.entries.iter().filter(|(_, shown)| shown.is_some());
        let each: Vec<String> =
            there.map(|(one, _)| format!("offer={}", one.chosen.slug)).collect();
        (!each.is_empty()).then(|| format!("/calendar.ics?{}", each.join("&")))
    }
}

pub async fn list(mut room: Room) -> Result<Response> {
    let tidy = room.list.to_query();
    match &room.change {
        Some(Change::Made(slug)) => {
            return Ok(
                Redirect::to(&format!("/shortlist{}#{slug}", room.list.carried())).into_response()
            );
        }
        Some(Change::Full) => {
            return Ok(Redirect::to(&format!("/shortlist?{tidy}&full=1")).into_response());
        }
        None => {}
    }
    let full = room.says("full", "1");
    let said: Vec<_> = room.pairs.iter().filter(|(name, _)| name != "full").cloned().collect();
    if said != room.list.pairs() {
        return Ok(Redirect::to(&format!("/shortlist{}", room.list.carried())).into_response());
    }
    let entries = room.entries().await?;
    let entries: Vec<_> = entries.iter().map(|one| (one, room.shown(one))).collect();
    let passed_on = passed_on(&room, &entries);
    let page = ListPage {
        list: &room.list,
        full,
        address: format!("{}/shortlist{}", room.url, room.list.carried()),
        letter: by_mail("Things you could go to", &passed_on),
        text_message: by_text(&passed_on),
        entries,
    };
    Ok(View(page).into_response())
}

/// The offers in plain lines. Neither title nor notes are in it: they were written for oneself.
fn passed_on(room: &Room, entries: &[(&Entry, Option<Shown<'_>>)]) -> String {
    let mut parts: Vec<String> =
        entries.iter().filter_map(|(_, shown)| Some(shown.as_ref()?.in_lines())).collect();
    parts.push(format!("All of them: {}/shortlist{}", room.url, room.list.bare().carried()));
    parts.join("\n\n")
}
