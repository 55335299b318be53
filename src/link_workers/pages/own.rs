//! One's own entry: exactly what everybody would see, saying yes to it, and putting it right.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;

use super::link::{Closed, Opened, Own, Whole};
use crate::{
    calendar::{Weekdays, civil_now, date_in_words},
    forms::{Answers, Mistakes},
    link_workers::{
        AnyState, Card, EmployerKind, Public, Role, Status,
        acts::{self, Done},
        read, written, year,
    },
    offers::Reader,
    pictures::Pictures,
    places::Places,
    topics::Language,
    training::{
        shown::{self, Kept, ShownOn, State as Shown},
        store::shown::{checked, kept},
    },
    web::{Error, Now, Query, Typed, View},
};

/// What was done last, to say so: `?said=saved`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct After {
    said: String,
}

#[derive(Template)]
#[template(path = "link_workers/own.html")]
pub struct OwnPage {
    own: Own,
    /// Those that it shows, or asks to show.
    trainings: Vec<Kept>,
    /// What everybody would see.
    card: Card,
    /// What only professionals would learn besides, after asking.
    kept_back: Option<Card>,
    said: Option<&'static str>,
    news: Option<String>,
    pub mistakes: Mistakes,
}

impl OwnPage {
    /// None where nothing is written yet.
    pub async fn of(db: &PgPool, own: Own, places: &Places) -> sqlx::Result<Option<Self>> {
        let Some(said) = own.one.latest().cloned() else { return Ok(None) };
        let id = own.one.known().id;
        let trainings = kept(db, &[id]).await?;
        let photographs = own.to("photograph");
        let keeps_back = said.keeps_back();
        let public = said.clone().public();
        let kept_back = keeps_back.then(|| Card::new(id, said, true, String::new(), places));
        let took_part = trainings.iter().filter(|one| one.state == Shown::Checked);
        let took_part = took_part.cloned().collect();
        let card = Card { took_part, ..Card::new(id, public, keeps_back, photographs, places) };
        let mistakes = Mistakes::default();
        Ok(Some(Self { own, trainings, card, kept_back, said: None, news: None, mistakes }))
    }
    fn status(&self) -> Status {
        self.own.one.status()
    }
    fn to(&self, page: &str) -> String {
        self.own.to(page)
    }
    fn version(&self) -> u32 {
        self.own.one.known().version
    }
    /// They wrote something that nobody sees yet.
    fn is_changed(&self) -> bool {
        self.own.one.known().draft.is_some()
    }
    /// What was changed since would have to be checked before everybody sees it.
    fn wants_a_look(&self) -> bool {
        match (&self.own.one, self.own.one.latest()) {
            (AnyState::Listed(one), Some(latest)) => one.details.wants_a_look(latest),
            _ => true,
        }
    }
    fn until(&self) -> String {
        match &self.own.one {
            AnyState::Listed(one) => day(one.until()),
            AnyState::Off(one) => year::last_day(one.state.since),
            _ => String::new(),
        }
    }
    fn proposed_by(&self) -> Option<String> {
        let by = self.own.one.known().proposed_by.as_ref()?;
        Some(crate::text::capitalised(by.as_str()))
    }
}

#[derive(Template)]
#[template(path = "link_workers/asked.html")]
struct AskedPage {
    card: Card,
}

/// The form, for themselves and for a coordinator who proposes somebody.
#[derive(Template)]
#[template(path = "link_workers/details.html")]
struct DetailsPage<'a> {
    own: Own,
    version: u32,
    typed: Answers,
    mistakes: Mistakes,
    news: Option<String>,
    places: &'a Places,
}

impl DetailsPage<'_> {
    fn to(&self, page: &str) -> String {
        self.own.to(page)
    }
    fn is_new(&self) -> bool {
        self.own.one.latest().is_none()
    }
}

pub async fn home(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    opened: Opened,
    Query(After { said }): Query<After>,
) -> Result<Response, Closed> {
    let own = match opened {
        Opened::Own(own) => own.whole()?,
        Opened::Asked(one) => {
            let took_part = checked(&db, &[one.known.id]).await?;
            let public = Public::new(one.known.id, one.details.clone(), Vec::new()).card(&places);
            let photographs = public.photographs.unwrap_or_default();
            let card = Card::new(one.known.id, one.details, false, photographs, &places);
            let card = Card { took_part, ..card };
            return Ok(View(AskedPage { card }).into_response());
        }
    };
    let to = own.to("details");
    let Some(page) = OwnPage::of(&db, own, &places).await? else {
        return Ok(Redirect::to(&to).into_response());
    };
    Ok(View(OwnPage { said: words(&said), ..page }).into_response())
}

