//! Certificates: for who came to enough, as a PDF, with a number that anybody can check.
use axum::http::{Request, StatusCode};
use fingerpost::training::store::certificates;
use jiff::SignedDuration;
use sqlx::PgPool;
use uuid::Uuid;

use super::held::{Cohort, cohort};
use crate::{
    describe::empty_site,
    desk::{CAMDEN, SOUTHWARK, coordinator_of, signed_in},
    support::{Site, encoded, now},
};

/// A cohort that was held in Southwark, whose first person came to all, the second to three, the third to two sessions; with
/// the certificates given.
pub async fn given(db: &PgPool, site: &Site) -> Cohort {
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
async fn a_misspelled_name_is_put_right_on_the_certificate_which_keeps_its_number() {
    let (db, site) = empty_site().await;
    let cohort = given(&db, &site).await;
    let (one, uncertified) = (cohort.people[0].booking, cohort.people[2].booking);
    let number = number(&db, one).await.unwrap();
    let path = format!("/desk/training/{}/attendance", cohort.id);
    let correct = format!("{path}/name");
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let wrong = ama.post(&correct, "booking=&name=").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Choose whose name to put right"), "{}", wrong.body);
    let lost = ama.post(&correct, &format!("booking={one}&name=")).await;
    assert!(lost.body.contains(&format!("<option value=\"{one}\" selected>")), "{}", lost.body);

    let done = ama.post(&correct, &format!("booking={one}&name=Zo%C3%AB+Right")).await;
    assert_eq!(done.header("location"), format!("{path}?done=corrected"));
    assert!(ama.get(&path).await.body.contains("Zoë Right"));
    let mine = site.get(&format!("{}/certificate", cohort.link(&db, 0).await)).await.body;
    assert!(mine.contains("Zoë Right") && mine.contains(&number), "{mine}");
    let check = format!("/certificates/{number}");
    let names = async |name: &str| site.post(&check, &format!("name={}", encoded(name))).await.body;
    assert!(names("Zoë Right").await.contains("id=\"same\""));
    assert!(names("Person Number 1").await.contains("id=\"other\""));
    let told = async || {
        let letters =
            "select count(*) from outbox where event like 'training_certificate_corrected:%'";
        sqlx::query_scalar::<_, i64>(letters).fetch_one(&*db).await.unwrap()
    };
    assert_eq!(told().await, 1);
    let again = ama.post(&correct, &format!("booking={one}&name=Zo%C3%AB+Right")).await;
    assert_eq!(again.header("location"), format!("{path}?done=as-it-is"));
    ama.post(&correct, &format!("booking={uncertified}&name=Una+Right")).await;
    assert!(ama.get(&path).await.body.contains("Una Right"));
    assert_eq!(told().await, 1, "who has no certificate is not written to");
    let foreign = crate::training::held::cohort(&db, CAMDEN, 1, -10).await;
    let refused =
        ama.post(&correct, &format!("booking={}&name=Not+Mine", foreign.people[0].booking)).await;
    assert_eq!(refused.header("location"), format!("{path}?done=as-it-is"));
    let renamed: i64 = sqlx::query_scalar("select count(*) from bookings where name = 'Not Mine'")
        .fetch_one(&*db)
        .await
        .unwrap();
    assert_eq!(renamed, 0);
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
