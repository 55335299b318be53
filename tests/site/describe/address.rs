//! Whose e-mail address it is: its case, its confirmation, and another one in its place.
use axum::http::StatusCode;
use fingerpost::{
    housekeeping,
    links::{Purpose, Wanted, store},
    pictures::Pictures,
    text::Email,
};
use jiff::SignedDuration;

use super::*;

#[tokio::test]
async fn whoever_begins_with_capitals_and_asks_with_small_letters_gets_a_letter() {
    let (db, site) = empty_site().await;
    let typed = first(&db, &[("email", "Dele@Hollowlane.example")]).await;
    assert_eq!(site.post("/describe", &typed).await.status, StatusCode::SEE_OTHER);
    let before = all_letters(&db).await;
    let asked = site.post("/mine", &form(&[("email", "dele@HOLLOWLANE.example")])).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert_eq!(all_letters(&db).await, before + 1);
}

#[tokio::test]
async fn what_nobody_confirms_is_forgotten_with_its_address_and_the_pages_say_when() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    for page in [format!("{home}/keep"), home.clone()] {
        let page = site.get(&page).await;
        assert!(page.body.contains("for 30 days after your last change"));
    }
    let known = async || {
        let known = "select (select count(*) from submissions where email = $1)
                          + (select count(*) from links where email = $1)
                          + (select count(*) from outbox where recipient = $1)";
        sqlx::query_scalar::<_, i64>(known).bind(EMAIL).fetch_one(&*db).await.unwrap()
    };
    let days = |days: i64| now() + SignedDuration::from_hours(24 * days);
    housekeeping::forget(&db, &Pictures::in_postgres(), days(29)).await.unwrap();
    assert_eq!(known().await, 3);
    housekeeping::forget(&db, &Pictures::in_postgres(), days(31)).await.unwrap();
    assert_eq!(known().await, 0);
    assert_eq!(site.get(&home).await.status, StatusCode::NOT_FOUND);
}

/// A link as a letter would bring it.
async fn mailed(db: &PgPool, purpose: Purpose, email: &str) -> String {
    let id = sqlx::query_scalar("select id from submissions").fetch_one(db).await.unwrap();
    let email = Email::parse(email).unwrap();
    let wanted = Wanted { purpose, subject: Some(id), email, mailed: true };
    purpose.path(&store::make(db, &wanted, now()).await.unwrap())
}

#[tokio::test]
async fn a_second_press_on_yes_says_that_it_is_confirmed_and_where_to_go_on() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    fill_all(&site, &home).await;
    send(&site, &home).await;
    let path = mailed(&db, Purpose::Confirm, EMAIL).await;
    let (one, other) = tokio::join!(site.post(&path, ""), site.post(&path, ""));
    let mut answers = [one.status, other.status];
    answers.sort();
    assert_eq!(answers, [StatusCode::OK, StatusCode::SEE_OTHER]);
    for again in [site.get(&path).await, site.post(&path, "").await] {
        assert_eq!(again.status, StatusCode::OK);
        assert!(again.body.contains("It is confirmed already") && again.body.contains("/mine"));
    }
    assert_eq!(letters(&db, "received").await, 1);
}

#[tokio::test]
async fn a_link_that_was_only_shown_ends_when_the_coordinator_gets_it_but_not_while_one_still_writes()
 {
    let (db, site) = empty_site().await;
    let shown = draft(&db, &site).await;
    let by_letter = mailed(&db, Purpose::Draft, EMAIL).await;
    let confirm = mailed(&db, Purpose::Confirm, EMAIL).await;
    site.post(&confirm, "").await;
    assert_eq!(site.get(&shown).await.status, StatusCode::OK, "words may stand there unsaved");
    sqlx::query("update submissions set email_confirmed_at = null").execute(&*db).await.unwrap();
    fill_all(&site, &shown).await;
    send(&site, &shown).await;
    let new = confirmed(&db, &site).await;
    for (home, status) in [(&shown, 404), (&by_letter, 200), (&new, 200)] {
        assert_eq!(site.get(home).await.status, status, "{home}");
    }
}

