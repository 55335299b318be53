//! Reading stories: on offers, boroughs and a page of their own, as long as those agree whom they are about.
use axum::http::StatusCode;
use fingerpost::{
    calendar::civil_now,
    housekeeping,
    pictures::Pictures,
    stories::{acts::ask_again, store::shown},
};
use jiff::SignedDuration;

use super::*;
use crate::{
    describe::{empty_site, letters},
    desk::{SOUTHWARK, coordinator_of, signed_in},
};

#[tokio::test]
async fn a_story_says_who_tells_it_that_names_are_changed_and_what_it_is_about() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    published(&db, &site, &ama, &[("words", "It was *mine*.\n\n<script>x()</script>")]).await;
    let page = site.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK);
    for part in [
        "Told by Philomena, who took part.",
        "Names changed.",
        "It was <em>mine</em>.",
        "/stories?need=loneliness",
        "/boroughs/southwark",
        "\"@type\":\"Article\"",
    ] {
        assert!(page.body.contains(part), "{part}");
    }
    assert!(!page.body.contains("<script>x"), "what was typed is never run");
    assert!(!page.body.contains("\"author\""), "a changed name wrote nothing");
    assert!(!page.body.contains("I tell it myself"), "how they agreed is for coordinators");
    assert_eq!(page.header("cache-control"), "public, no-cache");
    let real =
        published(&db, &site, &ama, &[("title", "My own name"), ("real_name", "yes")]).await.0;
    assert_eq!(state(&db, real).await, "published");
    assert!(!site.get("/stories/my-own-name").await.body.contains("Names changed."));
}

#[tokio::test]
async fn the_page_of_an_offer_reads_its_own_stories_and_no_others() {
    let (db, _site) = Site::of_sample().await;
    sqlx::raw_sql(
        "with made as (
             insert into stories (id, state, state_since, made_at, changed_at, answers, kind, teller, title, words,
                 needs, boroughs, consent_by, consent_on, consent_kept, for_print, for_press, real_name,
                 consent_ends, slug, published_on)
             select gen_random_uuid(), state, state_since, made_at, changed_at, answers, kind, teller, title, words,
                 needs, boroughs, consent_by, consent_on, consent_kept, for_print, for_press, real_name,
                 consent_ends, 'copy-' || n, published_on
             from stories, generate_series(1, 3000) n where slug = 'two-hours-that-are-mine'
             returning id
         )
         insert into story_offers (story_id, offer_id, place)
         select made.id, offers.id, 1 from made, offers where offers.slug = 'thursday-studio';
         analyze stories, story_offers",
    )
    .execute(&*db)
    .await
    .unwrap();
    let offer = sqlx::query_scalar("select id from offers where slug = 'clay-and-company'");
    let offer: uuid::Uuid = offer.fetch_one(&*db).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let today = civil_now(now()).date();
    // As often as a statement is run before it is planned for good.
    for _ in 0..8 {
        let (told, count) = shown::of_offer(&mut tx, offer, 2, today).await.unwrap();
        assert_eq!((told.len(), count), (1, 1));
    }
    let read: i64 = sqlx::query_scalar(
        "select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::bigint
         from pg_stat_xact_user_tables where relname in ('stories', 'story_offers')",
    )
    .fetch_one(&mut *tx)
    .await
    .unwrap();
    assert!((16..200).contains(&read), "{read} rows were read");
}

#[tokio::test]
async fn stories_are_found_by_need_borough_teller_and_offer_page_by_page() {
    let (db, site) = Site::of_sample().await;
    let list = async |query: &str| site.get(&format!("/stories{query}")).await.body;
    let all = list("").await;
    for title in ["A bowl that leans a little", "Two hours that are mine"] {
        assert!(all.contains(title), "{title}");
    }
    assert!(all.contains("3 stories"));
    for (query, there) in [
        ("?need=caring", true),
        ("?need=dementia", false),
        ("?teller=carer", true),
        ("?teller=gp", false),
        ("?offer=thursday-studio", true),
        ("?offer=clay-and-company", false),
        ("?borough=barnet", false),
        ("?need=nothing&teller=king&borough=atlantis&page=x", true),
    ] {
        assert_eq!(list(query).await.contains("Two hours that are mine"), there, "{query}");
    }
    assert_eq!(site.get("/stories?offer=nothing-here").await.status, StatusCode::NOT_FOUND);
    // More than a page, each story on one of them.
    sqlx::query(
        "insert into stories (id, state, state_since, made_at, changed_at, answers, kind, teller, title, words,
             needs, boroughs, consent_by, consent_on, consent_kept, for_print, for_press, real_name, consent_ends,
             slug, published_on)
         select gen_random_uuid(), state, state_since, made_at, changed_at, answers, kind, teller, title, words,
             needs, boroughs, consent_by, consent_on, consent_kept, for_print, for_press, real_name, consent_ends,
             'copy-' || n, published_on
         from stories, generate_series(1, 25) n where slug = 'two-hours-that-are-mine'",
    )
    .execute(&*db)
    .await
    .unwrap();
    let (one, two) = (list("?need=caring").await, list("?need=caring&page=2").await);
    assert!(
        one.contains("26 stories")
            && one.contains("page=2")
            && one.contains("need=caring&#38;page")
    );
    let count = |page: &str| {
        page.matches("href=\"/stories/copy-").count()
            + page.matches("href=\"/stories/two-hours").count()
    };
    assert_eq!((count(&one), count(&two)), (20, 6));
    let offer = site.get("/offers/thursday-studio").await.body;
    assert_eq!(offer.matches("<h3><a href=\"/stories/").count(), 1);
}

