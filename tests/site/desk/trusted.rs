//! Providers whose small changes pass at once.
use axum::http::StatusCode;
use fingerpost::submissions::store as submissions;
use uuid::Uuid;

use super::*;
use crate::{
    describe::{fill, form, letters, send},
    mine::Theirs,
};

/// Begins a change of Dele's offer, says this in the step "what", with what it said besides, and sends it.
pub async fn change(theirs: &Theirs, changed: &[(&str, &str)]) -> (String, Uuid) {
    let begun = theirs.site.post(&theirs.its("change"), "").await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    let home = begun.header("location").to_owned();
    let id = "select id from submissions order by made_at desc, id desc limit 1";
    let id: Uuid = sqlx::query_scalar(id).fetch_one(&*theirs.db).await.unwrap();
    let said = submissions::found(&*theirs.db, id).await.unwrap().unwrap().answers;
    let what = ["title", "summary", "activity", "kind", "first_visit", "description"];
    let mut pairs: Vec<(&str, &str)> = what.iter().map(|field| (*field, said.raw(field))).collect();
    pairs.extend(said.all("activities").map(|one| ("activities", one)));
    for field in ["bring", "afterwards", "keywords", "therapist"] {
        pairs.push((field, said.raw(field)));
    }
    for (field, value) in changed {
        pairs.retain(|(known, _)| known != field);
        pairs.push((field, value));
    }
    let saved = fill(&theirs.site, &home, "what", &pairs).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", crate::describe::wrongs(&saved));
    send(&theirs.site, &home).await;
    (home, id)
}

async fn stage(theirs: &Theirs, id: Uuid) -> String {
    let stage = sqlx::query_scalar("select stage from submissions where id = $1");
    stage.bind(id).fetch_one(&*theirs.db).await.unwrap()
}

async fn borough(theirs: &Theirs) -> String {
    let borough = sqlx::query_scalar("select boroughs[1] from offers where id = $1");
    borough.bind(theirs.offer).fetch_one(&*theirs.db).await.unwrap()
}

async fn trust(theirs: &Theirs, person: &Person<'_>, trust: &str) {
    let path = format!("/desk/providers/{}/trust", theirs.provider);
    let reply = person.post(&path, &format!("trust={trust}")).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
}

const SMALL: &str = "Ruth meets you at the door and finds you a chair.";

#[tokio::test]
async fn a_small_change_by_a_trusted_provider_passes_at_once_and_is_looked_at_later() {
    let theirs = Theirs::of_dele().await;
    let ama =
        signed_in(&theirs.db, &theirs.site, "Ama", coordinator_of(&borough(&theirs).await)).await;
    let page = format!("/desk/providers/{}", theirs.provider);
    let before = ama.get(&page).await;
    assert!(
        before.body.contains("Not trusted yet") && before.body.contains("dele@hollowlane.example")
    );
    trust(&theirs, &ama, "yes").await;
    let after = ama.get(&page).await;
    assert!(after.body.contains("id=\"trusted\"") && after.body.contains("coordinator"));
    let (_, revision, ..) = theirs.stands().await;
    let (home, id) = change(&theirs, &[("first_visit", SMALL)]).await;
    assert_eq!(stage(&theirs, id).await, "published");
    let (_, number, by, why) = theirs.stands().await;
    assert_eq!((number, by.as_str()), (revision + 1, "the provider"));
    assert!(why.unwrap().contains("passed at once"));
    assert!(theirs.public().await.body.contains(SMALL));
    assert!(theirs.site.get(&home).await.body.contains("stage published"));
    assert_eq!(
        (letters(&theirs.db, "published").await, letters(&theirs.db, "received").await),
        (1, 0)
    );

    assert!(ama.get("/desk").await.body.contains("Passed at once (1)"));
    let queue = ama.get("/desk?kind=passed").await;
    assert!(queue.body.contains(&format!("/desk/submissions/{id}")));
    let review = ama.get(&format!("/desk/submissions/{id}")).await;
    assert!(review.body.contains("id=\"look\"") && review.body.contains("Ruth"));
    assert!(review.body.contains("<ins>"), "what it changed is shown, though it is live by now");
    let looked = ama.post(&format!("/desk/submissions/{id}/look"), "").await;
    assert_eq!(looked.header("location"), "/desk?kind=passed&done=looked_at");
    ama.post(&format!("/desk/submissions/{id}/look"), "").await;
    assert!(ama.get("/desk?kind=passed").await.body.contains("Nothing has passed at once"));
    let acts: Vec<String> =
        sqlx::query_scalar("select act from desk_acts where act <> 'signed_in' order by number")
            .fetch_all(&*theirs.db)
            .await
            .unwrap();
    assert_eq!(acts, ["trusted", "passed_at_once", "looked_at"]);
    let log = ama.get("/desk/log").await;
    assert!(log.body.contains("had a change pass at once") && log.body.contains("trusted"));
}

