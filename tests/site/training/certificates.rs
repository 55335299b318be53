//! Certificates: for who came to enough, as a PDF, with a number that anybody can check.
use axum::http::{Request, StatusCode};
use fingerpost::{
    providers::store as providers,
    text::{Email, Slug},
    training::store::{self as training, certificates},
};
use jiff::SignedDuration;
use sqlx::PgPool;
use uuid::Uuid;

use super::held::{Cohort, cohort};
use crate::{
    describe::empty_site,
    desk::{CAMDEN, SOUTHWARK, coordinator_of, reader_of, signed_in},
    mine::{RUTH, Theirs, mine},
    support::{Site, encoded, now},
};

/// A cohort that was held, whose first person came to all, the second to three, the third to two sessions; with
/// the certificates given.
async fn given(db: &PgPool, site: &Site) -> Cohort {
    let cohort = cohort(db, SOUTHWARK, 3, -10).await;
    for (at, sessions) in [4, 3, 2].into_iter().enumerate() {
        cohort.came(db, at, sessions).await;
    }
    let ama = signed_in(db, site, "Ama", coordinator_of(SOUTHWARK)).await;
    let reply = ama.post(&format!("/desk/training/{}/certificates", cohort.id), "").await;
    assert_eq!(
        reply.header("location"),
        format!("/desk/training/{}/attendance?done=given", cohort.id)
    );
    cohort
}

async fn number(db: &PgPool, booking: Uuid) -> Option<String> {
    sqlx::query_scalar("select number from certificates where booking_id = $1")
        .bind(booking)
        .fetch_optional(db)
        .await
        .unwrap()
}

#[tokio::test]
async fn who_came_to_three_of_four_gets_a_certificate_by_letter_once_and_who_came_to_two_does_not()
{
    let (db, site) = empty_site().await;
    let cohort = given(&db, &site).await;
    let has =
        [number(&db, cohort.people[0].booking).await, number(&db, cohort.people[1].booking).await];
    assert!(has.iter().all(Option::is_some));
    assert_eq!(number(&db, cohort.people[2].booking).await, None);
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let again = ben.post(&format!("/desk/training/{}/certificates", cohort.id), "").await;
    assert!(again.header("location").ends_with("done=none"));
    let letters: Vec<(String, String)> = sqlx::query_as(
        "select recipient, plain from outbox where event like 'training_certificate:%' order by recipient",
    )
    .fetch_all(&*db)
    .await
    .unwrap();
    let to: Vec<&str> = letters.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(to, ["person1@clay.example", "person2@clay.example"]);
    assert!(letters[1].1.contains("3 of 4 modules, 6 hours"), "{}", letters[1].1);
}

#[tokio::test]
async fn no_certificate_is_given_before_the_last_session_is_over() {
    let (db, site) = empty_site().await;
    let cohort = cohort(&db, SOUTHWARK, 1, -3).await;
    cohort.came(&db, 0, 3).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let early = ama.post(&format!("/desk/training/{}/certificates", cohort.id), "").await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert_eq!(number(&db, cohort.people[0].booking).await, None);
}

