//! Reporting a mistake: the form, and thanks.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use sqlx::PgPool;

use super::{About, Kind, Report, store};
use crate::{
    forms::{Answers, Mistakes},
    limits::{self, Doer, Limit, StampKey, TRAP},
    text::{Email, Slug, Text, TextProblem},
    web::{Client, Error, Now, Path, Result, Typed, View, too_often},
};

/// From one network: a surgery has one for all who work there.
const OF_NETWORK: Limit = Limit { thing: "report: network", times: 20, minutes: 60 };

#[derive(Template)]
#[template(path = "reports/form.html")]
struct FormPage {
    about: About,
    typed: Answers,
    mistakes: Mistakes,
    /// Why it is asked for once more, where nothing is wrong with what was typed.
    again: Option<&'static str>,
    stamp: String,
}

#[derive(Template)]
#[template(path = "reports/thanks.html")]
struct ThanksPage {
    about: About,
}

#[derive(serde::Deserialize)]
pub struct OfOffer {
    slug: String,
}

pub async fn form(
    State(db): State<PgPool>,
    Now(now): Now,
    Path(OfOffer { slug }): Path<OfOffer>,
) -> Result<Response> {
    let about = match found(&db, &slug).await? {
        Ok(about) => about,
        Err(gone) => return Ok(gone),
    };
    let stamp = limits::store::stamp_key(&db).await?.stamp(now);
    let (typed, mistakes) = (Answers::default(), Mistakes::default());
    Ok(View(FormPage { about, typed, mistakes, again: None, stamp }).into_response())
}

pub async fn report(
    State(db): State<PgPool>,
    client: Client,
    Now(now): Now,
    Path(OfOffer { slug }): Path<OfOffer>,
    Typed(typed): Typed,
) -> Result<Response> {
    let about = match found(&db, &slug).await? {
        Ok(about) => about,
        Err(gone) => return Ok(gone),
    };
    let key = limits::store::stamp_key(&db).await?;
    let report = match read(&typed, &about, &key) {
        Ok(report) => report,
        Err(mistakes) => {
            let page = once_more(&key, about, typed, (mistakes, None), now);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if let Some(again) = key.age(typed.one("stamp"), now).again() {
        let page = once_more(&key, about, typed, (Mistakes::default(), Some(again)), now);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let network = client.in_words();
    if !limits::store::allowed(&db, OF_NETWORK, Doer::of(&network), now).await? {
        let again = "Many reports have come from where you are in the last hour. Wait an hour, then send it again.";
        let page = once_more(&key, about, typed, (Mistakes::default(), Some(again)), now);
        return Ok(too_often(OF_NETWORK, page));
    }
    let reporter = Doer::of(&format!("{network} reports {}", about.id));
    let reporter = limits::store::mark(&db, &reporter).await?;
    store::keep(&db, &report, &reporter, now).await?;
    Ok(Redirect::to(&format!("/offers/{}/report/thanks", about.slug)).into_response())
}

pub async fn thanks(
    State(db): State<PgPool>,
    Path(OfOffer { slug }): Path<OfOffer>,
) -> Result<Response> {
    Ok(match found(&db, &slug).await? {
        Ok(about) => View(ThanksPage { about }).into_response(),
        Err(gone) => gone,
    })
}

/// The offer, or the way to its own page, which says where it went or that it has ended.
async fn found(db: &PgPool, slug: &str) -> Result<Result<About, Response>> {
    let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
    let about = store::about(db, &slug).await?;
    Ok(about.ok_or_else(|| Redirect::to(&format!("/offers/{slug}")).into_response()))
}

fn read(typed: &Answers, about: &About, key: &StampKey) -> Result<Report, Mistakes> {
    let mut mistakes = Mistakes::default();
    let kind = Kind::parse(typed.one("kind"));
    if kind.is_none() {
        mistakes.add("kind", "Choose what is wrong");
    }
    let words = Text::optional(typed.raw("words")).unwrap_or_else(|problem| {
        mistakes.add("words", too_long(problem));
        None
    });
    if kind == Some(Kind::Other) && words.is_none() {
        mistakes.add("words", "Say in a few words what is wrong");
    }
    let email = match typed.one("email") {
        "" => None,
        email => Email::of_person(email).map(Some).unwrap_or_else(|_| {
            mistakes.add(
                "email",
                "Enter an email address, like name@example.org, or leave the box empty",
            );
            None
        }),
    };
    if typed.stated(TRAP) {
        mistakes.add(TRAP, "Leave this box empty");
    }
    let id = key.id_of(
        typed.one("stamp"),
        &["report", about.slug.as_str(), typed.one("kind"), typed.one("words"), typed.one("email")],
    );
    match kind {
        Some(kind) if mistakes.is_empty() => Ok(Report { id, offer: about.id, kind, words, email }),
        _ => Err(mistakes),
    }
}

fn too_long(problem: TextProblem) -> String {
    match problem {
        TextProblem::TooLong { length, max } => {
            format!("Use {max} characters or fewer. There are {length} now")
        }
        TextProblem::Missing => "Write something here, or leave the box empty".to_owned(),
    }
}

fn once_more(
    key: &StampKey,
    about: About,
    typed: Answers,
    (mistakes, again): (Mistakes, Option<&'static str>),
    now: Timestamp,
) -> View<FormPage> {
    let stamp = key.kept(typed.one("stamp"), now);
    View(FormPage { about, typed, mistakes, again, stamp })
}
