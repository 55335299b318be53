//! The self-check: a form, and what to look at first. Answers come in the body of a form, so that they stand in no
//! address, no history and no log, and go into nothing but the page.
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    forms::{Answers, Mistakes},
    resources::self_check::{Answer, PRINCIPLES, Weighed, weigh},
    web::{Typed, View},
};

#[derive(Template)]
#[template(path = "resources/self_check.html")]
struct FormPage {
    typed: Answers,
    mistakes: Mistakes,
}

#[derive(Template)]
#[template(path = "resources/self_checked.html")]
struct AnswerPage {
    all: Vec<Weighed>,
}

pub async fn form() -> Response {
    View(FormPage { typed: Answers::default(), mistakes: Mistakes::default() }).into_response()
}

/// Answers are in no address: who opens that of a result begins anew.
pub async fn begin() -> Redirect {
    Redirect::to("/self-check")
}

/// What to look at first; or the form again, where somebody wants to change an answer or gave none.
pub async fn answer(Typed(typed): Typed) -> Response {
    let mistakes = Mistakes::default();
    if typed.one("act") == "change" {
        return View(FormPage { typed, mistakes }).into_response();
    }
    let all = weigh(&typed);
    if all.iter().all(|one| one.stands().is_none()) {
        let mut mistakes = mistakes;
        mistakes.add(PRINCIPLES[0].field(1), "Answer at least one question");
        return (StatusCode::UNPROCESSABLE_ENTITY, View(FormPage { typed, mistakes }))
            .into_response();
    }
    View(AnswerPage { all }).into_response()
}

impl AnswerPage {
    /// Those that stand so.
    fn standing(&self, answer: Answer) -> Vec<&Weighed> {
        self.all.iter().filter(|one| one.stands() == Some(answer)).collect()
    }
    fn unanswered(&self) -> Vec<&Weighed> {
        self.all.iter().filter(|one| one.stands().is_none()).collect()
    }
    /// What was answered, to change it: only fields of ours.
    fn given(&self) -> Vec<(String, &'static str)> {
        let mut given = Vec::new();
        for one in &self.all {
            for (at, answer) in one.answers.iter().enumerate() {
                given.extend(answer.map(|answer| (one.principle.field(at + 1), answer.code())));
            }
        }
        given
    }
}
