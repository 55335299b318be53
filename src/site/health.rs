//! Whether the program lives, and whether visitors may be sent to it.
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    Json,
    extract::{Request, State},
    response::IntoResponse,
};
use serde_json::json;
use sqlx::PgPool;

use crate::{
    database::store,
    web::{Error, Result},
};

const LOADING: &str = "The directory is being opened. Try again in a few seconds.";

/// Whether the catalogue has been loaded. Clones are the same flag.
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<AtomicBool>);

impl Readiness {
    /// From now on searches are answered.
    pub fn catalogue_is_loaded(&self) {
        self.0.store(true, Ordering::Release);
    }
    fn has_catalogue(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Lets nobody in before there is something to find: a layer (`map_request_with_state`).
pub async fn when_ready(State(readiness): State<Readiness>, request: Request) -> Result<Request> {
    readiness.has_catalogue().then_some(request).ok_or(Error::Unavailable(LOADING))
}

/// Answers as long as the program can answer at all.
pub async fn live() -> impl IntoResponse {
    Json(json!({ "live": true }))
}

/// 200 when the database answers and the catalogue is loaded, otherwise 503 with what is missing.
pub async fn ready(
    State(db): State<PgPool>,
    State(readiness): State<Readiness>,
) -> Result<impl IntoResponse> {
    if !readiness.has_catalogue() {
        return Err(Error::Unavailable(LOADING));
    }
    if let Err(cause) = store::answers(&db).await {
        tracing::warn!("The database does not answer: {cause}");
        return Err(Error::Unavailable("The database does not answer."));
    }
    Ok(Json(json!({ "ready": true })))
}
