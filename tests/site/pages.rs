//! Every public page of the sample directory, as a browser and a search engine get it.
use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Request, header};
use fingerpost::{
    offers::{AnyState, Status, store},
    text::{Line, Slug, Text},
    topics::{Activity, Code, Need},
};
use sqlx::PgPool;

use super::offers;
use crate::support::{self, Reply, Site, encoded};

/// What `start` and `end` enclose, each time.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// The addresses of the site map, without the host.
async fn mapped(site: &Site) -> Vec<String> {
    let map = site.get("/sitemap.xml").await;
    assert_eq!(map.status, 200);
    assert_eq!(map.header("content-type"), "application/xml; charset=utf-8");
    let whole = between(&map.body, "<loc>", "</loc>").into_iter();
    whole.map(|one| one.strip_prefix("http://fingerpost.example").unwrap().to_owned()).collect()
}

async fn slugs(db: &PgPool, query: &'static str) -> BTreeSet<String> {
    sqlx::query_scalar::<_, String>(query).fetch_all(db).await.unwrap().into_iter().collect()
}

fn is_a_sound_page(path: &str, page: &Reply) {
    let html = &page.body;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{path}");
    assert!(html.starts_with("<!doctype html>\n<html lang=\"en-GB\">"), "{path}");
    assert_eq!(html.matches("<h1").count(), 1, "{path}");
    assert_eq!(html.matches("<main id=\"main\"").count(), 1, "{path}");
    let title = between(html, "<title>", "</title>")[0];
    assert!(title.ends_with(" – Fingerpost") && title.len() > 16, "{path}: {title}");
    let says = between(html, "<meta name=\"description\" content=\"", "\"")[0];
    assert!((10..=250).contains(&says.chars().count()), "{path}: {says}");
    for forbidden in ["<style", " style=\"", "<script>", " onclick=", "javascript:", "http-equiv"] {
        assert!(!html.contains(forbidden), "{forbidden} on {path}");
    }
    for left_over in ["{{", "{%", "Some(", "None)", "&#38;#"] {
        assert!(!html.contains(left_over), "{left_over} on {path}");
    }
    let ids = between(html, " id=\"", "\"");
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), distinct.len(), "an id stands twice on {path}");
    for name in between(html, "aria-labelledby=\"", "\"").iter().flat_map(|one| one.split(' ')) {
        assert!(distinct.contains(&name), "{name} names nothing on {path}");
    }
}

#[tokio::test]
async fn every_page_of_the_site_map_is_sound_and_says_its_one_address() {
    let (_db, site) = Site::of_sample().await;
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    for path in mapped(&site).await {
        let page = site.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        is_a_sound_page(&path, &page);
        let canonical =
            format!("<link rel=\"canonical\" href=\"http://fingerpost.example{path}\">");
        assert!(page.body.contains(&canonical), "{path}");
        let title = between(&page.body, "<title>", "</title>")[0];
        if let Some(other) = titles.insert(title.to_owned(), path.clone()) {
            let both = [other.as_str(), &path];
            let folder = |path: &str| path.split('/').nth(1).unwrap().to_owned();
            assert_ne!(folder(both[0]), folder(both[1]), "{both:?} are both called {title}");
        }
    }
}

#[tokio::test]
async fn the_pages_of_a_search_are_sound() {
    let (_db, site) = Site::of_sample().await;
    for (path, status) in [
        ("/offers", 200),
        ("/offers?q=singing+in+Hackney&sort=soonest", 200),
        ("/offers?page=3", 200),
        ("/offers?page=400", 200),
        ("/offers?q=xyzzy+plugh", 200),
        ("/offers?near=SE15&within=2&day=tuesday&access=step-free&language=bn", 200),
        ("/offers?within=abc", 422),
        ("/about/search-data", 200),
        ("/nowhere", 404),
        ("/offers/nowhere", 404),
        ("/offers/Not%20a%20slug", 404),
        ("/providers/nowhere", 404),
        ("/boroughs/atlantis", 404),
        ("/activities/juggling", 404),
        ("/needs/money", 404),
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, status, "{path}");
        is_a_sound_page(path, &page);
    }
}

