//! Several who describe at once, and forms that are closed while somebody types.
use fingerpost::{
    submissions::decide::{self, Decided},
    text::Line,
};
use futures_util::future::join_all;

use super::*;

fn desk() -> Line<100> {
    Line::parse("the Southwark coordinator").unwrap()
}

/// A draft with everything, at this place.
async fn draft_at(db: &PgPool, site: &Site, place: &[(&str, &str)]) -> (String, SubmissionId) {
    let home = draft(db, site).await;
    fill_all(site, &home).await;
    let mut said = PLACE.to_vec();
    for (field, value) in place {
        said.retain(|(known, _)| known != field);
        said.push((field, value));
    }
    let saved = fill(site, &home, "place", &said).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", wrongs(&saved));
    let newest = "select id from submissions order by made_at desc, id desc limit 1";
    (home, sqlx::query_scalar(newest).fetch_one(db).await.unwrap())
}

async fn confirm_all(db: &PgPool) {
    sqlx::query("update submissions set email_confirmed_at = now()").execute(db).await.unwrap();
}

async fn venue_of(db: &PgPool, id: SubmissionId) -> (uuid::Uuid, String) {
    sqlx::query_as(
        "select v.id, v.address from submissions s
         join offers o on o.id = s.offer_id join venues v on v.id = o.venue where s.id = $1",
    )
    .bind(id)
    .fetch_one(db)
    .await
    .unwrap()
}

#[tokio::test]
async fn two_offers_of_one_new_hall_that_are_confirmed_later_are_both_published_there() {
    let (db, site) = empty_site().await;
    let mut ids = vec![];
    for _ in 0..2 {
        let (home, id) = draft_at(&db, &site, &[]).await;
        send(&site, &home).await;
        ids.push(id);
    }
    for id in &ids {
        confirmed_one(&db, &site, *id).await;
    }
    for id in &ids {
        assert_eq!(decide::publish(&db, *id, &desk(), now()).await.unwrap(), Decided::Done);
    }
    assert_eq!(venue_of(&db, ids[0]).await, venue_of(&db, ids[1]).await);
}

#[tokio::test]
async fn nobody_elses_offer_is_held_at_an_address_that_is_kept_private() {
    let (db, site) = empty_site().await;
    let home = [
        ("venue_name", "Home studio"),
        ("venue_address", "4 Tanner’s Row, Peckham"),
        ("address_private", "yes"),
    ];
    let (hers, one) = draft_at(&db, &site, &home).await;
    let (his, other) = draft_at(
        &db,
        &site,
        &[("venue_name", "Home"), ("venue_address", "12 Tanner’s Row, Peckham")],
    )
    .await;
    let (theirs, third) = draft_at(&db, &site, &home[..2]).await;
    confirm_all(&db).await;
    for home in [&hers, &his, &theirs] {
        send(&site, home).await;
    }
    let (hers, his, theirs) =
        (venue_of(&db, one).await, venue_of(&db, other).await, venue_of(&db, third).await);
    assert_eq!(his.1, "12 Tanner’s Row, Peckham", "his own words stand");
    assert!(hers.0 != his.0 && hers.0 != theirs.0, "what is private is nobody else's place");
}

#[tokio::test]
async fn whoever_moves_a_new_hall_moves_nobody_elses_offer() {
    let (db, site) = empty_site().await;
    let (first, one) = draft_at(&db, &site, &[]).await;
    let (second, other) = draft_at(&db, &site, &[]).await;
    confirm_all(&db).await;
    send(&site, &first).await;
    send(&site, &second).await;
    assert_eq!(venue_of(&db, one).await, venue_of(&db, other).await, "one hall");
    let words =
        decide::Words { field: None, words: fingerpost::text::Text::parse("Where?").unwrap() };
    decide::ask(&db, one, &[words], &desk(), now()).await.unwrap();
    let mut moved = PLACE.to_vec();
    moved.retain(|(field, _)| *field != "venue_address");
    moved.push(("venue_address", "77 Elsewhere Road, Peckham"));
    assert_eq!(fill(&site, &first, "place", &moved).await.status, StatusCode::SEE_OTHER);
    send(&site, &first).await;
    assert_eq!(venue_of(&db, one).await.1, "77 Elsewhere Road, Peckham");
    assert_eq!(venue_of(&db, other).await.1, "9 Tanner’s Row, Peckham");
}

