//! Who came to which session of a cohort, the list to sign on the day, and the certificates that follow from it.
use std::{collections::BTreeSet, sync::Arc};

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;
use uuid::Uuid;

use super::{After, Said};
use crate::{
    accounts::pages::Signed,
    calendar::{civil_now, short_date},
    forms::{Answers, Mistakes},
    places::Places,
    text::Line,
    training::{
        Booking, BookingId, Cohort, CohortId, Session,
        attendance::{self, Done, Looked, Register},
        certificate::{self, Given, is_enough, least},
        store,
    },
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Deserialize)]
pub struct OfCohort {
    cohort: CohortId,
}

#[derive(Template)]
#[template(path = "desk/attendance.html")]
struct RegisterPage {
    signed: Signed,
    register: Register,
    said: Said,
    now: Timestamp,
}

impl RegisterPage {
    fn cohort(&self) -> &Cohort {
        &self.register.cohort
    }
    fn day(&self, session: &Session) -> String {
        short_date(civil_now(session.starts).date())
    }
    fn has_begun(&self, session: &Session) -> bool {
        session.starts <= self.now
    }
    fn any_begun(&self) -> bool {
        self.cohort().sessions.iter().any(|session| self.has_begun(session))
    }
    fn is_over(&self) -> bool {
        self.cohort().ends().is_some_and(|ends| ends <= self.now)
    }
    /// As the form sends it: whose, and which session.
    fn value(&self, one: &Booking, session: &Session) -> String {
        format!("{}.{}", one.id, session.id)
    }
    fn came(&self, one: &Booking, session: &Session) -> bool {
        match self.said.typed == Answers::default() {
            true => self.register.came.contains(&(one.id, session.id)),
            false => self.said.typed.has("came", &self.value(one, session)),
        }
    }
    fn sessions(&self) -> usize {
        self.cohort().sessions.len()
    }
    fn least(&self) -> usize {
        least(self.sessions())
    }
    /// Who came to enough and has no certificate yet.
    fn due(&self) -> usize {
        let due = |one: &&Booking| {
            is_enough(self.register.sessions_of(one.id), self.sessions())
                && !self.register.certified.contains(&one.id)
        };
        self.register.people.iter().filter(due).count()
    }
}

pub async fn register(
    State(db): State<PgPool>,
    signed: Signed,
    Now(now): Now,
    Path(OfCohort { cohort }): Path<OfCohort>,
    Query(After { done }): Query<After>,
) -> Result<Response> {
    let done = match done.as_str() {
        "noted" => Some("It is noted."),
        "given" => Some("The certificates are given. An email tells each of them."),
        "corrected" => {
            Some("The name is put right. Who has a certificate gets an email with the way to it.")
        }
        "as-it-is" => Some("Nothing was changed: that name stands there already, or is erased."),
        "none" => Some("Nobody is without a certificate who came to enough sessions."),
        _ => None,
    };
    let said = Said { done, ..Said::default() };
    let cohort = found(&db, &signed, cohort).await?;
    Ok(View(page(&db, signed, cohort, said, now).await?).into_response())
}

pub async fn note(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfCohort { cohort: id }): Path<OfCohort>,
    Typed(typed): Typed,
) -> Result<Response> {
    let cohort = found(&db, &signed, id).await?;
    let looked = Looked { cohort: id, revision: typed.one("revision").parse().unwrap_or(0) };
    let boroughs = &cohort.says.boroughs;
    let permit = signed.account.permit(looked, boroughs, &places).ok_or(Error::Forbidden)?;
    let came: BTreeSet<_> = typed.all("came").filter_map(pair).collect();
    match attendance::note(&db, &permit, &came, now).await? {
        Done::Done => {
            let to = format!("/desk/training/{id}/attendance?done=noted");
            Ok(Redirect::to(&to).into_response())
        }
        Done::MovedOn => {
            let news = "Somebody else noted something while you did. The boxes are as you left them, and nothing is \
                        noted yet. Look them over, then send them again: yours then count instead of theirs.";
            let said = Said { typed, news: Some(news.to_owned()), ..Said::default() };
            let page = page(&db, signed, cohort, said, now).await?;
            Ok((StatusCode::CONFLICT, View(page)).into_response())
        }
    }
}

