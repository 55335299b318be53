//! A new private link for whoever has lost theirs. The answer never tells whether an address is known.
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sqlx::PgPool;

use crate::{
    forms::{Answers, Mistakes},
    limits::{self, Doer, Limit},
    mail,
    mine::{letters, store},
    submissions::pages::to_put_right,
    text::Email,
    web::{Client, Now, Result, Typed, View},
};

const OF_NETWORK: Limit = Limit { thing: "links: network", times: 30, minutes: 60 };
const OF_EMAIL: Limit = Limit { thing: "links: e-mail", times: 3, minutes: 60 };

#[derive(Template)]
#[template(path = "mine/ask.html")]
struct AskPage {
    typed: Answers,
    mistakes: Mistakes,
    sent: bool,
}

impl AskPage {
    fn heading(&self) -> String {
        to_put_right(&self.mistakes)
    }
}

pub async fn ask() -> Response {
    View(AskPage { typed: Answers::default(), mistakes: Mistakes::default(), sent: false })
        .into_response()
}

pub async fn mail_link(
    State(db): State<PgPool>,
    client: Client,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    let mut mistakes = Mistakes::default();
    let Ok(email) = Email::of_person(typed.one("email")) else {
        mistakes.add("email", "Enter an e-mail address, like name@example.org");
        let page = View(AskPage { typed, mistakes, sent: false });
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    if !limits::store::allowed(&db, OF_NETWORK, Doer::of(&client.in_words()), now).await? {
        mistakes.add("email", "You have asked for this very often. Wait an hour, then ask again");
        let later = [(header::RETRY_AFTER, HeaderValue::from_static("3600"))];
        let page = View(AskPage { typed, mistakes, sent: false });
        return Ok((StatusCode::TOO_MANY_REQUESTS, later, page).into_response());
    }
    // Too often for one address is answered like all the rest: who asks need not be who reads it.
    if limits::store::allowed(&db, OF_EMAIL, Doer::of(email.as_str()), now).await?
        && store::is_known(&db, &email).await?
    {
        mail::store::put(&db, &letters::mine(email), now).await?;
    }
    Ok(View(AskPage { typed, mistakes, sent: true }).into_response())
}
