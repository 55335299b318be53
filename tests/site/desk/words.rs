//! Words: tried before they are kept, kept with their history, and heard at once.
use std::time::Duration;

use axum::http::StatusCode;
use fingerpost::{accounts::Rights, app::App, routes, search::follow};
use futures_util::FutureExt;

use super::*;
use crate::{
    describe::{form, hidden, wrongs},
    support::{database, encoded},
};

async fn desk(db: &PgPool) -> (App, Site) {
    let app = Site::app(db).await;
    app.load(now()).await.unwrap();
    (app.clone(), Site::of(routes::site(app)))
}

async fn root<'a>(db: &PgPool, site: &'a Site) -> Person<'a> {
    let everything = Rights { administrator: true, ..Rights::default() };
    signed_in(db, site, "Root", everything).await
}

fn entry(list: &str, key: &str) -> String {
    format!("/desk/words/entry?list={list}&key={}", encoded(key))
}

/// Tries a change and saves what was tried.
async fn saved(person: &Person<'_>, list: &str, key: &str, pairs: &[(&str, &str)]) -> Reply {
    let page = person.get(&entry(list, key)).await;
    let seen = hidden(&page, "seen");
    let mut all = vec![("list", list), ("key", key), ("fixed", "yes"), ("seen", seen.as_str())];
    all.extend(pairs);
    all.push(("act", "try"));
    let tried = person.post("/desk/words/entry", &form(&all)).await;
    assert_eq!(tried.status, StatusCode::OK, "{}", wrongs(&tried));
    let mark = hidden(&tried, "tried").replace("&#39;", "'");
    all.pop();
    all.extend([("act", "save"), ("tried", mark.as_str()), ("why", "People say so here")]);
    person.post("/desk/words/entry", &form(&all)).await
}

