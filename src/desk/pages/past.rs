//! Cohorts of the past at the desk: what was held before this directory was there, or elsewhere.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::{After, Said, names};
use crate::{
    accounts::pages::Signed,
    calendar::civil_now,
    forms::{Answers, Mistakes},
    places::{Borough, Gss, Places},
    training::{
        past::{self, Done, GROUPS, Kept, Past, PastId, sum},
        store::past as store,
    },
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Template)]
#[template(path = "desk/past_cohorts.html")]
struct ListPage<'a> {
    signed: Signed,
    kept: Vec<Kept>,
    done: Option<&'static str>,
    places: &'a Places,
}

impl ListPage<'_> {
    fn names(&self, one: &Kept) -> String {
        names(&one.past.boroughs, self.places)
    }
    fn people(&self, one: &Kept) -> String {
        sum(&one.past.people).map_or("Not known".to_owned(), |many| many.to_string())
    }
}

#[derive(Template)]
#[template(path = "desk/past_cohort.html")]
struct FormPage<'a> {
    signed: Signed,
    /// None for a new one.
    kept: Option<Kept>,
    said: Said,
    /// Those that are theirs to choose.
    boroughs: Vec<&'a Borough>,
    /// Others that it is in, too, and that stay.
    others: String,
    may_decide: bool,
}

impl FormPage<'_> {
    fn action(&self) -> String {
        match &self.kept {
            Some(kept) => format!("/desk/training/past/{}", kept.id),
            None => "/desk/training/past/entry".to_owned(),
        }
    }
}

#[derive(Deserialize)]
pub struct OfPast {
    past: PastId,
}

pub async fn list(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Query(After { done }): Query<After>,
) -> Result<Response> {
    let kept = store::listed(&db, &signed.account.rights.scope()).await?;
    let done = match done.as_str() {
        "recorded" => Some("It is recorded."),
        "changed" => Some("It is changed."),
        "removed" => Some("It is taken away."),
        _ => None,
    };
    Ok(View(ListPage { signed, kept, done, places: &places }).into_response())
}

pub async fn form(State(places): State<Arc<Places>>, signed: Signed) -> Result<Response> {
    if !signed.account.rights.decides_somewhere() {
        return Err(Error::Forbidden);
    }
    Ok(View(page(&places, signed, None, Said::default())).into_response())
}

pub async fn record(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    if !signed.account.rights.decides_somewhere() {
        return Err(Error::Forbidden);
    }
    let past = match read(&typed, &signed, None, &places, civil_now(now).date())? {
        Ok(past) => past,
        Err(mistakes) => return Ok(refused(&places, signed, None, typed, mistakes)),
    };
    let boroughs = past.boroughs.clone();
    let permit = signed.account.permit(past, &boroughs, &places).ok_or(Error::Forbidden)?;
    past::record(&db, &permit, now).await?;
    Ok(Redirect::to("/desk/training/past?done=recorded").into_response())
}

pub async fn one(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Path(OfPast { past }): Path<OfPast>,
) -> Result<Response> {
    let kept = found(&db, &signed, past).await?;
    Ok(View(page(&places, signed, Some(kept), Said::default())).into_response())
}

pub async fn change(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfPast { past: id }): Path<OfPast>,
    Typed(typed): Typed,
) -> Result<Response> {
    let kept = found(&db, &signed, id).await?;
    let seen = Kept { revision: typed.one("revision").parse().unwrap_or(0), ..kept.clone() };
    let boroughs = kept.past.boroughs.clone();
    let permit = signed.account.permit(seen, &boroughs, &places).ok_or(Error::Forbidden)?;
    let past = match read(&typed, &signed, Some(&kept), &places, civil_now(now).date())? {
        Ok(past) => past,
        Err(mistakes) => return Ok(refused(&places, signed, Some(kept), typed, mistakes)),
    };
    match past::change(&db, &permit, &past, now).await? {
        Done::Done => Ok(Redirect::to("/desk/training/past?done=changed").into_response()),
        Done::MovedOn => {
            let kept = found(&db, &signed, id).await?;
            let news = "Somebody else changed it while you looked at it. Nothing you typed is lost: look it over, then send it again.";
            let said = Said { typed, news: Some(news.to_owned()), ..Said::default() };
            let page = page(&places, signed, Some(kept), said);
            Ok((StatusCode::CONFLICT, View(page)).into_response())
        }
    }
}

