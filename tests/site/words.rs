//! Topics and everyday words as the database keeps them, and how a new word comes into use.
use std::{collections::BTreeSet, time::Duration};

use fingerpost::{
    app::App,
    calendar::civil_now,
    places, routes,
    search::{Value, follow},
    topics::{
        Access, Activity, Audience, Code, Cost, Delivery, Joining, Need, PartOfDay, Places, store,
    },
};
use futures_util::FutureExt;
use sqlx::PgPool;
use tokio::time::{sleep, timeout};

use crate::{
    offers::broken,
    support::{self, Site, encoded, now},
};

/// Group, code, parent, label and place of each topic, as the program has them.
fn ours<T: Code>(parent: fn(T) -> Option<&'static str>) -> Vec<Topic> {
    let row = |(at, one): (usize, &T)| {
        let place = i16::try_from(at + 1).unwrap();
        (
            T::GROUP.into(),
            one.code().into(),
            parent(*one).map(str::to_owned),
            one.label().into(),
            place,
        )
    };
    T::ALL.iter().enumerate().map(row).collect()
}

type Topic = (String, String, Option<String>, String, i16);

#[tokio::test]
async fn the_table_of_topics_and_the_program_agree() {
    let db = support::database().await;
    let kept: Vec<Topic> = sqlx::query_as("select grp, code, parent, label, position from topics")
        .fetch_all(&*db)
        .await
        .unwrap();
    let program = [
        ours::<Activity>(|one| one.parent().map(Code::code)),
        ours::<Need>(|_| None),
        ours::<Audience>(|_| None),
        ours::<Access>(|_| None),
        ours::<Delivery>(|_| None),
        ours::<Cost>(|_| None),
        ours::<Joining>(|_| None),
        ours::<Places>(|_| None),
        ours::<PartOfDay>(|_| None),
    ]
    .concat();
    assert_eq!(BTreeSet::from_iter(kept), BTreeSet::from_iter(program));
}

#[tokio::test]
async fn every_topic_is_described() {
    let db = support::database().await;
    let said = store::descriptions(&*db).await.unwrap();
    for need in Need::ALL {
        assert!(said.of(*need).is_some_and(|words| words.ends_with('.')), "{need:?}");
    }
    for activity in Activity::ALL {
        assert!(said.of(*activity).is_some_and(|words| words.ends_with('.')), "{activity:?}");
    }
}

#[tokio::test]
async fn every_everyday_word_means_a_value_that_a_search_has() {
    let db = support::database().await;
    let places = places::store::load(&db).await.unwrap();
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "select phrase, grp, code from everyday_words where grp <> 'plain' order by phrase",
    )
    .fetch_all(&*db)
    .await
    .unwrap();
    assert!(rows.len() > 500, "{} words", rows.len());
    let today = civil_now(now()).date();
    for (phrase, group, code) in rows {
        let value = Value::read(&group, &code, &places, today);
        assert!(value.as_ref().is_ok_and(|one| one.code == code), "{phrase}: {group}={code}");
    }
}

async fn teach(db: &PgPool, phrase: &str, group: &str, code: &str) -> sqlx::Result<()> {
    sqlx::query("insert into everyday_words (phrase, grp, code) values ($1, $2, $3)")
        .bind(phrase)
        .bind(group)
        .bind(code)
        .execute(db)
        .await
        .map(drop)
}

#[tokio::test]
async fn a_word_that_could_mean_nothing_is_refused() {
    let db = support::database().await;
    for (phrase, group, code, rule) in [
        ("clogs", "activity", "juggling", "everyday_words_topic_code_fkey"),
        ("clogs", "need", "pottery", "everyday_words_topic_code_fkey"),
        ("clogs", "part", "midnight", "everyday_words_topic_code_fkey"),
        ("clogs", "colour", "red", "everyday_words_grp_check"),
        ("clogs", "plain", "pottery", "plain_is_text_or_filler"),
        ("clogs", "borough", "Tower Hamlets", "everyday_words_code_check"),
        ("Clogs", "activity", "dancing", "everyday_words_phrase_check"),
        ("clog's", "activity", "dancing", "everyday_words_phrase_check"),
        ("clog  dance", "activity", "dancing", "everyday_words_phrase_check"),
        ("", "activity", "dancing", "everyday_words_phrase_check"),
        ("clogs", "activity", "dancing", "nothing"),
        ("clogs", "activity", "dancing", "everyday_words_pkey"),
    ] {
        assert_eq!(broken(teach(&db, phrase, group, code).await), rule, "{phrase}: {group}={code}");
    }
}

/// What a search for these words is understood as.
async fn understood(site: &Site, typed: &str) -> Vec<String> {
    let answer = site.get(&format!("/offers.json?q={}", encoded(typed))).await.json();
    let pieces = answer["understood"].as_array().unwrap().iter();
    let one = |piece: &serde_json::Value| {
        format!("{}={}", piece["group"].as_str().unwrap(), piece["code"].as_str().unwrap())
    };
    pieces.map(one).collect()
}

/// Until the site understands it so, or for ten seconds: far less than the follower's timer takes.
async fn until(site: &Site, typed: &str, means: &[&str]) {
    let seen = async {
        while understood(site, typed).await != means {
            sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(timeout(Duration::from_secs(10), seen).await.is_ok(), "{typed} is not {means:?}");
}

async fn opened(db: &PgPool) -> (App, Site) {
    let app = Site::app(db).await;
    app.load(now()).await.unwrap();
    (app.clone(), Site::of(routes::site(app)))
}

#[tokio::test]
async fn a_new_word_is_understood_after_a_refresh() {
    let db = support::database().await;
    let (app, site) = opened(&db).await;
    assert!(understood(&site, "clog wrangling").await.is_empty());
    teach(&db, "clog wrangling", "activity", "dancing").await.unwrap();
    app.refresh().await.unwrap();
    assert_eq!(understood(&site, "clog wrangling").await, ["activity=dancing"]);
}

#[tokio::test]
async fn a_notice_brings_a_new_word_and_takes_it_away_again() {
    let db = support::database().await;
    let (app, site) = opened(&db).await;
    let live = app.live.clone();
    let refresh = move || {
        let app = app.clone();
        async move { app.refresh().await }.boxed()
    };
    let follower = tokio::spawn(async move { follow(live, refresh).await });
    teach(&db, "clog wrangling", "activity", "dancing").await.unwrap();
    until(&site, "clog wrangling", &["activity=dancing"]).await;
    teach(&db, "clog wrangling", "need", "loneliness").await.unwrap();
    until(&site, "clog wrangling", &["activity=dancing", "need=loneliness"]).await;
    let forget = "delete from everyday_words where phrase = 'clog wrangling'";
    sqlx::query(forget).execute(&*db).await.unwrap();
    until(&site, "clog wrangling", &[]).await;
    follower.abort();
}
