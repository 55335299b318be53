//! What is done to several offers as one, and undone as one.
use axum::http::StatusCode;
use fingerpost::{
    desk::batches::{BatchId, Kind, store as batches},
    offers::{AnyState, Confirmation, Content, Offer, State, store as offers},
};

use super::*;

/// Offers of the sample that are published and belong to Southwark alone.
pub async fn some_published(db: &PgPool, number: i64) -> Vec<OfferId> {
    sqlx::query_scalar(
        "select id from offers where state = 'published' and boroughs = array[$1] order by slug limit $2",
    )
    .bind(SOUTHWARK)
    .bind(number)
    .fetch_all(db)
    .await
    .unwrap()
}

/// What it says, as the history has it now.
async fn says(db: &PgPool, offer: OfferId) -> serde_json::Value {
    sqlx::query_scalar(
        "select r.content from offers o
         join offer_revisions r on r.offer_id = o.id and r.number = o.revision where o.id = $1",
    )
    .bind(offer)
    .fetch_one(db)
    .await
    .unwrap()
}

type Change<'a> = &'a dyn Fn(Offer<AnyState>) -> Offer<AnyState>;

fn author() -> offers::Author {
    offers::Author { by: Line::parse("import").unwrap(), why: None }
}

/// Changes each offer as one batch, as the rooms that make batches do.
async fn batch(db: &PgPool, changes: &[(OfferId, Change<'_>)]) -> BatchId {
    let mut tx = db.begin().await.unwrap();
    let words = Line::parse("Changed some offers").unwrap();
    let by = Line::parse("the Southwark coordinator").unwrap();
    let id = batches::open(&mut tx, (Kind::Bulk, &words), (None, &by), now()).await.unwrap();
    for (offer, change) in changes {
        let kept = offers::kept(&mut tx, *offer).await.unwrap().unwrap();
        let from = (kept.offer.state.status(), kept.offer.revision);
        let next = change(kept.offer.clone());
        if next.revision == from.1 {
            offers::confirm(&mut *tx, &next).await.unwrap();
        } else {
            offers::save(&mut tx, from, &next, &author(), now()).await.unwrap().unwrap();
        }
        batches::touched(&mut *tx, id, &kept).await.unwrap();
    }
    tx.commit().await.unwrap();
    id
}

/// A batch that touched this offer.
pub async fn of_one(db: &PgPool, offer: OfferId) -> BatchId {
    batch(db, &[(offer, &confirm)]).await
}

fn pause(offer: Offer<AnyState>) -> Offer<AnyState> {
    offer.step(AnyState::Paused, now()).unwrap()
}

fn archive(offer: Offer<AnyState>) -> Offer<AnyState> {
    let reason = Line::parse("The hall is shut.").unwrap();
    offer.step(AnyState::Archived { reason }, now()).unwrap()
}

fn retitle(offer: Offer<AnyState>) -> Offer<AnyState> {
    let content = Content { title: Line::parse("Another name").unwrap(), ..offer.content.clone() };
    offer.revised(content)
}

fn confirm(mut offer: Offer<AnyState>) -> Offer<AnyState> {
    let by = Line::parse("the Southwark coordinator").unwrap();
    let how = Line::parse("by telephone").unwrap();
    offer.confirmed = Some(Confirmation { at: now(), by, how });
    offer
}

async fn confirmed(db: &PgPool, offer: OfferId) -> Option<String> {
    sqlx::query_scalar("select confirmed_at::text from offers where id = $1")
        .bind(offer)
        .fetch_one(db)
        .await
        .unwrap()
}

#[tokio::test]
async fn undone_all_that_a_batch_touched_says_and_stands_as_before() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let [one, two, three, four] = some_published(&db, 4).await.try_into().unwrap();
    let mut before = vec![];
    for offer in [one, two, three, four] {
        before.push((
            stands(&db, offer).await.0,
            says(&db, offer).await,
            confirmed(&db, offer).await,
        ));
    }
    let id =
        batch(&db, &[(one, &pause), (two, &archive), (three, &retitle), (four, &confirm)]).await;
    let path = format!("/desk/batches/{id}");
    assert!(ama.get("/desk/batches").await.body.contains("Changed some offers"));
    assert!(ama.get(&path).await.body.contains("id=\"undo\""));
    let reply = ama.post(&format!("{path}/undoing"), "").await;
    assert_eq!(reply.header("location"), path);
    for (offer, before) in [one, two, three, four].into_iter().zip(before) {
        let after =
            (stands(&db, offer).await.0, says(&db, offer).await, confirmed(&db, offer).await);
        assert_eq!(after, before);
    }
    let (.., by, why) = stands(&db, one).await;
    assert_eq!(by, "the Southwark coordinator");
    assert_eq!(why.unwrap(), "Undone: Changed some offers");
    assert!(ama.get(&path).await.body.contains("It is undone"));
    let again = ama.post(&format!("{path}/undoing"), "").await;
    assert!(again.status == StatusCode::CONFLICT && again.body.contains("undone already"));
    let acts: Vec<String> =
        sqlx::query_scalar("select act from desk_acts where subject = $1 order by number")
            .bind(id)
            .fetch_all(&*db)
            .await
            .unwrap();
    assert_eq!(acts, ["changed_together", "undone"]);
    assert!(ama.get("/desk/log").await.body.contains(&path));
}

#[tokio::test]
async fn what_has_moved_on_since_stays_as_it_is_and_is_named() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let [one, two, three] = some_published(&db, 3).await.try_into().unwrap();
    let id = batch(&db, &[(one, &pause), (two, &retitle), (three, &confirm)]).await;
    batch(&db, &[(two, &pause), (three, &confirm)]).await;
    let (stood, told) = (stands(&db, two).await, confirmed(&db, three).await);
    let path = format!("/desk/batches/{id}");
    ama.post(&format!("{path}/undoing"), "").await;
    assert_eq!(stands(&db, one).await.0, "published");
    assert_eq!((stands(&db, two).await, confirmed(&db, three).await), (stood, told));
    let page = ama.get(&path).await;
    assert!(page.body.contains("2 offers had been changed by others meanwhile"));
}

