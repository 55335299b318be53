//! Offers for search engines, feed readers and the address bars of browsers.
use fingerpost::{
    calendar::civil_now,
    imports::ImportOptions,
    offers::csv,
    sample,
    topics::{Activity, Code, Need},
};
use roxmltree::Document;
use serde_json::{Value, json};

use crate::support::{Site, now};

/// States every cell that an offers file has.
const FULL: &str = include_str!("offers/full.csv");
const ATOM: &str = "http://www.w3.org/2005/Atom";

/// What stands in the page for programs.
fn linked(html: &str) -> Value {
    let block = html.split_once("<script type=\"application/ld+json\">").unwrap().1;
    serde_json::from_str(block.split_once("</script>").unwrap().0).unwrap()
}

fn texts(xml: &Document, name: &str) -> Vec<String> {
    let found = xml.descendants().filter(|node| node.has_tag_name((ATOM, name)));
    found.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_search_engine_reads_what_an_offer_is() {
    let (_db, site) = Site::of_sample().await;
    let said = linked(&site.get("/offers/clay-and-company").await.body);
    let page = "http://fingerpost.example/offers/clay-and-company";
    assert_eq!((&said["@type"], &said["url"]), (&json!("Service"), &json!(page)));
    assert_eq!(said["name"], "Clay and company");
    assert_eq!(said["provider"]["name"], "Hollow Lane Clay");
    assert_eq!(said["areaServed"][0]["name"], "Southwark");
    let audience: Vec<&Value> = said["audience"].as_array().unwrap().iter().collect();
    assert_eq!(audience[0]["@type"], "PeopleAudience");
    assert_eq!(audience[0]["audienceType"], "Older people");
    assert_eq!(audience[0]["suggestedMinAge"], 18);
    assert_eq!(said["offers"][0]["price"], "0.00");
    assert_eq!(said["offers"][0]["priceCurrency"], "GBP");
    let place = &said["availableChannel"]["serviceLocation"];
    assert_eq!(place["address"]["postalCode"], "SE15 4DD");
    let steps =
        json!({ "@type": "LocationFeatureSpecification", "name": "Step-free", "value": true });
    assert!(place["amenityFeature"].as_array().unwrap().contains(&steps), "{place}");
    let schedule = &said["subjectOf"]["eventSchedule"][0];
    assert_eq!(
        *schedule,
        json!({
            "@type": "Schedule", "repeatFrequency": "P1W", "byDay": ["https://schema.org/Tuesday"],
            "startTime": "10:30:00", "endTime": "12:00:00", "scheduleTimezone": "Europe/London",
        })
    );
    assert_eq!(said["subjectOf"]["subEvent"].as_array().unwrap().len(), 6);
    let whole = said.to_string();
    assert!(whole.contains("020 7946 0142") && !whole.contains("ruth@"), "{whole}");
}

#[tokio::test]
async fn every_offers_data_is_sound_and_says_nothing_that_is_private() {
    let (db, site) = Site::of_sample().await;
    let map = site.get("/sitemap.xml").await.body;
    let mut private = 0;
    for slug in map.split("<loc>http://fingerpost.example/offers/").skip(1) {
        let slug = slug.split('<').next().unwrap();
        let said = linked(&site.get(&format!("/offers/{slug}")).await.body);
        assert_eq!(said["@context"], "https://schema.org/", "{slug}");
        let whole = said.to_string();
        assert!(!whole.contains("null") && !whole.contains("[]"), "{slug}: {whole}");
        let hidden = sqlx::query_scalar::<_, Option<String>>(
            "select v.postcode from offers o join venues v on v.id = o.venue
             where o.slug = $1 and o.address_private",
        );
        if let Some(Some(postcode)) = hidden.bind(slug).fetch_optional(&*db).await.unwrap() {
            assert!(!whole.contains(&postcode) && !whole.contains("GeoCoordinates"), "{whole}");
            private += 1;
        }
    }
    assert!(private > 0);
}

#[tokio::test]
async fn no_title_ends_the_block_that_it_stands_in_and_feeds_stay_sound() {
    let (db, site) = Site::of_sample().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("offers.csv");
    let title = "Tea </script><script>alert(1)</script> & \"cake\" ]]> <!--";
    let quoted = format!("\"{}\"", title.replace('"', "\"\""));
    let full = FULL.replacen("\"Clay and company, Peckham\"", &quoted, 1);
    assert_ne!(full, FULL);
    std::fs::write(&file, sample::with_dates(&full, civil_now(now()).date()).unwrap()).unwrap();
    let outcome = csv::import(&db, &file, &ImportOptions::default(), now()).await.unwrap();
    assert_eq!((outcome.added, outcome.refused.len()), (1, 0), "{outcome}");
    drop(site);
    let site = Site::new(&db).await;
    let html = site.get("/offers/clay-and-company-peckham").await.body;
    assert_eq!(linked(&html)["name"], title);
    assert!(!html.contains("<script>alert"), "it is never a script");
    let feed = site.get("/activities/pottery/feed.atom").await.body;
    let feed = Document::parse(&feed).unwrap();
    assert!(texts(&feed, "title").contains(&title.to_owned()), "{:?}", texts(&feed, "title"));
}

#[tokio::test]
async fn a_page_that_is_sent_to_somebody_shows_what_it_is() {
    let (_db, site) = Site::of_sample().await;
    let html = site.get("/offers/clay-and-company").await.body;
    for said in [
        "<meta property=\"og:title\" content=\"Clay and company\">",
        "<meta property=\"og:url\" content=\"http://fingerpost.example/offers/clay-and-company\">",
        "<link rel=\"canonical\" href=\"http://fingerpost.example/offers/clay-and-company\">",
        "<meta property=\"og:locale\" content=\"en_GB\">",
    ] {
        assert!(html.contains(said), "{said}");
    }
}

#[tokio::test]
async fn every_borough_activity_and_need_has_a_feed_that_its_page_names() {
    let (_db, site) = Site::of_sample().await;
    let boroughs =
        ["southwark", "hackney", "kingston-upon-thames"].map(|slug| format!("/boroughs/{slug}"));
    let activities = Activity::ALL.iter().map(|one| format!("/activities/{}", one.code()));
    let needs = Need::ALL.iter().map(|one| format!("/needs/{}", one.code()));
    for page in boroughs.into_iter().chain(activities).chain(needs) {
        let reply = site.get(&format!("{page}/feed.atom")).await;
        assert_eq!(reply.header("content-type"), "application/atom+xml; charset=utf-8", "{page}");
        let feed = Document::parse(&reply.body).unwrap();
        assert!(feed.root_element().has_tag_name((ATOM, "feed")), "{page}");
        let ids = texts(&feed, "id");
        assert_eq!(ids[0], format!("http://fingerpost.example{page}/feed.atom"));
        assert!(ids[1..].iter().all(|id| id.starts_with("urn:uuid:")), "{ids:?}");
        let times = texts(&feed, "updated");
        assert_eq!(times.len(), ids.len(), "{page}");
        assert!(times.iter().all(|time| time.parse::<jiff::Timestamp>().is_ok()), "{times:?}");
        assert!(times[1..].is_sorted_by(|newer, older| newer >= older), "{times:?}");
        let html = site.get(&page).await.body;
        let named = "type=\"application/atom+xml\" title=\"New offers";
        assert!(
            html.contains(named) && html.contains(&format!("href=\"{page}/feed.atom\"")),
            "{page}"
        );
    }
    for page in ["/boroughs/atlantis", "/activities/alchemy", "/needs/money"] {
        assert_eq!(site.get(&format!("{page}/feed.atom")).await.status, 404, "{page}");
    }
}

#[tokio::test]
async fn a_feed_has_the_offers_of_its_search_newest_first() {
    let (_db, site) = Site::of_sample().await;
    let feed = site.get("/boroughs/southwark/feed.atom").await.body;
    let feed = Document::parse(&feed).unwrap();
    let ours = site.get("/offers.json?borough=southwark&sort=newest").await.json();
    let titles: Vec<&str> = ours["offers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["title"].as_str().unwrap())
        .collect();
    assert!(titles.len() > 5);
    assert_eq!(texts(&feed, "title")[1..], titles[..]);
}

#[tokio::test]
async fn a_browser_can_search_from_its_address_bar() {
    let (_db, site) = Site::of_sample().await;
    let reply = site.get("/opensearch.xml").await;
    assert_eq!(reply.header("content-type"), "application/opensearchdescription+xml");
    let description = Document::parse(&reply.body).unwrap();
    let pages =
        description.descendants().filter(|node| node.attribute("type") == Some("text/html"));
    let template = pages.filter_map(|node| node.attribute("template")).next().unwrap();
    assert_eq!(template, "http://fingerpost.example/offers?q={searchTerms}");
    let path =
        template.replace("http://fingerpost.example", "").replace("{searchTerms}", "free+clay");
    assert_eq!(site.get(&path).await.status, 200);
    for page in ["/", "/offers", "/about", "/offers/clay-and-company"] {
        assert!(site.get(page).await.body.contains("href=\"/opensearch.xml\""), "{page}");
    }
}
