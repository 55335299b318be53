//! Joining, and a new private link for who has lost theirs. The answer never tells whether an address is known.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use sqlx::PgPool;

use crate::{
    forms::{Answers, Mistakes},
    limits::{self, Doer, Limit},
    link_workers::acts,
    text::Email,
    web::{Client, Now, Result, Typed, View, too_often},
};

const OF_NETWORK: Limit = Limit { thing: "link workers: network", times: 30, minutes: 60 };
const OF_EMAIL: Limit = Limit { thing: "link workers: email", times: 3, minutes: 60 };

#[derive(Template)]
#[template(path = "link_workers/join.html")]
struct JoinPage {
    typed: Answers,
    mistakes: Mistakes,
    sent: bool,
}

pub async fn form() -> Response {
    View(JoinPage { typed: Answers::default(), mistakes: Mistakes::default(), sent: false })
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
        mistakes.add("email", "Enter your email address, like name@example.org");
        let page = View(JoinPage { typed, mistakes, sent: false });
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    if !limits::store::allowed(&db, OF_NETWORK, Doer::of(&client.in_words()), now).await? {
        mistakes.add("email", "You have asked for this very often. Wait an hour, then ask again");
        let page = View(JoinPage { typed, mistakes, sent: false });
        return Ok(too_often(OF_NETWORK, page));
    }
    // Too often for one address is answered like all the rest: who asks need not be who reads it.
    if limits::store::allowed(&db, OF_EMAIL, Doer::of(email.as_str()), now).await? {
        acts::join(&db, email, now).await?;
    }
    Ok(View(JoinPage { typed, mistakes, sent: true }).into_response())
}
