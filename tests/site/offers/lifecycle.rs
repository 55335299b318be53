//! What may become of an offer, in types and in the database alike.
use fingerpost::{
    offers::{AnyState, State, Status},
    text::Line,
};

use super::{broken, given, now, published, save};
use crate::support;

fn in_state(status: Status) -> AnyState {
    let reason = (status == Status::Archived).then(|| Line::parse("It moved away.").unwrap());
    AnyState::new(status, reason).unwrap()
}

#[tokio::test]
async fn types_and_database_allow_the_same_steps() {
    let db = support::database().await;
    for from in Status::ALL {
        for to in Status::ALL.into_iter().filter(|to| *to != from) {
            let slug = format!("{}-{}", from.code(), to.code());
            let offer = given(&db, &slug, in_state(from)).await;
            let typed = offer.clone().step(in_state(to), now());
            let mut forced = offer.clone();
            forced.revision += 1;
            forced.state = in_state(to);
            forced.first_published.get_or_insert(now());
            let kept = broken(save(&db, from, &forced).await);
            let agreed = if typed.is_ok() { "nothing" } else { "lifecycle" };
            assert_eq!(kept, agreed, "{from:?} to {to:?}");
        }
    }
}

#[tokio::test]
async fn every_way_to_a_state_has_only_steps_that_there_are() {
    let db = support::database().await;
    for from in Status::ALL {
        let offer = given(&db, from.code(), in_state(from)).await;
        for to in Status::ALL {
            let Some(way) = offer.way_to(&in_state(to)) else { continue };
            let arrived =
                way.into_iter().fold(offer.clone(), |last, next| last.step(next, now()).unwrap());
            assert_eq!(arrived.state.status(), to);
        }
    }
}

#[tokio::test]
async fn a_step_from_an_older_revision_is_outdated() {
    let db = support::database().await;
    let offer = published(&db, "tea").await;
    let paused = offer.clone().step(AnyState::Paused, now()).unwrap();
    assert_eq!(save(&db, Status::Published, &paused).await.unwrap(), Some(()));
    assert_eq!(save(&db, Status::Published, &paused).await.unwrap(), None);
}

#[tokio::test]
async fn what_was_published_is_never_deleted_and_a_draft_goes_with_its_history() {
    let db = support::database().await;
    let (seen, draft) = (published(&db, "tea").await, given(&db, "notes", AnyState::Draft).await);
    let delete = |id| sqlx::query("delete from offers where id = $1").bind(id).execute(&*db);
    assert_eq!(broken(delete(seen.id).await), "published_offers_stay");
    delete(draft.id).await.unwrap();
}
