//! Listings, and what waits, edited at the desk in the artists' own form.
use axum::http::StatusCode;
use fingerpost::submissions::{Step, SubmissionId, questions::belongs, store as submissions};

use super::*;
use crate::{
    describe::{empty_site, form, hidden, letters, waiting, wrongs},
    mine::own,
};

/// Begins to edit what waits, as it stands now; the address of the edit.
pub async fn begin_edit(person: &Person<'_>, id: SubmissionId) -> String {
    let path = format!("/desk/submissions/{id}");
    let page = person.get(&path).await;
    let (version, from) = (hidden(&page, "version"), hidden(&page, "from"));
    let begun =
        person.post(&format!("{path}/edit"), &format!("version={version}&from={from}")).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", wrongs(&begun));
    begun.header("location").to_owned()
}

/// Begins to edit a listing, or goes on with it.
pub async fn edit_listing(person: &Person<'_>, offer: OfferId) -> String {
    let begun = person.post(&format!("/desk/offers/{offer}/edit"), "").await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    begun.header("location").to_owned()
}

/// What a browser would send of a step: all that its page shows, with these answers in the place of theirs.
pub async fn typed(
    db: &PgPool,
    person: &Person<'_>,
    home: &str,
    step: &str,
    changed: &[(&str, &str)],
) -> String {
    let page = person.get(&format!("{home}/{step}")).await;
    assert_eq!(page.status, StatusCode::OK, "{home}/{step}");
    let id = home.rsplit('/').next().unwrap().parse().unwrap();
    let found = submissions::found(db, id).await.unwrap().unwrap();
    let step = Step::parse(step).unwrap();
    let mut answers = found.answers.only(|field| belongs(step, field));
    for (field, value) in changed {
        answers.set(field, *value);
    }
    let pairs = answers.fields().flat_map(|(field, values)| {
        values.iter().map(move |value| (field.to_owned(), value.clone()))
    });
    let mut pairs: Vec<(String, String)> = pairs.collect();
    pairs.push(("seen".to_owned(), hidden(&page, "seen")));
    let pairs: Vec<(&str, &str)> =
        pairs.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
    form(&pairs)
}

