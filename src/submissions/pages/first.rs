//! The first step: title, place and e-mail; a look for duplicates; and the private link.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use sqlx::PgPool;

use super::{
    Gazetteer, aside, drawing,
    drawn::{self, Placed},
};
use crate::{
    calendar::civil_now,
    forms::{Answers, Mistakes},
    limits::{self, Doer, Limit, TRAP},
    links::Purpose,
    places::Places,
    search::{Around, CardView, Catalogue},
    submissions::{
        begin,
        duplicates::{self, Sought},
        questions,
        reading::{self, FirstPlace},
    },
    text::{Line, Slug},
    web::{Client, Now, Result, Typed, View, too_often},
};

/// From one network: a group that meets in one room may all begin at once.
const OF_NETWORK: Limit = Limit { thing: "begin: network", times: 30, minutes: 60 };
/// Each one is a letter to that address.
pub const OF_EMAIL: Limit = Limit { thing: "begin: email", times: 5, minutes: 60 };

#[derive(Template)]
#[template(path = "submissions/first.html")]
struct FirstPage {
    fields: Vec<Placed>,
    mistakes: Mistakes,
    /// Why it is asked for once more, where nothing is wrong with what was typed.
    again: Option<&'static str>,
    stamp: String,
}

#[derive(Template)]
#[template(path = "submissions/duplicates.html")]
struct DuplicatesPage<'a> {
    cards: Vec<CardView<'a>>,
    typed: &'a Answers,
}

pub async fn first(
    State(db): State<PgPool>,
    State(places): State<Gazetteer>,
    Now(now): Now,
) -> Result<Response> {
    page(&db, &places, &Answers::default(), Mistakes::default(), now).await
}

pub async fn begin(
    State(db): State<PgPool>,
    State(places): State<Gazetteer>,
    State(catalogue): State<std::sync::Arc<Catalogue>>,
    client: Client,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    let mut mistakes = Mistakes::default();
    let begun = match reading::begin(&typed) {
        Ok(begun) => Some(begun),
        Err(wrong) => {
            mistakes = wrong;
            None
        }
    };
    if typed.stated(TRAP) {
        mistakes.add(TRAP, "Leave this box empty");
    }
    let Some(begun) = begun.filter(|_| mistakes.is_empty()) else {
        let page = page(&db, &places, &typed, mistakes, now).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let key = limits::store::stamp_key(&db).await?;
    if let Some(again) = key.age(typed.one("stamp"), now).again() {
        let page = once_more(&db, &places, &typed, again, now).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let network = Doer::of(&client.in_words());
    if !limits::store::allowed(&db, OF_NETWORK, network, now).await? {
        return very_often(&db, &places, &typed, OF_NETWORK, now).await;
    }
    if !typed.has("another", "yes") {
        let alike = first_alike(&catalogue, &places, &begun.title, &begun.place, now).await?;
        if !alike.is_empty() {
            let today = civil_now(now).date();
            let around = Around { places: &places, today, near: None, list: None };
            let alike = catalogue.hits(&alike, civil_now(now));
            let cards = alike.iter().map(|hit| CardView::hit(hit, around)).collect();
            return Ok(View(DuplicatesPage { cards, typed: &typed }).into_response());
        }
    }
    if !limits::store::allowed(&db, OF_EMAIL, Doer::of(begun.email.as_str()), now).await? {
        return very_often(&db, &places, &typed, OF_EMAIL, now).await;
    }
    let words = [begun.title.as_str(), begun.place.as_str(), begun.email.as_str()];
    let id = key.id_of(typed.one("stamp"), &words);
    let secret = begin::draft(&db, &begun, id, now).await?;
    Ok(Redirect::to(&format!("{}/keep", Purpose::Draft.path(&secret))).into_response())
}

/// Published offers that may be the one that is begun with this title, at this place.
pub async fn first_alike(
    catalogue: &std::sync::Arc<Catalogue>,
    places: &Gazetteer,
    title: &Line<100>,
    place: &FirstPlace,
    now: Timestamp,
) -> Result<Vec<Slug>> {
    let (catalogue, places) = (catalogue.clone(), places.clone());
    let (title, place) = (title.clone(), place.clone());
    let look = move || {
        let near = match &place {
            FirstPlace::Postcode(code) => places.find(code.as_str()),
            FirstPlace::Online => None,
        };
        let sought = Sought { title: title.as_str(), provider: None, venue: None, near, own: None };
        duplicates::alike(&catalogue, &sought, civil_now(now))
    };
    aside(look).await
}

/// Title and place, as they are asked first, for who is known already.
pub fn first_fields(typed: &Answers, mistakes: &Mistakes, places: &Places) -> Vec<Placed> {
    let drawing = drawn::Drawing { answers: typed, mistakes, asked: &[], places, more: "" };
    drawing::all(questions::FIRST.iter().filter(|one| one.name != "email"), drawing)
}

async fn very_often(
    db: &PgPool,
    places: &Gazetteer,
    typed: &Answers,
    limit: Limit,
    now: Timestamp,
) -> Result<Response> {
    let again = "You have started this very often in the last hour. Wait an hour, then send it again. \
                 If you have had a private link from us, use that one.";
    let page = once_more(db, places, typed, again, now).await?;
    Ok(too_often(limit, page))
}

async fn page(
    db: &PgPool,
    places: &Gazetteer,
    typed: &Answers,
    mistakes: Mistakes,
    now: Timestamp,
) -> Result<Response> {
    shown(db, places, typed, mistakes, None, now).await
}

async fn once_more(
    db: &PgPool,
    places: &Gazetteer,
    typed: &Answers,
    again: &'static str,
    now: Timestamp,
) -> Result<Response> {
    shown(db, places, typed, Mistakes::default(), Some(again), now).await
}

async fn shown(
    db: &PgPool,
    places: &Gazetteer,
    typed: &Answers,
    mistakes: Mistakes,
    again: Option<&'static str>,
    now: Timestamp,
) -> Result<Response> {
    let key = limits::store::stamp_key(db).await?;
    let stamp = key.kept(typed.one("stamp"), now);
    let drawing =
        drawn::Drawing { answers: typed, mistakes: &mistakes, asked: &[], places, more: "" };
    let fields = drawing::all(questions::FIRST, drawing);
    Ok(View(FirstPage { fields, mistakes, again, stamp }).into_response())
}
