//! One offer: what can be done with it, and how often it was opened.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::PgPool;

use super::{After, Gazetteer, Mine, home::counted_from, said, to};
use crate::{
    calendar::{civil_now, date_in_words, typed_date},
    forms::{Answers, Mistakes},
    links::Purpose,
    mine::{
        Own,
        acts::{self, Act, Done},
        begin::{self, Begun},
        store,
    },
    offers::{OfferId, Status},
    stories::{self, StoryId},
    submissions::{self, Stage, Submission, pages::Closed},
    text::Line,
    topics::{Code, Places as Free},
    web::{Error, Now, Path, Query, Typed, View},
};

#[derive(Deserialize)]
pub struct OfOffer {
    offer: OfferId,
}

#[derive(Deserialize)]
pub struct OfAct {
    offer: OfferId,
    act: String,
}

#[derive(Template)]
#[template(path = "mine/offer.html")]
struct OfferPage<'a> {
    mine: &'a Mine,
    own: Own,
    /// What is told of it: the number and title of each story.
    stories: Vec<(StoryId, String)>,
    today: Date,
    said: Option<&'static str>,
    change: Option<Submission>,
    typed: &'a Answers,
    mistakes: Mistakes,
}

impl OfferPage<'_> {
    fn to(&self, act: &str) -> String {
        self.mine.to(&format!("offers/{}/{act}", self.own.id))
    }
    fn places(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        let said = self.own.places.map(|said| said.code);
        Free::ALL.iter().map(move |one| {
            let label = if *one == Free::Open { "Places are open" } else { one.label() };
            (one.code(), label, said == Some(*one))
        })
    }
    fn standing(&self, own: &Own) -> (&'static str, &'static str) {
        own.standing(self.today)
    }
    fn rests(&self) -> bool {
        self.own.status == Status::Paused || self.own.break_on(self.today).is_some()
    }
    fn day(&self, day: &Date) -> String {
        date_in_words(*day)
    }
    fn confirmed(&self) -> Option<String> {
        self.own.confirmed.map(|at| date_in_words(civil_now(at).date()))
    }
}

pub async fn offer(
    State(db): State<PgPool>,
    Now(now): Now,
    mine: Mine,
    Path(OfOffer { offer }): Path<OfOffer>,
    Query(After { said: code }): Query<After>,
) -> Result<Response, Closed> {
    let today = civil_now(now).date();
    let told = (said(&code), Mistakes::default());
    let page = page(&db, &mine, offer, &Answers::default(), told, today).await?;
    Ok(page)
}

/// Does one thing with it, and says so on its page.
pub async fn act(
    State(db): State<PgPool>,
    State(places): State<Gazetteer>,
    Now(now): Now,
    mine: Mine,
    Path(OfAct { offer, act }): Path<OfAct>,
    Typed(typed): Typed,
) -> Result<Response, Closed> {
    let person = &mine.person;
    let today = civil_now(now).date();
    let draft = |secret| to(&Purpose::Draft.path(&secret));
    let back = |code: &str| to(&mine.to(&format!("offers/{offer}?said={code}")));
    match act.as_str() {
        "change" => {
            let begun = begin::change(&db, person, offer, &places, now).await?;
            return Ok(match begun.ok_or(Closed::Unknown)? {
                Begun::Link(secret) => draft(secret),
                Begun::NotAsItStands => back("not-as-it-stands"),
            });
        }
        "copy" => {
            let copy = begin::copy(&db, person, offer, &places, now).await?;
            return Ok(draft(copy.ok_or(Closed::Unknown)?));
        }
        "still-true" => {
            let done = acts::confirm(&db, person, offer, now).await?;
            return Ok(match done.ok_or(Closed::Unknown)? {
                Done::Done => back("still-true"),
                Done::NotAsItStands => back("not-as-it-stands"),
            });
        }
        _ => {}
    }
    let (act, code) = match asked(&act, &typed, today) {
        Ok(Some(asked)) => asked,
        Ok(None) => return Err(Closed::Failed(Error::NotFound)),
        Err(mistakes) => {
            let page = page(&db, &mine, offer, &typed, (None, mistakes), today).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let done = acts::act(&db, person, offer, &act, &places, now).await?;
    Ok(match done.ok_or(Closed::Unknown)? {
        Done::Done => back(code),
        Done::NotAsItStands => back("not-as-it-stands"),
    })
}

/// What a form asks for, with the word for afterwards; `None` where there is no such form.
fn asked(act: &str, typed: &Answers, today: Date) -> Result<Option<(Act, &'static str)>, Mistakes> {
    let mut mistakes = Mistakes::default();
    let asked = match act {
        "break" => match typed.stated("until") {
            false => Some((Act::Pause { until: None }, "hidden")),
            true => last_day("until", typed, today, &mut mistakes)
                .map(|until| (Act::Pause { until: Some(until) }, "paused")),
        },
        "return" => Some((Act::GoOn, "goes-on")),
        "places" => match Free::parse(typed.one("places")) {
            Some(code) => Some((Act::Places(code), "places")),
            None => {
                mistakes.add("places", "Select whether there are places");
                None
            }
        },
        "last-day" => last_day("last_day", typed, today, &mut mistakes)
            .map(|last| (Act::EndAfter(last), "last-day")),
        "end" => match Line::parse(typed.one("why")) {
            Ok(why) => Some((Act::End { why }, "ended")),
            Err(_) if typed.stated("why") => {
                mistakes.add("why", "Say why it ends in one line of 500 characters or fewer");
                None
            }
            Err(_) => {
                mistakes.add("why", "Say why it ends, in a few words");
                None
            }
        },
        _ => return Ok(None),
    };
    if mistakes.is_empty() { Ok(asked) } else { Err(mistakes) }
}

/// A day from today on that somebody typed; else what to put right is added.
pub fn last_day(
    field: &str,
    typed: &Answers,
    today: Date,
    mistakes: &mut Mistakes,
) -> Option<Date> {
    match typed_date(typed.one(field), today) {
        Ok(day) if day >= today => Some(day),
        Ok(_) => {
            mistakes.add(field, "The day must be today or later");
            None
        }
        Err(_) => {
            let example = date_in_words(today.saturating_add(jiff::Span::new().days(28)));
            let (_, example) = example.split_once(' ').unwrap_or(("", &example));
            mistakes.add(field, format!("Enter the day as a date, like {example}"));
            None
        }
    }
}

async fn page(
    db: &PgPool,
    mine: &Mine,
    offer: OfferId,
    typed: &Answers,
    (said, mistakes): (Option<&'static str>, Mistakes),
    today: Date,
) -> Result<Response, Closed> {
    let own = store::own(db, &mine.person, Some(offer), counted_from(today)).await?.pop();
    let own = own.ok_or(Closed::Unknown)?;
    let change = submissions::store::change_of(&mut *db.acquire().await?, offer).await?;
    let stories = stories::store::desk::of_offer(db, offer).await?;
    let page = OfferPage { mine, own, stories, today, said, change, typed, mistakes };
    Ok(View(page).into_response())
}
