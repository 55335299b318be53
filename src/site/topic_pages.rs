//! Where somebody lands who looks for an activity or for help with a need.
use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::IntoResponse};
use sqlx::PgPool;

use super::{
    Brief,
    bars::{Bar, bars},
    brief::soonest_and_newest,
};
use crate::{
    calendar::civil_now,
    places::Places,
    search::{Catalogue, Count, Criteria},
    topics::{Activity, Code, Codes, Need, store},
    web::{Error, Now, Path, Result, View},
};

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
    let descriptions = store::descriptions(&db).await?;
    let description = descriptions.of(activity).unwrap_or_default();
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
    let descriptions = store::descriptions(&db).await?;
    let description = descriptions.of(need).unwrap_or_default();
    Ok(landing(need, None, description, criteria, &catalogue, &places, now))
}

fn landing<T: Code>(
    topic: T,
    activity: Option<Activity>,
    description: &str,
    criteria: Criteria,
    catalogue: &Catalogue,
    places: &Places,
    Now(now): Now,
) -> impl IntoResponse + use<T> {
    let now = civil_now(now);
    let (soonest, newest) = soonest_and_newest(catalogue, criteria, now);
    let (group, code) = (T::GROUP, topic.code());
    let search = format!("/offers?{group}={code}");
    let in_borough = |count: &Count<'_>| format!("{search}&borough={}", count.choice.code);
    let known = |count: &&Count<'_>| places.borough_by_slug(&count.choice.code).is_some();
    let counts = soonest.counts.of("borough").iter().filter(known);
    let folder = if activity.is_some() { "activities" } else { "needs" };
    let page = TopicPage {
        label: topic.label(),
        description: description.to_owned(),
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
