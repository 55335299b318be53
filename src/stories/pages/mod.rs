//! Stories, page by page: to read, to tell, and to take back.
mod read;
mod tell;
mod yours;

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};

pub use read::{list, show};
pub use tell::{ask, begin, form, mail_links, sent};
pub use yours::{agree, preview, save, show as yours, withdraw, withdrawn};

use super::form::{self, FIELDS, Named};
use crate::{
    forms::Answers,
    offers::{self, Coached},
    text::plain_language::{LedBy, Swaps},
};

/// A story may be withdrawn at any moment: whoever keeps a copy of its page asks each time whether it still holds.
const ASK_EACH_TIME: [(HeaderName, HeaderValue); 1] =
    [(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"))];

fn asked_each_time(page: impl IntoResponse) -> Response {
    (ASK_EACH_TIME, page).into_response()
}

/// Only the fields of the form.
pub fn kept(typed: &Answers) -> Answers {
    typed.only(|field| FIELDS.contains(&field))
}

/// How plainly it is told so far.
pub fn coached(typed: &Answers, list: &Swaps) -> Coached {
    let texts = [("title", typed.one("title")), ("words", typed.raw("words"))];
    let written: Vec<_> = texts.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect();
    offers::coach_words(&written, LedBy::Anyone, list)
}

/// The offers it names, looked up.
pub async fn named(db: &sqlx::PgPool, typed: &Answers) -> sqlx::Result<Vec<Named>> {
    let mut lines = form::lines(typed);
    // One more than may be named, so that the form can say so.
    lines.truncate(form::MOST_OFFERS + 1);
    super::store::named(&mut *db.acquire().await?, &lines).await
}
