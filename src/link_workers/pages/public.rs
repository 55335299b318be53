//! What everybody may read: what link workers are and how to join, and who is listed in a borough.
use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::IntoResponse};
use sqlx::PgPool;

use crate::{
    link_workers::{
        Card,
        store::{self, Within},
    },
    places::{Borough, Places},
    web::{Error, Path, Result, View},
};

#[derive(Template)]
#[template(path = "link_workers/index.html")]
struct IndexPage<'a> {
    /// Where somebody is listed, and how many.
    boroughs: Vec<(&'a Borough, usize)>,
}

pub async fn index(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
) -> Result<impl IntoResponse> {
    let counts = store::counts(&db).await?;
    let boroughs = places.boroughs().iter();
    let boroughs = boroughs.filter_map(|one| Some((one, *counts.get(&one.gss)?))).collect();
    Ok(View(IndexPage { boroughs }).into_response())
}

#[derive(Template)]
#[template(path = "link_workers/borough.html")]
struct BoroughPage<'a> {
    borough: &'a Borough,
    cards: Vec<Card>,
}

pub async fn borough(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    Path(slug): Path<String>,
) -> Result<impl IntoResponse> {
    let borough = places.borough_by_slug(&slug).ok_or(Error::NotFound)?;
    let listed = store::listed_in(&mut *db.acquire().await?, Within::Borough(borough.gss)).await?;
    let cards = listed.into_iter().map(|one| one.card(&places)).collect();
    Ok(View(BoroughPage { borough, cards }).into_response())
}
