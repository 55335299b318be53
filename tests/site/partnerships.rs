//! Networks and partnerships: their pages and file, the team of a borough, and from a postcode to all of them.
use axum::http::StatusCode;
use fingerpost::{
    imports::{ImportOptions, Kept},
    partnerships::csv,
};
use sqlx::PgPool;

use crate::{
    networks::{ROWS, import, said, says},
    support::{self, Program, Site, encoded},
};

/// Adds one; `boroughs` are their codes.
pub async fn add(
    db: &PgPool,
    slug: &str,
    kind: &str,
    level: &str,
    boroughs: &[&str],
) -> uuid::Uuid {
    sqlx::query_scalar(
        "insert into partnerships (id, slug, name, kind, level, boroughs, about, phone)
         values (gen_random_uuid(), $1, $1, $2, $3, $4, 'They meet.', '020 7946 0599') returning id",
    )
    .bind(slug)
    .bind(kind)
    .bind(level)
    .bind(boroughs)
    .fetch_one(db)
    .await
    .unwrap()
}

#[tokio::test]
async fn each_has_a_page_with_what_they_do_when_they_meet_how_to_join_and_whom_to_ask() {
    let (_db, site) = Site::of_sample().await;
    let page = said(&site, "/partnerships/southwark-arts-for-health").await;
    says(
        &page,
        &[
            "Arts and health network. Southwark. Peckham, Camberwell and the river side.",
            "When they meet First Wednesday of the month",
            "How to join Write to us.",
            "Imogen Sample , convenor",
        ],
    );
    assert_eq!(site.get("/partnerships/nowhere").await.status, StatusCode::NOT_FOUND);
    let quiet = said(&site, "/partnerships/rye-lane-partnership").await;
    says(&quiet, &["Partnership. Southwark and Lewisham.", "020 7946 0511"]);
}

#[tokio::test]
async fn the_list_goes_by_level_and_is_narrowed_by_borough_and_kind() {
    let (_db, site) = Site::of_sample().await;
    let all = said(&site, "/partnerships").await;
    let at = |piece: &str| all.find(piece).unwrap_or_else(|| panic!("{piece} is not in:\n{all}"));
    let order = ["In a borough Hackney", "In the region Creative", "In the whole country National"];
    assert!(order.map(at).is_sorted());
    let hackney = said(&site, "/partnerships?borough=hackney").await;
    says(&hackney, &["3 groups for Hackney", "London Sample Creative Ring", "National Sample"]);
    assert!(!hackney.contains("Rye Lane") && !hackney.contains("south east London"));
    let forums = said(&site, "/partnerships?kind=forum").await;
    assert!(forums.contains("2 groups") && !forums.contains("Rye Lane"));
    let map = site.get("/sitemap.xml").await.body;
    assert!(
        map.contains("/partnerships</loc>")
            && map.contains("/partnerships/rye-lane-partnership</loc>")
    );
}

#[tokio::test]
async fn the_page_of_a_borough_says_whom_to_ask_and_which_groups_serve_it() {
    let (_db, site) = Site::of_sample().await;
    let southwark = said(&site, "/boroughs/southwark").await;
    says(
        &southwark,
        &[
            "Southwark sample culture team 020 7946 0501",
            "Find your local partners",
            "Rye Lane Making Partnership",
            "London Sample Creative Ring",
        ],
    );
    assert!(!southwark.contains("Hackney Sample Voluntary Action"));
    assert!(!said(&site, "/boroughs/camden").await.contains("sample culture team"));
}

#[tokio::test]
async fn a_file_that_was_written_is_read_again_without_a_change_and_a_bad_row_keeps_it_out() {
    let (db, site) = Site::of_sample().await;
    let folder = support::folder();
    let (path, options) = (folder.path().join("partnerships.csv"), ImportOptions::default());
    let many = csv::export(&db, Some(&path)).await.unwrap();
    let again = csv::import(&db, &path, &options).await.unwrap();
    assert_eq!((many, again.unchanged, again.added + again.changed), (7, 7, 0), "{again}");
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(site.get("/partnerships.csv").await.body, written);

    sqlx::query("update partnerships set archived_at = now() where slug = 'london-creative-ring'")
        .execute(&*db)
        .await
        .unwrap();
    let again = csv::import(&db, &path, &options).await.unwrap();
    assert_eq!(again.passed_over["archived at the desk"], 1);
    assert_eq!(site.get("/partnerships/london-creative-ring").await.status, StatusCode::NOT_FOUND);

    let head = csv::COLUMNS.join(",");
    let bad = "x,,club,borough,,,,,,,,,,\ny,Y,forum,borough,atlantis,,A.,,,,,12,me,\n";
    std::fs::write(&path, format!("{head}\n{bad}")).unwrap();
    let outcome = csv::import(&db, &path, &options).await.unwrap();
    assert_eq!(outcome.kept, Kept::Refused);
    let told = outcome.to_string();
    for piece in [
        "name: Enter its name",
        "kind: Choose",
        "borough: Choose the boroughs",
        "phone: Give one way",
        "“atlantis”",
        "email: Enter",
    ] {
        assert!(told.contains(piece), "{piece} is not in:\n{told}");
    }
}