pub async fn certificates(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfCohort { cohort: id }): Path<OfCohort>,
) -> Result<Response> {
    let cohort = found(&db, &signed, id).await?;
    let boroughs = &cohort.says.boroughs;
    let permit = signed.account.permit(id, boroughs, &places).ok_or(Error::Forbidden)?;
    let done = match certificate::give(&db, &permit, now).await? {
        Given::To(0) => "none",
        Given::To(_) => "given",
        Given::TooEarly => {
            let news = "Certificates can be given when the last session is over.";
            let said = Said { news: Some(news.to_owned()), ..Said::default() };
            let page = page(&db, signed, cohort, said, now).await?;
            return Ok((StatusCode::CONFLICT, View(page)).into_response());
        }
    };
    Ok(Redirect::to(&format!("/desk/training/{id}/attendance?done={done}")).into_response())
}

#[derive(Template)]
#[template(path = "desk/name.html")]
struct NamePage {
    signed: Signed,
    register: Register,
    said: Said,
}

impl NamePage {
    fn is_chosen(&self, one: &Booking) -> bool {
        self.said.typed.one("booking") == one.id.to_string()
    }
}

/// Who is called otherwise than it stands here.
pub async fn name(
    State(db): State<PgPool>,
    signed: Signed,
    Path(OfCohort { cohort }): Path<OfCohort>,
) -> Result<Response> {
    let cohort = found(&db, &signed, cohort).await?;
    let register = Register::of(&db, cohort).await?;
    Ok(View(NamePage { signed, register, said: Said::default() }).into_response())
}

pub async fn correct_name(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfCohort { cohort: id }): Path<OfCohort>,
    Typed(typed): Typed,
) -> Result<Response> {
    let cohort = found(&db, &signed, id).await?;
    let mut mistakes = Mistakes::default();
    let booking = typed.one("booking").parse();
    if booking.is_err() {
        mistakes.add("booking", "Choose whose name to put right");
    }
    let name = Line::parse(typed.one("name"));
    if name.is_err() {
        mistakes.add("name", "Enter a name, in no more than 100 letters");
    }
    let (Ok(booking), Ok(name)) = (booking, name) else {
        let register = Register::of(&db, cohort).await?;
        let page = NamePage { signed, register, said: Said::wrong(typed, mistakes) };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response());
    };
    let boroughs = &cohort.says.boroughs;
    let permit = signed.account.permit((id, booking), boroughs, &places).ok_or(Error::Forbidden)?;
    let done = match certificate::correct_name(&db, &permit, &name, now).await? {
        true => "corrected",
        false => "as-it-is",
    };
    Ok(Redirect::to(&format!("/desk/training/{id}/attendance?done={done}")).into_response())
}

#[derive(Template)]
#[template(path = "desk/sign_in_sheet.html")]
struct SheetPage {
    signed: Signed,
    register: Register,
}

impl SheetPage {
    fn day(&self, session: &Session) -> String {
        short_date(civil_now(session.starts).date())
    }
}

/// To print, and to be signed on the day.
pub async fn sheet(
    State(db): State<PgPool>,
    signed: Signed,
    Path(OfCohort { cohort }): Path<OfCohort>,
) -> Result<Response> {
    let cohort = found(&db, &signed, cohort).await?;
    let register = Register::of(&db, cohort).await?;
    Ok(View(SheetPage { signed, register }).into_response())
}

/// For those who act on it, since all that is here names people.
async fn found(db: &PgPool, signed: &Signed, id: CohortId) -> Result<Cohort> {
    let rights = &signed.account.rights;
    let mut db = db.acquire().await?;
    let cohort = store::within(&mut db, &rights.scope(), id).await?.ok_or(Error::NotFound)?;
    rights.may_decide(&cohort.says.boroughs).then_some(cohort).ok_or(Error::Forbidden)
}

async fn page(
    db: &PgPool,
    signed: Signed,
    cohort: Cohort,
    said: Said,
    now: Timestamp,
) -> Result<RegisterPage> {
    let register = Register::of(db, cohort).await?;
    Ok(RegisterPage { signed, register, said, now })
}

fn pair(value: &str) -> Option<(BookingId, Uuid)> {
    let (booking, session) = value.split_once('.')?;
    Some((booking.parse().ok()?, session.parse().ok()?))
}
