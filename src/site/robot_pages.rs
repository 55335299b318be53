//! What search engines read: the site map and what they may visit.
use std::{collections::BTreeSet, fmt::Write, slice::Chunks, sync::Arc};

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, civil::Date};
use sqlx::PgPool;

use super::guide_pages::Guide;
use crate::{
    calendar::civil_now,
    config::PublicUrl,
    offers::store,
    partnerships,
    places::Places,
    search::Catalogue,
    stories,
    topics::{Activity, Code, Need},
    training,
    web::{Error, Now, Path, Result},
};

/// More one file of a site map may not hold (sitemaps.org protocol 0.9).
const MOST: usize = 50_000;

/// Before the slug of an offer.
const OFFERS: &str = "/offers/";

/// Pages that are always there.
const PAGES: &[&str] = &[
    "/",
    "/offers",
    "/boroughs",
    "/london",
    "/networks",
    "/training",
    "/training/history",
    "/find-your-network",
    "/link-workers",
    "/activities",
    "/needs",
    "/stories",
    "/guides",
    "/partnerships",
    "/find-your-partners",
    "/resources",
    "/self-check",
    "/about",
    "/about/offers-csv",
    "/about/search-data",
    "/accessibility",
    "/privacy",
    "/your-own-directory",
];

/// All addresses, or where there are more than one file may hold, the list of such files.
pub async fn sitemap(
    State(db): State<PgPool>,
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    State(url): State<PublicUrl>,
    Now(now): Now,
) -> Result<Response> {
    let local = local(&db, now).await?;
    let all = addresses(&catalogue, &places, local, now);
    match files(&all, MOST).len() {
        0 | 1 => file(&db, &url, &all).await,
        several => Ok(xml(list_of_files(&url, several))),
    }
}

/// "2.xml": the second of them.
pub async fn sitemap_file(
    State(db): State<PgPool>,
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    State(url): State<PublicUrl>,
    Now(now): Now,
    Path(name): Path<String>,
) -> Result<Response> {
    let number = name.strip_suffix(".xml").and_then(|number| number.parse::<usize>().ok());
    // "01" and "+1" are numbers too, and would be further names of the same file.
    let number = number.filter(|number| name == format!("{number}.xml"));
    let at = number.and_then(|number| number.checked_sub(1)).ok_or(Error::NotFound)?;
    let local = local(&db, now).await?;
    let all = addresses(&catalogue, &places, local, now);
    let some = files(&all, MOST).nth(at).ok_or(Error::NotFound)?;
    file(&db, &url, some).await
}

pub async fn robots(State(url): State<PublicUrl>) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    // Searches are without number, and each offer has its own page.
    let rules = format!(
        "User-agent: *\nDisallow: /offers?\nDisallow: /offers.json\nDisallow: /map\nDisallow: /find-your-network?\nDisallow: /find-your-partners?\nDisallow: /stories?\n\nSitemap: {url}/sitemap.xml\n"
    );
    (headers, rules).into_response()
}

/// Pages about the people of a place.
async fn local(db: &PgPool, now: Timestamp) -> sqlx::Result<Vec<String>> {
    let partnerships = partnerships::store::listed(db).await?;
    let cohorts = training::store::coming_in(db, None, now).await?;
    let partnerships = partnerships.iter().map(|one| format!("/partnerships/{}", one.slug));
    let cohorts = cohorts.iter().map(|one| format!("/training/{}", one.slug));
    let stories = stories::store::shown::slugs(db, civil_now(now).date()).await?;
    let stories = stories.iter().map(|slug| format!("/stories/{slug}"));
    Ok(partnerships.chain(cohorts).chain(stories).collect())
}

