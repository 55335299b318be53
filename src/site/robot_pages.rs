//! What search engines read: the site map and what they may visit.
use std::{collections::BTreeSet, fmt::Write, sync::Arc};

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use crate::{
    calendar::civil_now,
    config::PublicUrl,
    places::Places,
    search::Catalogue,
    topics::{Activity, Code, Need},
    web::Now,
};

/// More a site map may not hold (sitemaps.org protocol 0.9).
const MOST: usize = 50_000;

/// Pages that are always there.
const PAGES: [&str; 9] = [
    "/",
    "/boroughs",
    "/activities",
    "/needs",
    "/about",
    "/about/search-data",
    "/accessibility",
    "/privacy",
    "/your-own-directory",
];

pub async fn sitemap(
    State(catalogue): State<Arc<Catalogue>>,
    State(places): State<Arc<Places>>,
    State(url): State<PublicUrl>,
    Now(now): Now,
) -> Response {
    let cards = catalogue.cards(civil_now(now));
    let providers: BTreeSet<&str> = cards.iter().map(|card| card.provider_slug.as_str()).collect();
    let pages = PAGES.iter().map(ToString::to_string);
    let boroughs = places.boroughs().iter().map(|one| format!("/boroughs/{}", one.slug));
    let activities = Activity::ALL.iter().map(|one| format!("/activities/{}", one.code()));
    let needs = Need::ALL.iter().map(|one| format!("/needs/{}", one.code()));
    let offers = cards.iter().map(|card| format!("/offers/{}", card.slug));
    let providers = providers.iter().map(|slug| format!("/providers/{slug}"));
    let all = pages.chain(boroughs).chain(activities).chain(needs).chain(offers).chain(providers);
    let headers = [(header::CONTENT_TYPE, "application/xml; charset=utf-8")];
    (headers, written(&url, all)).into_response()
}

pub async fn robots(State(url): State<PublicUrl>) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    // Searches are without number, and each offer has its own page.
    let rules = format!(
        "User-agent: *\nDisallow: /offers?\nDisallow: /offers.json\n\nSitemap: {url}/sitemap.xml\n"
    );
    (headers, rules).into_response()
}

/// Our own addresses need no escaping: slugs and codes are letters, digits and hyphens.
fn written(url: &PublicUrl, addresses: impl Iterator<Item = String>) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for address in addresses.take(MOST) {
        // Writing to a string cannot fail.
        let _ = writeln!(xml, "<url><loc>{url}{address}</loc></url>");
    }
    xml.push_str("</urlset>\n");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_map_has_whole_addresses_and_a_limit() {
        let url: PublicUrl = "https://offers.example.org".parse().unwrap();
        let xml = written(&url, ["/", "/about"].map(String::from).into_iter());
        assert!(xml.contains("<loc>https://offers.example.org/about</loc>"), "{xml}");
        let many = written(&url, std::iter::repeat_n("/".to_owned(), MOST + 5));
        assert_eq!(many.matches("<url>").count(), MOST);
    }
}
