//! What an offer said before: compared, and said again.
use axum::http::StatusCode;

use super::*;
use crate::describe::{form, hidden};

/// Gives a published offer another title and a last day long gone, as its provider would.
async fn retitled(db: &PgPool, offer: OfferId, title: &str) {
    use fingerpost::offers::{State, store as offers};
    let mut tx = db.begin().await.unwrap();
    let kept = offers::kept(&mut tx, offer).await.unwrap().unwrap().offer;
    let from = (kept.state.status(), kept.revision);
    let mut content = kept.content.clone();
    content.title = Line::parse(title).unwrap();
    content.when.programme.ends_on = Some(jiff::civil::date(2026, 1, 1));
    let author = offers::Author {
        by: Line::parse("the provider").unwrap(),
        why: Some(Line::parse("A new name").unwrap()),
    };
    offers::save(&mut tx, from, &kept.revised(content), &author, now()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn every_revision_is_told_and_two_are_compared_word_by_word() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offer = published(&db).await;
    let (_, first, ..) = stands(&db, offer).await;
    retitled(&db, offer, "Quite another name").await;
    let path = format!("/desk/offers/{offer}/history");
    let page = ama.get(&path).await;
    assert!(page.body.contains("the provider") && page.body.contains("A new name"));
    let second = first + 1;
    let two = ama.get(&format!("{path}?one={second}&other={first}")).await;
    assert!(two.body.contains(&format!("From revision {first} to revision {second}")));
    assert!(two.body.contains("<span class=\"unseen\">added: </span>Quite"));
    assert!(two.body.contains("Dates gained and lost") && two.body.contains("No longer"));
    let same = ama.get(&format!("{path}?one={first}&other={first}")).await;
    assert!(same.body.contains("say the same"));
    let never = ama.get(&format!("{path}?one=1&other=999")).await;
    assert_eq!(never.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_it_said_before_becomes_a_new_revision_and_nothing_is_taken_away() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offer = published(&db).await;
    let (_, first, ..) = stands(&db, offer).await;
    retitled(&db, offer, "Quite another name").await;
    let path = format!("/desk/offers/{offer}");
    let two = ama.get(&format!("{path}/history?one={first}&other={}", first + 1)).await;
    let (revision, number) = (hidden(&two, "revision"), hidden(&two, "number"));
    assert_eq!(number, first.to_string());
    let typed = form(&[("revision", &revision), ("number", &number)]);
    let reply = ama.post(&format!("{path}/restore"), &typed).await;
    assert_eq!(reply.header("location"), format!("{path}?done=restored"));
    let (state, now, by, why) = stands(&db, offer).await;
    assert_eq!((state.as_str(), now), ("published", first + 2));
    assert_eq!(by, "the Southwark coordinator");
    assert_eq!(why.unwrap(), format!("As it was in revision {first}"));
    let alike: bool = sqlx::query_scalar(
        "select a.content = b.content from offer_revisions a, offer_revisions b
         where a.offer_id = $1 and b.offer_id = $1 and a.number = $2 and b.number = $3",
    )
    .bind(offer)
    .bind(first)
    .bind(now)
    .fetch_one(&*db)
    .await
    .unwrap();
    assert!(alike, "it says what it said then");
    let late = ama.post(&format!("{path}/restore"), &typed).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "that was looked at before the change");
    let again = form(&[("revision", &now.to_string()), ("number", &number)]);
    let again = ama.post(&format!("{path}/restore"), &again).await;
    assert!(again.status == StatusCode::CONFLICT && again.body.contains("says the same already"));
    let logged: i64 = sqlx::query_scalar(
        "select count(*) from desk_acts where act = 'restored' and subject = $1",
    )
    .bind(offer)
    .fetch_one(&*db)
    .await
    .unwrap();
    assert_eq!(logged, 1);
}

#[tokio::test]
async fn a_reader_sees_the_history_and_cannot_restore() {
    let (db, site) = Site::of_sample().await;
    let dan = signed_in(&db, &site, "Dan", reader_of(SOUTHWARK)).await;
    let offer = published(&db).await;
    let (_, first, ..) = stands(&db, offer).await;
    retitled(&db, offer, "Quite another name").await;
    let path = format!("/desk/offers/{offer}");
    let two = dan.get(&format!("{path}/history?one={first}&other={}", first + 1)).await;
    assert!(!two.body.contains("/restore"));
    let typed = form(&[("revision", &(first + 1).to_string()), ("number", &first.to_string())]);
    let reply = dan.post(&format!("{path}/restore"), &typed).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
}
