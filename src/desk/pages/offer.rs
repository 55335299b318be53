//! One offer at the desk: what it says, how it stands, and what may be done with it.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use serde::Deserialize;
use sqlx::PgPool;

use super::{After, Said, moment, names};
use crate::{
    accounts::pages::Signed,
    calendar::{civil_now, date_in_words},
    desk::{
        listings::{
            Whole,
            acts::{Act, Done, Seen, carry_out},
            state_in_words, store,
        },
        reports::{self, Reported},
    },
    forms::{Answers, Mistakes},
    mine::{COUNTED_DAYS, pages::last_day},
    offers::{self, OfferId, Status},
    places::Places,
    submissions::{
        pages::{Told, answered},
        written,
    },
    text::Line,
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Deserialize)]
pub struct OfOffer {
    pub offer: OfferId,
}

#[derive(Deserialize)]
pub struct OfAct {
    offer: OfferId,
    act: String,
}

#[derive(Template)]
#[template(path = "desk/offer.html")]
struct OfferPage<'a> {
    signed: Signed,
    whole: Whole,
    says: Vec<Told>,
    may_decide: bool,
    /// What visitors said of it, the latest first.
    reports: Vec<Reported>,
    said: Said,
    places: &'a Places,
}

impl OfferPage<'_> {
    fn when(&self, one: &Reported) -> String {
        moment(one.made)
    }
    fn state(&self) -> &'static str {
        state_in_words(self.whole.listing.status)
    }
    fn is(&self, status: Status) -> bool {
        self.whole.listing.status == status
    }
    fn runs(&self) -> bool {
        self.is(Status::Published) || self.is(Status::Paused)
    }
    fn boroughs(&self) -> String {
        names(&self.whole.listing.boroughs, self.places)
    }
    fn changed(&self) -> String {
        moment(self.whole.listing.changed)
    }
    fn confirmed(&self) -> Option<String> {
        self.whole.listing.confirmed.map(|at| date_in_words(civil_now(at).date()))
    }
}

pub async fn offer(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfOffer { offer }): Path<OfOffer>,
    Query(After { done }): Query<After>,
) -> Result<Response> {
    let whole = found(&db, &signed, offer, now).await?;
    let said = Said { done: after(&done), ..Said::default() };
    page(&db, &places, signed, whole, said).await
}

/// Does one thing with it, if it still is as it was looked at, and says so on its page.
pub async fn act(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfAct { offer, act }): Path<OfAct>,
    Typed(typed): Typed,
) -> Result<Response> {
    let whole = found(&db, &signed, offer, now).await?;
    let seen = Seen { offer, revision: typed.one("revision").parse().unwrap_or(0) };
    let boroughs = &whole.listing.boroughs;
    let permit = signed.account.permit(seen, boroughs, &places).ok_or(Error::Forbidden)?;
    let act = match asked(&act, &typed, civil_now(now).date()) {
        Ok(act) => act.ok_or(Error::NotFound)?,
        Err(mistakes) => {
            let said = Said::wrong(typed, mistakes);
            let page = page(&db, &places, signed, whole, said).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    // The permit is for the boroughs of the revision that is there now: only that may be acted on.
    let done = match whole.listing.revision == seen.revision {
        false => Done::MovedOn,
        true if whole.being_described => Done::NotAsItStands,
        true => carry_out(&db, &permit, &act, now).await?,
    };
    let news = match done {
        Done::Done => {
            let to = format!("/desk/offers/{offer}?done={}", act.code());
            return Ok(Redirect::to(&to).into_response());
        }
        Done::MovedOn => {
            "Somebody else was first: it was changed while you looked at it. You see it below as it is now. \
             Nothing you typed is lost."
                .to_owned()
        }
        Done::NotAsItStands => "This cannot be done with it as it stands.".to_owned(),
        Done::SaysSo => "It says the same already.".to_owned(),
        Done::Lacking(lacks) => {
            format!("The listing would lack something. {}", offers::advice(&lacks))
        }
    };
    let whole = found(&db, &signed, offer, now).await?;
    let said = Said { typed, news: Some(news), ..Said::default() };
    let page = page(&db, &places, signed, whole, said).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// What is out of scope does not exist.
pub async fn found(db: &PgPool, signed: &Signed, offer: OfferId, now: Timestamp) -> Result<Whole> {
    let counted_from = civil_now(now).date().saturating_sub((COUNTED_DAYS - 1).days());
    let whole = store::whole(db, &signed.account.rights.scope(), offer, counted_from).await?;
    whole.ok_or(Error::NotFound)
}

/// What a form asks for; `None` where there is no such form.
fn asked(act: &str, typed: &Answers, today: Date) -> Result<Option<Act>, Mistakes> {
    let mut mistakes = Mistakes::default();
    Ok(Some(match act {
        "pause" => Act::Pause,
        "resume" => Act::Resume,
        "bring-back" => Act::BringBack,
        "publish" => Act::Publish,
        "restore" => match typed.one("number").parse() {
            Ok(number) => Act::Restore(number),
            Err(_) => return Ok(None),
        },
        "last-day" => match last_day("last_day", typed, today, &mut mistakes) {
            Some(last) => Act::EndAfter(last),
            None => return Err(mistakes),
        },
        "archive" => match Line::parse(typed.one("reason")) {
            Ok(reason) => Act::Archive { reason },
            Err(_) => {
                mistakes.add(
                    "reason",
                    match typed.stated("reason") {
                        true => "Say why in one line of 500 characters or fewer",
                        false => "Say why it is archived, in a few words",
                    },
                );
                return Err(mistakes);
            }
        },
        _ => return Ok(None),
    }))
}

fn after(done: &str) -> Option<&'static str> {
    Some(match done {
        "paused" => "It is paused. It is not in the search, and its page says so.",
        "resumed" => "It runs again.",
        "last_day_said" => "The last day is shown. After it, the offer hides itself.",
        "archived" => "It is archived.",
        "brought_back" => "It is back at the desk. Look at it, then publish it again.",
        "published" => "It is published again.",
        "restored" => "It says again what it said then.",
        "edited" => "It is published. Who looks after it gets an email.",
        "thrown_away" => "Your edit is thrown away. The listing is as it was.",
        "not_editable" => "It cannot be edited as it stands.",
        _ => return None,
    })
}

async fn page(
    db: &PgPool,
    places: &Places,
    signed: Signed,
    whole: Whole,
    said: Said,
) -> Result<Response> {
    let written = written(&mut *db.acquire().await?, &whole.content, places).await?;
    let says = answered(&written, places);
    let may_decide = signed.account.rights.may_decide(&whole.listing.boroughs);
    let reports = reports::store::others(db, whole.listing.id, None).await?;
    Ok(View(OfferPage { signed, whole, says, may_decide, reports, said, places }).into_response())
}
