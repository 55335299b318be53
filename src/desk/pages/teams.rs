//! The teams of boroughs, whom anybody may ask: kept by administrators.
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
    forms::Answers,
    partnerships::{
        acts::{Done, TeamOf, keep_team},
        store::teams,
        team::{self, Team},
    },
    places::{Borough, Places},
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Template)]
#[template(path = "desk/teams.html")]
struct ListPage<'a> {
    signed: Signed,
    boroughs: Vec<(&'a Borough, Option<Team>)>,
}

pub async fn list(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
) -> Result<Response> {
    administrator(&signed)?;
    let all = teams::every(&db).await?;
    let of = |one: &Borough| all.iter().find(|team| team.borough == one.gss).cloned();
    let boroughs = places.boroughs().iter().map(|one| (one, of(one))).collect();
    Ok(View(ListPage { signed, boroughs }).into_response())
}

#[derive(Template)]
#[template(path = "desk/team.html")]
struct OnePage<'a> {
    signed: Signed,
    borough: &'a Borough,
    /// 0 where no team is named yet.
    version: i32,
    said: Said,
}

#[derive(Deserialize)]
pub struct OfBorough {
    borough: String,
}

pub async fn one(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Path(OfBorough { borough }): Path<OfBorough>,
    Query(after): Query<After>,
) -> Result<Response> {
    administrator(&signed)?;
    let borough = places.borough_by_slug(&borough).ok_or(Error::NotFound)?;
    let known = teams::of(&db, borough.gss).await?;
    let done = match &*after.done {
        "saved" => Some("It is saved, and visitors see it."),
        "removed" => Some("No team is named any more."),
        _ => None,
    };
    let typed = known.as_ref().map(|team| team::typed(&team.content)).unwrap_or_default();
    let version = known.map_or(0, |team| team.revision);
    let said = Said { typed, done, ..Said::default() };
    Ok(View(OnePage { signed, borough, version, said }).into_response())
}

/// Keeps what was typed, or with the other button takes the team off the pages.
pub async fn change(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfBorough { borough }): Path<OfBorough>,
    Typed(typed): Typed,
) -> Result<Response> {
    administrator(&signed)?;
    let borough = places.borough_by_slug(&borough).ok_or(Error::NotFound)?;
    let revision = typed.one("version").parse().unwrap_or(0);
    let permit = permit(&signed, TeamOf { borough: borough.clone(), revision }, &places)?;
    let content = match typed.one("act") {
        "remove" => None,
        _ => match team::read(&typed) {
            Ok(content) => Some(content),
            Err(mistakes) => {
                let said = Said::wrong(typed, mistakes);
                let page = OnePage { signed, borough, version: revision, said };
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response());
            }
        },
    };
    let word = if content.is_some() { "saved" } else { "removed" };
    match keep_team(&db, &permit, content.as_ref(), now).await? {
        Done::Done => {
            let to = format!("/desk/boroughs/{}?done={word}", borough.slug);
            Ok(Redirect::to(&to).into_response())
        }
        Done::MovedOn => moved_on(&db, signed, borough, typed).await,
    }
}

async fn moved_on(
    db: &PgPool,
    signed: Signed,
    borough: &Borough,
    typed: Answers,
) -> Result<Response> {
    let version = teams::of(db, borough.gss).await?.map_or(0, |team| team.revision);
    let said = Said::moved_on(typed);
    let page = OnePage { signed, borough, version, said };
    Ok((StatusCode::CONFLICT, View(page)).into_response())
}

fn administrator(signed: &Signed) -> Result<()> {
    if signed.account.rights.administrator { Ok(()) } else { Err(Error::Forbidden) }
}

/// What a borough's page says of the council is no single coordinator's.
fn permit(signed: &Signed, of: TeamOf, places: &Places) -> Result<Permit<TeamOf>> {
    signed.account.permit(of, &[], places).ok_or(Error::Forbidden)
}
