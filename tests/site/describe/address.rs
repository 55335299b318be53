//! Whose e-mail address it is: its case, its confirmation, and another one in its place.
use axum::http::StatusCode;
use fingerpost::{
    housekeeping,
    links::{Purpose, Secret, Wanted, store},
    text::Email,
};
use jiff::SignedDuration;

use super::*;

#[tokio::test]
async fn whoever_begins_with_capitals_and_asks_with_small_letters_gets_a_letter() {
    let (db, site) = empty_site().await;
    let begun = site.post("/describe", &first(&db, &[("email", "Dele@Hollowlane.example")]).await);
    assert_eq!(begun.await.status, StatusCode::SEE_OTHER);
    let before = all_letters(&db).await;
    let asked = site.post("/mine", &form(&[("email", "dele@HOLLOWLANE.example")])).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert_eq!(all_letters(&db).await, before + 1);
}

async fn all_letters(db: &PgPool) -> i64 {
    sqlx::query_scalar("select count(*) from outbox").fetch_one(db).await.unwrap()
}
