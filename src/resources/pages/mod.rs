//! The resources, to browse by kind and by whom they are for, and as a file.
pub mod self_check;

use askama::Template;
use axum::{
    extract::State,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::{Audience, Kind, Resource, csv, store};
use crate::web::{Error, Now, Query, Result, View};

/// What an address of the list may ask. What is not understood is left out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    kind: String,
    #[serde(rename = "for")]
    audience: String,
}

#[derive(Template)]
#[template(path = "resources/list.html")]
struct ListPage {
    /// Kinds that have any, each with them.
    shelves: Vec<(Kind, Vec<Resource>)>,
    count: usize,
    kind: Option<Kind>,
    audience: Option<Audience>,
}

pub async fn list(State(db): State<PgPool>, Query(asked): Query<Asked>) -> Result<Response> {
    let (kind, audience) = (Kind::parse(&asked.kind), Audience::parse(&asked.audience));
    let all = store::listed(&db, kind, audience).await?;
    let count = all.len();
    let of_kind = |kind: Kind| {
        let some = all.iter().filter(|one| one.content.kind == kind).cloned();
        (kind, some.collect::<Vec<_>>())
    };
    let shelves = Kind::ALL.into_iter().map(of_kind).filter(|(_, some)| !some.is_empty());
    Ok(View(ListPage { shelves: shelves.collect(), count, kind, audience }).into_response())
}

pub async fn file(State(db): State<PgPool>, Now(now): Now) -> Result<Response> {
    let all = store::listed(&db, None, None).await?;
    let file = csv::file(&all).map_err(Error::Internal)?;
    let named = format!("attachment; filename=\"{}\"", csv::file_name(now));
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, named)];
    Ok((headers, file).into_response())
}