#[tokio::test]
async fn a_larger_change_waits_also_from_a_trusted_provider() {
    let theirs = Theirs::of_dele().await;
    let ama =
        signed_in(&theirs.db, &theirs.site, "Ama", coordinator_of(&borough(&theirs).await)).await;
    trust(&theirs, &ama, "yes").await;
    let before = theirs.stands().await;
    let (_, id) = change(&theirs, &[("title", "Clay for everybody")]).await;
    assert_eq!(stage(&theirs, id).await, "waiting");
    assert_eq!(theirs.stands().await, before);
    assert_eq!(letters(&theirs.db, "received").await, 1);
}

#[tokio::test]
async fn words_that_promise_a_cure_wait_and_so_does_all_once_the_trust_has_ended() {
    let theirs = Theirs::of_dele().await;
    let ama =
        signed_in(&theirs.db, &theirs.site, "Ama", coordinator_of(&borough(&theirs).await)).await;
    trust(&theirs, &ama, "yes").await;
    let (_, id) = change(&theirs, &[("summary", "Clay cures depression.")]).await;
    assert_eq!(stage(&theirs, id).await, "waiting");
    sqlx::query("delete from submissions").execute(&*theirs.db).await.unwrap();
    trust(&theirs, &ama, "no").await;
    let (_, id) = change(&theirs, &[("first_visit", SMALL)]).await;
    assert_eq!(stage(&theirs, id).await, "waiting");
}

#[tokio::test]
async fn trust_holds_in_the_boroughs_of_who_trusts() {
    let theirs = Theirs::of_dele().await;
    sqlx::query(
        "insert into trusted_providers (provider_id, borough, account_id, by, since)
         select $1, gss, $2, 'the other coordinator', now() from boroughs
         where gss not in (select unnest(boroughs) from offers where id = $3)",
    )
    .bind(theirs.provider)
    .bind(account(&theirs.db, "Ben", coordinator_of(CAMDEN)).await.id)
    .bind(theirs.offer)
    .execute(&*theirs.db)
    .await
    .unwrap();
    let (_, id) = change(&theirs, &[("first_visit", SMALL)]).await;
    assert_eq!(stage(&theirs, id).await, "waiting");
}

#[tokio::test]
async fn only_who_decides_there_trusts_a_provider() {
    let theirs = Theirs::of_dele().await;
    let borough = borough(&theirs).await;
    let reader = signed_in(&theirs.db, &theirs.site, "Cleo", reader_of(&borough)).await;
    let page = format!("/desk/providers/{}", theirs.provider);
    let read = reader.get(&page).await;
    assert!(read.body.contains("not change it") && !read.body.contains("id=\"trust-them\""));
    let tried = reader.post(&format!("{page}/trust"), &form(&[("trust", "yes")])).await;
    assert_eq!(tried.status, StatusCode::FORBIDDEN);
    let ama = signed_in(&theirs.db, &theirs.site, "Ama", coordinator_of(&borough)).await;
    let nonsense = ama.post(&format!("{page}/trust"), "trust=perhaps").await;
    assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);
    let trusted: i64 = sqlx::query_scalar("select count(*) from trusted_providers")
        .fetch_one(&*theirs.db)
        .await
        .unwrap();
    assert_eq!(trusted, 0);
}
