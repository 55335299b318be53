//! Checking, sending, confirming, and coming back with words of the coordinator.
use super::*;
use axum::http::StatusCode;

#[tokio::test]
async fn an_offer_goes_from_the_first_word_to_the_coordinator() {
    let (db, site) = empty_site().await;
    assert_eq!(site.get("/describe").await.status, StatusCode::OK);
    assert_eq!(site.get("/describe/start").await.status, StatusCode::OK);
    let home = draft(&db, &site).await;
    assert_eq!(letters(&db, "link").await, 1);
    let keep = site.get(&format!("{home}/keep")).await;
    assert!(keep.body.contains(&format!("http://fingerpost.example{home}")));
    fill_all(&site, &home).await;

    let list = site.get(&home).await;
    assert_eq!(list.body.matches("progress done").count(), 6, "all six steps are done");
    let check = site.get(&format!("{home}/check")).await;
    assert!(check.body.contains("Send to the Southwark coordinator"));
    assert!(!check.body.contains("Still needed"), "nothing is missing");
    let version = hidden(&check, "version");
    let sent = site.post(&format!("{home}/check"), &format!("version={version}")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", wrongs(&sent));
    assert!(site.get(&home).await.body.contains("stage unconfirmed"));
    assert_eq!(letters(&db, "confirm").await, 1);
    let offers: i64 =
        sqlx::query_scalar("select count(*) from offers").fetch_one(&*db).await.unwrap();
    assert_eq!(offers, 0, "nobody sees it before the address is confirmed");

    let home = confirmed(&db, &site).await;
    let page = site.get(&home).await;
    assert!(page.body.contains("stage waiting") && page.body.contains("five working days"));
    assert_eq!(letters(&db, "received").await, 1);
    let (state, owners): (String, i64) = sqlx::query_as(
        "select o.state, (select count(*) from provider_owners w where w.provider_id = o.provider)
         from offers o join submissions s on s.offer_id = o.id",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    assert_eq!((state.as_str(), owners), ("submitted", 1));
    let step = site.get(&format!("{home}/what")).await;
    assert_eq!(step.status, StatusCode::SEE_OTHER, "what waits is not changed");
}

#[tokio::test]
async fn of_two_sendings_at_once_one_wins_and_there_is_one_letter() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    fill_all(&site, &home).await;
    sqlx::query("update submissions set email_confirmed_at = now()").execute(&*db).await.unwrap();
    let path = format!("{home}/check");
    let version = format!("version={}", hidden(&site.get(&path).await, "version"));
    let sendings = [site.post(&path, &version), site.post(&path, &version)];
    for reply in futures_util::future::join_all(sendings).await {
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", wrongs(&reply));
    }
    assert_eq!(letters(&db, "received").await, 1);
    let counts: (i64, i64, i32) = sqlx::query_as(
        "select (select count(*) from offers), (select count(*) from providers), (select sent from submissions)",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    assert_eq!(counts, (1, 1, 1));
}

#[tokio::test]
async fn what_is_not_whole_is_not_sent_and_says_what_is_missing() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    let path = format!("{home}/check");
    let page = site.get(&path).await;
    assert!(page.body.contains("Still needed before it can be sent"));
    let reply = site.post(&path, &format!("version={}", hidden(&page, "version"))).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrongs(&reply).contains("/what?check=yes#summary"), "{}", wrongs(&reply));
    assert_eq!(letters(&db, "confirm").await, 0);
}

#[tokio::test]
async fn what_was_changed_after_sending_is_a_draft_again() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    fill_all(&site, &home).await;
    let path = format!("{home}/check");
    let version = hidden(&site.get(&path).await, "version");
    site.post(&path, &format!("version={version}")).await;
    let mut typed = WHAT.to_vec();
    typed.push(("bring", "An apron"));
    fill(&site, &home, "what", &typed).await;
    assert!(site.get(&home).await.body.contains("stage draft"));
    let home = confirmed(&db, &site).await;
    assert!(site.get(&home).await.body.contains("You changed this after you had sent it"));
    let stale = site.post(&path, &format!("version={version}")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "an older page sends nothing");
}

#[tokio::test]
async fn only_letters_that_ask_to_confirm_are_counted_and_for_one_description_alone() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    let path = format!("{home}/check");
    let version = async || format!("version={}", hidden(&site.get(&path).await, "version"));
    for _ in 0..12 {
        let reply = site.post(&path, &version().await).await;
        assert_eq!(
            reply.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "what is not whole is no letter"
        );
    }
    fill_all(&site, &home).await;
    for _ in 0..5 {
        assert_eq!(site.post(&path, &version().await).await.status, StatusCode::SEE_OTHER);
    }
    let reply = site.post(&path, &version().await).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(wrongs(&reply).contains("Wait an hour"));
    assert_eq!(letters(&db, "confirm").await, 5);
    let other = draft(&db, &site).await;
    fill_all(&site, &other).await;
    send(&site, &other).await;
}
