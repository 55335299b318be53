//! Whether visitors may be sent here.
use axum::http::StatusCode;
use fingerpost::routes;

use crate::support::{self, Site};

#[tokio::test]
async fn it_is_ready_when_the_database_answers_and_the_catalogue_is_loaded() {
    let db = support::database().await;
    let site = Site::new(&db).await;
    assert_eq!(site.get("/health/ready").await.status, StatusCode::OK);
    assert_eq!(site.get("/health/live").await.status, StatusCode::OK);
}

#[tokio::test]
async fn it_lives_but_is_not_ready_before_the_catalogue_is_loaded() {
    let db = support::database().await;
    let site = Site::of(routes::site(Site::app(&db).await));
    let ready = site.get("/health/ready").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(
        ready.body,
        r#"{"error":"The directory is being opened. Try again in a few seconds."}"#
    );
    assert_eq!(ready.header("retry-after"), "5");
    assert_eq!(site.get("/health/live").await.status, StatusCode::OK);
}

#[tokio::test]
async fn it_is_not_ready_without_its_database() {
    let db = support::database().await;
    let site = Site::new(&db).await;
    db.close().await;
    let ready = site.get("/health/ready").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.body, r#"{"error":"The database does not answer."}"#);
}
