//! One line in the log for each request: what kind, which page, how it went, how long it took.
//! Never the address itself, which has people's words in it, nor where it came from.
use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;
use uuid::Uuid;

/// Names a request in our log and in the logs of what stands before us.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST_ID: usize = 64;
/// A request slower than this is worth a look.
const SLOW: Duration = Duration::from_secs(1);

/// A layer (`from_fn`) around the whole site. Also gives each reply its request's name.
pub async fn keep(request: Request, next: Next) -> Response {
    let id = given_id(&request).unwrap_or_else(new_id);
    let method = request.method().clone();
    let page = request.extensions().get::<MatchedPath>().cloned();
    let page = page.as_ref().map_or("(none)", MatchedPath::as_str);
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default());

    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = started.elapsed();

    let status = response.status();
    let ms = (took.as_secs_f64() * 1e5).round() / 1e2;
    let _within = span.entered();
    if status.is_server_error() || took > SLOW {
        tracing::warn!(%method, page, status = status.as_u16(), ms);
    } else {
        tracing::info!(%method, page, status = status.as_u16(), ms);
    }
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// The name a proxy before us has given, if it is one that can stand in a log.
fn given_id(request: &Request) -> Option<HeaderValue> {
    let given = request.headers().get(REQUEST_ID)?;
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
    let fits = (1..=LONGEST_ID).contains(&given.len()) && given.as_bytes().iter().all(plain);
    fits.then(|| given.clone())
}

fn new_id() -> HeaderValue {
    let mut id = String::with_capacity(32);
    // Writing to a string cannot fail, and hexadecimal digits always fit a header.
    let _ = write!(id, "{}", Uuid::now_v7().simple());
    HeaderValue::try_from(id).unwrap_or(HeaderValue::from_static("none"))
}
