//! One of the six steps: shown, and kept with every post, also when something is wrong.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgPool;

use super::{
    Closed, Form, Gazetteer, conflict, drawing,
    drawn::{self, Placed},
    lost,
    preview::{Beside, Dates},
    status::{Progress, Task, tasks},
};
use crate::{
    calendar::civil_now,
    forms::{Answers, Mistakes},
    places::Places,
    submissions::{
        About, Stage, Step,
        known::known,
        questions::questions,
        reading::{next_dates, read},
        saving::{self, Saved, mark},
    },
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Deserialize)]
pub struct OfStep {
    step: String,
}

/// What an address of a step may ask besides.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Besides {
    /// One more of this thing.
    more: String,
    /// Come from the last page, and go back there.
    check: Option<String>,
}

#[derive(Template)]
#[template(path = "submissions/step.html")]
pub struct StepPage<'a> {
    opened: &'a Form,
    step: Step,
    tasks: Vec<Task>,
    fields: Vec<Placed>,
    mistakes: Mistakes,
    /// What the answers said when this page was drawn.
    seen: String,
    to_check: bool,
    beside: Beside,
    dates: Option<Dates>,
    wants_changes: bool,
}

impl StepPage<'_> {
    fn action(&self) -> String {
        self.opened.to(self.step.code())
    }
    fn number(&self) -> usize {
        self.tasks.iter().position(|task| task.step == self.step).map_or(1, |at| at + 1)
    }
    fn next(&self) -> Option<Step> {
        after(self.step)
    }
}

pub async fn step(
    State(db): State<PgPool>,
    State(places): State<Gazetteer>,
    Now(now): Now,
    opened: Form,
    Path(OfStep { step }): Path<OfStep>,
    Query(besides): Query<Besides>,
) -> Result<Response> {
    let step = Step::parse(&step).ok_or(Error::NotFound)?;
    if !opened.submission.stage.is_open() {
        return Ok(Redirect::to(&opened.to("")).into_response());
    }
    let page = drawn(&db, &places, &opened, step, &besides, false, civil_now(now).date()).await?;
    Ok(View(page).into_response())
}

pub async fn save(
    State(db): State<PgPool>,
    State(places): State<Gazetteer>,
    Now(now): Now,
    opened: Result<Form, Closed>,
    Path(OfStep { step }): Path<OfStep>,
    Typed(typed): Typed,
) -> Result<Response> {
    let step = Step::parse(&step).ok_or(Error::NotFound)?;
    let mut opened = match opened {
        Ok(opened) => opened,
        Err(Closed::Unknown) => return Ok(lost(&typed, &places)),
        Err(closed) => return Ok(closed.into_response()),
    };
    let asks = |field: &str| opened.submission.asks(step, field);
    let said = saving::without(&typed.only(asks), typed.one("less"));
    let today = civil_now(now).date();
    loop {
        match saving::save(&db, &opened.submission, step, &said, typed.one("seen"), now).await? {
            Saved::Kept(kept) => {
                opened.submission = *kept;
                return answer(&db, &places, &opened, step, &typed, today).await;
            }
            Saved::Elsewhere(newer) => {
                opened.submission = *newer;
                return Ok(conflict::page(&opened, step, &said, &typed, &places));
            }
            Saved::Raced(newer) => opened.submission = *newer,
            // It waits for the coordinator since, or is gone: what was typed is shown, so that it can be copied.
            Saved::Closed(Some(newer)) => {
                opened.submission = *newer;
                return Ok(conflict::page(&opened, step, &said, &typed, &places));
            }
            Saved::Closed(None) => return Ok(lost(&typed, &places)),
        }
    }
}

/// Everything is kept by now: back to where somebody wants to go, or what is to be put right.
async fn answer(
    db: &PgPool,
    places: &Places,
    opened: &Form,
    step: Step,
    typed: &Answers,
    today: Date,
) -> Result<Response> {
    let to_check = typed.has("check", "yes");
    let to = |page: &str| Ok(Redirect::to(&opened.to(page)).into_response());
    let again = if to_check { "&check=yes" } else { "" };
    if typed.stated("less") {
        let (thing, _) = typed.one("less").rsplit_once('-').unwrap_or_default();
        let known = questions(step).iter().any(|question| question.name == thing);
        let thing = if known { thing } else { "" };
        return to(&format!("{}?{again}#{thing}", step.code()));
    }
    let more = typed.one("more");
    if questions(step).iter().any(|question| question.name == more) {
        return to(&format!("{}?more={more}{again}#{more}-more", step.code()));
    }
    // Whoever goes elsewhere puts right later what is wrong here.
    let go = typed.one("go");
    if go == "list" {
        return to("");
    }
    if let Some(step) = Step::parse(go) {
        return to(step.code());
    }
    let besides = Besides { more: String::new(), check: to_check.then(String::new) };
    let page = drawn(db, places, opened, step, &besides, true, today).await?;
    if !page.mistakes.is_empty() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response());
    }
    match after(step) {
        _ if to_check => to("check"),
        None => to("check"),
        Some(next) => to(next.code()),
    }
}

async fn drawn<'a>(
    db: &PgPool,
    places: &Places,
    opened: &'a Form,
    step: Step,
    besides: &Besides,
    judged: bool,
    today: Date,
) -> Result<StepPage<'a>> {
    let submission = &opened.submission;
    let known = known(&mut *db.acquire().await?, submission).await?;
    let read = read(submission, &known, today);
    let mistakes = match judged {
        true => read.mistakes.only(|field| submission.asks(step, field)),
        false => Mistakes::default(),
    };
    let asked = opened.asked();
    let drawing = drawn::Drawing {
        answers: &submission.answers,
        mistakes: &mistakes,
        asked: &asked,
        places,
        more: &besides.more,
    };
    Ok(StepPage {
        opened,
        step,
        tasks: tasks(opened, &read),
        fields: drawing::all(
            questions(step).iter().filter(|one| submission.asks_at_all(one.name)),
            drawing,
        ),
        seen: mark(&submission.answers.only(|field| submission.asks(step, field))),
        to_check: besides.check.is_some(),
        dates: (step == Step::When).then(|| Dates(next_dates(&submission.answers, today))),
        beside: Beside::of(submission, &read, Some(step), (places, &opened.swaps), today),
        wants_changes: submission.stage == Stage::ChangesAsked,
        mistakes,
    })
}

fn after(step: Step) -> Option<Step> {
    let at = Step::ALL.iter().position(|one| *one == step)?;
    Step::ALL.get(at + 1).copied()
}
