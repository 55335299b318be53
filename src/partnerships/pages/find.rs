//! Find your local partners: from a postcode to the networks, the team, the forum and the neighbours there.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::{PgConnection, PgPool};

use crate::{
    calendar::civil_now,
    link_workers::{
        Card,
        store::{Within, listed_in},
    },
    partnerships::{
        Kind, Partnership,
        near::{NearGroup, NearProvider, groups, providers},
        pages::area,
        store,
        team::Team,
    },
    places::{Borough, Place, Places},
    search::{Catalogue, distance_in_words},
    topics::{Activity, Code},
    web::{Now, Query, Result, View},
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A postcode, or the name of a place.
    q: String,
    /// What they do.
    activity: String,
}

#[derive(Template)]
#[template(path = "partnerships/find.html")]
struct FindPage<'a> {
    q: String,
    activity: Option<Activity>,
    /// What is wrong with what was typed.
    wrong: Option<String>,
    here: Option<Here<'a>>,
}

/// Who is near.
struct Here<'a> {
    place: Place,
    borough: &'a Borough,
    team: Option<Team>,
    groups: Vec<NearGroup<'a>>,
    /// Link workers of the networks near by, then others of the borough.
    workers: Vec<Card>,
    /// So many more are listed.
    more: usize,
    /// No import has brought any practice.
    without_practices: bool,
    forums: Vec<Partnership>,
    partnerships: Vec<Partnership>,
    providers: Vec<NearProvider>,
    places: &'a Places,
}

/// Nobody types more, and the search looks at no more.
const LONGEST: usize = 200;
/// So many link workers are shown.
const WORKERS: usize = 8;

pub async fn show(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(catalogue): State<Arc<Catalogue>>,
    Now(now): Now,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let q: String = asked.q.trim().chars().take(LONGEST).collect();
    let activity = Activity::parse(&asked.activity);
    let found = match &*q {
        "" => None,
        q => Some(whereabouts(&places, q)),
    };
    let (here, wrong) = match found {
        None => (None, None),
        Some(Err(wrong)) => (None, Some(wrong)),
        Some(Ok((place, borough))) => {
            let mut db = db.acquire().await?;
            let (forums, partnerships) = store::serving(&mut *db, borough.gss)
                .await?
                .into_iter()
                .partition(|one| one.content.kind == Kind::Forum);
            let groups = groups(&places, &place);
            let mut workers = workers(&mut db, &groups, borough, &places).await?;
            let more = workers.len().saturating_sub(WORKERS);
            workers.truncate(WORKERS);
            let here = Here {
                team: store::teams::of(&mut *db, borough.gss).await?,
                groups,
                workers,
                more,
                without_practices: places.surgeries().is_empty(),
                providers: providers(&catalogue, &place, activity, civil_now(now)),
                places: &places,
                place,
                borough,
                forums,
                partnerships,
            };
            (Some(here), None)
        }
    };
    Ok(View(FindPage { q, activity, wrong, here }).into_response())
}

impl FindPage<'_> {
    /// "singing and choirs", or nothing.
    fn what(&self) -> Option<&'static str> {
        self.activity.map(Code::label)
    }
}

impl Here<'_> {
    /// How far its nearest practice is, where we know where both are.
    fn far_to_group(&self, one: &NearGroup<'_>) -> Option<String> {
        (self.place.precise && one.nearest.precise).then(|| distance_in_words(one.metres))
    }
    /// The same for the nearest thing they run.
    fn far_to(&self, one: &NearProvider) -> Option<String> {
        one.metres.filter(|_| self.place.precise).map(distance_in_words)
    }
    fn area(&self, one: &Partnership) -> String {
        area(one, self.places)
    }
}

/// Whoever is listed for one of these networks, the nearest first, then for the borough; each once.
async fn workers(
    db: &mut PgConnection,
    groups: &[NearGroup<'_>],
    borough: &Borough,
    places: &Places,
) -> Result<Vec<Card>> {
    let networks = groups.iter().map(|one| Within::Network(&one.group.network.code));
    let mut all: Vec<Card> = Vec::new();
    for within in networks.chain([Within::Borough(borough.gss)]) {
        for one in listed_in(&mut *db, within).await? {
            if all.iter().all(|known| known.id != one.id) {
                all.push(one.card(places));
            }
        }
    }
    Ok(all)
}

/// A place in one of our boroughs, or what to type instead.
fn whereabouts<'a>(places: &'a Places, q: &str) -> Result<(Place, &'a Borough), String> {
    let place = places.find(q).ok_or_else(|| {
        format!("We do not know “{q}”. Enter a whole postcode, like SE15 4QL, or the name of a borough or an area")
    })?;
    let borough = place.borough.and_then(|gss| places.borough(gss));
    let borough = borough.ok_or_else(|| {
        format!(
            "{} is outside our boroughs. Enter a postcode in one of them, like SE15 4QL",
            place.name
        )
    })?;
    Ok((place, borough))
}
