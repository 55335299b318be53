//! A programme at the desk: what it is, its modules and its questions. Administrators write it.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use sqlx::PgPool;
use uuid::Uuid;

use super::{programme_of, refused};
use crate::{
    accounts::pages::Signed,
    desk::training::{self, Done, Programmed},
    forms::{Answers, Mistakes},
    places::Places,
    text::{Line, Text},
    training::{
        Module, Programme, Question,
        programme::{MODULE_MINUTES, MODULES, Says},
    },
    web::{Error, Now, Path, Result, Typed, View},
};

/// So many rows are shown, and two more than are filled in.
const MOST: usize = 12;
const FEWEST_QUESTIONS: usize = 3;

#[derive(Deserialize)]
pub struct OfProgramme {
    programme: String,
}

#[derive(Template)]
#[template(path = "desk/training/programme.html")]
struct ProgrammePage {
    signed: Signed,
    /// None for a new one.
    programme: Option<Programme>,
    typed: Answers,
    mistakes: Mistakes,
    news: Option<String>,
}

pub async fn programme(
    State(db): State<PgPool>,
    signed: Signed,
    Path(of): Path<OfProgramme>,
) -> Result<Response> {
    let programme = known(&db, &signed, &of).await?;
    let typed = programme.as_ref().map(written).unwrap_or_default();
    let (mistakes, news) = (Mistakes::default(), None);
    Ok(View(ProgrammePage { signed, programme, typed, mistakes, news }).into_response())
}

