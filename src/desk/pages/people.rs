//! People: who may come in, for what, and who says so.
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

use super::moment;
use crate::{
    accounts::{
        Account, AccountId, Listed, Rights, Role, Scope, Session,
        pages::Signed,
        people::{Guest, Managed, Manager, Refused},
        second_factor,
        store::{self, Which},
    },
    forms::{Answers, Mistakes},
    places::{Borough, Places},
    text::{Email, Line},
    web::{Error, Now, Path, Query, Result, Typed, View},
};

/// What was done last, to say so.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    done: String,
}

impl Asked {
    fn words(&self) -> Option<&'static str> {
        Some(match self.done.as_str() {
            "invited" => "They are invited. An email tells them how to sign in.",
            "changed" => "What they may do is changed.",
            "ended" => "The account has ended. They are signed out everywhere.",
            "returned" => "They are let in again. An email tells them.",
            "factor-reset" => {
                "Their second factor is gone. They can sign in without it and set it up again."
            }
            "signed-out" => "They are signed out there.",
            _ => return None,
        })
    }
}

#[derive(Template)]
#[template(path = "desk/people.html")]
struct ListPage<'a> {
    signed: Signed,
    people: Vec<Listed>,
    done: Option<&'static str>,
    places: &'a Places,
}

impl ListPage<'_> {
    fn at(&self, at: &Timestamp) -> String {
        moment(*at)
    }
    fn last(&self, one: &Listed) -> String {
        one.signed_in.map_or("never".to_owned(), moment)
    }
}

pub async fn list(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let over = signed.account.rights.manages().ok_or(Error::Forbidden)?;
    let people = store::people::listed(&mut *db.acquire().await?, &over).await?;
    Ok(View(ListPage { signed, people, done: asked.words(), places: &places }).into_response())
}

/// The page of an invitation, and that of one account.
#[derive(Template)]
#[template(path = "desk/person.html")]
struct PersonPage<'a> {
    /// Those whose rights are theirs to give.
    boroughs: Vec<&'a Borough>,
    /// None for an invitation.
    subject: Option<Account>,
    /// Whether it is theirs to end and to let in again.
    whole: bool,
    sessions: Vec<Session>,
    /// A second factor is asked for, and whoever reads may take it away.
    guarded: bool,
    typed: Answers,
    mistakes: Mistakes,
    done: Option<&'static str>,
    places: &'a Places,
    signed: Signed,
}

impl PersonPage<'_> {
    fn at(&self, at: &Timestamp) -> String {
        moment(*at)
    }
    fn role(&self, borough: &Borough) -> &str {
        self.typed.one(&role_of(borough))
    }
    fn wrong(&self, borough: &Borough) -> Option<&str> {
        self.mistakes.of(&role_of(borough))
    }
    fn is_oneself(&self, account: &Account) -> bool {
        account.id == self.signed.account.id
    }
}

#[derive(Deserialize)]
pub struct OfAccount {
    pub account: AccountId,
}

pub async fn form(State(places): State<Arc<Places>>, signed: Signed) -> Result<Response> {
    let over = signed.account.rights.manages().ok_or(Error::Forbidden)?;
    Ok(View(invitation(&places, signed, &over, Answers::default())).into_response())
}

