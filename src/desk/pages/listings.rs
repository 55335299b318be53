//! Every offer of one's boroughs: searched, narrowed, sorted, fifty on a page.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::names;
use crate::{
    accounts::pages::Signed,
    calendar::{civil_now, short_date, typed_date},
    desk::listings::{Listing, PER_PAGE, Sort, Wanted, state_in_words, store},
    offers::Status,
    places::{Borough, Places},
    web::{Now, Query, Result, View},
};

/// What an address of the listings may ask. What is not understood is left out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    q: String,
    state: String,
    borough: String,
    /// A day: only what nobody has confirmed since.
    since: String,
    sort: String,
    page: String,
}

#[derive(Template)]
#[template(path = "desk/listings.html")]
struct ListingsPage<'a> {
    signed: Signed,
    listings: Vec<Listing>,
    count: u32,
    page: u32,
    asked: Asked,
    sort: Sort,
    /// The day was typed in a way that is not understood.
    unread_day: bool,
    boroughs: Vec<&'a Borough>,
    places: &'a Places,
}

impl ListingsPage<'_> {
    fn names(&self, one: &Listing) -> String {
        names(&one.boroughs, self.places)
    }
    fn state(&self, one: &Listing) -> &'static str {
        state_in_words(one.status)
    }
    fn changed(&self, one: &Listing) -> String {
        short_date(civil_now(one.changed).date())
    }
    fn confirmed(&self, one: &Listing) -> String {
        let day = one.confirmed.map(|at| short_date(civil_now(at).date()));
        day.unwrap_or_else(|| "never".to_owned())
    }
    fn states(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        Status::ALL.into_iter().map(|one| (one.code(), state_in_words(one)))
    }
    fn pages(&self) -> u32 {
        self.count.div_ceil(PER_PAGE).max(1)
    }
    fn to(&self, page: u32) -> String {
        let Asked { q, state, borough, since, sort, .. } = &self.asked;
        let mut address = form_urlencoded::Serializer::new(String::new());
        let said = [("q", q), ("state", state), ("borough", borough), ("since", since)];
        for (name, value) in said.into_iter().chain([("sort", sort)]) {
            if !value.is_empty() {
                address.append_pair(name, value);
            }
        }
        address.append_pair("page", &page.to_string());
        format!("/desk/listings?{}", address.finish())
    }
    fn previous(&self) -> Option<String> {
        (self.page > 1).then(|| self.to(self.page.min(self.pages() + 1) - 1))
    }
    fn next(&self) -> Option<String> {
        (self.page < self.pages()).then(|| self.to(self.page + 1))
    }
}

pub async fn listings(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let scope = signed.account.rights.scope();
    let since = asked.since.trim();
    let day = typed_date(since, civil_now(now).date()).ok();
    let wanted = Wanted {
        words: Wanted::words_of(&asked.q),
        status: Status::parse(&asked.state),
        borough: places.borough_by_slug(&asked.borough).map(|one| one.gss),
        not_confirmed_since: day,
        sort: Sort::parse(&asked.sort).unwrap_or_default(),
    };
    let page: u32 = asked.page.parse().unwrap_or(1).max(1);
    let listings = store::page(&db, &scope, &wanted, page - 1).await?;
    let boroughs = places.boroughs().iter();
    let page = ListingsPage {
        count: store::count(&db, &scope, &wanted).await?,
        boroughs: boroughs.filter(|one| signed.account.rights.may_see(&[one.gss])).collect(),
        unread_day: day.is_none() && !since.is_empty(),
        sort: wanted.sort,
        places: &places,
        signed,
        listings,
        page,
        asked,
    };
    Ok(View(page).into_response())
}
