//! Home, and the pages about the site itself.
use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::IntoResponse};

use super::{Brief, Tiles, brief::SHORT_LIST};
use crate::{
    calendar::civil_now,
    places::Places,
    search::Catalogue,
    topics::Code,
    web::{Now, View, is_sample},
};

#[derive(Template)]
#[template(path = "site/home.html")]
struct HomePage<'a> {
    total: usize,
    everywhere: usize,
    map: Tiles<'a>,
    soonest: Vec<Brief<'a>>,
    newest: Vec<Brief<'a>>,
}

pub async fn home(
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
) -> impl IntoResponse {
    let now = civil_now(now);
    let soonest = catalogue.soonest(SHORT_LIST, now);
    let newest = catalogue.newest(SHORT_LIST, now);
    let page = HomePage {
        total: catalogue.len(now),
        everywhere: catalogue.count_everywhere(now),
        map: Tiles::new(&places, &catalogue.count_by_borough(now)),
        soonest: Brief::all(&soonest),
        newest: Brief::all(&newest),
    };
    View(page).into_response()
}

#[derive(Template)]
#[template(path = "site/about.html")]
struct AboutPage;

pub async fn about() -> impl IntoResponse {
    View(AboutPage)
}

#[derive(Template)]
#[template(path = "site/accessibility.html")]
struct AccessibilityPage;

pub async fn accessibility() -> impl IntoResponse {
    View(AccessibilityPage)
}

#[derive(Template)]
#[template(path = "site/privacy.html")]
struct PrivacyPage;

pub async fn privacy() -> impl IntoResponse {
    View(PrivacyPage)
}

#[derive(Template)]
#[template(path = "site/your_own.html")]
struct YourOwnPage {
    is_sample: bool,
}

pub async fn your_own() -> impl IntoResponse {
    View(YourOwnPage { is_sample: is_sample() })
}
