//! The search for people.
use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;

use super::page::{Around, guide::GuidePage, results::ResultsPage};
use super::{Ask, Catalogue, Found, Parameters, Problem, ask};
use crate::{
    calendar::civil_now,
    chosen::Change,
    places::Places,
    topics::Lexicon,
    web::{Error, Now, View},
};

pub async fn results(
    State(catalogue): State<Arc<Catalogue>>,
    State(lexicon): State<Arc<Lexicon>>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    RawQuery(query): RawQuery,
) -> Response {
    let now = civil_now(now);
    let around = Around { places: &places, today: now.date(), near: None, list: None };
    let (parameters, change) = Parameters::read_with_change(query.as_deref().unwrap_or_default());
    match change {
        // Back to the card that was chosen; from then on the address only says what is on the list.
        Some(Change::Made(slug)) => {
            return Redirect::to(&format!("/offers?{}#{slug}", parameters.to_query()))
                .into_response();
        }
        Some(Change::Full) => {
            let list = parameters.shortlist.to_query();
            return Redirect::to(&format!("/shortlist?{list}&full=1")).into_response();
        }
        None => {}
    }
    let asked = match ask(&parameters, &lexicon, &places, around.today) {
        Ok(asked) => asked,
        Err(problems) => {
            // The rest of the question still fills the form, so that nothing typed is lost.
            let Some(asked) = sound_rest(&parameters, &problems, &lexicon, &places, around.today)
            else {
                return Error::BadRequest("This search cannot be read".into()).into_response();
            };
            let counts = catalogue.find(&asked.criteria, now).counts;
            let (hits, called, close, loosen) = (vec![], vec![], vec![], vec![]);
            let found = Found { total: 0, hits, called, close, counts, loosen };
            let page = ResultsPage::new(&parameters, &asked, &problems, &found, around);
            return (StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response();
        }
    };
    if let Some(tidy) = parameters.canonical(&asked) {
        return Redirect::to(&format!("/offers?{}", tidy.to_query())).into_response();
    }
    let found = catalogue.answer(&asked, now);
    View(ResultsPage::new(&parameters, &asked, &[], &found, around)).into_response()
}

/// What is asked without what is wrong. Without a place that is not known, its distance is wrong as well.
fn sound_rest(
    parameters: &Parameters,
    problems: &[Problem],
    lexicon: &Lexicon,
    places: &Places,
    today: Date,
) -> Option<Ask> {
    let without = |rest: Parameters, problems: &[Problem]| {
        problems.iter().fold(rest, |rest, one| rest.without(&one.name, one.value.trim()))
    };
    let rest = without(parameters.clone(), problems);
    let sound = ask(&rest, lexicon, places, today);
    let sound = sound.or_else(|more| ask(&without(rest, &more), lexicon, places, today));
    sound.or_else(|_| ask(&Parameters::default(), lexicon, places, today)).ok()
}

pub async fn guide(State(places): State<Arc<Places>>) -> impl IntoResponse {
    View(GuidePage { places: &places }).into_response()
}
