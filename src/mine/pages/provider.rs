//! One provider: what it says of itself, and who looks after it.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use sqlx::PgPool;
use uuid::Uuid;

use super::{After, Gazetteer, Mine, said, to};
use crate::{
    calendar::{civil_now, date_in_words},
    forms::{Answers, Mistakes},
    limits::{self, Doer, Limit},
    links::Purpose,
    mine::{
        Invitation, Looked,
        begin::{self, Begun},
        people::{self, Left},
        store, trainings,
    },
    providers::{self, ProviderId},
    submissions::pages::Closed,
    text::Email,
    training::{
        shown::{Kept, State as Shown},
        store::shown,
    },
    web::{Client, Error, Now, Path, Query, Typed, View},
};

const OF_NETWORK: Limit = Limit { thing: "invite: network", times: 30, minutes: 60 };
const OF_PERSON: Limit = Limit { thing: "invite: email", times: 10, minutes: 60 };
/// Each one is a letter to somebody who has not asked for it.
const OF_INVITED: Limit = Limit { thing: "invited: email", times: 3, minutes: 24 * 60 };

#[derive(Deserialize)]
pub struct OfProvider {
    provider: ProviderId,
}

#[derive(Deserialize)]
pub struct OfAct {
    provider: ProviderId,
    act: String,
}

#[derive(Template)]
#[template(path = "mine/provider.html")]
struct ProviderPage<'a> {
    mine: &'a Mine,
    provider: Looked,
    said: Option<&'static str>,
    people: Vec<(Email, Timestamp)>,
    invitations: Vec<Invitation>,
    profile_in_hand: bool,
    trainings: Vec<Kept>,
    typed: &'a Answers,
    mistakes: Mistakes,
}

impl ProviderPage<'_> {
    fn to(&self, act: &str) -> String {
        self.mine.to(&format!("providers/{}/{act}", self.provider.id))
    }
    fn is_me(&self, email: &Email) -> bool {
        email == self.mine.person.email()
    }
    fn day(&self, at: &Timestamp) -> String {
        date_in_words(day(*at))
    }
    fn until(&self, invitation: &Invitation) -> String {
        date_in_words(day(invitation.made + Purpose::Invitation.lasts()))
    }
}

pub async fn provider(
    State(db): State<PgPool>,
    Now(now): Now,
    mine: Mine,
    Path(OfProvider { provider }): Path<OfProvider>,
    Query(After { said: code }): Query<After>,
) -> Result<Response, Closed> {
    let told = (said(&code), Mistakes::default());
    page(&db, &mine, provider, &Answers::default(), told, now).await
}

/// Changes who looks after it, or begins to change what it says of itself.
pub async fn change(
    State(db): State<PgPool>,
    State(places): State<Gazetteer>,
    client: Client,
    Now(now): Now,
    mine: Mine,
    Path(OfAct { provider, act }): Path<OfAct>,
    Typed(typed): Typed,
) -> Result<Response, Closed> {
    let person = &mine.person;
    let back = |code: &str| to(&mine.to(&format!("providers/{provider}?said={code}")));
    match act.as_str() {
        "profile" => {
            let begun = begin::profile(&db, person, provider, &places, now).await?;
            Ok(match begun.ok_or(Closed::Unknown)? {
                Begun::Link(secret) => to(&Purpose::Draft.path(&secret)),
                Begun::NotAsItStands => back("not-as-it-stands"),
            })
        }
        "invitation" => match invite(&db, &mine, provider, client, &typed, now).await? {
            Ok(()) => Ok(back("invited")),
            Err((status, mistakes)) => {
                let page = page(&db, &mine, provider, &typed, (None, mistakes), now).await?;
                Ok((status, page).into_response())
            }
        },
        "taken-back" => {
            let id = Uuid::try_parse(typed.one("id")).map_err(|_| Closed::Unknown)?;
            let taken_back = people::take_back(&db, person, provider, id, now).await?;
            taken_back.ok_or(Closed::Unknown)?;
            Ok(back("taken-back"))
        }
        "training-removal" => {
            let id = Uuid::try_parse(typed.one("id")).map_err(|_| Closed::Unknown)?;
            let taken_off = trainings::take_off(&db, person, provider, id, now).await?;
            taken_off.ok_or(Closed::Unknown)?;
            Ok(back("training-off"))
        }
        "removal" => {
            let email = Email::of_person(typed.one("email")).map_err(|_| Closed::Unknown)?;
            let left = people::remove(&db, person, provider, &email, now).await?;
            Ok(match left.ok_or(Closed::Unknown)? {
                Left::LastOne => back("last-one"),
                Left::Left if email != *person.email() => back("removed"),
                Left::Left => match person.only() {
                    // The link was for this provider, and opens nothing any more.
                    Some(_) => to("/mine"),
                    None => to(&mine.to("?said=left")),
                },
            })
        }
        _ => Err(Closed::Failed(Error::NotFound)),
    }
}

async fn invite(
    db: &PgPool,
    mine: &Mine,
    provider: ProviderId,
    client: Client,
    typed: &Answers,
    now: Timestamp,
) -> Result<Result<(), (StatusCode, Mistakes)>, Closed> {
    let person = &mine.person;
    let mut mistakes = Mistakes::default();
    let email = Email::of_person(typed.one("email"));
    if email.is_err() {
        mistakes.add("email", "Enter an email address, like name@example.org");
    }
    let hand_over = match typed.one("how") {
        "together" => Some(false),
        "hand-over" => Some(true),
        _ => {
            mistakes.add("how", "Select whether you stay");
            None
        }
    };
    let (Ok(email), Some(hand_over)) = (email, hand_over) else {
        return Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, mistakes)));
    };
    if !person.may_see(provider) || !providers::store::owns(db, provider, person.email()).await? {
        return Err(Closed::Unknown);
    }
    let invited = format!("{provider} {}", email.as_str());
    let counted = [
        (OF_NETWORK, Doer::of(&client.in_words())),
        (OF_PERSON, Doer::of(person.email().as_str())),
        (OF_INVITED, Doer::of(&invited)),
    ];
    for (limit, doer) in counted {
        if !limits::store::allowed(db, limit, doer, now).await? {
            mistakes
                .add("email", "That was very often. Wait until tomorrow, then invite them again");
            return Ok(Err((StatusCode::TOO_MANY_REQUESTS, mistakes)));
        }
    }
    people::invite(db, person, provider, &email, hand_over, now).await?.ok_or(Closed::Unknown)?;
    Ok(Ok(()))
}

async fn page(
    db: &PgPool,
    mine: &Mine,
    provider: ProviderId,
    typed: &Answers,
    (said, mistakes): (Option<&'static str>, Mistakes),
    now: Timestamp,
) -> Result<Response, Closed> {
    let looked = store::looked_after(db, &mine.person).await?;
    let looked = looked.into_iter().find(|one| one.id == provider).ok_or(Closed::Unknown)?;
    let mut db = db.acquire().await?;
    let in_hand = crate::submissions::store::profile_in_hand(&mut db, provider).await?;
    let since = now - Purpose::Invitation.lasts();
    let page = ProviderPage {
        mine,
        said,
        people: store::people(&mut *db, provider).await?,
        invitations: store::invitations(&mut *db, provider, since).await?,
        profile_in_hand: in_hand.is_some(),
        trainings: shown::kept(&mut *db, &[provider]).await?,
        provider: looked,
        typed,
        mistakes,
    };
    Ok(View(page).into_response())
}

fn day(at: Timestamp) -> Date {
    civil_now(at).date()
}
