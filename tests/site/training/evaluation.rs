//! Answers before and after: counted once each, shown from five on, and never so that one leads to somebody.
use axum::http::StatusCode;
use fingerpost::{
    accounts::Rights,
    training::{Profession, after},
};
use jiff::SignedDuration;
use sqlx::PgPool;

use super::{
    book,
    held::{Cohort, cohort, in_programme, programme},
};
use crate::{
    describe::{empty_site, form, hidden, wrongs},
    desk::{CAMDEN, SOUTHWARK, signed_in},
    support::{Site, now},
};

async fn answer(
    db: &PgPool,
    site: &Site,
    cohort: &Cohort,
    at: usize,
    values: [u8; 2],
) -> StatusCode {
    let link = cohort.link(db, at).await;
    let page = site.get(&format!("{link}/questions")).await.body;
    let moment = if page.contains("value=\"after\"") { "after" } else { "before" };
    let [one, two] = values;
    let form = format!("moment={moment}&question-1={one}&question-2={two}");
    site.post(&format!("{link}/questions"), &form).await.status
}

/// Lets time go by for a cohort.
async fn age(db: &PgPool, cohort: &Cohort, days: i32) {
    sqlx::query("update cohort_sessions set starts_at = starts_at - make_interval(days => $2) where cohort_id = $1")
        .bind(cohort.id)
        .bind(days)
        .execute(db)
        .await
        .unwrap();
    sqlx::query("update cohorts set state = 'held' where id = $1")
        .bind(cohort.id)
        .execute(db)
        .await
        .unwrap();
}

#[tokio::test]
async fn before_and_after_are_asked_once_each_at_their_time() {
    let (db, site) = empty_site().await;
    let cohort = cohort(&db, SOUTHWARK, 2, 3).await;
    let link = format!("{}/questions", cohort.link(&db, 0).await);
    let none = site.post(&link, "moment=before").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.body.contains("id=\"question-1-wrong\""));
    assert_eq!(answer(&db, &site, &cohort, 0, [2, 3]).await, StatusCode::SEE_OTHER);
    assert!(site.get(&link).await.body.contains("id=\"answered\""));
    answer(&db, &site, &cohort, 0, [9, 9]).await;
    let people: i64 = sqlx::query_scalar("select sum(people) from training_answers")
        .fetch_one(&*db)
        .await
        .unwrap();
    assert_eq!(people, 2, "one answer to each of two questions, and no second one");
    let late = site.post(&link, "moment=after&question-1=4").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    age(&db, &cohort, 10).await;
    assert_eq!(site.post(&link, "moment=before&question-1=4").await.status, StatusCode::CONFLICT);
    assert_eq!(answer(&db, &site, &cohort, 0, [8, 8]).await, StatusCode::SEE_OTHER);
    age(&db, &cohort, 28).await;
    assert!(site.get(&link).await.body.contains("id=\"nothing\""));
}

#[tokio::test]
async fn whoever_cancels_and_books_again_is_one_person_and_answers_once() {
    let (db, site) = empty_site().await;
    let cohort = cohort(&db, SOUTHWARK, 2, 3).await;
    assert_eq!(answer(&db, &site, &cohort, 0, [2, 3]).await, StatusCode::SEE_OTHER);
    let mine = cohort.link(&db, 0).await;
    site.post(&format!("{mine}/cancellation"), "").await;
    let again = book(&db, &site, &cohort.slug, "person1", Profession::Artists).await;
    assert!(site.get(&again).await.body.contains("id=\"booked\""));
    let questions = format!("{again}/questions");
    let sent = site.post(&questions, "moment=before&question-1=9&question-2=9").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let people = async || -> i64 {
        let sum = sqlx::query_scalar("select sum(people) from training_answers");
        sum.fetch_one(&*db).await.unwrap()
    };
    assert_eq!(people().await, 2, "one answer to each of two questions");
    assert!(site.get(&questions).await.body.contains("id=\"answered\""));
    let gone = site.post(&format!("{mine}/questions"), "moment=before&question-1=9").await;
    assert_ne!(gone.status, StatusCode::SEE_OTHER, "a cancelled booking is asked nothing");
    answer(&db, &site, &cohort, 1, [4, 4]).await;
    assert_eq!(people().await, 4, "others are counted as ever");
}

#[tokio::test]
async fn a_question_with_answers_keeps_its_words_and_what_its_ends_mean() {
    let (db, site) = empty_site().await;
    let programme = programme(&db).await;
    let first = now() + SignedDuration::from_hours(72);
    let cohort = in_programme(&db, programme, SOUTHWARK, 1, first).await;
    let rights = Rights { administrator: true, ..Rights::default() };
    let root = signed_in(&db, &site, "Root", rights).await;
    let path = format!("/desk/training/programmes/{programme}");
    let page = root.get(&path).await;
    let send = async |low: &str, high: &str, revision: &str| {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for field in ["words-1", "words-2", "low-2", "high-2"] {
            pairs.push((field.to_owned(), hidden(&page, field)));
        }
        for at in 1..=4 {
            pairs.push((format!("title-{at}"), format!("Module {at}")));
            pairs.push((format!("aims-{at}"), "Aims".to_owned()));
        }
        let rest = [
            ("name", "Kept words"),
            ("for_whom", "For all"),
            ("about", "About it"),
            ("low-1", low),
            ("high-1", high),
            ("revision", revision),
        ];
        let mut pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
        pairs.extend(rest);
        root.post(&path, &form(&pairs)).await
    };
    let before = send("hardly", "very", "1").await;
    assert_eq!(before.status, StatusCode::SEE_OTHER, "{}", wrongs(&before));
    assert_eq!(answer(&db, &site, &cohort, 0, [2, 3]).await, StatusCode::SEE_OTHER);
    let reversed = send("very", "hardly", "2").await;
    assert_eq!(reversed.status, StatusCode::UNPROCESSABLE_ENTITY);
    for end in ["0", "10"] {
        let words = format!("has answers, so what {end} means must stay");
        assert!(wrongs(&reversed).contains(&words), "{}", wrongs(&reversed));
    }
    assert!(reversed.body.contains("Kept words"));
    let same = send("hardly", "very", "2").await;
    assert_eq!(same.status, StatusCode::SEE_OTHER, "{}", wrongs(&same));
}

