//! An offer of the borough's own: its first words, and a look whether it is there already.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use sqlx::PgPool;

use crate::{
    accounts::pages::Signed,
    calendar::civil_now,
    desk::{
        editing::{self, Entry, Runs},
        providers::store,
    },
    forms::{Answers, Mistakes},
    places::Places,
    providers::ProviderId,
    search::{Around, CardView, Catalogue},
    submissions::{
        SubmissionId,
        pages::{Placed, first_alike, first_fields},
        reading::title_and_place,
        store::edits,
    },
    text::Line,
    web::{Error, Now, Result, Typed, View},
};

#[derive(Template)]
#[template(path = "desk/entry.html")]
struct EntryPage {
    signed: Signed,
    id: SubmissionId,
    fields: Vec<Placed>,
    providers: Vec<(ProviderId, String)>,
    /// What this account has begun before.
    begun: Vec<(SubmissionId, String)>,
    typed: Answers,
    mistakes: Mistakes,
}

#[derive(Template)]
#[template(path = "desk/alike.html")]
struct AlikePage<'a> {
    signed: Signed,
    cards: Vec<CardView<'a>>,
    typed: &'a Answers,
}

pub async fn entry(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
) -> Result<Response> {
    page(&db, &places, signed, Answers::default(), Mistakes::default()).await
}

pub async fn enter(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(catalogue): State<Arc<Catalogue>>,
    signed: Signed,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    let scope = signed.account.rights.manages().ok_or(Error::Forbidden)?;
    let choices = store::choices(&db, &scope).await?;
    let new = match read(&typed, &choices) {
        Ok(new) => new,
        Err(mistakes) => {
            let page = page(&db, &places, signed, typed, mistakes).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if !typed.has("another", "yes") {
        let alike = first_alike(&catalogue, &places, &new.title, &new.place, now).await?;
        if !alike.is_empty() {
            let around =
                Around { places: &places, today: civil_now(now).date(), near: None, list: None };
            let alike = catalogue.hits(&alike, civil_now(now));
            let cards = alike.iter().map(|hit| CardView::hit(hit, around)).collect();
            return Ok(View(AlikePage { signed, cards, typed: &typed }).into_response());
        }
    }
    let id = editing::entry(&db, signed.account.id, &new, &places, now).await?;
    let id = id.ok_or(Error::NotFound)?;
    Ok(Redirect::to(&format!("/desk/edits/{id}")).into_response())
}

fn read(typed: &Answers, choices: &[(ProviderId, String)]) -> Result<Entry, Mistakes> {
    let mut mistakes = Mistakes::default();
    let (title, place) = title_and_place(typed, &mut mistakes);
    let provider = match (typed.one("provider"), Line::parse(typed.one("provider_name"))) {
        ("", Ok(name)) => Some(Runs::New(name)),
        ("", Err(_)) if typed.stated("provider_name") => {
            mistakes.add("provider_name", "Make the name 120 characters or fewer");
            None
        }
        ("", Err(_)) => {
            mistakes.add("provider", "Choose who runs it, or write a new name below");
            None
        }
        (_, _) if typed.stated("provider_name") => {
            let message = "Choose who runs it, or write a new name: not both";
            mistakes.add("provider_name", message);
            None
        }
        (chosen, _) => {
            let known = choices.iter().find(|(id, _)| id.to_string() == chosen);
            if known.is_none() {
                mistakes.add("provider", "Choose who runs it from the list");
            }
            known.map(|(id, _)| Runs::Known(*id))
        }
    };
    let id = typed.one("id").parse().unwrap_or_else(|_| SubmissionId::now_v7());
    match (title, place, provider) {
        (Some(title), Some(place), Some(provider)) if mistakes.is_empty() => {
            Ok(Entry { id, title, place, provider })
        }
        _ => Err(mistakes),
    }
}

async fn page(
    db: &PgPool,
    places: &Places,
    signed: Signed,
    typed: Answers,
    mistakes: Mistakes,
) -> Result<Response> {
    let scope = signed.account.rights.manages().ok_or(Error::Forbidden)?;
    let page = EntryPage {
        id: typed.one("id").parse().unwrap_or_else(|_| SubmissionId::now_v7()),
        fields: first_fields(&typed, &mistakes, places),
        providers: store::choices(db, &scope).await?,
        begun: edits::begun(db, signed.account.id).await?,
        signed,
        typed,
        mistakes,
    };
    Ok(View(page).into_response())
}
