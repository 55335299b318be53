//! Training as everybody reads it: the programme and its coming cohorts, and one cohort.
pub mod certificate;
pub mod evaluation;
mod form;
pub mod past;
mod place;
pub mod questions;

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::header::CACHE_CONTROL,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use sqlx::PgPool;

pub use form::{book, form, thanks};
pub use place::{cancel, confirm, place};

use super::{Cohort, Listed, Profession, Programme, cohort, shares::Seats, store};
use crate::{
    calendar::{civil_now, date_in_words},
    places::{Gss, Places},
    text::{SafeHtml, Slug, series},
    web::{Error, Now, Path, Result, View},
};

#[derive(serde::Deserialize)]
pub struct OfCohort {
    slug: String,
}

#[derive(Template)]
#[template(path = "training/list.html")]
struct ListPage<'a> {
    programmes: Vec<Programme>,
    coming: Vec<Listed>,
    places: &'a Places,
    now: Timestamp,
}

pub async fn list(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
) -> Result<Response> {
    let mut db = db.acquire().await?;
    let programmes = store::programmes(&mut db).await?;
    let coming = store::coming_in(&mut *db, None, now).await?;
    Ok(View(ListPage { programmes, coming, places: &places, now }).into_response())
}

impl ListPage<'_> {
    fn about(&self, programme: &Programme) -> SafeHtml {
        SafeHtml::from_markdown(programme.says.about.as_str())
    }
    fn cohorts<'b>(&'b self, programme: &Programme) -> Vec<&'b Listed> {
        self.coming.iter().filter(|one| one.programme == programme.slug).collect()
    }
}

impl Listed {
    /// "Southwark and Lambeth".
    pub fn where_it_is_for(&self, places: &Places) -> String {
        names(&self.boroughs, places)
    }

    /// "From Tuesday 2 March 2027 to Tuesday 23 March 2027, 4 sessions".
    pub fn dates_in_words(&self) -> String {
        let day = |at: Timestamp| date_in_words(civil_now(at).date());
        match (self.first, self.ends) {
            (Some(first), Some(ends)) if self.sessions > 1 => {
                let times = self.sessions;
                format!("From {} to {}, {times} sessions", day(first), day(ends))
            }
            (Some(first), _) => day(first),
            _ => "No dates yet".to_owned(),
        }
    }

    /// "Open for booking: 12 of 40 places are free".
    pub fn stands_in_words(&self, now: Timestamp) -> String {
        let free = self.capacity.saturating_sub(self.booked);
        match self.state {
            cohort::State::Open if self.first.is_some_and(|first| first <= now) => {
                "It has begun".to_owned()
            }
            cohort::State::Open if free == 0 => {
                "All places are taken. You can join the waiting list".to_owned()
            }
            cohort::State::Open => {
                format!("{free} of {} places are free, shared between the groups", self.capacity)
            }
            state => state.label().to_owned(),
        }
    }
}

#[derive(Template)]
#[template(path = "training/cohort.html")]
struct CohortPage<'a> {
    cohort: Cohort,
    seats: Seats,
    /// How many wait, by group.
    waiting: [usize; 4],
    boroughs: String,
    /// Others that can be booked.
    others: Vec<Listed>,
    places: &'a Places,
    now: Timestamp,
}

/// What it says of free places is asked for each time: a page that is a minute old would be wrong.
pub async fn show(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    Path(OfCohort { slug }): Path<OfCohort>,
) -> Result<Response> {
    let mut db = db.acquire().await?;
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    let cohort = store::of_slug(&mut db, &slug).await?.ok_or(Error::NotFound)?;
    let (id, shares, released) = (cohort.id, cohort.says.shares, cohort.is_released(now));
    let mut others = store::coming_in(&mut *db, None, now).await?;
    others.retain(|one| one.id != id && one.state == cohort::State::Open);
    let page = CohortPage {
        seats: store::bookings::seats(&mut *db, id, shares, released).await?,
        waiting: store::bookings::waiting_by_group(&mut *db, id).await?,
        boroughs: names(&cohort.says.boroughs, &places),
        cohort,
        others,
        places: &places,
        now,
    };
    Ok(([(CACHE_CONTROL, "no-cache")], View(page)).into_response())
}

impl CohortPage<'_> {
    /// "6 of 10 places are free. 2 people wait."
    fn free_in_words(&self, profession: &Profession) -> String {
        let share = self.cohort.says.share(*profession);
        // Those who wait come first, and have had what there is.
        let free = self.seats.free_for(*profession);
        let places = match (self.seats.released, free) {
            (true, 0) => "No place is free.".to_owned(),
            (true, free) => format!("{free} free, for all groups."),
            (false, free) => format!("{free} of {share} places are free."),
        };
        match self.waiting[profession.at()] {
            0 => places,
            1 => format!("{places} One person waits."),
            many => format!("{places} {many} people wait."),
        }
    }
    fn opens(&self) -> bool {
        self.cohort.can_be_booked(self.now)
    }
    fn materials(&self) -> Vec<&cohort::Material> {
        self.cohort.says.materials.iter().filter(|one| !one.booked_only).collect()
    }
    fn has_more_materials(&self) -> bool {
        self.cohort.says.materials.iter().any(|one| one.booked_only)
    }
    fn about(&self) -> Option<SafeHtml> {
        self.cohort.says.about.as_ref().map(|about| SafeHtml::from_markdown(about.as_str()))
    }
}

/// "Brent and Barnet".
pub(super) fn names(boroughs: &[Gss], places: &Places) -> String {
    series(boroughs.iter().filter_map(|gss| places.borough(*gss)).map(|one| one.name.as_str()))
}
