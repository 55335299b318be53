//! What is new, for feed readers (Atom, RFC 4287), and how a browser may search here (OpenSearch 1.1).
use std::{fmt::Write, sync::Arc};

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use jiff::{
    Timestamp,
    civil::{DateTime, Time},
};

use crate::{
    calendar::{Session, civil_now},
    config::PublicUrl,
    places::Places,
    search::{Card, Catalogue, Criteria, Hit, Sort},
    topics::{Activity, Code, Need},
    web::{Error, Now, Path, Result, text},
};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

pub async fn borough(
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    State(url): State<PublicUrl>,
    Now(now): Now,
    Path(slug): Path<String>,
) -> Result<Response> {
    let borough = places.borough_by_slug(&slug).ok_or(Error::NotFound)?;
    let criteria = Criteria { boroughs: vec![borough.gss], ..Criteria::default() };
    let about = About { title: borough.name.clone(), page: format!("/boroughs/{}", borough.slug) };
    Ok(feed(&about, criteria, &catalogue, &url, civil_now(now)))
}

pub async fn activity(
    State(catalogue): State<Arc<Catalogue>>,
    State(url): State<PublicUrl>,
    Now(now): Now,
    Path(code): Path<String>,
) -> Result<Response> {
    let activity = Activity::parse(&code).ok_or(Error::NotFound)?;
    let criteria = Criteria { activities: [activity].into_iter().collect(), ..Criteria::default() };
    let about = About::of(activity, "activities");
    Ok(feed(&about, criteria, &catalogue, &url, civil_now(now)))
}

pub async fn need(
    State(catalogue): State<Arc<Catalogue>>,
    State(url): State<PublicUrl>,
    Now(now): Now,
    Path(code): Path<String>,
) -> Result<Response> {
    let need = Need::parse(&code).ok_or(Error::NotFound)?;
    let criteria = Criteria { needs: [need].into_iter().collect(), ..Criteria::default() };
    let about = About::of(need, "needs");
    Ok(feed(&about, criteria, &catalogue, &url, civil_now(now)))
}

/// How the address bar of a browser asks.
pub async fn open_search(State(url): State<PublicUrl>) -> Response {
    let url = text(url.as_str());
    let description = format!(
        "{HEAD}<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>Fingerpost</ShortName>\n\
         <Description>Arts and culture activities that help people feel better</Description>\n\
         <InputEncoding>UTF-8</InputEncoding>\n\
         <Language>en-GB</Language>\n\
         <Image width=\"16\" height=\"16\" type=\"image/svg+xml\">{url}{icon}</Image>\n\
         <Url type=\"text/html\" template=\"{url}/offers?q={{searchTerms}}\"/>\n\
         <Url type=\"application/json\" template=\"{url}/offers.json?q={{searchTerms}}\"/>\n\
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{url}/opensearch.xml\"/>\n\
         </OpenSearchDescription>\n",
        icon = crate::web::asset("fingerpost.svg"),
    );
    xml("application/opensearchdescription+xml", description)
}

/// What a feed is about.
struct About {
    title: String,
    /// The page with the same offers.
    page: String,
}

impl About {
    fn of<T: Code>(topic: T, folder: &str) -> Self {
        Self { title: topic.label().to_owned(), page: format!("/{folder}/{}", topic.code()) }
    }
}

/// The newest offers, as many as a page of results holds.
fn feed(
    about: &About,
    criteria: Criteria,
    catalogue: &Catalogue,
    url: &PublicUrl,
    now: DateTime,
) -> Response {
    let newest = catalogue.find(&Criteria { sort: Sort::Newest, ..criteria }, now).hits;
    let page = format!("{url}{}", about.page);
    // An empty feed is as old as the rules are: it changes when the first offer comes.
    let updated = newest.first().map_or(Timestamp::UNIX_EPOCH, |hit| listed_at(hit.card));
    let mut feed = String::with_capacity(16 * 1024);
    let _ = write!(
        feed, // into a string: it cannot fail, here and below
        "{HEAD}<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-GB\">\n\
         <id>{page}/feed.atom</id>\n<title>New on Fingerpost: {}</title>\n<updated>{updated}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{page}/feed.atom\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n\
         <author><name>Fingerpost</name><uri>{url}/</uri></author>\n",
        text(&about.title),
        page = text(&page),
        url = text(url.as_str()),
    );
    newest.iter().for_each(|hit| entry(&mut feed, hit, url));
    feed.push_str("</feed>\n");
    xml("application/atom+xml; charset=utf-8", feed)
}

fn entry(feed: &mut String, hit: &Hit<'_>, url: &PublicUrl) {
    let card = hit.card;
    let when = hit.next.as_ref().map(Session::in_words);
    let place = card.place.clone();
    let facts = [when.map(|when| format!("Next: {when}")), place, Some(card.cost_in_words.clone())];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(". ");
    let _ = write!(
        feed,
        "<entry>\n<id>urn:uuid:{}</id>\n<title>{}</title>\n\
         <published>{listed}</published>\n<updated>{listed}</updated>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}/offers/{}\"/>\n\
         <author><name>{}</name></author>\n<category term=\"{}\" label=\"{}\"/>\n\
         <summary>{} {}.</summary>\n</entry>\n",
        card.id,
        text(card.title.as_str()),
        text(url.as_str()),
        card.slug,
        text(card.provider_name.as_str()),
        card.activity.code(),
        text(card.activity.label()),
        text(card.summary.as_str()),
        text(&facts),
        listed = listed_at(card),
    );
}

/// The first moment of the day on which it was first listed.
fn listed_at(card: &Card) -> Timestamp {
    let starts = card.published.to_datetime(Time::midnight());
    Session { starts, ends: starts }.starts_at()
}

fn xml(kind: &'static str, written: String) -> Response {
    ([(header::CONTENT_TYPE, kind)], written).into_response()
}
