//! Networks of practices, and finding one's own.
use std::fs;

use fingerpost::{
    imports::{ImportOptions, Outcome},
    places::practices,
};
use jiff::civil::date;
use sqlx::PgPool;

use crate::support::{self, Site, encoded};

/// Code, name, street, postcode, and network with its name, of practices in London.
pub type Row = [&'static str; 6];

pub const ROWS: [Row; 5] = [
    ["A00001", "THE LISTER SURGERY", "101 PECKHAM ROAD", "SE15 4QL", "U11111", "NORTH RYE PCN"],
    [
        "A00002",
        "QUEEN'S ROAD HEALTH CENTRE",
        "20 QUEENS ROAD",
        "SE15 5LZ",
        "U11111",
        "NORTH RYE PCN",
    ],
    ["A00003", "ST GILES PRACTICE", "3 CHURCH STREET", "SE5 7DF", "U11111", "NORTH RYE PCN"],
    ["A00004", "DALSTON PRACTICE", "1 HIGH STREET", "E8 4RP", "U22222", "HACKNEY SOUTH PCN"],
    ["A00005", "THE LONE SURGERY", "2 FENCHURCH STREET", "EC3M 1AA", "Unallocated", ""],
];

pub async fn import(db: &PgPool, rows: &[Row], on: &str) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let (list, map) = (folder.path().join("list.csv"), folder.path().join("map.csv"));
    let listed = rows.iter().map(|[code, name, street, postcode, ..]| {
        let mut cells = [""; 27];
        let known = [(0, *code), (1, *name), (4, *street), (9, *postcode), (10, "19740401")];
        known.into_iter().for_each(|(at, cell)| cells[at] = cell);
        (cells[12], cells[17], cells[25]) = ("A", "020 7946 0123", "4");
        format!("\"{}\"\n", cells.join("\",\""))
    });
    let mapped = rows.iter().map(|[code, _, _, postcode, network, name]| {
        format!("{on},{code},{postcode},{network},{name},QKK,NHS South East London\n")
    });
    let head = "EXTRACT_DATE,PRACTICE_CODE,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,ICB_CODE,ICB_NAME\n";
    fs::write(&list, listed.collect::<String>()).unwrap();
    fs::write(&map, format!("{head}{}", mapped.collect::<String>())).unwrap();
    let options = ImportOptions::default();
    practices::import::run(db, &list, &map, &options, date(2026, 8, 6)).await.unwrap()
}

