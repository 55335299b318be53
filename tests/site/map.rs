//! Maps: of a search, of one offer, with outlines and without.
use std::{fs, path::PathBuf};

use fingerpost::{
    imports::{ImportOptions, Kept, Outcome},
    places::{outlines, store},
};
use roxmltree::Document;
use sqlx::PgPool;

use crate::support::{self, Database, Site};

/// Two boroughs that touch, as squares with a point too many, in the way that official sources write them; and one that is
/// not ours.
const SQUARES: &str = r#"{ "type": "FeatureCollection", "features": [
  { "type": "Feature", "id": "E09000028", "properties": { "name": "Southwark" },
    "geometry": { "type": "Polygon", "coordinates": [[[-0.11, 51.42], [-0.08, 51.42], [-0.03, 51.42], [-0.03, 51.51], [-0.11, 51.51], [-0.11, 51.42]]] } },
  { "type": "Feature", "properties": { "LAD23CD": "E09000023", "LAD23NM": "Lewisham" },
    "geometry": { "type": "MultiPolygon", "coordinates": [[[[-0.03, 51.42, 7.5], [0.04, 51.42], [0.04, 51.5], [-0.03, 51.5], [-0.03, 51.42]]]] } },
  { "type": "Feature", "properties": { "LAD23CD": "E06000001" }, "geometry": null } ] }"#;

struct File {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn file(text: &str) -> File {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("boroughs.geojson");
    fs::write(&path, text).unwrap();
    File { _folder: folder, path }
}

async fn import(db: &PgPool, text: &str) -> Outcome {
    outlines::import::run(db, &file(text).path, &ImportOptions::default()).await.unwrap()
}

/// The sample, and outlines of two of its boroughs.
async fn with_outlines() -> (Database, Site) {
    let (db, _) = Site::of_sample().await;
    import(&db, SQUARES).await;
    let site = Site::new(&db).await;
    (db, site)
}

/// The drawing of a page.
fn drawing(html: &str) -> String {
    let (_, rest) = html.split_once("<svg class=\"region\"").unwrap();
    let (inside, _) = rest.split_once("</svg>").unwrap();
    format!("<svg {inside}</svg>")
}

/// The number of offers that each of its links stands for, and where it leads.
fn pins(html: &str) -> Vec<(usize, String)> {
    let drawing = drawing(html);
    let drawing = Document::parse(&drawing).unwrap();
    let links = drawing.descendants().filter(|node| node.has_tag_name("a"));
    links
        .map(|link| {
            let label = link.attribute("aria-label").unwrap();
            let many =
                label.split_once(" offers around ").map_or(1, |(many, _)| many.parse().unwrap());
            let title = link.children().find(|node| node.has_tag_name("title")).unwrap();
            assert_eq!(title.text(), Some(label));
            (many, link.attribute("href").unwrap().to_owned())
        })
        .collect()
}

#[tokio::test]
async fn outlines_are_made_simple_and_kept_and_the_same_file_changes_nothing() {
    let db = support::database().await;
    let outcome = import(&db, SQUARES).await;
    assert_eq!((outcome.read, outcome.added, outcome.refused.len()), (3, 2, 0), "{outcome}");
    let places = store::load(&db).await.unwrap();
    let shapes: Vec<(String, usize)> =
        places.outlines().iter().map(|one| (one.borough.to_string(), one.rings[0].len())).collect();
    assert_eq!(shapes, [("E09000023".to_owned(), 4), ("E09000028".to_owned(), 4)]);
    let again = import(&db, SQUARES).await;
    assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 2), "{again}");
    let moved = import(&db, &SQUARES.replace("51.51", "51.52")).await;
    assert_eq!((moved.added, moved.changed, moved.unchanged), (0, 1, 1), "{moved}");
}

