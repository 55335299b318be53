//! Asking for a link, opening it, and going in.
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::cookies::Cookie;
use crate::{
    accounts::{
        LONGEST,
        signing_in::{self, Entered, HALF, Opened},
    },
    config::PublicUrl,
    forms::{Answers, Mistakes},
    limits::{self, Doer, Limit},
    links::{Purpose, Secret},
    text::{Email, Line},
    web::{Client, Error, Now, Path, Query, Result, Typed, View, too_often},
};

const OF_NETWORK: Limit = Limit { thing: "sign in: network", times: 30, minutes: 60 };
/// For one address from one network, so that nobody elsewhere can keep a coordinator out.
const OF_EMAIL: Limit = Limit { thing: "sign in: email", times: 5, minutes: 60 };

#[derive(Template)]
#[template(path = "desk/sign_in.html")]
pub struct SignInPage {
    pub typed: Answers,
    pub mistakes: Mistakes,
    pub sent: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    to: String,
}

pub async fn form(Query(asked): Query<Asked>) -> Response {
    let typed = Answers::of([("to".to_owned(), asked.to)]);
    View(SignInPage { typed, mistakes: Mistakes::default(), sent: false }).into_response()
}

pub async fn ask(
    State(db): State<PgPool>,
    State(url): State<PublicUrl>,
    client: Client,
    headers: HeaderMap,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    let mut mistakes = Mistakes::default();
    let Ok(email) = Email::of_person(typed.one("email")) else {
        mistakes.add("email", "Enter an email address, like name@example.org");
        let page = View(SignInPage { typed, mistakes, sent: false });
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let network = client.in_words();
    if !limits::store::allowed(&db, OF_NETWORK, Doer::of(&network), now).await? {
        mistakes.add("email", "You have asked for this very often. Wait an hour, then ask again");
        let page = View(SignInPage { typed, mistakes, sent: false });
        return Ok(too_often(OF_NETWORK, page));
    }
    // Who asks twice may open either letter.
    let browser = match Cookie::browser(&url).of(&headers) {
        Some(known) => known,
        None => Secret::new().map_err(|none| Error::Internal(none.into()))?,
    };
    // Too often for one address is answered like all the rest: who asks need not be who reads it.
    if limits::store::allowed(&db, OF_EMAIL, Doer::of(&format!("{email} {network}")), now).await? {
        signing_in::ask(&db, &email, (&browser, typed.one("to")), now).await?;
    }
    let cookie = Cookie::browser(&url).set(&browser, Purpose::SignIn.lasts());
    let page = View(SignInPage { typed, mistakes, sent: true });
    Ok(([(header::SET_COOKIE, cookie)], page).into_response())
}

#[derive(Template)]
#[template(path = "desk/enter.html")]
struct EnterPage {
    action: String,
    state: Standing,
}

enum Standing {
    Good,
    Elsewhere,
    Bad,
}

#[derive(Deserialize)]
pub struct OfLink {
    secret: String,
}

pub async fn open(
    State(db): State<PgPool>,
    State(url): State<PublicUrl>,
    headers: HeaderMap,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
) -> Result<Response> {
    let browser = Cookie::browser(&url).of(&headers);
    let Some(secret) = Secret::parse(&secret) else { return Ok(closed(Standing::Bad)) };
    Ok(match signing_in::opened(&db, &secret, browser.as_ref(), now).await? {
        Opened::Yes(_) => {
            let action = Purpose::SignIn.path(&secret);
            View(EnterPage { action, state: Standing::Good }).into_response()
        }
        Opened::Elsewhere => closed(Standing::Elsewhere),
        Opened::No => closed(Standing::Bad),
    })
}

pub async fn enter(
    State(db): State<PgPool>,
    State(url): State<PublicUrl>,
    headers: HeaderMap,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
) -> Result<Response> {
    let browser = Cookie::browser(&url).of(&headers);
    let Some(secret) = Secret::parse(&secret) else { return Ok(closed(Standing::Bad)) };
    let asker = match signing_in::opened(&db, &secret, browser.as_ref(), now).await? {
        Opened::Yes(asker) => asker,
        Opened::Elsewhere => return Ok(closed(Standing::Elsewhere)),
        Opened::No => return Ok(closed(Standing::Bad)),
    };
    let before = Cookie::session(&url).of(&headers);
    let here = (&device(&headers), before.as_ref());
    let entered = signing_in::enter(&db, &secret, asker.account, here, now).await?;
    let (set, to) = match entered {
        None => return Ok(closed(Standing::Bad)),
        Some(Entered::In(session)) => {
            (Cookie::session(&url).set(&session, LONGEST), asker.leads_to)
        }
        Some(Entered::Half(secret)) => {
            let to: String = form_urlencoded::byte_serialize(asker.leads_to.as_bytes()).collect();
            (Cookie::half(&url).set(&secret, HALF), format!("/desk/code?to={to}"))
        }
    };
    let forget = Cookie::browser(&url).forget();
    let cookies = AppendHeaders([(header::SET_COOKIE, set), (header::SET_COOKIE, forget)]);
    Ok((cookies, Redirect::to(&to)).into_response())
}

fn closed(state: Standing) -> Response {
    let status = match state {
        Standing::Elsewhere => StatusCode::FORBIDDEN,
        _ => StatusCode::NOT_FOUND,
    };
    (status, View(EnterPage { action: String::new(), state })).into_response()
}

/// "Firefox on Linux", as far as the browser says it in the usual way; only for people to tell their own
/// browsers apart.
fn device(headers: &HeaderMap) -> Line<100> {
    let said = headers.get(header::USER_AGENT).and_then(|said| said.to_str().ok()).unwrap_or("");
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| said.contains(mark)).map(|(_, name)| *name)
    };
    // Each of them says the names of those before it, too.
    let browser = first(&[
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "a Mac"),
        ("Linux", "Linux"),
    ]);
    let words = match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "a browser we do not know".to_owned(),
    };
    Line::parse(&words).expect("our own short words")
}
