//! What a search finds, on a map: a page of its own, so that the list stays as fast as it is.
use std::{collections::HashMap, sync::Arc};

use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::{IntoResponse, Redirect, Response},
};

use super::Tiles;
use crate::{
    calendar::civil_now,
    places::{Gss, Places},
    search::{
        Ask, Catalogue, Parameters, ask,
        map::{Map, Piece, Pin, Spot},
    },
    text::thousands,
    topics::Lexicon,
    web::{Now, View},
};

/// The parameter that says which piece of the map is looked at.
const PIECE: &str = "in";

#[derive(Template)]
#[template(path = "search/map.html")]
struct MapPage<'a> {
    /// What was asked, as a query.
    query: String,
    /// Only a piece of it is shown.
    is_piece: bool,
    total: usize,
    /// How many have a place, in the whole of it.
    placed: usize,
    map: Option<&'a Map>,
    /// Where no outlines are known.
    tiles: Option<Tiles<'a>>,
}

pub async fn map(
    State(catalogue): State<Arc<Catalogue>>,
    State(lexicon): State<Arc<Lexicon>>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    RawQuery(query): RawQuery,
) -> Response {
    let now = civil_now(now);
    let asked = Parameters::read(query.as_deref().unwrap_or_default());
    let piece = asked.first(PIECE).and_then(Piece::parse);
    let parameters = asked.without_all(PIECE);
    let Ok(Ask { criteria, parameters, .. }) = ask(&parameters, &lexicon, &places, now.date())
    else {
        // The list says what is not understood, and how to put it right.
        return Redirect::to(&parameters.address("/offers")).into_response();
    };
    let spots = catalogue.spots(&criteria, now);
    let shown: Vec<Spot> = match piece {
        Some(piece) => spots.placed.iter().filter(|one| piece.contains(one.1)).cloned().collect(),
        None => spots.placed.clone(),
    };
    let map = Map::of(&shown, &places);
    let tiles = places.outlines().is_empty().then(|| Tiles::new(&places, &by_borough(&shown)));
    let page = MapPage {
        query: parameters.on_page(1).to_query(),
        is_piece: shown.len() < spots.placed.len(),
        total: spots.total,
        placed: spots.placed.len(),
        map: map.as_ref(),
        tiles,
    };
    View(page).into_response()
}

impl MapPage<'_> {
    fn headline(&self) -> String {
        match self.total {
            0 => "Nothing to show on a map".into(),
            1 => "Where it is".into(),
            total => format!("Where {} offers are", thousands(total as u64)),
        }
    }

    /// The same as a list.
    fn list(&self) -> String {
        address("/offers", &self.query)
    }
    /// The whole map.
    fn whole(&self) -> String {
        address("/map", &self.query)
    }
    fn nearer(&self, piece: &Piece) -> String {
        self.with("/map", PIECE, &piece.to_string())
    }
    fn in_borough(&self, slug: &str) -> String {
        self.with("/offers", "borough", slug)
    }

    /// Where a pin leads: to its offer, a closer look, or its place in the list below.
    fn leads(&self, pin: &Pin, number: &usize) -> String {
        match (&pin.nearer, &pin.named[..]) {
            (Some(piece), _) => self.nearer(piece),
            (None, [only]) => format!("/offers/{}", only.slug),
            _ => format!("#place-{number}"),
        }
    }

    /// How many come to people, are online, or keep their place to themselves.
    fn elsewhere(&self) -> usize {
        self.total - self.placed
    }

    fn with(&self, page: &str, name: &str, value: &str) -> String {
        let pair = format!("{name}={value}");
        match self.query.is_empty() {
            true => format!("{page}?{pair}"),
            false => format!("{page}?{}&{pair}", self.query),
        }
    }
}

fn address(page: &str, query: &str) -> String {
    if query.is_empty() { page.to_owned() } else { format!("{page}?{query}") }
}

/// Of offers with a place, by the borough that looks after them.
fn by_borough(spots: &[Spot]) -> Vec<(Gss, usize)> {
    let mut counts: HashMap<Gss, usize> = HashMap::new();
    for gss in spots.iter().flat_map(|(card, _)| &card.boroughs) {
        *counts.entry(*gss).or_default() += 1;
    }
    counts.into_iter().collect()
}
