//! A place on a cohort: asked for without an account, taken at confirmation, given on when somebody cancels.
use axum::http::StatusCode;
use fingerpost::training::Profession::{Artists, Health, LinkWorkers, LocalAuthority};

use super::*;
use crate::{describe::wrongs, support::database};

#[tokio::test]
async fn the_sample_shows_a_programme_and_cohorts_that_come() {
    let (_db, site) = Site::of_sample().await;
    let list = site.get("/training").await;
    assert!(list.body.contains("Working together here") && list.body.contains("8 hours in all"));
    assert!(list.body.contains("Camden and Islington, online"));
    assert!(!list.body.contains("Lewisham learns together"), "it was held");
    let page = site.get("/training/southwark-and-lambeth-together").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("26 of 40 places are free"), "{}", page.body);
    assert!(page.body.contains("Philippa Sparrow") && page.body.contains("A page to read before"));
    assert!(!page.body.contains("Ring the lower bell") && !page.body.contains("workbook"));
    assert!(!page.body.contains("Wren Appleyard"), "nobody reads who has booked");
    assert_eq!(page.header("cache-control"), "no-cache", "places are said as they are now");
    let file = site.get("/training/southwark-and-lambeth-together/calendar.ics").await;
    assert_eq!(file.body.matches("BEGIN:VEVENT").count(), 4, "{}", file.body);
    let borough = site.get("/boroughs/southwark").await;
    assert!(borough.body.contains("/training/southwark-and-lambeth-together"));
    let lewisham = site.get("/boroughs/lewisham").await.body;
    assert!(lewisham.contains("2 cohorts were"), "one here, one recorded of before");
    assert_eq!(site.get("/training/nothing-here").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_place_is_taken_when_the_mailed_link_is_confirmed_and_opening_it_changes_nothing() {
    let db = database().await;
    let site = Site::new(&db).await;
    let slug = cohort(&db, open(&db, [1, 1, 1, 1], 30).await).await.slug;
    let reply = ask(&db, &site, slug.as_str(), &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    assert!(site.get(reply.header("location")).await.body.contains("id=\"asked\""));
    assert_eq!(told(&db, "training_asked").await, ["dele"]);
    let page = link(&db, "dele@clay.example").await;
    for _ in 0..2 {
        let shown = site.get(&page).await;
        assert!(shown.body.contains("id=\"unconfirmed\""));
        assert!(!shown.body.contains("Ring the lower bell"));
        assert_eq!(shown.header("cache-control"), "no-store");
    }
    assert_eq!(people(&db, "unconfirmed").await, ["dele"]);
    let done = confirm(&site, &page).await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, page.as_str()));
    let shown = site.get(&page).await;
    assert!(shown.body.contains("id=\"booked\"") && shown.body.contains("Ring the lower bell"));
    assert_eq!(told(&db, "training_booked").await, ["dele"]);
    let again = site.post(&format!("{page}/confirmation"), "revision=1").await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(told(&db, "training_booked").await, ["dele"], "a second press tells nothing twice");
    let public = site.get(&format!("/training/{slug}")).await;
    assert!(public.body.contains("3 of 4 places are free"));
}

#[tokio::test]
async fn nobody_books_twice_however_they_write_their_address() {
    let db = database().await;
    let site = Site::new(&db).await;
    let slug = cohort(&db, open(&db, [2, 1, 1, 1], 30).await).await.slug;
    let page = book(&db, &site, slug.as_str(), "dele", Artists).await;
    let again = [("email", "  DELE@Clay.example "), ("profession", "health")];
    let reply = ask(&db, &site, slug.as_str(), &again).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "the page does not tell who has booked");
    assert_eq!(told(&db, "training_known").await, ["dele"]);
    assert_eq!(people(&db, "booked").await, ["dele"]);
    site.post(&format!("{page}/cancellation"), "").await;
    book(&db, &site, slug.as_str(), "dele", Artists).await;
    assert_eq!(people(&db, "booked").await, ["dele"], "who cancelled can book again");
}

