//! What is asked, how long it takes, what happens next.
use askama::Template;
use axum::response::IntoResponse;

use super::USUAL_DAYS;
use crate::web::View;

#[derive(Template)]
#[template(path = "submissions/start.html")]
struct StartPage {
    usual_days: u8,
}

pub async fn start() -> impl IntoResponse {
    View(StartPage { usual_days: USUAL_DAYS })
}
