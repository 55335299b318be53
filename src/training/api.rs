//! A cohort's sessions as a calendar file.
use axum::{
    extract::State,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use sqlx::PgPool;

use super::{Cohort, Session, cohort, store};
use crate::{
    calendar::{Entry, Programme, Rule, Schedule, Source, calendar_file_until, civil_now},
    config::PublicUrl,
    text::Slug,
    web::{Error, Now, Path, Result},
};

/// One entry for each session; all are crossed out when the cohort is called off.
pub async fn calendar(
    State(db): State<PgPool>,
    State(url): State<PublicUrl>,
    Now(now): Now,
    Path(slug): Path<String>,
) -> Result<Response> {
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    let cohort = store::of_slug(&mut *db.acquire().await?, &slug).await?.ok_or(Error::NotFound)?;
    let page = format!("{url}/training/{slug}");
    let dated: Vec<(&Session, Programme, String)> = cohort
        .sessions
        .iter()
        .map(|session| {
            let title = format!("{}: {}", cohort.says.title, session.module.title);
            (session, programme(session), title)
        })
        .collect();
    let entries: Vec<Entry> = dated
        .iter()
        .map(|(session, when, title)| entry(&cohort, session, when, title, &page))
        .collect();
    let address = format!("{page}/calendar.ics");
    let source = Source { name: cohort.says.title.as_str(), url: &address };
    let last = cohort.ends().map_or(now, |ends| ends.max(now));
    let last = civil_now(last).date();
    let file = calendar_file_until(source, &entries, civil_now(now), last);
    Ok(([(CONTENT_TYPE, "text/calendar; charset=utf-8")], file).into_response())
}

fn entry<'a>(
    cohort: &Cohort,
    session: &Session,
    programme: &'a Programme,
    title: &'a str,
    page: &str,
) -> Entry<'a> {
    Entry {
        id: session.id.to_string(),
        sequence: cohort.revision.unsigned_abs(),
        title,
        description: format!("{}\n\n{page}", session.module.aims.as_str()),
        location: cohort.says.place.as_ref().map(ToString::to_string),
        point: None,
        url: page.to_owned(),
        category: None,
        programme,
        called_off: cohort.state == cohort::State::Cancelled,
    }
}

/// One date, from its beginning to its end on the same day.
fn programme(session: &Session) -> Programme {
    let (starts, ends) = (civil_now(session.starts), civil_now(session.ends()));
    let schedule = Schedule {
        rule: Rule::Dates(vec![starts.date()]),
        starts: starts.time(),
        ends: ends.time(),
        from: None,
        until: None,
        term_time_only: false,
        bank_holidays: true,
        skipped: Vec::new(),
        extra: Vec::new(),
    };
    Programme { schedules: vec![schedule], pause: None, ends_on: None }
}