pub async fn save(
    db: &PgPool,
    person: &Person<'_>,
    home: &str,
    step: &str,
    changed: &[(&str, &str)],
) {
    let typed = typed(db, person, home, step, changed).await;
    let saved = person.post(&format!("{home}/{step}"), &typed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", wrongs(&saved));
}

/// Publishes what is written, as its last page shows it now.
pub async fn publish(person: &Person<'_>, home: &str) -> Reply {
    let check = person.get(&format!("{home}/check")).await;
    let version = hidden(&check, "version");
    person.post(&format!("{home}/check"), &format!("version={version}")).await
}

async fn slug(db: &PgPool, offer: OfferId) -> String {
    let slug = sqlx::query_scalar("select slug from offers where id = $1");
    slug.bind(offer).fetch_one(db).await.unwrap()
}

async fn acts(db: &PgPool, subject: uuid::Uuid) -> Vec<String> {
    let acts = sqlx::query_scalar("select act from desk_acts where subject = $1 order by number");
    acts.bind(subject).fetch_all(db).await.unwrap()
}

const NEW: &str = "A long table, a kettle and eight lumps of clay.";

#[tokio::test]
async fn a_listing_is_edited_in_the_six_steps_compared_and_published_at_once() {
    let (db, site) = Site::of_sample().await;
    let offer = published(&db).await;
    let provider = sqlx::query_scalar("select provider from offers where id = $1");
    let provider: uuid::Uuid = provider.bind(offer).fetch_one(&*db).await.unwrap();
    own(&db, provider, "dele@hollowlane.example").await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let (_, revision, ..) = stands(&db, offer).await;
    assert!(ama.get(&format!("/desk/offers/{offer}")).await.body.contains("id=\"edit\""));
    let home = edit_listing(&ama, offer).await;
    assert_eq!(edit_listing(&ama, offer).await, home, "the second time it goes on");
    let steps = ama.get(&home).await;
    assert!(
        steps.body.contains("6 of 6 steps are done") && steps.body.contains("id=\"task-pictures\"")
    );
    assert_eq!(ama.get(&format!("{home}/pictures")).await.status, StatusCode::OK);
    assert!(ama.get(&format!("{home}/check")).await.body.contains("Nothing changes yet"));

    save(&db, &ama, &home, "what", &[("summary", NEW)]).await;
    let drawn =
        ama.post(&format!("{home}/preview"), &form(&[("step", "what"), ("title", "Clay")])).await;
    assert!(drawn.body.contains("Clay"), "the card follows what is typed");
    let check = ama.get(&format!("{home}/check")).await;
    assert!(check.body.contains("<ins>") && check.body.contains("What changes"));
    assert!(!check.body.contains("id=\"send-it\""), "nothing is sent to anybody");
    assert_eq!(stands(&db, offer).await.1, revision, "the listing stays until it is published");
    let done = publish(&ama, &home).await;
    assert_eq!(done.header("location"), format!("/desk/offers/{offer}?done=edited"));
    let (state, number, by, why) = stands(&db, offer).await;
    assert_eq!((state.as_str(), number), ("published", revision + 1));
    assert_eq!(
        (by.as_str(), why.as_deref()),
        ("the Southwark coordinator", Some("Edited at the desk"))
    );
    assert_eq!(acts(&db, offer).await, ["edited"]);
    let page = site.get(&format!("/offers/{}", slug(&db, offer).await)).await;
    assert!(page.body.contains(NEW));
    let (to, subject, plain): (String, String, String) =
        sqlx::query_as("select recipient, subject, plain from outbox where event like 'edited:%'")
            .fetch_one(&*db)
            .await
            .unwrap();
    assert_eq!(to, "dele@hollowlane.example");
    assert!(subject.starts_with("The Southwark coordinator has changed your listing"), "{subject}");
    assert!(plain.contains(NEW) && plain.contains("Before: "), "{plain}");
    assert_eq!(ama.get(&home).await.status, StatusCode::SEE_OTHER, "there is no form any more");
}

#[tokio::test]
async fn an_edit_is_nobody_elses_and_no_private_link_opens_it() {
    let (db, site) = Site::of_sample().await;
    let offer = published(&db).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let reader = signed_in(&db, &site, "Cleo", reader_of(SOUTHWARK)).await;
    let home = edit_listing(&ama, offer).await;
    assert_ne!(edit_listing(&ben, offer).await, home, "each has a draft of their own");
    assert_eq!(ben.get(&format!("{home}/what")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ben.post(&format!("{home}/withdrawal"), "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(reader.get(&home).await.status, StatusCode::FORBIDDEN);
    assert!(!reader.get(&format!("/desk/offers/{offer}")).await.body.contains("id=\"edit\""));
    let artist = site.get(&format!("{home}/what")).await;
    assert!(artist.header("location").starts_with("/desk/sign-in"));
    let away = ama.post(&format!("{home}/withdrawal"), "").await;
    assert_eq!(away.header("location"), format!("/desk/offers/{offer}?done=thrown_away"));
    assert_ne!(edit_listing(&ama, offer).await, home, "what is thrown away is gone");
}

#[tokio::test]
async fn of_two_who_edit_the_same_part_the_second_is_told_loses_nothing_and_may_mean_it() {
    let (db, site) = Site::of_sample().await;
    let offer = published(&db).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let (hers, his) = (edit_listing(&ama, offer).await, edit_listing(&ben, offer).await);
    save(&db, &ama, &hers, "what", &[("summary", NEW), ("title", "Clay by the river")]).await;
    let typed = "Eight of us make bowls on Tuesdays.";
    save(&db, &ben, &his, "what", &[("summary", typed)]).await;
    assert_eq!(publish(&ama, &hers).await.status, StatusCode::SEE_OTHER);
    let refused = publish(&ben, &his).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(wrongs(&refused).contains("both of you changed: summary"), "{}", wrongs(&refused));
    assert!(
        refused.body.contains("Eight of us") && !refused.body.contains("Clay by the river</del>")
    );
    assert_eq!(publish(&ben, &his).await.status, StatusCode::SEE_OTHER, "now he means it");
    let slug = slug(&db, offer).await;
    let page = site.get(&format!("/offers/{slug}")).await;
    assert!(
        page.body.contains(typed) && page.body.contains("Clay by the river"),
        "hers stays, too"
    );
}

#[tokio::test]
async fn of_two_presses_at_once_one_publishes() {
    let (db, site) = Site::of_sample().await;
    let offer = published(&db).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let home = edit_listing(&ama, offer).await;
    save(&db, &ama, &home, "what", &[("summary", NEW)]).await;
    let before = stands(&db, offer).await.1;
    let page = format!("{home}/check");
    let version = format!("version={}", hidden(&ama.get(&page).await, "version"));
    let (one, other) = tokio::join!(ama.post(&page, &version), ama.post(&page, &version));
    assert!([one.status, other.status].iter().all(|one| *one == StatusCode::SEE_OTHER));
    assert_eq!(stands(&db, offer).await.1, before + 1);
}

#[tokio::test]
async fn what_is_not_whole_says_nothing_new_or_leaves_ones_boroughs_is_not_published() {
    let (db, site) = Site::of_sample().await;
    let offer = published(&db).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let before = stands(&db, offer).await;
    let home = edit_listing(&ama, offer).await;
    let nothing = publish(&ama, &home).await;
    assert_eq!(nothing.status, StatusCode::CONFLICT);
    assert!(wrongs(&nothing).contains("what is there already"));
    save(&db, &ama, &home, "place", &[("boroughs", "camden")]).await;
    let away = publish(&ama, &home).await;
    assert!(wrongs(&away).contains("none of your boroughs"), "{}", wrongs(&away));
    save(&db, &ama, &home, "place", &[("boroughs", "southwark")]).await;
    let unsaid = typed(&db, &ama, &home, "what", &[("summary", "")]).await;
    ama.post(&format!("{home}/what"), &unsaid).await;
    let missing = publish(&ama, &home).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.body.contains("it was not published"));
    let stale = ama.post(&format!("{home}/check"), "version=1").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(stands(&db, offer).await, before);
}

#[tokio::test]
async fn a_paused_listing_stays_paused_and_one_that_came_back_is_published() {
    let (db, site) = Site::of_sample().await;
    let offer = published(&db).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let act = async |act: &str, more: &str| {
        let revision = stands(&db, offer).await.1;
        let path = format!("/desk/offers/{offer}/{act}");
        let reply = ama.post(&path, &format!("revision={revision}{more}")).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{act}");
    };
    act("pause", "").await;
    let home = edit_listing(&ama, offer).await;
    save(&db, &ama, &home, "what", &[("summary", NEW)]).await;
    assert_eq!(publish(&ama, &home).await.status, StatusCode::SEE_OTHER);
    assert_eq!(stands(&db, offer).await.0, "paused");
    act("archive", "&reason=Over").await;
    let none = ama.post(&format!("/desk/offers/{offer}/edit"), "").await;
    assert!(none.header("location").ends_with("done=not_editable"));
    act("bring-back", "").await;
    let home = edit_listing(&ama, offer).await;
    save(&db, &ama, &home, "what", &[("summary", "It is on again.")]).await;
    assert_eq!(publish(&ama, &home).await.status, StatusCode::SEE_OTHER);
    let (state, _, _, why) = stands(&db, offer).await;
    assert_eq!(
        (state.as_str(), why.as_deref()),
        ("published", Some("Edited and published at the desk"))
    );
}

#[tokio::test]
async fn a_draft_that_nobody_describes_gets_its_way_to_the_public() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offer: OfferId = sqlx::query_scalar("select id from offers").fetch_one(&*db).await.unwrap();
    let described = ama.post(&format!("/desk/offers/{offer}/edit"), "").await;
    assert!(described.header("location").ends_with("done=not_editable"), "it is in the queue");
    let path = format!("/desk/submissions/{id}");
    let version = hidden(&ama.get(&path).await, "version");
    let ask = [("decision", "ask"), ("message", "Who?"), ("version", version.as_str())];
    ama.post(&format!("{path}/decision"), &form(&ask)).await;
    sqlx::query("delete from submissions").execute(&*db).await.unwrap();
    assert_eq!(stands(&db, offer).await.0, "draft");
    let home = edit_listing(&ama, offer).await;
    assert_eq!(publish(&ama, &home).await.status, StatusCode::SEE_OTHER);
    assert_eq!(stands(&db, offer).await.0, "published");
    assert_eq!(site.get("/offers/clay-on-the-lane").await.status, StatusCode::OK);
    assert_eq!(letters(&db, "edited").await, 1, "whoever looks after it is told");
}
