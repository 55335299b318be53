//! Axum's extractors, failing with our own errors. Use these, not Axum's.
#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "wrapped here, so nowhere else"
)]
use std::convert::Infallible;

use axum::{
    extract::{FromRequest, FromRequestParts},
    http::request::Parts,
};
use jiff::Timestamp;

use super::Error;

#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Error))]
pub struct Path<T>(pub T);

#[derive(FromRequest)]
#[from_request(via(axum::Form), rejection(Error))]
pub struct Form<T>(pub T);

/// When the request came in. The one place that reads the clock.
#[derive(Clone, Copy, Debug)]
pub struct Now(pub Timestamp);

impl<S: Sync> FromRequestParts<S> for Now {
    type Rejection = Infallible;
    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Timestamp::now()))
    }
}