pub async fn remove(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfPast { past: id }): Path<OfPast>,
    Typed(typed): Typed,
) -> Result<Response> {
    let kept = found(&db, &signed, id).await?;
    let seen = Kept { revision: typed.one("revision").parse().unwrap_or(0), ..kept.clone() };
    let boroughs = kept.past.boroughs.clone();
    let permit = signed.account.permit(seen, &boroughs, &places).ok_or(Error::Forbidden)?;
    match past::remove(&db, &permit, now).await? {
        Done::Done => Ok(Redirect::to("/desk/training/past?done=removed").into_response()),
        Done::MovedOn => {
            let news = "Somebody else changed it while you looked at it, so it stays. You see it below as it is now.";
            let said = Said { news: Some(news.to_owned()), ..Said::default() };
            let page = page(&places, signed, Some(kept), said);
            Ok((StatusCode::CONFLICT, View(page)).into_response())
        }
    }
}

async fn found(db: &PgPool, signed: &Signed, id: PastId) -> Result<Kept> {
    let scope = signed.account.rights.scope();
    store::one(db, &scope, id).await?.ok_or(Error::NotFound)
}

/// What was typed. Boroughs that are not theirs to choose stay as they are.
fn read(
    typed: &Answers,
    signed: &Signed,
    kept: Option<&Kept>,
    places: &Places,
    today: jiff::civil::Date,
) -> Result<Result<Past, Mistakes>> {
    let mut boroughs: Vec<Gss> = kept.map_or(Vec::new(), |kept| others(kept, signed));
    for slug in typed.all("boroughs") {
        let borough = places.borough_by_slug(slug).ok_or(Error::Forbidden)?;
        if !signed.account.rights.may_decide(&[borough.gss]) {
            return Err(Error::Forbidden);
        }
        boroughs.push(borough.gss);
    }
    let past = Past::read(|field| typed.one(field), boroughs, today);
    Ok(past.map_err(|wrong| {
        let mut mistakes = Mistakes::default();
        wrong.into_iter().for_each(|(field, words)| mistakes.add(field, words));
        mistakes
    }))
}

fn others(kept: &Kept, signed: &Signed) -> Vec<Gss> {
    let theirs = |gss: &&Gss| !signed.account.rights.may_decide(&[**gss]);
    kept.past.boroughs.iter().filter(theirs).copied().collect()
}

fn refused(
    places: &Places,
    signed: Signed,
    kept: Option<Kept>,
    typed: Answers,
    mistakes: Mistakes,
) -> Response {
    let said = Said::wrong(typed, mistakes);
    (StatusCode::UNPROCESSABLE_ENTITY, View(page(places, signed, kept, said))).into_response()
}

/// With what was typed, or else what is kept.
fn page<'a>(
    places: &'a Places,
    signed: Signed,
    kept: Option<Kept>,
    mut said: Said,
) -> FormPage<'a> {
    let rights = &signed.account.rights;
    let boroughs = places.boroughs().iter().filter(|one| rights.may_decide(&[one.gss])).collect();
    let may_decide = kept.as_ref().is_none_or(|kept| rights.may_decide(&kept.past.boroughs));
    let others = kept.as_ref().map_or(String::new(), |kept| names(&others(kept, &signed), places));
    if let (Some(kept), true) = (&kept, said.typed == Answers::default()) {
        said.typed = as_typed(&kept.past, places);
    }
    FormPage { signed, kept, said, boroughs, others, may_decide }
}

fn as_typed(past: &Past, places: &Places) -> Answers {
    let mut typed = Answers::default();
    typed.set("title", past.title.as_str());
    typed.set("year", past.year.to_string());
    typed.set("held_on", past.held.map(|day| day.to_string()).unwrap_or_default());
    typed.set("source", past.source.as_str());
    for borough in past.boroughs.iter().filter_map(|gss| places.borough(*gss)) {
        typed.add("boroughs", borough.slug.as_str());
    }
    for ((field, _), many) in GROUPS.iter().zip(past.people) {
        typed.set(field, many.map(|many| many.to_string()).unwrap_or_default());
    }
    typed
}