pub async fn invite(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    let over = signed.account.rights.manages().ok_or(Error::Forbidden)?;
    let mut mistakes = Mistakes::default();
    let name = Line::parse(typed.one("name")).map_err(|_| {
        mistakes.add("name", "Enter their name, in no more than 100 letters");
    });
    let email = Email::of_person(typed.one("email")).map_err(|_| {
        mistakes.add("email", "Enter their email address, like name@example.org");
    });
    let rights = given(&typed, &over, &places, &mut mistakes)?;
    if rights == Rights::default() && mistakes.of("borough").is_none() {
        mistakes.add("borough", nothing(&over));
    }
    if let (Ok(email), Ok(name), true) = (email, name, mistakes.is_empty()) {
        let manager = Manager::of(&db, signed.account.id).await?.ok_or(Error::Forbidden)?;
        let guest = Guest { email, name, rights };
        match manager.invite(&guest, &places, now).await? {
            Ok(_) => return Ok(Redirect::to("/desk/people?done=invited").into_response()),
            Err(Refused::Known(_)) => mistakes.add(
                "email",
                "Somebody has an account with this address. Find them in the list of people, and change what they may do there",
            ),
            Err(Refused::Elsewhere) => mistakes.add(
                "email",
                "The account of this address has ended. Ask an administrator to let them in again",
            ),
            Err(_) => return Err(Error::Forbidden),
        }
    }
    let page = PersonPage { mistakes, ..invitation(&places, signed, &over, typed) };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
}

pub async fn one(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfAccount { account }): Path<OfAccount>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let page = person(&db, &places, signed, account, now).await?;
    Ok(View(PersonPage { done: asked.words(), ..page }).into_response())
}

pub async fn change(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfAccount { account }): Path<OfAccount>,
    Typed(typed): Typed,
) -> Result<Response> {
    let managed = managed(&db, &signed, account).await?;
    let over = signed.account.rights.manages().ok_or(Error::Forbidden)?;
    let mut mistakes = Mistakes::default();
    let rights = given(&typed, &over, &places, &mut mistakes)?;
    if mistakes.is_empty() {
        let wrong = match managed.change(&rights, &places, now).await? {
            Ok(()) => return Ok(back(account, "changed")),
            Err(Refused::Oneself) => {
                "You cannot take rights from yourself. Ask another administrator or coordinator"
            }
            Err(Refused::Nothing) => nothing(&over),
            Err(Refused::Ended) => "The account has ended. Let them in again first",
            Err(_) => return Err(Error::Forbidden),
        };
        mistakes.add("borough", wrong);
    }
    refused(person(&db, &places, signed, account, now).await?, Some(typed), mistakes)
}

pub async fn end(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfAccount { account }): Path<OfAccount>,
) -> Result<Response> {
    match managed(&db, &signed, account).await?.end(now).await? {
        Ok(()) => Ok(back(account, "ended")),
        Err(Refused::Oneself) => {
            let mut mistakes = Mistakes::default();
            let words = "You cannot end your own account. Ask another administrator or coordinator";
            mistakes.add("ending", words);
            refused(person(&db, &places, signed, account, now).await?, None, mistakes)
        }
        Err(_) => Err(Error::Forbidden),
    }
}

pub async fn let_in(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfAccount { account }): Path<OfAccount>,
) -> Result<Response> {
    match managed(&db, &signed, account).await?.let_in(&places, now).await? {
        Ok(()) => Ok(back(account, "returned")),
        Err(_) => Err(Error::Forbidden),
    }
}

#[derive(Deserialize)]
pub struct OfSession {
    account: AccountId,
    which: String,
}

pub async fn end_sessions(
    State(db): State<PgPool>,
    signed: Signed,
    Now(now): Now,
    Path(OfSession { account, which }): Path<OfSession>,
) -> Result<Response> {
    let managed = managed(&db, &signed, account).await?;
    let which = match which.as_str() {
        "all" => Which::All,
        id => Which::One(id.parse().map_err(|_| Error::NotFound)?),
    };
    match managed.end_sessions(which, now).await? {
        Ok(()) => Ok(back(account, "signed-out")),
        Err(_) => Err(Error::Forbidden),
    }
}

/// Who decides nowhere may not; whom one does not see does not exist.
pub async fn managed(db: &PgPool, signed: &Signed, account: AccountId) -> Result<Managed> {
    let manager = Manager::of(db, signed.account.id).await?.ok_or(Error::Forbidden)?;
    manager.over(account).await?.ok_or(Error::NotFound)
}

fn back(account: AccountId, done: &str) -> Response {
    Redirect::to(&format!("/desk/people/{account}?done={done}")).into_response()
}