#[tokio::test]
async fn a_file_with_a_wrong_outline_is_refused_as_a_whole() {
    let db = support::database().await;
    for (from, to, reason) in [
        ("51.42, 7.5", "951.42", "not longitude and latitude"),
        ("MultiPolygon", "LineString", "no Polygon and no MultiPolygon"),
        (
            "[-0.03, 51.42, 7.5], [0.04, 51.42], [0.04, 51.5], [-0.03, 51.5], [-0.03, 51.42]",
            "[0, 51]",
            "too small",
        ),
    ] {
        let outcome = import(&db, &SQUARES.replace(from, to)).await;
        assert_eq!(outcome.kept, Kept::Refused, "{to}");
        assert_eq!(outcome.refused[0].line, 2);
        assert!(outcome.refused[0].reason.contains(reason), "{}", outcome.refused[0].reason);
    }
    assert!(store::load(&db).await.unwrap().outlines().is_empty());
    let path = file("{ \"features\": 7 }").path;
    let broken = outlines::import::run(&db, &path, &ImportOptions::default()).await;
    assert!(broken.is_err());
}

#[tokio::test]
async fn the_official_outlines_of_all_boroughs_fit_a_page() {
    let Some(shared) = option_env!("FINGERPOST_SHARED") else {
        return;
    };
    let Ok(text) = fs::read_to_string(format!("{shared}/data/places/london_boroughs_gss.geojson"))
    else {
        return;
    };
    let (db, _) = Site::of_sample().await;
    let outcome = import(&db, &text).await;
    assert_eq!((outcome.added, outcome.refused.len()), (33, 0), "{outcome}");
    let site = Site::new(&db).await;
    let html = site.get("/map").await.body;
    assert_eq!(drawing(&html).matches("<path").count(), 33);
    assert!(html.len() < 64 * 1024, "{} bytes", html.len());
}

#[tokio::test]
async fn the_pins_of_a_map_are_all_that_the_list_has_with_a_place() {
    let (db, site) = with_outlines().await;
    let venues = "select count(*) from running_offers where venue is not null";
    let venues: i64 = sqlx::query_scalar(venues).fetch_one(&*db).await.unwrap();
    let all: usize = pins(&site.get("/map").await.body).iter().map(|(many, _)| many).sum();
    assert_eq!(all as i64, venues);
    for query in [
        "",
        "?borough=southwark",
        "?q=free+singing",
        "?need=loneliness&sort=newest",
        "?q=clay+near+Peckham",
    ] {
        let html = site.get(&format!("/map{query}")).await.body;
        let found = site.get(&format!("/offers.json{query}")).await.json();
        let total = found["total"].as_u64().unwrap() as usize;
        let elsewhere = html
            .split_once(" more ha")
            .map_or(0, |(before, _)| before.rsplit_once("<p>").unwrap().1.parse().unwrap());
        let placed: usize = pins(&html).iter().map(|(many, _)| many).sum();
        assert_eq!(placed + elsewhere, total, "{query}");
        assert!(placed > 0, "{query}");
    }
}

#[tokio::test]
async fn a_pin_leads_to_its_offer_or_closer_until_every_offer_is_reached() {
    let (_db, site) = with_outlines().await;
    let mut open = vec!["/map?q=free".to_owned()];
    let (mut offers, mut looks) = (std::collections::BTreeSet::new(), 0);
    let mut expected = 0;
    while let Some(address) = open.pop() {
        looks += 1;
        assert!(looks < 300, "it never ends");
        let html = site.get(&address).await.body;
        let all = pins(&html);
        if looks == 1 {
            expected = all.iter().map(|(many, _)| many).sum();
        }
        for (many, leads) in all {
            match leads.strip_prefix('#') {
                None if leads.starts_with("/offers/") => {
                    assert_eq!(many, 1);
                    offers.insert(leads);
                }
                None => open.push(leads),
                Some(place) => {
                    let list = html.split_once(&format!("id=\"{place}\"")).unwrap().1;
                    let list = list.split_once("<li id=").map_or(list, |(own, _)| own);
                    let named = list.split("href=\"/offers/").skip(1);
                    offers.extend(
                        named.map(|rest| format!("/offers/{}", rest.split('"').next().unwrap())),
                    );
                }
            }
        }
    }
    assert_eq!(offers.len(), expected);
    assert!(looks > 3, "{looks}");
}

