//! The site map: every address and who answers it.
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state, map_response},
    routing::{get, post},
};

use crate::{
    app::App,
    offers, search,
    site::{self, health},
    submissions::pages as describe,
    web::{self, Error, caching, defences, here, origin, private, problem},
};

/// The longest step holds some 17,000 letters in all. One letter may be four bytes, and a form writes each
/// byte in three: 200 KB. Twice that, so that what is too long comes back with a word about it, and a
/// little for names and boxes.
const LARGEST_STEP: usize = 448 * 1024;

pub fn site(app: App) -> Router {
    let when_ready = from_fn_with_state(app.readiness.clone(), health::when_ready);
    let pages = Router::<App>::new()
        .route("/", get(site::pages::home))
        .route("/offers", get(search::pages::results))
        .route("/offers/{slug}", get(offers::pages::show))
        .route("/providers/{slug}", get(site::provider_pages::show))
        .route("/boroughs", get(site::borough_pages::list))
        .route("/boroughs/{slug}", get(site::borough_pages::show))
        .route("/activities", get(site::topic_pages::activities))
        .route("/activities/{code}", get(site::topic_pages::activity))
        .route("/needs", get(site::topic_pages::needs))
        .route("/needs/{code}", get(site::topic_pages::need))
        .route("/about", get(site::pages::about))
        .route("/about/offers-csv", get(offers::pages::columns))
        .route("/about/search-data", get(search::pages::guide))
        .route("/accessibility", get(site::pages::accessibility))
        .route("/privacy", get(site::pages::privacy))
        .route("/your-own-directory", get(site::pages::your_own))
        .route("/sitemap.xml", get(site::robot_pages::sitemap))
        .route("/sitemap/{file}", get(site::robot_pages::sitemap_file))
        .route("/robots.txt", get(site::robot_pages::robots))
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(from_fn(caching::public))
        .layer(when_ready.clone());

    let forms = Router::<App>::new()
        .route("/describe", get(describe::start).post(describe::begin))
        .route("/describe/start", get(describe::first))
        .route("/describe/postcode", post(describe::postcode))
        .route("/describe/{secret}", get(describe::status))
        .route("/describe/{secret}/keep", get(describe::keep))
        .route("/describe/{secret}/email", get(describe::address).post(describe::readdress))
        .route("/describe/{secret}/link", post(describe::relink))
        .route("/describe/{secret}/check", get(describe::check).post(describe::send))
        .route("/describe/{secret}/preview", post(describe::preview))
        .route("/describe/{secret}/dates", post(describe::dates))
        .route("/describe/{secret}/{step}", get(describe::step).post(describe::save))
        .route("/mine", get(describe::ask).post(describe::mail_links))
        .route("/confirm/{secret}", get(describe::ask_to_confirm).post(describe::confirm))
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(DefaultBodyLimit::max(LARGEST_STEP))
        .layer(from_fn_with_state(app.url.clone(), origin::same))
        .layer(map_response(private::page))
        .layer(when_ready.clone());

    let data = Router::<App>::new()
        .route("/offers.json", get(search::api::offers))
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(from_fn(caching::public))
        .layer(when_ready)
        .layer(map_response(problem::as_json));

    let health = Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .layer(map_response(problem::as_json));

    let https = app.url.is_https();
    let tell_here = from_fn_with_state((app.sample.clone(), app.url.clone()), here::tell);
    let all = pages.merge(forms).merge(data).merge(health).merge(web::assets());
    let all = defences::around(all.fallback(async || Error::NotFound), https);
    all.layer(tell_here).with_state(app)
}