pub async fn keep(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(of): Path<OfProgramme>,
    Typed(typed): Typed,
) -> Result<Response> {
    let programme = known(&db, &signed, &of).await?;
    let revision = programme.as_ref().map(|_| typed.one("revision").parse().unwrap_or(0));
    let id = programme.as_ref().map_or_else(Uuid::now_v7, |one| one.id);
    let permit = signed.account.permit((id, revision), &[], &places);
    let permit = permit.ok_or(Error::Forbidden)?;
    let wanted = |in_use: &[Uuid]| read(&typed, programme.as_ref(), in_use);
    let (mistakes, news) = match training::keep_programme(&db, &permit, wanted, now).await? {
        Ok(Done::Done) => return Ok(Redirect::to("/desk/training").into_response()),
        Ok(other) => (Mistakes::default(), refused(other)),
        Err(mistakes) => (mistakes, None),
    };
    let status = match news {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = ProgrammePage { signed, programme, typed, mistakes, news };
    Ok((status, View(page)).into_response())
}

/// `new` is none that is there.
async fn known(db: &PgPool, signed: &Signed, of: &OfProgramme) -> Result<Option<Programme>> {
    if !signed.account.rights.administrator {
        return Err(Error::Forbidden);
    }
    match of.programme.as_str() {
        "new" => Ok(None),
        id => programme_of(db, id.parse().map_err(|_| Error::NotFound)?).await.map(Some),
    }
}

fn written(programme: &Programme) -> Answers {
    let mut typed = Answers::default();
    typed.set("name", programme.says.name.as_str());
    typed.set("for_whom", programme.says.for_whom.as_str());
    typed.set("about", programme.says.about.as_str());
    for (at, one) in (1..).zip(&programme.modules) {
        typed.set(&format!("title-{at}"), one.title.as_str());
        typed.set(&format!("aims-{at}"), one.aims.as_str());
        typed.set(&format!("minutes-{at}"), one.minutes.to_string());
    }
    for (at, one) in (1..).zip(&programme.questions) {
        typed.set(&format!("words-{at}"), one.words.as_str());
        typed.set(&format!("low-{at}"), one.low.as_str());
        typed.set(&format!("high-{at}"), one.high.as_str());
    }
    typed
}

fn read(
    typed: &Answers,
    known: Option<&Programme>,
    in_use: &[Uuid],
) -> Result<Programmed, Mistakes> {
    let mut wrong = Mistakes::default();
    let name = Line::parse(typed.one("name"));
    if name.is_err() {
        wrong.add("name", "Enter a name, in no more than 120 letters");
    }
    let for_whom = Line::parse(typed.one("for_whom"));
    if for_whom.is_err() {
        wrong.add("for_whom", "Say whom it is for, in no more than 280 letters");
    }
    let about = Text::parse(typed.raw("about"));
    if about.is_err() {
        wrong.add("about", "Say what it is, in no more than 5,000 characters");
    }
    let (modules, questions) =
        (modules(typed, known, in_use, &mut wrong), questions(typed, known, in_use, &mut wrong));
    if modules.is_empty() {
        wrong.add("title-1", "Name at least one module");
    }
    match (name, for_whom, about) {
        (Ok(name), Ok(for_whom), Ok(about)) if wrong.is_empty() => {
            Ok((Says { name, for_whom, about }, modules, questions))
        }
        _ => Err(wrong),
    }
}

/// A row keeps the module that stood in it, so that its dates stay; one that has dates cannot go.
fn modules(
    typed: &Answers,
    known: Option<&Programme>,
    in_use: &[Uuid],
    wrong: &mut Mistakes,
) -> Vec<Module> {
    let mut modules = Vec::new();
    for at in 1..=MOST {
        let [title, aims, minutes] = ["title", "aims", "minutes"].map(|one| format!("{one}-{at}"));
        let before = known.and_then(|one| one.modules.get(at - 1)).map(|one| one.id);
        if !typed.stated(&title) && !typed.stated(&aims) {
            if before.is_some_and(|id| in_use.contains(&id)) {
                wrong.add(&title, "This module has dates in a cohort, so it cannot go");
            }
            continue;
        }
        let named = Line::parse(typed.one(&title));
        if named.is_err() {
            wrong.add(&title, "Enter a title, in no more than 120 letters");
        }
        let aimed = Text::parse(typed.raw(&aims));
        if aimed.is_err() {
            wrong.add(&aims, "Say what people can do afterwards, in no more than 1,000 characters");
        }
        let long = match typed.one(&minutes) {
            "" => Some(MODULE_MINUTES),
            typed => typed.parse().ok().filter(|long| (15..=480).contains(long)),
        };
        if long.is_none() {
            wrong.add(&minutes, "Enter how long it is, from 15 to 480 minutes");
        }
        if let (Ok(title), Ok(aims), Some(minutes)) = (named, aimed, long) {
            let position = u8::try_from(modules.len() + 1).unwrap_or(u8::MAX);
            let id = before.unwrap_or_else(Uuid::now_v7);
            modules.push(Module { id, position, title, aims, minutes });
        }
    }
    modules
}

fn questions(
    typed: &Answers,
    known: Option<&Programme>,
    in_use: &[Uuid],
    wrong: &mut Mistakes,
) -> Vec<Question> {
    let mut questions = Vec::new();
    for at in 1..=MOST {
        let [words, low, high] = ["words", "low", "high"].map(|one| format!("{one}-{at}"));
        let before = known.and_then(|one| one.questions.get(at - 1));
        let used = before.is_some_and(|one| in_use.contains(&one.id));
        if ![&words, &low, &high].iter().any(|field| typed.stated(field)) {
            if used {
                wrong.add(&words, "This question has answers, so it cannot go");
            }
            continue;
        }
        let asked = Line::parse(typed.one(&words));
        match &asked {
            Err(_) => wrong.add(&words, "Enter the question, in no more than 200 letters"),
            Ok(asked) if used && before.is_some_and(|one| one.words != *asked) => {
                wrong.add(&words, "This question has answers, so its words must stay. Add another");
            }
            Ok(_) => {}
        }
        let answered = before.filter(|_| used);
        let mut end = |field: &str, what: &str, stood: Option<&Line<60>>| {
            let parsed = Line::parse(typed.one(field));
            match &parsed {
                Err(_) => {
                    wrong.add(field, format!("Say what {what} means, in no more than 60 letters"));
                }
                Ok(parsed) if stood.is_some_and(|stood| stood != parsed) => wrong.add(
                    field,
                    format!(
                        "This question has answers, so what {what} means must stay. Add another"
                    ),
                ),
                Ok(_) => {}
            }
            parsed
        };
        let low = end(&low, "0", answered.map(|one| &one.low));
        let high = end(&high, "10", answered.map(|one| &one.high));
        if let (Ok(words), Ok(low), Ok(high)) = (asked, low, high) {
            let position = u8::try_from(questions.len() + 1).unwrap_or(u8::MAX);
            let id = before.map_or_else(Uuid::now_v7, |one| one.id);
            questions.push(Question { id, position, words, low, high });
        }
    }
    questions
}

impl ProgrammePage {
    fn address(&self) -> String {
        match &self.programme {
            Some(one) => format!("/desk/training/programmes/{}", one.id),
            None => "/desk/training/programmes/new".to_owned(),
        }
    }
    fn rows(&self, what: &str, fewest: usize) -> std::ops::RangeInclusive<usize> {
        let filled = (1..=MOST).rev().find(|at| self.typed.stated(&format!("{what}-{at}")));
        1..=(filled.unwrap_or(0) + 2).clamp(fewest, MOST)
    }
    fn modules(&self) -> std::ops::RangeInclusive<usize> {
        self.rows("title", MODULES)
    }
    fn questions(&self) -> std::ops::RangeInclusive<usize> {
        self.rows("words", FEWEST_QUESTIONS)
    }
    fn field(&self, what: &str, number: &usize) -> String {
        format!("{what}-{number}")
    }
    fn label(&self, what: &str, number: &usize) -> String {
        format!("{what} {number}")
    }
}
