//! Templates as responses.
use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use super::Error;

/// A page ready to be sent.
pub struct View<T>(pub T);

impl<T: Template> IntoResponse for View<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => Html(html).into_response(),
            Err(cause) => Error::from(cause).into_response(),
        }
    }
}
