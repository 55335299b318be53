//! What a year does: asked again, off the list without an answer, erased after that.
use fingerpost::{link_workers::year, pictures::Pictures};
use jiff::SignedDuration;

use super::*;
use crate::describe::empty_site;

async fn on_day(db: &PgPool, day: i64) {
    // A moment later, since the entry was made by a clock that went on.
    let at = now() + SignedDuration::from_hours(24 * day) + SignedDuration::from_mins(1);
    year::pass(db, &Pictures::in_postgres(), at).await.unwrap();
}

#[tokio::test]
async fn who_is_listed_is_asked_twice_before_the_year_ends_then_leaves_the_list_then_is_erased() {
    let (db, site) = empty_site().await;
    let (id, home) = is_listed(&db, &site).await;
    for (day, asked, lapsed, stands) in [
        (334, 0, 0, Some("listed")),
        (335, 1, 0, Some("listed")),
        (336, 1, 0, Some("listed")),
        (358, 2, 0, Some("listed")),
        (364, 2, 0, Some("listed")),
        (365, 2, 1, Some("off")),
        (424, 2, 1, Some("off")),
        (425, 0, 0, None),
    ] {
        on_day(&db, day).await;
        assert_eq!(letters(&db, "yearly").await, asked, "day {day}");
        assert_eq!(letters(&db, "lapsed").await, lapsed, "day {day}");
        assert_eq!(state(&db, id).await.as_deref(), stands, "day {day}");
        if day == 365 {
            assert!(!site.get("/boroughs/southwark/link-workers").await.body.contains(NAME));
            assert!(site.get(&home).await.body.contains("Nobody sees this now"));
        }
    }
}

#[tokio::test]
async fn who_says_yes_again_is_listed_for_another_year() {
    let (db, site) = empty_site().await;
    let (id, home) = is_listed(&db, &site).await;
    sqlx::query("update link_workers set agreed_at = agreed_at - interval '340 days', checked_at = checked_at - interval '340 days'")
        .execute(&*db)
        .await
        .unwrap();
    on_day(&db, 0).await;
    assert_eq!(letters(&db, "yearly").await, 1);
    agrees(&site, &home).await;
    assert_eq!(state(&db, id).await.as_deref(), Some("listed"), "nobody must look again");
    on_day(&db, 30).await;
    assert_eq!(state(&db, id).await.as_deref(), Some("listed"));
    on_day(&db, 335).await;
    assert_eq!(letters(&db, "yearly").await, 2, "the next year has letters of its own");
}

#[tokio::test]
async fn what_nobody_answers_is_erased_and_what_nobody_wrote_sooner() {
    let (db, site) = empty_site().await;
    let (id, _) = joins(&db, &site).await;
    on_day(&db, 13).await;
    assert_eq!(state(&db, id).await.as_deref(), Some("begun"));
    on_day(&db, 14).await;
    assert_eq!(state(&db, id).await, None);
    let cem = signed_in(&db, &site, "Cem", coordinator_of(SOUTHWARK)).await;
    let typed = form(&[&[("letters_to", AMA)], &WRITTEN[..]].concat());
    let propose = async || cem.post("/desk/link-workers/proposal", &typed).await;
    assert_eq!(propose().await.status, 303, "who never wrote a word has not refused");
    let id = id_of(&db, AMA).await.unwrap();
    on_day(&db, 29).await;
    assert_eq!(state(&db, id).await.as_deref(), Some("proposed"));
    on_day(&db, 30).await;
    assert_eq!(state(&db, id).await, None);
    assert_eq!(propose().await.status, 422, "no answer is not asked for again");
    on_day(&db, 30 + 2 * 365).await;
    assert_eq!(propose().await.status, 303, "for two years");
}
