//! The pages of what is somebody's, behind their private link.
mod ask;
mod home;
mod invitation;
mod offer;
mod provider;
mod stories;

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

pub use ask::{ask, mail_link};
pub use home::{from_submission, go_on, home};
pub use invitation::{accept, invitation};
pub use offer::{act, last_day, offer};
pub use provider::{change as change_people, provider};
pub use stories::withdraw as withdraw_story;

use super::Person;
use crate::{
    links::{self, Purpose, Secret},
    places::Places,
    submissions::pages::{Closed, OfLink},
    web::{Now, Path},
};

/// Somebody, known by their private link.
pub struct Mine {
    secret: Secret,
    person: Person,
}

/// What was done, said on the page that follows: `?said=paused`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct After {
    said: String,
}

impl Mine {
    /// The address of a page of theirs, without `page` the first.
    fn to(&self, page: &str) -> String {
        let own = Purpose::Mine.path(&self.secret);
        if page.is_empty() { own } else { format!("{own}/{page}") }
    }

    /// Until when the link works, in words.
    fn until(&self) -> String {
        let end = crate::calendar::civil_now(self.person.expires());
        let time = crate::calendar::time_in_words(end.time());
        format!("{} at {time}", crate::calendar::date_in_words(end.date()))
    }
}

impl<S> FromRequestParts<S> for Mine
where
    S: Send + Sync,
    PgPool: FromRef<S>,
{
    type Rejection = Closed;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Closed> {
        let Path(OfLink { secret }) =
            Path::from_request_parts(parts, state).await.map_err(Closed::Failed)?;
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        let secret = Secret::parse(&secret).ok_or(Closed::Unknown)?;
        let db = PgPool::from_ref(state);
        let link = links::store::opened(&db, &secret, Purpose::Mine, now).await?;
        let person = link.and_then(Person::of).ok_or(Closed::Unknown)?;
        Ok(Self { secret, person })
    }
}

/// What each thing that can be done says afterwards.
fn said(code: &str) -> Option<&'static str> {
    Some(match code {
        "paused" => "It takes a break now, and says so.",
        "hidden" => {
            "It takes a break now. It is not in the search until you say that it runs again."
        }
        "goes-on" => "It runs again. Everybody can find it.",
        "still-true" => "Thank you. Its page says that you confirmed it today.",
        "places" => "Your places are shown with today’s date.",
        "last-day" => "The last day is shown. After it, the offer hides itself.",
        "ended" => "It has ended. Nobody finds it in the search any more.",
        "invited" => "The invitation is on its way. It may take some minutes.",
        "removed" => "Done. They can no longer change anything here.",
        "left" => "Done. You no longer look after it.",
        "taken-back" => "The invitation has been withdrawn. Its link no longer works.",
        "training-off" => "Your page no longer says that you took part in it.",
        "joined" => "Welcome. You look after it from now on.",
        "story-withdrawn" => "The story is on no page any more, and its words are deleted.",
        "not-as-it-stands" => {
            "That could not be done: somebody else has changed how it stands. This is how it is now."
        }
        "last-one" => "You are the only one who looks after it. Hand it over first.",
        _ => return None,
    })
}

fn to(address: &str) -> Response {
    Redirect::to(address).into_response()
}

type Gazetteer = Arc<Places>;
