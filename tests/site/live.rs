//! The live catalogue follows the database, whatever happens to notices and connections.
use std::{sync::Arc, time::Duration};

use fingerpost::{
    calendar::civil_now,
    database::{
        self,
        private::{PrivateServer, Sharing},
        server::Durability,
    },
    offers::{AnyState, Status},
    places::Places,
    search::{Criteria, Live, follow},
    text::{Line, Slug},
};
use futures_util::FutureExt;
use sqlx::PgPool;
use tokio::{task::JoinHandle, time::timeout};

use super::{
    offers::{now, published, save},
    support::{self, Private},
};

async fn live(db: &PgPool) -> Arc<Live> {
    let live = Live::opened(db, Arc::new(Places::default()), civil_now(now())).await.unwrap();
    live.reload(civil_now(now())).await.unwrap();
    Arc::new(live)
}

fn titles(live: &Live) -> Vec<String> {
    let catalogue = live.catalogue();
    let found = catalogue.find(&Criteria::default(), civil_now(now()));
    let mut titles: Vec<_> = found.hits.iter().map(|hit| hit.card.title.to_string()).collect();
    titles.sort();
    titles
}

/// Of the offers, one each.
fn providers(live: &Live) -> Vec<String> {
    let cards = live.catalogue().cards(civil_now(now()));
    cards.iter().map(|card| card.provider_name.to_string()).collect()
}

async fn rename_provider(db: &PgPool, name: &str) {
    sqlx::query("update providers set name = $1").bind(name).execute(db).await.unwrap();
}

/// Until the follower has brought it, or for ten seconds: far less than its timer takes.
async fn until(live: &Live, provider: &str) {
    let seen = async {
        while providers(live) != [provider] {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(timeout(Duration::from_secs(10), seen).await.is_ok(), "{:?}", providers(live));
}

fn following(live: &Arc<Live>) -> JoinHandle<()> {
    let live = live.clone();
    tokio::spawn(async move {
        follow(live, || async { Ok(()) }.boxed()).await;
    })
}

#[tokio::test]
async fn what_is_published_is_in_it_from_the_start() {
    let db = support::database().await;
    published(&db, "tea").await;
    assert_eq!(titles(&*live(&db).await), ["tea"]);
}

#[tokio::test]
async fn whoever_made_a_change_and_waits_for_it_sees_it() {
    let db = support::database().await;
    let tea = published(&db, "tea").await;
    let live = live(&db).await;
    published(&db, "cake").await;
    assert_eq!(titles(&live), ["tea"]);
    live.catch_up().await.unwrap();
    assert_eq!(titles(&live), ["cake", "tea"]);

    let mut content = tea.content.clone();
    content.title = Line::parse("Coffee").unwrap();
    let tea = tea.revised(content);
    save(&db, Status::Published, &tea).await.unwrap().unwrap();
    live.catch_up().await.unwrap();
    assert_eq!(titles(&live), ["Coffee", "cake"]);

    let paused = tea.step(AnyState::Paused, now()).unwrap();
    save(&db, Status::Published, &paused).await.unwrap().unwrap();
    live.catch_up().await.unwrap();
    assert_eq!(titles(&live), ["cake"]);
    let card = |slug| live.catalogue().card(&Slug::parse(slug).unwrap(), civil_now(now()));
    assert!(card("tea").is_none() && card("cake").is_some());
}

#[tokio::test]
async fn a_notice_brings_a_change_by_itself() {
    let db = support::database().await;
    published(&db, "tea").await;
    let live = live(&db).await;
    let follower = following(&live);
    rename_provider(&db, "Coffee").await;
    until(&live, "Coffee").await;
    rename_provider(&db, "Cocoa").await;
    until(&live, "Cocoa").await;
    follower.abort();
}

#[tokio::test]
async fn a_lost_connection_loses_no_change() {
    let db = support::database().await;
    published(&db, "tea").await;
    let live = live(&db).await;
    let follower = following(&live);
    rename_provider(&db, "Coffee").await;
    until(&live, "Coffee").await;
    for name in ["Cocoa", "Juice"] {
        // The change is committed, its notice is given, and nobody listens.
        let mut change = db.begin().await.unwrap();
        let rename = "update providers set name = $1";
        sqlx::query(rename).bind(name).execute(&mut *change).await.unwrap();
        sqlx::query(
            "select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()",
        )
        .execute(&mut *change)
        .await
        .unwrap();
        change.commit().await.unwrap();
        until(&live, name).await;
    }
    follower.abort();
}

#[tokio::test]
async fn a_server_that_was_killed_and_comes_back_loses_no_change() {
    let folder = support::folder();
    let data = folder.path().join("var");
    let server =
        PrivateServer::open(&data, None, Sharing::Alone, Durability::Durable).await.unwrap();
    let db = database::pool(server.options());
    database::migrate(&db).await.unwrap();
    published(&db, "tea").await;
    let live = live(&db).await;
    let follower = following(&live);
    rename_provider(&db, "Coffee").await;
    until(&live, "Coffee").await;

    let private = Private::of(folder.path());
    let before = private.process();
    private.kill();
    let another = async {
        while private.process() == before || !private.is_up() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(60), another).await.unwrap();
    let rename = async || {
        let rename = sqlx::query("update providers set name = 'Cocoa'");
        rename.execute(&db).await
    };
    while rename().await.is_err() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    until(&live, "Cocoa").await;
    follower.abort();
    db.close().await;
    server.close().await;
}

#[tokio::test]
async fn reading_everything_anew_keeps_what_changes_meanwhile() {
    let db = support::database().await;
    published(&db, "tea").await;
    let live = live(&db).await;
    rename_provider(&db, "Coffee").await;
    live.catch_up().await.unwrap();
    assert!(live.catalogue().changed() > 0);
    published(&db, "cake").await;
    live.reload(civil_now(now())).await.unwrap();
    assert_eq!(titles(&live), ["cake", "tea"]);
    assert_eq!(providers(&live), ["Coffee", "Coffee"]);
    assert_eq!(live.catalogue().changed(), 0, "all is folded in");
}
