//! What is written at the desk in the artists' own form: begun, published, thrown away.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use sqlx::PgPool;

use super::{
    OfItem, not_taken,
    offer::{OfOffer, found},
    review,
};
use crate::{
    accounts::pages::Signed,
    calendar::civil_now,
    desk::{Taken, editing, store},
    offers,
    places::Places,
    search::Catalogue,
    submissions::{
        self, About,
        decide::Looked,
        edit::{self, Edited},
        known::known,
        pages::{
            Closed, Form, PicturesTask, Progress, Said, Task, drawn_check, pictures_task, tasks,
        },
        reading::read,
    },
    text::plain_language::Swaps,
    web::{Error, Now, Path, Result, Typed, View},
};

#[derive(Template)]
#[template(path = "desk/edit.html")]
struct EditPage<'a> {
    signed: &'a Signed,
    form: &'a Form,
    heading: String,
    /// Where it leads back to, and what that is called.
    back: (String, &'static str),
    tasks: Vec<Task>,
    pictures: Option<PicturesTask>,
}

impl EditPage<'_> {
    fn done(&self) -> usize {
        self.tasks.iter().filter(|task| task.progress == Progress::Done).count()
    }
}

/// Begins to edit a listing, or goes on with it.
pub async fn edit_listing(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfOffer { offer }): Path<OfOffer>,
) -> Result<Response> {
    let whole = found(&db, &signed, offer, now).await?;
    let permit = signed.account.permit(offer, &whole.listing.boroughs, &places);
    let permit = permit.ok_or(Error::Forbidden)?;
    let to = match editing::of_listing(&db, &permit, &places, now).await? {
        Some(id) => format!("/desk/edits/{id}"),
        None => format!("/desk/offers/{offer}?done=not_editable"),
    };
    Ok(Redirect::to(&to).into_response())
}

/// Begins to edit what waits, as it was looked at, or goes on with it.
pub async fn edit_what_waits(
    State(db): State<PgPool>,
    State(catalogue): State<Arc<Catalogue>>,
    State(swaps): State<Arc<Swaps>>,
    signed: Signed,
    Now(now): Now,
    Path(OfItem { id }): Path<OfItem>,
    Typed(typed): Typed,
) -> Result<Response> {
    let places = catalogue.places();
    let scope = signed.account.rights.scope();
    let item = store::item(&db, &scope, id).await?.ok_or(Error::NotFound)?;
    let looked = Looked { id, version: Some(typed.one("version").parse().unwrap_or(0)) };
    let permit = signed.account.permit(looked, &item.boroughs, places).ok_or(Error::Forbidden)?;
    let from = typed.one("from").parse().ok();
    let news = match editing::of_what_waits(&db, &permit, from, now).await? {
        Ok(edit) => return Ok(Redirect::to(&format!("/desk/edits/{edit}")).into_response()),
        Err(Taken::ByAnother) => not_taken(Taken::ByAnother),
        Err(_) => Some(
            "Somebody else was first: this was decided or changed while you looked at it. You see it below \
             as it is now. Look at it again, then edit it."
                .to_owned(),
        ),
    };
    let said = super::Said { news, ..super::Said::default() };
    let page = review::page((&db, places, &catalogue, &swaps), signed, id, said, now).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// All steps of what is written. What is published or thrown away has none any more.
pub async fn steps(
    State(db): State<PgPool>,
    Now(now): Now,
    form: Form,
) -> Result<Response, Closed> {
    let Some(signed) = form.desk() else {
        return Err(Closed::Failed(Error::NotFound));
    };
    let submission = &form.submission;
    if !submission.stage.is_open() {
        return Ok(Redirect::to(&back(&form).0).into_response());
    }
    let known = known(&mut *db.acquire().await?, submission).await?;
    let read = read(submission, &known, civil_now(now).date());
    let title = match submission.title() {
        "" => "No name yet",
        title => title,
    };
    let heading = match (submission.edits(), submission.about) {
        (Some(_), _) => format!("Edit before you approve: {title}"),
        (None, About::New(_)) => format!("A new offer: {title}"),
        (None, _) => format!("Edit “{title}”"),
    };
    let page = EditPage {
        signed,
        tasks: tasks(&form, &read),
        pictures: pictures_task(&form, &read),
        back: back(&form),
        heading,
        form: &form,
    };
    Ok(View(page).into_response())
}

/// Publishes it as it was looked at.
pub async fn publish(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(catalogue): State<Arc<Catalogue>>,
    Now(now): Now,
    mut form: Form,
    Typed(typed): Typed,
) -> Result<Response, Closed> {
    let id = form.submission.id;
    let Some(signed) = form.desk() else {
        return Err(Closed::Failed(Error::NotFound));
    };
    if form.submission.edits().is_some() {
        return Ok(Redirect::to(&back(&form).0).into_response());
    }
    let looked = (id, typed.one("version").parse().unwrap_or(0));
    let edited = edit::publish(&db, &signed.account, looked, &places, now).await?;
    let news = match edited {
        Edited::Published(offer) => {
            return Ok(Redirect::to(&format!("/desk/offers/{offer}?done=edited")).into_response());
        }
        Edited::NotYet(_) => {
            let said = Said { refused: true, news: None };
            let page = drawn_check(&db, &places, &catalogue, &form, said, now).await;
            let page = page.map_err(Closed::Failed)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        Edited::Nothing => "It says what is there already. Change something first.".to_owned(),
        Edited::Outdated => {
            "It was changed in another window meanwhile. Look it over once more, then \
                             publish it."
                .to_owned()
        }
        Edited::NotTheirs => {
            "With these answers it would belong to none of your boroughs. Keep at least \
                              one of yours under “Where”."
                .to_owned()
        }
        Edited::Overtaken(parts) => format!(
            "Somebody else has changed the listing meanwhile, and both of you changed: {}. What you typed is kept. \
             Look below at what would change now. Publish it again if you mean it.",
            parts.join(", ")
        ),
        Edited::Moved => {
            "It was archived meanwhile, or its provider describes it anew. What you typed is kept."
                .to_owned()
        }
        Edited::Lacking(lacks) => {
            format!("The listing would lack something. {}", offers::advice(&lacks))
        }
    };
    let newer = submissions::store::found(&db, id).await?;
    form.submission = newer.ok_or(Closed::Failed(Error::NotFound))?;
    if !form.submission.stage.is_open() {
        return Ok(Redirect::to(&back(&form).0).into_response());
    }
    let said = Said { refused: false, news: Some(("It was not published", news)) };
    let page = drawn_check(&db, &places, &catalogue, &form, said, now).await;
    Ok((StatusCode::CONFLICT, page.map_err(Closed::Failed)?).into_response())
}

pub async fn throw_away(
    State(db): State<PgPool>,
    Now(now): Now,
    form: Form,
) -> Result<Response, Closed> {
    if form.desk().is_none() {
        return Err(Closed::Failed(Error::NotFound));
    }
    let thrown = editing::throw_away(&db, &form.submission, now).await?;
    let done = if thrown { "?done=thrown_away" } else { "" };
    Ok(Redirect::to(&format!("{}{done}", back(&form).0)).into_response())
}

/// What it was begun from.
fn back(form: &Form) -> (String, &'static str) {
    match (form.submission.edits(), form.submission.about.offer()) {
        (Some(sent), _) => (format!("/desk/submissions/{sent}"), "Back to the review"),
        (None, Some(offer)) => (format!("/desk/offers/{offer}"), "Back to the offer"),
        (None, None) => ("/desk/listings/entry".to_owned(), "Back"),
    }
}