#[tokio::test]
async fn every_pin_stands_in_words_below_in_the_same_order() {
    let (_db, site) = with_outlines().await;
    let html = site.get("/map?borough=southwark").await.body;
    let list = html.split_once("<ol class=\"spots\"").unwrap().1;
    let mut rest = list;
    for (many, leads) in pins(&html) {
        let said = match many {
            1 => format!("href=\"{leads}\""),
            many => format!("<h3>{many} offers around"),
        };
        rest =
            rest.split_once(&said).unwrap_or_else(|| panic!("{said} is missing or out of order")).1;
    }
}

#[tokio::test]
async fn without_outlines_the_boroughs_are_squares_that_lead_to_their_lists() {
    let (_db, site) = Site::of_sample().await;
    let html = site.get("/map?q=free").await.body;
    assert!(!html.contains("<svg class=\"region\""));
    let expected = "href=\"/offers?q=free&#38;borough=southwark\"";
    assert!(html.contains(expected), "{html}");
    assert!(html.contains("The same in words"));
}

#[tokio::test]
async fn what_is_not_understood_is_put_right_in_the_list() {
    let (_db, site) = Site::of_sample().await;
    let reply = site.get("/map?borough=atlantis&need=loneliness").await;
    assert_eq!(reply.status, 303);
    assert_eq!(reply.header("location"), "/offers?borough=atlantis&need=loneliness");
    let nothing = site.get("/map?q=clay&in=1,2,3,nonsense").await;
    assert_eq!(nothing.status, 200, "a piece that makes no sense is the whole map");
    let none = site.get("/map?q=zzzzqqqq").await.body;
    assert!(none.contains("No offers match."), "{none}");
}

#[tokio::test]
async fn the_list_leads_to_its_map_and_back() {
    let (_db, site) = Site::of_sample().await;
    let list = site.get("/offers?q=clay&need=loneliness").await.body;
    assert!(
        list.contains("class=\"box\" id=\"to-map\" href=\"/map?q=clay&#38;need=loneliness\""),
        "{list}"
    );
    let map = site.get("/map?q=clay&need=loneliness").await.body;
    assert!(map.contains("href=\"/offers?q=clay&#38;need=loneliness\""), "{map}");
}

#[tokio::test]
async fn an_offer_shows_where_it_is_and_leads_to_journey_planners_that_nobody_is_told_of() {
    let (_db, site) = with_outlines().await;
    let html = site.get("/offers/clay-and-company").await.body;
    let drawing = drawing(&html);
    Document::parse(&drawing).unwrap();
    assert!(drawing.contains("<title id=\"map-t\">Map: Lantern Yard</title>"), "{drawing}");
    assert!(drawing.contains("class=\"pin\""));
    let planner = "rel=\"noreferrer noopener\" href=\"https://tfl.gov.uk/plan-a-journey/results?InputTo=SE15%204DD\"";
    assert!(html.contains(planner), "{html}");
    assert!(
        html.contains("rel=\"noreferrer noopener\" href=\"https://www.openstreetmap.org/?mlat=51.")
    );
    assert!(!html.contains("src=\"https://"), "nothing is fetched from elsewhere");
}

#[tokio::test]
async fn a_private_address_is_a_wide_circle_and_has_no_way_to_it() {
    let (db, _) = Site::of_sample().await;
    let slug = sqlx::query_scalar::<_, String>(
        "select slug from running_offers where address_private and venue is not null
         and 'in-person' = any (delivery) order by slug limit 1",
    );
    let slug = slug.fetch_one(&*db).await.unwrap();
    import(&db, SQUARES).await;
    let site = Site::new(&db).await;
    let html = site.get(&format!("/offers/{slug}")).await.body;
    let drawing = drawing(&html);
    assert!(
        drawing.contains("class=\"soft-pin\"") && !drawing.contains("class=\"pin\""),
        "{drawing}"
    );
    assert!(!html.contains("openstreetmap.org") && !html.contains("tfl.gov.uk"), "{slug}");
}
