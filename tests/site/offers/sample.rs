//! The sample directory.
use fingerpost::sample;

use super::{now, provider};
use crate::support;

#[tokio::test]
async fn the_sample_loads_into_an_empty_database_once_and_says_that_it_is_one() {
    let db = support::database().await;
    assert!(!sample::is_sample(&*db).await.unwrap());
    let (one, other) = tokio::join!(sample::load(&db, now()), sample::load(&db, now()));
    assert_eq!(one.unwrap().is_some(), other.unwrap().is_none());
    assert!(sample::is_sample(&*db).await.unwrap());
}

#[tokio::test]
async fn the_sample_leaves_a_database_alone_that_is_not_empty() {
    let db = support::database().await;
    provider(&db).await;
    assert!(sample::load(&db, now()).await.unwrap().is_none());
    assert!(!sample::is_sample(&*db).await.unwrap());
}

#[tokio::test]
async fn the_sample_loads_on_every_day_of_a_year() {
    let today = jiff::civil::date(2026, 1, 1);
    for day in 0..366 {
        let today = today.checked_add(jiff::ToSpan::days(day)).unwrap();
        let file = sample::with_dates(include_str!("../../../src/sample/offers.csv"), today);
        let text = String::from_utf8(file.unwrap()).unwrap();
        for row in csv::Reader::from_reader(text.as_bytes()).records() {
            let row = row.unwrap();
            let (slug, schedules) = (&row[0], &row[21]);
            let read = fingerpost::calendar::parse_schedules(schedules);
            assert!(read.is_ok(), "{slug} on {today}: {schedules}: {read:?}");
        }
    }
}
