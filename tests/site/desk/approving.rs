//! What waits, edited before it is approved.
use axum::http::StatusCode;
use fingerpost::submissions::store as submissions;

use super::{
    editing::{begin_edit, save, typed},
    trusted::change,
    *,
};
use crate::{
    describe::{empty_site, form, hidden, waiting, wrongs},
    mine::Theirs,
};

const NEW: &str = "Make pots at a long table with eight others.";

async fn decide(person: &Person<'_>, path: &str, version: &str) -> Reply {
    let said = [("decision", "publish"), ("version", version)];
    person.post(&format!("{path}/decision"), &form(&said)).await
}

#[tokio::test]
async fn what_waits_is_edited_and_approved_and_the_artist_is_told_what_was_changed() {
    let (db, site) = empty_site().await;
    let (status, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/submissions/{id}");
    assert!(ama.get(&path).await.body.contains("Edit, then approve"));
    let home = begin_edit(&ama, id).await;
    assert!(ama.get(&path).await.body.contains("You have claimed it"), "the first edit claims it");
    assert_eq!(begin_edit(&ama, id).await, home, "the second goes on with it");
    save(&db, &ama, &home, "what", &[("summary", NEW)]).await;
    save(&db, &ama, &home, "about", &[("provider_name", "Hollow Lane Clay Club")]).await;
    let check = ama.get(&format!("{home}/check")).await;
    assert!(check.body.contains("id=\"to-review\"") && !check.body.contains("id=\"publish\""));
    let none = ama.post(&format!("{home}/check"), "version=3").await;
    assert_eq!(none.header("location"), path, "it is decided where it is reviewed");

    let review = ama.get(&path).await;
    let edited =
        review.body.split("id=\"edited\"").nth(1).unwrap().split("</section>").next().unwrap();
    for words in ["What was edited at the desk", "<del>", "eight", "Club</ins>"] {
        assert!(edited.contains(words), "{words}: {edited}");
    }
    assert!(review.body.contains("It goes live now, as it was edited"));
    let done = decide(&ama, &path, &hidden(&review, "version")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", wrongs(&done));
    let page = site.get("/offers/clay-on-the-lane").await;
    assert!(page.body.contains(NEW) && page.body.contains("Clay Club"));
    let sent = submissions::found(&*db, id).await.unwrap().unwrap();
    assert!(!sent.answers.one("summary").contains("eight others"), "what was sent is kept");
    let plain: String =
        sqlx::query_scalar("select plain from outbox where event like 'published:%'")
            .fetch_one(&*db)
            .await
            .unwrap();
    assert!(plain.contains("changed this before") && plain.contains(NEW), "{plain}");
    let told = site.get(&status).await;
    assert!(
        told.body.contains("What the coordinator changed before") && told.body.contains("<ins>")
    );
    let why: String =
        sqlx::query_scalar("select why from offer_revisions order by number desc limit 1")
            .fetch_one(&*db)
            .await
            .unwrap();
    assert!(why.ends_with("edited at the desk"), "{why}");
    assert!(ama.get(&path).await.body.contains("What was edited at the desk"), "later, too");
}

#[tokio::test]
async fn edits_are_thrown_away_and_it_is_published_as_it_was_sent() {
    let (db, site) = empty_site().await;
    let (status, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/submissions/{id}");
    let home = begin_edit(&ama, id).await;
    save(&db, &ama, &home, "what", &[("summary", NEW)]).await;
    let away = ama.post(&format!("{home}/withdrawal"), "").await;
    assert_eq!(away.header("location"), format!("{path}?done=thrown_away"));
    let review = ama.get(&path).await;
    assert!(!review.body.contains("eight others") && !review.body.contains("id=\"edited\""));
    decide(&ama, &path, &hidden(&review, "version")).await;
    assert!(!site.get("/offers/clay-on-the-lane").await.body.contains("eight others"));
    assert!(!site.get(&status).await.body.contains("What the coordinator changed"));
}

#[tokio::test]
async fn who_looked_at_it_before_it_was_edited_does_not_decide_on_it_unseen() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/submissions/{id}");
    let looked = hidden(&ben.get(&path).await, "version");
    let home = begin_edit(&ama, id).await;
    save(&db, &ama, &home, "what", &[("summary", NEW)]).await;
    let late = decide(&ben, &path, &looked).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("Somebody else was first") && late.body.contains("eight others"));
    let edit = ben.post(&format!("{path}/edit"), &format!("version={looked}")).await;
    assert_eq!(edit.status, StatusCode::CONFLICT);
    assert!(edit.body.contains("Look at it again"));

    // He decides on what he sees now, while she still writes.
    let hers = typed(&db, &ama, &home, "what", &[("summary", "Nine others come, too.")]).await;
    let seen = hidden(&ben.get(&path).await, "version");
    assert_eq!(decide(&ben, &path, &seen).await.status, StatusCode::SEE_OTHER);
    let lost = ama.post(&format!("{home}/what"), &hers).await;
    assert_eq!(lost.status, StatusCode::CONFLICT);
    assert!(lost.body.contains("Nine others") && lost.body.contains("decided or thrown away"));
    assert!(!site.get("/offers/clay-on-the-lane").await.body.contains("Nine others"));
}

#[tokio::test]
async fn two_who_edit_the_same_step_are_told_and_both_texts_are_shown() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let home = begin_edit(&ama, id).await;
    let path = format!("/desk/submissions/{id}");
    let version = hidden(&ben.get(&path).await, "version");
    let asked = ben.post(&format!("{path}/edit"), &format!("version={version}")).await;
    assert_eq!(asked.status, StatusCode::CONFLICT, "nobody takes it over unasked");
    assert_eq!(begin_edit(&ben, id).await, home, "they write in the same");
    let his = typed(&db, &ben, &home, "what", &[("summary", "His words.")]).await;
    save(&db, &ama, &home, "what", &[("summary", "Her words.")]).await;
    let clash = ben.post(&format!("{home}/what"), &his).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    assert!(clash.body.contains("His words.") && clash.body.contains("Her words."));
}

