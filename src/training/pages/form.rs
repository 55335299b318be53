//! Asking for a place: the form, and that a letter is on its way.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use sqlx::PgPool;

use super::OfCohort;
use crate::{
    forms::{Answers, Mistakes},
    limits::{self, Doer, Limit, StampKey, TRAP},
    places::Places,
    text::Slug,
    training::{
        Cohort, Profession, acts,
        booking::{Asked, read},
        store,
    },
    web::{Client, Error, Now, Path, Result, Typed, View, too_often},
};

/// From one network: a council has one for all who work there.
const OF_NETWORK: Limit = Limit { thing: "booking: network", times: 60, minutes: 60 };
const OF_EMAIL: Limit = Limit { thing: "booking: email", times: 6, minutes: 60 };

#[derive(Template)]
#[template(path = "training/book.html")]
struct FormPage<'a> {
    cohort: Cohort,
    typed: Answers,
    mistakes: Mistakes,
    /// Why it is asked for once more, where nothing is wrong with what was typed.
    again: Option<&'static str>,
    stamp: String,
    places: &'a Places,
    now: Timestamp,
}

#[derive(Template)]
#[template(path = "training/asked.html")]
struct ThanksPage {
    cohort: Cohort,
}

pub async fn form(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    Path(OfCohort { slug }): Path<OfCohort>,
) -> Result<Response> {
    let cohort = match bookable(&db, &slug, now).await? {
        Ok(cohort) => cohort,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let stamp = limits::store::stamp_key(&db).await?.stamp(now);
    let (typed, mistakes) = (Answers::default(), Mistakes::default());
    let page = FormPage { cohort, typed, mistakes, again: None, stamp, places: &places, now };
    Ok(View(page).into_response())
}

pub async fn book(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    client: Client,
    Now(now): Now,
    Path(OfCohort { slug }): Path<OfCohort>,
    Typed(typed): Typed,
) -> Result<Response> {
    let cohort = match bookable(&db, &slug, now).await? {
        Ok(cohort) => cohort,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let key = limits::store::stamp_key(&db).await?;
    let once_more = |cohort, typed: Answers, mistakes, again| {
        View(page(&key, cohort, typed, (mistakes, again), &places, now))
    };
    let mut read = read(&typed, &places);
    if typed.stated(TRAP) {
        let mut mistakes = read.err().unwrap_or_default();
        mistakes.add(TRAP, "Leave this box empty");
        read = Err(mistakes);
    }
    let Asked { profession, person } = match read {
        Ok(asked) => asked,
        Err(mistakes) => {
            let page = once_more(cohort, typed, mistakes, None);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if let Some(again) = key.age(typed.one("stamp"), now).again() {
        let page = once_more(cohort, typed, Mistakes::default(), Some(again));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if !limits::store::allowed(&db, OF_NETWORK, Doer::of(&client.in_words()), now).await? {
        let again = "Many bookings have come from where you are in the last hour. Wait an hour, then send it again.";
        let page = once_more(cohort, typed, Mistakes::default(), Some(again));
        return Ok(too_often(OF_NETWORK, page));
    }
    // Too often for one address is answered like all the rest: who asks need not be who reads it.
    if limits::store::allowed(&db, OF_EMAIL, Doer::of(person.email.as_str()), now).await? {
        acts::ask(&db, (acts::new_id(), &cohort), profession, &person, now).await?;
    }
    Ok(Redirect::to(&format!("/training/{}/book/thanks", cohort.slug)).into_response())
}

pub async fn thanks(
    State(db): State<PgPool>,
    Path(OfCohort { slug }): Path<OfCohort>,
) -> Result<Response> {
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    let cohort = store::of_slug(&mut *db.acquire().await?, &slug).await?.ok_or(Error::NotFound)?;
    Ok(View(ThanksPage { cohort }).into_response())
}

impl FormPage<'_> {
    fn has(&self, profession: &Profession) -> bool {
        self.typed.has("profession", profession.code())
    }
}

/// The cohort, or the way to its page, which says why it cannot be booked.
async fn bookable(db: &PgPool, slug: &str, now: Timestamp) -> Result<Result<Cohort, Response>> {
    let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
    let cohort = store::of_slug(&mut *db.acquire().await?, &slug).await?.ok_or(Error::NotFound)?;
    Ok(match cohort.can_be_booked(now) {
        true => Ok(cohort),
        false => Err(Redirect::to(&format!("/training/{slug}")).into_response()),
    })
}

fn page<'a>(
    key: &StampKey,
    cohort: Cohort,
    typed: Answers,
    (mistakes, again): (Mistakes, Option<&'static str>),
    places: &'a Places,
    now: Timestamp,
) -> FormPage<'a> {
    let stamp = key.kept(typed.one("stamp"), now);
    FormPage { cohort, typed, mistakes, again, stamp, places, now }
}