pub async fn details(
    State(places): State<Arc<Places>>,
    Whole(own): Whole,
) -> Result<Response, Closed> {
    let known = own.one.known();
    let typed = match own.one.latest() {
        Some(said) => written(said, &places),
        None => {
            let mut typed = Answers::default();
            typed.set("email", known.email.as_str());
            typed.set("role", Role::LinkWorker.code());
            typed
        }
    };
    let (mistakes, version) = (Mistakes::default(), known.version);
    let page = DetailsPage { version, typed, mistakes, news: None, own, places: &places };
    Ok(View(page).into_response())
}

pub async fn save(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    Whole(own): Whole,
    Typed(typed): Typed,
) -> Result<Response, Closed> {
    let id = own.one.known().id;
    let details = match read(&typed, &places) {
        Ok(details) => details,
        Err(mistakes) => {
            let version = typed.one("version").parse().unwrap_or(0);
            let page = DetailsPage { version, typed, mistakes, news: None, own, places: &places };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response());
        }
    };
    let version = typed.one("version").parse().unwrap_or(0);
    match acts::save(&db, id, version, &details).await? {
        Done::Done => Ok(to(&own, "saved")),
        Done::Gone => Err(Closed::Unknown),
        Done::MovedOn | Done::Empty => {
            let news = "Your entry was changed in another window meanwhile. Look at what stands here. \
                        To keep it, save once more.";
            // From here on it is that version which was looked at.
            let version = own.one.known().version;
            let (mistakes, news) = (Mistakes::default(), Some(news.to_owned()));
            let page = DetailsPage { version, typed, mistakes, news, own, places: &places };
            Ok((StatusCode::CONFLICT, View(page)).into_response())
        }
    }
}

pub async fn agree(
    State(db): State<PgPool>,
    State(pictures): State<Pictures>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    Whole(own): Whole,
    Typed(typed): Typed,
) -> Result<Response, Closed> {
    let looked = (own.one.known().id, typed.one("version").parse().unwrap_or(0));
    match acts::agree(&db, &pictures, looked, &places, now).await? {
        Done::Done => Ok(to(&own, "agreed")),
        Done::Gone => Err(Closed::Unknown),
        Done::Empty => Ok(Redirect::to(&own.to("details")).into_response()),
        Done::MovedOn => {
            let page = OwnPage::of(&db, own, &places).await?.ok_or(Closed::Unknown)?;
            let news = "Your entry has changed since you opened this page. Look at it as it is now, then say yes.";
            let page = OwnPage { news: Some(news.to_owned()), ..page };
            Ok((StatusCode::CONFLICT, View(page)).into_response())
        }
    }
}

/// Takes a training off the entry, or back before it is there.
pub async fn take_off(
    State(db): State<PgPool>,
    Now(now): Now,
    Whole(own): Whole,
    Typed(typed): Typed,
) -> Result<Response, Closed> {
    let training = typed.one("id").parse().map_err(|_| Error::NotFound)?;
    let on = ShownOn::LinkWorker(own.one.known().id);
    let mut tx = db.begin().await?;
    shown::take_off(&mut tx, on, training, now).await?;
    tx.commit().await?;
    Ok(to(&own, "training"))
}

/// Back to the entry, where it is said what was done.
pub fn to(own: &Own, said: &str) -> Response {
    Redirect::to(&format!("{}?said={said}", own.to(""))).into_response()
}

fn words(said: &str) -> Option<&'static str> {
    Some(match said {
        "saved" => "Saved. Nobody sees it yet: look at it below, then say yes.",
        "agreed" => "Thank you. You have said yes.",
        "photograph" => {
            "Your photograph is kept. Nobody sees it yet: look at it below, then say yes."
        }
        "training" => "It is taken off.",
        "no-photograph" => "The photograph is away. Say yes below, so that everybody sees it so.",
        _ => return None,
    })
}

fn day(at: Timestamp) -> String {
    date_in_words(civil_now(at).date())
}
