//! The search for programs: the same question, the same answer, as JSON.
use std::sync::Arc;

use axum::{
    Json,
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::{civil::Date, tz::Offset};
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{Ask, Catalogue, Counts, Found, Hit, Parameters, Problem, ask};
use crate::{
    calendar::{Session, civil_now},
    paging::PER_PAGE,
    places::{Metres, Places},
    topics::{Access, Code, Codes, Joining, Lexicon},
    web::Now,
};

pub async fn offers(
    State(catalogue): State<Arc<Catalogue>>,
    State(lexicon): State<Arc<Lexicon>>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    RawQuery(query): RawQuery,
) -> Response {
    let now = civil_now(now);
    let parameters = Parameters::read(query.as_deref().unwrap_or_default());
    match ask(&parameters, &lexicon, &places, now.date()) {
        Ok(asked) => {
            let found = catalogue.answer(&asked, now);
            Json(Answer::new(&asked, &found, &places)).into_response()
        }
        Err(problems) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Json(Refusal::of(&problems))).into_response()
        }
    }
}

/// What is not understood in a question.
#[derive(Serialize)]
struct Refusal<'a> {
    problems: Vec<Wrong<'a>>,
}

#[derive(Serialize)]
struct Wrong<'a> {
    name: &'a str,
    value: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Answer<'a> {
    understood: Vec<Piece<'a>>,
    total: usize,
    page: u32,
    pages: usize,
    /// Of just the name that was typed, where these are not among `offers`.
    called: Vec<Offer<'a>>,
    offers: Vec<Offer<'a>>,
    close: Vec<Near<'a>>,
    counts: Groups<'a>,
    loosen: Vec<Way<'a>>,
}

#[derive(Serialize)]
struct Piece<'a> {
    group: &'a str,
    code: &'a str,
    label: &'a str,
    words: &'a str,
}

#[derive(Serialize)]
struct Offer<'a> {
    slug: &'a str,
    title: &'a str,
    summary: &'a str,
    provider: &'a str,
    /// By name; where several look after it, the first.
    borough: Option<&'a str>,
    venue: Option<&'a str>,
    distance_km: Option<f64>,
    /// When it starts: "2026-07-07T10:30:00+01:00", so that both the instant and the clock in London can be read.
    next_session: Option<String>,
    /// In words.
    cost: &'a str,
    #[serde(serialize_with = "codes")]
    joining: Codes<Joining>,
    #[serde(serialize_with = "codes")]
    access: Codes<Access>,
    confirmed: Option<Date>,
    why: Vec<String>,
    not_stated: Vec<String>,
}

#[derive(Serialize)]
struct Near<'a> {
    #[serde(flatten)]
    offer: Offer<'a>,
    misses: [String; 1],
}

#[derive(Serialize)]
struct Count<'a> {
    code: &'a str,
    label: &'a str,
    offers: usize,
    chosen: bool,
}

#[derive(Serialize)]
struct Way<'a> {
    #[serde(flatten)]
    first: Gone<'a>,
    /// What must go besides, where one piece alone would bring nothing.
    also: Vec<Gone<'a>>,
    total: usize,
}

#[derive(Serialize)]
struct Gone<'a> {
    group: &'a str,
    code: Option<&'a str>,
}

/// Written as an object, in the order of the page.
struct Groups<'a>(&'a Counts<'a>);

impl<'a> Refusal<'a> {
    fn of(problems: &'a [Problem]) -> Self {
        let wrong =
            |one: &'a Problem| Wrong { name: &one.name, value: &one.value, message: &one.message };
        Self { problems: problems.iter().map(wrong).collect() }
    }
}

impl<'a> Answer<'a> {
    fn new(ask: &'a Ask, found: &'a Found<'a>, places: &'a Places) -> Self {
        let piece = |one: &'a super::Understood| Piece {
            group: one.group,
            code: &one.code,
            label: &one.label,
            words: &one.words,
        };
        let near = |one: &'a super::Close<'a>| Near {
            offer: Offer::new(&one.hit, places),
            misses: [one.miss.in_words(places)],
        };
        let way = |one: &'a super::Loosen| {
            let mut pieces = one
                .pieces
                .iter()
                .map(|piece| Gone { group: piece.group, code: piece.code.as_deref() });
            Some(Way { first: pieces.next()?, also: pieces.collect(), total: one.total })
        };
        Self {
            understood: ask.reading.understood.iter().map(piece).collect(),
            total: found.total,
            page: ask.criteria.page.number(),
            pages: found.total.div_ceil(PER_PAGE),
            called: found.called.iter().map(|hit| Offer::new(hit, places)).collect(),
            offers: found.hits.iter().map(|hit| Offer::new(hit, places)).collect(),
            close: found.close.iter().map(near).collect(),
            counts: Groups(&found.counts),
            loosen: found.loosen.iter().filter_map(way).collect(),
        }
    }
}

impl<'a> Offer<'a> {
    fn new(hit: &'a Hit<'a>, places: &'a Places) -> Self {
        let card = hit.card;
        let borough = card.boroughs.first().and_then(|gss| places.borough(*gss));
        let in_words = |pieces: &[super::Piece]| {
            pieces.iter().map(|piece| piece.in_words(places).into_owned()).collect()
        };
        Self {
            slug: card.slug.as_str(),
            title: card.title.as_str(),
            summary: card.summary.as_str(),
            provider: card.provider_name.as_str(),
            borough: borough.map(|one| one.name.as_str()),
            venue: card.place.as_deref(),
            distance_km: hit.distance.map(kilometres),
            next_session: hit.next.map(starts),
            cost: &card.cost_in_words,
            joining: card.joining,
            access: card.access_yes,
            confirmed: card.confirmed,
            why: in_words(&hit.why),
            not_stated: in_words(&hit.not_stated),
        }
    }
}

impl Serialize for Groups<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.groups.len()))?;
        for (name, counts) in &self.0.groups {
            let counts: Vec<Count<'_>> = counts
                .iter()
                .map(|one| Count {
                    code: &one.choice.code,
                    label: &one.choice.label,
                    offers: one.offers,
                    chosen: one.chosen,
                })
                .collect();
            map.serialize_entry(name, &counts)?;
        }
        map.end()
    }
}

fn codes<T: Code, S: Serializer>(codes: &Codes<T>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(codes.iter().map(Code::code))
}

fn starts(session: Session) -> String {
    let instant = session.starts_at();
    let by_the_clock = Offset::UTC.to_timestamp(session.starts).unwrap_or(instant);
    let ahead = by_the_clock.duration_since(instant).as_secs();
    let offset = i32::try_from(ahead).ok().and_then(|secs| Offset::from_seconds(secs).ok());
    instant.display_with_offset(offset.unwrap_or(Offset::UTC)).to_string()
}

/// To ten metres: a point says no more.
fn kilometres(metres: Metres) -> f64 {
    f64::from((metres + 5) / 10) / 100.0
}
