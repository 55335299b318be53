//! The history of the training: who learned together, where and when.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use sqlx::PgPool;

use crate::{
    picture::Chart,
    places::{Borough, Places},
    training::{
        history::{Held, History},
        past::sum,
        store::past as store,
    },
    web::{Error, Result, View},
};

#[derive(Template)]
#[template(path = "training/history.html")]
struct HistoryPage<'a> {
    history: History,
    /// None where nothing was held yet.
    charts: Option<[Chart; 2]>,
    places: &'a Places,
}

impl<'a> HistoryPage<'a> {
    fn boroughs(&self, held: &Held) -> Vec<&'a Borough> {
        held.boroughs.iter().filter_map(|gss| self.places.borough(*gss)).collect()
    }
    fn people(&self, held: &Held) -> String {
        sum(&held.people).map_or("not known".to_owned(), |many| many.to_string())
    }
}

pub async fn history(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
) -> Result<Response> {
    let history = store::history(&db).await?;
    let charts = (!history.held.is_empty()).then(|| [history.timeline(&places), history.groups()]);
    Ok(View(HistoryPage { history, charts, places: &places }).into_response())
}

pub async fn file(State(db): State<PgPool>, State(places): State<Arc<Places>>) -> Result<Response> {
    let sheet = store::history(&db).await?.sheet(&places).map_err(Error::Internal)?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"fingerpost-training.csv\""),
    ];
    Ok((headers, sheet).into_response())
}
