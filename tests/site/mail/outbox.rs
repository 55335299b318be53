//! The outbox: once for an event, tried again with ever longer waits, given up where all can see it.
use fingerpost::mail::{Next, store};
use jiff::{SignedDuration, Timestamp};

use super::{ADA, letter, opens, postman, put};
use crate::support::{self, MailServer, Manner, Program, database, folder, now};

fn after(now: Timestamp, minutes: i64) -> Timestamp {
    now + SignedDuration::from_mins(minutes) + SignedDuration::from_secs(30)
}

#[tokio::test]
async fn a_letter_is_sent_once_for_its_event_and_never_for_what_did_not_happen() {
    let (db, server, now) = (database().await, MailServer::start(), now());
    let mut undone = db.begin().await.unwrap();
    store::put(&mut *undone, &letter("received:2"), now).await.unwrap();
    undone.rollback().await.unwrap();
    put(&db, "received:1", now).await;
    put(&db, "received:1", now).await;

    let postman = postman(&db, &server);
    while postman.one(now).await.unwrap() {}
    put(&db, "received:1", now).await;
    assert!(!postman.one(now).await.unwrap());
    assert_eq!(server.letters().len(), 1);
}

#[tokio::test]
async fn a_letter_refused_for_now_is_tried_again_later_and_arrives_once() {
    let (db, mut server, now) = (database().await, MailServer::start(), now());
    let postman = postman(&db, &server);
    put(&db, "received:1", now).await;
    for (manner, at) in
        [(Manner::RefusesRecipient(451), now), (Manner::RefusesLetter(452), after(now, 1))]
    {
        server.is(manner);
        assert!(postman.one(at).await.unwrap());
        assert!(!postman.one(at).await.unwrap(), "it was tried again at once");
        let unsent = &store::unsent(&*db, at).await.unwrap()[0];
        assert!(matches!(unsent.next, Next::Try(_)) && !unsent.unanswered, "{unsent:?}");
        let trouble = unsent.trouble.as_ref().unwrap().as_str();
        assert!(trouble.contains("45") && !trouble.contains("ada"), "{trouble}");
    }
    server.is(Manner::Accepts);
    assert!(
        !postman.one(after(now, 5)).await.unwrap(),
        "the second wait is no longer than the first"
    );
    assert!(postman.one(after(now, 7)).await.unwrap());
    assert!(!postman.one(after(now, 10_000)).await.unwrap());
    assert_eq!(server.letters().len(), 1);
    assert!(store::unsent(&*db, now).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_letter_that_nobody_takes_for_three_days_is_dead() {
    let (db, mut server, now) = (database().await, MailServer::start(), now());
    server.is(Manner::RefusesRecipient(451));
    let postman = postman(&db, &server);
    put(&db, "received:1", now).await;
    let hours = (0..80).map(|hour| now + SignedDuration::from_hours(hour));
    for at in hours {
        postman.one(at).await.unwrap();
    }
    let dead = store::unsent(&*db, now).await.unwrap().remove(0);
    assert_eq!(dead.next, Next::Dead);
    assert!((6..=9).contains(&dead.tries), "{dead:?}");
    assert_eq!(server.visits(), usize::from(dead.tries));
}

#[tokio::test]
async fn a_letter_refused_for_good_is_listed_without_its_address_and_tried_again_when_told_to() {
    let (db, mut server, now) = (database().await, MailServer::start(), now());
    server.is(Manner::RefusesRecipient(550));
    let postman = postman(&db, &server);
    put(&db, "received:1", now).await;
    assert!(postman.one(now).await.unwrap());
    assert!(!postman.one(after(now, 10_000)).await.unwrap());

    let folder = folder();
    let fingerpost = |arguments: &[&str]| {
        let mut command = Program::command(folder.path());
        let done = command.env("DATABASE_URL", support::url(&db)).args(arguments).output().unwrap();
        (done.status.success(), String::from_utf8(done.stdout).unwrap())
    };
    let (_, list) = fingerpost(&["mail"]);
    assert!(list.contains("Given up: 1") && list.contains("received:1"), "{list}");
    assert!(list.contains("tries: 1") && list.contains("550"), "{list}");
    assert!(!list.contains('@') && !list.contains("lovelace"), "{list}");

    let id = store::unsent(&*db, now).await.unwrap()[0].id.to_string();
    assert!(fingerpost(&["mail", "retry", &id]).0);
    server.is(Manner::Accepts);
    assert!(postman.one(support::now()).await.unwrap());
    assert_eq!(server.letters().len(), 1);
    assert!(opens(&db, &server.letters()[0], now).await);
    assert!(!fingerpost(&["mail", "retry", &id]).0, "a letter that was sent was sent again");
    assert!(fingerpost(&["mail"]).1.contains("Letters that wait: 0. Given up: 0."));
}

#[tokio::test]
async fn a_server_that_does_not_carry_for_us_kills_no_letter_and_all_are_tried_again_when_told_to()
{
    let (db, mut server, now) = (database().await, MailServer::start(), now());
    let postman = postman(&db, &server);
    server.is(Manner::DeniesRelay);
    for number in 0..3 {
        put(&db, &format!("received:{number}"), now).await;
        assert!(postman.one(now).await.unwrap());
    }
    let unsent = store::unsent(&*db, now).await.unwrap();
    assert!(unsent.iter().all(|one| matches!(one.next, Next::Try(_))), "{unsent:?}");
    server.is(Manner::Accepts);
    let folder = folder();
    let retry = |which: &[&str]| {
        let mut command = Program::command(folder.path());
        command.env("DATABASE_URL", support::url(&db)).args(["mail", "retry"]).args(which);
        let done = command.output().unwrap();
        (done.status.success(), String::from_utf8(done.stdout).unwrap())
    };
    assert!(!retry(&[]).0, "which one?");
    assert!(retry(&["--all"]).1.contains("3 letters"));
    while postman.one(support::now()).await.unwrap() {}
    assert_eq!(server.letters().len(), 3);
    assert!(retry(&["--all"]).1.contains("No letter waits"));
}

#[tokio::test]
async fn a_letter_whose_connection_broke_is_tried_again_as_the_same_letter() {
    let (db, mut server, now) = (database().await, MailServer::start(), now());
    let postman = postman(&db, &server);
    put(&db, "received:1", now).await;
    server.is(Manner::Drops);
    assert!(postman.one(now).await.unwrap());
    assert!(store::unsent(&*db, now).await.unwrap()[0].unanswered);
    server.is(Manner::Accepts);
    assert!(postman.one(after(now, 1)).await.unwrap());
    assert_eq!(server.letters().len(), 1);
    assert!(!postman.one(after(now, 10_000)).await.unwrap());
}

#[tokio::test]
async fn whoever_was_asleep_while_another_took_the_letter_does_not_hand_it_over() {
    let (db, now) = (database().await, now());
    put(&db, "received:1", now).await;
    let mut db = db.acquire().await.unwrap();
    let until = after(now, 1);
    let first = store::take(&mut db, now, until).await.unwrap().unwrap();
    assert!(store::take(&mut db, now, until).await.unwrap().is_none());
    let second = store::take(&mut db, until, after(until, 1)).await.unwrap().unwrap();
    assert_eq!(first.id, second.id);
    assert!(!store::hand_over(&mut *db, &first, after(until, 1)).await.unwrap());
    assert!(store::hand_over(&mut *db, &second, after(until, 1)).await.unwrap());
}

#[tokio::test]
async fn a_server_that_takes_letters_and_never_says_so_gets_three_that_are_one_by_their_ids() {
    let (db, mut server, now) = (database().await, MailServer::start(), now());
    let postman = postman(&db, &server);
    put(&db, "received:1", now).await;
    server.is(Manner::Swallows);
    for day in 0..6 {
        while postman.one(now + SignedDuration::from_hours(24 * day)).await.unwrap() {}
    }
    let letters = server.letters();
    assert_eq!(letters.len(), 3);
    for name in ["Message-ID", "Date"] {
        assert!(
            letters.iter().all(|one| super::header(one, name) == super::header(&letters[0], name))
        );
    }
    for one in &letters {
        assert!(opens(&db, one, now).await, "one of its links does not work");
    }
    let dead = &store::unsent(&*db, now).await.unwrap()[0];
    assert!(dead.next == Next::Dead && dead.unanswered);
}

#[tokio::test]
async fn what_letters_said_is_forgotten_a_month_after_their_end_but_not_that_they_were_sent() {
    let (db, server, now) = (database().await, MailServer::start(), now());
    let postman = postman(&db, &server);
    put(&db, "received:1", now).await;
    postman.one(now).await.unwrap();
    let day = |days: i64| now + SignedDuration::from_hours(24 * days + 1);
    put(&db, "received:2", now).await;
    let told = async || {
        let count = "select count(*) from outbox where outbox::text like '%' || $1 || '%'";
        let count = sqlx::query_scalar::<_, i64>(count).bind(ADA).fetch_one(&*db);
        count.await.unwrap()
    };
    store::forget(&*db, day(29)).await.unwrap();
    assert_eq!(told().await, 2);
    store::forget(&*db, day(30)).await.unwrap();
    assert_eq!(told().await, 1, "a letter that waits is kept, one that was sent is not");
    put(&db, "received:1", day(30)).await;
    while postman.one(day(31)).await.unwrap() {}
    assert_eq!(server.letters().len(), 2);
}
