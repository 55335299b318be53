//! What waits, with its age, its boroughs and who looks at it.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;

use super::{OfItem, Said, done, names, not_taken, review::page, waiting_for};
use crate::{
    accounts::{Permit, pages::Signed},
    calendar::{civil_now, short_date},
    desk::{Filter, Item, Kind, Taken, claims, duplicates, intake::feeds, reports::urgent, store},
    link_workers,
    places::{Borough, Places},
    search::Catalogue,
    stories,
    submissions::SubmissionId,
    text::plain_language::Swaps,
    training,
    web::{Error, Now, Path, Query, Result, Typed, View},
};

/// As addresses ask for changes that have passed at once.
const PASSED: &str = "passed";

/// What an address of the queue may ask. What is not understood is left out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    kind: String,
    borough: String,
    mine: String,
    /// What was decided last, to say so.
    pub done: String,
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage<'a> {
    signed: Signed,
    items: Vec<Item>,
    asked: Asked,
    counts: Vec<(Kind, usize)>,
    /// How many changes have passed at once and were not looked at.
    passed: usize,
    /// How many pairs may be one.
    duplicates: u32,
    boroughs: Vec<&'a Borough>,
    places: &'a Places,
    /// What feeds leave to people.
    tasks: i64,
    /// How many stories wait.
    stories: i64,
    /// How many link workers wait to be checked.
    link_workers: usize,
    /// How many wait to show a training that they took part in.
    to_show: usize,
    now: Timestamp,
}

impl QueuePage<'_> {
    fn waits(&self, item: &Item) -> String {
        waiting_for(item, self.now).unwrap_or_else(|| "since today".to_owned())
    }
    fn due(&self, item: &Item) -> String {
        short_date(item.due())
    }
    fn is_late(&self, item: &Item) -> bool {
        item.due() < civil_now(self.now).date()
    }
    fn names(&self, item: &Item) -> String {
        names(&item.boroughs, self.places)
    }
    fn is_mine(&self, item: &Item) -> bool {
        item.claim.as_ref().is_some_and(|claim| claim.account == self.signed.account.id)
    }
    fn urgent(&self, item: &Item) -> Option<String> {
        urgent(item.closed)
    }
    fn has_passed(&self) -> bool {
        self.asked.kind == PASSED
    }
    fn done(&self) -> Option<&'static str> {
        done(&self.asked.done)
    }
}

pub async fn queue(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let scope = signed.account.rights.scope();
    let filter = Filter {
        kind: Kind::parse(&asked.kind),
        borough: places.borough_by_slug(&asked.borough).map(|one| one.gss),
        claimed_by: (asked.mine == "yes").then_some(signed.account.id),
    };
    let passed = store::passed(&db, &scope, filter.borough).await?;
    let count_passed = passed.len();
    let items = match asked.kind.as_str() {
        PASSED => passed,
        _ => store::waiting(&db, &scope, filter, now).await?,
    };
    let all = store::waiting(&db, &scope, Filter::default(), now).await?;
    let count = |kind| all.iter().filter(|item| item.kind == kind).count();
    let boroughs = places.boroughs().iter();
    let page = QueuePage {
        stories: stories::store::desk::waiting(&db, &scope).await?,
        link_workers: link_workers::store::desk::waiting(&db, &scope).await?,
        to_show: training::store::shown::waiting(&db, &scope).await?,
        duplicates: duplicates::store::count(&db, &scope).await?,
        counts: Kind::ALL.into_iter().map(|kind| (kind, count(kind))).collect(),
        boroughs: boroughs.filter(|one| signed.account.rights.may_see(&[one.gss])).collect(),
        passed: count_passed,
        places: &places,
        tasks: feeds::store::count(&db, &scope).await?,
        signed,
        items,
        asked,
        now,
    };
    Ok(View(page).into_response())
}

/// Takes it, or asks first where somebody else has it by now.
pub async fn claim(
    State(db): State<PgPool>,
    State(catalogue): State<Arc<Catalogue>>,
    State(swaps): State<Arc<Swaps>>,
    signed: Signed,
    Now(now): Now,
    Path(OfItem { id }): Path<OfItem>,
    Typed(typed): Typed,
) -> Result<Response> {
    let places = catalogue.places();
    let permit = mine_to_decide(&db, places, &signed, id).await?;
    let news = match claims::take(&db, &permit, typed.one("from").parse().ok(), now).await? {
        Taken::Yes => return Ok(Redirect::to(&format!("/desk/submissions/{id}")).into_response()),
        taken => not_taken(taken),
    };
    let said = Said { news, ..Said::default() };
    let page = page((&db, places, &catalogue, &*swaps), signed, id, said, now).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

pub async fn let_go(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfItem { id }): Path<OfItem>,
) -> Result<Response> {
    let permit = mine_to_decide(&db, &places, &signed, id).await?;
    claims::let_go(&db, &permit, now).await?;
    Ok(Redirect::to("/desk").into_response())
}

/// What is out of scope does not exist; what one may only read, one does not claim.
async fn mine_to_decide(
    db: &PgPool,
    places: &Places,
    signed: &Signed,
    id: SubmissionId,
) -> Result<Permit<SubmissionId>> {
    let account = &signed.account;
    let item = store::item(db, &account.rights.scope(), id).await?.ok_or(Error::NotFound)?;
    account.permit(id, &item.boroughs, places).ok_or(Error::Forbidden)
}
