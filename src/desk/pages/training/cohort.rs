//! One cohort at the desk: how it stands, who has booked, and what can be done.
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

use super::{OfCohort, done, found, permit, refused};
use crate::{
    accounts::pages::Signed,
    desk::{
        pages::{After, Said, names},
        training::{self, Done, Looked, Step},
    },
    forms::Mistakes,
    places::Places,
    text::Text,
    training::{
        Booking, Cohort, CohortId, Profession, booking::State as Stands,
        cohort::State as CohortState, shares::Seats, store,
    },
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Template)]
#[template(path = "desk/training/cohort.html")]
struct CohortPage<'a> {
    signed: Signed,
    cohort: Cohort,
    seats: Seats,
    /// In the order in which they were confirmed; for who may only read, without whose they are.
    bookings: Vec<Booking>,
    may_decide: bool,
    said: Said,
    places: &'a Places,
    now: Timestamp,
}

pub async fn one(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfCohort { cohort }): Path<OfCohort>,
    Query(after): Query<After>,
) -> Result<Response> {
    let said = Said { done: done(&after.done), ..Said::default() };
    page(&db, &places, signed, cohort, said, now).await
}

#[derive(Deserialize)]
pub struct OfAct {
    cohort: CohortId,
    act: String,
}

/// Opens, closes or calls it off.
pub async fn act(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfAct { cohort: id, act }): Path<OfAct>,
    Typed(typed): Typed,
) -> Result<Response> {
    let cohort = found(&db, &signed, id).await?;
    let revision = typed.one("revision").parse().unwrap_or(0);
    let permit = permit(&signed, &cohort, &places, Looked { cohort: id, revision })?;
    let step = match act.as_str() {
        "open" => Step::Open,
        "close" => Step::Close,
        "cancellation" => match Text::parse(typed.raw("why")) {
            Ok(why) => Step::CallOff(why),
            Err(_) => {
                let mut mistakes = Mistakes::default();
                mistakes.add(
                    "why",
                    "Say why, in no more than 1,000 characters: everybody who booked reads it",
                );
                let said = Said::wrong(typed, mistakes);
                let page = page(&db, &places, signed, id, said, now).await?;
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
            }
        },
        _ => return Err(Error::NotFound),
    };
    match training::step(&db, &permit, &step, now).await? {
        Done::Done => Ok(back(id, &act)),
        other => {
            let said = Said { typed, news: refused(other), ..Said::default() };
            conflict(&db, &places, signed, id, said, now).await
        }
    }
}

pub(super) fn back(cohort: CohortId, done: &str) -> Response {
    Redirect::to(&format!("/desk/training/{cohort}?done={done}")).into_response()
}

pub(super) async fn conflict(
    db: &PgPool,
    places: &Places,
    signed: Signed,
    id: CohortId,
    said: Said,
    now: Timestamp,
) -> Result<Response> {
    let page = page(db, places, signed, id, said, now).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

pub(super) async fn page(
    db: &PgPool,
    places: &Places,
    signed: Signed,
    id: CohortId,
    said: Said,
    now: Timestamp,
) -> Result<Response> {
    let cohort = found(db, &signed, id).await?;
    let (shares, released) = (cohort.says.shares, cohort.is_released(now));
    let may_decide = signed.account.rights.may_decide(&cohort.says.boroughs);
    let mut bookings = store::bookings::of_cohort(db, id).await?;
    if !may_decide {
        bookings.iter_mut().for_each(|one| one.person = None);
    }
    let page = CohortPage {
        seats: store::bookings::seats(db, id, shares, released).await?,
        bookings,
        may_decide,
        signed,
        cohort,
        said,
        places,
        now,
    };
    Ok(View(page).into_response())
}

impl CohortPage<'_> {
    fn boroughs(&self) -> String {
        names(&self.cohort.says.boroughs, self.places)
    }
    fn is(&self, state: CohortState) -> bool {
        self.cohort.state == state
    }
    /// It can still be changed.
    fn is_alive(&self) -> bool {
        !matches!(self.cohort.state, CohortState::Held | CohortState::Cancelled)
    }
    /// People can have places on it.
    fn takes_people(&self) -> bool {
        matches!(self.cohort.state, CohortState::Open | CohortState::Closed)
    }
    fn of(&self, state: Stands) -> Vec<&Booking> {
        self.bookings.iter().filter(|one| one.state == state).collect()
    }
    fn lives(&self, booking: &Booking) -> bool {
        matches!(booking.state, Stands::Booked | Stands::Waiting)
    }
    fn is_of(&self, booking: &Booking, group: &Profession) -> bool {
        booking.profession == *group
    }
    fn waits(&self, booking: &Booking) -> bool {
        booking.state == Stands::Waiting
    }
    fn borough(&self, booking: &Booking) -> Option<&str> {
        let gss = booking.person.as_ref()?.borough?;
        self.places.borough(gss).map(|one| one.name.as_str())
    }
    fn share(&self, profession: &Profession) -> u8 {
        self.cohort.says.share(*profession)
    }
    fn taken(&self, profession: &Profession) -> u8 {
        self.seats.booked[profession.at()]
    }
    fn wait(&self, profession: &Profession) -> usize {
        self.of(Stands::Waiting).iter().filter(|one| one.profession == *profession).count()
    }
    fn belongs(&self, profession: &Profession) -> bool {
        self.said.typed.has("profession", profession.code())
    }
}
