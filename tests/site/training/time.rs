//! What time brings: reminders once each, a cohort that is over, and what is forgotten.
use fingerpost::{
    housekeeping,
    pictures::Pictures,
    training::Profession::{Artists, Health},
    training::watch::look,
};

use super::*;
use crate::support::database;

fn hours(of: i64) -> SignedDuration {
    SignedDuration::from_hours(of)
}

#[tokio::test]
async fn people_are_reminded_a_week_before_the_first_session_and_a_day_before_each_once() {
    let db = database().await;
    let site = Site::new(&db).await;
    let slug = cohort(&db, open(&db, [1, 1, 1, 1], 10).await).await.slug;
    book(&db, &site, slug.as_str(), "ann", Artists).await;
    book(&db, &site, slug.as_str(), "ben", Artists).await;
    let days = async |days: i64| look(&db, now() + hours(24 * days - 1)).await.unwrap();
    days(2).await;
    assert!(told(&db, "training_week").await.is_empty());
    for _ in 0..2 {
        days(4).await;
        days(5).await;
    }
    // Unused places are released by then, so that Ben has one, and has just read the dates.
    assert_eq!(told(&db, "training_week").await, ["ann"]);
    assert_eq!(told(&db, "training_booked").await, ["ann", "ben"]);
    days(10).await;
    days(10).await;
    assert_eq!(told(&db, "training_day").await, ["ann", "ben"]);
    days(17).await;
    assert_eq!(told(&db, "training_day").await, ["ann", "ben", "ann", "ben"], "the second session");
}

#[tokio::test]
async fn after_the_release_whoever_is_number_one_has_the_next_place_whatever_their_group() {
    let db = database().await;
    let site = Site::new(&db).await;
    let slug = cohort(&db, open(&db, [1, 1, 1, 1], 3).await).await.slug;
    let ann = book(&db, &site, slug.as_str(), "ann", Artists).await;
    for name in ["ben", "cat", "dot"] {
        book(&db, &site, slug.as_str(), name, Artists).await;
    }
    let eve = book(&db, &site, slug.as_str(), "eve", Artists).await;
    let fay = book(&db, &site, slug.as_str(), "fay", Health).await;
    assert!(site.get(&eve).await.body.contains("You are number 1 in line"));
    assert!(site.get(&fay).await.body.contains("You are number 2 in line"));
    site.post(&format!("{ann}/cancellation"), "").await;
    assert_eq!(people(&db, "waiting").await, ["fay"]);
    assert!(site.get(&fay).await.body.contains("You are number 1 in line"));
}

#[tokio::test]
async fn a_cohorts_page_offers_each_group_its_share_and_after_the_release_all_that_is_free() {
    let db = database().await;
    let site = Site::new(&db).await;
    for (days, released, artists) in
        [(10, false, "0 of 1 places are free."), (3, true, "3 free, for all groups.")]
    {
        let slug = cohort(&db, open(&db, [1, 1, 1, 1], days).await).await.slug;
        book(&db, &site, slug.as_str(), &format!("ann{days}"), Artists).await;
        let page = site.get(&format!("/training/{slug}")).await.body;
        assert!(page.contains("3 of 4 places are free."), "{page}");
        assert_eq!(page.contains("Unused places are for all groups now."), released);
        let group = page.find(Artists.label()).unwrap();
        assert!(page[group..].contains(artists), "{artists}: {}", &page[group..group + 300]);
    }
}

#[tokio::test]
async fn a_session_that_moves_is_another_one() {
    let db = database().await;
    let site = Site::new(&db).await;
    let slug = cohort(&db, open(&db, [1, 1, 1, 1], 3).await).await.slug;
    book(&db, &site, slug.as_str(), "ann", Artists).await;
    look(&db, now() + hours(60)).await.unwrap();
    assert_eq!(told(&db, "training_day").await, ["ann"]);
    sqlx::query("update cohort_sessions set starts_at = starts_at + interval '4 days'")
        .execute(&*db)
        .await
        .unwrap();
    look(&db, now() + hours(60 + 96)).await.unwrap();
    assert_eq!(told(&db, "training_day").await, ["ann", "ann"]);
}

