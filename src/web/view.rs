//! Templates as responses.
use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use super::Error;

/// Most pages fit, so that a page is not copied over and over while it grows.
const ROOM: usize = 80 * 1024;

/// A page ready to be sent.
pub struct View<T>(pub T);

impl<T: Template> IntoResponse for View<T> {
    fn into_response(self) -> Response {
        let mut html = String::with_capacity(ROOM);
        match self.0.render_into(&mut html) {
            Ok(()) => Html(html).into_response(),
            Err(cause) => Error::from(cause).into_response(),
        }
    }
}
