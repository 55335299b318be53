//! Training at the desk: the cohorts of one's boroughs, a new one, and what becomes of each.
mod bookings;
mod cohort;
mod edit;
mod programme;

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgPool;
use uuid::Uuid;

pub use bookings::{act as act_on_booking, add, file};
pub use cohort::{act, one};
pub use edit::{change, create, edit, new};
pub use programme::{keep as keep_programme, programme};

use crate::{
    accounts::{Permit, pages::Signed},
    desk::training::Done,
    places::{Borough, Places},
    training::{Cohort, CohortId, Listed, Programme, store},
    web::{Error, Result, View},
};

#[derive(Deserialize)]
pub struct OfCohort {
    cohort: CohortId,
}

#[derive(Template)]
#[template(path = "desk/training/list.html")]
struct ListPage<'a> {
    signed: Signed,
    cohorts: Vec<Listed>,
    programmes: Vec<Programme>,
    /// How many wait to show on a page that they took part.
    to_show: usize,
    places: &'a Places,
}

pub async fn list(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
) -> Result<Response> {
    let mut db = db.acquire().await?;
    let scope = signed.account.rights.scope();
    let cohorts = store::all_within(&mut *db, &scope).await?;
    let programmes = store::programmes(&mut db).await?;
    let to_show = store::shown::waiting(&mut *db, &scope).await?;
    Ok(View(ListPage { signed, cohorts, programmes, to_show, places: &places }).into_response())
}

impl ListPage<'_> {
    fn may_begin(&self) -> bool {
        self.signed.account.rights.decides_somewhere()
    }
}

/// A cohort within one's scope: what is out of it does not exist.
async fn found(db: &PgPool, signed: &Signed, id: CohortId) -> Result<Cohort> {
    let scope = signed.account.rights.scope();
    let mut db = db.acquire().await?;
    store::within(&mut db, &scope, id).await?.ok_or(Error::NotFound)
}

/// On what one may only read, one does not act.
fn permit<T>(signed: &Signed, cohort: &Cohort, places: &Places, subject: T) -> Result<Permit<T>> {
    signed.account.permit(subject, &cohort.says.boroughs, places).ok_or(Error::Forbidden)
}

/// The boroughs for which somebody decides, A to Z.
fn own<'a>(signed: &Signed, places: &'a Places) -> Vec<&'a Borough> {
    let rights = &signed.account.rights;
    places.boroughs().iter().filter(|one| rights.may_decide(&[one.gss])).collect()
}

async fn programme_of(db: &PgPool, id: Uuid) -> Result<Programme> {
    store::programme(&mut *db.acquire().await?, id).await?.ok_or(Error::NotFound)
}

/// Why something was not done.
fn refused(done: Done) -> Option<String> {
    Some(match done {
        Done::Done => return None,
        Done::MovedOn => {
            "Somebody else has changed it since you opened the page. You see it as it is now. Nothing you typed is lost."
                .to_owned()
        }
        Done::NotAsItStands => "This cannot be done with it as it stands.".to_owned(),
        Done::NoDates => {
            "Give it dates first: at least one session, and the first still to come.".to_owned()
        }
        Done::Begun(_) => "A session that has begun keeps its date and time.".to_owned(),
        Done::TooFew(booked) => {
            format!("{booked} people have a place already. The shares must come to {booked} or more.")
        }
        Done::Full => "No place is free. Cancel one first, or add places.".to_owned(),
        Done::Known => "This address has booked already. Look for it in the list.".to_owned(),
    })
}

/// What was done last, as addresses name it.
fn done(code: &str) -> Option<&'static str> {
    Some(match code {
        "created" => "It is kept as a draft. Nobody but the desk sees it until you open it.",
        "changed" => "It is changed. If dates or place are new, everybody who booked is told.",
        "open" => "It is open for booking.",
        "close" => "Nobody can book any more. Whoever waits still moves up.",
        "cancellation" => "It is called off. Everybody who booked is told.",
        "added" => "The booking is kept. An email tells them.",
        "cancel" => "The booking is cancelled. An email tells them, and whoever has the place now.",
        "move" => "They count among the other group from now on.",
        "place" => "They have a place. An email tells them.",
        _ => return None,
    })
}
