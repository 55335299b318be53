//! All answers on one page: what is missing, and sending them.
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use sqlx::PgPool;

use super::{
    Gazetteer, Opened, aside, coordinator,
    pictured::{Pictured, pictured},
    preview::{Beside, Dates},
    status::tasks,
    told::{Told, told},
};
use crate::{
    calendar::{Schedule, civil_now},
    forms::Mistake,
    links::{self, Purpose, store::Ended},
    places::Places,
    search::{Around, CardView, Catalogue, Hit},
    submissions::{
        About, Stage, Step, Submission, album,
        duplicates::{self, Sought},
        known::known,
        questions::question_of,
        reading::{Missing, next_dates, read},
        send::{self, Sent},
        store,
    },
    web::{Error, Now, Result, Typed, View},
};

/// A heading and what it means.
type News = (&'static str, &'static str);
const NOT_SENT: &str = "It was not sent";

#[derive(Template)]
#[template(path = "submissions/check.html")]
struct CheckPage<'a> {
    opened: &'a Opened,
    parts: Vec<(Step, Vec<Told>)>,
    missing: Vec<Missing>,
    mistakes: Vec<Mistake>,
    /// Said when it was tried to send it.
    refused: bool,
    news: Option<News>,
    coordinator: String,
    beside: Beside,
    dates: Dates,
    alike: Vec<CardView<'a>>,
    /// Not for a profile.
    pictures: Option<Vec<Pictured>>,
}

impl CheckPage<'_> {
    fn to(&self, step: &Step, field: &str) -> String {
        self.opened.to(&format!("{}?check=yes#{field}", step.code()))
    }
    /// Where a mistake is put right.
    fn mended(&self, mistake: &Mistake) -> String {
        if album::is_of(&mistake.field) {
            return self.opened.to(&format!("pictures?check=yes#{}", mistake.field));
        }
        let step = question_of(&mistake.field).map_or(Step::What, |(step, _)| step);
        self.to(&step, &mistake.field)
    }
    fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.mistakes.is_empty()
    }
    fn answered<'b>(&self, told: &'b [Told]) -> Vec<&'b Told> {
        told.iter().filter(|one| !one.lines.is_empty() || one.needed).collect()
    }
    fn open<'b>(&self, told: &'b [Told]) -> Vec<&'b Told> {
        told.iter().filter(|one| one.lines.is_empty() && !one.needed).collect()
    }
}

pub async fn check(
    State(db): State<PgPool>,
    State(places): State<Gazetteer>,
    State(catalogue): State<std::sync::Arc<Catalogue>>,
    Now(now): Now,
    opened: Opened,
) -> Result<Response> {
    if !opened.submission.stage.is_open() {
        return Ok(Redirect::to(&opened.to("")).into_response());
    }
    let news = (opened.submission.sent > 0 && opened.submission.stage == Stage::Draft)
        .then_some(("Send it once more", "It was sent, but is not with the coordinator: it was changed since, or a day in it has passed."));
    page(&db, &places, &catalogue, &opened, (false, news), now).await
}

