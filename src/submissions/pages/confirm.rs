//! That an e-mail address is theirs. Opening the link changes nothing, since mail programs open links too.
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use sqlx::PgPool;

use super::{Closed, OfLink};
use crate::{
    links::{self, Purpose, Secret},
    submissions::{send, store},
    web::{Now, Path, View},
};

#[derive(Template)]
#[template(path = "submissions/confirm.html")]
struct ConfirmPage {
    title: String,
    action: String,
}

pub async fn ask_to_confirm(
    State(db): State<PgPool>,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
) -> Result<Response, Closed> {
    let secret = Secret::parse(&secret).ok_or(Closed::Unknown)?;
    let link = links::store::opened(&db, &secret, Purpose::Confirm, now).await?;
    let id = link.and_then(|link| link.subject).ok_or(Closed::Unknown)?;
    let submission = store::found(&db, id).await?.ok_or(Closed::Unknown)?;
    let title = super::title(&submission);
    Ok(View(ConfirmPage { title, action: Purpose::Confirm.path(&secret) }).into_response())
}

pub async fn confirm(
    State(db): State<PgPool>,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
) -> Result<Response, Closed> {
    let secret = Secret::parse(&secret).ok_or(Closed::Unknown)?;
    let confirmed = send::confirm(&db, &secret, now).await?.ok_or(Closed::Unknown)?;
    let home = Purpose::Draft.path(&confirmed.secret);
    let to = if confirmed.stale { format!("{home}/check") } else { home };
    Ok(Redirect::to(&to).into_response())
}
