//! A cohort's form: a new one, and one that is changed.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgPool;
use uuid::Uuid;

use super::{OfCohort, cohort::back, found, own, permit, programme_of, refused};
use crate::{
    accounts::pages::Signed,
    calendar::civil_now,
    desk::{
        pages::names,
        training::{
            self, Done, Looked,
            form::{self, FACILITATORS, MATERIALS, Within, share_of},
        },
    },
    forms::{Answers, Mistakes},
    places::{Borough, Gss, Places},
    training::{
        CohortId, Profession, Programme,
        cohort::{MOST, Session},
    },
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Template)]
#[template(path = "desk/training/form.html")]
struct FormPage<'a> {
    signed: Signed,
    programme: Programme,
    /// None for a new one; else its id and the revision that was looked at.
    of: Option<(CohortId, i32)>,
    own: Vec<&'a Borough>,
    /// Boroughs beyond one's own, which stay.
    kept: Vec<Gss>,
    typed: Answers,
    mistakes: Mistakes,
    news: Option<String>,
    places: &'a Places,
}

#[derive(Deserialize)]
pub struct Begun {
    programme: Option<Uuid>,
}

pub async fn new(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Query(Begun { programme }): Query<Begun>,
) -> Result<Response> {
    if !signed.account.rights.decides_somewhere() {
        return Err(Error::Forbidden);
    }
    let programme = programme_of(&db, programme.ok_or(Error::NotFound)?).await?;
    let page = FormPage {
        own: own(&signed, &places),
        typed: form::suggested(&programme),
        signed,
        programme,
        of: None,
        kept: Vec::new(),
        mistakes: Mistakes::default(),
        news: None,
        places: &places,
    };
    Ok(View(page).into_response())
}

pub async fn create(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    if !signed.account.rights.decides_somewhere() {
        return Err(Error::Forbidden);
    }
    let id = typed.one("programme").parse().map_err(|_| Error::NotFound)?;
    let programme = programme_of(&db, id).await?;
    let own = own(&signed, &places);
    let within = Within { own: &own, kept: &[] };
    match form::read(&typed, &programme, within, civil_now(now).date()) {
        Ok(wanted) => {
            let permit = signed.account.permit(id, &wanted.says.boroughs, &places);
            let permit = permit.ok_or(Error::Forbidden)?;
            Ok(back(training::create(&db, &permit, &wanted, now).await?, "created"))
        }
        Err(mistakes) => {
            let (of, kept, news) = (None, Vec::new(), None);
            let places = &places;
            let page = FormPage { signed, programme, of, own, kept, typed, mistakes, news, places };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
        }
    }
}

pub async fn edit(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Path(OfCohort { cohort }): Path<OfCohort>,
) -> Result<Response> {
    let cohort = found(&db, &signed, cohort).await?;
    permit(&signed, &cohort, &places, ())?;
    let programme = programme_of(&db, cohort.programme.0).await?;
    let own = own(&signed, &places);
    let page = FormPage {
        typed: form::written(&cohort, &programme, &own),
        kept: beyond(&cohort.says.boroughs, &own),
        of: Some((cohort.id, cohort.revision)),
        own,
        signed,
        programme,
        mistakes: Mistakes::default(),
        news: None,
        places: &places,
    };
    Ok(View(page).into_response())
}

pub async fn change(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfCohort { cohort }): Path<OfCohort>,
    Typed(typed): Typed,
) -> Result<Response> {
    let cohort = found(&db, &signed, cohort).await?;
    let revision = typed.one("revision").parse().unwrap_or(0);
    let permit = permit(&signed, &cohort, &places, Looked { cohort: cohort.id, revision })?;
    let programme = programme_of(&db, cohort.programme.0).await?;
    let own = own(&signed, &places);
    let kept = beyond(&cohort.says.boroughs, &own);
    let within = Within { own: &own, kept: &kept };
    let (mistakes, news) = match form::read(&typed, &programme, within, civil_now(now).date()) {
        Ok(wanted) => match training::change(&db, &permit, &wanted, now).await? {
            Done::Done => return Ok(back(cohort.id, "changed")),
            Done::Begun(sessions) => (begun(&sessions), None),
            other => (Mistakes::default(), refused(other)),
        },
        Err(mistakes) => (mistakes, None),
    };
    let status = match news {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    // Whoever was told that it has moved on, and sends once more, means it.
    let of = Some((cohort.id, cohort.revision));
    let places = &places;
    let page = FormPage { signed, programme, of, own, kept, typed, mistakes, news, places };
    Ok((status, View(page)).into_response())
}

fn begun(sessions: &[Session]) -> Mistakes {
    let mut mistakes = Mistakes::default();
    for session in sessions {
        let field = format!("date-{}", session.module.position);
        let when = session.in_words();
        mistakes.add(field, format!("This session has begun. Keep its date and time: {when}"));
    }
    mistakes
}

fn beyond(boroughs: &[Gss], own: &[&Borough]) -> Vec<Gss> {
    let theirs = |gss: &&Gss| !own.iter().any(|one| one.gss == **gss);
    boroughs.iter().filter(theirs).copied().collect()
}

impl FormPage<'_> {
    fn action(&self) -> String {
        match self.of {
            Some((id, _)) => format!("/desk/training/{id}/edit"),
            None => "/desk/training/new".to_owned(),
        }
    }
    fn kept_in_words(&self) -> String {
        names(&self.kept, self.places)
    }
    fn has_borough(&self, borough: &&Borough) -> bool {
        self.typed.has("borough", borough.slug.as_str())
    }
    fn meets(&self, code: &str) -> bool {
        self.typed.has("meets", code)
    }
    fn share(&self, profession: &Profession) -> String {
        share_of(*profession)
    }
    fn field(&self, what: &str, number: impl std::fmt::Display) -> String {
        format!("{what}-{number}")
    }
    fn value(&self, field: &str) -> &str {
        self.typed.raw(field)
    }
    fn wrong(&self, field: &str) -> Option<&str> {
        self.mistakes.of(field)
    }
    fn ticked(&self, field: &str) -> bool {
        self.typed.has(field, "yes")
    }
}
