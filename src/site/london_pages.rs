//! London at a glance, and the numbers of London and of each borough as files.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::{
        StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{Brief, brief::SHORT_LIST};
use crate::{
    calendar::civil_now,
    picture::{self, Measure, Picture, TileChart, standings},
    places::Places,
    search::Catalogue,
    web::{Error, Now, Path, Query, Result, View},
};

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    measure: String,
}

#[derive(Template)]
#[template(path = "site/london.html")]
struct LondonPage<'a> {
    tiles: TileChart,
    /// What was asked for, if it is no measure.
    unknown: Option<String>,
    newest: Vec<Brief<'a>>,
    picture: Picture,
}

pub async fn show(
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    Query(asked): Query<Asked>,
) -> Response {
    let now = civil_now(now);
    let measure = Measure::parse(&asked.measure);
    let unknown = Some(asked.measure).filter(|typed| measure.is_none() && !typed.is_empty());
    let status = match unknown {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let newest = catalogue.newest(SHORT_LIST, now);
    let standings = standings(&places, &catalogue, now);
    let page = LondonPage {
        tiles: TileChart::new(&places, &standings, measure.unwrap_or(Measure::Offers)),
        unknown,
        newest: Brief::all(&newest),
        picture: Picture::of_all(&catalogue, now),
    };
    (status, View(page)).into_response()
}

pub async fn figures(
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
) -> Result<impl IntoResponse> {
    let now = civil_now(now);
    let standings = standings(&places, &catalogue, now);
    let all = Picture::of_all(&catalogue, now);
    let sheet = picture::of_all_boroughs(&all, &places, &standings).map_err(Error::Internal)?;
    Ok(file("london", sheet))
}

pub async fn borough_figures(
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    Path(slug): Path<String>,
) -> Result<impl IntoResponse> {
    let borough = places.borough_by_slug(&slug).ok_or(Error::NotFound)?;
    let now = civil_now(now);
    let standings = standings(&places, &catalogue, now);
    let one = Picture::of_borough(borough, &catalogue, &standings, now);
    let sheet = picture::of_borough(&one).map_err(Error::Internal)?;
    Ok(file(borough.slug.as_str(), sheet))
}

fn file(name: &str, sheet: Vec<u8>) -> impl IntoResponse + use<> {
    let named = format!("attachment; filename=\"fingerpost-{name}.csv\"");
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, named)];
    (headers, sheet)
}
