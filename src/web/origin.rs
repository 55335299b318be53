//! Forms are taken only from pages of this site.
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::Error;
use crate::config::PublicUrl;

/// A layer (`from_fn_with_state`) for addresses that take forms.
pub async fn same(State(url): State<PublicUrl>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || is_ours(request.headers(), &url) {
        return next.run(request).await;
    }
    Error::Foreign.into_response()
}

/// The same for addresses where a cookie acts: what does not say where it comes from is not taken.
pub async fn strictly_same(State(url): State<PublicUrl>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let headers = request.headers();
    let says = headers.contains_key("sec-fetch-site")
        || headers.get(header::ORIGIN).is_some_and(|origin| origin != "null");
    if reads || (says && is_ours(headers, &url)) {
        return next.run(request).await;
    }
    Error::Foreign.into_response()
}

/// Browsers say with `Sec-Fetch-Site` where a form stands; over plain http, and older ones, with `Origin`
/// alone. From a page that asks for no referrer that is "null", so an honest one cannot be told from
/// another then. It may pass where nothing is done by a cookie: a foreign page has no power to borrow there.
fn is_ours(headers: &HeaderMap, url: &PublicUrl) -> bool {
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = said("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match said(header::ORIGIN.as_str()) {
        None | Some("null") => true,
        Some(origin) if origin == url.as_str() => true,
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == said(header::HOST.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(said: &[(&'static str, &'static str)]) -> bool {
        let headers = said.iter().map(|(name, value)| {
            (header::HeaderName::from_static(name), header::HeaderValue::from_static(value))
        });
        is_ours(&headers.collect(), &"https://offers.example".parse().unwrap())
    }

    #[test]
    fn a_form_of_another_site_is_not_ours() {
        assert!(ours(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(ours(&[("origin", "https://offers.example")]));
        assert!(ours(&[("origin", "http://inside:8080"), ("host", "inside:8080")]));
        assert!(ours(&[("origin", "null")]) && ours(&[]));
        for site in ["cross-site", "same-site", "anything"] {
            assert!(
                !ours(&[("sec-fetch-site", site), ("origin", "https://offers.example")]),
                "{site}"
            );
        }
        assert!(!ours(&[("origin", "https://elsewhere.example"), ("host", "offers.example")]));
    }
}
