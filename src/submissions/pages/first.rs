//! The first step: title, place and e-mail; a look for duplicates; and the private link.
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use sqlx::PgPool;

use super::{
    Gazetteer, drawing,
    drawn::{self, Placed},
    to_put_right,
};
use crate::{
    calendar::civil_now,
    forms::{Answers, Mistakes},
    limits::{self, Age, Doer, Limit},
    links::Purpose,
    search::{Around, CardView, Catalogue, Hit},
    submissions::{
        begin::{self, Asked, FirstPlace},
        duplicates::{self, Sought},
        questions,
    },
    web::{Client, Error, Now, Result, Typed, View},
};

/// From one network: a group that meets in one room may all begin at once.
const OF_NETWORK: Limit = Limit { thing: "begin: network", times: 30, minutes: 60 };
/// Each one is a letter to that address.
pub const OF_EMAIL: Limit = Limit { thing: "begin: e-mail", times: 5, minutes: 60 };

/// What no person fills in, since no person sees it.
const TRAP: &str = "website";

#[derive(Template)]
#[template(path = "submissions/first.html")]
struct FirstPage {
    fields: Vec<Placed>,
    mistakes: Mistakes,
    /// Why it is asked for once more, where nothing is wrong with what was typed.
    again: Option<&'static str>,
    stamp: String,
}

impl FirstPage {
    fn heading(&self) -> String {
        to_put_right(&self.mistakes)
    }
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
    let asked = match questions::begin(&typed) {
        Ok(asked) => Some(asked),
        Err(wrong) => {
            mistakes = wrong;
            None
        }
    };
    if typed.stated(TRAP) {
        mistakes.add(TRAP, "Leave this box empty");
    }
    let Some(asked) = asked.filter(|_| mistakes.is_empty()) else {
        let page = page(&db, &places, &typed, mistakes, now).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let key = limits::store::stamp_key(&db).await?;
    let again = match key.age(typed.one("stamp"), now) {
        Age::Sound => None,
        Age::TooYoung => Some("That was very fast. Look it over, then send it again."),
        Age::TooOld | Age::Forged => {
            Some("This page was open for a long time. Look it over, then send it again.")
        }
    };
    if let Some(again) = again {
        let page = once_more(&db, &places, &typed, again, now).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let network = Doer::of(&client.in_words());
    if !limits::store::allowed(&db, OF_NETWORK, network, now).await? {
        return too_often(&db, &places, &typed, now).await;
    }
    if !typed.has("another", "yes") {
        let alike = alike(&catalogue, &places, &asked, now).await?;
        if !alike.is_empty() {
            let today = civil_now(now).date();
            let around = Around { places: &places, today, near: None };
            let cards = alike.iter().map(|hit| CardView::hit(hit, around)).collect();
            return Ok(View(DuplicatesPage { cards, typed: &typed }).into_response());
        }
    }
    if !limits::store::allowed(&db, OF_EMAIL, Doer::of(asked.email.as_str()), now).await? {
        return too_often(&db, &places, &typed, now).await;
    }
    let words = [asked.title.as_str(), asked.place.as_str(), asked.email.as_str()];
    let id = key.id_of(typed.one("stamp"), &words);
    let secret = begin::draft(&db, &asked, id, now).await?;
    Ok(Redirect::to(&format!("{}/keep", Purpose::Draft.path(&secret))).into_response())
}

/// Off the threads that answer: with very many offers it takes a while.
async fn alike(
    catalogue: &std::sync::Arc<Catalogue>,
    places: &Gazetteer,
    asked: &Asked,
    now: Timestamp,
) -> Result<Vec<Hit>> {
    let (catalogue, places, asked) = (catalogue.clone(), places.clone(), asked.clone());
    let look = move || {
        let near = match &asked.place {
            FirstPlace::Postcode(code) => places.find(code.as_str()),
            FirstPlace::Online => None,
        };
        let sought = Sought { title: asked.title.as_str(), provider: None, venue: None, near };
        duplicates::alike(&catalogue, &sought, civil_now(now))
    };
    tokio::task::spawn_blocking(look).await.map_err(|stopped| Error::Internal(stopped.into()))
}

async fn too_often(
    db: &PgPool,
    places: &Gazetteer,
    typed: &Answers,
    now: Timestamp,
) -> Result<Response> {
    let again = "You have started this very often in the last hour. Wait an hour, then send it again. \
                 If you have had a private link from us, use that one.";
    let page = once_more(db, places, typed, again, now).await?;
    let later = [(header::RETRY_AFTER, HeaderValue::from_static("3600"))];
    Ok((StatusCode::TOO_MANY_REQUESTS, later, page).into_response())
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

/// A stamp that is still good stays, so that who was too fast need not wait again.
async fn shown(
    db: &PgPool,
    places: &Gazetteer,
    typed: &Answers,
    mistakes: Mistakes,
    again: Option<&'static str>,
    now: Timestamp,
) -> Result<Response> {
    let key = limits::store::stamp_key(db).await?;
    let stamp = match key.age(typed.one("stamp"), now) {
        Age::Sound | Age::TooYoung => typed.one("stamp").to_owned(),
        Age::TooOld | Age::Forged => key.stamp(now),
    };
    let around =
        drawn::Around { answers: typed, mistakes: &mistakes, asked: &[], places, more: "" };
    let fields = drawing::all(questions::FIRST, around);
    Ok(View(FirstPage { fields, mistakes, again, stamp }).into_response())
}