async fn meanings(db: &PgPool, phrase: &str) -> Vec<(String, String)> {
    sqlx::query_as("select grp, code from everyday_words where phrase = $1 order by grp, code")
        .bind(phrase)
        .fetch_all(db)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_word_is_tried_without_being_kept_then_saved_and_taken_back() {
    let db = database().await;
    let (_, site) = desk(&db).await;
    let root = root(&db, &site).await;
    let add = [
        ("list", "everyday"),
        ("key", "Clog-Wrangling"),
        ("means", "activity dancing"),
        ("seen", ""),
    ];
    let trial =
        root.post("/desk/words/entry", &form(&[&add[..], &[("act", "try")]].concat())).await;
    assert_eq!(trial.status, StatusCode::OK);
    assert!(trial.body.contains("With the change") && trial.body.contains("means Dancing"));
    assert!(meanings(&db, "clog wrangling").await.is_empty(), "trying keeps nothing");
    let hasty = [&add[..], &[("act", "save"), ("why", "So")]].concat();
    assert!(root.post("/desk/words/entry", &form(&hasty)).await.body.contains("id=\"trial\""));
    assert!(meanings(&db, "clog wrangling").await.is_empty(), "what was not tried is not kept");

    let reply = saved(&root, "everyday", "clog wrangling", &add[2..3]).await;
    assert_eq!(reply.header("location"), entry("everyday", "clog wrangling") + "&done=saved");
    let dancing = ("activity".to_owned(), "dancing".to_owned());
    assert_eq!(meanings(&db, "clog wrangling").await, std::slice::from_ref(&dancing));
    let both = [("means", "activity dancing"), ("means", "need loneliness")];
    saved(&root, "everyday", "clog wrangling", &both).await;
    assert_eq!(meanings(&db, "clog wrangling").await.len(), 2);
    let history = root.get("/desk/words/history").await.body;
    assert!(history.contains("People say so here") && history.contains("Dancing; Loneliness"));
    assert!(root.get("/desk/log?act=words_changed").await.body.contains("clog wrangling"));

    let second: i64 =
        sqlx::query_scalar("select max(number) from word_revisions").fetch_one(&*db).await.unwrap();
    root.post(&format!("/desk/words/history/{second}/restoring"), "").await;
    assert_eq!(meanings(&db, "clog wrangling").await, [dancing]);
    saved(&root, "everyday", "clog wrangling", &[]).await;
    assert!(meanings(&db, "clog wrangling").await.is_empty(), "no meaning takes it away");
    for change in ["update word_revisions set why = 'x'", "delete from word_revisions"] {
        assert!(sqlx::query(change).execute(&*db).await.is_err(), "{change}");
    }
}

#[tokio::test]
async fn a_search_hears_a_new_word_and_the_coach_a_new_answer_at_once() {
    let db = database().await;
    let (app, site) = desk(&db).await;
    let live = app.live.clone();
    let refresh = move || {
        let app = app.clone();
        async move { app.refresh().await }.boxed()
    };
    let follower = tokio::spawn(async move { follow(live, refresh).await });
    let root = root(&db, &site).await;
    saved(&root, "everyday", "clog wrangling", &[("means", "activity dancing")]).await;
    saved(&root, "coach", "utilise", &[("kind", "word"), ("words", "make use of")]).await;
    let heard = async || {
        let found = site.get("/offers.json?q=clog+wrangling").await.json();
        found["understood"].to_string().contains("dancing")
    };
    for _ in 0..400 {
        if heard().await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(heard().await);
    follower.abort();
    let trial = form(&[
        ("list", "coach"),
        ("key", "participant"),
        ("kind", "fine"),
        ("try", "The participant may utilise clay"),
        ("act", "try"),
    ]);
    let page = root.post("/desk/words/entry", &trial).await.body;
    let (_, with) = page.split_once("With the change").unwrap();
    assert!(page.contains("“participant”") && page.contains("make use of"));
    assert!(!with.contains("“participant”") && with.contains("make use of"));
}

#[tokio::test]
async fn a_description_changes_its_page_and_the_coach_goes_back_to_what_it_came_with() {
    let db = database().await;
    let (_, site) = desk(&db).await;
    let root = root(&db, &site).await;
    let path = entry("topics", "need loneliness");
    let seen = hidden(&root.get(&path).await, "seen").replace("&#39;", "'");
    let pairs = [
        ("list", "topics"),
        ("key", "need loneliness"),
        ("fixed", "yes"),
        ("seen", &seen),
        ("words", "Wanting more people around."),
        ("why", "Plainer"),
        ("act", "save"),
    ];
    assert_eq!(root.post("/desk/words/entry", &form(&pairs)).await.status, StatusCode::SEE_OTHER);
    assert!(site.get("/needs/loneliness").await.body.contains("Wanting more people around."));
    let late = root.post("/desk/words/entry", &form(&pairs)).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("Somebody else has changed this word"));

    saved(&root, "coach", "utilise", &[("kind", "fine")]).await;
    assert!(root.get("/desk/words?list=coach&q=utilise").await.body.contains("changed here"));
    saved(&root, "coach", "utilise", &[("kind", "shipped")]).await;
    assert!(!root.get("/desk/words?list=coach&q=utilise").await.body.contains("changed here"));
}

#[tokio::test]
async fn what_cannot_be_kept_is_told_beside_it() {
    let db = database().await;
    let (_, site) = desk(&db).await;
    let root = root(&db, &site).await;
    for (pairs, message) in [
        (vec![("list", "everyday"), ("key", "!!!")], "Write a word or a short phrase"),
        (vec![("list", "everyday"), ("key", "clog"), ("means", "need money")], "from the list"),
        (
            vec![
                ("list", "everyday"),
                ("key", "clog"),
                ("means", "plain text"),
                ("means", "day monday"),
            ],
            "nothing else besides",
        ),
        (vec![("list", "coach"), ("key", "clog")], "Choose what the coach says"),
        (vec![("list", "coach"), ("key", "clog"), ("kind", "word")], "200 characters or fewer"),
        (vec![("list", "topics"), ("key", "need loneliness")], "one or two sentences"),
    ] {
        let reply = root.post("/desk/words/entry", &form(&pairs)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{message}");
        assert!(wrongs(&reply).contains(message), "{message}: {}", wrongs(&reply));
    }
    for path in ["/desk/words/entry?list=topics", "/desk/words/entry?list=x&key=a"] {
        assert_eq!(root.get(path).await.status, StatusCode::NOT_FOUND);
    }
    let gone = root.post("/desk/words/history/9/restoring", "").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}
