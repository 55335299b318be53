//! What people said before and after, as figures: of a cohort, of a borough, of all.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use crate::{
    calendar::{civil_now, date_in_words},
    places::{Borough, Places},
    text::Slug,
    training::{
        Cohort, Moment, Programme, cohort,
        evaluation::{self, Answers, Asked, Figures, LEAST},
        store,
    },
    web::{Error, Now, Path, Query, Result, View},
};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Of {
    borough: String,
    programme: String,
}

#[derive(Deserialize)]
pub struct OfCohort {
    slug: String,
}

#[derive(Template)]
#[template(path = "training/evaluation.html")]
struct EvaluationPage<'a> {
    /// None for all together, or a borough.
    cohort: Option<Cohort>,
    borough: Option<&'a Borough>,
    /// That one can choose among.
    boroughs: Vec<&'a Borough>,
    programmes: Vec<Programme>,
    /// The one whose figures these are.
    programme: Option<Programme>,
    asked: Vec<Asked>,
    cohorts: usize,
    /// For a cohort whose figures are still to be made: the day.
    made_on: Option<String>,
}

impl EvaluationPage<'_> {
    fn file(&self) -> String {
        self.borough.map_or("/training/evaluation.csv".to_owned(), |borough| {
            format!("/training/evaluation.csv?borough={}", borough.slug)
        })
    }
    fn is_chosen(&self, borough: &Borough) -> bool {
        self.borough.is_some_and(|chosen| chosen.gss == borough.gss)
    }
    fn is_shown(&self, programme: &Programme) -> bool {
        self.programme.as_ref().is_some_and(|shown| shown.id == programme.id)
    }
}

pub async fn of_cohort(
    State(db): State<PgPool>,
    Now(now): Now,
    Path(OfCohort { slug }): Path<OfCohort>,
) -> Result<Response> {
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    let mut db = db.acquire().await?;
    let cohort = store::of_slug(&mut db, &slug).await?.ok_or(Error::NotFound)?;
    if cohort.state != cohort::State::Held {
        return Err(Error::NotFound);
    }
    let all = store::evaluation::all(&mut db).await?;
    let answers: Vec<&Answers> = all.iter().filter(|one| one.cohort == cohort.id).collect();
    let programme = store::programme(&mut db, cohort.programme.0).await?;
    let made = answers.first().map(|one| one.counted_at()).filter(|at| *at > now);
    let figures = Figures::of(answers, now);
    let asked = programme.as_ref().map_or(Vec::new(), |programme| figures.charts(programme));
    let page = EvaluationPage {
        cohort: Some(cohort),
        borough: None,
        boroughs: Vec::new(),
        programmes: Vec::new(),
        programme,
        asked,
        cohorts: figures.cohorts,
        made_on: made.map(|at| date_in_words(civil_now(at).date())),
    };
    Ok(View(page).into_response())
}

pub async fn of_all(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    Query(of): Query<Of>,
) -> Result<Response> {
    let (borough, all, programmes) = read(&db, &places, &of).await?;
    let boroughs = evaluation::boroughs(&all, now);
    let boroughs = places.boroughs().iter().filter(|one| boroughs.contains(&one.gss)).collect();
    let named = |one: &&Programme| one.slug.as_str() == of.programme;
    let asked_for = programmes.iter().find(named);
    let has_figures = |one: &&Programme| !Figures::of(within(&all, borough, one), now).is_empty();
    let programme = asked_for.or_else(|| programmes.iter().find(has_figures)).cloned();
    let figures = programme
        .as_ref()
        .map_or(Figures::default(), |one| Figures::of(within(&all, borough, one), now));
    let page = EvaluationPage {
        cohort: None,
        borough,
        boroughs,
        asked: programme.as_ref().map_or(Vec::new(), |programme| figures.charts(programme)),
        programmes,
        programme,
        cohorts: figures.cohorts,
        made_on: None,
    };
    Ok(View(page).into_response())
}

/// A row for each question and moment that may be shown, of each programme.
pub async fn file(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    Query(of): Query<Of>,
) -> Result<Response> {
    let (borough, all, programmes) = read(&db, &places, &of).await?;
    let area = borough.map_or("all", |borough| borough.name.as_str());
    let sheet = sheet(area, &programmes, |one| Figures::of(within(&all, borough, one), now));
    let name = borough.map_or("training-evaluation".to_owned(), |borough| {
        format!("training-evaluation-{}", borough.slug)
    });
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"fingerpost-{name}.csv\"")),
    ];
    Ok((headers, sheet.map_err(Error::Internal)?).into_response())
}

async fn read<'a>(
    db: &PgPool,
    places: &'a Places,
    of: &Of,
) -> Result<(Option<&'a Borough>, Vec<Answers>, Vec<Programme>)> {
    let borough = match of.borough.as_str() {
        "" => None,
        slug => Some(places.borough_by_slug(slug).ok_or(Error::NotFound)?),
    };
    let mut db = db.acquire().await?;
    let all = store::evaluation::all(&mut db).await?;
    Ok((borough, all, store::programmes(&mut db).await?))
}

/// The cohorts of a programme, of one borough or of all.
fn within<'a>(
    all: &'a [Answers],
    borough: Option<&Borough>,
    programme: &Programme,
) -> impl Iterator<Item = &'a Answers> {
    let (id, gss) = (programme.id, borough.map(|borough| borough.gss));
    all.iter()
        .filter(move |one| one.programme == id && gss.is_none_or(|gss| one.boroughs.contains(&gss)))
}

fn sheet(
    area: &str,
    programmes: &[Programme],
    figures: impl Fn(&Programme) -> Figures,
) -> anyhow::Result<Vec<u8>> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    let mut heads: Vec<String> =
        ["area", "programme", "cohorts", "question", "moment", "people", "median", "mean"]
            .map(str::to_owned)
            .into();
    heads.extend((0..evaluation::VALUES).map(|value| format!("answered {value}")));
    sheet.write_record(&heads)?;
    for programme in programmes {
        let figures = figures(programme);
        for question in &programme.questions {
            for moment in Moment::ALL {
                let Some(figure) = figures.figure(question.id, moment) else { continue };
                let mut cells = vec![
                    area.to_owned(),
                    programme.says.name.to_string(),
                    figures.cohorts.to_string(),
                    question.words.to_string(),
                    moment.code().to_owned(),
                    figure.people().to_string(),
                    figure.median().to_string(),
                    format!("{:.2}", figure.mean()),
                ];
                cells.extend(figure.tally().iter().map(ToString::to_string));
                sheet.write_record(
                    cells.iter().map(|cell| crate::imports::as_text(cell).into_owned()),
                )?;
            }
        }
    }
    Ok(sheet.into_inner()?)
}