#[tokio::test]
async fn a_page_is_kept_for_a_minute_and_not_sent_twice() {
    let (db, site) = Site::of_sample().await;
    let offer = slugs(&db, "select slug from running_offers order by slug limit 1").await;
    let offer = format!("/offers/{}", offer.first().unwrap());
    for path in [
        "/",
        &offer,
        "/offers?q=tea",
        "/offers.json?q=tea",
        "/boroughs/hackney",
        "/needs/loneliness",
        "/activities/singing",
        "/about",
        "/about/search-data",
        "/sitemap.xml",
        "/robots.txt",
    ] {
        let first = site.get(path).await;
        assert_eq!(first.header("cache-control"), "public, max-age=60", "{path}");
        let mark = first.header("etag");
        assert_ne!(mark, "", "{path}");
        let again = site.send(Request::get(path).header(header::IF_NONE_MATCH, mark), "").await;
        assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""), "{path}");
    }
    for path in ["/nowhere", "/offers/nowhere", "/offers?within=abc"] {
        let reply = site.get(path).await;
        assert!(!reply.header("cache-control").contains("public"), "{path}");
    }
}

#[tokio::test]
async fn the_site_map_has_everything_that_can_be_visited_and_nothing_else() {
    let (db, site) = Site::of_sample().await;
    let mapped: BTreeSet<String> = mapped(&site).await.into_iter().collect();
    let in_folder = |folder: &str| -> BTreeSet<String> {
        let inside = |path: &String| path.strip_prefix(folder).map(str::to_owned);
        mapped.iter().filter_map(inside).collect()
    };
    assert_eq!(in_folder("/offers/"), slugs(&db, "select slug from running_offers").await);
    let providers =
        "select distinct p.slug from running_offers o join providers p on p.id = o.provider";
    assert_eq!(in_folder("/providers/"), slugs(&db, providers).await);
    assert_eq!(in_folder("/boroughs/"), slugs(&db, "select slug from boroughs").await);
    let codes =
        |codes: Vec<&str>| -> BTreeSet<String> { codes.into_iter().map(str::to_owned).collect() };
    assert_eq!(
        in_folder("/activities/"),
        codes(Activity::ALL.iter().map(|one| one.code()).collect())
    );
    assert_eq!(in_folder("/needs/"), codes(Need::ALL.iter().map(|one| one.code()).collect()));
    let partnerships = "select slug from partnerships where archived_at is null";
    assert_eq!(in_folder("/partnerships/"), slugs(&db, partnerships).await);
    let stories = "select slug from stories where state = 'published'";
    assert_eq!(in_folder("/stories/"), slugs(&db, stories).await);
    let coming = "select slug from cohorts where state in ('open', 'closed')";
    let training = in_folder("/training/");
    let cohorts = slugs(&db, coming).await;
    assert!(!cohorts.is_empty() && cohorts.is_subset(&training), "{training:?}");
}

#[tokio::test]
async fn robots_are_kept_from_searches_and_shown_the_site_map() {
    let (_db, site) = Site::of_sample().await;
    let robots = site.get("/robots.txt").await;
    assert_eq!(robots.header("content-type"), "text/plain; charset=utf-8");
    assert!(robots.body.contains("Disallow: /offers?\n"), "{}", robots.body);
    assert!(robots.body.ends_with("Sitemap: http://fingerpost.example/sitemap.xml\n"));
}

#[tokio::test]
async fn no_link_of_any_page_leads_nowhere() {
    let (_db, site) = Site::of_sample().await;
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut pages = mapped(&site).await;
    pages.extend(
        ["/offers", "/offers?q=pottery+in+Hackney", "/about/search-data"].map(String::from),
    );
    for path in pages {
        let html = site.get(&path).await.body;
        for link in
            between(&html, " href=\"", "\"").into_iter().chain(between(&html, " src=\"", "\""))
        {
            let link = link.replace("&amp;", "&").replace("&#38;", "&");
            // A calendar is subscribed to at an address of ours under another name of the protocol.
            let link = link.strip_prefix("webcal://fingerpost.example").unwrap_or(&link);
            let (to, part) = link.split_once('#').unwrap_or((link, ""));
            if to.is_empty() {
                assert!(html.contains(&format!("id=\"{part}\"")), "#{part} on {path}");
            } else if to.starts_with('/') && seen.insert(to.to_owned()) {
                let reply = site.get(to).await;
                assert_eq!(reply.status, 200, "{to} on {path}");
                let there = part.is_empty() || reply.body.contains(&format!("id=\"{part}\""));
                assert!(there, "{link} on {path}");
            } else {
                let known = ["/", "https://", "http://", "tel:", "mailto:", "sms:"];
                assert!(known.iter().any(|start| to.starts_with(start)), "{to} on {path}");
            }
        }
    }
    assert!(seen.len() > 300, "{} links", seen.len());
}