#[tokio::test]
async fn from_a_postcode_one_finds_the_team_the_forum_the_networks_the_groups_and_the_neighbours() {
    let (db, _) = Site::of_sample().await;
    import(&db, &ROWS, "01Jan2026").await;
    let site = Site::new(&db).await;
    let page = said(&site, "/find-your-partners?q=se15+4ql").await;
    says(
        &page,
        &[
            "Near SE15 4QL, in Southwark",
            "Who to ask in Southwark Southwark sample culture team 020 7946 0501",
            "Forum of charities and community groups Southwark Sample Community Forum",
            "North Rye PCN A practice near there: Queen's Road Health Centre, 20 Queens Road, SE15 5LZ",
            "Telephone 020 7946 0123",
            "Networks and partnerships for Southwark Rye Lane Making Partnership",
            "Link workers and GP networks They help people",
            "Imogen Sample-Ashby",
            "Yusuf Sample-Rahman",
            "Others near you",
            "Hollow Lane Clay",
        ],
    );
    assert!(
        !page.contains("Hackney Sample Voluntary Action") && !page.contains("Hackney South PCN")
    );
    assert!(!page.contains("Agnieszka"), "she serves another borough");
    assert!(!page.contains("020 7946 0171"), "that number is for professionals");
    let html = site.get("/find-your-partners?q=se15+4ql").await.body;
    for link in
        ["/networks/U11111", "/partnerships/rye-lane-partnership", "/providers/hollow-lane-clay"]
    {
        assert!(html.contains(&format!("href=\"{link}\"")), "{link}");
    }
    assert!(site.get("/robots.txt").await.body.contains("Disallow: /find-your-partners?"));
}

#[tokio::test]
async fn neighbours_are_those_who_do_the_same() {
    let (_db, site) = Site::of_sample().await;
    let clay = said(&site, "/find-your-partners?q=se15+4ql&activity=pottery").await;
    says(&clay, &["Others near you: ", "Hollow Lane Clay"]);
    let names = |page: &str| page.split("Others near you").nth(1).unwrap().to_owned();
    let film = said(&site, "/find-your-partners?q=se15+4ql&activity=film").await;
    assert!(!names(&film).contains("Hollow Lane Clay"), "{film}");
    let html = site.get("/find-your-partners?q=se15+4ql&activity=pottery").await.body;
    assert!(html.contains("value=\"pottery\" selected"), "what was chosen stays");
}

#[tokio::test]
async fn what_is_no_place_of_ours_is_told_beside_the_box_and_stays_typed() {
    let (_db, site) = Site::of_sample().await;
    for typed in ["xyzzy", "ZZ99 9ZZ", "M1 1AA", "\u{1f600}", "'; drop table x", "<b>"] {
        let path = format!("/find-your-partners?q={}", encoded(typed));
        let page = site.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{typed}");
        assert!(
            page.body.contains("id=\"q-wrong\"") && page.body.contains("aria-invalid"),
            "{typed}"
        );
        assert!(page.body.contains("like SE15 4QL"), "{typed}");
        assert!(!page.body.contains("id=\"found\"") && !page.body.contains("<b></"), "{typed}");
    }
    says(&said(&site, "/find-your-partners").await, &["Postcode, borough or area"]);
    let camden = said(&site, "/find-your-partners?q=camden").await;
    says(&camden, &["No team is listed for Camden yet", "We know of none for Camden yet"]);
}

#[test]
fn what_was_typed_into_the_finder_reaches_no_log() {
    let folder = support::folder();
    let mut command = Program::command(folder.path());
    command.env("FINGERPOST_LOG", "trace,sqlx=info").env("FINGERPOST_EMPTY", "true");
    let program = Program::ready(command, folder.path());
    assert!(program.get("/find-your-partners?q=SE15+4QL&activity=pottery").contains("200"));
    let log = program.said();
    assert!(log.contains("/find-your-partners"), "the log is there:\n{log}");
    for word in ["SE15", "4QL", "pottery"] {
        assert!(!log.contains(word), "{word} is in the log:\n{log}");
    }
}