fn refused(page: PersonPage<'_>, typed: Option<Answers>, mistakes: Mistakes) -> Result<Response> {
    let typed = typed.unwrap_or_else(|| page.typed.clone());
    let page = PersonPage { typed, mistakes, ..page };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
}

async fn person<'a>(
    db: &PgPool,
    places: &'a Places,
    signed: Signed,
    id: AccountId,
    now: Timestamp,
) -> Result<PersonPage<'a>> {
    let over = signed.account.rights.manages().ok_or(Error::Forbidden)?;
    let subject = store::people::within(db, &over, id).await?.ok_or(Error::NotFound)?;
    let sessions = match signed.account.rights.administrator {
        true => store::sessions(db, id, now).await?,
        false => Vec::new(),
    };
    let typed = as_typed(&subject.rights, places);
    let whole = over.holds_all_of(&subject.rights);
    let page = invitation(places, signed, &over, typed);
    let factor = second_factor::store::factor(db, id).await?;
    let guarded = page.signed.account.rights.administrator && id != page.signed.account.id;
    let guarded = guarded && factor.is_some_and(|factor| factor.since.is_some());
    Ok(PersonPage { subject: Some(subject), whole, sessions, guarded, ..page })
}

fn invitation<'a>(
    places: &'a Places,
    signed: Signed,
    over: &Scope,
    typed: Answers,
) -> PersonPage<'a> {
    let boroughs = places.boroughs().iter().filter(|one| is_within(over, one)).collect();
    let (mistakes, sessions) = (Mistakes::default(), Vec::new());
    PersonPage {
        boroughs,
        subject: None,
        whole: true,
        sessions,
        guarded: false,
        typed,
        mistakes,
        done: None,
        places,
        signed,
    }
}

/// The rights as the form holds them.
fn as_typed(rights: &Rights, places: &Places) -> Answers {
    let mut typed = Answers::default();
    if rights.administrator {
        typed.set("administrator", "yes");
    }
    for (gss, role) in &rights.boroughs {
        if let Some(borough) = places.borough(*gss) {
            typed.add("borough", borough.slug.as_str());
            let role = if *role == Role::Coordinator { "coordinator" } else { "reader" };
            typed.set(&role_of(borough), role);
        }
    }
    typed
}

/// The rights that were chosen, with every mistake. What the page does not offer is not for them to give.
fn given(
    typed: &Answers,
    over: &Scope,
    places: &Places,
    mistakes: &mut Mistakes,
) -> Result<Rights> {
    let mut rights = Rights { administrator: typed.stated("administrator"), ..Rights::default() };
    for slug in typed.all("borough") {
        let borough = places.borough_by_slug(slug).filter(|one| is_within(over, one));
        let gss = borough.ok_or(Error::Forbidden)?.gss;
        rights.boroughs.insert(gss, Role::Reader);
    }
    if !over.holds_all_of(&rights) {
        return Err(Error::Forbidden);
    }
    for borough in places.boroughs() {
        let (field, name) = (role_of(borough), &borough.name);
        match (rights.boroughs.get_mut(&borough.gss), typed.one(&field)) {
            (Some(role), "coordinator") => *role = Role::Coordinator,
            (Some(_), "reader") | (None, "") => {}
            (Some(_), _) => mistakes.add(field, format!("Choose what they may do in {name}")),
            (None, _) => mistakes.add(field, format!("Tick {name}, or choose nothing beside it")),
        }
    }
    Ok(rights)
}

fn nothing(over: &Scope) -> &'static str {
    match over {
        Scope::Everything => "Tick a borough, or that they are an administrator",
        Scope::Of(_) => "Tick at least one borough",
    }
}

fn is_within(over: &Scope, borough: &Borough) -> bool {
    match over {
        Scope::Everything => true,
        Scope::Of(own) => own.contains(&borough.gss),
    }
}

/// The name of the field.
fn role_of(borough: &Borough) -> String {
    format!("as-{}", borough.slug)
}
