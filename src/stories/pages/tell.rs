//! The way to a private link: an e-mail address, and no account.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;

use crate::{
    forms::{Answers, Mistakes},
    limits::{self, Doer, Limit, StampKey, TRAP},
    stories::{acts, store::shown},
    text::{Email, Slug},
    web::{Client, Now, Query, Result, Typed, View, too_often},
};

/// From one network: a group that meets in one room may all begin at once.
const OF_NETWORK: Limit = Limit { thing: "story: network", times: 30, minutes: 60 };
/// Each one is a letter to that address.
const OF_EMAIL: Limit = Limit { thing: "story: email", times: 5, minutes: 60 };

/// The offer from whose page somebody comes.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    offer: String,
}

#[derive(Template)]
#[template(path = "stories/tell.html")]
struct TellPage {
    form: Form,
    /// The offer that the story is to be about.
    offer: Option<(Slug, String)>,
}

#[derive(Template)]
#[template(path = "stories/link.html")]
struct LinkPage {
    form: Form,
}

#[derive(Template)]
#[template(path = "stories/sent.html")]
struct SentPage;

/// Asks for one address.
struct Form {
    typed: Answers,
    mistakes: Mistakes,
    /// Why it is asked for once more, where nothing is wrong with what was typed.
    again: Option<&'static str>,
    stamp: String,
}

pub async fn form(
    State(db): State<PgPool>,
    Now(now): Now,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let key = limits::store::stamp_key(&db).await?;
    let offer = found(&db, &asked.offer).await?;
    let form = Form::of(&key, Answers::default(), Mistakes::default(), None, now);
    Ok(View(TellPage { form, offer }).into_response())
}

pub async fn begin(
    State(db): State<PgPool>,
    client: Client,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    let key = limits::store::stamp_key(&db).await?;
    let offer = found(&db, typed.one("offer")).await?;
    let email = match asked_for(&db, &key, client, &typed, now).await? {
        Ok(email) => email,
        Err(Again { mistakes, again, limit }) => {
            let form = Form::of(&key, typed, mistakes, again, now);
            return Ok(answer(View(TellPage { form, offer }), limit));
        }
    };
    let id = key.id_of(typed.one("stamp"), &["story", email.as_str(), typed.one("offer")]);
    let mut answers = Answers::default();
    if let Some((slug, _)) = &offer {
        answers.set("offers", format!("/offers/{slug}"));
    }
    acts::begin(&db, id, &email, &answers, now).await?;
    Ok(Redirect::to("/stories/sent").into_response())
}

/// For who has told one, and cannot find the letter.
pub async fn ask(State(db): State<PgPool>, Now(now): Now) -> Result<Response> {
    let key = limits::store::stamp_key(&db).await?;
    let form = Form::of(&key, Answers::default(), Mistakes::default(), None, now);
    Ok(View(LinkPage { form }).into_response())
}

pub async fn mail_links(
    State(db): State<PgPool>,
    client: Client,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    let key = limits::store::stamp_key(&db).await?;
    match asked_for(&db, &key, client, &typed, now).await? {
        Ok(email) => {
            acts::mail_links(&db, &email, now).await?;
            Ok(Redirect::to("/stories/sent").into_response())
        }
        Err(Again { mistakes, again, limit }) => {
            let form = Form::of(&key, typed, mistakes, again, now);
            Ok(answer(View(LinkPage { form }), limit))
        }
    }
}

pub async fn sent() -> View<impl Template> {
    View(SentPage)
}

impl Form {
    fn of(
        key: &StampKey,
        typed: Answers,
        mistakes: Mistakes,
        again: Option<&'static str>,
        now: Timestamp,
    ) -> Self {
        let stamp = key.kept(typed.one("stamp"), now);
        Self { typed, mistakes, again, stamp }
    }
}

/// Why the form comes back.
struct Again {
    mistakes: Mistakes,
    again: Option<&'static str>,
    limit: Option<Limit>,
}

/// The address, from a person and not too often.
async fn asked_for(
    db: &PgPool,
    key: &StampKey,
    client: Client,
    typed: &Answers,
    now: Timestamp,
) -> Result<Result<Email, Again>> {
    let mut mistakes = Mistakes::default();
    let email = Email::of_person(typed.one("email"));
    if email.is_err() {
        mistakes.add("email", "Enter an email address, like name@example.org");
    }
    if typed.stated(TRAP) {
        mistakes.add(TRAP, "Leave this box empty");
    }
    let email = match email {
        Ok(email) if mistakes.is_empty() => email,
        _ => return Ok(Err(Again { mistakes, again: None, limit: None })),
    };
    if let Some(again) = key.age(typed.one("stamp"), now).again() {
        return Ok(Err(Again { mistakes, again: Some(again), limit: None }));
    }
    let doers = [(OF_NETWORK, client.in_words()), (OF_EMAIL, email.as_str().to_owned())];
    for (limit, doer) in doers {
        if !limits::store::allowed(db, limit, Doer::of(&doer), now).await? {
            let again = Some(
                "This was asked for very often in the last hour. Look for our email, or wait an hour and send it again.",
            );
            return Ok(Err(Again { mistakes, again, limit: Some(limit) }));
        }
    }
    Ok(Ok(email))
}

fn answer(page: impl IntoResponse, limit: Option<Limit>) -> Response {
    match limit {
        Some(limit) => too_often(limit, page),
        None => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
    }
}

async fn found(db: &PgPool, slug: &str) -> sqlx::Result<Option<(Slug, String)>> {
    let Some(slug) = Slug::parse(slug) else { return Ok(None) };
    let found = shown::offer(db, &slug).await?;
    Ok(found.map(|(_, title)| (slug, title)))
}
