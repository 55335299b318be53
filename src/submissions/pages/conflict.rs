//! What was typed cannot be saved as it is: two windows on one step, or it was sent meanwhile. Both are shown.
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{Form, told::lines};
use crate::{
    forms::Answers,
    places::Places,
    submissions::{Step, questions::questions, saving::mark},
    web::View,
};

/// A question that is answered differently here and there.
struct Difference {
    label: &'static str,
    saved: Vec<String>,
    typed: Vec<String>,
}

#[derive(Template)]
#[template(path = "submissions/conflict.html")]
struct ConflictPage<'a> {
    opened: &'a Form,
    step: Step,
    here: String,
    /// It may still be written in.
    open: bool,
    differences: Vec<Difference>,
    typed: &'a Answers,
    /// What is saved now, so that it may be replaced.
    seen: String,
    to_check: bool,
}

/// Nothing of `said` is kept yet.
pub fn page(
    opened: &Form,
    step: Step,
    said: &Answers,
    sent: &Answers,
    places: &Places,
) -> Response {
    let saved = opened.submission.answers.only(|field| opened.submission.asks(step, field));
    let differences = questions(step)
        .iter()
        .map(|question| Difference {
            label: question.label,
            saved: lines(question, &saved, places),
            typed: lines(question, said, places),
        })
        .filter(|one| one.saved != one.typed)
        .collect();
    let page = ConflictPage {
        opened,
        step,
        here: opened.to(step.code()),
        open: opened.submission.stage.is_open(),
        differences,
        typed: said,
        seen: mark(&saved),
        to_check: sent.has("check", "yes"),
    };
    (StatusCode::CONFLICT, View(page)).into_response()
}
