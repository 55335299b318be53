//! Who came to which session, noted at the desk.
use axum::http::StatusCode;
use sqlx::PgPool;
use uuid::Uuid;

use super::held::{Cohort, cohort};
use crate::{
    describe::empty_site,
    desk::{CAMDEN, SOUTHWARK, coordinator_of, reader_of, signed_in},
};

fn boxes(revision: i32, came: &[(Uuid, Uuid)]) -> String {
    let came = came.iter().map(|(booking, session)| format!("&came={booking}.{session}"));
    format!("revision={revision}{}", came.collect::<String>())
}

async fn noted(db: &PgPool, cohort: &Cohort) -> i64 {
    sqlx::query_scalar(
        "select count(*) from attendance a join cohort_sessions s on s.id = a.session_id where s.cohort_id = $1",
    )
    .bind(cohort.id)
    .fetch_one(db)
    .await
    .unwrap()
}

#[tokio::test]
async fn attendance_is_noted_as_ticked_and_replaces_what_was_noted_before() {
    let (db, site) = empty_site().await;
    let cohort = cohort(&db, SOUTHWARK, 3, -2).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/training/{}/attendance", cohort.id);
    let page = ama.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Person Number 3") && page.body.contains("Session 4: not yet"));
    let (one, two) = (cohort.people[0].booking, cohort.people[1].booking);
    let [first, second, _, last] = cohort.sessions[..] else { panic!() };
    let form = boxes(1, &[(one, first), (one, second), (two, first), (two, last)]);
    assert_eq!(ama.post(&path, &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(noted(&db, &cohort).await, 3, "nobody came to a session that is still to come");
    assert_eq!(ama.post(&path, &boxes(2, &[(two, first)])).await.status, StatusCode::SEE_OTHER);
    assert_eq!(noted(&db, &cohort).await, 1);
    let words: Vec<String> = sqlx::query_scalar(
        "select words from desk_acts where act = 'attendance_noted' order by at",
    )
    .fetch_all(&*db)
    .await
    .unwrap();
    assert_eq!(
        words,
        ["people at the sessions so far: 2, 1, 0", "people at the sessions so far: 1, 0, 0"]
    );
}

#[tokio::test]
async fn whoever_notes_on_an_old_page_is_told_and_loses_no_tick() {
    let (db, site) = empty_site().await;
    let cohort = cohort(&db, SOUTHWARK, 2, -2).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/training/{}/attendance", cohort.id);
    let (one, two) = (cohort.people[0].booking, cohort.people[1].booking);
    let first = cohort.sessions[0];
    ama.post(&path, &boxes(1, &[(one, first)])).await;
    let late = ama.post(&path, &boxes(1, &[(two, first)])).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains(&format!("value=\"{two}.{first}\" checked")));
    assert!(late.body.contains("name=\"revision\" value=\"2\""));
    let kept: Uuid =
        sqlx::query_scalar("select booking_id from attendance").fetch_one(&*db).await.unwrap();
    assert_eq!(kept, one);
}

#[tokio::test]
async fn people_of_another_cohort_are_never_noted_here_and_other_boroughs_see_nothing() {
    let (db, site) = empty_site().await;
    let (here, there) = (cohort(&db, SOUTHWARK, 1, -5).await, cohort(&db, CAMDEN, 1, -5).await);
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/training/{}/attendance", here.id);
    let foreign = boxes(
        1,
        &[(there.people[0].booking, here.sessions[0]), (here.people[0].booking, there.sessions[0])],
    );
    assert_eq!(ama.post(&path, &foreign).await.status, StatusCode::SEE_OTHER);
    assert_eq!((noted(&db, &here).await, noted(&db, &there).await), (0, 0));
    let rita = signed_in(&db, &site, "Rita", reader_of(SOUTHWARK)).await;
    let sheet = format!("/desk/training/{}/sheet", here.id);
    for names in [&path, &sheet] {
        assert!(ama.get(names).await.body.contains("Person Number 1"));
        let refused = rita.get(names).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(!refused.body.contains("Person Number 1"), "a reader reads no names");
    }
    assert_eq!(rita.post(&path, &boxes(2, &[])).await.status, StatusCode::FORBIDDEN);
    let elsewhere = format!("/desk/training/{}/attendance", there.id);
    assert_eq!(ama.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
}
