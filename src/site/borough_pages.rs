//! The list of boroughs, and what is on in one of them.
use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::IntoResponse};

use super::{
    Brief, Tiles,
    bars::{Bar, bars, counts_of},
    brief::soonest_and_newest,
};
use crate::{
    calendar::civil_now,
    places::{Borough, Group, Places},
    search::{Catalogue, Count, Criteria},
    text::thousands,
    topics::{Activity, Code, Need},
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

#[derive(Template)]
#[template(path = "site/borough.html")]
struct BoroughPage<'a> {
    borough: &'a Borough,
    neighbours: Vec<&'a Borough>,
    networks: Vec<&'a Group>,
    total: usize,
    soonest: Vec<Brief<'a>>,
    newest: Vec<Brief<'a>>,
    activities: Vec<Bar>,
    needs: Vec<Bar>,
    /// "307,700".
    people: String,
}

pub async fn show(
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    Path(slug): Path<String>,
) -> Result<impl IntoResponse> {
    let borough = places.borough_by_slug(&slug).ok_or(Error::NotFound)?;
    let now = civil_now(now);
    let criteria = Criteria { boroughs: vec![borough.gss], ..Criteria::default() };
    let (soonest, newest) = soonest_and_newest(&catalogue, criteria, now);
    // Each artform stands for what is in it, so the list stays short.
    let is_artform = |count: &Count| {
        Activity::parse(&count.code).is_some_and(|activity| activity.parent().is_none())
    };
    let activities =
        counts_of(&soonest.counts, Activity::GROUP).iter().filter(|one| is_artform(one));
    let search = |group: &'static str| {
        move |count: &Count| format!("/offers?{group}={}&borough={}", count.code, borough.slug)
    };
    let page = BoroughPage {
        borough,
        neighbours: borough.neighbours.iter().filter_map(|gss| places.borough(*gss)).collect(),
        networks: places.surgeries().in_borough(borough.gss),
        total: soonest.total,
        activities: bars(activities, search(Activity::GROUP)),
        needs: bars(counts_of(&soonest.counts, Need::GROUP), search(Need::GROUP)),
        soonest: Brief::all(&soonest.hits),
        newest: Brief::all(&newest),
        people: thousands(borough.population.into()),
    };
    Ok(View(page).into_response())
}
