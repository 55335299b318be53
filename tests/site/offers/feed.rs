//! The change feed: whatever happens to an offer comes out of it once, whatever the order of commits.
use fingerpost::offers::{
    AnyState, Change, OfferId, Status,
    store::{self, Mark},
};
use futures_util::TryStreamExt;
use sqlx::PgPool;

use super::{given, now, published, save};
use crate::support;

/// Each change as its offer, and whether it is there (or gone).
async fn since(db: &PgPool, mark: &mut Mark) -> Vec<(OfferId, bool)> {
    let mut db = db.acquire().await.unwrap();
    let (changes, next) = store::changed_since(&mut db, mark).await.unwrap();
    *mark = next;
    changes
        .into_iter()
        .map(|change| match change {
            Change::Listed(listed) => (listed.offer.id, true),
            Change::Gone(id) => (id, false),
        })
        .collect()
}

#[tokio::test]
async fn a_transaction_that_commits_after_a_later_one_is_not_missed() {
    let db = support::database().await;
    let (one, other) = (published(&db, "one").await, published(&db, "other").await);
    let mut mark = store::mark(&*db).await.unwrap();
    let confirm = "update offers set confirm_every = 6 where id = $1";

    let mut early = db.begin().await.unwrap();
    sqlx::query(confirm).bind(one.id).execute(&mut *early).await.unwrap();
    let mut late = db.begin().await.unwrap();
    sqlx::query(confirm).bind(other.id).execute(&mut *late).await.unwrap();

    late.commit().await.unwrap();
    assert_eq!(since(&db, &mut mark).await, [(other.id, true)]);
    assert_eq!(since(&db, &mut mark).await, []);
    early.commit().await.unwrap();
    assert_eq!(since(&db, &mut mark).await, [(one.id, true)]);
    assert_eq!(since(&db, &mut mark).await, []);
}

#[tokio::test]
async fn a_change_of_a_part_of_its_provider_or_of_its_venue_is_a_change_of_the_offer() {
    let db = support::database().await;
    let offer = published(&db, "tea").await;
    sqlx::query(
        "insert into venues (id, slug, name, kind, address, lat, lon, borough)
         values (gen_random_uuid(), 'hall', 'Hall', 'other', 'High Street', 51.5, 0, 'E09000028')",
    )
    .execute(&*db)
    .await
    .unwrap();
    let mut placed = offer.content.clone();
    placed.place.venue = sqlx::query_scalar("select id from venues").fetch_one(&*db).await.unwrap();
    save(&db, Status::Published, &offer.clone().revised(placed)).await.unwrap().unwrap();

    sqlx::query("insert into pictures values (gen_random_uuid(), 300, 200, now())")
        .execute(&*db)
        .await
        .unwrap();
    let mut mark = store::mark(&*db).await.unwrap();
    for change in [
        "update providers set name = 'Another name'",
        "update venues set name = 'Another hall'",
        "update offer_contacts set name = 'Dele'",
        "update offer_schedules set starts = '10:00'",
        "insert into offer_notices select id, 1, 'No session tomorrow', date '2030-01-01' from offers",
        "delete from offer_notices",
        "insert into offer_images (offer_id, position, alt, credit, picture_id)
             select offers.id, 1, 'A pot', 'Dele', pictures.id from offers, pictures",
    ] {
        sqlx::query(sqlx::AssertSqlSafe(change)).execute(&*db).await.unwrap();
        assert_eq!(since(&db, &mut mark).await, [(offer.id, true)], "{change}");
    }
    sqlx::query("update providers set name = 'Another name'").execute(&*db).await.unwrap();
    assert_eq!(since(&db, &mut mark).await, [], "nothing changed");
}

#[tokio::test]
async fn what_is_paused_or_over_is_gone_and_what_is_resumed_is_back() {
    let db = support::database().await;
    let offer = published(&db, "tea").await;
    given(&db, "draft", AnyState::Draft).await;
    let mut mark = store::mark(&*db).await.unwrap();
    let paused = offer.step(AnyState::Paused, now()).unwrap();
    save(&db, Status::Published, &paused).await.unwrap();
    assert_eq!(since(&db, &mut mark).await, [(paused.id, false)]);
    let back = paused.step(AnyState::Published, now()).unwrap();
    save(&db, Status::Paused, &back).await.unwrap();
    assert_eq!(since(&db, &mut mark).await, [(back.id, true)]);

    let listed: Vec<_> = store::listed(&db).try_concat().await.unwrap();
    assert_eq!(listed.len(), 1);
    let (id, mut content) = (back.id, back.content.clone());
    content.when.programme.ends_on = Some("2020-01-01".parse().unwrap());
    let over = back.revised(content);
    save(&db, Status::Published, &over).await.unwrap();
    assert_eq!(since(&db, &mut mark).await, [(id, false)]);
    assert!(store::standing(&*db, &over.slug).await.unwrap().unwrap().ended);
}

#[tokio::test]
async fn a_change_wakes_up_who_listens() {
    let db = support::database().await;
    let mut listener = sqlx::postgres::PgListener::connect_with(&db).await.unwrap();
    listener.listen("catalogue").await.unwrap();
    published(&db, "tea").await;
    assert_eq!(listener.recv().await.unwrap().channel(), "catalogue");
}
