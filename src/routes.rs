//! The site map: every address and who answers it.
use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state, map_response},
    routing::get,
};

use crate::{
    app::App,
    offers, search,
    site::{self, health},
    web::{self, Error, caching, defences, here, problem},
};

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
    let all = pages.merge(data).merge(health).merge(web::assets());
    let all = defences::around(all.fallback(async || Error::NotFound), https);
    all.layer(tell_here).with_state(app)
}
