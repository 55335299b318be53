//! Networks of practices: the list, and a page each.
use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::IntoResponse};
use sqlx::PgPool;

use super::{Brief, brief::soonest_and_newest};
use crate::{
    calendar::civil_now,
    link_workers::{
        Card,
        store::{self, Within},
    },
    places::{Borough, Group, Metres, Places, Surgery},
    search::{Catalogue, Criteria, Found, Near},
    text::series,
    web::{Error, Now, Path, Result, View},
};

#[derive(Template)]
#[template(path = "networks/list.html")]
struct ListPage<'a> {
    /// Boroughs with a network, and those networks, both A to Z.
    boroughs: Vec<(&'a Borough, Vec<&'a Group>)>,
    open: usize,
    closed: Vec<&'a Group>,
}

pub async fn list(State(places): State<Arc<Places>>) -> impl IntoResponse {
    let surgeries = places.surgeries();
    let boroughs = places.boroughs().iter().map(|one| (one, surgeries.in_borough(one.gss)));
    let groups = surgeries.groups().iter();
    let page = ListPage {
        boroughs: boroughs.filter(|(_, groups)| !groups.is_empty()).collect(),
        open: groups.clone().filter(|group| group.is_open()).count(),
        closed: groups.filter(|group| !group.is_open()).collect(),
    };
    View(page).into_response()
}

#[derive(Template)]
#[template(path = "networks/show.html")]
struct NetworkPage<'a> {
    group: &'a Group,
    boroughs: Vec<&'a Borough>,
    practices: Vec<&'a Surgery>,
    /// What its practices belong to now, for one that closed.
    after: Vec<&'a Group>,
    /// The practice in its middle, and how many offers are near it.
    middle: Option<(&'a Surgery, usize)>,
    soonest: Vec<Brief<'a>>,
    link_workers: Vec<Card>,
}

/// How far offers may be from the middle of a network: as the search has it, and in metres.
const NEARBY: (&str, Metres) = ("2", 2_000);

pub async fn show(
    State(db): State<PgPool>,
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    Path(code): Path<String>,
) -> Result<impl IntoResponse> {
    let surgeries = places.surgeries();
    let group = surgeries.group_of(&code).ok_or(Error::NotFound)?;
    let middle = surgeries.middle(group);
    let found = middle.and_then(|one| {
        let place = places.find(one.practice.postcode.as_str())?;
        let near = Some(Near { place, within: Some(NEARBY.1) });
        let criteria = Criteria { near, ..Criteria::default() };
        Some(soonest_and_newest(&catalogue, criteria, civil_now(now)).0)
    });
    let found: Option<Found> = found;
    let hits = found.as_ref().map_or(&[][..], |found| &found.hits);
    let within = Within::Network(&group.network.code);
    let listed = store::listed_in(&mut *db.acquire().await?, within).await?.into_iter();
    let page = NetworkPage {
        link_workers: listed.map(|one| one.card(&places)).collect(),
        boroughs: group.boroughs.iter().filter_map(|gss| places.borough(*gss)).collect(),
        practices: surgeries.members(group),
        after: group.after.iter().filter_map(|code| surgeries.group_of(code)).collect(),
        middle: middle.zip(found.as_ref().map(|found| found.total)),
        soonest: Brief::all(hits),
        group,
    };
    Ok(View(page).into_response())
}

impl NetworkPage<'_> {
    /// "Barnet and Enfield".
    fn where_it_is(&self) -> String {
        series(self.boroughs.iter().map(|borough| &borough.name))
    }
}
