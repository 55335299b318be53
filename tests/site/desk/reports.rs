//! Reports as work: what waits, who looks at it, what became of it, and the answer.
use axum::http::StatusCode;
use fingerpost::{
    accounts::Rights,
    reports::{Kind, Report, ReportId, store as reports},
    text::Text,
};

use super::*;
use crate::describe::{form, hidden, letters, wrongs};

/// One that somebody made just now; `who` tells people apart.
async fn reported(db: &PgPool, offer: OfferId, kind: Kind, who: u8) -> ReportId {
    let report = Report {
        id: ReportId::now_v7(),
        offer,
        kind,
        words: Text::optional("The door was shut.").unwrap(),
        email: Some(Email::of_person("ravi@surgery.example").unwrap()),
    };
    reports::keep(db, &report, &[who; 32], now()).await.unwrap();
    report.id
}

/// The same for tests that only need one to be there.
pub async fn report_of(db: &PgPool, offer: OfferId) -> ReportId {
    reported(db, offer, Kind::Closed, 1).await
}

async fn desk<'a>(db: &PgPool, site: &'a Site) -> (Person<'a>, OfferId) {
    (signed_in(db, site, "Ama", coordinator_of(SOUTHWARK)).await, published(db).await)
}

async fn decide(person: &Person<'_>, report: ReportId, pairs: &[(&str, &str)]) -> Reply {
    let path = format!("/desk/reports/{report}");
    let version = hidden(&person.get(&path).await, "version");
    let mut all = vec![("version", version.as_str())];
    all.extend(pairs);
    person.post(&format!("{path}/decision"), &form(&all)).await
}

async fn state(db: &PgPool, report: ReportId) -> (String, Option<String>) {
    sqlx::query_as("select state, email from reports where id = $1")
        .bind(report)
        .fetch_one(db)
        .await
        .unwrap()
}

