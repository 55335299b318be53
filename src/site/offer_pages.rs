//! The page of an offer: it stands here because it needs the catalogue, for what is related.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use sqlx::PgPool;

use super::Brief;
use crate::{
    calendar::civil_now,
    chosen::Shortlist,
    config::PublicUrl,
    offers::{
        Shown, Status,
        store::{self, Standing},
    },
    openings::Openings,
    reports,
    search::{Catalogue, Related, map::OneMap},
    stories::{self, Told},
    text::Slug,
    topics::Code,
    web::{ByPerson, DataBlock, Error, Now, Path, Result, View},
};

/// So many stories stand on its page.
const STORIES: usize = 2;

#[derive(Template)]
#[template(path = "offers/show.html")]
struct ShowPage<'a> {
    offer: Shown<'a>,
    /// What was chosen so far.
    list: Shortlist,
    said_closed: bool,
    related: &'a Related<'a>,
    /// The newest of them, and how many there are.
    stories: (Vec<Told>, usize),
    /// Where outlines are known and it has a place.
    map: Option<OneMap>,
    /// The same for programs.
    data: DataBlock,
}

impl ShowPage<'_> {
    fn other_times(&self) -> Vec<Brief<'_>> {
        Brief::all(&self.related.other_times)
    }
    fn gentler(&self) -> Vec<Brief<'_>> {
        Brief::all(self.related.gentler.as_slice())
    }
    fn bigger(&self) -> Vec<Brief<'_>> {
        Brief::all(self.related.bigger.as_slice())
    }
    fn same_provider(&self) -> Vec<Brief<'_>> {
        Brief::all(&self.related.same_provider)
    }
}

/// Of an offer that ran once, or will again.
#[derive(Template)]
#[template(path = "offers/away.html")]
struct AwayPage {
    offer: Standing,
    /// Its title as a search.
    search: String,
}

pub async fn show(
    State(db): State<PgPool>,
    State(catalogue): State<Arc<Catalogue>>,
    State(url): State<PublicUrl>,
    (State(openings), ByPerson(by_person)): (State<Openings>, ByPerson),
    Now(now): Now,
    (Path(slug), RawQuery(query)): (Path<String>, RawQuery),
) -> Result<Response> {
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    let mut db = db.acquire().await?;
    let (places, at, now) = (catalogue.places(), now, civil_now(now));
    if let Some(listed) = store::published(&mut db, &slug).await? {
        if by_person {
            openings.opened(listed.offer.id, now.date());
        }
        let said_closed =
            reports::store::is_said_to_be_closed(&mut *db, listed.offer.id, at).await?;
        let id = listed.offer.id;
        let stories = stories::store::shown::of_offer(&mut db, id, STORIES, now.date()).await?;
        let offer = Shown::new(&listed, places, &url, now);
        // The catalogue may be a moment behind.
        let related = catalogue.related(&slug, now).unwrap_or_default();
        let point = offer.point();
        let map = point.and_then(|point| OneMap::of(point, places));
        let data = DataBlock(offer.linked(url.as_str()));
        let pairs = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
        let (list, _) = Shortlist::read(&pairs.into_owned().collect::<Vec<_>>());
        let page = ShowPage { offer, list, said_closed, related: &related, stories, map, data };
        return Ok(View(page).into_response());
    }
    // Before what is told of an archived one: another may stand for it.
    if let Some(moved) = store::moved(&mut *db, &slug).await? {
        return Ok(Redirect::permanent(&format!("/offers/{moved}")).into_response());
    }
    Ok(away(store::standing(&mut *db, &slug).await?.ok_or(Error::NotFound)?))
}

/// A pause is not the end: search engines are to come again.
fn away(offer: Standing) -> Response {
    let status = match offer.status {
        Status::Archived => StatusCode::GONE,
        Status::Published if offer.ended => StatusCode::GONE,
        _ => StatusCode::OK,
    };
    let search = form_urlencoded::byte_serialize(offer.title.as_bytes()).collect();
    (status, View(AwayPage { offer, search })).into_response()
}
