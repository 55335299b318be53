//! The way out: opening it changes nothing, since mail programs open links too; its one button erases everything.
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use sqlx::PgPool;

use super::link::{Closed, Own};
use crate::{
    link_workers::acts::{self, Done},
    pictures::Pictures,
    web::{Now, View},
};

#[derive(Template)]
#[template(path = "link_workers/withdrawal.html")]
struct WithdrawalPage {
    to: String,
}

#[derive(Template)]
#[template(path = "link_workers/withdrawn.html")]
struct WithdrawnPage;

pub async fn form(own: Own) -> Response {
    View(WithdrawalPage { to: own.to("withdrawal") }).into_response()
}

pub async fn withdraw(
    State(db): State<PgPool>,
    State(pictures): State<Pictures>,
    Now(now): Now,
    own: Own,
) -> Result<Response, Closed> {
    match acts::withdraw(&db, &pictures, own.one.known().id, now).await? {
        Done::Gone | Done::Done => Ok(View(WithdrawnPage).into_response()),
        Done::MovedOn | Done::Empty => Err(Closed::Unknown),
    }
}
