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

#[tokio::test]
async fn what_nobody_confirms_is_forgotten_with_its_address_and_the_pages_say_when() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    for page in [format!("{home}/keep"), home.clone()] {
        let page = site.get(&page).await;
        assert!(page.body.contains("for 30 days after your last change"));
    }
    let known = async || {
        let known = "select (select count(*) from submissions where email = $1)
                          + (select count(*) from links where email = $1)
                          + (select count(*) from outbox where recipient = $1)";
        sqlx::query_scalar::<_, i64>(known).bind(EMAIL).fetch_one(&*db).await.unwrap()
    };
    let days = |days: i64| now() + SignedDuration::from_hours(24 * days);
    housekeeping::forget(&db, days(29)).await.unwrap();
    assert_eq!(known().await, 3);
    housekeeping::forget(&db, days(31)).await.unwrap();
    assert_eq!(known().await, 0);
    assert_eq!(site.get(&home).await.status, StatusCode::NOT_FOUND);
}

async fn all_letters(db: &PgPool) -> i64 {
    sqlx::query_scalar("select count(*) from outbox").fetch_one(db).await.unwrap()
}
