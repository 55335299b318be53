//! What would become of each row, what is chosen of it, and taking that in.
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use std::time::Duration;
use tokio::time::timeout;

use super::{Importer, Tools, sending::address_of};
use crate::{
    accounts::{self, pages::Signed},
    desk::{
        intake::{
            Fate, Intake, IntakeId, Row, Stage, Subject,
            feeds::{self, Feed},
            importing::{Imported, import as take_in},
            keep::signature,
            store::{self, Counts, Wanted},
        },
        pages::moment,
    },
    forms::Answers,
    submissions::differences::Piece,
    text::Line,
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Deserialize)]
pub struct OfIntake {
    intake: IntakeId,
}

/// What an address of a report may ask. What is not understood is left out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    fate: String,
    page: String,
}

#[derive(Template)]
#[template(path = "desk/intake_report.html")]
struct ReportPage {
    signed: Signed,
    intake: Intake,
    rows: Vec<Row>,
    counts: Counts,
    wanted: Wanted,
    page: usize,
    more: bool,
    goes_on: bool,
    /// Why it was not taken in.
    news: Option<String>,
}

/// Rows on a page.
const PER_PAGE: usize = 100;

impl ReportPage {
    fn when(&self) -> String {
        moment(self.intake.made)
    }
    fn is(&self, stage: Stage) -> bool {
        self.intake.stage == stage
    }
    fn of_fate(&self, fate: &Fate) -> bool {
        self.wanted.fate == Some(*fate)
    }
    fn all(&self) -> u32 {
        self.counts.fates.iter().map(|(_, count)| count).sum()
    }
    /// As addresses have it.
    fn filter(&self) -> &'static str {
        match self.wanted {
            Wanted { repaired: true, .. } => "repaired",
            Wanted { fate: Some(fate), .. } => fate.code(),
            Wanted { .. } => "",
        }
    }
    fn to(&self, page: usize) -> String {
        format!("/desk/intake/{}?fate={}&page={page}", self.intake.id, self.filter())
    }
    fn before(&self) -> Option<String> {
        (self.page > 1).then(|| self.to(self.page - 1))
    }
    fn after(&self) -> Option<String> {
        self.more.then(|| self.to(self.page + 1))
    }
    /// It waits for that, or whoever began it has died.
    fn may_import(&self) -> bool {
        self.is(Stage::Ready) || self.is(Stage::Importing) && !self.goes_on
    }
    fn may_choose(&self, row: &Row) -> bool {
        self.is(Stage::Ready) && row.fate.is_acceptable()
    }
    fn may_follow(&self) -> bool {
        self.intake.address.is_some() && self.intake.feed.is_none()
    }
    fn subject(&self, row: &Row) -> Option<&'static str> {
        match row.subject {
            Subject::Offer => None,
            Subject::Provider => Some("Provider"),
            Subject::Venue => Some("Venue"),
        }
    }
}

pub async fn report(
    State(tools): State<Tools>,
    Importer(signed): Importer,
    Now(now): Now,
    Path(OfIntake { intake }): Path<OfIntake>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    page(&tools, signed, intake, &asked, None, now).await
}

/// Keeps which of the rows shown are chosen, and shows what is asked for next.
pub async fn choose(
    State(tools): State<Tools>,
    Importer(signed): Importer,
    Path(OfIntake { intake }): Path<OfIntake>,
    Typed(typed): Typed,
) -> Result<Response> {
    let intake = found(&tools, &signed, intake).await?;
    keep_choice(&tools, &intake, &typed).await?;
    let to = address_of(intake.id);
    let page: u32 = typed.one("page").parse().unwrap_or(1);
    let fate: String =
        typed.one("fate").chars().filter(char::is_ascii_lowercase).take(20).collect();
    Ok(Redirect::to(&format!("{to}?fate={fate}&page={page}")).into_response())
}

/// Follows the feed of this report from now on.
pub async fn follow(
    State(tools): State<Tools>,
    Importer(signed): Importer,
    Now(now): Now,
    Path(OfIntake { intake }): Path<OfIntake>,
) -> Result<Response> {
    let intake = found(&tools, &signed, intake).await?;
    let address = intake.address.clone().ok_or(Error::NotFound)?;
    // What was taken in just now need not be fetched again today.
    let next = if intake.stage == Stage::Done { now + feeds::EVERY } else { now };
    let feed = Feed {
        id: feeds::FeedId::now_v7(),
        account: signed.account.id,
        address,
        terms: intake.terms,
        made: now,
        next,
        last: None,
    };
    let signature = signature(&signed.account, &tools.places).ok_or(Error::Forbidden)?;
    let words = Line::parse(feed.address.as_str()).ok();
    let mut tx = tools.db.begin().await?;
    if feeds::store::begin(&mut *tx, &feed).await? {
        let by = (Some(signed.account.id), &signature);
        accounts::store::log(&mut *tx, by, "feed_followed", None, words.as_ref(), now).await?;
    }
    tx.commit().await?;
    Ok(Redirect::to("/desk/intake#feeds").into_response())
}

