//! The history of an offer, and its names in addresses.
use fingerpost::{
    offers::{AnyState, State, Status, store},
    text::{Line, Slug},
};

use super::{broken, given, now, published, save};
use crate::support;

#[tokio::test]
async fn each_change_is_one_revision_with_all_that_it_said() {
    let db = support::database().await;
    let first = given(&db, "tea", AnyState::Draft).await;
    let mut content = first.content.clone();
    content.title = Line::parse("Tea and clay").unwrap();
    let second = first.clone().revised(content);
    save(&db, Status::Draft, &second).await.unwrap().unwrap();
    let third = second.step(AnyState::Submitted, now()).unwrap();
    save(&db, Status::Draft, &third).await.unwrap().unwrap();

    let lines: Vec<(i32, String, String)> = sqlx::query_as(
        "select number, state, content ->> 'title' from offer_revisions order by number",
    )
    .fetch_all(&*db)
    .await
    .unwrap();
    let said: Vec<_> = lines.iter().map(|(n, s, t)| (*n, s.as_str(), t.as_str())).collect();
    assert_eq!(
        said,
        [(1, "draft", "tea"), (2, "draft", "Tea and clay"), (3, "submitted", "Tea and clay")]
    );
    let kept = store::found(&*db, &store::Key::Slug(third.slug)).await.unwrap().unwrap();
    assert_eq!((kept.offer.revision, kept.offer.content), (3, third.content));
    assert_eq!(kept.offer.state.status(), Status::Submitted);
}

#[tokio::test]
async fn history_is_only_added_to_and_has_no_gap() {
    let db = support::database().await;
    let offer = published(&db, "tea").await;
    for (change, refused) in [
        ("update offer_revisions set by = 'somebody else'", "history_is_append_only"),
        ("delete from offer_revisions", "history_is_append_only"),
        ("truncate offer_revisions cascade", "history_is_append_only"),
        (
            "insert into offer_revisions (offer_id, number, at, by, state, content)
             select offer_id, 3, at, by, state, content from offer_revisions",
            "revisions_without_gap",
        ),
        ("update offers set title = 'Said quietly'", "change_needs_revision"),
        ("update offers set revision = revision + 2", "one_revision_at_a_time"),
        ("update offers set revision = revision + 1", "revision_is_in_history"),
        ("update offers set first_published = now(), revision = 2", "first_published_stays"),
    ] {
        assert_eq!(broken(sqlx::query(change).execute(&*db).await), refused, "{change}");
    }
    assert_eq!(offer.revision, 1);
}

#[tokio::test]
async fn an_old_name_leads_to_the_new_one_and_to_no_other_offer() {
    let db = support::database().await;
    let offer = published(&db, "tea").await;
    let slug = |name: &str| Slug::parse(name).unwrap();
    store::rename(&*db, offer.id, &slug("tea-and-talk")).await.unwrap();
    assert_eq!(store::moved(&*db, &slug("tea")).await.unwrap(), Some(slug("tea-and-talk")));
    assert_eq!(store::moved(&*db, &slug("tea-and-talk")).await.unwrap(), None);

    let other = published(&db, "coffee").await;
    assert_eq!(broken(store::rename(&*db, other.id, &slug("tea")).await), "offer_slugs_pkey");
    let mut one = db.acquire().await.unwrap();
    assert_eq!(store::free_slug(&mut one, &slug("tea")).await.unwrap(), slug("tea-2"));

    store::rename(&*db, offer.id, &slug("tea")).await.unwrap();
    assert_eq!(store::moved(&*db, &slug("tea-and-talk")).await.unwrap(), Some(slug("tea")));
    assert_eq!(store::moved(&*db, &slug("tea")).await.unwrap(), None);
}

#[tokio::test]
async fn one_learns_what_became_of_an_offer_that_was_seen_and_nothing_of_a_draft() {
    let db = support::database().await;
    let why = AnyState::Archived { reason: Line::parse("The hall closed.").unwrap() };
    given(&db, "gone", why).await;
    given(&db, "notes", AnyState::Draft).await;
    let standing = async |name| store::standing(&*db, &Slug::parse(name).unwrap()).await.unwrap();
    let gone = standing("gone").await.unwrap();
    assert_eq!((gone.title.as_str(), gone.status, gone.ended), ("gone", Status::Archived, false));
    assert_eq!(standing("notes").await, None);
}
