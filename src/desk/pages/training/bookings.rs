//! Bookings at the desk: one by hand, what is done with one, and all as a file.
use std::sync::Arc;

use axum::{
    extract::State,
    http::{
        StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::{
    OfCohort,
    cohort::{back, conflict, page},
    found, permit, refused,
};
use crate::{
    accounts::pages::Signed,
    calendar::civil_now,
    desk::{
        pages::Said,
        training::{self, Act, Done, LookedAt},
    },
    imports::as_text,
    places::Places,
    text::{Line, Text},
    training::{Booking, BookingId, CohortId, Profession, booking::read, store},
    web::{Error, Now, Path, Result, Typed},
};

/// A booking by hand.
pub async fn add(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfCohort { cohort: id }): Path<OfCohort>,
    Typed(typed): Typed,
) -> Result<Response> {
    let cohort = found(&db, &signed, id).await?;
    let permit = permit(&signed, &cohort, &places, id)?;
    let asked = match read(&typed, &places) {
        Ok(asked) => asked,
        Err(mistakes) => {
            let said = Said::wrong(typed, mistakes);
            let page = page(&db, &places, signed, id, said, now).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    match training::add(&db, &permit, &asked, now).await? {
        Done::Done => Ok(back(id, "added")),
        other => {
            let said = Said { typed, news: refused(other), ..Said::default() };
            conflict(&db, &places, signed, id, said, now).await
        }
    }
}

#[derive(Deserialize)]
pub struct OfBooking {
    cohort: CohortId,
    booking: BookingId,
    act: String,
}

pub async fn act(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfBooking { cohort: id, booking, act }): Path<OfBooking>,
    Typed(typed): Typed,
) -> Result<Response> {
    let cohort = found(&db, &signed, id).await?;
    let revision = typed.one("revision").parse().unwrap_or(0);
    let permit = permit(&signed, &cohort, &places, LookedAt { cohort: id, booking, revision })?;
    let what = match act.as_str() {
        "cancel" => Act::Cancel,
        "place" => Act::GivePlace,
        "move" => {
            let group = Profession::parse(typed.one("group"));
            Act::MoveTo(group.ok_or_else(|| Error::BadRequest("Choose a group".to_owned()))?)
        }
        _ => return Err(Error::NotFound),
    };
    match training::act(&db, &permit, what, now).await? {
        Done::Done => Ok(back(id, &act)),
        other => {
            let said = Said { news: refused(other), ..Said::default() };
            conflict(&db, &places, signed, id, said, now).await
        }
    }
}

/// Only for those who look after the cohort: it names people.
pub async fn file(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfCohort { cohort: id }): Path<OfCohort>,
) -> Result<Response> {
    let cohort = found(&db, &signed, id).await?;
    let permit = permit(&signed, &cohort, &places, id)?;
    let bookings = store::bookings::of_cohort(&db, id).await?;
    training::taken_out(&db, &permit, now).await?;
    let file = written(&bookings, &places).map_err(|cause| Error::Internal(cause.into()))?;
    let name = format!("attachment; filename=\"{}-bookings.csv\"", cohort.slug);
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, file).into_response())
}

fn written(bookings: &[Booking], places: &Places) -> csv::Result<Vec<u8>> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record([
        "number",
        "state",
        "group",
        "name",
        "email",
        "organisation",
        "role",
        "borough",
        "access_needs",
        "asked",
    ])?;
    for one in bookings {
        let person = one.person.as_ref();
        let borough = person.and_then(|person| places.borough(person.borough?));
        let line = |cell: Option<&str>| as_text(cell.unwrap_or_default()).into_owned();
        sheet.write_record([
            one.turn.map(|turn| turn.to_string()).unwrap_or_default(),
            one.state.label().to_owned(),
            one.profession.label().to_owned(),
            line(person.map(|person| person.name.as_str())),
            line(person.map(|person| person.email.as_str())),
            line(person.and_then(|person| person.organisation.as_ref()).map(Line::as_str)),
            line(person.and_then(|person| person.role.as_ref()).map(Line::as_str)),
            borough.map(|one| one.name.clone()).unwrap_or_default(),
            line(person.and_then(|person| person.access_needs.as_ref()).map(Text::as_str)),
            civil_now(one.asked).date().to_string(),
        ])?;
    }
    sheet.into_inner().map_err(|broken| broken.into_error().into())
}
