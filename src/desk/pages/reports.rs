//! Reports at the desk: the list of all, and one beside its offer.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;

use super::{After, Said, done, following, moment, names, next, not_taken, offer};
use crate::{
    accounts::{Permit, pages::Signed},
    desk::{
        Filter, Item, Taken,
        listings::{Whole, state_in_words},
        reports::{
            Reported, Wanted,
            acts::{self, Decided, Decision, Done, Looked},
            store, urgent,
        },
        store as queue,
    },
    forms::{Answers, Mistakes},
    offers::Status,
    paging::PageNumber,
    places::{Borough, Places},
    reports::{Kind, ReportId, State as Stands},
    submissions::{
        self,
        pages::{Told, answered},
    },
    text::Text,
    web::{Error, Now, Path, Query, Result, Typed, View},
};

/// What an address of the list may ask. What is not understood is left out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    kind: String,
    state: String,
    borough: String,
    page: String,
}

#[derive(Template)]
#[template(path = "desk/reports.html")]
struct ListPage<'a> {
    signed: Signed,
    reports: Vec<Reported>,
    count: usize,
    page: PageNumber,
    asked: Asked,
    boroughs: Vec<&'a Borough>,
    places: &'a Places,
}

impl ListPage<'_> {
    fn names(&self, one: &Reported) -> String {
        names(&one.boroughs, self.places)
    }
    fn when(&self, one: &Reported) -> String {
        moment(one.made)
    }
    fn to(&self, page: Option<PageNumber>) -> Option<String> {
        let Asked { kind, state, borough, .. } = &self.asked;
        let mut address = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("kind", kind), ("state", state), ("borough", borough)] {
            if !value.is_empty() {
                address.append_pair(name, value);
            }
        }
        address.append_pair("page", &page?.number().to_string());
        Some(format!("/desk/reports?{}", address.finish()))
    }
}

pub async fn list(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let rights = &signed.account.rights;
    let wanted = Wanted {
        state: Stands::parse(&asked.state),
        kind: Kind::parse(&asked.kind),
        borough: places.borough_by_slug(&asked.borough).map(|one| one.gss),
    };
    let page = asked.page.parse().ok().and_then(PageNumber::new).unwrap_or_default();
    let mut db = db.acquire().await?;
    let (reports, count) = store::page(&mut db, &rights.scope(), wanted, page).await?;
    let boroughs = places.boroughs().iter().filter(|one| rights.may_see(&[one.gss])).collect();
    Ok(View(ListPage { signed, reports, count, page, asked, boroughs, places: &places })
        .into_response())
}

#[derive(Deserialize)]
pub struct OfReport {
    report: ReportId,
}

#[derive(Template)]
#[template(path = "desk/report.html")]
struct ReportPage<'a> {
    signed: Signed,
    one: Reported,
    whole: Whole,
    says: Vec<Told>,
    others: Vec<Reported>,
    following: Option<Item>,
    /// Why it comes before all else.
    urgent: Option<String>,
    may_decide: bool,
    said: Said,
    places: &'a Places,
}

impl ReportPage<'_> {
    fn praise(&self) -> bool {
        self.one.report.kind.is_praise()
    }
    fn is_mine(&self) -> bool {
        self.one.claim.as_ref().is_some_and(|claim| claim.account == self.signed.account.id)
    }
    fn when(&self, one: &Reported) -> String {
        moment(one.made)
    }
    fn names(&self) -> String {
        names(&self.one.boroughs, self.places)
    }
    fn stands(&self) -> &'static str {
        state_in_words(self.whole.listing.status)
    }
    fn runs(&self) -> bool {
        matches!(self.whole.listing.status, Status::Published | Status::Paused)
    }
    fn is_published(&self) -> bool {
        self.whole.listing.status == Status::Published
    }
    /// How many other open reports of the offer say the same.
    fn alike(&self) -> usize {
        let same =
            |other: &&Reported| other.state.is_open() && other.report.kind == self.one.report.kind;
        self.others.iter().filter(same).count()
    }
    fn chosen(&self, decision: &str) -> bool {
        self.said.typed.has("decision", decision)
    }
}

pub async fn one(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfReport { report }): Path<OfReport>,
    Query(after): Query<After>,
) -> Result<Response> {
    let said = Said { done: done(&after.done), ..Said::default() };
    page(&db, &places, signed, report, said, now).await
}