#[tokio::test]
async fn what_a_batch_added_is_archived_or_gone_if_nobody_has_seen_it() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let model = some_published(&db, 1).await[0];
    let mut tx = db.begin().await.unwrap();
    let (words, by) = (Line::parse("Imported 2 offers").unwrap(), Line::parse("import").unwrap());
    let id = batches::open(&mut tx, (Kind::Import, &words), (None, &by), now()).await.unwrap();
    let kept = offers::kept(&mut tx, model).await.unwrap().unwrap().offer;
    let mut new = Offer { id: OfferId::now_v7(), revision: 1, ..kept.clone() };
    new.slug = fingerpost::text::Slug::parse("quite-new").unwrap();
    let mut unseen = Offer { id: OfferId::now_v7(), state: AnyState::Draft, ..new.clone() };
    unseen.slug = fingerpost::text::Slug::parse("quite-unseen").unwrap();
    unseen.first_published = None;
    for offer in [&new, &unseen] {
        offers::insert(&mut tx, offer, None, &author(), now()).await.unwrap();
        batches::added(&mut *tx, id, offer.id).await.unwrap();
    }
    tx.commit().await.unwrap();
    let reply = ama.post(&format!("/desk/batches/{id}/undoing"), "").await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert_eq!(stands(&db, new.id).await.0, "archived");
    let left: i64 = sqlx::query_scalar("select count(*) from offers where id = $1")
        .bind(unseen.id)
        .fetch_one(&*db)
        .await
        .unwrap();
    assert_eq!(left, 0);
    assert!(ama.get(&format!("/desk/batches/{id}")).await.body.contains("Gone"));
}

#[tokio::test]
async fn only_who_decides_for_every_offer_of_a_batch_undoes_it() {
    let (db, site) = Site::of_sample().await;
    let one = some_published(&db, 1).await[0];
    let camden: OfferId = sqlx::query_scalar(
        "select id from offers where state = 'published' and boroughs = array[$1] order by slug",
    )
    .bind(CAMDEN)
    .fetch_one(&*db)
    .await
    .unwrap();
    let id = batch(&db, &[(one, &pause), (camden, &pause)]).await;
    let undoing = format!("/desk/batches/{id}/undoing");
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let page = ama.get(&format!("/desk/batches/{id}")).await;
    assert!(page.body.contains("Only somebody who decides for every offer"));
    assert!(!page.body.contains(&camden.to_string()), "it is out of scope");
    assert_eq!(ama.post(&undoing, "").await.status, StatusCode::FORBIDDEN);
    let ben = signed_in(&db, &site, "Ben", coordinator_of("E09000001")).await;
    assert_eq!(ben.post(&undoing, "").await.status, StatusCode::NOT_FOUND);
    let all = Rights { administrator: true, ..Rights::default() };
    let cleo = signed_in(&db, &site, "Cleo", all).await;
    assert_eq!(cleo.post(&undoing, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(stands(&db, camden).await.0, "published");
}
