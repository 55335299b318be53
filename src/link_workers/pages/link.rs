//! A private link, opened: to one's own entry, or for two days to how one reaches somebody.
use askama::Template;
use axum::{
    extract::{FromRef, FromRequestParts},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;

use crate::{
    link_workers::{ASKING_LASTS, AnyState, LinkWorker, Listed, OPENS_ALL, store},
    links::{self, Purpose, Secret},
    web::{Error, Now, Path, View},
};

/// What a link opens.
pub enum Opened {
    Own(Box<Own>),
    /// All of somebody who is listed, for who asked.
    Asked(Box<LinkWorker<Listed>>),
}

/// Somebody, known by their own link.
pub struct Own {
    secret: Secret,
    pub one: AnyState,
    /// It is old, and opens nothing but the way out.
    stale: bool,
}

/// The same by a link that opens everything.
pub struct Whole(pub Own);

/// Why a link opens nothing.
pub enum Closed {
    Unknown,
    /// It does, but only the way out.
    Stale(String),
    Failed(Error),
}

#[derive(Template)]
#[template(path = "link_workers/closed.html")]
struct ClosedPage {
    /// Where it still leads.
    way_out: Option<String>,
}

#[derive(Deserialize)]
struct OfLink {
    secret: String,
}

impl Own {
    /// The address of a page of theirs, without `page` the first.
    pub fn to(&self, page: &str) -> String {
        let own = Purpose::LinkWorker.path(&self.secret);
        if page.is_empty() { own } else { format!("{own}/{page}") }
    }

    /// The same where it opens everything.
    pub fn whole(self) -> Result<Self, Closed> {
        match self.stale {
            true => Err(Closed::Stale(self.to("withdrawal"))),
            false => Ok(self),
        }
    }
}

async fn open(db: &PgPool, secret: &str, now: Timestamp) -> Result<Opened, Closed> {
    let secret = Secret::parse(secret).ok_or(Closed::Unknown)?;
    let link = links::store::opened(db, &secret, Purpose::LinkWorker, now).await?;
    let link = link.ok_or(Closed::Unknown)?;
    let subject = link.subject.ok_or(Closed::Unknown)?;
    if let Some(one) = store::found(db, subject).await? {
        let made = link.expires - Purpose::LinkWorker.lasts();
        let stale = now.duration_since(made) > OPENS_ALL;
        return Ok(Opened::Own(Box::new(Own { secret, one, stale })));
    }
    let (about, asked) = store::asked_about(db, subject).await?.ok_or(Closed::Unknown)?;
    if now.duration_since(asked) > ASKING_LASTS {
        return Err(Closed::Unknown);
    }
    match store::found(db, about).await? {
        Some(AnyState::Listed(one)) => Ok(Opened::Asked(Box::new(one))),
        _ => Err(Closed::Unknown),
    }
}

impl<S> FromRequestParts<S> for Opened
where
    S: Send + Sync,
    PgPool: FromRef<S>,
{
    type Rejection = Closed;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Closed> {
        let Path(OfLink { secret }) =
            Path::from_request_parts(parts, state).await.map_err(Closed::Failed)?;
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        open(&PgPool::from_ref(state), &secret, now).await
    }
}

impl<S> FromRequestParts<S> for Own
where
    S: Send + Sync,
    PgPool: FromRef<S>,
{
    type Rejection = Closed;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Closed> {
        match Opened::from_request_parts(parts, state).await? {
            Opened::Own(own) => Ok(*own),
            Opened::Asked(_) => Err(Closed::Unknown),
        }
    }
}

impl<S> FromRequestParts<S> for Whole
where
    S: Send + Sync,
    PgPool: FromRef<S>,
{
    type Rejection = Closed;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Closed> {
        Own::from_request_parts(parts, state).await?.whole().map(Self)
    }
}

impl From<sqlx::Error> for Closed {
    fn from(cause: sqlx::Error) -> Self {
        Self::Failed(cause.into())
    }
}

impl From<Error> for Closed {
    fn from(cause: Error) -> Self {
        Self::Failed(cause)
    }
}

impl IntoResponse for Closed {
    fn into_response(self) -> Response {
        let (status, way_out) = match self {
            Self::Unknown => (StatusCode::NOT_FOUND, None),
            Self::Stale(way_out) => (StatusCode::GONE, Some(way_out)),
            Self::Failed(error) => return error.into_response(),
        };
        (status, View(ClosedPage { way_out })).into_response()
    }
}
