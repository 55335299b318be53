//! What was done to several offers at once: the list, one of them, and undoing it.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;
use std::sync::Arc;

use super::{After, moment};
use crate::{
    accounts::pages::Signed,
    desk::{
        batches::{Batch, BatchId, Kind, LeftOut, Touched, store, undo},
        listings::state_in_words,
    },
    places::{Gss, Places},
    web::{Error, Now, Path, Query, Result, View},
};

#[derive(Deserialize)]
pub struct OfBatch {
    batch: BatchId,
}

#[derive(Template)]
#[template(path = "desk/batches.html")]
struct BatchesPage {
    signed: Signed,
    batches: Vec<Batch>,
}

#[derive(Template)]
#[template(path = "desk/batch.html")]
struct BatchPage {
    signed: Signed,
    batch: Batch,
    touched: Vec<Touched>,
    left_out: Vec<LeftOut>,
    /// They decide for all that it touched.
    may_undo: bool,
    /// It was done just now, by whoever reads.
    fresh: bool,
    /// Somebody else had undone it before.
    late: bool,
}

impl BatchesPage {
    fn when(&self, at: &Timestamp) -> String {
        moment(*at)
    }
}

impl BatchPage {
    fn when(&self, at: &Timestamp) -> String {
        moment(*at)
    }
    fn state(&self, one: &Touched) -> &'static str {
        one.status.map_or("Gone", state_in_words)
    }
    /// What is to be told about one of them.
    fn news(&self, one: &Touched) -> &'static str {
        match (self.batch.undone.is_some(), one) {
            (true, one) if one.stayed => "Others had changed it since, so it stayed as it was",
            (true, one) if one.added => "It was added, and is taken out again",
            (true, _) => "It is as it was before",
            (false, one) if one.moved_on => {
                "Others have changed it since. Undoing leaves it as it is"
            }
            (false, one) if one.added => "Added",
            (false, _) => "",
        }
    }
    fn stayed(&self) -> usize {
        self.touched.iter().filter(|one| one.stayed).count()
    }
    fn is_merge(&self) -> bool {
        self.batch.kind == Kind::Merge
    }
}

pub async fn list(State(db): State<PgPool>, signed: Signed) -> Result<Response> {
    let scope = signed.account.rights.scope();
    let batches = store::latest(&db, &scope, signed.account.id).await?;
    Ok(View(BatchesPage { signed, batches }).into_response())
}

pub async fn show(
    State(db): State<PgPool>,
    signed: Signed,
    Path(OfBatch { batch }): Path<OfBatch>,
    Query(After { done }): Query<After>,
) -> Result<Response> {
    page(&db, signed, batch, (done == "done", false)).await
}

pub async fn take_back(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfBatch { batch }): Path<OfBatch>,
) -> Result<Response> {
    found(&db, &signed, batch).await?;
    let reach = store::reach(&db, batch).await?;
    if !decides_for_all(&signed, &reach) {
        return Err(Error::Forbidden);
    }
    let all: Vec<Gss> = reach.into_iter().flatten().collect();
    let permit = signed.account.permit(batch, &all, &places).ok_or(Error::Forbidden)?;
    if undo(&db, &permit, now).await?.is_some() {
        return Ok(Redirect::to(&format!("/desk/batches/{batch}")).into_response());
    }
    let page = page(&db, signed, batch, (false, true)).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// What is out of scope does not exist.
async fn found(db: &PgPool, signed: &Signed, batch: BatchId) -> Result<Batch> {
    let scope = signed.account.rights.scope();
    store::one(db, &scope, signed.account.id, batch).await?.ok_or(Error::NotFound)
}

fn decides_for_all(signed: &Signed, reach: &[Vec<Gss>]) -> bool {
    let rights = &signed.account.rights;
    rights.administrator || !reach.is_empty() && reach.iter().all(|one| rights.may_decide(one))
}

async fn page(
    db: &PgPool,
    signed: Signed,
    id: BatchId,
    (fresh, late): (bool, bool),
) -> Result<Response> {
    let batch = found(db, &signed, id).await?;
    let touched = store::offers(db, &signed.account.rights.scope(), id).await?;
    let left_out = store::left_out(db, &signed.account.rights.scope(), id).await?;
    let may_undo = decides_for_all(&signed, &store::reach(db, id).await?);
    Ok(View(BatchPage { signed, batch, touched, left_out, may_undo, fresh, late }).into_response())
}
