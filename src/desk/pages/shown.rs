//! Providers and link workers who ask to show that they took part: checked by the coordinators of the cohort, who can take it off.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;

use super::{After, moment, names};
use crate::{
    accounts::{Permit, pages::Signed},
    places::Places,
    training::{
        shown::{self, Answer, Asked, ShownId, ShownOn, State as Stands},
        store::shown as store,
    },
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Template)]
#[template(path = "desk/shown.html")]
struct ShownPage<'a> {
    signed: Signed,
    waiting: Vec<Asked>,
    /// What pages say now.
    checked: Vec<Asked>,
    done: Option<&'static str>,
    places: &'a Places,
}

impl ShownPage<'_> {
    fn since(&self, one: &Asked) -> String {
        moment(one.asked)
    }
    fn names(&self, one: &Asked) -> String {
        names(&one.boroughs, self.places)
    }
    fn may_decide(&self, one: &Asked) -> bool {
        self.signed.account.rights.may_decide(&one.boroughs)
    }
}

#[derive(Deserialize)]
pub struct OfShown {
    shown: ShownId,
}

pub async fn list(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Query(After { done }): Query<After>,
) -> Result<Response> {
    let scope = signed.account.rights.scope();
    let mut waiting = store::within(&db, &scope, Stands::Asked, None).await?;
    let mut checked = store::within(&db, &scope, Stands::Checked, None).await?;
    let only_read = |one: &Asked| !signed.account.rights.may_decide(&one.boroughs);
    for one in waiting.iter_mut().chain(&mut checked).filter(|one| only_read(one)) {
        one.person = None;
    }
    // A link worker's name is the person's, and nobody has checked it.
    for one in waiting.iter_mut().filter(|one| only_read(one)) {
        if let ShownOn::LinkWorker(_) = one.on {
            one.name.clear();
        }
    }
    let done = match done.as_str() {
        "shown" => Some("It is shown now. An email tells them, if we still know their address."),
        "refused" => Some("It is not shown. An email tells them, if we still know their address."),
        "taken-off" => Some("It is shown no more."),
        "gone" => {
            Some("It stands otherwise by now: somebody else has settled it, or it was taken back.")
        }
        _ => None,
    };
    Ok(View(ShownPage { signed, waiting, checked, done, places: &places }).into_response())
}

pub async fn settle(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfShown { shown: id }): Path<OfShown>,
    Typed(typed): Typed,
) -> Result<Response> {
    let permit = permit(&db, &signed, &places, Stands::Asked, id).await?;
    let answer = match typed.one("answer") {
        "yes" => Answer::Show,
        "no" => Answer::Refuse,
        _ => return Err(Error::BadRequest("Say whether it may be shown".to_owned())),
    };
    carry_out(&db, &permit, answer, now).await
}

pub async fn take_off(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfShown { shown: id }): Path<OfShown>,
) -> Result<Response> {
    let permit = permit(&db, &signed, &places, Stands::Checked, id).await?;
    carry_out(&db, &permit, Answer::TakeOff, now).await
}

async fn permit(
    db: &PgPool,
    signed: &Signed,
    places: &Places,
    state: Stands,
    id: ShownId,
) -> Result<Permit<Asked>> {
    let scope = signed.account.rights.scope();
    let asked = store::within(db, &scope, state, Some(id)).await?.pop().ok_or(Error::NotFound)?;
    let boroughs = asked.boroughs.clone();
    signed.account.permit(asked, &boroughs, places).ok_or(Error::Forbidden)
}

async fn carry_out(
    db: &PgPool,
    permit: &Permit<Asked>,
    answer: Answer,
    now: Timestamp,
) -> Result<Response> {
    let done = match (shown::settle(db, permit, answer, now).await?, answer) {
        (false, _) => "gone",
        (true, Answer::Show) => "shown",
        (true, Answer::Refuse) => "refused",
        (true, Answer::TakeOff) => "taken-off",
    };
    Ok(Redirect::to(&format!("/desk/training/shown?done={done}")).into_response())
}
