//! What helps a professional to talk about an offer, and the two ways in.
use super::offers::published;
use crate::support::{self, Site};

/// The part of a page between two pieces of it.
fn part<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let rest = html.split_once(start).unwrap_or_else(|| panic!("{start} is missing")).1;
    rest.split_once(end).unwrap_or_else(|| panic!("{end} is missing")).0
}

/// What each opener is about, and its words.
fn openers(html: &str) -> Vec<(String, String)> {
    let talk = part(html, "id=\"talk\"", "id=\"record-h\"");
    let plain = |words: &str| words.replace("&#39;", "'").replace('\u{a0}', " ");
    talk.split("<dt>")
        .skip(1)
        .map(|one| {
            let (about, rest) = one.split_once("</dt><dd>").unwrap();
            (plain(about), plain(rest.split_once("</dd>").unwrap().0))
        })
        .collect()
}

#[tokio::test]
async fn openers_say_what_the_offer_states() {
    let (_db, site) = Site::of_sample().await;
    let html = site.get("/offers/clay-and-company").await.body;
    let said = openers(&html);
    let about: Vec<&str> = said.iter().map(|(about, _)| about.as_str()).collect();
    assert_eq!(
        about,
        [
            "What it is like the first time",
            "Who else comes",
            "What you need not do",
            "A first step"
        ]
    );
    let words = |at: usize| said[at].1.as_str();
    assert!(words(0).contains("“Come to the blue gate on Tanner's Row."), "{}", words(0));
    assert!(words(1).contains("Older people and men are especially welcome."), "{}", words(1));
    let need_not = "You need not book, pay, climb steps, stand, come alone or bring anything.";
    assert_eq!(words(2), need_not);
    assert!(words(3).starts_with("The next one is on Tuesday"), "{}", words(3));
    assert!(words(3).ends_with("You can just come. Would you like to go and see?"), "{}", words(3));
}

#[tokio::test]
async fn an_offer_that_states_little_has_fewer_openers_and_nothing_is_made_up() {
    let db = support::database().await;
    published(&db, "tea").await;
    let site = Site::new(&db).await;
    let said = openers(&site.get("/offers/tea").await.body);
    let about: Vec<&str> = said.iter().map(|(about, _)| about.as_str()).collect();
    assert_eq!(about, ["What it is", "What you need not do", "A first step"]);
    assert_eq!(said[1].1, "You need not book, pay or travel.");
}

#[tokio::test]
async fn every_sample_offer_has_an_opener_and_never_more_than_four() {
    let (_db, site) = Site::of_sample().await;
    let map = site.get("/sitemap.xml").await.body;
    let offers = map.split("<loc>http://fingerpost.example/offers/").skip(1);
    let (mut seen, mut three) = (0, 0);
    for slug in offers.map(|rest| rest.split('<').next().unwrap()) {
        let said = openers(&site.get(&format!("/offers/{slug}")).await.body);
        assert!((1..=4).contains(&said.len()), "{slug}: {said:?}");
        assert!(said.iter().all(|(_, words)| !words.contains("**")), "{slug}: {said:?}");
        seen += 1;
        three += usize::from(said.len() >= 3);
    }
    assert!(seen > 100 && three * 10 > seen * 9, "{three} of {seen}");
}

#[tokio::test]
async fn the_words_to_record_can_be_copied_with_their_codes() {
    let (_db, site) = Site::of_sample().await;
    let html = site.get("/offers/clay-and-company").await.body;
    let record = part(&html, "id=\"record-h\"", "</section>");
    for said in [
        "data-copy=\"Social prescribing offered (SNOMED CT 871691000000100)\"",
        "data-copy=\"Signposting to social prescribing service (SNOMED CT 1084281000000109)\"",
        "data-copy=\"Clay and company (by Hollow Lane Clay), Lantern Yard. Every Tuesday",
        "http://fingerpost.example/offers/clay-and-company",
        "<b>Social prescribing offered</b>",
    ] {
        assert!(record.contains(said), "{said} is missing in {record}");
    }
    assert!(!record.contains("Creative therapy"), "it is not a therapy");
}

#[tokio::test]
async fn each_way_in_has_its_own_steps_and_what_happens_next() {
    let (_db, site) = Site::of_sample().await;
    let html = site.get("/offers/clay-and-company").await.body;
    let yours = part(&html, "<h3>For you</h3>", "<h3>For professionals</h3>");
    let theirs = part(&html, "<h3>For professionals</h3>", "</section>");
    for said in ["Drop in.", "Just come.", "020 7946 0142", "You can come to the next one: Tuesday"]
    {
        assert!(yours.contains(said), "{said} is missing in {yours}");
        assert!(!theirs.contains(said), "{said} is for the person");
    }
    for said in ["Book or contact them.", "No form.", "ruth@hollowlaneclay.example"] {
        assert!(theirs.contains(said), "{said} is missing in {theirs}");
        assert!(!yours.contains(said), "{said} is for professionals");
    }
    for way in [yours, theirs] {
        assert!(way.contains("They usually reply within 2 working days."), "{way}");
        assert!(way.contains("Places are open, said on"), "{way}");
    }
}
