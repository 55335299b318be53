//! What stands around every address.
use std::{fs, future::pending, path::Path};

use axum::{
    Router,
    http::{Request, StatusCode, header},
    middleware::from_fn,
    response::Html,
    routing::{get, post},
};
use fingerpost::web::{
    Now, Query, Sample, Typed, View, asset, assets, caching, defences, problem::Problem,
};

use crate::support::Site;

/// A site of pages that misbehave, with all that stands around the real one.
fn odd_site() -> Site {
    let public = Router::new()
        .route("/long", get(async || Html("A page about knitting. ".repeat(200))))
        .route("/short", get(async || Html("Short.")))
        .route("/now", get(async |Now(now): Now| now.to_string()))
        .layer(from_fn(caching::public));
    let router = public
        .route("/panic", get(async || -> Html<String> { panic!("typed by a visitor") }))
        .route("/never", get(async || pending::<Html<String>>().await))
        .route("/form", post(async |Typed(typed): Typed| format!("{}", typed.fields().count())))
        .route("/number", get(async |Query(_): Query<Vec<(String, u8)>>| "fine"))
        .merge(assets());
    Site::of(around(router, "http://localhost"))
}

fn around(site: Router, url: &str) -> Router {
    defences::around(site, &Sample::default(), &url.parse().unwrap())
}

#[tokio::test]
async fn every_reply_has_strict_headers() {
    let site = odd_site();
    for path in ["/short", "/panic", "/nowhere", asset("site.css")] {
        let reply = site.get(path).await;
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "same-origin", "{path}");
        assert!(reply.header("permissions-policy").contains("geolocation=()"), "{path}");
        assert_eq!(reply.header("set-cookie"), "", "{path}");
    }
}

#[tokio::test]
async fn only_a_site_reached_by_https_forbids_plain_http() {
    let page = || Router::new().route("/", get(async || "hello"));
    let plain = Site::of(around(page(), "http://localhost")).get("/").await;
    let secure = Site::of(around(page(), "https://localhost")).get("/").await;
    assert_eq!(plain.header("strict-transport-security"), "");
    assert!(secure.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test]
async fn a_panic_is_answered_with_a_page_that_keeps_the_cause_to_itself() {
    let reply = odd_site().get("/panic").await;
    assert_eq!(reply.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(reply.body.contains("<h1>Something went wrong on our side</h1>"), "{}", reply.body);
    assert!(!reply.body.contains("typed by a visitor"));
    assert_eq!(reply.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_page_that_takes_longer_than_ten_seconds_is_given_up() {
    let reply = odd_site().get("/never").await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(reply.body.contains("<h1>This took too long</h1>"), "{}", reply.body);
}

#[tokio::test]
async fn a_form_larger_than_64_kilobytes_is_refused_with_a_page() {
    let site = odd_site();
    assert_eq!(site.post("/form", &format!("a={}", "x".repeat(60_000))).await.body, "1");
    let reply = site.post("/form", &format!("a={}", "x".repeat(70_000))).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(reply.body.contains("<h1>What you sent is too large</h1>"), "{}", reply.body);
}

#[tokio::test]
async fn a_parameter_that_makes_no_sense_is_told_and_escaped() {
    let reply = odd_site().get("/number?%3Cb%3E=%3Cscript%3E").await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(reply.body.contains("<h1>") && !reply.body.contains("<script>"), "{}", reply.body);
}

#[tokio::test]
async fn a_head_says_what_a_get_would_without_a_body() {
    let site = odd_site();
    let (got, head) = (site.get("/long").await, site.head("/long").await);
    assert_eq!(head.status, StatusCode::OK);
    assert_eq!(head.body, "");
    assert_eq!(head.header("etag"), got.header("etag"));
    assert_eq!(head.header("content-length"), got.body.len().to_string());
}

#[tokio::test]
async fn a_public_page_asked_for_again_is_not_sent_again() {
    let site = odd_site();
    let first = site.get("/long").await;
    assert_eq!(first.header("cache-control"), "public, max-age=60");
    let mark = first.header("etag");
    for known in [mark, &format!("\"other\", {mark}"), "*"] {
        let again = Request::get("/long").header(header::IF_NONE_MATCH, known);
        let again = site.send(again, "").await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{known}");
        assert_eq!(again.body, "");
        assert_eq!(again.header("etag"), mark);
        assert_ne!(again.header("content-security-policy"), "");
    }
    let other = Request::get("/long").header(header::IF_NONE_MATCH, "W/\"other\"");
    assert_eq!(site.send(other, "").await.body, first.body);
}

#[tokio::test]
async fn long_pages_are_compressed_for_those_who_can_read_it_and_short_ones_are_not() {
    let site = odd_site();
    for coding in ["gzip", "br"] {
        let ask = |path| Request::get(path).header(header::ACCEPT_ENCODING, coding);
        let long = site.send(ask("/long"), "").await;
        assert_eq!(long.header("content-encoding"), coding);
        assert_eq!(site.send(ask("/short"), "").await.header("content-encoding"), "");
    }
    assert_eq!(site.get("/long").await.header("content-encoding"), "");
}

#[tokio::test]
async fn static_files_are_kept_for_a_year_under_names_that_change_with_them() {
    let site = odd_site();
    for (name, kind) in [
        ("site.css", "text/css; charset=utf-8"),
        ("site.js", "text/javascript; charset=utf-8"),
        ("fingerpost.svg", "image/svg+xml"),
    ] {
        let file = site.get(asset(name)).await;
        assert_eq!(file.status, StatusCode::OK, "{name}");
        assert_eq!(file.header("content-type"), kind);
        assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
        let bare = site.get(&format!("/static/{name}")).await;
        assert_eq!(bare.status, StatusCode::NOT_FOUND, "{name} without its mark");
    }
}

#[test]
fn every_file_of_static_is_served() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
    for file in fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert_ne!(asset(&name), "/static/unknown", "{name} is not in web/assets.rs");
    }
}

#[tokio::test]
async fn each_request_has_a_name_and_a_strange_one_is_not_taken_over() {
    let site = odd_site();
    assert_eq!(site.get("/short").await.header("x-request-id").len(), 32);
    let named = |id: &str| Request::get("/short").header("x-request-id", id.to_owned());
    assert_eq!(site.send(named("abc-1"), "").await.header("x-request-id"), "abc-1");
    assert_ne!(
        site.send(named("ada@example.org"), "").await.header("x-request-id"),
        "ada@example.org"
    );
}

#[tokio::test]
async fn a_template_becomes_a_page() {
    let problem = || Problem {
        status: StatusCode::OK,
        message: "Tea & <talk>".to_owned(),
        advice: "Come in.",
    };
    let router = Router::new().route("/", get(async move || View(problem())));
    let page = Site::of(router).get("/").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.body.contains("<h1>Tea &#38; &#60;talk&#62;</h1>"), "{}", page.body);
}
