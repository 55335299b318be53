//! Where somebody lands who looks for an activity or for help with a need.
use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::IntoResponse};
use sqlx::PgPool;

use super::{
    Brief,
    bars::{Bar, bars, counts_of},
};
use crate::{
    calendar::civil_now,
    places::Places,
    search::{Catalogue, Count, Criteria, Sort},
    topics::{Activity, Code, Codes, Need, store},
    web::{Error, Now, Path, Result, View},
};

/// So many offers stand in a short list.
const SHORT_LIST: usize = 5;

#[derive(Template)]
#[template(path = "site/activities.html")]
struct ActivitiesPage;

pub async fn activities() -> impl IntoResponse {
    View(ActivitiesPage)
}

#[derive(Template)]
#[template(path = "site/needs.html")]
struct NeedsPage;

pub async fn needs() -> impl IntoResponse {
    View(NeedsPage)
}

#[derive(Template)]
#[template(path = "site/topic.html")]
struct TopicPage<'a> {
    label: &'static str,
    description: String,
    address: String,
    /// All of it, as a search.
    search: String,
    /// `None` for a need.
    activity: Option<Activity>,
    total: usize,
    soonest: Vec<Brief<'a>>,
    newest: Vec<Brief<'a>>,
    boroughs: Vec<Bar>,
}

pub async fn activity(
    State(db): State<PgPool>,
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    now: Now,
    Path(code): Path<String>,
) -> Result<impl IntoResponse> {
    let activity = Activity::parse(&code).ok_or(Error::NotFound)?;
    let criteria = Criteria { activities: only(activity), ..Criteria::default() };
    let description = store::descriptions(&db).await?.of(activity).map(str::to_owned);
    Ok(landing(activity, Some(activity), description, criteria, &catalogue, &places, now))
}

pub async fn need(
    State(db): State<PgPool>,
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    now: Now,
    Path(code): Path<String>,
) -> Result<impl IntoResponse> {
    let need = Need::parse(&code).ok_or(Error::NotFound)?;
    let criteria = Criteria { needs: only(need), ..Criteria::default() };
    let description = store::descriptions(&db).await?.of(need).map(str::to_owned);
    Ok(landing(need, None, description, criteria, &catalogue, &places, now))
}

fn landing<T: Code>(
    topic: T,
    activity: Option<Activity>,
    description: Option<String>,
    criteria: Criteria,
    catalogue: &Catalogue,
    places: &Places,
    Now(now): Now,
) -> impl IntoResponse + use<T> {
    let now = civil_now(now);
    let asked = |sort| Criteria { sort, ..criteria.clone() };
    let mut soonest = catalogue.find(&asked(Sort::Soonest), now);
    soonest.hits.truncate(SHORT_LIST);
    let mut newest = catalogue.find(&asked(Sort::Newest), now).hits;
    newest.truncate(SHORT_LIST);
    let (group, code) = (T::GROUP, topic.code());
    let search = format!("/offers?{group}={code}");
    let in_borough = |count: &Count| format!("{search}&borough={}", count.code);
    let known = |count: &&Count| places.borough_by_slug(&count.code).is_some();
    let counts = counts_of(&soonest.counts, "borough").iter().filter(known);
    let folder = if activity.is_some() { "activities" } else { "needs" };
    let page = TopicPage {
        label: topic.label(),
        description: description.unwrap_or_default(),
        address: format!("/{folder}/{code}"),
        boroughs: bars(counts, in_borough),
        search: search.clone(),
        activity,
        total: soonest.total,
        soonest: Brief::all(&soonest.hits),
        newest: Brief::all(&newest),
    };
    View(page).into_response()
}

fn only<T: Code>(code: T) -> Codes<T> {
    [code].into_iter().collect()
}