/// The page without its tags and with single spaces.
pub async fn said(site: &Site, path: &str) -> String {
    let page = site.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    let main = page.body.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let text: String = main
        .split('<')
        .filter_map(|piece| piece.split_once('>'))
        .map(|(_, text)| format!("{text} "))
        .collect();
    text.replace("&#39;", "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn says(text: &str, pieces: &[&str]) {
    for piece in pieces {
        assert!(text.contains(piece), "{piece} is not in:\n{text}");
    }
}

#[tokio::test]
async fn a_network_has_a_page_with_its_practices_boroughs_board_and_what_is_on_near_by() {
    let (db, _) = Site::of_sample().await;
    import(&db, &ROWS, "01Jan2026").await;
    let site = Site::new(&db).await;
    let page = said(&site, "/networks/U11111").await;
    says(
        &page,
        &[
            "North Rye PCN",
            "3 GP practices that work together in Southwark",
            "The Lister Surgery 101 Peckham Road, SE15 4QL",
            "Queen's Road Health Centre",
            "NHS South East London, in the NHS list of Thursday 1 January 2026",
            "within 2 km of",
            "near this network",
        ],
    );
    assert!(!page.contains("Dalston"), "{page}");
    let total = page.split(" offers within 2 km").next().unwrap().rsplit(' ').next().unwrap();
    let html = site.get("/networks/U11111").await.body;
    let link = html.split("href=\"/offers?near=").nth(1).unwrap().split('"').next().unwrap();
    let search = format!("/offers.json?near={}", link.replace("&amp;", "&"));
    assert_eq!(site.get(&search).await.json()["total"].to_string(), total, "{search}");

    says(
        &said(&site, "/networks").await,
        &["Southwark North Rye PCN", "Hackney Hackney South PCN", "2 networks."],
    );
    says(
        &said(&site, "/boroughs/southwark").await,
        &["One network has a practice in Southwark", "North Rye PCN"],
    );
    assert!(site.get("/sitemap.xml").await.body.contains("/networks/U11111</loc>"));
    assert_eq!(site.get("/networks/U99999").await.status, 404);
}

#[tokio::test]
async fn a_network_that_straddles_two_boroughs_stands_in_both() {
    let db = support::database().await;
    let mut rows = ROWS;
    rows[3][4] = "U11111";
    rows[3][5] = "NORTH RYE PCN";
    import(&db, &rows, "01Jan2026").await;
    let site = Site::new(&db).await;
    says(
        &said(&site, "/networks/U11111").await,
        &["4 GP practices that work together in Southwark and Hackney"],
    );
    for borough in ["/boroughs/hackney", "/boroughs/southwark"] {
        says(&said(&site, borough).await, &["North Rye PCN"]);
    }
}

#[tokio::test]
async fn a_repeated_import_says_what_changed_and_a_closed_network_keeps_its_address_and_says_what_came_after()
 {
    let db = support::database().await;
    let first = import(&db, &ROWS, "01Jan2026").await;
    assert_eq!(
        first.notes[0],
        "2 networks: 2 new, 0 renamed, 0 under another board, 0 open again, 0 closed. 0 practices left theirs."
    );
    let again = import(&db, &ROWS, "01Jan2026").await;
    assert_eq!((again.unchanged, again.added + again.changed + again.closed), (5, 0));
    assert!(again.notes[0].starts_with(
        "2 networks: 0 new, 0 renamed, 0 under another board, 0 open again, 0 closed."
    ));

    let mut rows = ROWS;
    for at in [0, 1] {
        (rows[at][4], rows[at][5]) = ("U33333", "EAST RYE PCN");
    }
    (rows[2][4], rows[2][5]) = ("U22222", "HACKNEY AND BEYOND PCN");
    rows[3][5] = "HACKNEY AND BEYOND PCN";
    let later = import(&db, &rows, "01Apr2026").await;
    assert_eq!(
        later.notes[0],
        "2 networks: 1 new, 1 renamed, 0 under another board, 0 open again, 1 closed. 3 practices left theirs."
    );
    assert_eq!(later.notes[1], "Closed: U11111 North Rye PCN.");
    let site = Site::new(&db).await;
    let closed = said(&site, "/networks/U11111").await;
    says(
        &closed,
        &[
            "This network has closed. The NHS list of Wednesday 1 April 2026",
            "went to: East Rye PCN Hackney and Beyond PCN",
        ],
    );
    says(&said(&site, "/networks").await, &["Networks that closed North Rye PCN"]);
    assert!(!said(&site, "/boroughs/southwark").await.contains("North Rye"));

    let back = import(&db, &ROWS, "01Jul2026").await;
    assert!(back.notes[0].contains("1 open again, 1 closed"), "{}", back.notes[0]);
    let site = Site::new(&db).await;
    assert!(!said(&site, "/networks/U11111").await.contains("closed"));
}

#[tokio::test]
async fn a_site_that_runs_follows_an_import() {
    let db = support::database().await;
    let app = Site::app(&db).await;
    app.load(support::now()).await.unwrap();
    let site = Site::of(fingerpost::routes::site(app.clone()));
    assert_eq!(site.get("/networks/U11111").await.status, 404);
    let mut notices = sqlx::postgres::PgListener::connect_with(&db).await.unwrap();
    notices.listen("places").await.unwrap();
    import(&db, &ROWS, "01Jan2026").await;
    notices.recv().await.unwrap();
    app.refresh().await.unwrap();
    says(&said(&site, "/networks/U11111").await, &["North Rye PCN"]);
}

#[tokio::test]
async fn without_any_practice_the_pages_say_what_is_missing_and_whom_to_ask() {
    let (_db, site) = Site::of_sample().await;
    says(&said(&site, "/networks").await, &["We do not have a list of networks yet"]);
    let page = said(&site, "/find-your-network").await;
    says(
        &page,
        &["We do not have a list of GP practices yet", "Ask at the reception of your practice"],
    );
    says(&said(&site, "/find-your-network?q=SE15+4QL").await, &["Ask at the reception"]);
    assert!(said(&site, "/boroughs/hackney").await.contains("Find your link worker"));
}

#[tokio::test]
async fn a_practice_is_found_by_its_name_however_it_is_typed() {
    let db = support::database().await;
    import(&db, &ROWS, "01Jan2026").await;
    let site = Site::new(&db).await;
    for (typed, name) in [
        ("lister surgery", "The Lister Surgery"),
        ("Listr surgry", "The Lister Surgery"),
        ("my gp, the lister", "The Lister Surgery"),
        ("queens road", "Queen's Road Health Centre"),
        ("Quens Raod health center", "Queen's Road Health Centre"),
        ("saint giles practise", "St Giles Practice"),
        ("fenchurch", "The Lone Surgery"),
        ("dals", "Dalston Practice"),
        ("a00004", "Dalston Practice"),
    ] {
        let page = said(&site, &format!("/find-your-network?q={}", encoded(typed))).await;
        says(&page, &[name]);
        assert!(
            page.contains(&format!("listed for {name} yet")),
            "{typed} is not one practice:\n{page}"
        );
    }
    for typed in ["xyzzy plugh", "M1 1AA", "U99999", "\u{1f600}", "'; drop table practices"] {
        let page = said(&site, &format!("/find-your-network?q={}", encoded(typed))).await;
        says(&page, &["Error:", "Check how it is written", "Ask at the reception"]);
    }
    says(&said(&site, "/find-your-network?q=north+rye").await, &["Networks North Rye PCN"]);
    assert_eq!(site.get("/find-your-network?practice=nowhere").await.status, 404);
}

#[tokio::test]
async fn a_postcode_gives_the_practices_near_it_to_pick_from() {
    let db = support::database().await;
    import(&db, &ROWS, "01Jan2026").await;
    let site = Site::new(&db).await;
    let page = said(&site, "/find-your-network?q=se154ql").await;
    says(
        &page,
        &[
            "GP practices near SE15 4QL",
            "Pick the one where you are a patient",
            "The Lister Surgery",
            "We do not know exactly where SE15 4QL is",
        ],
    );
    assert!(!page.contains("Dalston"), "it is too far: {page}");
    assert!(!page.contains(" m 101"), "no distance is known: {page}");
    let html = site.get("/find-your-network?q=se154ql").await.body;
    assert!(html.contains("href=\"/find-your-network?practice=A00001\""));
}

#[tokio::test]
async fn what_is_found_says_network_boroughs_telephone_and_whom_to_ask() {
    let db = support::database().await;
    import(&db, &ROWS, "01Jan2026").await;
    let site = Site::new(&db).await;
    let page = said(&site, "/find-your-network?practice=A00001").await;
    says(
        &page,
        &[
            "The Lister Surgery 101 Peckham Road, SE15 4QL",
            "Network North Rye PCN",
            "Borough Southwark",
            "020 7946 0123",
            "No link worker is listed for The Lister Surgery yet",
            "This is called a referral",
            "you can ask yourself",
        ],
    );
    let html = site.get("/find-your-network?practice=A00001").await.body;
    assert!(
        html.contains("href=\"tel:+442079460123\"") && html.contains("href=\"/networks/U11111\"")
    );
    let lone = said(&site, "/find-your-network?practice=A00005").await;
    says(&lone, &["The NHS lists this practice without a network", "City of London"]);

    import(&db, &ROWS[1..], "01Apr2026").await;
    let site = Site::new(&db).await;
    let closed = said(&site, "/find-your-network?practice=A00001").await;
    says(&closed, &["This practice has closed", "look for one near it"]);
    assert!(!closed.contains("020 7946"), "{closed}");
}
