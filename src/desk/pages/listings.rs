//! Every offer of one's boroughs: searched, narrowed, sorted, fifty on a page, and chosen to do something with many.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, civil::Date};
use sqlx::PgPool;

use super::names;
use crate::{
    accounts::pages::Signed,
    calendar::{civil_now, short_date, typed_date},
    desk::{
        bulk::{self, MOST},
        listings::{Key, Listing, Page, Sort, Turn, Wanted, state_in_words, store},
    },
    forms::Answers,
    offers::Status,
    places::{Borough, Places},
    web::{Now, Result, View},
};

/// What an address of the listings, or a form that speaks of them, may ask. What is not understood is left out.
pub struct Asked(Answers);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    From,
    Boroughs,
    State,
    Changed,
    Confirmed,
    Complete,
}

#[derive(Template)]
#[template(path = "desk/listings.html")]
struct ListingsPage<'a> {
    signed: Signed,
    found: Page,
    count: u32,
    asked: Asked,
    sort: Sort,
    columns: Vec<Column>,
    /// The day was typed in a way that is not understood.
    unread_day: bool,
    /// How many letters were written just now.
    letters: Option<u32>,
    boroughs: Vec<&'a Borough>,
    places: &'a Places,
}

impl Asked {
    const FIELDS: [&'static str; 5] = ["q", "state", "borough", "since", "sort"];

    pub fn of(typed: &Answers) -> Self {
        let ours = |field: &str| {
            Self::FIELDS.contains(&field) || ["col", "after", "before", "asked"].contains(&field)
        };
        Self(typed.only(ours))
    }

    fn one(&self, field: &str) -> &str {
        self.0.one(field)
    }

    pub fn wanted(&self, places: &Places, now: Timestamp) -> Wanted {
        Wanted {
            words: Wanted::words_of(self.one("q")),
            status: Status::parse(self.one("state")),
            borough: places.borough_by_slug(self.one("borough")).map(|one| one.gss),
            not_confirmed_since: self.day(now),
            sort: Sort::parse(self.one("sort")).unwrap_or_default(),
        }
    }

    /// Only what nobody has confirmed since that day.
    fn day(&self, now: Timestamp) -> Option<Date> {
        typed_date(self.one("since"), civil_now(now).date()).ok()
    }

    /// What an address says again on every page, with its values.
    fn again(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields =
            self.0.fields().filter(|(field, _)| Self::FIELDS.contains(field) || *field == "col");
        let pairs =
            fields.flat_map(|(field, values)| values.iter().map(move |one| (field, one.trim())));
        pairs.filter(|(_, value)| !value.is_empty())
    }
}

impl Column {
    const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::From, "from", "From"),
        (Self::Boroughs, "boroughs", "Boroughs"),
        (Self::State, "state", "State"),
        (Self::Changed, "changed", "Changed"),
        (Self::Confirmed, "confirmed", "Confirmed"),
        (Self::Complete, "complete", "Complete"),
    ];

    /// Those asked for; all of them where none is.
    fn of(asked: &Asked) -> Vec<Self> {
        let chosen = |code| !asked.0.stated("col") || asked.0.has("col", code);
        Self::ALL.into_iter().filter(|(_, code, _)| chosen(code)).map(|(one, ..)| one).collect()
    }
}

impl ListingsPage<'_> {
    fn cell(&self, one: &Listing, column: &Column) -> String {
        match column {
            Column::From => one.provider.clone(),
            Column::Boroughs => names(&one.boroughs, self.places),
            Column::State => state_in_words(one.status).to_owned(),
            Column::Changed => short_date(civil_now(one.changed).date()),
            Column::Confirmed => {
                let day = one.confirmed.map(|at| short_date(civil_now(at).date()));
                day.unwrap_or_else(|| "never".to_owned())
            }
            Column::Complete => format!("{} of 100", one.completeness),
        }
    }
    fn label(&self, column: &Column) -> &'static str {
        let all = Column::ALL.into_iter();
        all.filter(|(one, ..)| one == column).map(|(.., label)| label).next().unwrap_or_default()
    }
    /// Every column, its name in addresses, its label, and whether it is shown.
    fn all_columns(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        Column::ALL.into_iter().map(|(one, code, label)| (code, label, self.columns.contains(&one)))
    }
    fn states(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        Status::ALL.into_iter().map(|one| (one.code(), state_in_words(one)))
    }
    fn to(&self, way: &str, one: &Listing) -> String {
        let mut address = form_urlencoded::Serializer::new(String::new());
        address.extend_pairs(self.asked.again());
        address.append_pair(way, &Key::of(one, self.sort).to_string());
        format!("/desk/listings?{}", address.finish())
    }
    fn previous(&self) -> Option<String> {
        let first = self.found.listings.first().filter(|_| self.found.previous)?;
        Some(self.to("before", first))
    }
    fn next(&self) -> Option<String> {
        let last = self.found.listings.last().filter(|_| self.found.next)?;
        Some(self.to("after", last))
    }
    fn may_act(&self) -> bool {
        self.signed.account.rights.decides_somewhere()
    }
    fn acts(&self) -> &'static [(&'static str, &'static str)] {
        &bulk::Act::ALL
    }
    /// How many of all can be chosen at once.
    fn at_once(&self) -> u32 {
        self.count.min(MOST)
    }
}

pub async fn listings(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let scope = signed.account.rights.scope();
    let query = query.unwrap_or_default();
    let pairs = form_urlencoded::parse(query.as_bytes());
    let pairs = pairs.map(|(field, value)| (field.into_owned(), value.replace('\0', "")));
    let asked = Asked::of(&Answers::of(pairs));
    let wanted = asked.wanted(&places, now);
    let key = |way| Key::parse(asked.one(way), wanted.sort);
    let turn = match (key("after"), key("before")) {
        (Some(key), _) => Turn::After(key),
        (None, Some(key)) => Turn::Before(key),
        (None, None) => Turn::First,
    };
    let boroughs = places.boroughs().iter();
    let page = ListingsPage {
        found: store::page(&db, &scope, &wanted, &turn).await?,
        count: store::count(&db, &scope, &wanted).await?,
        boroughs: boroughs.filter(|one| signed.account.rights.may_see(&[one.gss])).collect(),
        unread_day: wanted.not_confirmed_since.is_none() && !asked.one("since").is_empty(),
        letters: asked.one("asked").parse().ok(),
        sort: wanted.sort,
        columns: Column::of(&asked),
        places: &places,
        signed,
        asked,
    };
    Ok(View(page).into_response())
}
