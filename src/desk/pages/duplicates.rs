//! Offers that may be one and the same: the list, two of them side by side, merging them or telling them apart.
use std::{collections::BTreeSet, sync::Arc};

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;

use super::{After, names, offer::found};
use crate::{
    accounts::{Permit, pages::Signed},
    calendar::{civil_now, date_in_words},
    desk::{
        duplicates::{Merged, PARTS, Part, Suspected, merge, store, tell_apart},
        listings::{Whole, acts::Seen, state_in_words},
    },
    forms::Answers,
    offers::{self, OfferId},
    places::Places,
    submissions::{
        self,
        pages::{Told, answered},
    },
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Deserialize)]
pub struct OfPair {
    one: OfferId,
    other: OfferId,
}

#[derive(Template)]
#[template(path = "desk/duplicates.html")]
struct DuplicatesPage {
    signed: Signed,
    pairs: Vec<Suspected>,
    count: u32,
    told_apart: bool,
}

/// A part in which the two differ.
struct Choice {
    name: &'static str,
    label: &'static str,
    /// Lines of the one and of the other.
    lines: [Vec<String>; 2],
    /// The other one's is chosen.
    other: bool,
    /// It is chosen since the kept one says nothing.
    filled: bool,
}

#[derive(Template)]
#[template(path = "desk/compare.html")]
struct ComparePage<'a> {
    signed: Signed,
    /// The one that stays, and the one that goes into it.
    both: [Whole; 2],
    choices: Vec<Choice>,
    same: Vec<&'static str>,
    reasons: Vec<String>,
    may_decide: bool,
    news: Option<String>,
    places: &'a Places,
}

impl ComparePage<'_> {
    fn state(&self, whole: &Whole) -> &'static str {
        state_in_words(whole.listing.status)
    }
    fn boroughs(&self, whole: &Whole) -> String {
        names(&whole.listing.boroughs, self.places)
    }
    fn confirmed(&self, whole: &Whole) -> String {
        let day = whole.listing.confirmed.map(|at| date_in_words(civil_now(at).date()));
        day.unwrap_or_else(|| "Not yet".to_owned())
    }
    fn here(&self) -> String {
        let [one, other] = &self.both;
        format!("/desk/duplicates/{}/{}", one.listing.id, other.listing.id)
    }
    fn turned(&self) -> String {
        let [one, other] = &self.both;
        format!("/desk/duplicates/{}/{}", other.listing.id, one.listing.id)
    }
}

pub async fn list(
    State(db): State<PgPool>,
    signed: Signed,
    Query(After { done }): Query<After>,
) -> Result<Response> {
    let scope = signed.account.rights.scope();
    let pairs = store::suspected(&db, &scope).await?;
    let count = store::count(&db, &scope).await?;
    let page = DuplicatesPage { signed, pairs, count, told_apart: done == "apart" };
    Ok(View(page).into_response())
}

/// Side by side: the one first named is kept.
pub async fn compare(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(pair): Path<OfPair>,
) -> Result<Response> {
    page(&db, &places, signed, &pair, (&Answers::default(), None), now).await
}

