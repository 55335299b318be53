//! One's own booking, behind the mailed link: to confirm, to see, to cancel. Opening it changes nothing.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use sqlx::PgPool;

use crate::{
    links::{self, Purpose, Secret},
    training::{
        Booking, Cohort,
        acts::{self, Done},
        booking::State as Stands,
        cohort, store,
    },
    web::{Now, Path, Result, Typed, View},
};

#[derive(serde::Deserialize)]
pub struct OfLink {
    secret: String,
}

#[derive(Template)]
#[template(path = "training/place.html")]
struct PlacePage {
    cohort: Cohort,
    booking: Booking,
    /// From 1, for who waits.
    number: Option<usize>,
    /// The address of this page.
    home: String,
    news: Option<&'static str>,
    now: Timestamp,
}

#[derive(Template)]
#[template(path = "training/lost.html")]
struct LostPage;

pub async fn place(
    State(db): State<PgPool>,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
) -> Result<Response> {
    page(&db, &secret, None, now).await
}

pub async fn confirm(
    State(db): State<PgPool>,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
    Typed(typed): Typed,
) -> Result<Response> {
    let Some(booking) = opened(&db, &secret, now).await? else { return Ok(lost()) };
    let revision = typed.one("revision").parse().unwrap_or(0);
    let news = match acts::confirm(&db, (booking.id, revision), now).await? {
        Done::As(_) => return Ok(home(&secret)),
        Done::NotOpen => "This training takes no more bookings, so you have no place on it.",
        Done::MovedOn => {
            "Somebody has asked with your address again, in other words. Look it over, then confirm it."
        }
    };
    Ok((StatusCode::CONFLICT, page(&db, &secret, Some(news), now).await?).into_response())
}

pub async fn cancel(
    State(db): State<PgPool>,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
) -> Result<Response> {
    let Some(booking) = opened(&db, &secret, now).await? else { return Ok(lost()) };
    let news = match acts::cancel(&db, booking.id, now).await? {
        Done::As(_) => return Ok(home(&secret)),
        _ => "This training is over, so there is nothing to cancel.",
    };
    Ok((StatusCode::CONFLICT, page(&db, &secret, Some(news), now).await?).into_response())
}

async fn page(
    db: &PgPool,
    secret: &str,
    news: Option<&'static str>,
    now: Timestamp,
) -> Result<Response> {
    let Some(booking) = opened(db, secret, now).await? else { return Ok(lost()) };
    let mut db = db.acquire().await?;
    let Some(cohort) = store::cohort(&mut db, booking.cohort).await? else { return Ok(lost()) };
    let line = store::bookings::waiting(&mut *db, cohort.id).await?;
    let number = acts::number_in_line(&line, booking.id, cohort.is_released(now));
    let home = format!("/booking/{secret}");
    Ok(View(PlacePage { cohort, booking, number, home, news, now }).into_response())
}

/// The booking of a link that works.
async fn opened(db: &PgPool, secret: &str, now: Timestamp) -> Result<Option<Booking>> {
    let Some(secret) = Secret::parse(secret) else { return Ok(None) };
    let link = links::store::opened(db, &secret, Purpose::Booking, now).await?;
    let Some(id) = link.and_then(|link| link.subject) else { return Ok(None) };
    let booking = store::bookings::booking(db, id).await?;
    Ok(booking.filter(|one| one.person.is_some() && !one.is_too_old(now)))
}

fn home(secret: &str) -> Response {
    Redirect::to(&format!("/booking/{secret}")).into_response()
}

fn lost() -> Response {
    (StatusCode::NOT_FOUND, View(LostPage)).into_response()
}

impl PlacePage {
    fn is(&self, state: Stands) -> bool {
        self.booking.state == state
    }
    fn called_off(&self) -> bool {
        self.cohort.state == cohort::State::Cancelled
    }
    fn is_over(&self) -> bool {
        self.cohort.is_over(self.now)
    }
    fn opens(&self) -> bool {
        self.cohort.can_be_booked(self.now)
    }
    fn line(&self) -> String {
        match self.cohort.is_released(self.now) {
            true => "of all who wait".to_owned(),
            false => format!("in your group: {}", self.booking.profession.label()),
        }
    }
}