#[tokio::test]
async fn after_its_last_session_a_cohort_is_held_and_gives_no_more_places() {
    let db = database().await;
    let site = Site::new(&db).await;
    let id = open(&db, [1, 1, 1, 1], 3).await;
    let slug = cohort(&db, id).await.slug;
    book(&db, &site, slug.as_str(), "ann", Artists).await;
    look(&db, now() + hours(24 * 10)).await.unwrap();
    assert_eq!(cohort(&db, id).await.state, State::Open, "during the last session");
    look(&db, now() + hours(24 * 10 + 3)).await.unwrap();
    assert_eq!(cohort(&db, id).await.state, State::Held);
    assert!(!site.get("/training").await.body.contains(slug.as_str()));
}

/// The tables that would tell an address, as text.
async fn naming(db: &PgPool, address: &str) -> Vec<String> {
    sqlx::query_scalar(
        "select 'bookings' from bookings t where t::text like $1
         union all select 'links' from links t where t::text like $1
         union all select 'outbox' from outbox t where t::text like $1",
    )
    .bind(format!("%{address}%"))
    .fetch_all(db)
    .await
    .unwrap()
}

#[tokio::test]
async fn two_days_after_nobody_confirmed_no_table_names_the_address_and_its_letter_is_to_be_removed()
 {
    let db = database().await;
    let site = Site::new(&db).await;
    let slug = cohort(&db, open(&db, [1, 1, 1, 1], 30).await).await.slug;
    ask(&db, &site, slug.as_str(), &[("email", "late@clay.example")]).await;
    link(&db, "late@clay.example").await;
    book(&db, &site, slug.as_str(), "ann", Artists).await;
    let forget = async |of: i64| {
        housekeeping::forget(&db, &Pictures::in_postgres(), now() + hours(of)).await.unwrap();
    };
    forget(47).await;
    assert_eq!(naming(&db, "late@clay").await, ["bookings", "links", "outbox"]);
    forget(49).await;
    assert!(naming(&db, "late@clay").await.is_empty());
    let files: i64 =
        sqlx::query_scalar("select count(*) from erased_letters").fetch_one(&*db).await.unwrap();
    assert_eq!(files, 1, "whoever keeps letters as files hears of it");
    assert!(!naming(&db, "ann@clay").await.is_empty(), "who confirmed is kept");
    forget(24 * (37 + 59)).await;
    assert!(naming(&db, "ann@clay").await.contains(&"bookings".to_owned()));
    forget(24 * (37 + 61)).await;
    assert!(naming(&db, "ann@clay").await.is_empty(), "60 days after the last session");
}

#[tokio::test]
async fn who_did_not_confirm_is_forgotten_after_two_days_and_the_others_as_the_page_says() {
    let db = database().await;
    let site = Site::new(&db).await;
    let id = open(&db, [2, 1, 1, 1], 3).await;
    let slug = cohort(&db, id).await.slug;
    ask(&db, &site, slug.as_str(), &[("access_needs", "A quiet seat")]).await;
    let dele = link(&db, "dele@clay.example").await;
    confirm(&site, &dele).await;
    book(&db, &site, slug.as_str(), "ann", Artists).await;
    ask(&db, &site, slug.as_str(), &[("email", "late@clay.example")]).await;
    sqlx::query(
        "insert into attendance select b.id, s.id from bookings b, cohort_sessions s where b.email like 'ann@%'",
    )
    .execute(&*db)
    .await
    .unwrap();
    let kept = async || -> Vec<(Option<String>, bool)> {
        sqlx::query_as(
            "select split_part(email, '@', 1), access_needs is not null from bookings order by asked_at",
        )
        .fetch_all(&*db)
        .await
        .unwrap()
    };
    let one = |name: &str, needs| (Some(name.to_owned()), needs);
    let ends = 10;
    for (days, expected) in [
        (1, vec![one("dele", true), one("ann", false), one("late", false)]),
        (3, vec![one("dele", true), one("ann", false)]),
        (ends + 1, vec![one("dele", false), one("ann", false)]),
        (ends + 59, vec![one("dele", false), one("ann", false)]),
        (ends + 61, vec![(None, false), one("ann", false)]),
        (ends + 365, vec![(None, false), one("ann", false)]),
        (ends + 367, vec![(None, false), (None, false)]),
    ] {
        let then = now() + hours(24 * days);
        housekeeping::forget(&db, &Pictures::in_postgres(), then).await.unwrap();
        assert_eq!(kept().await, expected, "after {days} days");
    }
    assert!(site.get(&dele).await.body.contains("This link is old or wrong"));
}
