//! Changing a word: the entry, its history and the line in the log are one transaction.
use jiff::Timestamp;
use sqlx::PgPool;

use super::{
    List,
    form::Change,
    store::{self, keep_revision},
};
use crate::{
    accounts::{self, Permit},
    text::Line,
};

/// What became of it. But for `Done` nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Done,
    /// It says something else by now than what was looked at.
    MovedOn,
    /// It would say the same.
    SaysSo,
    /// A topic is neither added nor removed here.
    NoSuchTopic,
}

/// `seen` is what it said when it was looked at.
pub async fn change(
    db: &PgPool,
    permit: &Permit<Change>,
    seen: Option<&str>,
    why: &Line<500>,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let change = permit.subject();
    let mut tx = db.begin().await?;
    store::hold(&mut tx).await?;
    let before = store::says(&mut *tx, change.list, &change.key).await?;
    if change.list == List::Topics && (before.is_none() || change.says.is_none()) {
        return Ok(Done::NoSuchTopic);
    }
    if before.as_deref() != seen {
        return Ok(Done::MovedOn);
    }
    if before == change.says {
        return Ok(Done::SaysSo);
    }
    store::set(&mut tx, change).await?;
    keep_revision(&mut *tx, change, before.as_deref(), why, permit.by(), now).await?;
    let words = format!("{}: “{}”", change.list.label(), change.key);
    let words = Line::parse(&words).ok();
    accounts::store::log(&mut *tx, permit.by(), "words_changed", None, words.as_ref(), now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}