/// Takes in all that is chosen, on this page and on the others.
pub async fn import(
    State(tools): State<Tools>,
    Importer(signed): Importer,
    Now(now): Now,
    Path(OfIntake { intake }): Path<OfIntake>,
    Typed(typed): Typed,
) -> Result<Response> {
    let intake = found(&tools, &signed, intake).await?;
    keep_choice(&tools, &intake, &typed).await?;
    let chosen = store::counts(&tools.db, intake.id).await?.chosen;
    let refuse = async |status: StatusCode, news: &str| {
        let news = Some(news.to_owned());
        let page = page(&tools, signed.clone(), intake.id, &Asked::default(), news, now).await?;
        Ok::<_, Error>((status, page).into_response())
    };
    if chosen == 0 && intake.stage == Stage::Ready {
        return refuse(
            StatusCode::UNPROCESSABLE_ENTITY,
            "Nothing is chosen. Choose at least one row.",
        )
        .await;
    }
    if !store::claim(&tools.db, intake.id, now).await? {
        return refuse(StatusCode::CONFLICT, "It is being imported already, or was.").await;
    }
    let (to, id) = (address_of(intake.id), intake.id);
    let (doing, account) = (tools.clone(), signed.account.clone());
    let work = tokio::spawn(async move {
        let done = take_in(&doing.db, &intake, &account, &doing.places, now).await;
        if let Err(cause) = &done {
            tracing::error!("An import could not be taken in: {cause:#}");
            let sorry = Line::parse(
                "Something went wrong on our side, and nothing was imported. Try again",
            )
            .expect("our own words");
            let _ = store::release(&doing.db, id, &sorry).await; // the log has it already
        }
        done.ok()
    });
    match timeout(WHILE, work).await {
        Ok(Ok(Some(Imported::Done { batch: Some(batch), refused: 0, .. }))) => {
            Ok(Redirect::to(&format!("/desk/batches/{batch}?done=done")).into_response())
        }
        // Its own page tells what was left out, or how far it is.
        _ => Ok(Redirect::to(&to).into_response()),
    }
}

/// Somebody who imports waits so long before the page tells them how far it is.
const WHILE: Duration = Duration::from_secs(8);

/// What is somebody else's does not exist.
async fn found(tools: &Tools, signed: &Signed, id: IntakeId) -> Result<Intake> {
    store::one(&tools.db, signed.account.id, id).await?.ok_or(Error::NotFound)
}

async fn keep_choice(tools: &Tools, intake: &Intake, typed: &Answers) -> Result<()> {
    let numbers =
        |field: &str| -> Vec<i32> { typed.all(field).filter_map(|one| one.parse().ok()).collect() };
    Ok(store::choose(&tools.db, intake.id, &numbers("shown"), &numbers("row")).await?)
}

async fn page(
    tools: &Tools,
    signed: Signed,
    id: IntakeId,
    asked: &Asked,
    news: Option<String>,
    now: Timestamp,
) -> Result<Response> {
    let intake = found(tools, &signed, id).await?;
    let wanted = Wanted { fate: Fate::parse(&asked.fate), repaired: asked.fate == "repaired" };
    let number = asked.page.parse::<usize>().unwrap_or(1).clamp(1, 1_000);
    let mut rows =
        store::rows(&tools.db, id, wanted, ((number - 1) * PER_PAGE, PER_PAGE + 1)).await?;
    let more = rows.len() > PER_PAGE;
    rows.truncate(PER_PAGE);
    let goes_on = intake.goes_on(now);
    let counts = store::counts(&tools.db, id).await?;
    let page =
        ReportPage { signed, rows, counts, wanted, page: number, more, goes_on, news, intake };
    let mut response = View(page).into_response();
    if goes_on {
        // Without a script, and without an element that would take the page from under a reader's hands.
        let refresh = HeaderName::from_static("refresh");
        response.headers_mut().insert(refresh, HeaderValue::from_static("2"));
    }
    Ok(response)
}