#[tokio::test]
async fn figures_are_shown_from_five_answers_on_once_nobody_can_answer_any_more() {
    let (db, site) = empty_site().await;
    let cohort = cohort(&db, SOUTHWARK, 6, 3).await;
    for at in 0..4 {
        answer(&db, &site, &cohort, at, [2, 3]).await;
    }
    age(&db, &cohort, 10).await;
    for at in 0..5 {
        answer(&db, &site, &cohort, at, [8, 7]).await;
    }
    let path = format!("/training/{}/evaluation", cohort.slug);
    let page = site.get(&path).await.body;
    assert!(page.contains("id=\"later\"") && !page.contains("median"), "they can still change");
    age(&db, &cohort, 28).await;
    let page = site.get(&path).await.body;
    assert!(page.contains("After: 5 people, median 8, mean 8.0"), "{page}");
    assert!(page.contains("fewer than 5 people answered") && !page.contains("4 people"), "{page}");
    let file = site.get("/training/evaluation.csv?borough=southwark").await.body;
    let rows: Vec<&str> = file.lines().skip(1).collect();
    assert_eq!(rows.len(), 2, "{file}");
    assert!(rows.iter().all(|row| row.contains(",after,5,")), "{file}");
}

#[tokio::test]
async fn a_cohort_with_four_answers_is_in_no_sum_so_no_difference_shows_it() {
    let (db, site) = empty_site().await;
    let programme = programme(&db).await;
    let first = now() - SignedDuration::from_hours(24 * 6);
    let many = in_programme(&db, programme, SOUTHWARK, 6, first).await;
    let few = in_programme(&db, programme, CAMDEN, 4, first).await;
    for at in 0..6 {
        answer(&db, &site, &many, at, [8, 7]).await;
    }
    for at in 0..4 {
        answer(&db, &site, &few, at, [0, 0]).await;
    }
    for cohort in [&many, &few] {
        age(&db, cohort, 28).await;
    }
    let all = site.get("/training/evaluation").await.body;
    assert!(all.contains("After: 6 people, median 8") && !all.contains("10 people"), "{all}");
    assert!(!all.contains("/camden") && !all.contains("value=\"camden\""));
    let camden = site.get("/training/evaluation?borough=camden").await.body;
    assert!(camden.contains("id=\"none\""));
    assert_eq!(site.get("/training/evaluation.csv?borough=camden").await.body.lines().count(), 1);
    let both = site.get("/training/evaluation.csv").await.body;
    let southwark = site.get("/training/evaluation.csv?borough=southwark").await.body;
    assert_eq!(both.replace("all,", "Southwark,"), southwark);
}

#[tokio::test]
async fn nothing_that_is_kept_leads_from_an_answer_to_a_person() {
    let (db, site) = empty_site().await;
    let cohort = cohort(&db, SOUTHWARK, 3, 3).await;
    for (at, values) in [[1, 2], [9, 8], [5, 5]].into_iter().enumerate() {
        answer(&db, &site, &cohort, at, values).await;
    }
    let columns: Vec<String> = sqlx::query_scalar(
        "select column_name::text from information_schema.columns
         where table_name in ('training_answers', 'training_answered')",
    )
    .fetch_all(&*db)
    .await
    .unwrap();
    assert!(
        columns.iter().all(|name| !name.contains("_at") && !name.contains("_on")),
        "no times: {columns:?}"
    );
    // Which transaction wrote a row is the same for all: the last answer is not told from those before it, nor
    // from what nobody answered.
    let writers: i64 =
        sqlx::query_scalar("select count(distinct xmin::text) from training_answers")
            .fetch_one(&*db)
            .await
            .unwrap();
    let cells: i64 =
        sqlx::query_scalar("select count(*) from training_answers").fetch_one(&*db).await.unwrap();
    assert_eq!((writers, cells), (1, 22));
}

#[tokio::test]
async fn when_a_cohort_is_over_everybody_who_had_a_place_is_asked_once() {
    let (db, site) = empty_site().await;
    let cohort = cohort(&db, SOUTHWARK, 2, -5).await;
    after::look(&db, now()).await.unwrap();
    after::look(&db, now()).await.unwrap();
    let letters: Vec<String> =
        sqlx::query_scalar("select plain from outbox where event like 'training_after:%'")
            .fetch_all(&*db)
            .await
            .unwrap();
    assert_eq!(letters.len(), 2);
    assert!(letters[0].replace('\n', " ").contains("nobody can see"), "{}", letters[0]);
    cohort.came(&db, 0, 1).await;
    let absent = site.get(&format!("{}/questions", cohort.link(&db, 1).await)).await.body;
    assert!(absent.contains("id=\"nothing\""), "who was not there says nothing about it");
}