#[tokio::test]
async fn the_mailed_link_shows_the_certificate_and_its_pdf() {
    let (db, site) = empty_site().await;
    let cohort = given(&db, &site).await;
    let link = cohort.link(&db, 1).await;
    let page = site.get(&format!("{link}/certificate")).await.body;
    assert!(
        page.contains("Person Number 2") && page.contains("3 of 4: Module 1, Module 2, Module 3")
    );
    let request = Request::get(format!("{link}/certificate.pdf"));
    let (reply, pdf) = site.send_bytes(request, Vec::new()).await;
    assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert!(pdf.starts_with(b"%PDF-") && pdf.windows(10).any(|piece| piece == b"pdfuaid:pa"));
    assert_eq!(reply.header("cache-control"), "no-store");
    let none = site.get(&format!("{}/certificate", cohort.link(&db, 2).await)).await.body;
    assert!(none.contains("There is none yet"));
    let lost = site.get(&format!("/booking/{}/certificate.pdf", "a".repeat(32))).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_number_says_what_it_is_for_and_a_name_only_when_it_is_typed_right() {
    let (db, site) = empty_site().await;
    let cohort = given(&db, &site).await;
    let number = number(&db, cohort.people[0].booking).await.unwrap();
    let path = format!("/certificates/{number}");
    let page = site.get(&path).await.body;
    assert!(page.contains("Creativity together") && page.contains("8 hours"), "{page}");
    assert!(!page.contains("Person Number") && !page.contains("clay.example"));
    let bare =
        site.get(&format!("/certificates?number={}", number.replace('-', "").to_lowercase())).await;
    assert_eq!(bare.header("location"), path);
    let try_name =
        async |name: &str| site.post(&path, &format!("name={}", encoded(name))).await.body;
    assert!(try_name(" person NUMBER  1").await.contains("id=\"same\""));
    assert!(try_name("Person Number 2").await.contains("id=\"other\""));
    let other = site.get("/certificates/FP-0000-0000").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    assert!(other.body.contains("id=\"number-wrong\"") && other.body.contains("FP-0000-0000"));
}

#[tokio::test]
async fn after_a_year_no_table_holds_the_name_on_a_certificate_and_its_number_can_still_be_checked()
{
    let (db, site) = empty_site().await;
    let cohort = given(&db, &site).await;
    let path = format!("/certificates/{}", number(&db, cohort.people[0].booking).await.unwrap());
    let later = |days: i64| now() + SignedDuration::from_hours(24 * days);
    certificates::forget(&*db, later(365)).await.unwrap();
    assert!(!site.get(&path).await.body.contains("id=\"erased\""));
    certificates::forget(&*db, later(368)).await.unwrap();
    let page = site.get(&path).await.body;
    assert!(page.contains("id=\"erased\"") && page.contains("id=\"valid\""));
    let names: i64 = sqlx::query_scalar(
        "select count(*) from certificates where name is not null or name_mark is not null",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    assert_eq!(names, 0);
    let link = cohort.link(&db, 0).await;
    assert_eq!(site.get(&format!("{link}/certificate.pdf")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_provider_shows_that_it_took_part_once_a_coordinator_of_the_cohort_has_checked() {
    let (db, site) = Site::of_sample().await;
    let cohort = given(&db, &site).await;
    let (mine, other) =
        (provider(&db, "hollow-lane-clay").await, provider(&db, "the-moss-room").await);
    let email = Email::of_person(&cohort.people[0].email).unwrap();
    providers::own(&*db, mine, &email, now()).await.unwrap();
    let link = cohort.link(&db, 0).await;
    let page = site.get(&format!("{link}/certificate")).await.body;
    assert!(page.contains("Hollow Lane Clay") && !page.contains("The Moss Room"));
    let showing = format!("{link}/showing");
    let foreign = site.post(&showing, &format!("show=yes&provider={other}")).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let asked = site.post(&showing, &format!("show=yes&provider={mine}")).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    assert!(!site.get("/providers/hollow-lane-clay").await.body.contains("Took part in"));
    let id: Uuid = sqlx::query_scalar("select id from training_shown where provider_id = $1")
        .bind(mine)
        .fetch_one(&*db)
        .await
        .unwrap();
    let cara = signed_in(&db, &site, "Cara", coordinator_of(CAMDEN)).await;
    let path = format!("/desk/training/shown/{id}");
    assert_eq!(cara.post(&path, "answer=yes").await.status, StatusCode::NOT_FOUND);
    let bola = signed_in(&db, &site, "Bola", coordinator_of(SOUTHWARK)).await;
    assert!(bola.get("/desk/training/shown").await.body.contains("Person Number 1"));
    assert_eq!(bola.post(&path, "answer=yes").await.status, StatusCode::SEE_OTHER);
    let page = site.get("/providers/hollow-lane-clay").await.body;
    assert!(page.contains("Took part in") && page.contains("Creativity together"), "{page}");
    assert!(!page.contains("Person Number"));
    site.post(&showing, &format!("show=no&provider={mine}")).await;
    assert!(!site.get("/providers/hollow-lane-clay").await.body.contains("Took part in"));
}

#[tokio::test]
async fn each_asking_is_answered_by_a_letter_of_its_own() {
    let (db, site) = Site::of_sample().await;
    let cohort = given(&db, &site).await;
    let (one, other) =
        (provider(&db, "hollow-lane-clay").await, provider(&db, "the-moss-room").await);
    let ama = signed_in(&db, &site, "Bola", coordinator_of(SOUTHWARK)).await;
    for provider in [one, other] {
        let id = cohort.shown_by(&db, provider).await;
        ama.post(&format!("/desk/training/shown/{id}"), "answer=yes").await;
    }
    let letters: Vec<String> = sqlx::query_scalar(
        "select plain from outbox where event like 'training_shown:%' and recipient = 'person1@clay.example'",
    )
    .fetch_all(&*db)
    .await
    .unwrap();
    assert_eq!(letters.len(), 2, "{letters:?}");
    assert!(letters.iter().any(|plain| plain.contains("The Moss Room")));
}

#[tokio::test]
async fn who_looks_after_a_provider_takes_it_off_its_page_though_the_booking_is_erased_long_ago() {
    let theirs = Theirs::of_dele().await;
    let (db, site) = (&theirs.db, &theirs.site);
    let cohort = given(db, site).await;
    let id = cohort.shown_by(db, theirs.provider).await;
    let ama = signed_in(db, site, "Bola", coordinator_of(SOUTHWARK)).await;
    ama.post(&format!("/desk/training/shown/{id}"), "answer=yes").await;
    let later = now() + SignedDuration::from_hours(24 * 380);
    training::forget(&mut db.acquire().await.unwrap(), later).await.unwrap();
    let slug: String = sqlx::query_scalar("select slug from providers where id = $1")
        .bind(theirs.provider)
        .fetch_one(&**db)
        .await
        .unwrap();
    let public = format!("/providers/{slug}");
    assert!(site.get(&public).await.body.contains("Took part in"));
    let foreign = mine(db, RUTH, None).await;
    let act = format!("/providers/{}/training-removal", theirs.provider);
    let typed = format!("id={id}");
    let refused = site.post(&format!("{foreign}{act}"), &typed).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "only who looks after it");
    let page = site.get(&format!("{}/providers/{}", theirs.mine, theirs.provider)).await;
    assert!(page.body.contains(&format!("value=\"{id}\"")), "{}", page.body);
    let done = site.post(&format!("{}{act}", theirs.mine), &typed).await;
    assert!(done.header("location").ends_with("?said=training-off"), "{}", done.body);
    assert!(!site.get(&public).await.body.contains("Took part in"));
    assert_eq!(taken_off_by(db).await, ["the provider"]);
}

#[tokio::test]
async fn the_desk_takes_off_what_was_checked_and_writes_it_down() {
    let (db, site) = Site::of_sample().await;
    let cohort = given(&db, &site).await;
    let id = cohort.shown_by(&db, provider(&db, "hollow-lane-clay").await).await;
    let (path, public) = (format!("/desk/training/shown/{id}"), "/providers/hollow-lane-clay");
    let removal = format!("{path}/removal");
    let bola = signed_in(&db, &site, "Bola", coordinator_of(SOUTHWARK)).await;
    let early = bola.post(&removal, "").await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "nothing is shown so far");
    bola.post(&path, "answer=yes").await;
    let rita = signed_in(&db, &site, "Rita", reader_of(SOUTHWARK)).await;
    assert_eq!(rita.post(&removal, "").await.status, StatusCode::FORBIDDEN);
    let read = rita.get("/desk/training/shown").await.body;
    assert!(read.contains("Hollow Lane Clay") && !read.contains("Person Number 1"), "{read}");
    assert!(bola.get("/desk/training/shown").await.body.contains(&removal));
    assert!(site.get(public).await.body.contains("Took part in"));
    let done = bola.post(&removal, "").await;
    assert_eq!(done.header("location"), "/desk/training/shown?done=taken-off");
    assert!(!site.get(public).await.body.contains("Took part in"));
    assert_eq!(taken_off_by(&db).await, ["the Southwark coordinator"]);
    let told: i64 = sqlx::query_scalar(
        "select count(*) from outbox where event like 'training_taken_off:%' and recipient = 'person1@clay.example'",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    assert_eq!(told, 1);
}

async fn taken_off_by(db: &PgPool) -> Vec<String> {
    sqlx::query_scalar("select by from desk_acts where act = 'training_taken_off'")
        .fetch_all(db)
        .await
        .unwrap()
}

async fn provider(db: &PgPool, slug: &str) -> Uuid {
    providers::found(db, &Slug::parse(slug).unwrap()).await.unwrap().unwrap().id
}
