//! Photographs of link workers: taken in behind the private link, shown to everybody only while they are listed.
use std::sync::Arc;

use axum::{
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::{
    link::{Closed, Whole},
    own::{OwnPage, to},
};
use crate::{
    limits::{self, Doer, Limit},
    link_workers::{
        LinkWorkerId,
        acts::{self, Done},
        store,
    },
    pictures::{LARGEST_FILE, PictureId, Pictures, Refused, Size},
    places::Places,
    web::{Client, Error, Now, Part, Path, Result, Uploads, View},
};

/// Making three sizes is work.
const ADDINGS: Limit = Limit { thing: "add a photograph", times: 30, minutes: 60 };

#[derive(Deserialize)]
pub struct OfFile {
    file: String,
}

#[derive(Deserialize)]
pub struct OfPublic {
    id: LinkWorkerId,
    file: String,
}

/// Of somebody who is listed now. A minute later it may be withdrawn, so no cache keeps it longer.
pub async fn public(
    State(db): State<PgPool>,
    State(pictures): State<Pictures>,
    Path(OfPublic { id, file }): Path<OfPublic>,
) -> Result<Response> {
    sent(&db, &pictures, store::photograph(&db, id).await?, &file).await
}

pub async fn own(
    State(db): State<PgPool>,
    State(pictures): State<Pictures>,
    Whole(own): Whole,
    Path(OfFile { file }): Path<OfFile>,
) -> Result<Response, Closed> {
    let photograph = own.one.latest().and_then(|said| said.photograph);
    Ok(sent(&db, &pictures, photograph, &file).await?)
}

/// Keeps the file that came, or takes the photograph away.
pub async fn change(
    State(db): State<PgPool>,
    State(pictures): State<Pictures>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    client: Client,
    Whole(own): Whole,
    mut uploads: Uploads,
) -> Result<Response, Closed> {
    let (mut away, mut file) = (false, None);
    while let Some(part) = uploads.next(LARGEST_FILE).await? {
        match part {
            Part::Typed { field, .. } => away |= field == "away",
            Part::File(sent) if sent.name.is_empty() => {}
            Part::File(sent) => file = Some(sent.bytes),
        }
    }
    let id = own.one.known().id;
    let doer = Doer::of(&client.in_words());
    let taken = match file {
        _ if away => Ok(None),
        None => Err("Choose a photograph first".to_owned()),
        Some(None) => Err(format!("The photograph {}", Refused::TooLarge)),
        Some(Some(_)) if !limits::store::allowed(&db, ADDINGS, doer, now).await? => {
            Err("There were very many photographs in the last hour. Wait an hour, then add it"
                .to_owned())
        }
        Some(Some(bytes)) => match pictures.take_in(&db, bytes, now).await? {
            Ok(picture) => Ok(Some(picture.id)),
            Err(refused) => Err(format!("The photograph {refused}")),
        },
    };
    match taken {
        Ok(photograph) => match acts::set_photograph(&db, &pictures, id, photograph).await? {
            Done::Done if away => Ok(to(&own, "no-photograph")),
            Done::Done => Ok(to(&own, "photograph")),
            _ => {
                // They have withdrawn meanwhile: not even that stays.
                let ids: Vec<PictureId> = photograph.into_iter().collect();
                let mut db = db.acquire().await.map_err(Error::from)?;
                pictures.erase(&mut db, &ids).await?;
                Err(Closed::Unknown)
            }
        },
        Err(message) => {
            let mut page = OwnPage::of(&db, own, &places).await?.ok_or(Closed::Unknown)?;
            page.mistakes.add("photograph", message);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
        }
    }
}

/// One size of it; whoever asks has looked whether it may be seen.
pub async fn sent(
    db: &PgPool,
    pictures: &Pictures,
    id: Option<PictureId>,
    file: &str,
) -> Result<Response> {
    let size = Size::of_file(file).ok_or(Error::NotFound)?;
    let id = id.ok_or(Error::NotFound)?;
    let bytes = pictures.file(db, id, size).await?.ok_or(Error::NotFound)?;
    Ok(([(CONTENT_TYPE, "image/webp")], bytes).into_response())
}
