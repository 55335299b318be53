//! Several people, one provider.
use axum::http::StatusCode;
use fingerpost::links::Purpose;
use uuid::Uuid;

use super::{DELE, RUTH, Theirs, letters, link, mine, own};
use crate::describe::form;

async fn people(theirs: &Theirs) -> Vec<String> {
    sqlx::query_scalar(
        "select email from provider_owners where provider_id = $1 order by since, email",
    )
    .bind(theirs.provider)
    .fetch_all(&*theirs.db)
    .await
    .unwrap()
}

/// Invites Ruth; the address that her letter has.
async fn invited(theirs: &Theirs, how: &str) -> String {
    let typed = form(&[("email", RUTH), ("how", how)]);
    let reply = theirs.site.post(&theirs.of_provider("invitation"), &typed).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    let page = theirs.site.get(reply.header("location")).await;
    assert!(page.body.contains("The letter is on its way") && page.body.contains(RUTH));
    let id: Uuid = sqlx::query_scalar("select id from invitations where ended_at is null")
        .fetch_one(&*theirs.db)
        .await
        .unwrap();
    link(&theirs.db, Purpose::Invitation, Some(id), RUTH).await
}

#[tokio::test]
async fn a_colleague_joins_with_a_press_and_the_link_is_good_once() {
    let theirs = Theirs::of_dele().await;
    let invitation = invited(&theirs, "together").await;
    assert_eq!(letters(&theirs.db, "invited").await, 1);
    let page = theirs.site.get(&invitation).await;
    assert!(page.body.contains("look after it together") && page.body.contains(DELE));
    assert_eq!(people(&theirs).await, [DELE], "opening the link changes nothing");
    let joined = theirs.site.post(&invitation, "").await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER);
    assert_eq!(people(&theirs).await, [DELE, RUTH]);
    let page = theirs.site.get(joined.header("location")).await;
    assert!(page.body.contains("Welcome") && page.body.contains(&theirs.offer.to_string()));
    assert_eq!(theirs.site.get(&invitation).await.status, StatusCode::NOT_FOUND);
    assert_eq!(theirs.site.post(&invitation, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_old_invitation_opens_nothing_and_nor_does_one_taken_back() {
    let theirs = Theirs::of_dele().await;
    let invitation = invited(&theirs, "together").await;
    sqlx::query("update links set made_at = now() - interval '15 days', expires_at = now() - interval '1 day' where purpose = 'invitation'")
        .execute(&*theirs.db)
        .await
        .unwrap();
    assert_eq!(theirs.site.post(&invitation, "").await.status, StatusCode::NOT_FOUND);

    let first = invited(&theirs, "together").await;
    let second = invited(&theirs, "hand-over").await;
    assert_eq!(theirs.site.get(&first).await.status, StatusCode::NOT_FOUND, "the newer one counts");
    let id: Uuid = sqlx::query_scalar("select id from invitations where ended_at is null")
        .fetch_one(&*theirs.db)
        .await
        .unwrap();
    let back = theirs.site.post(&theirs.of_provider("taken-back"), &format!("id={id}")).await;
    assert!(back.header("location").ends_with("?said=taken-back"));
    assert_eq!(theirs.site.post(&second, "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(people(&theirs).await, [DELE]);
    let often = theirs
        .site
        .post(&theirs.of_provider("invitation"), &form(&[("email", RUTH), ("how", "together")]))
        .await;
    assert_eq!(often.status, StatusCode::TOO_MANY_REQUESTS, "four letters a day are too many");
}

#[tokio::test]
async fn who_hands_over_is_out_the_moment_the_other_says_yes_and_what_is_in_hand_goes_along() {
    let theirs = Theirs::of_dele().await;
    let begun = theirs.site.post(&theirs.its("change"), "").await;
    let draft = begun.header("location").to_owned();
    let invitation = invited(&theirs, "hand-over").await;
    assert!(theirs.site.get(&invitation).await.body.contains("take over from them"));
    assert_eq!(theirs.site.get(&draft).await.status, StatusCode::OK, "until then all is as it was");
    let taken = theirs.site.post(&invitation, "").await;
    assert_eq!(people(&theirs).await, [RUTH]);
    assert_eq!(theirs.site.get(&draft).await.status, StatusCode::NOT_FOUND);
    assert_eq!(theirs.site.post(&theirs.its("break"), "").await.status, StatusCode::NOT_FOUND);
    let page = theirs.site.get(taken.header("location")).await;
    assert!(page.body.contains("id=\"in-hand\""), "the change is hers now");
    let email: String =
        sqlx::query_scalar("select email from submissions").fetch_one(&*theirs.db).await.unwrap();
    assert_eq!(email, RUTH);
}

#[tokio::test]
async fn a_colleague_is_removed_and_the_last_one_stays() {
    let theirs = Theirs::of_dele().await;
    own(&theirs.db, theirs.provider, RUTH).await;
    let ruths = mine(&theirs.db, RUTH, None).await;
    let hers = format!("{ruths}/offers/{}/change", theirs.offer);
    let draft = theirs.site.post(&hers, "").await;
    assert_eq!(theirs.site.get(draft.header("location")).await.status, StatusCode::OK);
    let invitation = {
        let typed = form(&[("email", "third@hollowlane.example"), ("how", "together")]);
        theirs
            .site
            .post(&format!("{ruths}/providers/{}/invitation", theirs.provider), &typed)
            .await;
        let id = sqlx::query_scalar("select id from invitations").fetch_one(&*theirs.db).await;
        link(&theirs.db, Purpose::Invitation, Some(id.unwrap()), "third@hollowlane.example").await
    };
    let remove = async |email| {
        let reply =
            theirs.site.post(&theirs.of_provider("removal"), &form(&[("email", email)])).await;
        reply.header("location").rsplit('=').next().unwrap().to_owned()
    };
    assert_eq!(remove(RUTH).await, "removed");
    assert_eq!(people(&theirs).await, [DELE]);
    assert_eq!(theirs.site.post(&hers, "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(theirs.site.get(draft.header("location")).await.status, StatusCode::NOT_FOUND);
    let hers = theirs.site.post(&invitation, "").await;
    assert_eq!(hers.status, StatusCode::NOT_FOUND, "whom she invited comes no more");
    assert_eq!(remove(DELE).await, "last-one");
    assert_eq!(people(&theirs).await, [DELE]);
    own(&theirs.db, theirs.provider, RUTH).await;
    assert_eq!(remove(DELE).await, "left");
    assert_eq!(people(&theirs).await, [RUTH]);
}

#[tokio::test]
async fn an_invitation_says_what_to_put_right() {
    let theirs = Theirs::of_dele().await;
    let typed = form(&[("email", "nonsense"), ("how", "")]);
    let reply = theirs.site.post(&theirs.of_provider("invitation"), &typed).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.body.contains("href=\"#email\"") && reply.body.contains("href=\"#how\""));
    assert!(reply.body.contains("value=\"nonsense\""));
}
