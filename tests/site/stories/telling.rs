//! Telling a story: from an address to the coordinator's list, with nothing lost on the way.
use axum::http::{Request, StatusCode, header};
use fingerpost::{housekeeping, pictures::Pictures};
use jiff::SignedDuration;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

use super::*;
use crate::{
    describe::{empty_site, letters, stamp_of},
    desk::{SOUTHWARK, coordinator_of, signed_in},
    support::encoded,
};

#[tokio::test]
async fn an_address_brings_one_letter_with_a_link_and_a_second_press_no_second_story() {
    let (db, site) = empty_site().await;
    let stamp = stamp(&db).await;
    for _ in 0..2 {
        let reply =
            ask(&db, &site, &[("stamp", &stamp), ("email", "ROSA@storyteller.example")]).await;
        assert_eq!(reply.header("location"), "/stories/sent");
    }
    let stories: i64 =
        sqlx::query_scalar("select count(*) from stories").fetch_one(&*db).await.unwrap();
    assert_eq!(stories, 1);
    assert!(site.get("/stories/sent").await.body.contains("Look in your mailbox"));
    let said: String =
        sqlx::query_scalar("select plain from outbox limit 1").fetch_one(&*db).await.unwrap();
    assert!(said.contains("private link") && !said.contains("rosa"), "{said}");
}

