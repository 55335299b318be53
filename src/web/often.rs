//! The answer to what somebody has done too often.
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::limits::Limit;

/// A page that says so, and after how many seconds it may be done again at the latest.
pub fn too_often(limit: Limit, page: impl IntoResponse) -> Response {
    let later = [(header::RETRY_AFTER, HeaderValue::from(limit.minutes * 60))];
    (StatusCode::TOO_MANY_REQUESTS, later, page).into_response()
}
