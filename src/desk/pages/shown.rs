//! Providers that ask to show that they took part: checked by the coordinators of the cohort.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::{After, moment, names};
use crate::{
    accounts::pages::Signed,
    places::Places,
    training::{
        shown::{self, Asked, ShownId},
        store::shown as store,
    },
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Template)]
#[template(path = "desk/shown.html")]
struct ShownPage<'a> {
    signed: Signed,
    waiting: Vec<Asked>,
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
    let waiting = store::waiting(&db, &signed.account.rights.scope(), None).await?;
    let done = match done.as_str() {
        "shown" => Some("Its page says so now. An email tells them."),
        "refused" => Some("It is not shown. An email tells them."),
        "gone" => Some("It no longer waits: somebody else has settled it, or it was taken back."),
        _ => None,
    };
    Ok(View(ShownPage { signed, waiting, done, places: &places }).into_response())
}

pub async fn settle(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfShown { shown: id }): Path<OfShown>,
    Typed(typed): Typed,
) -> Result<Response> {
    let scope = signed.account.rights.scope();
    let asked = store::waiting(&db, &scope, Some(id)).await?.pop().ok_or(Error::NotFound)?;
    let boroughs = asked.boroughs.clone();
    let permit = signed.account.permit(asked, &boroughs, &places).ok_or(Error::Forbidden)?;
    let yes = match typed.one("answer") {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::BadRequest("Say whether it may be shown".to_owned())),
    };
    let done = match (shown::settle(&db, &permit, yes, now).await?, yes) {
        (false, _) => "gone",
        (true, true) => "shown",
        (true, false) => "refused",
    };
    Ok(Redirect::to(&format!("/desk/training/shown?done={done}")).into_response())
}
