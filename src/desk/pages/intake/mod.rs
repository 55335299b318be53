//! In and out: a file or a feed is sent, looked at row by row, and taken in.
mod report;
mod sending;
mod tasks;

pub use report::{choose, follow, import, report};
pub use sending::{intake, send};
pub use tasks::{settle, stop, tasks};

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use sqlx::PgPool;

use crate::{
    accounts::pages::Signed, config::PublicUrl, desk::intake::resolve::World, fetching::Fetcher,
    places::Places, topics::Lexicon, web::Error,
};

/// What an import leans on, for work that goes on after its page is sent.
#[derive(Clone)]
pub struct Tools {
    db: PgPool,
    places: Arc<Places>,
    lexicon: Arc<Lexicon>,
    fetcher: Fetcher,
}

impl Tools {
    pub fn new(
        db: PgPool,
        (places, lexicon): (Arc<Places>, Arc<Lexicon>),
        fetcher: Fetcher,
    ) -> Self {
        Self { db, places, lexicon, fetcher }
    }

    fn world(&self, now: jiff::Timestamp) -> World<'_> {
        World {
            lexicon: &self.lexicon,
            places: &self.places,
            today: crate::calendar::civil_now(now).date(),
        }
    }
}

/// Somebody who is signed in and decides somewhere: others import nothing, and their files are not even read.
pub struct Importer(pub Signed);

impl<S: Send + Sync> FromRequestParts<S> for Importer
where
    PgPool: FromRef<S>,
    PublicUrl: FromRef<S>,
{
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let signed = Signed::from_request_parts(parts, state).await;
        let signed = signed.map_err(IntoResponse::into_response)?;
        match signed.account.rights.manages() {
            Some(_) => Ok(Self(signed)),
            None => Err(Error::Forbidden.into_response()),
        }
    }
}
