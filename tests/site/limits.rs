//! Limits: how often somebody may do a thing.
use fingerpost::limits::{Doer, Limit, store};
use jiff::{SignedDuration, Timestamp};

use crate::support::database;

const TWICE: Limit = Limit { thing: "begin a draft", times: 2, minutes: 60 };

/// The start of an hour.
fn noon() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn what_was_done_often_enough_is_not_allowed_until_the_next_hour() {
    let db = database().await;
    let (ada, now) = (Doer::of("ada@clay.example"), noon());
    let late = now + SignedDuration::from_mins(59);
    assert!(store::allowed(&db, TWICE, ada.clone(), now).await.unwrap());
    assert!(store::allowed(&db, TWICE, ada.clone(), late).await.unwrap());
    assert!(!store::allowed(&db, TWICE, ada.clone(), late).await.unwrap());
    let next = now + SignedDuration::from_mins(60);
    assert!(store::allowed(&db, TWICE, ada, next).await.unwrap());
}

#[tokio::test]
async fn each_doer_and_each_thing_is_counted_alone_and_small_letters_are_the_same() {
    let db = database().await;
    for _ in 0..3 {
        store::allowed(&db, TWICE, Doer::of("ada@clay.example"), noon()).await.unwrap();
    }
    let allowed = async |limit, who| store::allowed(&db, limit, Doer::of(who), noon()).await;
    assert!(!allowed(TWICE, "Ada@Clay.example").await.unwrap());
    assert!(allowed(TWICE, "dele@clay.example").await.unwrap());
    let other = Limit { thing: "ask for a link", ..TWICE };
    assert!(allowed(other, "ada@clay.example").await.unwrap());
}

#[tokio::test]
async fn many_at_the_same_moment_are_counted_as_many() {
    let db = database().await;
    let ask = || store::allowed(&db, TWICE, Doer::of("203.0.113.7"), noon());
    let (a, b, c, d) = tokio::join!(ask(), ask(), ask(), ask());
    let allowed = [a, b, c, d].into_iter().filter(|one| *one.as_ref().unwrap()).count();
    assert_eq!(allowed, 2);
}

#[tokio::test]
async fn who_did_what_is_not_readable_and_gone_after_a_day() {
    let db = database().await;
    store::allowed(&db, TWICE, Doer::of("ada@clay.example"), noon()).await.unwrap();
    let kept = "select count(*) from limits where limits::text like '%ada%'";
    assert_eq!(sqlx::query_scalar::<_, i64>(kept).fetch_one(&*db).await.unwrap(), 0);
    let guessed = "select count(*) from limits where doer = sha256('ada@clay.example')";
    let guessed = sqlx::query_scalar::<_, i64>(guessed).fetch_one(&*db).await.unwrap();
    assert_eq!(guessed, 0, "whoever reads the table could try all addresses there are");
    let rows = async || {
        let count = sqlx::query_scalar::<_, i64>("select count(*) from limits");
        count.fetch_one(&*db).await.unwrap()
    };
    store::forget(&*db, noon() + SignedDuration::from_hours(23)).await.unwrap();
    assert_eq!(rows().await, 1);
    store::forget(&*db, noon() + SignedDuration::from_hours(25)).await.unwrap();
    assert_eq!(rows().await, 0);
}
