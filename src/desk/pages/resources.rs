//! Resources at the desk: the list with what was found behind the links, and one to add, edit or archive.
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::{After, Said};
use crate::{
    accounts::{Permit, pages::Signed},
    forms::Answers,
    places::{Gss, Places},
    resources::{
        Audience, Checked, Found, Kind, Resource, ResourceId,
        acts::{self, Done, Looked},
        form, store,
    },
    text::WebAddress,
    web::{Error, Now, Path, Query, Result, Typed, View},
};
use std::sync::Arc;

/// Which of them somebody wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Live,
    /// Whose link needs somebody's eye: broken, failing, moved, or closed to programs.
    Links,
    Archived,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    show: String,
}

#[derive(Template)]
#[template(path = "desk/resources.html")]
struct ListPage {
    signed: Signed,
    shown: Shown,
    resources: Vec<Resource>,
    /// How many need a look.
    links: usize,
}

pub async fn list(
    State(db): State<PgPool>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let shown = Shown::parse(&asked.show);
    let all = store::every(&db).await?;
    let links = all.iter().filter(|one| Shown::Links.has(one)).count();
    let resources = all.into_iter().filter(|one| shown.has(one)).collect();
    Ok(View(ListPage { signed, shown, resources, links }).into_response())
}

#[derive(Template)]
#[template(path = "desk/resource.html")]
struct OnePage {
    signed: Signed,
    /// None for one that is to be added.
    resource: Option<Resource>,
    /// The revision that is looked at: what was typed belongs to it.
    version: i32,
    said: Said,
}

pub async fn form(signed: Signed) -> Result<Response> {
    signed.account.rights.manages().ok_or(Error::Forbidden)?;
    let page = OnePage { signed, resource: None, version: 0, said: Said::default() };
    Ok(View(page).into_response())
}

pub async fn add(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    let permit = permit(&signed, (), &places)?;
    let content = match form::read(&typed) {
        Ok(content) => content,
        Err(mistakes) => {
            let said = Said::wrong(typed, mistakes);
            let page = OnePage { signed, resource: None, version: 0, said };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response());
        }
    };
    let id = acts::add(&db, &permit, &content, now).await?;
    Ok(Redirect::to(&format!("/desk/resources/{id}?done=added")).into_response())
}

#[derive(Deserialize)]
pub struct OfResource {
    resource: ResourceId,
}

pub async fn one(
    State(db): State<PgPool>,
    signed: Signed,
    Path(OfResource { resource }): Path<OfResource>,
    Query(after): Query<After>,
) -> Result<Response> {
    let resource = store::one(&db, resource).await?.ok_or(Error::NotFound)?;
    let done = match &*after.done {
        "added" => Some("It is in the list."),
        "saved" => Some("It is saved."),
        "archived" => Some("It is archived: visitors do not see it any more."),
        "back" => Some("Visitors see it again."),
        "looked" => Some("Noted: you have checked the link today."),
        "moved" => Some("It has its new address."),
        _ => None,
    };
    let typed = form::typed(&resource.content);
    let (version, said) = (resource.revision, Said { typed, done, ..Said::default() });
    Ok(View(OnePage { signed, resource: Some(resource), version, said }).into_response())
}

pub async fn change(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfResource { resource }): Path<OfResource>,
    Typed(typed): Typed,
) -> Result<Response> {
    let (known, permit) = found(&db, &places, &signed, resource, &typed).await?;
    let version = permit.subject().revision;
    match form::read(&typed) {
        Err(mistakes) => {
            let said = Said::wrong(typed, mistakes);
            let page = OnePage { signed, resource: Some(known), version, said };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
        }
        Ok(content) => {
            let done = acts::change(&db, &permit, &content, now).await?;
            after(done, (&db, signed), typed, resource, "saved").await
        }
    }
}

pub async fn archive(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfResource { resource }): Path<OfResource>,
    Typed(typed): Typed,
) -> Result<Response> {
    let (_, permit) = found(&db, &places, &signed, resource, &typed).await?;
    let done = acts::archive(&db, &permit, true, now).await?;
    after(done, (&db, signed), Answers::default(), resource, "archived").await
}

