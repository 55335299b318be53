//! All that somebody may see, as a file.
use std::io;

use axum::{
    body::Body,
    extract::State,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use serde::Deserialize;
use sqlx::PgPool;
use tokio::sync::mpsc;

use crate::{
    accounts::pages::Signed,
    config::PublicUrl,
    desk::export::{What, write},
    web::{Error, Path, Result},
};

#[derive(Deserialize)]
pub struct OfFile {
    file: String,
}

pub async fn export(
    State(db): State<PgPool>,
    State(url): State<PublicUrl>,
    signed: Signed,
    Path(OfFile { file }): Path<OfFile>,
) -> Result<Response> {
    let what = What::parse(&file).ok_or(Error::NotFound)?;
    let (out, pieces) = mpsc::channel::<Vec<u8>>(2);
    let scope = signed.account.rights.scope();
    let written = tokio::spawn(async move { write(&db, &scope, what, url.as_str(), &out).await });
    // Half a file must not look like a whole one: then the line is cut.
    let pieces = stream::unfold((pieces, Some(written)), async |(mut pieces, written)| {
        if let Some(piece) = pieces.recv().await {
            return Some((Ok(piece), (pieces, written)));
        }
        match written?.await {
            Ok(Ok(())) => None,
            Ok(Err(cause)) => {
                tracing::error!("An export was broken off: {cause:#}");
                Some((Err(io::Error::other("broken off")), (pieces, None)))
            }
            Err(cause) => Some((Err(io::Error::other(cause)), (pieces, None))),
        }
    });
    let headers = [
        (CONTENT_TYPE, what.media_type().to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", what.file())),
    ];
    Ok((headers, Body::from_stream(pieces.boxed())).into_response())
}
