//! The first step: what begins a draft, and what does not.
use axum::http::{Request, StatusCode, header};

use super::*;

#[tokio::test]
async fn a_secret_that_opens_nothing_offers_a_new_one() {
    let (_db, site) = empty_site().await;
    let unknown = "A".repeat(32);
    for path in [
        format!("/describe/{unknown}"),
        format!("/describe/{unknown}/what"),
        format!("/describe/{unknown}/check"),
        format!("/confirm/{unknown}"),
        "/describe/short".to_owned(),
    ] {
        let page = site.get(&path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("This link is old or wrong") && page.body.contains("/mine"));
    }
    assert_eq!(site.post(&format!("/describe/{unknown}/what"), "").await.status, 404);
}

#[tokio::test]
async fn all_mistakes_of_the_first_step_are_named_at_once_and_nothing_typed_is_lost() {
    let (db, site) = empty_site().await;
    let typed = first(&db, &[("title", " "), ("place", "the <b>park</b>"), ("email", "dele@")]);
    let reply = site.post("/describe", &typed.await).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.body.contains("<title>Error: "));
    for field in ["title", "place", "email"] {
        assert!(wrongs(&reply).contains(&format!("href=\"#{field}\"")), "{field}");
        assert!(reply.body.contains(&format!("id=\"{field}-wrong\"")), "{field}");
    }
    assert!(reply.body.contains("value=\"the &#60;b&#62;park&#60;/b&#62;\""));
    assert!(reply.body.contains("value=\"dele@\""));
}

#[tokio::test]
async fn a_filled_trap_and_a_stamp_that_is_not_right_begin_nothing_and_lose_nothing() {
    let (db, site) = empty_site().await;
    let (fast, old) = (stamp_of(&db, 0).await, stamp_of(&db, 25 * 3600).await);
    for wrong in
        [("website", "http://buy.example"), ("stamp", &fast), ("stamp", &old), ("stamp", "x")]
    {
        let reply = site.post("/describe", &first(&db, &[wrong]).await).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
        assert!(reply.body.contains("value=\"Clay on the lane\""), "{wrong:?}");
        assert_eq!(letters(&db, "link").await, 0, "{wrong:?}");
    }
    let page = site.post("/describe", &first(&db, &[("stamp", &old)]).await).await;
    assert_ne!(hidden(&page, "stamp"), old, "what was too old is stamped anew");
}

#[tokio::test]
async fn who_begins_too_often_is_told_to_wait_also_after_a_restart() {
    let (db, site) = empty_site().await;
    for _ in 0..5 {
        draft(&db, &site).await;
    }
    let again = Site::new(&db).await;
    let reply = again.post("/describe", &first(&db, &[]).await).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(
        reply.body.contains("Wait an hour") && reply.body.contains("value=\"Clay on the lane\"")
    );
    let other = again.post("/describe", &first(&db, &[("email", "ruth@else.example")]).await).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "another address may");
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let (db, site) = empty_site().await;
    let body = first(&db, &[]).await;
    let post = |name: &'static str, value: &'static str| {
        Request::post("/describe")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(name, value)
    };
    assert_eq!(site.send(post("sec-fetch-site", "cross-site"), &body).await.status, 403);
    assert_eq!(site.send(post("origin", "https://evil.example"), &body).await.status, 403);
    let ours = post("sec-fetch-site", "same-origin");
    assert_eq!(site.send(ours, &body).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_looks_like_one_that_is_there_is_shown_first_and_begun_only_when_it_is_another() {
    let (db, site) = Site::of_sample().await;
    let title: String = sqlx::query_scalar(
        "select title from published_offers where venue is not null order by title limit 1",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    let typed = first(&db, &[("title", &title.to_uppercase())]).await;
    let reply = site.post("/describe", &typed).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.body.contains("Is it one of these?") && reply.body.contains("class=\"card\""));
    assert_eq!(letters(&db, "link").await, 0);
    let another = site.post("/describe", &format!("{typed}&another=yes")).await;
    assert_eq!(another.status, StatusCode::SEE_OTHER);
    let new = first(&db, &[("title", "Xylophones underwater zither quartet")]).await;
    assert_eq!(site.post("/describe", &new).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_double_press_on_the_first_step_makes_one_draft_one_letter_and_two_links_to_it() {
    let (db, site) = empty_site().await;
    let typed = first(&db, &[]).await;
    let (one, other) = tokio::join!(site.post("/describe", &typed), site.post("/describe", &typed));
    for reply in [&one, &other] {
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
        assert_eq!(site.get(reply.header("location")).await.status, StatusCode::OK);
    }
    assert_ne!(one.header("location"), other.header("location"));
    let drafts = "select count(*) from submissions";
    let drafts = async || sqlx::query_scalar::<_, i64>(drafts).fetch_one(&*db).await.unwrap();
    assert_eq!((drafts().await, letters(&db, "link").await), (1, 1));
    site.post("/describe", &first(&db, &[]).await).await;
    assert_eq!(drafts().await, 2, "another page begins another one");
}
