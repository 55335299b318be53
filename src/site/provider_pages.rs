//! Who runs offers, with all that they run: it stands here because it needs the catalogue.
use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::IntoResponse};
use sqlx::PgPool;

use super::Brief;
use crate::{
    calendar::civil_now,
    places::{Borough, Places},
    providers::{Provider, store},
    search::Catalogue,
    text::{SafeHtml, Slug},
    training::{shown::Kept, store as training},
    web::{Error, Now, Path, Result, View},
};

#[derive(Template)]
#[template(path = "providers/show.html")]
struct ProviderPage<'a> {
    provider: &'a Provider,
    about: Option<SafeHtml>,
    borough: Option<&'a Borough>,
    offers: Vec<Brief<'a>>,
    took_part: Vec<Kept>,
}

pub async fn show(
    State(db): State<PgPool>,
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    Path(slug): Path<String>,
) -> Result<impl IntoResponse> {
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    let provider = store::published(&db, &slug).await?.ok_or(Error::NotFound)?;
    let offers = catalogue.by_provider(&slug, civil_now(now));
    let profile = &provider.profile;
    let page = ProviderPage {
        about: profile.about.as_ref().map(|text| SafeHtml::from_markdown(text.as_str())),
        borough: profile.borough.and_then(|gss| places.borough(gss)),
        offers: Brief::all(&offers),
        took_part: training::shown::checked(&db, &[provider.id]).await?,
        provider: &provider,
    };
    Ok(View(page).into_response())
}
