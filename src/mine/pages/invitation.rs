//! An invitation to look after a provider. Opening it changes nothing, since mail programs open links too.
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use sqlx::PgPool;

use super::to;
use crate::{
    links::{Purpose, Secret},
    mine::{Invitation, people},
    submissions::pages::{Closed, OfLink},
    web::{Now, Path, View},
};

#[derive(Template)]
#[template(path = "mine/invitation.html")]
struct InvitationPage {
    name: String,
    invitation: Invitation,
    action: String,
}

pub async fn invitation(
    State(db): State<PgPool>,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
) -> Result<Response, Closed> {
    let secret = Secret::parse(&secret).ok_or(Closed::Unknown)?;
    let invited = people::invited(&db, &secret, now).await?;
    let (invitation, name) = invited.ok_or(Closed::Unknown)?;
    let action = Purpose::Invitation.path(&secret);
    Ok(View(InvitationPage { name, invitation, action }).into_response())
}

pub async fn accept(
    State(db): State<PgPool>,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
) -> Result<Response, Closed> {
    let secret = Secret::parse(&secret).ok_or(Closed::Unknown)?;
    let own = people::accept(&db, &secret, now).await?.ok_or(Closed::Unknown)?;
    Ok(to(&format!("{}?said=joined", Purpose::Mine.path(&own))))
}