pub async fn bring_back(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfResource { resource }): Path<OfResource>,
    Typed(typed): Typed,
) -> Result<Response> {
    let (_, permit) = found(&db, &places, &signed, resource, &typed).await?;
    let done = acts::archive(&db, &permit, false, now).await?;
    after(done, (&db, signed), Answers::default(), resource, "back").await
}

/// They followed the link themselves.
pub async fn looked(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfResource { resource }): Path<OfResource>,
    Typed(typed): Typed,
) -> Result<Response> {
    let (known, permit) = found(&db, &places, &signed, resource, &typed).await?;
    let address = WebAddress::parse(typed.one("address")).unwrap_or(known.content.address);
    acts::looked(&db, &permit, &address, now).await?;
    after(Done::Done, (&db, signed), Answers::default(), resource, "looked").await
}

/// The address that the server names becomes its own.
pub async fn follow(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfResource { resource }): Path<OfResource>,
    Typed(typed): Typed,
) -> Result<Response> {
    let (_, permit) = found(&db, &places, &signed, resource, &typed).await?;
    let done = acts::follow(&db, &permit, now).await?;
    after(done, (&db, signed), Answers::default(), resource, "moved").await
}

impl Shown {
    const ALL: [Self; 3] = [Self::Live, Self::Links, Self::Archived];

    fn code(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Links => "links",
            Self::Archived => "archived",
        }
    }
    fn label(self) -> &'static str {
        match self {
            Self::Live => "All that visitors see",
            Self::Links => "Links that need a look",
            Self::Archived => "Archived",
        }
    }
    fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.code() == code).unwrap_or(Self::Live)
    }
    fn has(self, one: &Resource) -> bool {
        match self {
            Self::Live => !one.is_archived(),
            Self::Links => !one.is_archived() && one.needs_a_look(),
            Self::Archived => one.is_archived(),
        }
    }
}

impl ListPage {
    fn may_add(&self) -> bool {
        self.signed.account.rights.manages().is_some()
    }
}

impl OnePage {
    fn may_change(&self) -> bool {
        self.signed.account.rights.manages().is_some()
    }
    /// The address for which the server names another.
    fn moved(&self) -> Option<&WebAddress> {
        match self.resource.as_ref()?.checked.as_ref()? {
            Checked { found: Found::Moved(to), .. } => Some(to),
            _ => None,
        }
    }
}

/// Resources belong to no borough: whoever decides anywhere may look after them.
fn permit<T>(signed: &Signed, subject: T, places: &Places) -> Result<Permit<T>> {
    let rights = &signed.account.rights;
    let theirs: Vec<Gss> = rights.boroughs.keys().copied().collect();
    signed.account.permit(subject, &theirs, places).ok_or(Error::Forbidden)
}

async fn found(
    db: &PgPool,
    places: &Places,
    signed: &Signed,
    resource: ResourceId,
    typed: &Answers,
) -> Result<(Resource, Permit<Looked>)> {
    let known = store::one(db, resource).await?.ok_or(Error::NotFound)?;
    let revision = typed.one("version").parse().unwrap_or(0);
    Ok((known, permit(signed, Looked { resource, revision }, places)?))
}

/// On to its page as it is now; with what was typed where somebody else was quicker.
async fn after(
    done: Done,
    (db, signed): (&PgPool, Signed),
    typed: Answers,
    resource: ResourceId,
    word: &str,
) -> Result<Response> {
    if done == Done::Done {
        return Ok(Redirect::to(&format!("/desk/resources/{resource}?done={word}")).into_response());
    }
    let known = store::one(db, resource).await?.ok_or(Error::NotFound)?;
    let nothing = typed == Answers::default();
    let typed = if nothing { form::typed(&known.content) } else { typed };
    let said = Said::moved_on(typed);
    let page = OnePage { signed, version: known.revision, resource: Some(known), said };
    Ok((StatusCode::CONFLICT, View(page)).into_response())
}
