//! Find your link worker: from a postcode or a practice to its network, and whom to ask.
use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::IntoResponse};
use serde::Deserialize;
use sqlx::PgPool;

use crate::{
    finder::{Meant, find},
    link_workers::{
        Card,
        store::{self, Within},
    },
    places::{Borough, Group, Metres, Place, Places, Surgery},
    search::distance_in_words,
    web::{Error, Query, Result, View},
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A postcode, or a name.
    q: String,
    /// The code of a practice that was picked.
    practice: String,
}

#[derive(Template)]
#[template(path = "networks/find.html")]
struct FindPage<'a> {
    q: String,
    /// No import has brought any practice.
    without_practices: bool,
    meant: Option<Meant<'a>>,
    chosen: Option<Chosen<'a>>,
    /// The borough of the place that was typed.
    elsewhere: Option<&'a Borough>,
}

/// A practice, and what to know of it.
struct Chosen<'a> {
    surgery: &'a Surgery,
    borough: Option<&'a Borough>,
    group: Option<&'a Group>,
    boroughs: Vec<&'a Borough>,
    /// Who is listed for it or for its network.
    link_workers: Vec<Card>,
}

/// Nobody types more, and the search looks at no more.
const LONGEST: usize = 200;

pub async fn show(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse> {
    let surgeries = places.surgeries();
    let q: String = asked.q.trim().chars().take(LONGEST).collect();
    let picked = match asked.practice.as_str() {
        "" => None,
        code => Some(surgeries.practice(code).ok_or(Error::NotFound)?),
    };
    let meant = (picked.is_none() && !q.is_empty()).then(|| find(&places, &q));
    let only = meant.as_ref().and_then(Meant::only);
    let chosen = match picked.or(only) {
        Some(surgery) => Some(Chosen::of(&db, surgery, &places).await?),
        None => None,
    };
    let page = FindPage {
        without_practices: surgeries.is_empty(),
        elsewhere: elsewhere(meant.as_ref(), &places),
        chosen,
        meant: meant.filter(|_| only.is_none()),
        q,
    };
    Ok(View(page).into_response())
}

impl FindPage<'_> {
    fn finds_nothing(&self) -> bool {
        self.meant.as_ref().is_some_and(Meant::is_nothing)
    }
    /// How far a practice is, where we know where both are.
    fn far(&self, place: &Place, one: &Surgery, metres: &Metres) -> String {
        let known = place.precise && one.precise;
        if known { distance_in_words(*metres) } else { String::new() }
    }
}

impl<'a> Chosen<'a> {
    async fn of(db: &PgPool, surgery: &'a Surgery, places: &'a Places) -> sqlx::Result<Self> {
        let code = surgery.practice.code.as_str();
        let within = Within::Practice(code, surgery.practice.network.as_deref());
        let listed = store::listed_in(&mut *db.acquire().await?, within).await?.into_iter();
        let group = surgery.practice.network.as_deref();
        let group = group.and_then(|code| places.surgeries().group_of(code));
        let boroughs = group.map_or(&[][..], |group| &group.boroughs);
        Ok(Self {
            surgery,
            borough: places.borough(surgery.practice.borough),
            group,
            boroughs: boroughs.iter().filter_map(|gss| places.borough(*gss)).collect(),
            link_workers: listed.map(|one| one.card(places)).collect(),
        })
    }
}

fn elsewhere<'a>(meant: Option<&Meant<'_>>, places: &'a Places) -> Option<&'a Borough> {
    places.borough(meant?.place.as_ref()?.borough?)
}
