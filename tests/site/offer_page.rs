//! The page of an offer: all that is stated, nothing that is private, and what is not known said as such.
use std::fs;

use fingerpost::{
    calendar::civil_now,
    imports::ImportOptions,
    offers::csv,
    sample::{self, with_dates},
};
use sqlx::PgPool;

use super::offers;
use crate::support::{self, Database, Site, encoded, now};

/// States every cell that an offers file has.
const FULL: &str = include_str!("offers/full.csv");
const ITS_PAGE: &str = "/offers/clay-and-company-peckham";

/// The sample, and that offer.
pub async fn with_full_offer() -> (Database, Site) {
    let db = support::database().await;
    sample::load(&db, now()).await.unwrap().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("offers.csv");
    fs::write(&file, with_dates(FULL, civil_now(now()).date()).unwrap()).unwrap();
    let outcome = csv::import(&db, &file, &ImportOptions::default(), now()).await.unwrap();
    assert_eq!((outcome.added, outcome.refused.len()), (1, 0), "{outcome}");
    let site = Site::new(&db).await;
    (db, site)
}

/// The words of a page as they are read: without tags, white space folded.
fn read_aloud(html: &str) -> String {
    let mut words = String::new();
    for part in html.split('<') {
        let text = part.split_once('>').map_or(part, |(_, text)| text);
        words.push_str(text);
        words.push(' ');
    }
    let plain = [("&#38;", "&"), ("&amp;", "&"), ("&#39;", "'"), ("&#34;", "\""), ("&nbsp;", " ")];
    let words = plain.iter().fold(words, |words, (from, to)| words.replace(from, to));
    let words = words.replace(['\u{a0}', '\n'], " ");
    let words = words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    words.replace(" .", ".").replace(" ,", ",")
}

/// The part of a page between two pieces of it.
fn part<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let rest = html.split_once(start).unwrap_or_else(|| panic!("{start} is missing")).1;
    rest.split_once(end).unwrap_or_else(|| panic!("{end} is missing")).0
}

#[tokio::test]
async fn every_field_that_is_stated_is_on_the_page() {
    let (_db, site) = with_full_offer().await;
    let html = site.get(ITS_PAGE).await.body;
    let page = read_aloud(&html);
    for said in [
        "Clay and company, Peckham",
        "Make pots at a long table with eight others. The kettle is always on.",
        "Hollow Lane Clay",
        "Activity: Pottery and clay, Art and making",
        "May help with: Loneliness and isolation, Low mood and depression, Bereavement and loss",
        "This is a creative activity. It is not therapy.",
        "Slow, friendly mornings with clay. No experience needed.",
        "Come to the blue gate. Dele or Ruth will say hello and find you a chair.",
        "Nothing. Wear clothes that don't mind clay.",
        "Your pot is fired and ready in two weeks.",
        "Also: clay, bowls, kiln",
        "Made for older people",
        "Men and carers are especially welcome",
        "People aged 18 or over",
        "People who cannot be near dust.",
        "You need to live in Southwark or Lewisham",
        "Every Tuesday, 10:30am to midday",
        "The last Saturday of each month, 2pm to 4pm, until",
        "No session on",
        "Lantern Yard",
        "9 Tanner's Row, Peckham, SE15 4DD, Southwark",
        "Bus stop 80 metres away; a flat walk.",
        "Yes Step-free Flat from the street to the table",
        "Yes Accessible toilet",
        "Yes Seating throughout",
        "Yes Companion comes free",
        "No Hearing loop A quiet corner table helps",
        "No British Sign Language",
        "Not stated Lift",
        "The yard is cobbled for two metres.",
        "Languages: Bengali and Spanish",
        "Interpreter: yes",
        "Full price: £3 a session",
        "Concession: £1 a session",
        "Clay and firing too.",
        "£1 for anyone who says so.",
        "We pay your bus fare.",
        "Drop in, or book or contact them",
        "Just come.",
        "hollowlane.example/book",
        "Book or contact them, or referral by a professional",
        "Write with a first name and anything that would help.",
        "Places are open, said on",
        "They usually reply within 2 working days.",
        "Dele Akande, Potter",
        "020 7946 0142",
        "hello@hollowlane.example",
        "Ruth Lindqvist",
        "Ten years of community pottery.",
        "Ruth has lived with depression.",
        "Mental health first aid 2025.",
        "Safeguarding policy: yes",
        "DBS checked: yes",
        "Insured: yes",
        "A trained volunteer sits at the table.",
        "I came for the tea and stayed for the clay.",
        "A man from Peckham, 71",
        "Borough: Southwark",
        "Confirmed 12 days ago",
        "Confirmed by Hollow Lane Clay, by email",
        "every 3 months",
        "First listed",
    ] {
        assert!(page.contains(said), "“{said}” is missing in: {page}");
    }
    assert!(html.contains("<strong>No experience needed.</strong>"), "Markdown");
    assert!(html.contains("href=\"tel:+442079460142\""), "a number to press");
    assert!(html.contains("href=\"mailto:hello@hollowlane.example\""));
}

#[tokio::test]
async fn the_five_facts_come_before_everything_else() {
    let (_db, site) = with_full_offer().await;
    let html = site.get(ITS_PAGE).await.body;
    let facts = part(&html, "<dl class=\"five", "</dl>");
    let names: Vec<&str> =
        facts.split("<dt>").skip(1).filter_map(|fact| fact.split("</dt>").next()).collect();
    assert_eq!(names, ["When", "Where", "Cost", "How to join", "Getting in"]);
    let said = read_aloud(facts);
    for fact in ["Every Tuesday", "Lantern Yard", "£3", "Drop in", "Step-free"] {
        assert!(said.contains(fact), "{fact}: {said}");
    }
    assert!(html.find("<dl class=\"five").unwrap() < html.find("<h2").unwrap());
}

