//! Stories to browse, and one of them.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::asked_each_time;
use crate::{
    calendar::civil_now,
    config::PublicUrl,
    offers::OfferId,
    paging::{PER_PAGE, PageNumber},
    places::{Borough, Places},
    stories::{
        Teller, Told,
        store::shown::{self, Of, Wanted},
    },
    text::Slug,
    topics::{Code, Need},
    web::{DataBlock, Error, Now, Path, Query, Result, View},
};

/// What an address of the list may ask. What is not understood is left out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    need: String,
    borough: String,
    teller: String,
    offer: String,
    page: String,
}

#[derive(Template)]
#[template(path = "stories/list.html")]
struct ListPage<'a> {
    stories: Vec<Told>,
    count: usize,
    page: PageNumber,
    wanted: Wanted,
    /// The offer whose stories these are: its name in addresses, and its title.
    offer: Option<(Slug, String)>,
    places: &'a Places,
}

impl ListPage<'_> {
    fn boroughs(&self) -> &[Borough] {
        self.places.boroughs()
    }
    fn borough(&self) -> Option<&Borough> {
        self.wanted.borough.and_then(|gss| self.places.borough(gss))
    }
    fn is_need(&self, one: &Need) -> bool {
        self.wanted.need == Some(*one)
    }
    fn is_borough(&self, one: &Borough) -> bool {
        self.wanted.borough == Some(one.gss)
    }
    fn is_teller(&self, one: &Teller) -> bool {
        self.wanted.teller == Some(*one)
    }
    fn is_filtered(&self) -> bool {
        let Wanted { need, borough, teller, offer } = self.wanted;
        need.is_some() || borough.is_some() || teller.is_some() || offer.is_some()
    }
    fn to(&self, page: Option<PageNumber>) -> Option<String> {
        let mut address = form_urlencoded::Serializer::new(String::new());
        let borough = self.borough().map(|one| one.slug.as_str());
        let offer = self.offer.as_ref().map(|(slug, _)| slug.as_str());
        for (name, value) in [
            ("need", self.wanted.need.map(Code::code)),
            ("borough", borough),
            ("teller", self.wanted.teller.map(Teller::code)),
            ("offer", offer),
        ] {
            if let Some(value) = value {
                address.append_pair(name, value);
            }
        }
        address.append_pair("page", &page?.number().to_string());
        Some(format!("/stories?{}", address.finish()))
    }
}

pub async fn list(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    Now(now): Now,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let mut db = db.acquire().await?;
    let offer: Option<(OfferId, Slug, String)> = match Slug::parse(&asked.offer) {
        Some(slug) => {
            let found = shown::offer(&mut *db, &slug).await?.ok_or(Error::NotFound)?;
            Some((found.0, slug, found.1))
        }
        None => None,
    };
    let wanted = Wanted {
        need: Need::parse(&asked.need),
        borough: places.borough_by_slug(&asked.borough).map(|one| one.gss),
        teller: Teller::parse(&asked.teller),
        offer: offer.as_ref().map(|one| one.0),
    };
    let page = asked.page.parse().ok().and_then(PageNumber::new).unwrap_or_default();
    let today = civil_now(now).date();
    let (stories, count) = shown::list(&mut db, wanted, (page.offset(), PER_PAGE), today).await?;
    let offer = offer.map(|(_, slug, title)| (slug, title));
    let page = ListPage { stories, count, page, wanted, offer, places: &places };
    Ok(asked_each_time(View(page)))
}

#[derive(Template)]
#[template(path = "stories/show.html")]
struct ShowPage<'a> {
    story: Told,
    offers: Vec<Of>,
    boroughs: Vec<&'a Borough>,
    data: DataBlock,
}

pub async fn show(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(url): State<PublicUrl>,
    Now(now): Now,
    Path(slug): Path<String>,
) -> Result<Response> {
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    let mut db = db.acquire().await?;
    let found = shown::one(&mut *db, &slug, civil_now(now).date()).await?;
    let (id, story) = found.ok_or(Error::NotFound)?;
    let offers = shown::offers(&mut *db, id).await?;
    let slugs: Vec<Slug> = offers.iter().map(|one| one.slug.clone()).collect();
    let page = ShowPage {
        data: DataBlock(story.linked(url.as_str(), &slugs)),
        boroughs: story.boroughs.iter().filter_map(|gss| places.borough(*gss)).collect(),
        offers,
        story,
    };
    Ok(asked_each_time(View(page)).into_response())
}
