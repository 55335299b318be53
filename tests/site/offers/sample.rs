//! The sample directory.
use std::collections::HashSet;

use fingerpost::{
    offers::{Listed, store},
    sample::{self, invented::Invented},
};
use futures_util::TryStreamExt;

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

#[tokio::test]
async fn invented_offers_are_kept_as_they_were_made_and_the_same_each_time() {
    let db = support::database().await;
    sample::load_invented(&db, 2_000, now(), |_| {}).await.unwrap();
    let mut one = db.acquire().await.unwrap();
    let spots = sample::spots(&mut one).await.unwrap();
    let mut made: Vec<Listed> = Invented::new(&spots, 2_000, sample::SEED, now()).collect();
    let mut kept: Vec<Listed> = store::listed(&db).try_concat().await.unwrap();
    made.sort_by_key(|listed| listed.offer.id);
    kept.sort_by_key(|listed| listed.offer.id);
    assert_eq!(made.len(), kept.len());
    for (made, kept) in made.iter().zip(&kept) {
        assert_eq!(made.offer.content, kept.offer.content);
        assert_eq!((&made.offer.slug, &made.venue), (&kept.offer.slug, &kept.venue));
    }
}

#[tokio::test]
async fn where_one_invented_offer_is_refused_the_directory_is_empty_again() {
    let db = support::database().await;
    let refuse = "alter table offers add constraint refused check (slug not like '%-2500')";
    sqlx::query(refuse).execute(&*db).await.unwrap();
    sample::load_invented(&db, 3_000, now(), |_| {}).await.unwrap_err();
    assert!(!sample::is_sample(&*db).await.unwrap());
    let left = "select (select count(*) from offers) + (select count(*) from providers)";
    assert_eq!(sqlx::query_scalar::<_, i64>(left).fetch_one(&*db).await.unwrap(), 0);
    sqlx::query("alter table offers drop constraint refused").execute(&*db).await.unwrap();
    sample::load_invented(&db, 3_000, now(), |_| {}).await.unwrap();
    assert!(sample::is_sample(&*db).await.unwrap());
}

#[tokio::test]
async fn invented_offers_are_varied() {
    let db = support::database().await;
    let mut one = db.acquire().await.unwrap();
    let spots = sample::spots(&mut one).await.unwrap();
    let (mut words, mut boroughs, mut activities) =
        (HashSet::new(), HashSet::new(), HashSet::new());
    for listed in Invented::new(&spots, 5_000, 1, now()) {
        let content = &listed.offer.content;
        assert_eq!(content.lacks(), []);
        let said = format!(
            "{} {} {}",
            content.title,
            content.summary,
            content.how.description.as_ref().unwrap()
        );
        words.extend(said.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase));
        boroughs.extend(content.boroughs.iter().copied());
        activities.insert(content.activity());
    }
    assert!(words.len() >= 2_000, "{} words", words.len());
    assert_eq!((boroughs.len(), activities.len()), (33, 39));
}
