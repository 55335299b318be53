//! What stands around every address: limits, strict headers, compression, an answer even to a panic.
use std::{any::Any, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method,
        header::{
            CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
            X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
        },
    },
    middleware::{Next, from_fn, from_fn_with_state, map_response},
    response::{IntoResponse, Response},
};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, Predicate,
        predicate::{NotForContentType, SizeAbove},
    },
};

use super::{Error, Sample, here, journal, problem};
use crate::config::PublicUrl;

/// The largest form: all that an offer can hold, three times over.
const LARGEST_BODY: usize = 64 * 1024;
/// A page takes a millisecond; what takes longer than this is in trouble.
const LONGEST_REQUEST: Duration = Duration::from_secs(10);
/// A picture from a telephone takes its time to arrive.
const LONGEST_UPLOAD: Duration = Duration::from_secs(5 * 60);
/// Below this, compressing costs more than it saves.
const WORTH_COMPRESSING: u16 = 1024;

/// The headers of every reply. Scripts, styles and pictures come from this site alone, and none are
/// written into pages; the address of a search, which has people's words in it, is told to nobody.
const STRICT: [(HeaderName, &str); 7] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), \
         browsing-topics=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// For a year from each visit. Other names under this host are not ours to speak for.
const ONLY_HTTPS: &str = "max-age=31536000";

/// Puts everything around the addresses of `site`, which people reach at `url`. What its pages say of it is told outside
/// of all the rest, since error pages say it too.
pub fn around<S: Clone + Send + Sync + 'static>(
    site: Router<S>,
    sample: &Sample,
    url: &PublicUrl,
) -> Router<S> {
    let strict = strict_headers(url.is_https());
    let tell_here = from_fn_with_state((sample.clone(), url.clone()), here::tell);
    let compression = CompressionLayer::new()
        .quality(CompressionLevel::Fastest) // the default takes three times as long for little
        .compress_when(SizeAbove::new(WORTH_COMPRESSING.into()).and(NotForContentType::IMAGES));
    let strictly = map_response(move |mut response: Response| {
        for (name, value) in &strict {
            // A part of the site may be stricter still.
            response.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
        async { response }
    });
    // The router boxes whatever it is given at once, and copies each box with all boxes in it for every
    // request: so it is given two. Of each the outermost stands first.
    let inner = (
        CatchPanicLayer::custom(after_panic),
        from_fn(in_time),
        DefaultBodyLimit::max(LARGEST_BODY),
    );
    let as_page = map_response(problem::as_page);
    let outer = (tell_here, from_fn(journal::keep), compression, strictly, as_page);
    site.layer(inner).layer(outer)
}

async fn in_time(request: Request, next: Next) -> Response {
    let page = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let longest = match request.method() == Method::POST && page.ends_with("/pictures") {
        true => LONGEST_UPLOAD,
        false => LONGEST_REQUEST,
    };
    match tokio::time::timeout(longest, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Error::TooSlow.into_response(),
    }
}

/// The panic's message is left unread: it may quote what a visitor typed. Its place is in the log.
fn after_panic(_: Box<dyn Any + Send>) -> Response {
    Error::Internal(anyhow::anyhow!("a handler panicked")).into_response()
}

fn strict_headers(https: bool) -> HeaderMap {
    let mut headers: HeaderMap =
        STRICT.map(|(name, value)| (name, HeaderValue::from_static(value))).into_iter().collect();
    if https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_HTTPS));
    }
    headers
}