#[tokio::test]
async fn only_a_sample_says_that_it_is_one() {
    let (_db, sample) = Site::of_sample().await;
    let db = support::database().await;
    let real = Site::new(&db).await;
    for path in ["/", "/offers", "/about", "/nowhere", "/offers?within=abc"] {
        let banner = "This is a sample directory";
        assert!(sample.get(path).await.body.contains(banner), "{path}");
        assert!(!real.get(path).await.body.contains(banner), "{path}");
    }
    let banner = "<a href=\"/your-own-directory\">Start your own</a>";
    assert!(sample.get("/").await.body.contains(banner));
    assert!(sample.get("/your-own-directory").await.body.contains("--empty"));
}

#[tokio::test]
async fn an_empty_directory_has_all_its_pages() {
    let db = support::database().await;
    let site = Site::new(&db).await;
    for path in mapped(&site).await.iter().map(String::as_str).chain(["/offers", "/offers?q=tea"]) {
        let page = site.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        is_a_sound_page(path, &page);
    }
}

#[tokio::test]
async fn what_is_there_to_be_read_cannot_be_written_to() {
    let db = support::database().await;
    let site = Site::new(&db).await;
    for path in mapped(&site).await.iter().map(String::as_str).chain(["/offers", "/robots.txt"]) {
        let reply = site.post(path, "a=b").await;
        assert_eq!(reply.status, 405, "{path}");
        assert!(reply.body.contains("This address cannot be used in that way"), "{path}");
        assert_eq!(site.head(path).await.body, "", "{path}");
    }
    let data = site.post("/offers.json", "a=b").await;
    assert_eq!(data.status, 405);
    assert_eq!(data.json()["error"], "This address cannot be used in that way");
}

/// What each state of an offer answers at its own address.
#[tokio::test]
async fn only_what_has_been_published_has_a_page() {
    let db = support::database().await;
    let reason = Line::parse("The hall closed.").unwrap();
    for (slug, state) in [
        ("draft", AnyState::Draft),
        ("submitted", AnyState::Submitted),
        ("published", AnyState::Published),
        ("paused", AnyState::Paused),
        ("archived", AnyState::Archived { reason }),
    ] {
        offers::given(&db, slug, state).await;
    }
    let ended = offers::published(&db, "ended").await;
    let mut content = ended.content.clone();
    content.when.programme.ends_on = Some(jiff::civil::date(2024, 12, 1));
    offers::save(&db, Status::Published, &ended.revised(content)).await.unwrap().unwrap();
    let site = Site::new(&db).await;
    for (slug, status, says) in [
        ("draft", 404, "There is no page at this address"),
        ("submitted", 404, "There is no page at this address"),
        ("published", 200, "Make pots with others."),
        ("paused", 200, "This is taking a break."),
        ("archived", 410, "This has ended."),
        ("ended", 410, "Its last day has passed."),
    ] {
        let page = site.get(&format!("/offers/{slug}")).await;
        assert_eq!(page.status, status, "{slug}");
        assert!(page.body.contains(says), "{slug}: {}", page.body);
        is_a_sound_page(slug, &page);
        assert!(!page.body.contains("The hall closed."), "a reason is for the desk");
        let found = site.get(&format!("/offers.json?q={slug}")).await.json();
        assert_eq!(found["total"], u8::from(slug == "published"), "{slug}");
    }
}

#[tokio::test]
async fn an_old_name_leads_to_the_new_one_for_good() {
    let db = support::database().await;
    let tea = offers::published(&db, "tea").await;
    for name in ["tea-and-cake", "tea-dance"] {
        let slug = Slug::parse(name).unwrap();
        store::rename(&*db, tea.id, &slug).await.unwrap();
    }
    let site = Site::new(&db).await;
    for old in ["tea", "tea-and-cake"] {
        let reply = site.get(&format!("/offers/{old}")).await;
        assert!([301, 308].contains(&reply.status.as_u16()), "{old}: {}", reply.status);
        assert_eq!(reply.header("location"), "/offers/tea-dance");
    }
    assert_eq!(site.get("/offers/tea-dance").await.status, 200);
}

