//! One's own second factor: setting it up, its recovery codes, and switching it off.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use sqlx::PgPool;

use super::{Signed, code::OF_ACCOUNT};
use crate::{
    accounts::second_factor::{self, Factor, Seed, store},
    calendar::{civil_now, date_in_words},
    forms::Mistakes,
    limits::{self, Doer},
    web::{Error, Now, Result, Square, Typed, View},
};

#[derive(Template)]
#[template(path = "desk/second_factor.html")]
struct FactorPage {
    signed: Signed,
    factor: Option<Factor>,
    /// To be taken into an app now, with its square code.
    seed: Option<(Seed, Option<Square>)>,
    /// Shown now and never again.
    codes: Vec<String>,
    mistakes: Mistakes,
}

impl FactorPage {
    /// The day since when it is asked for.
    fn since(&self) -> Option<String> {
        let since = self.factor.as_ref()?.since?;
        Some(date_in_words(civil_now(since).date()))
    }
    fn left(&self) -> u32 {
        self.factor.map_or(0, |factor| factor.left)
    }
}

pub async fn show(State(db): State<PgPool>, signed: Signed) -> Result<Response> {
    Ok(View(page(&db, signed).await?).into_response())
}

pub async fn change(
    State(db): State<PgPool>,
    signed: Signed,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    // Rights may have changed since the page was made.
    let page = page(&db, signed).await?;
    let account = page.signed.account.clone();
    if typed.one("act") == "begin" {
        return Ok(match second_factor::begin(&db, account.id, now).await? {
            Some(seed) => View(with_seed(page, seed)).into_response(),
            None => Redirect::to("/desk/second-factor").into_response(),
        });
    }
    let code = typed.one("code");
    let seed = Seed::parse(typed.one("seed"));
    if !allowed(&db, &account.id.to_string(), now).await? {
        return Ok(wrong(page, seed, "You have tried very often. Wait an hour, then try again"));
    }
    let codes = match typed.one("act") {
        "confirm" => second_factor::confirm(&db, &account, code, now).await?,
        "renew" => second_factor::renew(&db, &account, code, now).await?,
        "off" => {
            if second_factor::switch_off(&db, &account, code, now).await? {
                return Ok(Redirect::to("/desk/second-factor").into_response());
            }
            None
        }
        _ => return Err(Error::NotFound),
    };
    match codes {
        Some(codes) => {
            let factor = store::factor(&db, account.id).await?;
            Ok(View(FactorPage { codes, factor, ..page }).into_response())
        }
        None => {
            Ok(wrong(page, seed, "That code is not right. Type the one that the app shows now"))
        }
    }
}

async fn allowed(db: &PgPool, account: &str, now: Timestamp) -> sqlx::Result<bool> {
    limits::store::allowed(db, OF_ACCOUNT, Doer::of(account), now).await
}

fn wrong(page: FactorPage, seed: Option<Seed>, message: &str) -> Response {
    let mut page = match seed {
        Some(seed) if page.since().is_none() => with_seed(page, seed),
        _ => page,
    };
    page.mistakes.add("code", message);
    (StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response()
}

fn with_seed(page: FactorPage, seed: Seed) -> FactorPage {
    let square = Square::of(&seed.address(&page.signed.account.email));
    FactorPage { seed: Some((seed, square)), ..page }
}

/// For administrators, and for whoever has one.
async fn page(db: &PgPool, signed: Signed) -> Result<FactorPage> {
    let factor = store::factor(db, signed.account.id).await?;
    if !signed.account.rights.administrator && factor.is_none() {
        return Err(Error::Forbidden);
    }
    Ok(FactorPage { signed, factor, seed: None, codes: vec![], mistakes: Mistakes::default() })
}