async fn acts(db: &PgPool, report: ReportId) -> Vec<String> {
    sqlx::query_scalar("select act from desk_acts where subject = $1 order by number")
        .bind(report)
        .fetch_all(db)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_report_is_taken_answered_and_settled_and_the_address_is_gone() {
    let (db, site) = Site::of_sample().await;
    let (ama, offer) = desk(&db, &site).await;
    let report = reported(&db, offer, Kind::Times, 1).await;
    let path = format!("/desk/reports/{report}");
    let queue = ama.get("/desk?kind=report").await;
    assert!(queue.body.contains(&format!("href=\"{path}\"")) && queue.body.contains("Wrong times"));

    assert_eq!(ama.post(&format!("{path}/claim"), "").await.header("location"), path);
    assert_eq!(state(&db, report).await.0, "looked_at");
    assert!(ama.get("/desk?mine=yes").await.body.contains(&path));
    let answered = decide(
        &ama,
        report,
        &[("decision", "answer"), ("answer", "We have asked them.\nThank you.")],
    )
    .await;
    assert_eq!(
        answered.header("location"),
        format!("{path}?done=answered"),
        "{}",
        wrongs(&answered)
    );
    assert_eq!(state(&db, report).await, ("looked_at".to_owned(), None));
    let letters: Vec<(String, String)> =
        sqlx::query_as("select recipient, plain from outbox where event like 'report_answered:%'")
            .fetch_all(&*db)
            .await
            .unwrap();
    let [(to, words)] = &letters[..] else { panic!("{letters:?}") };
    assert!(to == "ravi@surgery.example" && words.contains("We have asked them.\nThank you."));
    assert!(words.contains("the Southwark coordinator"));

    assert_eq!(decide(&ama, report, &[("decision", "done")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(state(&db, report).await.0, "done");
    let expected = ["report_taken", "report_answered", "report_done"];
    assert_eq!(acts(&db, report).await, expected);
    let log = ama.get("/desk/log").await.body;
    assert!(log.contains(&path) && !log.contains("The door was shut"), "never its words");
    assert!(ama.get(&path).await.body.contains("We have asked them."));
}

#[tokio::test]
async fn five_people_who_say_closed_put_it_on_top_and_four_and_one_twice_do_not() {
    let (db, site) = Site::of_sample().await;
    let (ama, offer) = desk(&db, &site).await;
    let reader = signed_in(&db, &site, "Rosa", reader_of(SOUTHWARK)).await;
    let older = reported(&db, offer, Kind::Full, 9).await;
    sqlx::query("update reports set made_at = made_at - interval '3 days' where id = $1")
        .bind(older)
        .execute(&*db)
        .await
        .unwrap();
    let first =
        |page: &Reply| page.body.split("href=\"/desk/reports/").nth(1).unwrap()[..36].to_owned();
    for who in [1, 2, 3, 4, 4] {
        reported(&db, offer, Kind::Closed, who).await;
    }
    // The first of these links leads to the list of all.
    let queue = ama.get("/desk?kind=report").await;
    assert_eq!(first(&queue), older.to_string());
    assert!(!queue.body.contains("within two weeks"));
    let fifth = reported(&db, offer, Kind::Closed, 5).await;
    let queue = reader.get("/desk").await;
    assert_ne!(first(&queue), older.to_string());
    assert!(queue.body.contains("5 people say within two weeks that it has closed"));
    let page = reader.get(&format!("/desk/reports/{fifth}")).await;
    assert!(page.body.contains("On top of the queue"));
    // Old ones count no more.
    sqlx::query("update reports set made_at = made_at - interval '15 days' where id = $1")
        .bind(fifth)
        .execute(&*db)
        .await
        .unwrap();
    assert!(!ama.get("/desk").await.body.contains("within two weeks"));
}

#[tokio::test]
async fn what_one_decides_may_hold_for_all_who_say_the_same_and_is_opened_again() {
    let (db, site) = Site::of_sample().await;
    let (ama, offer) = desk(&db, &site).await;
    let one = reported(&db, offer, Kind::Closed, 1).await;
    let same = reported(&db, offer, Kind::Closed, 2).await;
    let other = reported(&db, offer, Kind::Full, 3).await;
    decide(&ama, one, &[("decision", "not-a-mistake"), ("alike", "yes")]).await;
    assert_eq!(state(&db, one).await.0, "not_a_mistake");
    assert_eq!(state(&db, same).await.0, "not_a_mistake");
    assert_eq!(state(&db, other).await.0, "new");
    assert_eq!(acts(&db, same).await, ["report_not_a_mistake"]);
    let again = decide(&ama, same, &[("decision", "again")]).await;
    assert_eq!(again.header("location"), format!("/desk/reports/{same}?done=again"));
    assert_eq!(state(&db, same).await.0, "new");
}

#[tokio::test]
async fn praise_waits_nowhere_and_can_be_read_and_answered() {
    let (db, site) = Site::of_sample().await;
    let (ama, offer) = desk(&db, &site).await;
    let praise = reported(&db, offer, Kind::Good, 1).await;
    let path = format!("/desk/reports/{praise}");
    assert!(!ama.get("/desk").await.body.contains(&path));
    assert!(ama.get("/desk/reports?kind=good").await.body.contains(&path));
    assert!(ama.get(&path).await.body.contains("It needs no work"));
    let settled = decide(&ama, praise, &[("decision", "done")]).await;
    assert_eq!(settled.status, StatusCode::CONFLICT);
    let thanked = decide(&ama, praise, &[("decision", "answer"), ("answer", "Lovely!")]).await;
    assert_eq!(thanked.header("location"), format!("{path}?done=answered"));
    assert_eq!(state(&db, praise).await, ("done".to_owned(), None));
}

#[tokio::test]
async fn of_two_who_settle_one_does_and_the_other_keeps_the_words() {
    let (db, site) = Site::of_sample().await;
    let (ama, offer) = desk(&db, &site).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let report = reported(&db, offer, Kind::Full, 1).await;
    let path = format!("/desk/reports/{report}/decision");
    let words =
        |decision| form(&[("version", "1"), ("decision", decision), ("answer", "My words")]);
    let (done, not) = (words("done"), words("not-a-mistake"));
    let (one, two) = tokio::join!(ama.post(&path, &done), ben.post(&path, &not));
    let mut statuses = [one.status, two.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
    let lost = if one.status == StatusCode::CONFLICT { one } else { two };
    assert!(lost.body.contains("My words"));
    assert_eq!(letters(&db, "report_answered").await, 1);
}

#[tokio::test]
async fn nobody_takes_a_report_from_somebody_unasked() {
    let (db, site) = Site::of_sample().await;
    let (ama, offer) = desk(&db, &site).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let report = reported(&db, offer, Kind::Full, 1).await;
    let path = format!("/desk/reports/{report}/claim");
    ama.post(&path, "from=").await;
    let stale = ben.post(&path, "from=").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("Ama looks at it.") && stale.body.contains("Take it over"));
    let from = hidden(&stale, "from");
    assert_eq!(ben.post(&path, &form(&[("from", &from)])).await.status, StatusCode::SEE_OTHER);
    ben.post(&format!("/desk/reports/{report}/release"), "").await;
    assert_eq!(acts(&db, report).await, ["report_taken", "report_taken", "report_let_go"]);
    // Whoever may not decide any more looks at nothing.
    ama.post(&path, "from=").await;
    let everything = Rights { administrator: true, ..Rights::default() };
    let root = signed_in(&db, &site, "Root", everything).await;
    root.post(&format!("/desk/people/{}/ending", ama.account.id), "").await;
    assert_eq!(state(&db, report).await.0, "new");
}

#[tokio::test]
async fn a_decision_without_a_choice_or_an_answer_without_words_is_told_and_changes_nothing() {
    let (db, site) = Site::of_sample().await;
    let (ama, offer) = desk(&db, &site).await;
    let report = reported(&db, offer, Kind::Full, 1).await;
    let long = "x".repeat(2_001);
    for (pairs, message) in [
        (vec![], "Choose what became of it"),
        (vec![("decision", "answer")], "Write your answer"),
        (vec![("decision", "done"), ("answer", long.as_str())], "2,000 characters"),
    ] {
        let reply = decide(&ama, report, &pairs).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrongs(&reply).contains(message), "{message}");
    }
    assert_eq!(state(&db, report).await.0, "new");
    assert_eq!(letters(&db, "report_answered").await, 0);
}