#[tokio::test]
async fn offers_of_one_name_that_arrive_at_once_all_arrive() {
    let (db, site) = empty_site().await;
    let mut homes = vec![];
    for _ in 0..4 {
        homes.push(draft_at(&db, &site, &[]).await.0);
    }
    confirm_all(&db).await;
    let mut posts = vec![];
    for home in &homes {
        let path = format!("{home}/check");
        let version = format!("version={}", hidden(&site.get(&path).await, "version"));
        posts.push((path, version));
    }
    let sendings = posts.iter().map(|(path, version)| site.post(path, version));
    for sent in join_all(sendings).await {
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", wrongs(&sent));
    }
    let offers: i64 = sqlx::query_scalar("select count(distinct slug) from offers")
        .fetch_one(&*db)
        .await
        .unwrap();
    assert_eq!(offers, 4);
}

#[tokio::test]
async fn what_is_typed_while_it_is_sent_elsewhere_is_shown_and_not_lost() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    fill_all(&site, &home).await;
    confirm_all(&db).await;
    let seen = hidden(&site.get(&format!("{home}/what")).await, "seen");
    send(&site, &home).await;
    let typed = form(&[("title", "Clay"), ("summary", "My very long words"), ("seen", &seen)]);
    let reply = site.post(&format!("{home}/what"), &typed).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.body.contains("My very long words"));
    assert!(reply.body.contains("This can no longer be changed"));
    assert!(!reply.body.contains("id=\"keep-typed\""), "there is nothing to save it with");
}

#[tokio::test]
async fn what_is_typed_behind_a_link_that_has_ended_is_shown_and_not_lost() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    sqlx::query("update links set revoked_at = now()").execute(&*db).await.unwrap();
    let reply = site.post(&format!("{home}/what"), &form(&[("summary", "My <long> words")])).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert!(reply.body.contains("What you typed was not saved"));
    assert!(reply.body.contains("My &#60;long&#62; words"));
    assert!(!site.get(&home).await.body.contains("What you typed"));
}

#[tokio::test]
async fn what_an_import_has_moved_on_is_told_and_can_be_refused() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    let offer: uuid::Uuid =
        sqlx::query_scalar("select id from offers").fetch_one(&*db).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let kept = fingerpost::offers::store::kept(&mut tx, offer).await.unwrap().unwrap().offer;
    let from = (fingerpost::offers::Status::Submitted, kept.revision);
    let next = kept.step(fingerpost::offers::AnyState::Draft, now()).unwrap();
    let author = fingerpost::offers::store::Author { by: desk(), why: None };
    fingerpost::offers::store::save(&mut tx, from, &next, &author, now()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    assert_eq!(decide::publish(&db, id, &desk(), now()).await.unwrap(), Decided::Moved);
    let why = fingerpost::text::Text::parse("It was taken back.").unwrap();
    assert_eq!(decide::refuse(&db, id, why, &desk(), now()).await.unwrap(), Decided::Done);
}

#[tokio::test]
async fn words_about_a_row_or_a_whole_question_stand_there() {
    let (db, site) = empty_site().await;
    let (home, id) = waiting(&db, &site).await;
    let said = [("access-lift", "Is there a lift?"), ("schedule", "Which weeks?")];
    let said = said.map(|(field, words)| decide::Words {
        field: Some(Line::parse(field).unwrap()),
        words: fingerpost::text::Text::parse(words).unwrap(),
    });
    decide::ask(&db, id, &said, &desk(), now()).await.unwrap();
    let status = site.get(&home).await;
    assert!(
        status.body.contains("/place#access-field") && status.body.contains("/when#schedule-field")
    );
    for (step, words) in [("place", "Is there a lift?"), ("when", "Which weeks?")] {
        let page = site.get(&format!("{home}/{step}")).await;
        let beside = format!("The coordinator asks:</b> {words}");
        assert_eq!(page.body.matches(&beside).count(), 1, "{step}");
        assert!(page.body.contains(&format!(
            "id=\"{}-field\"",
            if step == "when" { "schedule" } else { "access" }
        )));
    }
}
