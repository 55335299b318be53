//! All answers on one page: what is missing, and sending them.
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{
    Form, Gazetteer, Opened, Way, aside, coordinator,
    pictured::{Pictured, pictured},
    preview::{Beside, Dates},
    status::tasks,
    told::{Told, told},
};
use crate::{
    calendar::{Schedule, civil_now},
    forms::Mistake,
    links::{self, Purpose, store::Ended},
    offers::{self, Content},
    places::Places,
    search::{Around, CardView, Catalogue},
    submissions::{
        About, Stage, Step, Submission, album, decide,
        differences::{self, Difference, Piece},
        duplicates::{self, Sought},
        edit,
        known::known,
        questions::question_of,
        reading::{Missing, Read, next_dates, read},
        send::{self, Sent},
        store, written, written_with,
    },
    text::{Email, Slug},
    web::{Error, Now, Result, Typed, View},
};

const NOT_SENT: &str = "It was not sent";

/// What became of sending it, or of publishing it.
#[derive(Default)]
pub struct Said {
    /// It was tried, and it is not whole.
    pub refused: bool,
    /// A heading and what it means.
    pub news: Option<(&'static str, String)>,
}

/// What it says otherwise than what is live, or than what was sent.
struct Changes {
    changes: Vec<Difference>,
    dates: differences::Dates,
}

#[derive(Template)]
#[template(path = "submissions/check.html")]
struct CheckPage<'a> {
    opened: &'a Form,
    parts: Vec<(Step, Vec<Told>)>,
    missing: Vec<Missing>,
    mistakes: Vec<Mistake>,
    said: Said,
    /// What would change, for who publishes it at the desk.
    changes: Option<Changes>,
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
    /// The address that a letter goes to, so that it is shown to be theirs, before a coordinator reads anything.
    fn confirms_first(&self) -> Option<&Email> {
        let mailed = matches!(self.opened.way, Way::Link { mailed_to: Some(_) });
        self.opened.submission.email().filter(|_| !mailed && !self.opened.submission.is_confirmed())
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
    opened: Form,
) -> Result<Response> {
    if !opened.submission.stage.is_open() {
        return Ok(Redirect::to(&opened.to("")).into_response());
    }
    let news = (opened.submission.sent > 0 && opened.submission.stage == Stage::Draft).then(|| {
        let why = "It was sent, but is not with the coordinator: it was changed since, or a day in it has passed.";
        ("Send it once more", why.to_owned())
    });
    drawn(&db, &places, &catalogue, &opened, Said { refused: false, news }, now).await
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
    let by_letter = opened.link.mailed && Some(&opened.link.email) == opened.submission.email();
    let newly_confirmed = by_letter && !opened.submission.is_confirmed();
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
            let said = Said { news: Some((NOT_SENT, news.to_owned())), ..Said::default() };
            let page = drawn(&db, &places, &catalogue, &opened, said, now).await?;
            let later = [(header::RETRY_AFTER, HeaderValue::from_static("3600"))];
            Ok((StatusCode::TOO_MANY_REQUESTS, later, page).into_response())
        }
        Sent::Missing(_) | Sent::Mistakes(_) => {
            let said = Said { refused: true, news: None };
            let page = drawn(&db, &places, &catalogue, &opened, said, now).await?;
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
            let said = Said { news: Some((NOT_SENT, news.to_owned())), ..Said::default() };
            let page = drawn(&db, &places, &catalogue, &opened, said, now).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}

/// All answers on one page, with what became of sending or publishing them.
pub async fn drawn(
    db: &PgPool,
    places: &Gazetteer,
    catalogue: &std::sync::Arc<Catalogue>,
    opened: &Form,
    said: Said,
    now: Timestamp,
) -> Result<Response> {
    let submission = &opened.submission;
    let today = civil_now(now).date();
    let mut connection = db.acquire().await?;
    let known = known(&mut connection, submission).await?;
    let mut read = read(submission, &known, today);
    read.mistakes = read.mistakes.only(|field| submission.asks_at_all(field));
    read.missing.retain(|one| submission.asks_at_all(one.field));
    let changes = match opened.way {
        Way::Link { .. } => None,
        Way::Desk(_) => changes(&mut connection, submission, &read, places, now).await?,
    };
    drop(connection);
    let alike = match submission.about {
        About::New(_) => alike(catalogue, places, submission, now).await?,
        About::Change { .. } | About::Profile => vec![],
    };
    let alike = catalogue.hits(&alike, civil_now(now));
    let around = Around { places, today, near: None, list: None };
    let steps = tasks(opened, &read);
    let page = CheckPage {
        parts: steps
            .iter()
            .map(|task| {
                let mut told = told(task.step, &submission.answers, places);
                told.retain(|one| submission.asks_at_all(one.name));
                say_schedules(&mut told, &read.content.when.programme.schedules);
                (task.step, told)
            })
            .collect(),
        coordinator: coordinator(&read.content.boroughs, places),
        beside: Beside::of(submission, &read, None, (places, &opened.swaps), today),
        dates: Dates(next_dates(&submission.answers, today)),
        alike: alike.iter().map(|hit| CardView::hit(hit, around)).collect(),
        mistakes: read.mistakes.iter().cloned().collect(),
        pictures: pictured(opened, &known),
        missing: read.missing,
        said,
        changes,
        opened,
    };
    Ok(View(page).into_response())
}

/// `None` for what is new.
async fn changes(
    db: &mut PgConnection,
    submission: &Submission,
    read: &Read,
    places: &Places,
    now: Timestamp,
) -> Result<Option<Changes>> {
    let sessions = |before: &Content, after: &Content| {
        differences::dates(&before.when.programme, &after.when.programme, civil_now(now))
    };
    if let Some(sent) = submission.edits() {
        let sent = store::found(&mut *db, sent).await?.ok_or(Error::NotFound)?;
        let dates = sent.content.as_ref().map(|before| sessions(before, &read.content));
        let changes = decide::changed(&sent, submission, places);
        return Ok(Some(Changes { changes, dates: dates.unwrap_or_default() }));
    }
    let About::Change { offer, base } = submission.about else {
        return Ok(None);
    };
    let live = offers::store::kept(&mut *db, offer).await?.ok_or(Error::NotFound)?.offer;
    let laid = edit::laid_over(&mut *db, &live, base, &read.content).await?;
    let next = laid.unwrap_or_else(|_| read.content.clone());
    let before = written(&mut *db, &live.content, places).await?;
    let after = written_with(&mut *db, &next, read.venue.as_ref(), places).await?;
    let (changes, _) = differences::differences(&before, &after, places);
    let dates = sessions(&live.content, &next);
    Ok(Some(Changes { changes, dates }))
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
) -> Result<Vec<Slug>> {
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
            own,
        };
        duplicates::alike(&catalogue, &sought, civil_now(now))
    };
    aside(look).await
}
