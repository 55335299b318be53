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
mod pictured;
mod pictures;
mod preview;
mod start;
mod status;
mod step;
mod told;
mod withdraw;

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{FromRef, FromRequestParts},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use sqlx::PgPool;

pub use address::{address, readdress, relink};
pub use check::{alike, check, send};
pub use confirm::{ask_to_confirm, confirm};
pub use first::{begin, first};
pub use pictures::{change_pictures, picture, pictures};
pub use preview::{Beside, dates, postcode, preview};
pub use start::start;
pub use status::{keep, status};
pub use step::{save, step};
pub use told::{Told, told};
pub use withdraw::withdraw;

use super::{About, Message, Stage, Step, Submission, store};
use crate::{
    forms::Answers,
    links::{self, Link, Purpose, Secret},
    places::Places,
    providers,
    text::plain_language::Swaps,
    web::{Error, Now, Path, Result, View},
};

/// So many working days until a coordinator has usually answered.
pub const USUAL_DAYS: u8 = 5;

/// A submission, opened by its private link.
pub struct Opened {
    pub secret: Secret,
    pub link: Link,
    pub submission: Submission,
    pub messages: Vec<Message>,
    /// The words for which the coach has plainer ones.
    swaps: Arc<Swaps>,
}

/// Why the link opened nothing.
pub enum Closed {
    /// It is old or wrong: never says which.
    Unknown,
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
        Ok(Self { secret, link, submission, messages, swaps })
    }
}

impl Opened {
    /// The address of a page of this submission: "/describe/…/what", or without `page` the first.
    fn to(&self, page: &str) -> String {
        let own = Purpose::Draft.path(&self.secret);
        if page.is_empty() { own } else { format!("{own}/{page}") }
    }

    /// Whether another e-mail address may be put in the place of one that nobody has confirmed.
    fn may_be_readdressed(&self) -> bool {
        let submission = &self.submission;
        submission.email_confirmed.is_none()
            && matches!(submission.stage, Stage::Draft | Stage::Unconfirmed)
    }

    /// Whether all other links may end: only for whoever has had a letter, or once somebody has.
    fn may_relink(&self) -> bool {
        self.link.mailed || self.submission.email_confirmed.is_some()
    }

    /// What the coordinator asks for now; earlier words stand among the messages only.
    fn asked(&self) -> Vec<Message> {
        let submission = &self.submission;
        let now_asked = |said: &&Message| {
            submission.stage == Stage::ChangesAsked && said.from_desk && said.at >= submission.since
        };
        self.messages.iter().filter(now_asked).cloned().collect()
    }

    /// Whether who holds the link may do more than this with what belongs to the provider: they have shown
    /// that the mailbox is theirs, and they look after it.
    pub async fn looks_after(&self, db: &PgPool) -> sqlx::Result<bool> {
        let Self { link, submission, .. } = self;
        let confirmed = submission.email == link.email && submission.email_confirmed.is_some();
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
    let told = Step::ALL.into_iter().flat_map(|step| told::told(step, typed, places));
    let typed = told.filter(|one| !one.lines.is_empty()).map(|one| (one.label, one.lines));
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
