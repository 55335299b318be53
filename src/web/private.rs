//! Pages that only one person should see: nobody keeps them, follows them or learns their address.
use axum::{
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, HeaderName, REFERRER_POLICY},
    },
    response::Response,
};

const HEADERS: [(HeaderName, HeaderValue); 3] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
];

/// A layer (`map_response`) for the desk: its addresses hold no secret, and its forms say where they come from.
pub async fn desk(mut response: Response) -> Response {
    response.headers_mut().extend(HEADERS);
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

/// A layer (`map_response`) for them.
pub async fn page(mut response: Response) -> Response {
    response.headers_mut().extend(HEADERS);
    response
}
