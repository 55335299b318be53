//! Offers for people.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Redirect, Response},
};
use sqlx::PgPool;

use super::{
    Status, csv,
    shown::Shown,
    store::{self, Standing},
};
use crate::{
    calendar::civil_now,
    chosen::Shortlist,
    config::PublicUrl,
    openings::Openings,
    pictures::{self, PictureId, Pictures, Size},
    places::Places,
    text::{SafeHtml, Slug},
    topics::Code,
    web::{ByPerson, Error, Now, Path, Result, View},
};

const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[derive(Template)]
#[template(path = "offers/show.html")]
struct ShowPage<'a> {
    offer: Shown<'a>,
    list: Shortlist,
}

/// Of an offer that ran once, or will again.
#[derive(Template)]
#[template(path = "offers/away.html")]
struct AwayPage {
    offer: Standing,
    /// Its title as a search.
    search: String,
}

pub async fn show(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(url): State<PublicUrl>,
    State(openings): State<Openings>,
    ByPerson(by_person): ByPerson,
    Now(now): Now,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    let mut db = db.acquire().await?;
    if let Some(listed) = store::published(&mut db, &slug).await? {
        if by_person {
            openings.opened(listed.offer.id, civil_now(now).date());
        }
        let offer = Shown::new(&listed, &places, &url, civil_now(now));
        let pairs = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
        let (list, _) = Shortlist::read(&pairs.into_owned().collect::<Vec<_>>());
        return Ok(View(ShowPage { offer, list }).into_response());
    }
    if let Some(standing) = store::standing(&mut *db, &slug).await? {
        return Ok(away(standing));
    }
    let moved = store::moved(&mut *db, &slug).await?.ok_or(Error::NotFound)?;
    Ok(Redirect::permanent(&format!("/offers/{moved}")).into_response())
}

#[derive(serde::Deserialize)]
pub struct OfPicture {
    id: PictureId,
    file: String,
}

/// A picture of an offer that is published now. Its address never shows another one.
pub async fn picture(
    State(db): State<PgPool>,
    State(pictures): State<Pictures>,
    Path(OfPicture { id, file }): Path<OfPicture>,
) -> Result<Response> {
    let size = Size::of_file(&file).ok_or(Error::NotFound)?;
    if !pictures::store::is_published(&db, id).await? {
        return Err(Error::NotFound);
    }
    let bytes = pictures.file(&db, id, size).await?.ok_or(Error::NotFound)?;
    let headers = [(CONTENT_TYPE, "image/webp"), (CACHE_CONTROL, FOR_EVER)];
    Ok((headers, bytes).into_response())
}

/// Its contact came into view, as a script says: so without a script it is not counted.
pub async fn contact_shown(
    State(db): State<PgPool>,
    State(openings): State<Openings>,
    ByPerson(by_person): ByPerson,
    Now(now): Now,
    Path(slug): Path<String>,
) -> Result<StatusCode> {
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    let id = store::published_id(&db, &slug).await?.ok_or(Error::NotFound)?;
    if by_person {
        openings.contact(id, civil_now(now).date());
    }
    Ok(StatusCode::NO_CONTENT)
}

/// A pause is not the end: search engines are to come again.
fn away(offer: Standing) -> Response {
    let status = match offer.status {
        Status::Archived => StatusCode::GONE,
        Status::Published if offer.ended => StatusCode::GONE,
        _ => StatusCode::OK,
    };
    let search = form_urlencoded::byte_serialize(offer.title.as_bytes()).collect();
    (status, View(AwayPage { offer, search })).into_response()
}

#[derive(Template)]
#[template(path = "offers/columns.html")]
struct ColumnsPage {
    explained: &'static SafeHtml,
}

pub async fn columns() -> impl IntoResponse {
    View(ColumnsPage { explained: &csv::EXPLAINED })
}
