//! A form that somebody has opened: an artist by a private link, or somebody at the desk. Its pages are the same.
use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
};
use serde::Deserialize;
use sqlx::PgPool;

use super::{Closed, Opened};
use crate::{
    accounts::pages::Signed,
    config::PublicUrl,
    places::Places,
    submissions::{About, By, Message, Stage, Submission, SubmissionId, store},
    text::{Email, plain_language::Swaps},
    web::{Error, Path},
};

pub struct Form {
    /// The address of its list of steps.
    pub home: String,
    pub way: Way,
    pub submission: Submission,
    pub messages: Vec<Message>,
    /// The words for which the coach has plainer ones.
    pub swaps: Arc<Swaps>,
}

/// How somebody came to it.
pub enum Way {
    Link {
        /// The link came to this address in a letter.
        mailed_to: Option<Email>,
    },
    Desk(Box<Signed>),
}

/// The addresses of both ways; one of them names the form.
#[derive(Deserialize)]
struct Named {
    edit: Option<SubmissionId>,
}

impl<S> FromRequestParts<S> for Form
where
    S: Send + Sync,
    PgPool: FromRef<S>,
    PublicUrl: FromRef<S>,
    Arc<Places>: FromRef<S>,
    Arc<Swaps>: FromRef<S>,
{
    type Rejection = Closed;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Closed> {
        let Path(Named { edit }) =
            Path::from_request_parts(parts, state).await.map_err(Closed::Failed)?;
        let Some(id) = edit else {
            return Ok(Opened::from_request_parts(parts, state).await?.form);
        };
        let signed = Signed::from_request_parts(parts, state).await.map_err(Closed::Outside)?;
        let (db, places) = (PgPool::from_ref(state), Arc::<Places>::from_ref(state));
        let missing = || Closed::Failed(Error::NotFound);
        let submission = store::found(&db, id).await?.ok_or_else(missing)?;
        let boroughs = store::edits::boroughs(&db, id).await?;
        let By::Desk { account, edits, .. } = submission.by else {
            return Err(missing());
        };
        let (own, rights) = (account == signed.account.id, &signed.account.rights);
        // What belongs to no borough yet is known to who has begun it, and to nobody else.
        if !rights.may_see(&boroughs) && !(own && boroughs.is_empty()) {
            return Err(missing());
        }
        let permit = match boroughs.is_empty() {
            true => rights.manages().is_some(),
            false => signed.account.permit(id, &boroughs, &places).is_some(),
        };
        if !permit {
            return Err(Closed::Failed(Error::Forbidden));
        }
        // What waits is edited by all who decide on it; a listing is edited by each in their own draft.
        if !own && edits.is_none() {
            return Err(missing());
        }
        let home = format!("/desk/edits/{id}");
        let way = Way::Desk(Box::new(signed));
        let swaps = Arc::from_ref(state);
        Ok(Self { home, way, submission, messages: vec![], swaps })
    }
}

impl Form {
    /// The address of a page of it: "/describe/…/what", or without `page` the first.
    pub fn to(&self, page: &str) -> String {
        let home = &self.home;
        if page.is_empty() { home.clone() } else { format!("{home}/{page}") }
    }

    /// Who is at the desk, if this is there.
    pub fn desk(&self) -> Option<&Signed> {
        match &self.way {
            Way::Link { .. } => None,
            Way::Desk(signed) => Some(signed),
        }
    }

    /// What is said of a change, so that nobody takes it for what is live already; `None` for a new offer.
    pub fn of_what_is_live(&self) -> Option<&'static str> {
        Some(match (&self.way, self.submission.about, self.submission.edits()) {
            (Way::Desk(_), _, Some(_)) => {
                "What was sent stays as it is. What you write here is published with your approval, or thrown away."
            }
            (Way::Desk(_), About::Change { .. }, None) => {
                "The listing stays as it is until you publish what you write here."
            }
            (Way::Link { .. }, about, _) if about.is_of_what_is_live() => {
                "What is published stays until a coordinator has looked at your change."
            }
            _ => return None,
        })
    }

    /// Whether another e-mail address may be put in the place of one that nobody has confirmed.
    pub fn may_be_readdressed(&self) -> bool {
        !self.submission.is_confirmed()
            && matches!(self.submission.stage, Stage::Draft | Stage::Unconfirmed)
    }

    /// What the coordinator asks for now; earlier words stand among the messages only.
    pub fn asked(&self) -> Vec<Message> {
        let submission = &self.submission;
        let now_asked = |said: &&Message| {
            submission.stage == Stage::ChangesAsked && said.from_desk && said.at >= submission.since
        };
        self.messages.iter().filter(now_asked).cloned().collect()
    }
}
