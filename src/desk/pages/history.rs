//! All that an offer ever said: who changed it, when and why, and any two of its revisions beside each other.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;

use super::{
    moment,
    offer::{OfOffer, found},
};
use crate::{
    accounts::pages::Signed,
    calendar::civil_now,
    desk::listings::{Revision, Whole, state_in_words, store},
    offers::{self, Status},
    places::Places,
    submissions::{
        differences::{Dates, Difference, Piece, dates, differences},
        pages::Told,
        written,
    },
    web::{Error, Now, Path, Query, Result, View},
};

/// Which two to compare. What is not understood is left out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    one: String,
    other: String,
}

/// What a later revision says that an earlier one does not.
struct Compared {
    one: u32,
    other: u32,
    changes: Vec<Difference>,
    same: Vec<Told>,
    dates: Dates,
}

#[derive(Template)]
#[template(path = "desk/history.html")]
struct HistoryPage {
    signed: Signed,
    whole: Whole,
    revisions: Vec<Revision>,
    compared: Option<Compared>,
    may_decide: bool,
}

impl HistoryPage {
    fn when(&self, revision: &Revision) -> String {
        moment(revision.at)
    }
    fn state(&self, revision: &Revision) -> &'static str {
        state_in_words(revision.status)
    }
    /// The two that are compared; before that, the newest and the one before it.
    fn chosen(&self) -> (u32, u32) {
        let newest = self.whole.listing.revision;
        let compared = self.compared.as_ref().map(|two| (two.one, two.other));
        compared.unwrap_or((newest.saturating_sub(1).max(1), newest))
    }
    fn is_one(&self, revision: &Revision) -> bool {
        self.chosen().0 == revision.number
    }
    fn is_other(&self, revision: &Revision) -> bool {
        self.chosen().1 == revision.number
    }
    /// Those of the two that it could say again.
    fn earlier(&self, two: &Compared) -> Vec<u32> {
        let mut earlier = vec![two.one, two.other];
        earlier.retain(|number| *number != self.whole.listing.revision);
        earlier.dedup();
        earlier
    }
    fn may_restore(&self) -> bool {
        let draft = self.whole.listing.status == Status::Draft;
        self.may_decide && !self.whole.being_described && !draft
    }
}

pub async fn history(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfOffer { offer }): Path<OfOffer>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let whole = found(&db, &signed, offer, now).await?;
    let two = match (asked.one.parse(), asked.other.parse()) {
        (Ok(one), Ok(other)) => Some((one, other)),
        _ => None,
    };
    let compared = match two {
        Some(two) => Some(compared(&db, &whole, two, &places, now).await?),
        None => None,
    };
    let page = HistoryPage {
        may_decide: signed.account.rights.may_decide(&whole.listing.boroughs),
        revisions: store::revisions(&db, offer).await?,
        compared,
        signed,
        whole,
    };
    Ok(View(page).into_response())
}

/// The earlier one first, whichever was asked for first.
async fn compared(
    db: &PgPool,
    whole: &Whole,
    (one, other): (u32, u32),
    places: &Places,
    now: Timestamp,
) -> Result<Compared> {
    let (one, other) = (one.min(other), one.max(other));
    let mut db = db.acquire().await?;
    let id = whole.listing.id;
    let before = offers::store::revision(&mut *db, id, one).await?.ok_or(Error::NotFound)?;
    let after = offers::store::revision(&mut *db, id, other).await?.ok_or(Error::NotFound)?;
    let dates = dates(&before.when.programme, &after.when.programme, civil_now(now));
    let before = written(&mut db, &before, places).await?;
    let after = written(&mut db, &after, places).await?;
    let (changes, same) = differences(&before, &after, places);
    Ok(Compared { one, other, changes, same, dates })
}
