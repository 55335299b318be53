//! Where somebody is signed in, and signing out.
use askama::Template;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;

use super::{Signed, cookies::Cookie};
use crate::{
    accounts::{
        Session,
        store::{self, Which},
    },
    calendar::{civil_now, date_in_words, time_in_words},
    config::PublicUrl,
    web::{Error, Now, Path, Result, View},
};

#[derive(Template)]
#[template(path = "desk/sessions.html")]
struct SessionsPage {
    signed: Signed,
    sessions: Vec<Session>,
}

impl SessionsPage {
    fn moment(&self, at: &Timestamp) -> String {
        let at = civil_now(*at);
        format!("{}, {}", date_in_words(at.date()), time_in_words(at.time()))
    }
}

pub async fn list(State(db): State<PgPool>, signed: Signed, Now(now): Now) -> Result<Response> {
    let sessions = store::sessions(&db, signed.account.id, now).await?;
    Ok(View(SessionsPage { signed, sessions }).into_response())
}

#[derive(Deserialize)]
pub struct OfSession {
    which: String,
}

pub async fn end(
    State(db): State<PgPool>,
    signed: Signed,
    Now(now): Now,
    Path(OfSession { which }): Path<OfSession>,
) -> Result<Response> {
    let which = match which.as_str() {
        "others" => Which::AllBut(signed.session),
        id => Which::One(id.parse().map_err(|_| Error::NotFound)?),
    };
    ended(&db, &signed, which, "session_ended", now).await?;
    Ok(Redirect::to("/desk/sessions").into_response())
}

pub async fn sign_out(
    State(db): State<PgPool>,
    State(url): State<PublicUrl>,
    signed: Signed,
    Now(now): Now,
) -> Result<Response> {
    ended(&db, &signed, Which::One(signed.session), "signed_out", now).await?;
    let forget = [(header::SET_COOKIE, Cookie::session(&url).forget())];
    Ok((forget, Redirect::to("/desk/sign-in")).into_response())
}

/// Ends sessions of one's own, and writes it into the log.
async fn ended(
    db: &PgPool,
    signed: &Signed,
    which: Which,
    act: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    let account = &signed.account;
    let mut tx = db.begin().await?;
    store::end_sessions(&mut *tx, account.id, which, now).await?;
    store::log(&mut *tx, (Some(account.id), &account.name), act, None, None, now).await?;
    tx.commit().await
}
