//! The artist's way in, page by page.
mod address;
mod check;
mod coach;
mod confirm;
mod conflict;
mod drawing;
#[cfg(test)]
mod drawing_tests;
mod drawn;
mod first;
mod form;
mod pictured;
mod pictures;
mod preview;
mod start;
mod status;
mod step;
mod told;
mod withdraw;

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use askama::Template;
use axum::{
    extract::{FromRef, FromRequestParts},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use sqlx::PgPool;

pub use address::{address, readdress, relink};
pub use check::{Said, alike, check, drawn as drawn_check, send};
pub use confirm::{ask_to_confirm, confirm};
pub use drawn::Placed;
pub use first::{begin, first, first_alike, first_fields};
pub use form::{Form, Way};
pub use pictured::{PicturesTask, pictures_task};
pub use pictures::{change_pictures, picture, pictures};
pub use preview::{Beside, dates, postcode, preview};
pub use start::start;
pub use status::{Progress, Task, keep, status, tasks};
pub use step::{save, step};
pub use told::{Told, answered, told};
pub use withdraw::withdraw;

use super::{About, Submission, store};
use crate::{
    accounts::pages::Outside,
    forms::Answers,
    links::{self, Link, Purpose, Secret},
    places::Places,
    providers,
    text::{Email, plain_language::Swaps},
    web::{Error, Now, Path, Result, View},
};

/// So many working days until a coordinator has usually answered.
pub const USUAL_DAYS: u8 = 5;

/// A submission, opened by its private link.
pub struct Opened {
    pub secret: Secret,
    pub link: Link,
    pub form: Form,
}

/// Why the link opened nothing.
pub enum Closed {
    /// It is old or wrong: never says which.
    Unknown,
    /// Nobody is signed in at the desk.
    Outside(Outside),
    Failed(Error),
}

#[derive(serde::Deserialize)]
pub struct OfLink {
    pub secret: String,
}

#[derive(Template)]
#[template(path = "submissions/lost.html")]
struct LostPage {
    /// Question and answer, of what was typed into a form behind this link.
    typed: Vec<(&'static str, Vec<String>)>,
}

impl<S> FromRequestParts<S> for Opened
where
    S: Send + Sync,
    PgPool: FromRef<S>,
    Arc<Swaps>: FromRef<S>,
{
    type Rejection = Closed;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Closed> {
        let Path(OfLink { secret }) =
            Path::from_request_parts(parts, state).await.map_err(Closed::Failed)?;
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        let db = PgPool::from_ref(state);
        let secret = Secret::parse(&secret).ok_or(Closed::Unknown)?;
        let link = links::store::opened(&db, &secret, Purpose::Draft, now).await?;
        let link = link.ok_or(Closed::Unknown)?;
        let id = link.subject.ok_or(Closed::Unknown)?;
        let submission = store::found(&db, id).await?.ok_or(Closed::Unknown)?;
        let messages = store::messages(&db, id).await?;
        let swaps = Arc::from_ref(state);
        let home = Purpose::Draft.path(&secret);
        let way = Way::Link { mailed_to: link.mailed.then(|| link.email.clone()) };
        Ok(Self { secret, link, form: Form { home, way, submission, messages, swaps } })
    }
}

impl Deref for Opened {
    type Target = Form;
    fn deref(&self) -> &Form {
        &self.form
    }
}

impl DerefMut for Opened {
    fn deref_mut(&mut self) -> &mut Form {
        &mut self.form
    }
}

impl Opened {
    /// Whose it is: the artist's, of whom every submission with a private link is; else the link's.
    fn email(&self) -> &Email {
        self.submission.email().unwrap_or(&self.link.email)
    }

    /// Whether all other links may end: only for whoever has had a letter, or once somebody has.
    fn may_relink(&self) -> bool {
        self.link.mailed || self.submission.is_confirmed()
    }

    /// Whether who holds the link may do more than this with what belongs to the provider: they have shown
    /// that the mailbox is theirs, and they look after it.
    pub async fn looks_after(&self, db: &PgPool) -> sqlx::Result<bool> {
        let Self { link, form: Form { submission, .. }, .. } = self;
        let confirmed = submission.email() == Some(&link.email) && submission.is_confirmed();
        let proven = link.mailed || confirmed;
        Ok(proven && providers::store::owns(db, submission.provider, &link.email).await?)
    }

    /// What it is called so far.
    fn title(&self) -> String {
        title(&self.submission)
    }
}

impl IntoResponse for Closed {
    fn into_response(self) -> Response {
        match self {
            Self::Unknown => {
                (StatusCode::NOT_FOUND, View(LostPage { typed: vec![] })).into_response()
            }
            Self::Outside(outside) => outside.into_response(),
            Self::Failed(error) => error.into_response(),
        }
    }
}

impl From<sqlx::Error> for Closed {
    fn from(cause: sqlx::Error) -> Self {
        Self::Failed(cause.into())
    }
}

/// The link opens nothing any more; what was typed meanwhile is shown, so that it can be copied.
fn lost(typed: &Answers, places: &Places) -> Response {
    let typed = answered(typed, places).into_iter().map(|one| (one.label, one.lines));
    (StatusCode::NOT_FOUND, View(LostPage { typed: typed.collect() })).into_response()
}

fn title(submission: &Submission) -> String {
    match (submission.about, submission.title()) {
        (About::Profile, "") => "Your profile".into(),
        (About::Profile, name) => format!("Who you are: {name}"),
        (_, "") => "Your offer".into(),
        (_, title) => title.to_owned(),
    }
}

/// "Southwark", where one borough's coordinator looks after it.
fn coordinator(boroughs: &[crate::places::Gss], places: &Places) -> String {
    let name = boroughs.first().and_then(|gss| places.borough(*gss)).map(|one| one.name.as_str());
    name.map_or_else(|| "coordinator".into(), |name| format!("{name} coordinator"))
}

/// Off the threads that answer: with very many offers it takes a while.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|stopped| Error::Internal(stopped.into()))
}

type Gazetteer = Arc<Places>;
