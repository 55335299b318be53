//! Whose e-mail address it is, as long as nobody has confirmed one: shown, and another put in its place.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use sqlx::PgPool;

use super::Opened;
use crate::{
    forms::{Answers, Mistakes},
    limits::{self, Doer, Limit},
    links::{self, Purpose, Wanted, store::Ended},
    submissions::readdress::{self, Readdressed},
    text::Email,
    web::{Now, Result, Typed, View, too_often},
};

const OF_SUBMISSION: Limit = Limit { thing: "other email: submission", times: 5, minutes: 60 };

#[derive(Template)]
#[template(path = "submissions/address.html")]
struct AddressPage<'a> {
    opened: &'a Opened,
    typed: Answers,
    mistakes: Mistakes,
}

pub async fn address(opened: Opened) -> Response {
    if !opened.may_be_readdressed() {
        return Redirect::to(&opened.to("")).into_response();
    }
    let typed = Answers::of([("email".to_owned(), opened.email().to_string())]);
    View(AddressPage { opened: &opened, typed, mistakes: Mistakes::default() }).into_response()
}

/// Where the link that opened this page was mailed to the address that was wrong, it ends with the others, and
/// whoever is here goes on with a new one.
pub async fn readdress(
    State(db): State<PgPool>,
    Now(now): Now,
    opened: Opened,
    Typed(typed): Typed,
) -> Result<Response> {
    let id = opened.submission.id;
    let mut mistakes = Mistakes::default();
    let Ok(email) = Email::of_person(typed.one("email")) else {
        mistakes.add("email", "Enter an email address, like name@example.org");
        let page = View(AddressPage { opened: &opened, typed, mistakes });
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    if !opened.may_be_readdressed() || email == *opened.email() {
        return Ok(Redirect::to(&opened.to("")).into_response());
    }
    let counted = [
        (OF_SUBMISSION, Doer::of(&id.to_string())),
        (super::first::OF_EMAIL, Doer::of(email.as_str())),
    ];
    for (limit, doer) in counted {
        if !limits::store::allowed(&db, limit, doer, now).await? {
            mistakes.add("email", "That was changed very often. Wait an hour, then change it");
            let page = View(AddressPage { opened: &opened, typed, mistakes });
            return Ok(too_often(limit, page));
        }
    }
    let own = opened.link.mailed;
    Ok(match readdress::readdress(&db, id, &email, own, now).await? {
        Readdressed::Kept | Readdressed::NotNow => Redirect::to(&opened.to("")).into_response(),
        Readdressed::GoOn(secret) => {
            Redirect::to(&format!("{}/keep", Purpose::Draft.path(&secret))).into_response()
        }
    })
}

/// A new link in the place of all others, for whoever is known to read the mailbox.
pub async fn relink(State(db): State<PgPool>, Now(now): Now, opened: Opened) -> Result<Response> {
    if !opened.may_relink() {
        return Ok(Redirect::to(&opened.to("")).into_response());
    }
    let mut tx = db.begin().await?;
    links::store::end(&mut *tx, Purpose::Draft, opened.submission.id, Ended::All, now).await?;
    let wanted = Wanted {
        purpose: Purpose::Draft,
        subject: Some(opened.submission.id),
        email: opened.link.email.clone(),
        mailed: opened.link.mailed,
    };
    let secret = links::store::make(&mut *tx, &wanted, now).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}/keep", Purpose::Draft.path(&secret))).into_response())
}
