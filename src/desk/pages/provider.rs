//! A provider at the desk: its offers, who looks after it, and whether its small changes pass at once.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;

use super::{After, moment, names};
use crate::{
    accounts::pages::Signed,
    calendar::{civil_now, date_in_words},
    desk::{
        Item,
        listings::state_in_words,
        providers::{Known, Own, Trust, store, trust},
        store as desk,
    },
    places::{Gss, Places},
    providers::{self, ProviderId},
    submissions::{Stage, SubmissionId},
    text::Email,
    web::{Error, Now, Path, Query, Result, Typed, View},
};

#[derive(Deserialize)]
pub struct OfProvider {
    provider: ProviderId,
}

#[derive(Template)]
#[template(path = "desk/provider.html")]
struct ProviderPage<'a> {
    signed: Signed,
    known: Known,
    offers: Vec<Own>,
    people: Vec<(Email, Timestamp)>,
    earlier: Vec<Item>,
    trust: Vec<Trust>,
    may_decide: bool,
    done: Option<&'static str>,
    places: &'a Places,
}

impl ProviderPage<'_> {
    fn day(&self, at: &Timestamp) -> String {
        date_in_words(civil_now(*at).date())
    }
    fn state(&self, own: &Own) -> &'static str {
        state_in_words(own.status)
    }
    fn decided(&self, item: &Item) -> String {
        moment(item.since)
    }
    fn borough(&self, trust: &Trust) -> String {
        names(&[trust.borough], self.places)
    }
    /// The boroughs in which whoever looks decides.
    fn own(&self) -> String {
        names(&own(&self.signed, &self.known), self.places)
    }
    fn trusts_all(&self) -> bool {
        let trusted = |gss: &Gss| self.trust.iter().any(|one| one.borough == *gss);
        own(&self.signed, &self.known).iter().all(trusted)
    }
}

pub async fn provider(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Path(OfProvider { provider }): Path<OfProvider>,
    Query(After { done }): Query<After>,
) -> Result<Response> {
    let scope = signed.account.rights.scope();
    let known = store::found(&db, &scope, provider).await?.ok_or(Error::NotFound)?;
    let page = ProviderPage {
        offers: store::offers(&db, &scope, provider).await?,
        people: providers::store::people(&db, provider).await?,
        earlier: desk::earlier(&db, &scope, provider, SubmissionId::nil()).await?,
        trust: store::trusted(&db, provider).await?,
        may_decide: signed.account.rights.may_decide(&known.boroughs),
        done: match done.as_str() {
            "trusted" => Some("From now on their small changes pass at once."),
            "trust_ended" => Some("From now on all that they change waits for you."),
            _ => None,
        },
        places: &places,
        signed,
        known,
    };
    Ok(View(page).into_response())
}

/// Trusts it in all boroughs of its for which this account decides, or in none of them any more.
pub async fn change_trust(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfProvider { provider }): Path<OfProvider>,
    Typed(typed): Typed,
) -> Result<Response> {
    let account = &signed.account;
    let scope = account.rights.scope();
    let known = store::found(&db, &scope, provider).await?.ok_or(Error::NotFound)?;
    let permit = account.permit(provider, &known.boroughs, &places).ok_or(Error::Forbidden)?;
    let trusted = match typed.one("trust") {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::BadRequest("Say whether you trust them".to_owned())),
    };
    trust(&db, &permit, (&own(&signed, &known), trusted), &places, now).await?;
    let done = if trusted { "trusted" } else { "trust_ended" };
    Ok(Redirect::to(&format!("/desk/providers/{provider}?done={done}")).into_response())
}

fn own(signed: &Signed, known: &Known) -> Vec<Gss> {
    let own = known.boroughs.iter().filter(|gss| signed.account.rights.may_decide(&[**gss]));
    own.copied().collect()
}
