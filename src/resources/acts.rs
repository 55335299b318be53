//! What is done with a resource at the desk: each act and its line in the log are one transaction.
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{Checked, Content, Found, ResourceId, store};
use crate::{
    accounts::{self, Permit},
    text::WebAddress,
};

/// A resource as it was looked at.
#[derive(Clone, Copy, Debug)]
pub struct Looked {
    pub resource: ResourceId,
    pub revision: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Done,
    /// Somebody has changed it since. Nothing was done.
    MovedOn,
}

pub async fn add(
    db: &PgPool,
    permit: &Permit<()>,
    content: &Content,
    now: Timestamp,
) -> sqlx::Result<ResourceId> {
    let mut tx = db.begin().await?;
    let id = ResourceId::now_v7();
    let slug = store::free_slug(&mut tx, &content.title).await?;
    store::add(&mut *tx, id, &slug, content).await?;
    log(&mut tx, permit, "added", id, now).await?;
    tx.commit().await?;
    Ok(id)
}

pub async fn change(
    db: &PgPool,
    permit: &Permit<Looked>,
    content: &Content,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let Looked { resource, revision } = *permit.subject();
    let mut tx = db.begin().await?;
    if !store::change(&mut *tx, resource, revision, content).await? {
        return Ok(Done::MovedOn);
    }
    log(&mut tx, permit, "edited", resource, now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// The address that the server names takes the place of the one it moved from; it counts as checked when it was
/// found.
pub async fn follow(db: &PgPool, permit: &Permit<Looked>, now: Timestamp) -> sqlx::Result<Done> {
    let Looked { resource, revision } = *permit.subject();
    let mut tx = db.begin().await?;
    let Some(known) = store::one(&mut *tx, resource).await? else {
        return Ok(Done::MovedOn);
    };
    let Some(Checked { at, by, found: Found::Moved(to) }) = known.checked else {
        return Ok(Done::MovedOn);
    };
    let content = Content { address: to.clone(), ..known.content };
    if !store::change(&mut *tx, resource, revision, &content).await? {
        return Ok(Done::MovedOn);
    }
    let checked = Checked { at, by, found: Found::There };
    store::note(&mut *tx, resource, &to, &checked).await?;
    log(&mut tx, permit, "edited", resource, now).await?;
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
    let Looked { resource, revision } = *permit.subject();
    let mut tx = db.begin().await?;
    if !store::archive(&mut *tx, resource, revision, away.then_some(now)).await? {
        return Ok(Done::MovedOn);
    }
    let act = if away { "archived" } else { "brought_back" };
    log(&mut tx, permit, act, resource, now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// Somebody has followed the link and seen that it leads where it should.
pub async fn looked(
    db: &PgPool,
    permit: &Permit<Looked>,
    address: &WebAddress,
    now: Timestamp,
) -> sqlx::Result<()> {
    let resource = permit.subject().resource;
    let mut tx = db.begin().await?;
    let checked = Checked { at: now, by: permit.signed().clone(), found: Found::There };
    store::note(&mut *tx, resource, address, &checked).await?;
    log(&mut tx, permit, "looked_at", resource, now).await?;
    tx.commit().await
}

async fn log<T>(
    db: &mut PgConnection,
    permit: &Permit<T>,
    act: &str,
    resource: ResourceId,
    now: Timestamp,
) -> sqlx::Result<()> {
    accounts::store::log(db, permit.by(), act, Some(resource), None, now).await
}
