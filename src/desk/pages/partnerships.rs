//! Partnerships at the desk: the list, and one to add, edit or archive.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::{After, Said};
use crate::{
    accounts::{Permit, pages::Signed},
    forms::{Answers, Mistakes},
    partnerships::{
        Content, Kind, Level, Partnership, PartnershipId,
        acts::{self, Done, Looked},
        form,
        pages::{area, slugs},
        store,
    },
    places::Places,
    text::series,
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    show: String,
}

#[derive(Template)]
#[template(path = "desk/partnerships.html")]
struct ListPage<'a> {
    signed: Signed,
    archived: bool,
    all: Vec<Partnership>,
    places: &'a Places,
}

pub async fn list(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let archived = asked.show == "archived";
    let mut all = store::within(&db, &signed.account.rights.scope()).await?;
    all.retain(|one| one.is_archived() == archived);
    Ok(View(ListPage { signed, archived, all, places: &places }).into_response())
}

#[derive(Template)]
#[template(path = "desk/partnership.html")]
struct OnePage<'a> {
    signed: Signed,
    /// None for one that is to be added.
    one: Option<Partnership>,
    /// The revision that is looked at: what was typed belongs to it.
    version: i32,
    said: Said,
    places: &'a Places,
}

pub async fn form(State(places): State<Arc<Places>>, signed: Signed) -> Result<Response> {
    signed.account.rights.manages().ok_or(Error::Forbidden)?;
    let mut typed = Answers::default();
    typed.set("level", Level::Borough.code());
    for borough in places.boroughs() {
        if !signed.account.rights.administrator && signed.account.rights.may_decide(&[borough.gss])
        {
            typed.add("borough", borough.slug.as_str());
        }
    }
    let said = Said { typed, ..Said::default() };
    Ok(View(OnePage { signed, one: None, version: 0, said, places: &places }).into_response())
}

pub async fn add(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    signed.account.rights.manages().ok_or(Error::Forbidden)?;
    match read(&typed, &signed, &places, None) {
        Ok(permit) => {
            let id = acts::add(&db, &permit, now).await?;
            Ok(Redirect::to(&format!("/desk/partnerships/{id}?done=added")).into_response())
        }
        Err(mistakes) => {
            let said = Said::wrong(typed, mistakes);
            let page = OnePage { signed, one: None, version: 0, said, places: &places };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
        }
    }
}

#[derive(Deserialize)]
pub struct OfPartnership {
    partnership: PartnershipId,
}

pub async fn one(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Path(OfPartnership { partnership }): Path<OfPartnership>,
    Query(after): Query<After>,
) -> Result<Response> {
    let one = store::one(&db, &signed.account.rights.scope(), partnership).await?;
    let one = one.ok_or(Error::NotFound)?;
    let done = match &*after.done {
        "added" => Some("It is in the list."),
        "saved" => Some("It is saved."),
        "archived" => Some("It is archived: visitors do not see it any more."),
        "back" => Some("Visitors see it again."),
        _ => None,
    };
    let typed = form::typed(&one.content, &slugs(&places));
    let (version, said) = (one.revision, Said { typed, done, ..Said::default() });
    Ok(View(OnePage { signed, one: Some(one), version, said, places: &places }).into_response())
}

pub async fn change(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfPartnership { partnership }): Path<OfPartnership>,
    Typed(typed): Typed,
) -> Result<Response> {
    let (one, permit) = found(&db, &places, &signed, partnership, &typed).await?;
    match read(&typed, &signed, &places, Some(&one)) {
        Err(mistakes) => {
            let said = Said::wrong(typed, mistakes);
            let version = permit.subject().revision;
            let page = OnePage { signed, one: Some(one), version, said, places: &places };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
        }
        Ok(becomes) => {
            let done = acts::change(&db, &permit, &becomes, now).await?;
            next(done, (&db, &places, signed), Some(typed), partnership, "saved").await
        }
    }
}

pub async fn archive(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfPartnership { partnership }): Path<OfPartnership>,
    Typed(typed): Typed,
) -> Result<Response> {
    let (_, permit) = found(&db, &places, &signed, partnership, &typed).await?;
    let done = acts::archive(&db, &permit, true, now).await?;
    next(done, (&db, &places, signed), None, partnership, "archived").await
}

