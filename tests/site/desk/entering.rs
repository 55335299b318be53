//! The borough's own offers, entered at the desk.
use axum::http::StatusCode;

use super::{
    editing::{publish, save},
    *,
};
use crate::describe::{PLACE, WHAT, draft, empty_site, fill_all, form, hidden, wrongs};

const ENTRY: &str = "/desk/listings/entry";

/// Fills in what is needed besides the first words.
async fn describe(db: &PgPool, person: &Person<'_>, home: &str, title: &str) {
    let what: Vec<(&str, &str)> = WHAT
        .into_iter()
        .map(|(field, value)| (field, if field == "title" { title } else { value }))
        .collect();
    save(db, person, home, "what", &what).await;
    save(db, person, home, "who", &[("needs", "loneliness"), ("ages", "all")]).await;
    save(
        db,
        person,
        home,
        "when",
        &[("when", "arrangement"), ("by_arrangement", "When it suits you")],
    )
    .await;
    save(db, person, home, "place", &PLACE).await;
    save(db, person, home, "cost", &[("cost", "free"), ("residents_join", "drop-in")]).await;
    save(db, person, home, "about", &[("contact-1-phone", "020 7946 0142")]).await;
}

#[tokio::test]
async fn an_offer_of_the_boroughs_own_is_entered_and_published_without_a_letter_to_anybody() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    assert!(ama.get("/desk/listings").await.body.contains("id=\"add\""));
    let id = hidden(&ama.get(ENTRY).await, "id");
    let first = form(&[
        ("id", &id),
        ("title", "Singing in the library"),
        ("place", "SE15 4QL"),
        ("provider_name", "Southwark Council"),
    ]);
    let begun = ama.post(ENTRY, &first).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", wrongs(&begun));
    let home = begun.header("location").to_owned();
    assert_eq!(
        ama.post(ENTRY, &first).await.header("location"),
        home,
        "a second press begins no second"
    );
    assert!(
        ama.get(ENTRY).await.body.contains("Singing in the library"),
        "what is begun is not lost"
    );
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    assert_eq!(ben.get(&home).await.status, StatusCode::NOT_FOUND);
    assert_eq!(publish(&ama, &home).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    describe(&db, &ama, &home, "Singing in the library").await;
    let done = publish(&ama, &home).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", wrongs(&done));
    let page = site.get("/offers/singing-in-the-library").await;
    assert!(page.body.contains("Southwark Council") && page.body.contains("Lantern Yard"));
    let lines: Vec<(String, Option<String>, String)> =
        sqlx::query_as("select by, why, state from offer_revisions order by number")
            .fetch_all(&*db)
            .await
            .unwrap();
    let by = "the Southwark coordinator".to_owned();
    let line = |why: &str, state: &str| (by.clone(), Some(why.to_owned()), state.to_owned());
    assert_eq!(lines, [line("Entered at the desk", "submitted"), line("Published", "published")]);
    let all: i64 = sqlx::query_scalar("select count(*) from outbox").fetch_one(&*db).await.unwrap();
    assert_eq!(all, 0, "nobody looks after it yet");
    let offer: OfferId = sqlx::query_scalar("select id from offers").fetch_one(&*db).await.unwrap();
    let whole = ama.get(&format!("/desk/offers/{offer}")).await;
    assert!(whole.body.contains("id=\"acts\""), "it is no longer being described");
}

#[tokio::test]
async fn an_offer_of_somebody_known_leaves_what_they_say_of_themselves_alone() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let (provider, name): (uuid::Uuid, String) = sqlx::query_as(
        "select p.id, p.name from providers p join offers o on o.provider = p.id where o.id = $1",
    )
    .bind(published(&db).await)
    .fetch_one(&*db)
    .await
    .unwrap();
    let id = provider.to_string();
    let first = form(&[
        ("title", "Whittling at dusk"),
        ("place", "SE15 4QL"),
        ("provider", &id),
        ("another", "yes"),
    ]);
    let home = ama.post(ENTRY, &first).await.header("location").to_owned();
    let about = ama.get(&format!("{home}/about")).await;
    assert!(
        !about.body.contains("name=\"provider_name\""),
        "what the public knows is not asked again"
    );
    describe(&db, &ama, &home, "Whittling at dusk").await;
    assert_eq!(publish(&ama, &home).await.status, StatusCode::SEE_OTHER);
    let page = site.get("/offers/whittling-at-dusk").await;
    assert!(page.body.contains(&name.replace('\'', "&#39;")), "{name}");
}

#[tokio::test]
async fn what_is_there_already_is_shown_before_it_is_entered_twice() {
    let (db, site) = empty_site().await;
    let home = draft(&db, &site).await;
    fill_all(&site, &home).await;
    crate::describe::send(&site, &home).await;
    crate::describe::confirmed(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let id: uuid::Uuid =
        sqlx::query_scalar("select id from submissions").fetch_one(&*db).await.unwrap();
    let path = format!("/desk/submissions/{id}");
    let version = hidden(&ama.get(&path).await, "version");
    ama.post(&format!("{path}/decision"), &form(&[("decision", "publish"), ("version", &version)]))
        .await;
    let anew = Site::new(&db).await;
    let ama = Person { site: &anew, ..ama };
    let first =
        [("title", "Clay on the lane"), ("place", "SE15 4QL"), ("provider_name", "The council")];
    let alike = ama.post(ENTRY, &form(&first)).await;
    assert_eq!(alike.status, StatusCode::OK);
    assert!(
        alike.body.contains("Is it one of these?") && alike.body.contains("value=\"The council\"")
    );
    let mut other = first.to_vec();
    other.push(("another", "yes"));
    assert_eq!(ama.post(ENTRY, &form(&other)).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_first_words_are_checked_and_kept() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    for (pairs, told) in [
        (vec![("title", "Clay")], "Enter a postcode"),
        (vec![("title", "Clay"), ("place", "online")], "Choose who runs it, or write a new name"),
        (vec![("title", "Clay"), ("provider", "nobody")], "from the list"),
        (vec![("title", "Clay"), ("provider", "x"), ("provider_name", "Y")], "not both"),
    ] {
        let reply = ama.post(ENTRY, &form(&pairs)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrongs(&reply).contains(told), "{told}: {}", wrongs(&reply));
        assert!(reply.body.contains("value=\"Clay\""));
    }
}
