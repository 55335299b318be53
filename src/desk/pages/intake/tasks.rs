//! What feeds leave to people: what is gone from them, and what is new.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::Importer;
use crate::{
    accounts::{self, pages::Signed},
    desk::{
        intake::{
            feeds::{FeedId, Kind, Task, TaskId, store},
            keep::signature,
        },
        listings::{
            acts::{Act, Done, Seen, carry_out},
            state_in_words,
        },
        pages::{After, moment, names},
    },
    places::Places,
    text::Line,
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Deserialize)]
pub struct OfFeed {
    feed: FeedId,
}

#[derive(Deserialize)]
pub struct OfTask {
    task: TaskId,
    act: String,
}

#[derive(Template)]
#[template(path = "desk/tasks.html")]
struct TasksPage<'a> {
    signed: Signed,
    tasks: Vec<Task>,
    done: Option<&'static str>,
    places: &'a Places,
}

impl TasksPage<'_> {
    fn names(&self, task: &Task) -> String {
        names(&task.boroughs, self.places)
    }
    fn since(&self, task: &Task) -> String {
        moment(task.made)
    }
    fn state(&self, task: &Task) -> &'static str {
        state_in_words(task.status)
    }
    fn is_gone(&self, task: &Task) -> bool {
        task.kind == Kind::Gone
    }
    fn may_decide(&self, task: &Task) -> bool {
        self.signed.account.rights.may_decide(&task.boroughs)
    }
}

pub async fn tasks(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Query(After { done }): Query<After>,
) -> Result<Response> {
    let tasks = store::tasks(&db, &signed.account.rights.scope()).await?;
    let done = match done.as_str() {
        "kept" => Some("It stays as it is, and is not asked about again."),
        "archived" => Some("It is archived."),
        "late" => Some("Nothing was done: it was changed meanwhile. You see below how it stands."),
        _ => None,
    };
    Ok(View(TasksPage { signed, tasks, done, places: &places }).into_response())
}

/// Archives the offer or keeps it, as it was when it was looked at.
pub async fn settle(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfTask { task, act }): Path<OfTask>,
    Typed(typed): Typed,
) -> Result<Response> {
    let all = store::tasks(&db, &signed.account.rights.scope()).await?;
    let task = all.into_iter().find(|one| one.id == task).ok_or(Error::NotFound)?;
    let seen = Seen { offer: task.offer, revision: typed.one("revision").parse().unwrap_or(0) };
    let permit = signed.account.permit(seen, &task.boroughs, &places).ok_or(Error::Forbidden)?;
    let done = match (act.as_str(), task.kind) {
        ("keep", _) => "kept",
        ("archive", Kind::Gone) => {
            let reason = Line::parse(task.words.as_str().trim_end_matches(" Does it still run?"));
            let reason = reason.unwrap_or_else(|_| task.words.clone());
            match carry_out(&db, &permit, &Act::Archive { reason }, now).await? {
                Done::Done => "archived",
                _ => return Ok(Redirect::to("/desk/tasks?done=late").into_response()),
            }
        }
        _ => return Err(Error::NotFound),
    };
    // An archived offer gives no task any more, should we die just here.
    let mut tx = db.begin().await?;
    if store::settle(&mut *tx, task.id, permit.signed(), now).await? && done == "kept" {
        let act = if task.kind == Kind::Gone { "kept_though_gone" } else { "put_aside" };
        accounts::store::log(&mut *tx, permit.by(), act, Some(task.offer), None, now).await?;
    }
    tx.commit().await?;
    Ok(Redirect::to(&format!("/desk/tasks?done={done}")).into_response())
}

/// A feed is followed no more.
pub async fn stop(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    Importer(signed): Importer,
    Now(now): Now,
    Path(OfFeed { feed }): Path<OfFeed>,
) -> Result<Response> {
    let scope = signed.account.rights.scope();
    let signature = signature(&signed.account, &places).ok_or(Error::Forbidden)?;
    let mut tx = db.begin().await?;
    let address = store::end(&mut *tx, &scope, signed.account.id, feed, now).await?;
    let address = address.ok_or(Error::NotFound)?;
    let by = (Some(signed.account.id), &signature);
    accounts::store::log(&mut *tx, by, "feed_given_up", None, Some(&address), now).await?;
    tx.commit().await?;
    Ok(Redirect::to("/desk/intake").into_response())
}