#[tokio::test]
async fn robots_who_is_too_fast_and_who_asks_very_often_are_turned_away() {
    let (db, site) = empty_site().await;
    let young = stamp_of(&db, 0).await;
    for (changed, message) in [
        (("email", "rosa"), "Enter an email address"),
        (("website", "http://robot.example"), "Leave this box empty"),
        (("stamp", young.as_str()), "Please send it once more"),
    ] {
        let reply = ask(&db, &site, &[changed]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{message}");
        assert!(reply.body.contains(message), "{message}");
    }
    for _ in 0..5 {
        assert_eq!(ask(&db, &site, &[]).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(ask(&db, &site, &[]).await.status, StatusCode::TOO_MANY_REQUESTS);
    let foreign = Request::post("/stories/tell")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site");
    assert_eq!(site.send(foreign, "email=a%40b.example").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_is_wrong_is_told_beside_it_and_nothing_typed_is_lost() {
    let (db, site) = empty_site().await;
    let (id, home) = begun(&db, &site, &[]).await;
    let long = "x".repeat(10_001);
    for (changed, message) in [
        (("kind", ""), "Choose what it is"),
        (("teller", "king"), "Choose who tells it"),
        (("title", ""), "Give it a title"),
        (("words", long.as_str()), "There are 10001 now"),
        (("offers", "Clay nobody runs"), "We found no offer called “Clay nobody runs”"),
        (("needs", ""), "Choose what it helped with"),
        (("boroughs", ""), "Choose at least one borough"),
        (("consent_by", ""), "Choose who agreed"),
        (("consent_on", "31 December 2099"), "cannot be after today"),
        (("consent_on", "1 May 2019"), "more than 2 years ago"),
        (("consent_kept", ""), "where it is kept"),
        (("site", ""), "We can only show it if they agree"),
        (("words", "Her number is 943 476 5919."), "looks like an NHS number"),
        (("words", "Ring 020 7946 0142."), "looks like a telephone number"),
    ] {
        let reply = fill(&site, &home, &whole(&[changed])).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{message}");
        assert!(wrongs(&reply).contains(message), "{message}: {}", wrongs(&reply));
        for typed in [TITLE, WORDS, NAME, "I tell it myself", changed.1] {
            let replaced = (typed == TITLE && changed.0 == "title")
                || (typed == WORDS && changed.0 == "words")
                || (typed == "I tell it myself" && changed.0 == "consent_kept");
            let shown = typed == "king" || typed.is_empty() || reply.body.contains(typed);
            assert!(replaced || shown, "{typed} is lost by {message}");
        }
    }
    assert_eq!(state(&db, id).await, "draft", "nothing was sent");
    let sure = whole(&[("words", "Ring 020 7946 0142."), ("sure", "yes")]);
    assert_eq!(fill(&site, &home, &sure).await.status, StatusCode::SEE_OTHER);
    assert_eq!(state(&db, id).await, "waiting");
    assert_eq!(letters(&db, "story_received").await, 1);
}

#[tokio::test]
async fn what_is_kept_for_later_stands_there_again_and_two_windows_do_not_overwrite_each_other() {
    let (db, site) = empty_site().await;
    let (_, home) = begun(&db, &site, &[]).await;
    let page = site.get(&home).await;
    assert_eq!(page.header("cache-control"), "no-store");
    let seen = hidden(&page, "seen");
    let later = form(&[("act", "save"), ("words", WORDS), ("seen", &seen)]);
    assert_eq!(site.post(&home, &later).await.header("location"), format!("{home}?done=kept"));
    assert!(site.get(&home).await.body.contains(WORDS));
    let stale = form(&[("act", "save"), ("words", "From the other window."), ("seen", &seen)]);
    let reply = site.post(&home, &stale).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.body.contains("From the other window."));
    assert!(site.get(&home).await.body.contains(WORDS), "the first is kept");
}

#[tokio::test]
async fn from_the_page_of_an_offer_the_story_names_it_and_takes_its_boroughs() {
    let (db, site) = Site::of_sample().await;
    let page = site.get("/offers/thursday-studio").await;
    assert!(page.body.contains("href=\"/stories/tell?offer=thursday-studio\""));
    let form = site.get("/stories/tell?offer=thursday-studio").await;
    assert!(form.body.contains("Tell a story about Thursday studio"));
    let (id, home) = begun(&db, &site, &[("offer", "thursday-studio")]).await;
    let page = site.get(&home).await.body;
    assert!(
        page.contains("/offers/thursday-studio</textarea>")
            && page.contains("Found: Thursday studio.")
    );
    let typed =
        whole(&[("boroughs", ""), ("offers", "http://x.example/offers/thursday-studio?list=1")]);
    let sent = fill(&site, &home, &typed).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", wrongs(&sent));
    let (boroughs, offers): (bool, i64) = sqlx::query_as(
        "select s.boroughs <@ o.boroughs and s.boroughs <> '{}',
                (select count(*) from story_offers t where t.story_id = s.id and t.offer_id = o.id)
         from stories s, offers o where s.id = $1 and o.slug = 'thursday-studio'",
    )
    .bind(id)
    .fetch_one(&*db)
    .await
    .unwrap();
    assert_eq!((boroughs, offers), (true, 1));
}

#[tokio::test]
async fn the_coach_reads_along() {
    let (db, site) = empty_site().await;
    let (_, home) = begun(&db, &site, &[]).await;
    let words = "We utilise clay in order to facilitate wellbeing. It cures depression. ".repeat(4);
    let part = site.post(&format!("{home}/preview"), &form(&[("words", &words)])).await;
    assert_eq!(part.status, StatusCode::OK);
    for said in ["Reading age", "utilise", "Words that promise treatment"] {
        assert!(part.body.contains(said), "{said}: {}", part.body);
    }
    assert!(!part.body.contains("out of 100"), "that is for offers");
}

#[tokio::test]
async fn who_lost_the_letter_gets_another_and_strangers_learn_nothing() {
    let (db, site) = empty_site().await;
    begun(&db, &site, &[]).await;
    let ask_again = async |email: &str| {
        let stamp = stamp(&db).await;
        let form = form(&[("email", email), ("stamp", &stamp)]);
        site.post("/stories/link", &form).await.header("location").to_owned()
    };
    assert_eq!(ask_again("stranger@elsewhere.example").await, "/stories/sent");
    assert_eq!(letters(&db, "story_link").await, 1);
    assert_eq!(ask_again(EMAIL).await, "/stories/sent");
    assert_eq!(letters(&db, "story_link").await, 2);
}

#[tokio::test]
async fn what_nobody_sends_is_gone_after_thirty_days_and_leaves_nothing() {
    let (db, site) = empty_site().await;
    let (_, home) = begun(&db, &site, &[]).await;
    fill(&site, &home, &whole(&[("act", "save")])).await;
    let left = async |days: i64| -> (i64, i64, i64) {
        let then = now() + SignedDuration::from_hours(24 * days);
        housekeeping::forget(&db, &Pictures::in_postgres(), then).await.unwrap();
        sqlx::query_as(
            "select (select count(*) from stories), (select count(*) from links where purpose = 'story'),
                    (select count(*) from outbox where recipient is not null)",
        )
        .fetch_one(&*db)
        .await
        .unwrap()
    };
    assert_eq!(left(29).await, (1, 1, 1));
    assert_eq!(left(31).await, (0, 0, 0));
    assert_eq!(site.get(&home).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_nobody_publishes_is_gone_ninety_days_after_it_was_sent_also_if_it_was_published_before()
 {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let (again, home) = published(&db, &site, &ama, &[("title", "Sent again")]).await;
    fill(&site, &home, &whole(&[])).await;
    let (once, _) = waiting(&db, &site, &[]).await;
    let states = async |days: i64| {
        let then = now() + SignedDuration::from_hours(24 * days);
        housekeeping::forget(&db, &Pictures::in_postgres(), then).await.unwrap();
        [state(&db, again).await, state(&db, once).await]
    };
    assert_eq!(states(89).await, ["waiting", "waiting"]);
    assert_eq!(states(91).await, ["withdrawn", "withdrawn"]);
}

#[tokio::test]
async fn what_is_typed_behind_a_link_that_has_ended_is_shown_to_be_copied() {
    let (_db, site) = empty_site().await;
    let home = format!("/stories/yours/{}", "a".repeat(32));
    let reply = site.post(&home, &form(&[("words", WORDS), ("act", "send")])).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert!(reply.body.contains(WORDS));
}

#[test]
fn whatever_is_typed_into_the_form_there_is_an_answer() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (db, site) = runtime.block_on(empty_site());
    let (_, home) = runtime.block_on(begun(&db, &site, &[]));
    let names = whole(&[])
        .into_iter()
        .map(|(field, _)| field)
        .chain(["offers", "seen", "sure", "", "\u{202e}"]);
    let field = prop::sample::select(names.collect::<Vec<_>>());
    let value = prop_oneof![
        Just("send".to_owned()),
        Just("yes".to_owned()),
        Just("/offers/".to_owned()),
        Just("loneliness".to_owned()),
        any::<String>(),
        "\\PC{0,300}",
    ];
    let pairs = prop::collection::vec((field, value), 0..12);
    let settings = Config { cases: 100, failure_persistence: None, ..Config::default() };
    TestRunner::new(settings)
        .run(&pairs, |pairs| {
            let body = pairs.iter().map(|(f, v)| format!("{}={}", encoded(f), encoded(v)));
            let body = format!("act=send&{}", body.collect::<Vec<_>>().join("&"));
            let reply = runtime.block_on(site.post(&home, &body));
            prop_assert!(!reply.status.is_server_error(), "{}", reply.status);
            Ok(())
        })
        .unwrap();
    // Of the runtime, so that its end closes them.
    runtime.block_on(async { drop((db, site)) });
}