#[tokio::test]
async fn offers_show_two_boroughs_three_and_lead_to_the_others() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    for title in ["One", "Two", "Three"] {
        let offers = ("offers", "/offers/clay-and-company");
        published(&db, &site, &ama, &[("title", title), offers]).await;
    }
    let offer = site.get("/offers/clay-and-company").await.body;
    assert_eq!(offer.matches("<h3><a href=\"/stories/").count(), 2);
    assert!(
        offer.contains("All 4 stories about it")
            && offer.contains("/stories?offer=clay-and-company")
    );
    let borough = site.get("/boroughs/southwark").await.body;
    assert_eq!(borough.matches("<h3><a href=\"/stories/").count(), 3);
    assert!(borough.contains("/stories?borough=southwark"));
    assert!(site.get("/sitemap.xml").await.body.contains("/stories/three</loc>"));
    assert!(site.get("/stories/three").await.body.contains("href=\"/offers/clay-and-company\""));
}

#[tokio::test]
async fn a_consent_ends_after_two_years_unless_its_teller_says_yes_again() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let (id, home) = published(&db, &site, &ama, &[]).await;
    assert_eq!(ask_again(&db, now()).await.unwrap(), 0, "there is time");
    let back = async |days: i32| {
        sqlx::query(
            "update stories set consent_on = consent_on - $1, consent_ends = consent_ends - $1",
        )
        .bind(days)
        .execute(&*db)
        .await
        .unwrap();
    };
    back(720).await;
    assert_eq!(ask_again(&db, now()).await.unwrap(), 1);
    assert_eq!(ask_again(&db, now()).await.unwrap(), 0, "one is asked once");
    assert_eq!(letters(&db, "story_ask_again").await, 1);
    assert_eq!(site.get(PAGE).await.status, StatusCode::OK);
    back(30).await;
    for page in [PAGE, "/stories", "/boroughs/southwark", "/sitemap.xml"] {
        assert!(!site.get(page).await.body.contains("wryneck"), "{page}");
    }
    let seen = hidden(&site.get(&home).await, "seen");
    let agreed = site.post(&format!("{home}/consent"), &form(&[("seen", &seen)])).await;
    assert_eq!(agreed.header("location"), format!("{home}?done=agreed"));
    assert_eq!(site.get(PAGE).await.status, StatusCode::OK);
    // Without a yes it is erased, 90 days after its end.
    back(740).await;
    for (days, expected) in [(80, "published"), (120, "withdrawn")] {
        let then = now() + SignedDuration::from_hours(24 * days);
        housekeeping::forget(&db, &Pictures::in_postgres(), then).await.unwrap();
        assert_eq!(state(&db, id).await, expected, "after {days} days");
    }
}

#[tokio::test]
async fn one_that_its_teller_changes_leaves_the_pages_until_it_is_read_again() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let (id, home) = published(&db, &site, &ama, &[]).await;
    fill(&site, &home, &whole(&[("act", "save"), ("title", "A mug with a bittern")])).await;
    assert_eq!(site.get(PAGE).await.status, StatusCode::OK, "it was only kept");
    fill(&site, &home, &whole(&[("title", "A mug with a bittern")])).await;
    assert_eq!(site.get(PAGE).await.status, StatusCode::NOT_FOUND);
    assert_eq!(state(&db, id).await, "waiting");
    publish(&ama, id, &[("title", "A mug with a bittern")]).await;
    assert_eq!(site.get("/stories/a-mug-with-a-bittern").await.status, StatusCode::OK);
    assert_eq!(site.get(PAGE).await.status, StatusCode::NOT_FOUND, "no address keeps old words");
}