pub async fn bring_back(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfPartnership { partnership }): Path<OfPartnership>,
    Typed(typed): Typed,
) -> Result<Response> {
    let (_, permit) = found(&db, &places, &signed, partnership, &typed).await?;
    let done = acts::archive(&db, &permit, false, now).await?;
    next(done, (&db, &places, signed), None, partnership, "back").await
}

impl ListPage<'_> {
    fn may_add(&self) -> bool {
        self.signed.account.rights.manages().is_some()
    }
    fn area(&self, one: &Partnership) -> String {
        area(one, self.places)
    }
}

impl OnePage<'_> {
    fn may_change(&self) -> bool {
        let rights = &self.signed.account.rights;
        match &self.one {
            Some(one) => rights.may_decide(one.content.covers.looked_after_by()),
            None => rights.manages().is_some(),
        }
    }
}

/// What was typed, with leave to keep it so. A region's or the nation's are looked after by administrators only;
/// a borough is added and taken away by those who look after it.
fn read(
    typed: &Answers,
    signed: &Signed,
    places: &Places,
    before: Option<&Partnership>,
) -> Result<Permit<Content>, Mistakes> {
    let content = form::read(typed, &slugs(places))?;
    let theirs = content.covers.looked_after_by().to_vec();
    let level = content.covers.level();
    let permit = signed.account.permit(content, &theirs, places).ok_or_else(|| {
        let mut mistakes = Mistakes::default();
        match level {
            Level::Borough => {
                mistakes.add("borough", "Choose at least one borough that you look after")
            }
            Level::Region | Level::Nation => {
                mistakes.add(
                    "level",
                    "Only administrators look after groups of the region or the country",
                );
            }
        }
        mistakes
    })?;
    let were = before.map_or(&[][..], |one| one.content.covers.looked_after_by());
    let added = theirs.iter().filter(|gss| !were.contains(gss));
    let moved = added.chain(were.iter().filter(|gss| !theirs.contains(gss)));
    let others: Vec<&str> = moved
        .filter(|gss| !signed.account.rights.may_decide(&[**gss]))
        .filter_map(|gss| places.borough(*gss))
        .map(|borough| borough.name.as_str())
        .collect();
    if !others.is_empty() && level == Level::Borough {
        let mut mistakes = Mistakes::default();
        let others = series(&others);
        mistakes
            .add("borough", format!("Only those who look after {others} add it or take it away"));
        return Err(mistakes);
    }
    Ok(permit)
}

/// What is out of scope does not exist; on what one may only read, one does not act.
async fn found(
    db: &PgPool,
    places: &Places,
    signed: &Signed,
    partnership: PartnershipId,
    typed: &Answers,
) -> Result<(Partnership, Permit<Looked>)> {
    let account = &signed.account;
    let one = store::one(db, &account.rights.scope(), partnership).await?.ok_or(Error::NotFound)?;
    let revision = typed.one("version").parse().unwrap_or(0);
    let theirs = one.content.covers.looked_after_by();
    let permit = account.permit(Looked { partnership, revision }, theirs, places);
    let permit = permit.ok_or(Error::Forbidden)?;
    Ok((one, permit))
}

/// On to its page as it is now; with what was typed where somebody else was quicker.
async fn next(
    done: Done,
    (db, places, signed): (&PgPool, &Places, Signed),
    typed: Option<Answers>,
    partnership: PartnershipId,
    word: &str,
) -> Result<Response> {
    // A change may take it out of their own sight: then the list is all there is to show.
    let one = store::one(db, &signed.account.rights.scope(), partnership).await?;
    let Some(one) = one else { return Ok(Redirect::to("/desk/partnerships").into_response()) };
    if done == Done::Done {
        let to = format!("/desk/partnerships/{partnership}?done={word}");
        return Ok(Redirect::to(&to).into_response());
    }
    let typed = typed.unwrap_or_else(|| form::typed(&one.content, &slugs(places)));
    let said = Said::moved_on(typed);
    let page = OnePage { signed, version: one.revision, one: Some(one), said, places };
    Ok((StatusCode::CONFLICT, View(page)).into_response())
}