#[tokio::test]
async fn contacts_for_professionals_stand_in_their_box_and_nowhere_else() {
    let (_db, site) = with_full_offer().await;
    let html = site.get(ITS_PAGE).await.body;
    let theirs = part(&html, "<h3>For professionals</h3>", "</section>");
    assert!(theirs.contains("ruth@hollowlane.example"), "{theirs}");
    assert!(!theirs.contains("hello@hollowlane.example"), "{theirs}");
    assert!(theirs.contains("for professionals only"), "{theirs}");
    let elsewhere = html.replace(theirs, "");
    for path in [
        "/",
        "/offers?q=clay",
        "/offers.json?q=clay",
        "/offers?q=ruth+lindqvist",
        "/providers/hollow-lane-clay",
        "/boroughs/southwark",
        "/activities/pottery",
    ] {
        let other = site.get(path).await.body;
        // What was searched for is said again; what was found must not be.
        assert!(!other.contains("ruth@hollowlane.example"), "{path}");
        assert!(!other.contains("Lindqvist"), "{path}");
    }
    for word in ["ruth@hollowlane.example", "Lindqvist"] {
        assert!(!elsewhere.contains(word), "{word} stands outside of its box");
    }
    let found = site.get("/offers.json?q=lindqvist").await.json();
    assert_eq!(found["total"], 0, "nor is it found by them");
}

#[tokio::test]
async fn a_private_address_is_nowhere_and_nothing_finds_it() {
    let (db, site) = Site::of_sample().await;
    let hidden: Vec<(String, String, String)> = sqlx::query_as(
        "select o.slug, v.address, v.postcode from offers o join venues v on v.id = o.venue
         where o.address_private",
    )
    .fetch_all(&*db)
    .await
    .unwrap();
    assert!(!hidden.is_empty());
    for (slug, address, postcode) in hidden {
        let page = site.get(&format!("/offers/{slug}")).await.body;
        assert!(page.contains("They tell you the address when you join."), "{slug}");
        let street = address.split(',').next().unwrap();
        let title = encoded(part(&page, "<h1>", "</h1>"));
        let outcode = postcode.split(' ').next().unwrap();
        let area = format!("{outcode} area");
        assert!(page.contains(&area), "{area} is not on the page");
        let cards = site.get(&format!("/offers?q={title}")).await.body;
        assert!(cards.contains(&area), "{area} is not on the card");
        let found = site.get(&format!("/offers.json?q={title}")).await.json();
        let venues: Vec<_> =
            found["offers"].as_array().unwrap().iter().map(|o| &o["venue"]).collect();
        assert!(venues.contains(&&serde_json::json!(area)), "{venues:?}");
        for path in [
            format!("/offers/{slug}"),
            format!("/offers?q={title}"),
            format!("/offers.json?q={title}"),
            format!("/offers.json?near={outcode}&sort=nearest"),
            "/providers/the-moss-room".to_owned(),
            "/boroughs/lewisham".to_owned(),
            "/sitemap.xml".to_owned(),
        ] {
            let body = site.get(&path).await.body.replace("&#38;", "&").replace('\u{a0}', " ");
            for secret in [street, postcode.as_str(), &postcode.replace(' ', "")] {
                assert!(!body.contains(secret), "{secret} on {path}");
            }
        }
        for typed in [street, address.as_str(), "station parade", "SE6 3BH station"] {
            let found = site.get(&format!("/offers.json?q={}", encoded(typed))).await.json();
            let found = found["offers"].as_array().unwrap();
            assert!(found.iter().all(|one| one["slug"] != slug.as_str()), "{typed} finds {slug}");
        }
    }
}

async fn the_least(db: &PgPool) -> String {
    offers::published(db, "tea").await;
    Site::new(db).await.get("/offers/tea").await.body
}

#[tokio::test]
async fn what_is_not_stated_is_said_to_be_so_and_never_taken_for_no() {
    let db = support::database().await;
    let html = the_least(&db).await;
    let page = read_aloud(&html);
    let access = part(&html, "<h2 id=\"access-h\">", "</section>");
    let answers = |words: &str| access.matches(&format!("{words}</span></td>")).count();
    assert_eq!((answers("Not stated"), answers("No"), answers("Yes")), (16, 0, 0));
    for said in [
        "“Not stated” means we do not know. Ask them.",
        "Languages: not stated.",
        "Interpreter: not stated.",
        "Ages: not stated. Ask them.",
        "Safeguarding policy: not stated",
        "DBS checked: not stated",
        "Insured: not stated",
        "Nobody has confirmed this yet",
        "Online",
    ] {
        assert!(page.contains(said), "“{said}” is missing in: {page}");
    }
    for silent in
        ["Bring or wear", "Pay less if", "Who it may not suit", "“”", "They usually reply"]
    {
        assert!(!page.contains(silent), "“{silent}” has nothing to say");
    }
}

#[tokio::test]
async fn an_offer_without_a_venue_says_how_it_reaches_people() {
    let (db, site) = Site::of_sample().await;
    let away: Vec<String> = sqlx::query_scalar(
        "select slug from running_offers where venue is null and not 'in-person' = any (delivery)",
    )
    .fetch_all(&*db)
    .await
    .unwrap();
    assert!(away.len() > 3, "{away:?}");
    for slug in away {
        let page = site.get(&format!("/offers/{slug}")).await.body;
        let facts = read_aloud(part(&page, "<dt>Where</dt>", "</div>"));
        let known = ["Online", "At home", "By telephone"];
        assert!(known.iter().any(|way| facts.contains(way)), "{slug}: {facts}");
        assert!(!page.contains("Step-free: not stated"), "{slug}: there is nowhere to get in");
    }
}
