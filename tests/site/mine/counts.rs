//! How often an offer was opened and its contact shown: numbers, and nobody's name.
use axum::http::{Method, Request, StatusCode};
use fingerpost::routes;

use super::Theirs;
use crate::support::Site;

const PHONE: &str =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1";

#[tokio::test]
async fn each_opening_by_a_person_is_one_more_and_programs_are_left_out() {
    let theirs = Theirs::of_dele().await;
    let app = Site::app(&theirs.db).await;
    app.load(crate::support::now()).await.unwrap();
    let openings = app.openings.clone();
    let site = Site::of(routes::site(app));
    let page = format!("/offers/{}", theirs.slug);
    let open = async |method: Method, agent: &str, ahead: &str, path: &str| {
        let request = Request::builder().method(method).uri(path);
        let request = request.header("user-agent", agent).header("sec-purpose", ahead);
        site.send(request, "").await.status
    };
    let counted = async || -> Option<(i32, i32)> {
        let rows = sqlx::query_as("select opened, contact from offer_openings where offer_id = $1");
        rows.bind(theirs.offer).fetch_optional(&*theirs.db).await.unwrap()
    };
    assert_eq!(open(Method::GET, PHONE, "", &page).await, StatusCode::OK);
    assert_eq!(counted().await, None, "no page waits for the database to count");
    openings.write(&theirs.db).await.unwrap();
    assert_eq!(counted().await, Some((1, 0)));

    open(Method::HEAD, PHONE, "", &page).await;
    open(Method::GET, PHONE, "prefetch", &page).await;
    open(Method::GET, "Mozilla/5.0 (compatible; Googlebot/2.1)", "", &page).await;
    openings.write(&theirs.db).await.unwrap();
    assert_eq!(counted().await, Some((1, 0)));

    let contact = format!("{page}/contact");
    assert_eq!(open(Method::POST, PHONE, "", &contact).await, StatusCode::NO_CONTENT);
    assert_eq!(open(Method::POST, "curl/8", "", &contact).await, StatusCode::NO_CONTENT);
    assert_eq!(open(Method::POST, PHONE, "", "/offers/none/contact").await, StatusCode::NOT_FOUND);
    assert_eq!(open(Method::GET, PHONE, "", &page).await, StatusCode::OK);
    openings.write(&theirs.db).await.unwrap();
    assert_eq!(counted().await, Some((2, 1)));

    let own = theirs.site.get(&format!("{}/offers/{}", theirs.mine, theirs.offer)).await.body;
    assert!(own.contains("id=\"opened\">2 times in the last 30 days"));
    assert!(own.contains("id=\"contact\">1 time in the last 30 days"));
    sqlx::query("update offer_openings set day = day - 30").execute(&*theirs.db).await.unwrap();
    let later = theirs.site.get(&format!("{}/offers/{}", theirs.mine, theirs.offer)).await.body;
    assert!(later.contains("id=\"opened\">0 times"));
}

#[tokio::test]
async fn what_could_not_be_written_is_counted_later() {
    let theirs = Theirs::of_dele().await;
    let openings = fingerpost::openings::Openings::default();
    let today = fingerpost::calendar::civil_now(crate::support::now()).date();
    openings.opened(theirs.offer, today);
    sqlx::query("alter table offer_openings rename to away").execute(&*theirs.db).await.unwrap();
    assert!(openings.write(&theirs.db).await.is_err());
    sqlx::query("alter table away rename to offer_openings").execute(&*theirs.db).await.unwrap();
    openings.contact(theirs.offer, today);
    openings.write(&theirs.db).await.unwrap();
    let counted: (i32, i32) = sqlx::query_as("select opened, contact from offer_openings")
        .fetch_one(&*theirs.db)
        .await
        .unwrap();
    assert_eq!(counted, (1, 1));
}
