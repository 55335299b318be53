//! Link workers at the desk: the list of them, one beside whom it serves, and proposing somebody.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::{After, Said, moment, names};
use crate::{
    accounts::{Permit, pages::Signed},
    calendar::Weekdays,
    forms::{Answers, Mistakes},
    link_workers::{
        AnyState, Card, EmployerKind, LinkWorkerId, Role, Status,
        acts::desk::{self as acts, Looked, Outcome, Proposal},
        pages::photograph_of,
        read,
        store::{
            self,
            desk::{InList, Wanted},
        },
    },
    paging::PageNumber,
    pictures::Pictures,
    places::{Borough, Places},
    text::{Email, Text},
    topics::Language,
    web::{Error, Now, Path, Query, Result, Typed, View},
};

/// What an address of the list may ask. What is not understood is left out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    state: String,
    borough: String,
    page: String,
    done: String,
}

#[derive(Template)]
#[template(path = "desk/link_workers.html")]
struct ListPage<'a> {
    signed: Signed,
    all: Vec<InList>,
    count: usize,
    /// So many wait to be checked, whatever is asked for.
    waiting: usize,
    page: PageNumber,
    asked: Asked,
    done: Option<&'static str>,
    boroughs: Vec<&'a Borough>,
    places: &'a Places,
}

impl ListPage<'_> {
    fn names(&self, one: &InList) -> String {
        names(&one.boroughs, self.places)
    }
    fn since(&self, one: &InList) -> String {
        moment(one.since)
    }
    fn to(&self, page: Option<PageNumber>) -> Option<String> {
        let Asked { state, borough, .. } = &self.asked;
        let mut address = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("state", state), ("borough", borough)] {
            if !value.is_empty() {
                address.append_pair(name, value);
            }
        }
        address.append_pair("page", &page?.number().to_string());
        Some(format!("/desk/link-workers?{}", address.finish()))
    }
}

pub async fn list(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let rights = &signed.account.rights;
    let scope = rights.scope();
    let wanted = Wanted {
        status: Status::at_desk(&asked.state),
        borough: places.borough_by_slug(&asked.borough).map(|one| one.gss),
    };
    let page = asked.page.parse().ok().and_then(PageNumber::new).unwrap_or_default();
    let mut db = db.acquire().await?;
    let (all, count) = store::desk::page(&mut db, &scope, wanted, page).await?;
    let waiting = store::desk::waiting(&mut *db, &scope).await?;
    let boroughs = places.boroughs().iter().filter(|one| rights.may_see(&[one.gss])).collect();
    let done = done(&asked.done);
    let places = &places;
    Ok(View(ListPage { signed, all, count, waiting, page, asked, done, boroughs, places })
        .into_response())
}

#[derive(Deserialize)]
pub struct OfWorker {
    worker: LinkWorkerId,
}

#[derive(Template)]
#[template(path = "desk/link_worker.html")]
struct OnePage {
    signed: Signed,
    one: AnyState,
    /// All they said, for professionals too.
    card: Card,
    may_decide: bool,
    said: Said,
}

impl OnePage {
    fn status(&self) -> Status {
        self.one.status()
    }
    fn version(&self) -> u32 {
        self.one.known().version
    }
    fn since(&self) -> String {
        moment(match &self.one {
            AnyState::Begun(known) => known.made,
            AnyState::Proposed(one) => one.known.made,
            AnyState::Agreed(one) => one.state.at,
            AnyState::Listed(one) => one.state.checked,
            AnyState::Off(one) => one.state.since,
        })
    }
    fn until(&self) -> Option<String> {
        match &self.one {
            AnyState::Listed(one) => Some(moment(one.until())),
            _ => None,
        }
    }
}

pub async fn one(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Path(OfWorker { worker }): Path<OfWorker>,
    Query(after): Query<After>,
) -> Result<Response> {
    let one = found(&db, &signed, worker).await?;
    let said = Said { done: done(&after.done), ..Said::default() };
    page(signed, one, said, &places)
}

pub async fn photograph(
    State(db): State<PgPool>,
    State(pictures): State<Pictures>,
    signed: Signed,
    Path((worker, file)): Path<(LinkWorkerId, String)>,
) -> Result<Response> {
    let one = found(&db, &signed, worker).await?;
    let photograph = one.details().and_then(|said| said.photograph);
    photograph_of(&db, &pictures, photograph, &file).await
}

#[derive(Deserialize)]
pub struct OfAct {
    worker: LinkWorkerId,
    act: String,
}

