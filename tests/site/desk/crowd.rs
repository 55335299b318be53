//! Twenty coordinators on two hundred submissions. Slow, since each is sent, looked at and decided for real.
use std::collections::BTreeMap;

use axum::http::StatusCode;
use fingerpost::{
    submissions::{About, By, Submission, SubmissionId, send::Sent, send::send, store},
    text::Email,
};
use futures_util::{StreamExt, future::join_all, stream};

use super::*;
use crate::describe::{draft, empty_site, fill_all, form};

const COORDINATORS: usize = 20;
const SUBMISSIONS: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_coordinators_decide_two_hundred_submissions_each_once() {
    let (db, site) = empty_site().await;
    let ids = waiting(&db, &site).await;
    let mut people = vec![];
    for number in 0..COORDINATORS {
        let name = format!("Coordinator{number}");
        people.push(signed_in(&db, &site, &name, coordinator_of(SOUTHWARK)).await);
    }
    // Each submission is decided by two at once, in three ways, and nobody knows of the other.
    let decisions = ids.iter().enumerate().flat_map(|(at, id)| {
        [(at, *id, at % COORDINATORS, at % 3), (at, *id, (at * 7 + 3) % COORDINATORS, (at + 1) % 3)]
    });
    let people = &people;
    let decided = stream::iter(decisions).map(|(_, id, who, what)| decide(&people[who], id, what));
    let statuses: Vec<StatusCode> = decided.buffer_unordered(COORDINATORS).collect().await;
    let count = |status| statuses.iter().filter(|one| **one == status).count();
    assert_eq!(count(StatusCode::SEE_OTHER), SUBMISSIONS, "each is decided");
    assert_eq!(count(StatusCode::CONFLICT), SUBMISSIONS, "and nobody twice");

    let stages: Vec<(String, i64)> = sqlx::query_as(
        "select stage, count(*) from submissions where email like 'artist%' group by stage",
    )
    .fetch_all(&*db)
    .await
    .unwrap();
    let stages: BTreeMap<String, i64> = stages.into_iter().collect();
    assert_eq!(stages.values().sum::<i64>(), SUBMISSIONS as i64);
    assert!(!stages.contains_key("waiting"), "{stages:?}");
    let (lines, acts, letters): (i64, i64, i64) = sqlx::query_as(
        "select (select count(*) from offer_revisions where number = 2),
                (select count(*) from desk_acts where subject is not null),
                (select count(*) from outbox where event ~ '^(published|changes_asked|refused):')",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    let all = SUBMISSIONS as i64;
    assert_eq!((lines, acts, letters), (all, all, all), "a line, an act and a letter for each");

    let anew = Site::new(&db).await;
    let found = anew.get("/offers.json").await.json();
    assert_eq!(found["total"], stages["published"], "what is listed is what is published");
}

async fn decide(person: &Person<'_>, id: SubmissionId, what: usize) -> StatusCode {
    let said: [&[(&str, &str)]; 3] = [
        &[("decision", "publish"), ("version", "2")],
        &[("decision", "ask"), ("message", "Who leads it?"), ("version", "2")],
        &[
            ("decision", "refuse"),
            ("reason", "twice"),
            ("message", "It is there."),
            ("version", "2"),
        ],
    ];
    person.post(&format!("/desk/submissions/{id}/decision"), &form(said[what])).await.status
}

/// As many that wait as are to be decided.
async fn waiting(db: &PgPool, site: &Site) -> Vec<SubmissionId> {
    let home = draft(db, site).await;
    fill_all(site, &home).await;
    let first: SubmissionId =
        sqlx::query_scalar("select id from submissions").fetch_one(db).await.unwrap();
    let answers = store::found(db, first).await.unwrap().unwrap().answers;
    let sent = (0..SUBMISSIONS).map(async |number| {
        let email = Email::of_person(&format!("artist{number}@clay.example")).unwrap();
        let mut answers = answers.clone();
        answers.set("title", format!("Clay number {number}"));
        let id = SubmissionId::now_v7();
        let by = By::Artist { email, confirmed: Some(now()) };
        let new = Submission::new(id, About::New(None), by, answers, now());
        assert!(store::insert(db, &new).await.unwrap());
        assert!(matches!(send(db, id, 1, now()).await.unwrap(), Sent::Waiting));
        id
    });
    join_all(sent).await
}