/// Takes it, or asks first where somebody else has it by now.
pub async fn claim(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfReport { report }): Path<OfReport>,
    Typed(typed): Typed,
) -> Result<Response> {
    let permit = permit(&db, &places, &signed, report, report).await?;
    let news = match acts::take(&db, &permit, typed.one("from").parse().ok(), now).await? {
        Taken::Yes => return Ok(Redirect::to(&format!("/desk/reports/{report}")).into_response()),
        taken => not_taken(taken),
    };
    let said = Said { news, ..Said::default() };
    Ok((StatusCode::CONFLICT, page(&db, &places, signed, report, said, now).await?).into_response())
}

pub async fn let_go(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfReport { report }): Path<OfReport>,
) -> Result<Response> {
    let permit = permit(&db, &places, &signed, report, report).await?;
    acts::let_go(&db, &permit, now).await?;
    Ok(Redirect::to("/desk?kind=report").into_response())
}

pub async fn decide(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfReport { report }): Path<OfReport>,
    Typed(typed): Typed,
) -> Result<Response> {
    let looked = Looked { report, version: typed.one("version").parse().unwrap_or(0) };
    let permit = permit(&db, &places, &signed, report, looked).await?;
    let decided = match read(&typed) {
        Ok(decided) => decided,
        Err(mistakes) => {
            let said = Said::wrong(typed, mistakes);
            let page = page(&db, &places, signed, report, said, now).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let news = match acts::decide(&db, &permit, &decided, now).await? {
        Done::Done => {
            let here = |done| Redirect::to(&format!("/desk/reports/{report}?done={done}"));
            return match decided.decision {
                Decision::Done | Decision::NotAMistake => {
                    next(&db, &signed, report, "settled", now).await
                }
                Decision::Answer => Ok(here("answered").into_response()),
                Decision::Again => Ok(here("again").into_response()),
            };
        }
        Done::MovedOn => {
            "Somebody else did something with it while you looked at it. You see it below as it is now. \
             Nothing you typed is lost."
        }
        Done::NotAsItStands => "This cannot be done with it as it stands.",
        Done::NoAddress => {
            "There is no address to answer to: none was left, or it was answered already. Nothing you typed is lost."
        }
    };
    let said = Said { typed, news: Some(news.to_owned()), ..Said::default() };
    Ok((StatusCode::CONFLICT, page(&db, &places, signed, report, said, now).await?).into_response())
}

/// What is out of scope does not exist; on what one may only read, one does not act.
async fn permit<T>(
    db: &PgPool,
    places: &Places,
    signed: &Signed,
    report: ReportId,
    subject: T,
) -> Result<Permit<T>> {
    let account = &signed.account;
    let found = store::one(db, &account.rights.scope(), report).await?.ok_or(Error::NotFound)?;
    account.permit(subject, &found.boroughs, places).ok_or(Error::Forbidden)
}

fn read(typed: &Answers) -> Result<Decided, Mistakes> {
    let mut mistakes = Mistakes::default();
    let decision = match typed.one("decision") {
        "done" => Some(Decision::Done),
        "not-a-mistake" => Some(Decision::NotAMistake),
        "answer" => Some(Decision::Answer),
        "again" => Some(Decision::Again),
        _ => {
            mistakes.add("decision", "Choose what became of it");
            None
        }
    };
    let answer = Text::optional(typed.raw("answer")).unwrap_or_else(|_| {
        mistakes.add("answer", "Make this 2,000 characters or fewer");
        None
    });
    if decision == Some(Decision::Answer) && answer.is_none() {
        mistakes.add("answer", "Write your answer");
    }
    match decision {
        Some(decision) if mistakes.is_empty() => {
            Ok(Decided { decision, answer, alike: typed.has("alike", "yes") })
        }
        _ => Err(mistakes),
    }
}

async fn page(
    db: &PgPool,
    places: &Places,
    signed: Signed,
    id: ReportId,
    said: Said,
    now: Timestamp,
) -> Result<Response> {
    let rights = &signed.account.rights;
    let one = store::one(db, &rights.scope(), id).await?.ok_or(Error::NotFound)?;
    let whole = offer::found(db, &signed, one.report.offer, now).await?;
    let written = submissions::written(&mut *db.acquire().await?, &whole.content, places).await?;
    let waiting = queue::waiting(db, &rights.scope(), Filter::default(), now).await?;
    let closed = match one.report.kind {
        Kind::Closed if one.state.is_open() => store::closed(db, one.report.offer, now).await?,
        _ => 0,
    };
    let page = ReportPage {
        says: answered(&written, places),
        others: store::others(db, one.report.offer, Some(id)).await?,
        following: following(waiting, id, one.made, &signed),
        urgent: urgent(closed),
        may_decide: rights.may_decide(&one.boroughs),
        signed,
        one,
        whole,
        said,
        places,
    };
    Ok(View(page).into_response())
}
