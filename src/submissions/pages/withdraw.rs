//! Giving up what was begun, from its page.
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use sqlx::PgPool;

use super::Opened;
use crate::{
    submissions::withdraw,
    web::{Now, Result},
};

/// Where it can no longer be given up, its page says how it stands.
pub async fn withdraw(State(db): State<PgPool>, Now(now): Now, opened: Opened) -> Result<Response> {
    withdraw::withdraw(&db, opened.submission.id, now).await?;
    Ok(Redirect::to(&opened.to("")).into_response())
}
