//! The hand-out as a page to print, and as a PDF.
use askama::Template;
use axum::{
    http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    response::{IntoResponse, Redirect, Response},
};

use super::Room;
use crate::{
    chosen::Shortlist,
    offers::OfferId,
    pdf::POLICY,
    shortlist::{Entry, Print, Sheet, pdf, store},
    web::{Error, Result, View},
};

#[derive(Template)]
#[template(path = "shortlist/handout.html")]
struct HandoutPage<'a> {
    list: &'a Shortlist,
    sheets: Vec<Sheet>,
    print: Print,
    /// How many of the list are left out, since they do not run now.
    gone: usize,
}

impl HandoutPage<'_> {
    fn title(&self) -> String {
        title(self.list, &self.sheets)
    }
}

pub async fn handout(mut room: Room) -> Result<Response> {
    let entries = room.entries().await?;
    let sheets = sheets(&room, &entries).await?;
    let gone = entries.len() - sheets.len();
    Ok(View(HandoutPage { list: &room.list, gone, print: print(&room), sheets }).into_response())
}

pub async fn handout_pdf(mut room: Room) -> Result<Response> {
    let entries = room.entries().await?;
    let sheets = sheets(&room, &entries).await?;
    if sheets.is_empty() {
        return Ok(Redirect::to(&format!("/handout{}", room.list.carried())).into_response());
    }
    let (title, print, now) = (title(&room.list, &sheets), print(&room), room.now);
    let name = match (&sheets[..], entries.iter().find(|one| one.listed().is_some())) {
        ([_], Some(only)) => only.chosen.slug.to_string(),
        _ => "shortlist".to_owned(),
    };
    // Twenty sheets take a while, and others wait for the same thread.
    let drawn = tokio::task::spawn_blocking(move || pdf(&title, &sheets, print, now));
    let bytes = drawn.await.map_err(|cause| Error::Internal(cause.into()))?;
    let bytes = bytes.map_err(Error::Internal)?;
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (CONTENT_DISPOSITION, format!("inline; filename=\"{name}.pdf\"")),
        (CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// Those that run, in the order of the list.
async fn sheets(room: &Room, entries: &[Entry]) -> Result<Vec<Sheet>> {
    let listed = entries.iter().filter_map(Entry::listed);
    let ids: Vec<OfferId> = listed.map(|listed| listed.offer.id).collect();
    let numbers = store::numbers(&room.db, &ids).await?;
    let sheet = |entry: &Entry| {
        let shown = room.shown(entry)?;
        let number = numbers.get(&shown.listed.offer.id).copied();
        Some(Sheet::of(&shown, &room.list, &entry.chosen, number))
    };
    Ok(entries.iter().filter_map(sheet).collect())
}

fn title(list: &Shortlist, sheets: &[Sheet]) -> String {
    match (&list.title, sheets) {
        (Some(title), _) => title.to_string(),
        (None, [only]) => only.title.clone(),
        _ => "Things you could go to".to_owned(),
    }
}

fn print(room: &Room) -> Print {
    if room.says("print", "big") { Print::Big } else { Print::Large }
}
