//! What belongs to the pages of offers: their pictures, and that a contact came into view.
use askama::Template;
use axum::{
    extract::State,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::IntoResponse,
};
use sqlx::PgPool;

use super::{csv, store};
use crate::{
    calendar::civil_now,
    openings::Openings,
    pictures::{self, PictureId, Pictures, Size},
    text::{SafeHtml, Slug},
    web::{ByPerson, Error, Now, Path, Result, View},
};

const FOR_EVER: &str = "public, max-age=31536000, immutable";

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
) -> Result<impl IntoResponse> {
    let size = Size::of_file(&file).ok_or(Error::NotFound)?;
    if !pictures::store::is_published(&db, id).await? {
        return Err(Error::NotFound);
    }
    let bytes = pictures.file(&db, id, size).await?.ok_or(Error::NotFound)?;
    let headers = [(CONTENT_TYPE, "image/webp"), (CACHE_CONTROL, FOR_EVER)];
    Ok((headers, bytes))
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

#[derive(Template)]
#[template(path = "offers/columns.html")]
struct ColumnsPage {
    explained: &'static SafeHtml,
}

pub async fn columns() -> impl IntoResponse {
    View(ColumnsPage { explained: &csv::EXPLAINED })
}
