//! `export offers`: what [`super::import()`] reads again without a difference.
use std::path::Path;

use anyhow::Result;
use futures_util::TryStreamExt;
use sqlx::PgPool;

use super::{COLUMNS, Row, write};
use crate::{
    database::store::snapshot,
    imports::Export,
    offers::store::{self, Kept, References},
};

/// Writes all offers, whatever their state; how many there were. Without a file, to standard output.
pub async fn export(db: &PgPool, file: Option<&Path>) -> Result<u64> {
    let mut seen = snapshot(db).await?;
    let known = References::all(&mut seen).await?;
    let mut sheet = Export::start(file, &COLUMNS)?;
    let mut offers = store::every(&mut seen, None);
    while let Some(kept) = offers.try_next().await? {
        sheet.row(&write(&row(kept), &known))?;
    }
    sheet.finish()
}

/// An offer as a row has it.
pub fn row(Kept { offer, origin }: Kept) -> Row {
    Row {
        slug: Some(offer.slug),
        origin,
        state: offer.state,
        content: offer.content,
        confirmed: offer.confirmed,
        confirm_every: offer.confirm_every,
        first_published: offer.first_published,
    }
}