#[tokio::test]
async fn whoever_sends_from_a_mailed_link_confirms_by_it_and_ends_the_link_that_was_shown() {
    let (db, site) = empty_site().await;
    let shown = draft(&db, &site).await;
    let by_letter = mailed(&db, Purpose::Draft, EMAIL).await;
    fill_all(&site, &by_letter).await;
    send(&site, &by_letter).await;
    assert!(site.get(&by_letter).await.body.contains("stage waiting"));
    assert_eq!(site.get(&shown).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_new_link_ends_all_others_for_whoever_has_had_a_letter() {
    let (db, site) = empty_site().await;
    let shown = draft(&db, &site).await;
    let stays = site.post(&format!("{shown}/link"), "").await;
    assert_eq!(stays.header("location"), shown, "one who only saw the link ends nobody else's");
    assert!(!site.get(&shown).await.body.contains("end all others"));
    let by_letter = mailed(&db, Purpose::Draft, EMAIL).await;
    assert!(site.get(&by_letter).await.body.contains("Make a new link and end all others"));
    let made = site.post(&format!("{by_letter}/link"), "").await;
    let keep = made.header("location");
    assert_eq!(site.get(keep).await.status, StatusCode::OK);
    for old in [&shown, &by_letter] {
        assert_eq!(site.get(old).await.status, StatusCode::NOT_FOUND);
        assert_eq!(site.post(&format!("{old}/what"), "").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_mistyped_address_is_shown_and_can_be_changed_until_one_is_confirmed() {
    let (db, site) = empty_site().await;
    let wrong = "dele@holowlane.example";
    let begun = site.post("/describe", &first(&db, &[("email", wrong)]).await).await;
    let home = begun.header("location").strip_suffix("/keep").unwrap().to_owned();
    fill_all(&site, &home).await;
    send(&site, &home).await;
    for page in [home.clone(), format!("{home}/check"), format!("{home}/email")] {
        assert!(site.get(&page).await.body.contains(wrong), "{page}");
    }
    let by_letter = mailed(&db, Purpose::Draft, wrong).await;
    let confirm = mailed(&db, Purpose::Confirm, wrong).await;
    let path = format!("{home}/email");
    let bad = site.post(&path, &form(&[("email", "dele@")])).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrongs(&bad).contains("href=\"#email\"") && bad.body.contains("value=\"dele@\""));

    let changed = site.post(&path, &form(&[("email", "Dele@hollowlane.example")])).await;
    assert_eq!(changed.header("location"), home);
    assert!(site.get(&home).await.body.contains(EMAIL));
    for old in [&by_letter, &confirm] {
        assert_eq!(site.get(old).await.status, StatusCode::NOT_FOUND, "the old mailbox is out");
    }
    let left = "select (select count(*) from links where email = $1)
                     + (select count(*) from outbox where recipient = $1)";
    let left = sqlx::query_scalar::<_, i64>(left).bind(wrong).fetch_one(&*db).await.unwrap();
    assert_eq!(left, 0);
    let to = "select count(*) from outbox where recipient = $1 and (event like 'link:%' or event like 'confirm:%')";
    let to = sqlx::query_scalar::<_, i64>(to).bind(EMAIL).fetch_one(&*db).await.unwrap();
    assert_eq!(to, 2, "a link, and the question whose address it is");

    let home = confirmed(&db, &site).await;
    let reply = site.post(&format!("{home}/email"), &form(&[("email", wrong)])).await;
    assert_eq!(reply.header("location"), home);
    let page = site.get(&home).await;
    assert!(page.body.contains("stage waiting") && !page.body.contains("id=\"other-address\""));
}

#[tokio::test]
async fn whoever_changes_the_address_from_a_mailed_link_goes_on_with_a_new_one_and_not_too_often() {
    let (db, site) = empty_site().await;
    draft(&db, &site).await;
    let mut home = mailed(&db, Purpose::Draft, EMAIL).await;
    for number in 0..5 {
        let email = format!("dele{number}@hollowlane.example");
        let reply = site.post(&format!("{home}/email"), &form(&[("email", &email)])).await;
        let next = reply.header("location").trim_end_matches("/keep").to_owned();
        assert_eq!(site.get(&next).await.status, StatusCode::OK);
        assert_eq!(next == home, number > 0, "only the link that was mailed ended");
        home = next;
    }
    let reply = site.post(&format!("{home}/email"), &form(&[("email", "x@y.example")])).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
}

async fn all_letters(db: &PgPool) -> i64 {
    sqlx::query_scalar("select count(*) from outbox").fetch_one(db).await.unwrap()
}
