//! The shortlist and what is made of it. Addresses carry everything; nothing is kept here.
mod compare;
mod handout;
mod list;

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::DateTime;
use sqlx::PgPool;

pub use compare::compare;
pub use handout::{handout, handout_pdf};
pub use list::list;

use super::{Entry, store};
use crate::{
    calendar::civil_now,
    chosen::{Change, Shortlist},
    config::PublicUrl,
    offers::Shown,
    places::Places,
    web::{Error, Now, Path, Result},
};

/// What every page of a shortlist needs.
pub struct Room {
    db: PgPool,
    places: Arc<Places>,
    url: PublicUrl,
    now: DateTime,
    /// All that the address says.
    pairs: Vec<(String, String)>,
    list: Shortlist,
    change: Option<Change>,
}

impl<S> FromRequestParts<S> for Room
where
    S: Send + Sync,
    PgPool: FromRef<S>,
    Arc<Places>: FromRef<S>,
    PublicUrl: FromRef<S>,
{
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        let query = parts.uri.query().unwrap_or_default();
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let (list, change) = Shortlist::read(&pairs);
        Ok(Self {
            db: FromRef::from_ref(state),
            places: FromRef::from_ref(state),
            url: FromRef::from_ref(state),
            now: civil_now(now),
            pairs,
            list,
            change,
        })
    }
}

impl Room {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.pairs.iter().filter(move |(one, _)| one == name);
        named.map(|(_, value)| value.as_str())
    }

    fn says(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|one| one == value)
    }

    /// What became of each. The list goes on under today's names.
    async fn entries(&mut self) -> Result<Vec<Entry>> {
        let mut db = self.db.acquire().await?;
        let entries = store::entries(&mut db, &self.list).await?;
        self.list.offers = entries.iter().map(|one| one.chosen.clone()).collect();
        Ok(entries)
    }

    fn shown<'a>(&'a self, entry: &'a Entry) -> Option<Shown<'a>> {
        let listed = entry.listed()?;
        Some(Shown::new(listed, &self.places, &self.url, self.now))
    }
}

/// The page of the offer with this number.
pub async fn numbered(State(db): State<PgPool>, Path(number): Path<String>) -> Result<Response> {
    let number = number.parse().map_err(|_| Error::NotFound)?;
    let slug = store::numbered(&db, number).await?.ok_or(Error::NotFound)?;
    Ok(Redirect::temporary(&format!("/offers/{slug}")).into_response())
}
