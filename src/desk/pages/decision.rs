//! Deciding: published, sent back with words, or refused with a reason.
use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use sqlx::PgPool;

use super::{
    OfItem, Said, next,
    review::{REASONS, page},
};
use crate::{
    accounts::{Permit, pages::Signed},
    desk::store,
    forms::{Answers, Mistakes},
    offers,
    search::Catalogue,
    submissions::{
        Step,
        decide::{self, Decided, Looked, Words},
        questions::questions,
    },
    text::{Line, Text, plain_language::Swaps},
    web::{Error, Now, Path, Result, Typed},
};

/// What somebody decides.
enum Decision {
    Publish,
    Ask(Vec<Words>),
    Refuse(Text<2000>),
}

pub async fn decide(
    State(db): State<PgPool>,
    State(catalogue): State<Arc<Catalogue>>,
    State(swaps): State<Arc<Swaps>>,
    signed: Signed,
    Now(now): Now,
    Path(OfItem { id }): Path<OfItem>,
    Typed(typed): Typed,
) -> Result<Response> {
    let places = catalogue.places();
    let account = &signed.account;
    let item = store::item(&db, &account.rights.scope(), id).await?.ok_or(Error::NotFound)?;
    let looked = Looked { id, version: Some(typed.one("version").parse().unwrap_or(0)) };
    let permit = account.permit(looked, &item.boroughs, places).ok_or(Error::Forbidden)?;
    let around = (&db, places, &catalogue, &*swaps);
    let decision = match read(&typed) {
        Ok(decision) => decision,
        Err(mistakes) => {
            let page = page(around, signed, id, Said::wrong(typed, mistakes), now).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let (decided, done) = carry_out(&db, &permit, decision, now).await?;
    let news = match decided {
        Decided::Done => return next(&db, &signed, id, done, now).await,
        Decided::NotWaiting => {
            "Somebody else was first: this was decided or changed while you looked at it. \
                                Your decision was not carried out, and nothing you typed is lost."
                .to_owned()
        }
        Decided::Overtaken(parts) => format!(
            "This cannot be published as it is: what is live says something else by now in {}. Ask the \
             provider to look at it again.",
            parts.join(", ")
        ),
        Decided::Moved => {
            "Its listing has ended, or was moved on by an import. Refuse it, and say so.".to_owned()
        }
        Decided::EditsNotWhole => {
            "What was edited in it has a mistake, or something is missing. Open the edits and put it right, or \
             throw them away."
                .to_owned()
        }
        Decided::Lacking(lacks) => {
            format!("With this change the listing would lack something. {}", offers::advice(&lacks))
        }
    };
    let said = Said { typed, news: Some(news), ..Said::default() };
    let page = page(around, signed, id, said, now).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

async fn carry_out(
    db: &PgPool,
    permit: &Permit<Looked>,
    decision: Decision,
    now: Timestamp,
) -> Result<(Decided, &'static str)> {
    Ok(match decision {
        Decision::Publish => (decide::publish(db, permit, now).await?, "published"),
        Decision::Ask(said) => (decide::ask(db, permit, &said, now).await?, "asked"),
        Decision::Refuse(why) => (decide::refuse(db, permit, why, now).await?, "refused"),
    })
}

fn read(typed: &Answers) -> Result<Decision, Mistakes> {
    let mut mistakes = Mistakes::default();
    let decision = match typed.one("decision") {
        "publish" => Some(Decision::Publish),
        "ask" => {
            let said = asked(typed, &mut mistakes);
            if said.is_empty() && mistakes.is_empty() {
                mistakes.add("message", "Write what should be changed, here or beside a question");
            }
            Some(Decision::Ask(said))
        }
        "refuse" => refusal(typed, &mut mistakes).map(Decision::Refuse),
        _ => {
            mistakes.add("decision", "Choose what you decide");
            None
        }
    };
    match decision {
        Some(decision) if mistakes.is_empty() => Ok(decision),
        _ => Err(mistakes),
    }
}

/// The words about the whole, and those beside questions.
fn asked(typed: &Answers, mistakes: &mut Mistakes) -> Vec<Words> {
    let mut said = Vec::new();
    let names = Step::ALL.into_iter().flat_map(|step| questions(step)).map(|one| one.name);
    let fields = names.map(|name| (format!("ask-{name}"), Line::parse(name).ok()));
    for (field, about) in fields.chain([("message".to_owned(), None)]) {
        if !typed.stated(&field) {
            continue;
        }
        match Text::parse(typed.raw(&field)) {
            Ok(words) => said.push(Words { field: about, words }),
            Err(_) => mistakes.add(&field, "Make this 2,000 characters or fewer"),
        }
    }
    said
}

fn refusal(typed: &Answers, mistakes: &mut Mistakes) -> Option<Text<2000>> {
    let reason = REASONS.iter().find(|(code, _)| *code == typed.one("reason"));
    let Some((_, reason)) = reason else {
        mistakes.add("reason", "Choose the reason that comes nearest");
        return None;
    };
    let words = format!("{reason}\n\n{}", typed.raw("message"));
    if !typed.stated("message") {
        mistakes.add("message", "Say in your own words why, and what they could do");
    }
    let words = Text::parse(&words);
    if words.is_err() {
        mistakes.add("message", "Make this 1,900 characters or fewer");
    }
    words.ok()
}
