//! The site map: every address and who answers it.
use axum::{
    Router,
    middleware::{from_fn, map_response},
    routing::get,
};

use crate::{
    app::App,
    site::health,
    web::{self, Error, caching, defences, problem},
};

pub fn site(app: App) -> Router {
    let pages = Router::<App>::new()
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(from_fn(caching::public));

    let data = Router::<App>::new()
        .method_not_allowed_fallback(async || Error::WrongMethod)
        .layer(map_response(problem::as_json))
        .layer(from_fn(caching::public));

    let health = Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .layer(map_response(problem::as_json));

    let https = app.url.is_https();
    let all = pages.merge(data).merge(health).merge(web::assets());
    defences::around(all.fallback(async || Error::NotFound), https).with_state(app)
}
