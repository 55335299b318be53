//! Resources at the desk: who may change them, what is kept, and links that need a look.
use super::*;
use crate::support::{Database, encoded};

const FORM: &str = "title=Songs+and+lungs&kind=evidence&audience=artists&about=Singing+helps+people+who+find+it+hard+to+breathe.\
                    &publisher=&year=2021&address=https%3A%2F%2Fexample.org%2Fsongs";

pub async fn any(db: &PgPool) -> uuid::Uuid {
    sqlx::query_scalar("select id from resources where slug = 'wemwbs'")
        .fetch_one(db)
        .await
        .unwrap()
}

async fn found(db: &PgPool, id: uuid::Uuid, found: &str, days: Option<i16>, to: Option<&str>) {
    sqlx::query(
        "insert into resource_checks (resource_id, address, at, by, found, moved_to, why, failed_days, failed_since, failed_last)
         select id, address, now(), 'our link check', $2, $4, case when $3 is null then null else 'no answer.' end, $3,
                case when $3 is null then null else date '2026-08-01' end, case when $3 is null then null else date '2026-08-05' end
         from resources where id = $1",
    )
    .bind(id)
    .bind(found)
    .bind(days)
    .bind(to)
    .execute(db)
    .await
    .unwrap();
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
    let added = ama.post("/desk/resources/entry", FORM).await;
    let page = added.header("location").split('?').next().unwrap().to_owned();
    assert!(ama.get(added.header("location")).await.body.contains("It is in the list."));
    let listed = site.get("/resources?kind=evidence").await.body;
    assert!(listed.contains("Songs and lungs") && listed.contains("id=\"songs-and-lungs\""));

    let change = FORM.replace("lungs&", "breath&");
    assert_eq!(ama.post(&page, &format!("version=1&{change}")).await.status, StatusCode::SEE_OTHER);
    assert!(site.get("/resources").await.body.contains("Songs and breath"));
    let late = ama.post(&page, &format!("version=1&{}", FORM.replace("lungs&", "winds&"))).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("value=\"Songs and winds\""), "nothing typed is lost");
    assert!(late.body.contains("name=\"version\" value=\"2\""));

    assert_eq!(
        ama.post(&format!("{page}/archiving"), "version=2").await.status,
        StatusCode::SEE_OTHER
    );
    assert!(!site.get("/resources").await.body.contains("Songs and breath"));
    assert!(ama.get("/desk/resources?show=archived").await.body.contains("Songs and breath"));
    assert_eq!(ama.post(&format!("{page}/return"), "version=2").await.status, StatusCode::CONFLICT);
    assert_eq!(
        ama.post(&format!("{page}/return"), "version=3").await.status,
        StatusCode::SEE_OTHER
    );
    assert!(site.get("/resources").await.body.contains("Songs and breath"));

    let log = ama.get("/desk/log").await.body;
    for did in ["added", "edited", "archived", "brought back"] {
        assert!(
            log.contains(&format!("{did} <a href=\"{page}\">Songs and breath</a>")),
            "{did}:\n{log}"
        );
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_each_field_and_nothing_typed_is_lost() {
    let (db, site) = site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let long = "a".repeat(700);
    let form = format!("title=&about={long}&year=next&address={}", encoded("my site"));
    let page = ama.post("/desk/resources/entry", &form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for piece in [
        "href=\"#title\">Enter its title",
        "href=\"#kind\">Choose what kind",
        "href=\"#audience\">Choose who it is for",
        "Use 600 characters or fewer. There are 700 now",
        "href=\"#year\">Enter a year",
        "href=\"#address\">Enter a whole web address",
        "value=\"my site\"",
        &long,
    ] {
        assert!(page.body.contains(piece), "{piece}");
    }
}

#[tokio::test]
async fn a_reader_sees_and_cannot_act() {
    let (db, site) = site().await;
    let rea = signed_in(&db, &site, "Rea", reader_of(SOUTHWARK)).await;
    let page = format!("/desk/resources/{}", any(&db).await);
    let seen = rea.get(&page).await;
    assert!(seen.status == StatusCode::OK && !seen.body.contains("id=\"save\""));
    for act in ["", "/archiving", "/look", "/move", "/return"] {
        let reply = rea.post(&format!("{page}{act}"), &format!("version=1&{FORM}")).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{act}");
    }
    assert!(!rea.get("/desk/resources").await.body.contains("id=\"add\""));
}

#[tokio::test]
async fn links_that_need_a_look_are_listed_and_settled_with_one_press() {
    let (db, site) = site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let (moved, broken) = (any(&db).await, uuid::Uuid::from_u128(7));
    sqlx::query("update resources set id = $1 where slug = 'hcpc-register'")
        .bind(broken)
        .execute(&*db)
        .await
        .unwrap();
    found(&db, moved, "moved", None, Some("https://example.org/new")).await;
    found(&db, broken, "failing", Some(3), None).await;
    assert!(ama.get("/desk/resources").await.body.contains("2 links need a look"));
    let list = ama.get("/desk/resources?show=links").await.body;
    assert!(list.contains("Moved for good to https://example.org/new"));
    assert!(
        list.contains("Broken: no answer. Tried on 3 different days since Saturday 1 August 2026.")
    );
    assert!(!list.contains("London Arts and Health"));

    let page = format!("/desk/resources/{moved}");
    assert_eq!(ama.post(&format!("{page}/move"), "version=1").await.status, StatusCode::SEE_OTHER);
    let body = site.get("/resources").await.body;
    assert!(body.contains("href=\"https://example.org/new\""));
    assert_eq!(
        ama.post(&format!("{page}/move"), "version=2").await.status,
        StatusCode::CONFLICT,
        "it is there"
    );

    let page = format!("/desk/resources/{broken}");
    ama.post(
        &format!("{page}/look"),
        "version=1&address=https%3A%2F%2Fwww.hcpc-uk.org%2Fcheck-the-register%2F",
    )
    .await;
    assert!(
        ama.get("/desk/resources?show=links")
            .await
            .body
            .contains("Every link that was checked works.")
    );
    assert!(site.get("/resources").await.body.contains("by the Southwark coordinator."));
}
