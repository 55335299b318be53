//! A few offers of the shortlist side by side.
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::Room;
use crate::{
    chosen::Shortlist,
    offers::Shown,
    places::Place,
    search::Value,
    shortlist::{
        Entry,
        compare::{MOST, Row, rows},
    },
    web::{Result, View},
};

#[derive(Template)]
#[template(path = "shortlist/compare.html")]
struct ComparePage<'a> {
    list: &'a Shortlist,
    /// What there is to choose from, and what was chosen.
    choices: Vec<(&'a Entry, bool)>,
    offers: Vec<Shown<'a>>,
    rows: Vec<Row>,
    /// As typed.
    near: &'a str,
    near_wrong: Option<String>,
    picks_wrong: Option<String>,
    /// How many of the list cannot be compared any more.
    gone: usize,
}

impl ComparePage<'_> {
    fn differ(&self) -> usize {
        self.rows.iter().filter(|row| row.differs()).count()
    }
}

pub async fn compare(mut room: Room) -> Result<Response> {
    let entries = room.entries().await?;
    let (there, gone): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| entry.listed().is_some());
    let picked: Vec<&Entry> =
        there.iter().copied().filter(|one| room.says("pick", one.chosen.slug.as_str())).collect();
    let picks_wrong = (picked.len() > MOST).then(|| {
        format!(
            "You chose {} offers. Choose {MOST} or fewer to see them side by side.",
            picked.len()
        )
    });
    let side_by_side: Vec<&Entry> = match (&picks_wrong, picked.is_empty()) {
        (Some(_), _) => Vec::new(),
        (None, true) => there.iter().copied().take(MOST).collect(),
        (None, false) => picked.clone(),
    };
    let near = room.all("near").map(str::trim).find(|typed| !typed.is_empty()).unwrap_or_default();
    let place: Option<Place> = room.places.find(near).filter(|_| !near.is_empty());
    let near_wrong = match (near.is_empty(), &place) {
        (false, None) => Value::read("near", near, &room.places, room.now.date()).err(),
        _ => None,
    };
    let chosen = if picked.is_empty() { &side_by_side } else { &picked };
    let is_chosen = |entry: &&Entry| chosen.iter().any(|one| one.chosen.slug == entry.chosen.slug);
    let choices = there.iter().map(|entry| (*entry, is_chosen(entry))).collect();
    let offers: Vec<Shown<'_>> = side_by_side.iter().filter_map(|one| room.shown(one)).collect();
    let rows = rows(&offers, place.as_ref());
    let wrong = picks_wrong.is_some() || near_wrong.is_some();
    let gone = gone.len();
    let page = ComparePage {
        list: &room.list,
        choices,
        offers,
        rows,
        near,
        near_wrong,
        picks_wrong,
        gone,
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, View(page)).into_response())
}