/// Paths in an order that a new offer disturbs little, so that the files of one visit fit together.
fn addresses(
    catalogue: &Catalogue,
    places: &Places,
    local: Vec<String>,
    now: Timestamp,
) -> Vec<String> {
    let cards = catalogue.cards(civil_now(now));
    let offers: BTreeSet<&str> = cards.iter().map(|card| card.slug.as_str()).collect();
    let providers: BTreeSet<&str> = cards.iter().map(|card| card.provider_slug.as_str()).collect();
    let pages = PAGES.iter().map(ToString::to_string);
    let boroughs = places.boroughs().iter().map(|one| format!("/boroughs/{}", one.slug));
    let networks = places.surgeries().groups().iter();
    let networks = networks.map(|one| format!("/networks/{}", one.network.code));
    let activities = Activity::ALL.iter().map(|one| format!("/activities/{}", one.code()));
    let needs = Need::ALL.iter().map(|one| format!("/needs/{}", one.code()));
    let providers = providers.iter().map(|slug| format!("/providers/{slug}"));
    let offers = offers.iter().map(|slug| format!("{OFFERS}{slug}"));
    let guides = Guide::ALL.iter().map(|one| format!("/guides/{}", one.slug()));
    let topics = activities.chain(needs).chain(guides).chain(local);
    pages.chain(boroughs).chain(networks).chain(topics).chain(providers).chain(offers).collect()
}

fn files(addresses: &[String], most: usize) -> Chunks<'_, String> {
    addresses.chunks(most)
}

async fn file(db: &PgPool, url: &PublicUrl, addresses: &[String]) -> Result<Response> {
    let offers: Vec<String> =
        addresses.iter().filter_map(|one| one.strip_prefix(OFFERS)).map(str::to_owned).collect();
    let changed = store::changed_on(db, &offers).await?;
    let last = |address: &str| changed.get(address.strip_prefix(OFFERS)?).copied();
    Ok(xml(written(url, addresses, last)))
}

fn xml(written: String) -> Response {
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], written).into_response()
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SCHEMA: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Our own addresses need no escaping: slugs and codes are letters, digits and hyphens. `last` is the day
/// on which what stands at an address last changed, where that is known.
fn written(url: &PublicUrl, addresses: &[String], last: impl Fn(&str) -> Option<Date>) -> String {
    let mut xml = format!("{HEAD}<urlset xmlns=\"{SCHEMA}\">\n");
    for address in addresses {
        let _ = write!(xml, "<url><loc>{url}{address}</loc>"); // into a string: it cannot fail
        if let Some(day) = last(address) {
            let _ = write!(xml, "<lastmod>{day}</lastmod>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

fn list_of_files(url: &PublicUrl, several: usize) -> String {
    let mut xml = format!("{HEAD}<sitemapindex xmlns=\"{SCHEMA}\">\n");
    for number in 1..=several {
        let _ = writeln!(xml, "<sitemap><loc>{url}/sitemap/{number}.xml</loc></sitemap>");
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url() -> PublicUrl {
        "https://offers.example.org".parse().unwrap()
    }

    #[test]
    fn a_site_map_has_whole_addresses_and_the_day_of_the_last_change() {
        let addresses = ["/about", "/offers/clay"].map(String::from);
        let day = jiff::civil::date(2026, 8, 6);
        let xml = written(&url(), &addresses, |one| one.ends_with("clay").then_some(day));
        assert!(xml.contains("<url><loc>https://offers.example.org/about</loc></url>"), "{xml}");
        let clay = "<loc>https://offers.example.org/offers/clay</loc><lastmod>2026-08-06</lastmod>";
        assert!(xml.contains(clay), "{xml}");
    }

    #[test]
    fn more_than_a_file_may_hold_goes_into_several_that_lose_nothing() {
        let all: Vec<String> = (0..7).map(|number| format!("/offers/{number}")).collect();
        let files: Vec<_> = files(&all, 3).collect();
        assert_eq!(files.iter().map(|file| file.len()).collect::<Vec<_>>(), [3, 3, 1]);
        assert_eq!(files.concat(), all);
        let list = list_of_files(&url(), files.len());
        assert_eq!(list.matches("<sitemap>").count(), 3);
        assert!(list.contains("<loc>https://offers.example.org/sitemap/3.xml</loc>"), "{list}");
    }
}