pub async fn act(
    State(db): State<PgPool>,
    State(pictures): State<Pictures>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfAct { worker, act }): Path<OfAct>,
    Typed(typed): Typed,
) -> Result<Response> {
    let one = found(&db, &signed, worker).await?;
    let looked = Looked { link_worker: worker, version: typed.one("version").parse().unwrap_or(0) };
    let boroughs = &one.known().boroughs;
    let permit: Permit<Looked> =
        signed.account.permit(looked, boroughs, &places).ok_or(Error::Forbidden)?;
    let outcome = match act.as_str() {
        "check" => acts::check(&db, &permit, now).await?,
        "asking" => acts::ask_again(&db, &permit, now).await?,
        "taking-back" => acts::take_back(&db, &pictures, &permit, now).await?,
        "removal" => match Text::parse(typed.raw("why")) {
            Ok(why) => acts::take_off(&db, &permit, &why, now).await?,
            Err(_) => {
                let mut mistakes = Mistakes::default();
                mistakes.add("why", "Say why, in no more than 500 letters: they read it");
                let said = Said::wrong(typed, mistakes);
                let page = page(signed, one, said, &places)?;
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
            }
        },
        _ => return Err(Error::NotFound),
    };
    let news = match outcome {
        Outcome::Done if act == "taking-back" => {
            return Ok(Redirect::to("/desk/link-workers?done=taking-back").into_response());
        }
        Outcome::Done => {
            let to = format!("/desk/link-workers/{worker}?done={act}");
            return Ok(Redirect::to(&to).into_response());
        }
        Outcome::MovedOn => "It has changed while you looked at it. You see it below as it is now.",
        Outcome::NotAsItStands => "This cannot be done with it as it stands.",
        Outcome::JustAsked => "They had an email within the last day. Wait until tomorrow.",
    };
    let one = found(&db, &signed, worker).await?;
    let said = Said { typed, news: Some(news.to_owned()), ..Said::default() };
    Ok((StatusCode::CONFLICT, page(signed, one, said, &places)?).into_response())
}

#[derive(Template)]
#[template(path = "desk/link_worker_proposal.html")]
struct ProposalPage<'a> {
    signed: Signed,
    typed: Answers,
    mistakes: Mistakes,
    places: &'a Places,
}

pub async fn proposal(State(places): State<Arc<Places>>, signed: Signed) -> Result<Response> {
    if !signed.account.rights.decides_somewhere() {
        return Err(Error::Forbidden);
    }
    let mut typed = Answers::default();
    typed.set("role", Role::LinkWorker.code());
    let mistakes = Mistakes::default();
    Ok(View(ProposalPage { signed, typed, mistakes, places: &places }).into_response())
}

pub async fn propose(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    if !signed.account.rights.decides_somewhere() {
        return Err(Error::Forbidden);
    }
    let mut mistakes = Mistakes::default();
    let email = Email::of_person(typed.one("letters_to")).map_err(|_| {
        mistakes.add("letters_to", "Enter the address where we ask them, like name@example.org");
    });
    let details = read(&typed, &places).map_err(|wrong| {
        wrong.iter().for_each(|one| mistakes.add(&one.field, &one.message));
    });
    if let (Ok(email), Ok(details)) = (email, details) {
        let boroughs = details.all_boroughs(&places);
        match signed.account.permit((email, details), &boroughs, &places) {
            None => mistakes.add("borough", "Name at least one of the boroughs you look after"),
            Some(permit) => match acts::propose_one(&db, &permit, &places, now).await? {
                Proposal::Made(id) => {
                    let to = format!("/desk/link-workers/{id}?done=proposed");
                    return Ok(Redirect::to(&to).into_response());
                }
                Proposal::Known => mistakes.add(
                    "letters_to",
                    "Somebody with this address has an entry, or has begun one",
                ),
                Proposal::Refused => mistakes.add(
                    "letters_to",
                    "Whoever has this address did not wish to be listed, or did not answer. They can still join by themselves",
                ),
            },
        }
    }
    let page = View(ProposalPage { signed, typed, mistakes, places: &places });
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What is out of scope does not exist, and what nobody has written yet neither.
async fn found(db: &PgPool, signed: &Signed, id: LinkWorkerId) -> Result<AnyState> {
    let one = store::found(db, id).await?.ok_or(Error::NotFound)?;
    let seen = signed.account.rights.may_see(&one.known().boroughs);
    if !seen || one.status() == Status::Begun {
        return Err(Error::NotFound);
    }
    Ok(one)
}

fn page(signed: Signed, one: AnyState, said: Said, places: &Places) -> Result<Response> {
    let details = one.details().ok_or(Error::NotFound)?.clone();
    let (id, boroughs) = (one.known().id, &one.known().boroughs);
    let photographs = format!("/desk/link-workers/{id}/photograph");
    let card = Card::new(id, details, false, photographs, places);
    let may_decide = signed.account.rights.may_decide(boroughs);
    Ok(View(OnePage { signed, one, card, may_decide, said }).into_response())
}

fn done(act: &str) -> Option<&'static str> {
    Some(match act {
        "proposed" => "The email is on its way. Nobody sees the entry until they say yes.",
        "check" => "They are listed now. An email tells them.",
        "asking" => "They are asked again.",
        "removal" => "It is off the list. An email tells them why.",
        "taking-back" => "The proposal is taken back, and all of it deleted.",
        _ => return None,
    })
}
