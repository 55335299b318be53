//! Asking for the second factor, after the mailed link.
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::cookies::Cookie;
use crate::{
    accounts::{
        LONGEST,
        signing_in::{self, Proved},
    },
    config::PublicUrl,
    forms::Mistakes,
    limits::{self, Doer, Limit},
    web::{Now, Query, Result, Typed, View, too_often},
};

/// A million codes, three good at a time: who guesses needs years.
pub const OF_ACCOUNT: Limit = Limit { thing: "second factor: account", times: 10, minutes: 60 };

#[derive(Template)]
#[template(path = "desk/code.html")]
struct CodePage {
    to: String,
    mistakes: Mistakes,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    to: String,
}

pub async fn form(
    State(db): State<PgPool>,
    State(url): State<PublicUrl>,
    headers: HeaderMap,
    Now(now): Now,
    Query(Asked { to }): Query<Asked>,
) -> Result<Response> {
    let half = Cookie::half(&url).of(&headers);
    if signing_in::half(&db, half.as_ref(), now).await?.is_none() {
        return Ok(Redirect::to("/desk/sign-in").into_response());
    }
    Ok(View(CodePage { to, mistakes: Mistakes::default() }).into_response())
}

pub async fn enter(
    State(db): State<PgPool>,
    State(url): State<PublicUrl>,
    headers: HeaderMap,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    let half = Cookie::half(&url).of(&headers);
    let Some((account, _)) = signing_in::half(&db, half.as_ref(), now).await? else {
        return Ok(Redirect::to("/desk/sign-in").into_response());
    };
    let mut page = CodePage { to: typed.one("to").to_owned(), mistakes: Mistakes::default() };
    if !limits::store::allowed(&db, OF_ACCOUNT, Doer::of(&account.to_string()), now).await? {
        page.mistakes.add("code", "This was tried very often. Wait an hour, then try again");
        return Ok(too_often(OF_ACCOUNT, View(page)));
    }
    let before = Cookie::session(&url).of(&headers);
    let cookies = (half.as_ref(), before.as_ref());
    Ok(match signing_in::prove(&db, cookies, typed.one("code"), now).await? {
        Proved::Yes(session) => {
            let cookies = AppendHeaders([
                (header::SET_COOKIE, Cookie::session(&url).set(&session, LONGEST)),
                (header::SET_COOKIE, Cookie::half(&url).forget()),
            ]);
            (cookies, Redirect::to(signing_in::inside(&page.to))).into_response()
        }
        Proved::Wrong => {
            page.mistakes.add(
                "code",
                "That code is not right, or was used before. Type the one that the app shows now",
            );
            (StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response()
        }
        Proved::Gone => Redirect::to("/desk/sign-in").into_response(),
    })
}
