//! Axum's extractors, failing with our own errors. Use these, not Axum's.
#![expect(clippy::disallowed_types, reason = "wrapped here, so nowhere else")]
use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};
use jiff::Timestamp;

use super::Error;
use crate::calendar::clock;

#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Error))]
pub struct Path<T>(pub T);

#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Error))]
pub struct Query<T>(pub T);

/// When the request came in.
#[derive(Clone, Copy, Debug)]
pub struct Now(pub Timestamp);

impl<S: Sync> FromRequestParts<S> for Now {
    type Rejection = Infallible;
    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(clock()))
    }
}
