//! The queue, the review, and what is decided there.
use axum::http::StatusCode;

use super::*;
use crate::describe::{empty_site, form, hidden, letters, waiting, wrongs};

#[tokio::test]
async fn a_coordinator_sees_what_waits_reads_it_and_publishes_it() {
    let (db, site) = empty_site().await;
    let (home, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let queue = ama.get("/desk").await;
    assert!(queue.body.contains("Clay on the lane") && queue.body.contains("Southwark"));
    let path = format!("/desk/submissions/{id}");
    let review = ama.get(&path).await;
    for words in ["New: Clay on the lane", "Lantern Yard", "Your decision", "The next dates"] {
        assert!(review.body.contains(words), "{words}");
    }
    let claimed = ama.post(&format!("{path}/claim"), "").await;
    assert_eq!(claimed.status, StatusCode::SEE_OTHER);
    assert!(ama.get("/desk?mine=yes").await.body.contains("by you"));
    let version = hidden(&review, "version");
    let sent = ama
        .post(&format!("{path}/decision"), &form(&[("decision", "publish"), ("version", &version)]))
        .await;
    assert_eq!(sent.header("location"), "/desk?done=published");
    assert!(ama.get("/desk?done=published").await.body.contains("It is published."));
    assert_eq!(site.get("/offers/clay-on-the-lane").await.status, StatusCode::OK);
    assert!(site.get(&home).await.body.contains("stage published"));
    let acts: Vec<(String, String)> =
        sqlx::query_as("select act, by from desk_acts where subject = $1")
            .bind(id)
            .fetch_all(&*db)
            .await
            .unwrap();
    let by = |act: &str| (act.to_owned(), "the Southwark coordinator".to_owned());
    assert_eq!(acts, [by("claimed"), by("published")]);
    assert!(ama.get(&path).await.body.contains("id=\"stage\">Published"));
}

#[tokio::test]
async fn words_beside_a_question_and_about_the_whole_go_to_the_artist() {
    let (db, site) = empty_site().await;
    let (home, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/submissions/{id}");
    let version = hidden(&ama.get(&path).await, "version");
    let said = [
        ("decision", "ask"),
        ("version", &version),
        ("ask-summary", "How many people come?"),
        ("message", "A lovely idea."),
    ];
    assert_eq!(
        ama.post(&format!("{path}/decision"), &form(&said)).await.status,
        StatusCode::SEE_OTHER
    );
    let status = site.get(&home).await;
    assert!(
        status.body.contains("How many people come?") && status.body.contains("A lovely idea.")
    );
    assert!(status.body.contains("stage changes_asked"));
    assert_eq!(letters(&db, "changes_asked").await, 1);
}

#[tokio::test]
async fn a_decision_with_something_wrong_is_told_and_keeps_what_was_typed() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/submissions/{id}/decision");
    for (typed, told) in [
        (vec![("message", "My long words")], "Choose what you decide"),
        (vec![("decision", "ask")], "Write what should be changed"),
        (vec![("decision", "refuse"), ("message", "My long words")], "Choose the reason"),
        (vec![("decision", "refuse"), ("reason", "twice")], "Say in your own words why"),
    ] {
        let mut pairs = vec![("version", "1")];
        pairs.extend(typed.iter().copied());
        let reply = ama.post(&path, &form(&pairs)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrongs(&reply).contains(told), "{told}: {}", wrongs(&reply));
        for (field, words) in typed.iter().filter(|(field, _)| *field == "message") {
            assert!(reply.body.contains(words), "{field} is lost");
        }
    }
}

#[tokio::test]
async fn of_two_coordinators_one_decides_and_the_other_is_told_and_keeps_the_words() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/submissions/{id}");
    let version = hidden(&ama.get(&path).await, "version");
    let publish = form(&[("decision", "publish"), ("version", &version)]);
    let refuse = form(&[
        ("decision", "refuse"),
        ("reason", "twice"),
        ("message", "It is there as Clay and company."),
        ("version", &version),
    ]);
    let decision = format!("{path}/decision");
    let (one, other) = tokio::join!(ama.post(&decision, &publish), ben.post(&decision, &refuse));
    let mut statuses = [one.status, other.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
    assert_eq!(letters(&db, "published").await + letters(&db, "refused").await, 1);
    let loser = if one.status == StatusCode::CONFLICT { one } else { other };
    assert!(loser.body.contains("Somebody else was first"));
}

#[tokio::test]
async fn what_belongs_to_another_borough_is_in_nobody_elses_queue() {
    let (db, site) = empty_site().await;
    waiting(&db, &site).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(CAMDEN)).await;
    assert!(ben.get("/desk").await.body.contains("Nothing waits here"));
    let admin = Rights { administrator: true, ..Rights::default() };
    let all = signed_in(&db, &site, "Cleo", admin).await;
    assert!(all.get("/desk").await.body.contains("Clay on the lane"));
    let reader = signed_in(&db, &site, "Dan", reader_of(SOUTHWARK)).await;
    assert!(reader.get("/desk").await.body.contains("Clay on the lane"));
}

#[tokio::test]
async fn nobody_decides_on_something_else_than_what_was_looked_at() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/submissions/{id}");
    let version: u32 = hidden(&ama.get(&path).await, "version").parse().unwrap();
    let older = form(&[("decision", "publish"), ("version", &(version - 1).to_string())]);
    let reply = ama.post(&format!("{path}/decision"), &older).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert_eq!(letters(&db, "published").await, 0);
}

#[tokio::test]
async fn a_claim_from_a_stale_page_names_who_has_it_and_what_is_decided_is_claimed_no_more() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/submissions/{id}");
    let (claim, version) = (format!("{path}/claim"), hidden(&ben.get(&path).await, "version"));
    ama.post(&claim, "from=").await;
    let stale = ben.post(&claim, "from=").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("Claimed by Ama.") && stale.body.contains("Take it over"));
    let from = hidden(&stale, "from");
    assert_eq!(ben.post(&claim, &form(&[("from", &from)])).await.status, StatusCode::SEE_OTHER);
    ben.post(&format!("{path}/release"), "").await;
    let decision = form(&[("decision", "publish"), ("version", &version)]);
    ama.post(&format!("{path}/decision"), &decision).await;
    let late = ben.post(&claim, "from=").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("Somebody has decided on it"));
    let claims: i64 =
        sqlx::query_scalar("select count(*) from desk_claims").fetch_one(&*db).await.unwrap();
    assert_eq!(claims, 0);
    let acts: Vec<String> =
        sqlx::query_scalar("select act from desk_acts where subject = $1 order by number")
            .bind(id)
            .fetch_all(&*db)
            .await
            .unwrap();
    assert_eq!(acts, ["claimed", "claimed", "let_go", "published"]);
}