pub async fn merging(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(pair): Path<OfPair>,
    Typed(typed): Typed,
) -> Result<Response> {
    let [kept, other] = permits(&db, &places, &signed, &pair, &typed, now).await?;
    let from_other: BTreeSet<&str> = PARTS
        .iter()
        .map(|part| part.name)
        .filter(|name| typed.one(&format!("part-{name}")) == "other")
        .collect();
    let news = match (kept, other) {
        (Some(kept), Some(other)) => match merge(&db, [&kept, &other], &from_other, now).await? {
            Merged::Done(batch) => {
                let to = format!("/desk/batches/{batch}?done=done");
                return Ok(Redirect::to(&to).into_response());
            }
            Merged::MovedOn => None,
            Merged::NotAsTheyStand(why) => Some(why.to_owned()),
            Merged::Lacking(lacks) => {
                Some(format!("Merged so, it would lack something. {}", offers::advice(&lacks)))
            }
        },
        _ => None,
    };
    let news = news.unwrap_or_else(|| {
        "Somebody has changed one of them while you looked. You see them below as they are now; what you chose is \
         still chosen."
            .to_owned()
    });
    let page = page(&db, &places, signed, &pair, (&typed, Some(news)), now).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

pub async fn telling_apart(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(pair): Path<OfPair>,
) -> Result<Response> {
    let both = both(&db, &signed, &pair, now).await?;
    let permit = |whole: &Whole| {
        let seen = Seen { offer: whole.listing.id, revision: whole.listing.revision };
        signed.account.permit(seen, &whole.listing.boroughs, &places).ok_or(Error::Forbidden)
    };
    tell_apart(&db, [&permit(&both[0])?, &permit(&both[1])?], now).await?;
    Ok(Redirect::to("/desk/duplicates?done=apart").into_response())
}

/// What is out of scope does not exist, nor does an offer beside itself.
async fn both(db: &PgPool, signed: &Signed, pair: &OfPair, now: Timestamp) -> Result<[Whole; 2]> {
    if pair.one == pair.other {
        return Err(Error::NotFound);
    }
    Ok([found(db, signed, pair.one, now).await?, found(db, signed, pair.other, now).await?])
}

/// For both in the revisions that were looked at; `None` where one has another by now.
async fn permits(
    db: &PgPool,
    places: &Places,
    signed: &Signed,
    pair: &OfPair,
    typed: &Answers,
    now: Timestamp,
) -> Result<[Option<Permit<Seen>>; 2]> {
    let both = both(db, signed, pair, now).await?;
    let permit = |whole: &Whole, field: &str| -> Result<Option<Permit<Seen>>> {
        let seen =
            Seen { offer: whole.listing.id, revision: typed.one(field).parse().unwrap_or(0) };
        let permit = signed.account.permit(seen, &whole.listing.boroughs, places);
        let permit = permit.ok_or(Error::Forbidden)?;
        Ok(Some(permit).filter(|permit| permit.subject().revision == whole.listing.revision))
    };
    Ok([permit(&both[0], "revision")?, permit(&both[1], "other_revision")?])
}

async fn page(
    db: &PgPool,
    places: &Places,
    signed: Signed,
    pair: &OfPair,
    (typed, news): (&Answers, Option<String>),
    now: Timestamp,
) -> Result<Response> {
    let both = both(db, &signed, pair, now).await?;
    let mut told = [vec![], vec![]];
    for (told, whole) in told.iter_mut().zip(&both) {
        *told = all_told(db, &whole.content, places).await?;
    }
    let [kept, other] = [&both[0].content, &both[1].content];
    let (same, differ): (Vec<&Part>, Vec<&Part>) =
        PARTS.iter().partition(|part| part.is_same(kept, other));
    let lines = |part: &Part, told: &[Told], pictures: usize| -> Vec<String> {
        if part.name == "pictures" {
            return (pictures > 0).then(|| format!("{pictures} in all")).into_iter().collect();
        }
        let ours = |one: &&Told| {
            part.questions
                .iter()
                .any(|name| one.name == *name || one.name.starts_with(&format!("{name}-")))
        };
        told.iter().filter(ours).flat_map(|one| one.lines.clone()).collect()
    };
    let choices = differ.into_iter().map(|part| {
        let filled = part.is_filled_from(kept, other);
        let chosen = typed.one(&format!("part-{}", part.name));
        Choice {
            name: part.name,
            label: part.label,
            lines: [
                lines(part, &told[0], kept.images.len()),
                lines(part, &told[1], other.images.len()),
            ],
            other: chosen == "other" || chosen.is_empty() && filled,
            filled,
        }
    });
    let decides = |whole: &Whole| signed.account.rights.may_decide(&whole.listing.boroughs);
    let page = ComparePage {
        choices: choices.collect(),
        same: same.into_iter().map(|part| part.label).collect(),
        reasons: store::reasons(db, (pair.one, pair.other)).await?,
        may_decide: both.iter().all(decides),
        signed,
        both,
        news,
        places,
    };
    Ok(View(page).into_response())
}

async fn all_told(db: &PgPool, content: &offers::Content, places: &Places) -> Result<Vec<Told>> {
    let written = submissions::written(&mut *db.acquire().await?, content, places).await?;
    Ok(answered(&written, places))
}
