//! The hand-out: the facts a first visit needs, in plain words, as a page and as a PDF.
use std::time::Instant;

use axum::http::{Request, StatusCode};
use fingerpost::text::plain_language::{AIM, Swaps, advice};

use super::{CLAY, DRAWER, Site, offers, with_full_offer};

/// Each fact of the sheets: what it is about, and what it says.
fn facts(page: &str) -> Vec<(String, String)> {
    let list = page.split("<dl class=\"plain\">").nth(1).unwrap().split("</dl>").next().unwrap();
    let plain = |html: &str| {
        let words =
            html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
        let words =
            words.collect::<Vec<_>>().join(" ").replace("&#39;", "'").replace('\u{a0}', " ");
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let fact = |html: &str| {
        let (what, says) = html.split_once("</dt>").unwrap();
        (plain(what), plain(says))
    };
    list.split("<dt>").skip(1).map(fact).collect()
}

#[tokio::test]
async fn a_hand_out_says_what_a_first_visit_needs_and_leaves_out_what_nobody_stated() {
    let (_db, site) = with_full_offer().await;
    let reply = site.get(&format!("/handout?list={CLAY}_1&note-{CLAY}=Ask+for+Dele")).await;
    assert_eq!((reply.status, reply.header("cache-control")), (StatusCode::OK, "no-store"));
    let page = &reply.body;
    assert!(page.contains("You can come and join in. Make pots at a long table"));
    assert!(page.contains("A note for you: Ask for Dele"));
    let facts = facts(page);
    let says = |what: &str| {
        let fact = facts.iter().find(|(heading, _)| heading == what);
        fact.unwrap_or_else(|| panic!("{what} is missing")).1.as_str()
    };
    assert!(says("When").starts_with("Every Tuesday, 10:30am to midday."));
    assert!(says("When").contains("The next one is on "));
    assert!(
        says("Where").contains("Lantern Yard, 9 Tanner's Row")
            && says("Where").contains("Bus stop 80 metres")
    );
    assert!(
        says("Getting in").starts_with("There are no steps. Flat from the street to the table.")
    );
    assert!(says("Getting in").contains("Hearing loop: A quiet corner table helps."));
    assert_eq!(
        says("Cost"),
        "It costs £1 to £3. Full price: £3 a session. Concession: £1 a session. Clay and firing too. \
         You may pay less: £1 for anyone who says so. Help with costs: We pay your bus fare."
    );
    assert!(
        says("How to join")
            .starts_with("You can just come. Or ask for a place before you come. Just come.")
    );
    assert_eq!(
        says("Who to ring"),
        "Dele Akande, Potter: 020 7946 0142 Or: hello@hollowlane.example"
    );
    assert_eq!(says("If you are late or cannot come"), "Ring 020 7946 0142.");
    assert!(says("What to bring").contains("Wear clothes that don't mind clay."));
    assert!(says("Your first time").contains("Dele or Ruth will say hello"));
    assert!(says("Who can come").contains("You need to live in Southwark or Lewisham."));
    assert_eq!(says("It may not suit"), "People who cannot be near dust.");
    assert!(says("Languages").contains("Bengali and Spanish"));
    assert!(!page.contains("ruth@hollowlane.example"), "that contact is for professionals");
    assert!(page.contains("These facts were checked on "));
    assert!(page.contains("viewBox=\"0 0 ") && page.contains("Square code."));

    let bare = offers::published(&_db, "bare").await;
    let page = site.get(&format!("/handout?list={}", bare.slug)).await.body;
    let headings: Vec<String> = self::facts(&page).into_iter().map(|(what, _)| what).collect();
    assert_eq!(
        headings,
        [
            "When",
            "Where",
            "Cost",
            "How to join",
            "Who to ask",
            "If you are late or cannot come",
            "Who can come"
        ]
    );
    assert!(!page.to_lowercase().contains("not stated"));
    assert!(page.contains("Nobody has checked these facts yet. Ask before you go."));
}

#[tokio::test]
async fn a_hand_out_is_written_for_somebody_who_reads_like_a_child_of_eleven() {
    let (_db, site) = with_full_offer().await;
    let page = site.get(&format!("/handout?list={CLAY}_1")).await.body;
    let said: Vec<String> =
        facts(&page).into_iter().map(|(what, says)| format!("{what}. {says}")).collect();
    let told = advice(&said.join("\n"), Swaps::shipped());
    let age = told.reading_age.unwrap();
    assert!(age.years <= *AIM.end(), "{age:?}");
    assert!(told.long_sentences.is_empty(), "{:?}", told.long_sentences);
    // What the program writes itself, whatever an offer says: no jargon, nobody left unnamed.
    let words = include_str!("../../../src/shortlist/sheet.rs");
    let ours: Vec<&str> =
        words.split('"').skip(1).step_by(2).filter(|one| one.ends_with('.')).collect();
    assert!(ours.len() > 15, "{ours:?}");
    let told = advice(&ours.join(" "), Swaps::shipped());
    assert!(told.swaps.is_empty(), "{:?}", told.swaps);
}

#[tokio::test]
async fn a_short_address_leads_to_its_offer_and_to_no_draft() {
    let (db, site) = with_full_offer().await;
    let page = site.get(&format!("/handout?list={CLAY}_1")).await.body;
    let short = page.split("http://fingerpost.example/o/").nth(1).unwrap();
    let number: i32 = short.split('"').next().unwrap().parse().unwrap();
    assert!(page.contains(&format!(
        "<b><a href=\"http://fingerpost.example/o/{number}\">fingerpost.example/o/{number}</a></b>"
    )));
    let reply = site.get(&format!("/o/{number}")).await;
    assert_eq!(reply.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(reply.header("location"), format!("/offers/{CLAY}"));
    offers::given(&db, "secret", fingerpost::offers::AnyState::Draft).await;
    let draft: i32 = sqlx::query_scalar(
        "select number from short_addresses s join offers o on o.id = s.offer_id where slug = 'secret'",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    for wrong in [draft.to_string(), "0".into(), "-1".into(), "99999999999".into(), "x".into()] {
        assert_eq!(site.get(&format!("/o/{wrong}")).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

async fn pdf(site: &Site, address: &str) -> Vec<u8> {
    let (reply, bytes) = site.send_bytes(Request::get(address), Vec::new()).await;
    assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert_eq!(reply.header("cache-control"), "no-store");
    assert!(reply.header("content-security-policy").contains("default-src 'none'"));
    bytes
}

fn has(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[tokio::test]
async fn the_pdf_keeps_the_rules_for_screen_readers() {
    let (_db, site) = with_full_offer().await;
    let bytes =
        pdf(&site, &format!("/handout.pdf?list={CLAY}_1.{DRAWER}_1&title=For+spring")).await;
    assert!(bytes.starts_with(b"%PDF-1."));
    // The library writes this mark only where its own check of PDF/UA-1 finds nothing.
    assert!(has(&bytes, "pdfuaid:part"), "not PDF/UA");
    assert!(has(&bytes, "/Lang(en-GB)") || has(&bytes, "/Lang (en-GB)"));
    assert!(has(&bytes, "/Marked true") && has(&bytes, "/DisplayDocTitle true"));
    let nothing = site.get("/handout.pdf?list=nonsense").await;
    assert_eq!(nothing.header("location"), "/handout?list=nonsense");
}

#[tokio::test]
async fn a_shortlist_of_twenty_prints_and_says_how_long_it_took() {
    let (_db, site) = Site::of_sample().await;
    let all = site.get("/offers.json").await.json();
    let slugs: Vec<&str> =
        all["offers"].as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap()).collect();
    let list = format!("list={}", slugs.join("."));
    for page in ["/handout", "/handout.pdf"] {
        let started = Instant::now();
        let (reply, bytes) =
            site.send_bytes(Request::get(format!("{page}?{list}")), Vec::new()).await;
        let took = started.elapsed();
        println!("{page} of {} offers: {took:?}, {} bytes", slugs.len(), bytes.len());
        assert_eq!((reply.status, slugs.len()), (StatusCode::OK, 20));
    }
}
