//! What is done at the desk with partnerships and teams: each act and its line in the log are one transaction.
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{Content, PartnershipId, store, team};
use crate::{
    accounts::{self, Permit},
    places::Borough,
    text::Line,
};

/// A partnership as it was looked at.
#[derive(Clone, Copy, Debug)]
pub struct Looked {
    pub partnership: PartnershipId,
    pub revision: i32,
}

/// The team of a borough as it was looked at; 0 where there was none.
#[derive(Clone, Debug)]
pub struct TeamOf {
    pub borough: Borough,
    pub revision: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Done,
    /// Somebody has changed it since. Nothing was done.
    MovedOn,
}

/// The permit says that they may look after what it covers.
pub async fn add(
    db: &PgPool,
    permit: &Permit<Content>,
    now: Timestamp,
) -> sqlx::Result<PartnershipId> {
    let content = permit.subject();
    let mut tx = db.begin().await?;
    let id = PartnershipId::now_v7();
    let slug = store::free_slug(&mut tx, &content.name).await?;
    store::add(&mut *tx, id, &slug, content).await?;
    log(&mut tx, permit, "added", id, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// One permit for what it was, one for what it becomes.
pub async fn change(
    db: &PgPool,
    permit: &Permit<Looked>,
    becomes: &Permit<Content>,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let Looked { partnership, revision } = *permit.subject();
    let mut tx = db.begin().await?;
    if !store::change(&mut *tx, partnership, revision, becomes.subject()).await? {
        return Ok(Done::MovedOn);
    }
    log(&mut tx, permit, "edited", partnership, now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// Archives it, or brings it back.
pub async fn archive(
    db: &PgPool,
    permit: &Permit<Looked>,
    away: bool,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let Looked { partnership, revision } = *permit.subject();
    let mut tx = db.begin().await?;
    if !store::archive(&mut *tx, partnership, revision, away.then_some(now)).await? {
        return Ok(Done::MovedOn);
    }
    let act = if away { "archived" } else { "brought_back" };
    log(&mut tx, permit, act, partnership, now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// What the team of a borough is from now on; `None` takes it off the pages.
pub async fn keep_team(
    db: &PgPool,
    permit: &Permit<TeamOf>,
    content: Option<&team::Content>,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let TeamOf { borough, revision } = permit.subject();
    let mut tx = db.begin().await?;
    let kept = match content {
        Some(content) => store::teams::keep(&mut *tx, borough.gss, *revision, content).await?,
        None => store::teams::remove(&mut *tx, borough.gss, *revision).await?,
    };
    if !kept {
        return Ok(Done::MovedOn);
    }
    let words = Line::parse(&borough.name).ok();
    accounts::store::log(&mut *tx, permit.by(), "team_changed", None, words.as_ref(), now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

async fn log<T>(
    db: &mut PgConnection,
    permit: &Permit<T>,
    act: &str,
    partnership: PartnershipId,
    now: Timestamp,
) -> sqlx::Result<()> {
    accounts::store::log(db, permit.by(), act, Some(partnership), None, now).await
}
