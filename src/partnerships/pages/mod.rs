//! Partnerships: the list, a page each, and the list as a file.
pub mod find;

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::{Covers, Kind, Level, Partnership, csv, store};
use crate::{
    places::{Borough, Gss, Places},
    text::{SafeHtml, Slug, series},
    web::{Error, Path, Query, Result, View},
};

/// What an address of the list may ask. What is not understood is left out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    borough: String,
    kind: String,
}

#[derive(Template)]
#[template(path = "partnerships/list.html")]
struct ListPage<'a> {
    /// Levels that have any, each with them.
    levels: Vec<(Level, Vec<Partnership>)>,
    count: usize,
    borough: Option<&'a Borough>,
    kind: Option<Kind>,
    places: &'a Places,
}

impl ListPage<'_> {
    fn area(&self, one: &Partnership) -> String {
        area(one, self.places)
    }
}

pub async fn list(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (borough, kind) = (places.borough_by_slug(&asked.borough), Kind::parse(&asked.kind));
    let mut all = match borough {
        Some(borough) => store::serving(&db, borough.gss).await?,
        None => store::listed(&db).await?,
    };
    all.retain(|one| kind.is_none_or(|kind| one.content.kind == kind));
    let count = all.len();
    let at = |level: Level| {
        (level, all.iter().filter(|one| one.level() == level).cloned().collect::<Vec<_>>())
    };
    let levels = Level::ALL.into_iter().map(at).filter(|(_, some)| !some.is_empty()).collect();
    Ok(View(ListPage { levels, count, borough, kind, places: &places }).into_response())
}

#[derive(Template)]
#[template(path = "partnerships/show.html")]
struct ShowPage<'a> {
    one: Partnership,
    about: SafeHtml,
    area: String,
    boroughs: Vec<&'a Borough>,
}

pub async fn show(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    Path(slug): Path<String>,
) -> Result<Response> {
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    let one = store::of_slug(&db, &slug).await?.ok_or(Error::NotFound)?;
    let named = one.content.covers.boroughs().iter();
    let page = ShowPage {
        about: SafeHtml::from_markdown(one.content.about.as_str()),
        area: area(&one, &places),
        boroughs: named.filter_map(|gss| places.borough(*gss)).collect(),
        one,
    };
    Ok(View(page).into_response())
}

pub async fn file(State(db): State<PgPool>, State(places): State<Arc<Places>>) -> Result<Response> {
    let all = store::listed(&db).await?;
    let file = csv::file(&all, &slugs(&places)).map_err(Error::Internal)?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"partnerships.csv\""),
    ];
    Ok((headers, file).into_response())
}

/// Every borough with its name in addresses.
pub fn slugs(places: &Places) -> Vec<(Gss, Slug)> {
    places.boroughs().iter().map(|one| (one.gss, one.slug.clone())).collect()
}

/// "Southwark and Lewisham", "London", "England".
pub fn area(one: &Partnership, places: &Places) -> String {
    let named = one.content.covers.boroughs().iter().filter_map(|gss| places.borough(*gss));
    match &one.content.covers {
        Covers::Nation => "The whole country".to_owned(),
        Covers::Region(some) if some.is_empty() => "The whole region".to_owned(),
        Covers::Boroughs(_) | Covers::Region(_) => series(named.map(|one| &one.name)),
    }
}