#[tokio::test]
async fn what_somebody_asked_again_must_be_looked_at_before_it_is_confirmed() {
    let db = database().await;
    let site = Site::new(&db).await;
    let slug = cohort(&db, open(&db, [1, 1, 1, 1], 30).await).await.slug;
    ask(&db, &site, slug.as_str(), &[]).await;
    let page = link(&db, "dele@clay.example").await;
    let seen = crate::describe::hidden(&site.get(&page).await, "revision");
    ask(&db, &site, slug.as_str(), &[("name", "Somebody Else"), ("profession", "health")]).await;
    let body = form(&[("revision", seen.as_str())]);
    let reply = site.post(&format!("{page}/confirmation"), &body).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.body.contains("Somebody Else") && people(&db, "booked").await.is_empty());
    assert_eq!(confirm(&site, &page).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_full_share_waits_in_line_though_others_have_room_and_is_told_its_number() {
    let db = database().await;
    let site = Site::new(&db).await;
    let slug = cohort(&db, open(&db, [1, 1, 1, 1], 30).await).await.slug;
    for name in ["ann", "ben", "cat"] {
        book(&db, &site, slug.as_str(), name, Artists).await;
    }
    book(&db, &site, slug.as_str(), "dan", Health).await;
    assert_eq!(people(&db, "booked").await, ["ann", "dan"]);
    assert_eq!(people(&db, "waiting").await, ["ben", "cat"]);
    let cat = site.get(&link(&db, "cat@clay.example").await).await;
    assert!(cat.body.contains("You are number 2 in line"), "{}", cat.body);
    let plain: String = sqlx::query_scalar(
        "select plain from outbox where event like 'training_waiting:%' and recipient like 'cat@%'",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    assert!(plain.replace('\n', " ").contains("number 2 in line"), "{plain}");
    assert!(plain.lines().all(|line| line.chars().count() <= 76), "{plain}");
    assert!(!plain.contains("\n\n\n"), "{plain}");
}

#[tokio::test]
async fn who_cancels_with_one_press_gives_the_place_to_the_next_of_the_same_group() {
    let db = database().await;
    let site = Site::new(&db).await;
    let slug = cohort(&db, open(&db, [1, 1, 1, 1], 30).await).await.slug;
    let ann = book(&db, &site, slug.as_str(), "ann", Artists).await;
    book(&db, &site, slug.as_str(), "lou", LinkWorkers).await;
    book(&db, &site, slug.as_str(), "max", LinkWorkers).await;
    let ben = book(&db, &site, slug.as_str(), "ben", Artists).await;
    book(&db, &site, slug.as_str(), "cat", Artists).await;
    let reply = site.post(&format!("{ann}/cancellation"), "").await;
    assert_eq!(reply.header("location"), ann);
    assert!(site.get(&ann).await.body.contains("id=\"cancelled\""));
    assert_eq!(people(&db, "booked").await, ["lou", "ben"], "not max, who waited longer elsewhere");
    assert_eq!(told(&db, "training_booked").await, ["ann", "lou", "ben"]);
    assert_eq!(told(&db, "training_cancelled").await, ["ann"]);
    site.post(&format!("{ben}/cancellation"), "").await;
    assert_eq!(people(&db, "booked").await, ["lou", "cat"]);
    site.post(&format!("{ben}/cancellation"), "").await;
    assert_eq!(
        told(&db, "training_cancelled").await,
        ["ann", "ben"],
        "a second press does nothing"
    );
    let needs: i64 = sqlx::query_scalar(
        "select count(*) from bookings where access_needs is not null and state = 'cancelled'",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    assert_eq!(needs, 0);
}

#[tokio::test]
async fn from_a_week_before_on_unused_places_go_to_whoever_has_waited_longest() {
    let db = database().await;
    let site = Site::new(&db).await;
    let id = open(&db, [1, 1, 1, 1], 8).await;
    let slug = cohort(&db, id).await.slug;
    for (name, group) in [
        ("ann", Artists),
        ("ben", Artists),
        ("lou", LinkWorkers),
        ("max", LinkWorkers),
        ("cat", Artists),
    ] {
        book(&db, &site, slug.as_str(), name, group).await;
    }
    assert_eq!(people(&db, "waiting").await, ["ben", "max", "cat"]);
    fingerpost::training::watch::look(&db, now()).await.unwrap();
    assert_eq!(people(&db, "waiting").await, ["ben", "max", "cat"], "eight days before");
    let then = now() + SignedDuration::from_hours(24);
    fingerpost::training::watch::look(&db, then).await.unwrap();
    assert_eq!(people(&db, "waiting").await, ["cat"]);
    assert_eq!(told(&db, "training_booked").await, ["ann", "lou", "ben", "max"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_booking_is_told_beside_it_and_nothing_typed_is_lost() {
    let db = database().await;
    let site = Site::new(&db).await;
    let slug = cohort(&db, open(&db, [1, 1, 1, 1], 30).await).await.slug;
    let long = "x".repeat(1_001);
    for (field, value, message) in [
        ("profession", "", "Choose the group"),
        ("name", "", "Enter a name"),
        ("email", "kept words", "Enter an email address"),
        ("borough", "atlantis", "Choose a borough"),
        ("access_needs", long.as_str(), "1,000 characters"),
        ("website", "http://robot.example", "Leave this box empty"),
    ] {
        let kept = [("organisation", "Kept & Co"), (field, value)];
        let reply = ask(&db, &site, slug.as_str(), &kept).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(wrongs(&reply).contains(message), "{field}: {}", wrongs(&reply));
        assert!(reply.body.contains("Kept &#38; Co"), "{field}");
        assert!(!value.contains("kept") || reply.body.contains(value), "{field}");
    }
    let young = crate::describe::stamp_of(&db, 0).await;
    let reply = ask(&db, &site, slug.as_str(), &[("stamp", &young)]).await;
    assert!(reply.body.contains("Please send it once more"));
    assert!(people(&db, "unconfirmed").await.is_empty());
}

#[tokio::test]
async fn a_draft_is_not_there_and_what_has_begun_or_is_closed_takes_nobody() {
    let db = database().await;
    let site = Site::new(&db).await;
    let id = open(&db, [1, 1, 1, 1], 30).await;
    let slug = cohort(&db, id).await.slug;
    ask(&db, &site, slug.as_str(), &[]).await;
    let page = link(&db, "dele@clay.example").await;
    let set = async |sql: &'static str| sqlx::query(sql).execute(&*db).await.unwrap();
    set("update cohorts set state = 'draft'").await;
    assert_eq!(site.get(&format!("/training/{slug}")).await.status, StatusCode::NOT_FOUND);
    set("update cohorts set state = 'closed'").await;
    let reply = ask(&db, &site, slug.as_str(), &[("email", "lou@clay.example")]).await;
    assert_eq!(reply.header("location"), format!("/training/{slug}"));
    set("update cohorts set state = 'open'").await;
    set("update cohort_sessions set starts_at = starts_at - interval '31 days'").await;
    let late = site.post(&format!("{page}/confirmation"), "revision=1").await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    assert!(people(&db, "booked").await.is_empty());
}

#[tokio::test]
async fn a_link_that_is_old_or_wrong_opens_nothing() {
    let db = database().await;
    let site = Site::new(&db).await;
    for path in ["/booking/short", &format!("/booking/{}", "a".repeat(32))] {
        let reply = site.get(path).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
        assert!(reply.body.contains("This link is old or wrong"));
    }
}

#[tokio::test]
async fn the_database_itself_sells_no_place_twice() {
    let db = database().await;
    let site = Site::new(&db).await;
    let slug = cohort(&db, open(&db, [1, 0, 0, 0], 30).await).await.slug;
    book(&db, &site, slug.as_str(), "ann", Artists).await;
    book(&db, &site, slug.as_str(), "lou", LocalAuthority).await;
    let sold = sqlx::query(
        "update bookings set state = 'booked', booked_at = now() where state = 'waiting'",
    );
    let refused = sold.execute(&*db).await.unwrap_err().to_string();
    assert!(refused.contains("no more places than its capacity"), "{refused}");
    let shares = sqlx::query("update cohort_shares set places = 9 where profession = 'health'");
    let refused = shares.execute(&*db).await.unwrap_err().to_string();
    assert!(refused.contains("make up its capacity"), "{refused}");
}
