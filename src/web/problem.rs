//! How a failure looks: a page for people, JSON for programs.
use askama::Template;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::View;

#[derive(Clone, Debug, Template)]
#[template(path = "problem.html")]
pub struct Problem {
    pub status: StatusCode,
    pub message: String,
    /// What to do about it.
    pub advice: &'static str,
}

/// A layer (`map_response`) for the pages of the site.
pub async fn as_page(response: Response) -> Response {
    shown(response, |problem| View(problem).into_response())
}

/// A layer (`map_response`) for endpoints that programs read.
pub async fn as_json(response: Response) -> Response {
    shown(response, |problem| Json(serde_json::json!({ "error": problem.message })).into_response())
}

/// Keeps the headers that belong to the failure, such as when to come again.
fn shown(mut response: Response, body: impl FnOnce(Problem) -> Response) -> Response {
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let status = problem.status;
    let mut headers = std::mem::take(response.headers_mut());
    headers.remove(header::CONTENT_LENGTH);
    let mut shown = body(problem);
    for (name, value) in shown.headers() {
        headers.insert(name, value.clone());
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    *shown.headers_mut() = headers;
    *shown.status_mut() = status;
    shown
}
