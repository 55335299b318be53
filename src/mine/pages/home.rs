//! All that is somebody's on one page, and the ways to it.
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use serde::Deserialize;
use sqlx::PgPool;
use uuid::Uuid;

use super::{After, Gazetteer, Mine, said, to};
use crate::{
    calendar::{civil_now, date_in_words},
    links::{self, Purpose, Wanted},
    mine::{COUNTED_DAYS, InHand, Kind, Looked, Own, begin, store},
    submissions::{
        Stage,
        pages::{Closed, Form, Opened},
    },
    web::{Now, Path, Query, View},
};

#[derive(Template)]
#[template(path = "mine/home.html")]
struct HomePage<'a> {
    mine: &'a Mine,
    said: Option<&'static str>,
    providers: Vec<(Looked, Vec<Own>)>,
    in_hand: Vec<InHand>,
    today: Date,
}

impl HomePage<'_> {
    fn is_narrow(&self) -> bool {
        self.mine.person.only().is_some()
    }
    fn standing(&self, own: &Own) -> (&'static str, &'static str) {
        own.standing(self.today)
    }
    fn day(&self, at: &Timestamp) -> String {
        date_in_words(civil_now(*at).date())
    }
}

/// The first day of those over which openings are counted.
pub fn counted_from(today: Date) -> Date {
    today.saturating_sub((COUNTED_DAYS - 1).days())
}

pub async fn home(
    State(db): State<PgPool>,
    Now(now): Now,
    mine: Mine,
    Query(After { said: code }): Query<After>,
) -> Result<Response, Closed> {
    let today = civil_now(now).date();
    let mut offers = store::own(&db, &mine.person, None, counted_from(today)).await?;
    let mut providers = Vec::new();
    for looked in store::looked_after(&db, &mine.person).await? {
        let (own, others) = offers.into_iter().partition(|own| own.provider == looked.id);
        offers = others;
        providers.push((looked, own));
    }
    let in_hand = store::in_hand(&db, &mine.person).await?;
    let page = HomePage { mine: &mine, said: said(&code), providers, in_hand, today };
    Ok(View(page).into_response())
}

#[derive(Deserialize)]
pub struct OfSubmission {
    id: Uuid,
}

/// To the private link of something in hand.
pub async fn go_on(
    State(db): State<PgPool>,
    State(places): State<Gazetteer>,
    Now(now): Now,
    mine: Mine,
    Path(OfSubmission { id }): Path<OfSubmission>,
) -> Result<Response, Closed> {
    let secret = begin::go_on(&db, &mine.person, id, &places, now).await?.ok_or(Closed::Unknown)?;
    Ok(to(&Purpose::Draft.path(&secret)))
}

/// From the link of a submission to what belongs to its provider, and to that alone: who was only asked to
/// help with one description should not hold all that is somebody's. The mailbox must have been shown to be
/// theirs, and they must look after the provider.
pub async fn from_submission(
    State(db): State<PgPool>,
    Now(now): Now,
    opened: Opened,
) -> Result<Response, Closed> {
    if !opened.looks_after(&db).await? {
        return Err(Closed::Unknown);
    }
    let Opened { link, form: Form { submission, .. }, .. } = opened;
    let wanted = Wanted {
        purpose: Purpose::Mine,
        subject: Some(submission.provider),
        email: link.email,
        mailed: link.mailed,
    };
    let secret = links::store::make(&db, &wanted, now).await?;
    let home = Purpose::Mine.path(&secret);
    Ok(match submission.about.offer() {
        Some(offer) => to(&format!("{home}/offers/{offer}")),
        None => to(&home),
    })
}

impl InHand {
    pub fn about(&self) -> &'static str {
        match self.kind {
            Kind::New => "A new offer",
            Kind::Change => "A change",
            Kind::Profile => "Who you are",
        }
    }

    /// In words and as a class of the list.
    pub fn stands(&self) -> (&'static str, &'static str) {
        match self.stage {
            Stage::Draft => ("Draft", "started"),
            Stage::Unconfirmed => ("Confirm your email address", "needs-a-look"),
            Stage::Waiting => ("With the coordinator", "started"),
            Stage::ChangesAsked => ("Changes asked for", "needs-a-look"),
            Stage::Published => ("Published", "done"),
            Stage::Refused => ("Not published", "not-started"),
            Stage::Withdrawn => ("Withdrawn", "not-started"),
        }
    }
}
