//! Partnerships and teams of boroughs at the desk: who may change which, and what visitors see of it.
use super::*;
pub use crate::partnerships::add as partnership;
use crate::support::Database;

const FORM: &str = "name=Camberwell+Circle&kind=network&level=borough&borough=southwark&area=&about=They+meet.\
                    &meetings=Mondays&joining=&contact_name=&contact_role=&phone=&email=hi%40circle.example&web=";

const LEWISHAM: &str = "E09000023";

fn administrator() -> Rights {
    Rights { administrator: true, ..Rights::default() }
}

async fn site() -> (Database, Site) {
    let db = crate::support::database().await;
    let site = Site::new(&db).await;
    (db, site)
}

#[tokio::test]
async fn a_coordinator_adds_edits_archives_and_brings_back_and_the_log_says_so() {
    let (db, site) = site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let form = ama.get("/desk/partnerships/entry").await.body;
    assert_eq!(form.matches("name=\"borough\"").count(), 33);
    assert!(form.contains("value=\"southwark\" checked"), "one's own is chosen");
    let added = ama.post("/desk/partnerships/entry", FORM).await;
    let page = added.header("location").split('?').next().unwrap().to_owned();
    assert!(site.get("/partnerships/camberwell-circle").await.body.contains("Mondays"));

    let change = FORM.replace("Mondays", "Fridays");
    assert_eq!(ama.post(&page, &format!("version=1&{change}")).await.status, StatusCode::SEE_OTHER);
    assert!(site.get("/partnerships/camberwell-circle").await.body.contains("Fridays"));
    let late = ama.post(&page, &format!("version=1&{}", FORM.replace("Mondays", "Sundays"))).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("\nSundays</textarea>"), "nothing typed is lost");
    assert!(site.get("/partnerships/camberwell-circle").await.body.contains("Fridays"));

    assert_eq!(
        ama.post(&format!("{page}/archiving"), "version=2").await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(site.get("/partnerships/camberwell-circle").await.status, StatusCode::NOT_FOUND);
    assert!(ama.get("/desk/partnerships?show=archived").await.body.contains("Camberwell Circle"));
    assert_eq!(
        ama.post(&format!("{page}/return"), "version=3").await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(site.get("/partnerships/camberwell-circle").await.status, StatusCode::OK);

    let another = signed_in(&db, &site, "Sol", coordinator_of(SOUTHWARK)).await;
    let log = another.get("/desk/log").await.body;
    for did in ["added", "edited", "archived", "brought back"] {
        assert!(
            log.contains(&format!("{did} <a href=\"{page}\">Camberwell Circle</a>")),
            "{did}:\n{log}"
        );
    }
}

#[tokio::test]
async fn only_administrators_look_after_what_reaches_beyond_boroughs() {
    let (db, site) = site().await;
    let region = partnership(&db, "ring", "network", "region", &[SOUTHWARK]).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    assert_eq!(
        ama.get(&format!("/desk/partnerships/{region}")).await.status,
        StatusCode::NOT_FOUND
    );
    assert!(!ama.get("/desk/partnerships").await.body.contains(&region.to_string()));
    for level in ["region", "nation"] {
        let form = FORM.replace("level=borough", &format!("level={level}"));
        let refused = ama.post("/desk/partnerships/entry", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("href=\"#level\">Only administrators"), "{level}");
    }
    let alice = signed_in(&db, &site, "Alice", administrator()).await;
    let form = FORM.replace("level=borough", "level=nation");
    let page = format!("/desk/partnerships/{region}");
    assert_eq!(alice.post(&page, &format!("version=1&{form}")).await.status, StatusCode::SEE_OTHER);
    assert!(site.get("/partnerships/ring").await.body.contains("The whole country"));
}

#[tokio::test]
async fn a_group_of_other_boroughs_is_neither_seen_nor_made() {
    let (db, site) = site().await;
    let lewisham = partnership(&db, "lew", "forum", "borough", &[LEWISHAM]).await;
    let both = partnership(&db, "both", "forum", "borough", &[LEWISHAM, SOUTHWARK]).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let list = ama.get("/desk/partnerships").await.body;
    assert!(list.contains(&both.to_string()) && !list.contains(&lewisham.to_string()));
    let page = format!("/desk/partnerships/{lewisham}");
    assert_eq!(ama.post(&page, &format!("version=1&{FORM}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        ama.post(&format!("{page}/archiving"), "version=1").await.status,
        StatusCode::NOT_FOUND
    );
    let form = FORM.replace("borough=southwark", "borough=lewisham");
    for to in ["/desk/partnerships/entry".to_owned(), format!("/desk/partnerships/{both}")] {
        let refused = ama.post(&to, &format!("version=1&{form}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}");
        assert!(
            refused
                .body
                .contains("href=\"#borough\">Choose at least one borough that you look after")
        );
    }
    let rea = signed_in(&db, &site, "Rea", reader_of(SOUTHWARK)).await;
    let seen = rea.get(&format!("/desk/partnerships/{both}")).await;
    assert!(seen.status == StatusCode::OK && !seen.body.contains("id=\"save\""));
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_each_field() {
    let (db, site) = site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let page =
        ama.post("/desk/partnerships/entry", "name=&level=borough&about=&email=me&area=here").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for piece in [
        "href=\"#name\">Enter its name",
        "href=\"#kind\">Choose what kind",
        "href=\"#borough\">Choose the boroughs",
        "href=\"#about\">Say what they do",
        "href=\"#email\">Enter an email address",
        "value=\"here\"",
    ] {
        assert!(page.body.contains(piece), "{piece}");
    }
}

#[tokio::test]
async fn an_administrator_names_the_team_of_a_borough_and_its_page_says_so() {
    let (db, site) = site().await;
    let alice = signed_in(&db, &site, "Alice", administrator()).await;
    let page = "/desk/boroughs/camden";
    let empty = alice.post(page, "version=0&name=Camden+arts").await;
    assert!(empty.body.contains("href=\"#phone\">Give one way to reach them"));
    let form = "name=Camden+arts&phone=020+7946+0530&note=Mondays";
    assert_eq!(alice.post(page, &format!("version=0&{form}")).await.status, StatusCode::SEE_OTHER);
    let shown = site.get("/boroughs/camden").await.body;
    assert!(shown.contains("Camden arts") && shown.contains("tel:+442079460530"));
    let late = alice.post(page, &format!("version=0&{form}2")).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "it was not named yet, but now it is");
    assert!(late.body.contains("value=\"Mondays2\""));
    assert_eq!(alice.post(page, "version=1&act=remove").await.status, StatusCode::SEE_OTHER);
    assert!(!site.get("/boroughs/camden").await.body.contains("Camden arts"));
    let again = alice.post(page, &format!("version=1&{form}")).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "somebody took it away");
    let log = alice.get("/desk/log").await.body;
    assert!(log.contains("changed the team of a borough: Camden"), "{log}");
}

#[tokio::test]
async fn a_borough_is_added_and_taken_away_only_by_those_who_look_after_it() {
    let (db, site) = site().await;
    let shared = partnership(&db, "shared", "forum", "borough", &[SOUTHWARK, LEWISHAM]).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let page = format!("/desk/partnerships/{shared}");
    let both = FORM.replace("borough=southwark", "borough=southwark&borough=lewisham");
    let without = ama.post(&page, &format!("version=1&{FORM}")).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.body.contains("Only those who look after Lewisham"), "{}", without.body);
    let more = format!("version=1&{}", both.replace("lewisham", "lewisham&borough=camden"));
    assert!(ama.post(&page, &more).await.body.contains("Only those who look after Camden"));
    assert_eq!(ama.post(&page, &format!("version=1&{both}")).await.status, StatusCode::SEE_OTHER);
}
