//! The list of boroughs, and what is on in one of them.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use sqlx::PgPool;

use super::{Brief, Tiles, brief::soonest_and_newest};
use crate::{
    calendar::civil_now,
    link_workers,
    partnerships::{self, Partnership, pages::area, team::Team},
    picture::{Picture, standings},
    places::{Borough, Group, Places},
    search::{Catalogue, Criteria},
    stories::{self, Told},
    text::thousands,
    training::{Listed, store as training},
    web::{Error, Now, Path, Result, View},
};

#[derive(Template)]
#[template(path = "site/boroughs.html")]
struct ListPage<'a> {
    everywhere: usize,
    map: Tiles<'a>,
}

pub async fn list(
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
) -> impl IntoResponse {
    let now = civil_now(now);
    let counts = catalogue.count_by_borough(now);
    let everywhere = catalogue.count_everywhere(now);
    View(ListPage { everywhere, map: Tiles::new(&places, &counts) }).into_response()
}

/// So many stories stand on the page of a borough.
const STORIES: usize = 3;

#[derive(Template)]
#[template(path = "site/borough.html")]
struct BoroughPage<'a> {
    borough: &'a Borough,
    neighbours: Vec<&'a Borough>,
    networks: Vec<&'a Group>,
    total: usize,
    soonest: Vec<Brief<'a>>,
    newest: Vec<Brief<'a>>,
    /// The newest of them, and how many there are.
    stories: (Vec<Told>, usize),
    picture: Picture,
    /// "307,700".
    people: String,
    team: Option<Team>,
    partnerships: Vec<Partnership>,
    /// How many are listed here.
    link_workers: usize,
    /// Cohorts that come, and how many were held.
    training: Vec<Listed>,
    trained: u32,
    places: &'a Places,
    today: Timestamp,
}

impl BoroughPage<'_> {
    fn area(&self, one: &Partnership) -> String {
        area(one, self.places)
    }
}

pub async fn show(
    State(db): State<PgPool>,
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    Now(today): Now,
    Path(slug): Path<String>,
) -> Result<Response> {
    let borough = places.borough_by_slug(&slug).ok_or(Error::NotFound)?;
    let now = civil_now(today);
    let criteria = Criteria { boroughs: vec![borough.gss], ..Criteria::default() };
    let (soonest, newest) = soonest_and_newest(&catalogue, criteria, now);
    let here = stories::store::shown::Wanted { borough: Some(borough.gss), ..Default::default() };
    let stories =
        stories::store::shown::list(&mut *db.acquire().await?, here, (0, STORIES), now.date())
            .await?;
    let page = BoroughPage {
        team: partnerships::store::teams::of(&db, borough.gss).await?,
        partnerships: partnerships::store::serving(&db, borough.gss).await?,
        stories,
        borough,
        neighbours: borough.neighbours.iter().filter_map(|gss| places.borough(*gss)).collect(),
        networks: places.surgeries().in_borough(borough.gss),
        total: soonest.total,
        picture: Picture::of_borough(
            borough,
            &catalogue,
            &standings(&places, &catalogue, now),
            now,
        ),
        soonest: Brief::all(&soonest.hits),
        newest: Brief::all(&newest),
        link_workers: link_workers::store::counts(&db).await?.remove(&borough.gss).unwrap_or(0),
        people: thousands(borough.population.into()),
        training: training::coming_in(&db, Some(borough.gss), today).await?,
        trained: training::past::held_in(&db, borough.gss).await?,
        places: &places,
        today,
    };
    Ok(View(page).into_response())
}
