//! The certificate behind the mailed link, as a page and as a PDF; and checking one by its number.
use askama::Template;
use axum::{
    extract::State,
    http::{
        StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;

use super::place::{lost, opened};
use crate::{
    calendar::{civil_now, date_in_words},
    config::PublicUrl,
    limits::{self, Doer, Limit},
    pdf::POLICY,
    training::{
        Booking, Cohort,
        certificate::{self, Certificate, Number, least},
        certificate_pdf,
        shown::{self, Own, ShownOn, State as Shown},
        store,
    },
    web::{Client, Error, Now, Path, Query, Result, Typed, View, too_often},
};

/// Names that somebody tries on certificates.
const NAMES: Limit = Limit { thing: "certificate: name", times: 30, minutes: 60 };

#[derive(Deserialize)]
pub struct OfLink {
    secret: String,
}

#[derive(Template)]
#[template(path = "training/certificate.html")]
struct CertificatePage {
    cohort: Cohort,
    certificate: Option<Certificate>,
    own: Vec<Own>,
    home: String,
}

impl CertificatePage {
    fn days(&self, certificate: &Certificate) -> String {
        let (first, last) = (date_in_words(certificate.first), date_in_words(certificate.last));
        if first == last { first } else { format!("{first} to {last}") }
    }
    fn least(&self) -> usize {
        least(self.cohort.sessions.len())
    }
}

pub async fn show(
    State(db): State<PgPool>,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
) -> Result<Response> {
    let Some(booking) = opened(&db, &secret, now).await? else { return Ok(lost()) };
    let mut db = db.acquire().await?;
    let Some(cohort) = store::cohort(&mut db, booking.cohort).await? else { return Ok(lost()) };
    let certificate = store::certificates::of_booking(&mut *db, booking.id).await?;
    let own = match (&certificate, &booking.person) {
        (Some(_), Some(who)) => store::shown::own(&mut *db, &who.email, cohort.id).await?,
        _ => Vec::new(),
    };
    let home = format!("/booking/{secret}");
    Ok(View(CertificatePage { cohort, certificate, own, home }).into_response())
}

pub async fn pdf(
    State(db): State<PgPool>,
    State(url): State<PublicUrl>,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
) -> Result<Response> {
    let Some(booking) = opened(&db, &secret, now).await? else { return Ok(lost()) };
    let certificate = store::certificates::of_booking(&db, booking.id).await?;
    let certificate = certificate.filter(|one| one.name.is_some()).ok_or(Error::NotFound)?;
    let name = format!("inline; filename=\"certificate-{}.pdf\"", certificate.number);
    let drawn = tokio::task::spawn_blocking(move || {
        certificate_pdf::pdf(&certificate, url.as_str(), civil_now(now))
    });
    let bytes = drawn.await.map_err(|cause| Error::Internal(cause.into()))?;
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (CONTENT_DISPOSITION, name),
        (CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    Ok((headers, bytes.map_err(Error::Internal)?).into_response())
}

/// Asks to show it on a provider's page or a link worker's entry, or takes that back.
pub async fn showing(
    State(db): State<PgPool>,
    Now(now): Now,
    Path(OfLink { secret }): Path<OfLink>,
    Typed(typed): Typed,
) -> Result<Response> {
    let Some((booking, certificate)) = earned(&db, &secret, now).await? else { return Ok(lost()) };
    let id = typed.one("id").parse().map_err(|_| Error::NotFound)?;
    let on = ShownOn::new(typed.one("on"), id).ok_or(Error::NotFound)?;
    let done = match typed.one("show") {
        "yes" => shown::ask(&db, &booking, &certificate, on, now).await?,
        _ => shown::take_back(&db, &booking, &certificate, on).await?,
    };
    match done {
        true => Ok(Redirect::to(&format!("/booking/{secret}/certificate")).into_response()),
        false => Err(Error::NotFound),
    }
}

async fn earned(
    db: &PgPool,
    secret: &str,
    now: Timestamp,
) -> Result<Option<(Booking, Certificate)>> {
    let Some(booking) = opened(db, secret, now).await? else { return Ok(None) };
    let certificate = store::certificates::of_booking(db, booking.id).await?;
    Ok(certificate.map(|certificate| (booking, certificate)))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    number: String,
}

#[derive(Template)]
#[template(path = "training/check.html")]
struct CheckPage {
    /// As typed.
    number: String,
    /// What is wrong with it.
    wrong: Option<&'static str>,
    certificate: Option<Certificate>,
    /// Names can no longer be asked for.
    erased: bool,
    name: String,
    /// Whether the name was the one.
    matches: Option<bool>,
    name_wrong: Option<&'static str>,
}

impl CheckPage {
    fn of(number: &str) -> Self {
        Self {
            number: number.to_owned(),
            wrong: None,
            certificate: None,
            erased: false,
            name: String::new(),
            matches: None,
            name_wrong: None,
        }
    }
}

/// The box for a number, and the way to its page.
pub async fn ask(Query(Asked { number }): Query<Asked>) -> Response {
    if number.is_empty() {
        return View(CheckPage::of("")).into_response();
    }
    match Number::parse(&number) {
        Some(number) => Redirect::to(&format!("/certificates/{number}")).into_response(),
        None => {
            unknown(&number, "Enter the number as it stands on the certificate, like FP-7K3M-9QX2")
        }
    }
}

#[derive(Deserialize)]
pub struct OfNumber {
    number: String,
}

pub async fn check(
    State(db): State<PgPool>,
    Path(OfNumber { number }): Path<OfNumber>,
) -> Result<Response> {
    let found = found(&db, &number).await?;
    Ok(found.map_or_else(|unknown| unknown, |(page, _)| View(page).into_response()))
}

/// Whether a name is the one on it. What is typed is in no address, and nothing says what would be right.
pub async fn check_name(
    State(db): State<PgPool>,
    client: Client,
    Now(now): Now,
    Path(OfNumber { number }): Path<OfNumber>,
    Typed(typed): Typed,
) -> Result<Response> {
    let (mut page, mark) = match found(&db, &number).await? {
        Ok(found) => found,
        Err(unknown) => return Ok(unknown),
    };
    page.name = typed.raw("name").to_owned();
    if typed.one("name").is_empty() {
        page.name_wrong = Some("Enter the name that stands on the certificate");
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response());
    }
    let doer = Doer::of(&client.in_words());
    if !limits::store::allowed(&db, NAMES, doer, now).await? {
        page.name_wrong =
            Some("Many names were tried from where you are. Wait an hour, then try again");
        return Ok(too_often(NAMES, View(page)));
    }
    if let (Some(mark), Some(one)) = (mark, &page.certificate) {
        let key = store::certificates::key(&db).await?;
        page.matches = Some(certificate::is_name(&key, &one.number, typed.one("name"), &mark));
    }
    Ok(View(page).into_response())
}

/// The certificate of a number with the mark of its name, or the page that says that there is none.
async fn found(db: &PgPool, typed: &str) -> Result<Result<(CheckPage, Option<Vec<u8>>), Response>> {
    const NONE: &str = "There is no certificate with this number. Check it letter by letter";
    let Some(number) = Number::parse(typed) else { return Ok(Err(unknown(typed, NONE))) };
    let Some((certificate, mark)) = store::certificates::of_number(db, &number).await? else {
        return Ok(Err(unknown(typed, NONE)));
    };
    let page = CheckPage {
        erased: mark.is_none(),
        certificate: Some(certificate),
        ..CheckPage::of(number.as_str())
    };
    Ok(Ok((page, mark)))
}

fn unknown(number: &str, wrong: &'static str) -> Response {
    let page = CheckPage { wrong: Some(wrong), ..CheckPage::of(number) };
    (StatusCode::NOT_FOUND, View(page)).into_response()
}
