//! How to reach somebody who tells only professionals: asked for here, answered by a mailed link.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use sqlx::PgPool;

use super::OfLinkWorker;
use crate::{
    forms::{Answers, Mistakes},
    limits::{self, Doer, Limit},
    link_workers::{Card, acts, is_of_professional, store},
    places::Places,
    text::Email,
    web::{Client, Error, Now, Path, Result, Typed, View, too_often},
};

const OF_NETWORK: Limit = Limit { thing: "reach: network", times: 60, minutes: 60 };
const OF_EMAIL: Limit = Limit { thing: "reach: email", times: 20, minutes: 60 };

#[derive(Template)]
#[template(path = "link_workers/contact.html")]
struct ContactPage {
    card: Card,
    typed: Answers,
    mistakes: Mistakes,
    sent: bool,
}

pub async fn form(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    Path(of): Path<OfLinkWorker>,
) -> Result<Response> {
    let card = found(&db, &places, of).await?;
    let (typed, mistakes) = (Answers::default(), Mistakes::default());
    Ok(View(ContactPage { card, typed, mistakes, sent: false }).into_response())
}

pub async fn ask(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    client: Client,
    Now(now): Now,
    Path(of): Path<OfLinkWorker>,
    Typed(typed): Typed,
) -> Result<Response> {
    let card = found(&db, &places, of).await?;
    let mut mistakes = Mistakes::default();
    let email = match Email::of_person(typed.one("email")) {
        Ok(email) if is_of_professional(&email) => Some(email),
        Ok(_) => {
            mistakes.add(
                "email",
                "Enter your work email address. It must end in nhs.net, nhs.uk or gov.uk",
            );
            None
        }
        Err(_) => {
            mistakes.add("email", "Enter your work email address, like name@nhs.net");
            None
        }
    };
    let Some(email) = email else {
        let page = View(ContactPage { card, typed, mistakes, sent: false });
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    if !limits::store::allowed(&db, OF_NETWORK, Doer::of(&client.in_words()), now).await? {
        mistakes.add("email", "You have asked for this very often. Wait an hour, then ask again");
        let page = View(ContactPage { card, typed, mistakes, sent: false });
        return Ok(too_often(OF_NETWORK, page));
    }
    // Too often for one address is answered like all the rest: who asks need not be who reads it.
    if limits::store::allowed(&db, OF_EMAIL, Doer::of(email.as_str()), now).await? {
        acts::ask(&db, card.id, email, now).await?;
    }
    Ok(View(ContactPage { card, typed, mistakes, sent: true }).into_response())
}

/// Somebody who is listed and keeps something back.
async fn found(db: &PgPool, places: &Places, of: OfLinkWorker) -> Result<Card> {
    let found = store::listed(&mut *db.acquire().await?, of.id).await?.filter(|one| one.keeps_back);
    Ok(found.ok_or(Error::NotFound)?.card(places))
}