pub async fn send(
    State(db): State<PgPool>,
    State(places): State<Gazetteer>,
    State(catalogue): State<std::sync::Arc<Catalogue>>,
    Now(now): Now,
    mut opened: Opened,
    Typed(typed): Typed,
) -> Result<Response> {
    let id = opened.submission.id;
    let by_letter = opened.link.mailed && opened.link.email == opened.submission.email;
    let newly_confirmed = by_letter && opened.submission.email_confirmed.is_none();
    if newly_confirmed {
        // Nobody but a reader of that mailbox has this link; opening it alone shows nothing, since
        // programs that look through letters do that too.
        store::email_is_confirmed(&db, id, now).await?;
    }
    let version = typed.one("version").parse().unwrap_or(0);
    match send::send(&db, id, version, now).await? {
        Sent::Waiting | Sent::ConfirmFirst => {
            if newly_confirmed {
                // As when it is confirmed by its own letter: see `send::confirm`.
                links::store::end(&db, Purpose::Draft, id, Ended::Shown, now).await?;
            }
            Ok(Redirect::to(&opened.to("")).into_response())
        }
        Sent::TooOften => {
            let news =
                "You have sent this very often in the last hour. Wait an hour, then send it again.";
            let page =
                page(&db, &places, &catalogue, &opened, (false, Some((NOT_SENT, news))), now)
                    .await?;
            let later = [(header::RETRY_AFTER, HeaderValue::from_static("3600"))];
            Ok((StatusCode::TOO_MANY_REQUESTS, later, page).into_response())
        }
        Sent::Missing(_) | Sent::Mistakes(_) => {
            let page = page(&db, &places, &catalogue, &opened, (true, None), now).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Sent::Outdated => {
            let newer = store::found(&db, id).await?.ok_or(Error::NotFound)?;
            if newer.sent > opened.submission.sent || !newer.stage.is_open() {
                // It was sent at the same moment, such as by a second press.
                return Ok(Redirect::to(&opened.to("")).into_response());
            }
            opened.submission = newer;
            let news = "Something was changed in another window meanwhile. Look it over once more, then send it.";
            let page =
                page(&db, &places, &catalogue, &opened, (false, Some((NOT_SENT, news))), now)
                    .await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}

async fn page(
    db: &PgPool,
    places: &Gazetteer,
    catalogue: &std::sync::Arc<Catalogue>,
    opened: &Opened,
    (refused, news): (bool, Option<News>),
    now: Timestamp,
) -> Result<Response> {
    let submission = &opened.submission;
    let today = civil_now(now).date();
    let known = known(&mut *db.acquire().await?, submission).await?;
    let mut read = read(submission, &known, today);
    read.mistakes = read.mistakes.only(|field| submission.about.asks(field));
    read.missing.retain(|one| submission.about.asks(one.field));
    let alike = match submission.about {
        About::New(_) => alike(catalogue, places, submission, now).await?,
        About::Change { .. } | About::Profile => vec![],
    };
    let around = Around { places, today, near: None, list: None };
    let steps = tasks(opened, &read);
    let page = CheckPage {
        parts: steps
            .iter()
            .map(|task| {
                let mut told = told(task.step, &submission.answers, places);
                told.retain(|one| submission.about.asks(one.name));
                say_schedules(&mut told, &read.content.when.programme.schedules);
                (task.step, told)
            })
            .collect(),
        coordinator: coordinator(&read.content.boroughs, places),
        beside: Beside::of(submission, &read, None, places, today),
        dates: Dates(next_dates(&submission.answers, today)),
        alike: alike.iter().map(|hit| CardView::hit(hit, around)).collect(),
        mistakes: read.mistakes.iter().cloned().collect(),
        pictures: pictured(opened, &known),
        missing: read.missing,
        refused,
        news,
        opened,
    };
    Ok(View(page).into_response())
}

/// A rule that is understood is said as its readers will read it.
fn say_schedules(told: &mut [Told], schedules: &[Schedule]) {
    let typed = told.iter_mut().find(|one| one.name == "schedule");
    if let Some(typed) = typed.filter(|typed| typed.lines.len() == schedules.len()) {
        typed.lines = schedules.iter().map(Schedule::in_words).collect();
    }
}

/// Published offers that may be the same, now that the provider and the venue have names.
pub async fn alike(
    catalogue: &std::sync::Arc<Catalogue>,
    places: &std::sync::Arc<Places>,
    submission: &Submission,
    now: Timestamp,
) -> Result<Vec<Hit>> {
    let answers = submission.answers.clone();
    let own = submission.about.offer();
    let (catalogue, places) = (catalogue.clone(), places.clone());
    let look = move || {
        let said = |field| Some(answers.one(field)).filter(|said| !said.is_empty());
        let sought = Sought {
            title: answers.one("title"),
            provider: said("provider_name"),
            venue: said("venue_name"),
            near: said("venue_postcode").and_then(|typed| places.find(typed)),
        };
        let mut hits = duplicates::alike(&catalogue, &sought, civil_now(now));
        hits.retain(|hit| Some(hit.card.id) != own);
        hits
    };
    aside(look).await
}