#[tokio::test]
async fn edits_that_are_not_whole_are_not_published_and_a_refusal_drops_them() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/submissions/{id}");
    let home = begin_edit(&ama, id).await;
    let unsaid = typed(&db, &ama, &home, "what", &[("summary", "")]).await;
    ama.post(&format!("{home}/what"), &unsaid).await;
    let review = ama.get(&path).await;
    assert!(review.body.contains("It is not whole"));
    let version = hidden(&review, "version");
    let not_yet = decide(&ama, &path, &version).await;
    assert_eq!(not_yet.status, StatusCode::CONFLICT);
    assert!(wrongs(&not_yet).contains("something is missing"), "{}", wrongs(&not_yet));
    let refuse = [
        ("decision", "refuse"),
        ("reason", "twice"),
        ("message", "It is there."),
        ("version", version.as_str()),
    ];
    let refused = ama.post(&format!("{path}/decision"), &form(&refuse)).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER);
    let stages: Vec<String> = sqlx::query_scalar("select stage from submissions order by made_at")
        .fetch_all(&*db)
        .await
        .unwrap();
    assert_eq!(stages, ["refused", "withdrawn"]);
}

#[tokio::test]
async fn what_the_provider_says_while_it_is_edited_still_holds_when_it_is_approved() {
    let theirs = Theirs::of_dele().await;
    let (db, site) = (&theirs.db, &theirs.site);
    let everything = Rights { administrator: true, ..Rights::default() };
    let cleo = signed_in(db, site, "Cleo", everything).await;
    let (_, id) = change(&theirs, &[("title", "Clay for everybody")]).await;
    let home = begin_edit(&cleo, id).await;
    save(db, &cleo, &home, "what", &[("title", "Clay for all")]).await;
    theirs.act("places", &[("places", "full")], "places").await;
    let path = format!("/desk/submissions/{id}");
    let review = cleo.get(&path).await;
    let done = decide(&cleo, &path, &hidden(&review, "version")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", wrongs(&done));
    let page = theirs.public().await;
    assert!(page.body.contains("Clay for all") && page.body.contains("Full, said on"));
}