#[tokio::test]
async fn hostile_words_of_an_offer_are_shown_as_words() {
    let db = support::database().await;
    let evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&";
    let tea = offers::published(&db, "tea").await;
    let mut content = tea.content.clone();
    content.title = Line::parse(&format!("Tea {evil}")).unwrap();
    content.summary = Line::parse(&format!("Summary {evil}")).unwrap();
    let markdown = format!("Text {evil}\n\n[go](javascript:alert(3))\n\n<svg onload=alert(4)>");
    content.how.description = Some(Text::parse(&markdown).unwrap());
    content.how.keywords = vec![Line::parse("<script>kiln\"'&").unwrap()];
    content.not_suitable_for = Some(Text::parse(evil).unwrap());
    let tea = tea.revised(content);
    offers::save(&db, Status::Published, &tea).await.unwrap().unwrap();
    let rename = "update providers set name = $1, summary = $1, about = $1";
    sqlx::query(rename).bind(format!("Provider {evil}")).execute(&*db).await.unwrap();
    let site = Site::new(&db).await;
    let search = format!("/offers?q={}", encoded(evil));
    for path in [
        "/",
        "/offers",
        &search,
        "/offers/tea",
        "/providers/hollow-lane-clay",
        "/activities/pottery",
        "/boroughs/southwark",
        "/needs/loneliness",
    ] {
        let page = site.get(path).await;
        for bad in ["<script>", "<img src=x", "<svg onload", "href=\"javascript:", "\"'&\""] {
            assert!(!page.body.contains(bad), "{bad} on {path}");
        }
        assert!(page.body.contains("&#60;script&#62;"), "{path} shows it as words");
    }
    let data = site.get("/offers.json").await;
    assert_eq!(data.header("content-type"), "application/json");
    assert_eq!(data.header("x-content-type-options"), "nosniff");
    assert_eq!(data.json()["offers"][0]["title"], format!("Tea {evil}"));
}

#[tokio::test]
async fn the_site_map_says_when_each_offer_last_changed_and_comes_in_files() {
    let (_db, site) = Site::of_sample().await;
    let map = site.get("/sitemap.xml").await.body;
    for line in map.lines().filter(|line| line.starts_with("<url>")) {
        assert_eq!(line.contains("/offers/"), line.contains("<lastmod>20"), "{line}");
    }
    assert_eq!(site.get("/sitemap/1.xml").await.body, map);
    for nothing in [
        "/sitemap/0.xml",
        "/sitemap/2.xml",
        "/sitemap/01.xml",
        "/sitemap/+1.xml",
        "/sitemap/1",
        "/sitemap/one.xml",
    ] {
        assert_eq!(site.get(nothing).await.status, 404, "{nothing}");
    }
}

#[tokio::test]
async fn every_search_names_the_search_page_as_its_one_address() {
    let (_db, site) = Site::of_sample().await;
    for path in ["/offers", "/offers?q=singing", "/offers?need=unknown"] {
        let page = site.get(path).await.body;
        let canonical = "<link rel=\"canonical\" href=\"http://fingerpost.example/offers\">";
        assert!(page.contains(canonical), "{path}");
    }
}

#[tokio::test]
async fn the_page_about_the_file_of_offers_explains_every_column_under_headings_in_order() {
    let (_db, site) = Site::of_sample().await;
    let page = site.get("/about/offers-csv").await.body;
    for column in fingerpost::offers::csv::COLUMNS {
        assert!(page.contains(column), "{column}");
    }
    let ranks: Vec<u8> = (page.match_indices("<h"))
        .map(|(at, _)| page.as_bytes()[at + 2])
        .filter(u8::is_ascii_digit)
        .collect();
    assert_eq!(ranks[..2], *b"12");
    assert!(ranks.windows(2).all(|pair| pair[1] <= pair[0] + 1 && pair[1] > b'1'), "{ranks:?}");
    assert!(page.matches("<table>").count() == 3 && !page.contains("<th></th>"));
    assert!(site.get("/about").await.body.contains("href=\"/about/offers-csv\""));
}
