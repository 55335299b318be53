//! The programme's questions, behind the mailed link: once before the first session and once after the last.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;

use super::place::{lost, opened};
use crate::{
    forms::{Answers, Mistakes},
    training::{
        Booking, Cohort, Moment, Programme, Question,
        answering::{self, Done},
        store,
    },
    web::{Now, Path, Result, Typed, View},
};

#[derive(Deserialize)]
pub struct OfLink {
    secret: String,
}

#[derive(Template)]
#[template(path = "training/questions.html")]
struct QuestionsPage {
    cohort: Cohort,
    programme: Programme,
    /// None where nothing is asked now.
    moment: Option<Moment>,
    /// Their answers are in.
    answered: bool,
    home: String,
    typed: Answers,
    mistakes: Mistakes,
    news: Option<&'static str>,
}

impl QuestionsPage {
    fn field(&self, question: &Question) -> String {
        answering::field(question.position)
    }
    fn values(&self) -> std::ops::RangeInclusive<u8> {
        0..=10
    }
    fn is_chosen(&self, question: &Question, value: &u8) -> bool {
        self.typed.has(&self.field(question), &value.to_string())
    }
}

pub async fn form(
    State(db): State<PgPool>,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
) -> Result<Response> {
    let Some(booking) = opened(&db, &secret, now).await? else { return Ok(lost()) };
    Ok(page(&db, &secret, &booking, now)
        .await?
        .map_or_else(lost, |page| View(page).into_response()))
}

pub async fn answer(
    State(db): State<PgPool>,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
    Typed(typed): Typed,
) -> Result<Response> {
    let Some(booking) = opened(&db, &secret, now).await? else { return Ok(lost()) };
    let Some(page) = page(&db, &secret, &booking, now).await? else { return Ok(lost()) };
    let answers = match answering::read(&typed, &page.programme) {
        Ok(answers) => answers,
        Err(mistakes) => {
            let page = QuestionsPage { typed, mistakes, ..page };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response());
        }
    };
    // Of the moment for which they were asked: who opened the page before must not answer for after.
    let asked = Moment::parse(typed.one("moment"));
    let done = match asked {
        Some(moment) => answering::answer(&db, booking.id, moment, &answers, now).await?,
        None => Done::NotNow,
    };
    let news = match done {
        Done::Counted | Done::Already => {
            return Ok(Redirect::to(&format!("{}/questions", page.home)).into_response());
        }
        Done::NotNow => {
            "It is too late for these questions, so they were not counted. We are sorry."
        }
    };
    let page = QuestionsPage { typed, news: Some(news), ..page };
    Ok((StatusCode::CONFLICT, View(page)).into_response())
}

async fn page(
    db: &PgPool,
    secret: &str,
    booking: &Booking,
    now: Timestamp,
) -> Result<Option<QuestionsPage>> {
    let mut db = db.acquire().await?;
    let Some(cohort) = store::cohort(&mut db, booking.cohort).await? else { return Ok(None) };
    let Some(programme) = store::programme(&mut db, cohort.programme.0).await? else {
        return Ok(None);
    };
    let came = store::attendance::came(&mut *db, booking).await?;
    let moment = answering::asked_at(&cohort, booking, came, now)
        .filter(|_| !programme.questions.is_empty());
    let answered = match moment {
        Some(moment) => store::evaluation::has_answered(&mut *db, booking.id, moment).await?,
        None => false,
    };
    let home = format!("/booking/{secret}");
    let (typed, mistakes) = (Answers::default(), Mistakes::default());
    Ok(Some(QuestionsPage {
        cohort,
        programme,
        moment,
        answered,
        home,
        typed,
        mistakes,
        news: None,
    }))
}
