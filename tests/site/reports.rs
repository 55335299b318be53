//! Reporting a mistake: from a card in two steps, safe from robots, and seen by nobody but coordinators.
use axum::http::{Request, StatusCode, header};
use fingerpost::{housekeeping, pictures::Pictures};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use sqlx::PgPool;

use crate::{
    describe::{form, stamp, stamp_of, wrongs},
    support::{Database, Reply, Site, now},
};

async fn site() -> (Database, Site, String) {
    let (db, site) = Site::of_sample().await;
    let slug: String = sqlx::query_scalar(
        "select slug from offers where state = 'published' and ends_on is null order by slug limit 1",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    (db, site, slug)
}

/// Sends the form; `from` is a network address.
async fn send(db: &PgPool, site: &Site, slug: &str, from: &str, pairs: &[(&str, &str)]) -> Reply {
    let stamp = stamp(db).await;
    let mut all = vec![("stamp", stamp.as_str()), ("website", "")];
    all.extend(pairs);
    sent(site, slug, from, &form(&all)).await
}

async fn sent(site: &Site, slug: &str, from: &str, body: &str) -> Reply {
    let request = Request::post(format!("/offers/{slug}/report"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .extension(fingerpost::web::Peer(format!("{from}:80").parse().unwrap()));
    site.send(request, body).await
}

async fn count(db: &PgPool) -> i64 {
    sqlx::query_scalar("select count(*) from reports").fetch_one(db).await.unwrap()
}

#[tokio::test]
async fn a_card_and_a_page_lead_to_the_form_and_one_press_sends_it() {
    let (db, site, slug) = site().await;
    let link = format!("href=\"/offers/{slug}/report\"");
    assert!(site.get(&format!("/offers/{slug}")).await.body.contains(&link));
    let results = site.get("/offers").await;
    assert!(results.body.contains("/report\">Report a mistake<span class=\"unseen\"> in "));
    let page = site.get(&format!("/offers/{slug}/report")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Please do not name the person you support"));
    let pairs =
        [("kind", "full"), ("words", "No place until May."), ("email", "RAVI@surgery.example")];
    let reply = send(&db, &site, &slug, "192.0.2.1", &pairs).await;
    assert_eq!(reply.header("location"), format!("/offers/{slug}/report/thanks"), "{}", reply.body);
    let kept: (String, String, String, String) =
        sqlx::query_as("select kind, words, email, state from reports")
            .fetch_one(&*db)
            .await
            .unwrap();
    let expected = ("full", "No place until May.", "ravi@surgery.example", "new");
    assert_eq!((kept.0.as_str(), kept.1.as_str(), kept.2.as_str(), kept.3.as_str()), expected);
    assert!(site.get(reply.header("location")).await.body.contains("id=\"thanks\""));
    let shown = site.get(&format!("/offers/{slug}")).await;
    assert!(!shown.body.contains("No place until May") && !shown.body.contains("said-closed"));
}

#[tokio::test]
async fn a_second_press_reports_nothing_twice() {
    let (db, site, slug) = site().await;
    let body = form(&[("stamp", &stamp(&db).await), ("kind", "times")]);
    for _ in 0..2 {
        assert_eq!(sent(&site, &slug, "192.0.2.1", &body).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(count(&db).await, 1);
}

#[tokio::test]
async fn what_is_wrong_with_a_report_is_told_beside_it_and_nothing_typed_is_lost() {
    let (db, site, slug) = site().await;
    let long = "x".repeat(1_001);
    for (pairs, message) in [
        (vec![("words", "kept words")], "Choose what is wrong"),
        (vec![("kind", "other"), ("email", "kept@words.example")], "Say in a few words"),
        (vec![("kind", "full"), ("email", "kept words")], "Enter an email address"),
        (vec![("kind", "full"), ("words", long.as_str())], "There are 1001 now"),
        (vec![("kind", "full"), ("website", "http://robot.example")], "Leave this box empty"),
    ] {
        let pairs: Vec<_> = pairs.into_iter().collect();
        let mut all: Vec<(&str, &str)> = pairs.clone();
        let stamp = stamp(&db).await;
        all.push(("stamp", &stamp));
        let reply = sent(&site, &slug, "192.0.2.1", &form(&all)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{message}");
        assert!(wrongs(&reply).contains(message), "{message}: {}", wrongs(&reply));
        for (_, typed) in pairs.iter().filter(|(_, typed)| typed.starts_with("kept")) {
            assert!(reply.body.contains(typed), "{typed}");
        }
    }
    let young = stamp_of(&db, 0).await;
    for stamp in [young.as_str(), "", "1763700000.forged"] {
        let reply =
            sent(&site, &slug, "192.0.2.1", &form(&[("stamp", stamp), ("kind", "full")])).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reply.body.contains("Please send it once more") && reply.body.contains("checked"));
    }
    assert_eq!(count(&db).await, 0);
}

#[tokio::test]
async fn other_sites_and_whoever_sends_very_many_are_turned_away() {
    let (db, site, slug) = site().await;
    let request = Request::post(format!("/offers/{slug}/report"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site");
    let body = form(&[("stamp", &stamp(&db).await), ("kind", "closed")]);
    assert_eq!(site.send(request, &body).await.status, StatusCode::FORBIDDEN);
    for _ in 0..20 {
        let reply = send(&db, &site, &slug, "192.0.2.1", &[("kind", "full")]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER);
    }
    let often = send(&db, &site, &slug, "192.0.2.1", &[("kind", "full")]).await;
    assert_eq!(often.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(often.body.contains("Wait an hour"));
    let elsewhere = send(&db, &site, &slug, "192.0.2.2", &[("kind", "full")]).await;
    assert_eq!(elsewhere.status, StatusCode::SEE_OTHER);
    assert_eq!(count(&db).await, 21);
}

#[tokio::test]
async fn two_people_who_say_closed_tell_visitors_until_it_is_settled_or_two_weeks_old() {
    let (db, site, slug) = site().await;
    let page = format!("/offers/{slug}");
    let closed = async || site.get(&page).await.body.contains("Reported as closed, being checked");
    for _ in 0..2 {
        send(&db, &site, &slug, "192.0.2.1", &[("kind", "closed")]).await;
    }
    assert!(!closed().await, "one person, twice");
    send(&db, &site, &slug, "192.0.2.2", &[("kind", "full")]).await;
    assert!(!closed().await, "another thing");
    send(&db, &site, &slug, "192.0.2.2", &[("kind", "closed")]).await;
    assert!(closed().await);
    let set = async |sql: &'static str| sqlx::query(sql).execute(&*db).await.unwrap();
    set("update reports set made_at = made_at - interval '15 days'").await;
    assert!(!closed().await, "long ago");
    set("update reports set made_at = made_at + interval '15 days'").await;
    assert!(closed().await);
    set("update reports set state = 'not_a_mistake'").await;
    assert!(!closed().await, "settled");
}

#[tokio::test]
async fn an_offer_that_moved_or_ended_leads_to_where_it_says_so() {
    let (db, site, slug) = site().await;
    sqlx::query("update offers set slug = 'a-new-name' where slug = $1")
        .bind(&slug)
        .execute(&*db)
        .await
        .unwrap();
    let moved = send(&db, &site, &slug, "192.0.2.1", &[("kind", "full")]).await;
    assert_eq!(moved.header("location"), format!("/offers/{slug}"));
    assert_eq!(site.get("/offers/nothing-here/report").await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get("/offers/No%20Name/report").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_reported_is_forgotten_after_two_weeks_and_the_address_after_ninety_days() {
    let (db, site, slug) = site().await;
    let pairs = [("kind", "good"), ("words", "Lovely."), ("email", "ravi@surgery.example")];
    send(&db, &site, &slug, "192.0.2.1", &pairs).await;
    let kept = async || -> (bool, bool, bool) {
        sqlx::query_as(
            "select reporter is not null, email is not null, words is not null from reports",
        )
        .fetch_one(&*db)
        .await
        .unwrap()
    };
    for (days, expected) in [
        (13, (true, true, true)),
        (15, (false, true, true)),
        (91, (false, false, true)),
        (366, (false, false, false)),
    ] {
        let then = now() + jiff::SignedDuration::from_hours(24 * days);
        housekeeping::forget(&db, &Pictures::in_postgres(), then).await.unwrap();
        assert_eq!(kept().await, expected, "after {days} days");
    }
}

#[test]
fn whatever_is_typed_into_the_form_there_is_an_answer() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (db, site, slug) = runtime.block_on(site());
    let stamp = runtime.block_on(stamp(&db));
    let field = prop::sample::select(vec![
        "kind", "words", "email", "website", "stamp", "kind[]", "", "\u{202e}",
    ]);
    let value = prop_oneof![
        Just("closed".to_owned()),
        Just("good".to_owned()),
        Just(stamp),
        Just("a@b.example".to_owned()),
        any::<String>(),
        "\\PC{0,1200}",
    ];
    let pairs = prop::collection::vec((field, value), 0..8);
    let settings = Config { cases: 150, failure_persistence: None, ..Config::default() };
    TestRunner::new(settings)
        .run(&pairs, |pairs| {
            let pairs: Vec<_> = pairs.iter().map(|(f, v)| (*f, v.as_str())).collect();
            let reply = runtime.block_on(sent(&site, &slug, "192.0.2.1", &form(&pairs)));
            prop_assert!(!reply.status.is_server_error(), "{}", reply.status);
            Ok(())
        })
        .unwrap();
    // Of the runtime, so that its end closes them.
    runtime.block_on(async { drop((db, site)) });
}
