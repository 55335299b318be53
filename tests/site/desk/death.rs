//! A program that is killed in the middle of what is done at the desk: all of it is done, or nothing.
use std::path::Path;

use fingerpost::accounts::signing_in;
use sqlx::{AssertSqlSafe, Executor};

use super::{batches::some_published, duplicates::twin_of, *};
use crate::{
    describe::form,
    support::{Private, Program, eventually_so, folder, read},
};

/// Somebody signed in at a program that serves the sample, and its database.
async fn begun(folder: &Path) -> (Program, PgPool, String) {
    let program = Program::serving(folder);
    let db = PgPool::connect_with(Private::of(folder).options()).await.unwrap();
    let ama = account(&db, "Ama", coordinator_of(SOUTHWARK)).await;
    let secret = signing_in::link_for_console(&db, &ama, now()).await.unwrap();
    let reply = read(program.begin(&Purpose::SignIn.path(&secret), "", ""));
    let cookie = reply.lines().find_map(|line| line.strip_prefix("set-cookie: desk="));
    let cookie = format!("desk={}", cookie.unwrap().split(';').next().unwrap());
    (program, db, cookie)
}

/// Sends a form while a table that it writes at its end is locked, waits until it stands there, and kills it.
async fn killed_at(
    folder: &Path,
    table: &str,
    path: &str,
    typed: &str,
    before: &mut (Program, PgPool, String),
) {
    let (program, db, cookie) = before;
    let mut lock = db.begin().await.unwrap();
    lock.execute(AssertSqlSafe(format!("lock table {table} in access exclusive mode")))
        .await
        .unwrap();
    let _waiting = program.begin(path, cookie, typed);
    eventually_so(async || {
        let waits = "select exists (select from pg_locks where not granted)";
        sqlx::query_scalar(waits).fetch_one(&*db).await.unwrap()
    })
    .await;
    program.signal("KILL");
    program.ended();
    drop(lock);
    let again = begun(folder).await;
    *before = again;
}

#[tokio::test]
async fn a_bulk_act_whose_program_is_killed_has_changed_nothing_and_done_again_it_changes_all() {
    let folder = folder();
    let mut begun = begun(folder.path()).await;
    let offers = some_published(&begun.1, 5).await;
    let mut typed = vec![("act".to_owned(), "pause".to_owned())];
    for offer in &offers {
        let (_, revision, ..) = stands(&begun.1, *offer).await;
        typed.push(("row".to_owned(), format!("{offer}.{revision}")));
    }
    let pairs: Vec<(&str, &str)> = typed.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let (path, typed) = ("/desk/listings/changes", form(&pairs));
    killed_at(folder.path(), "desk_batch_left", path, &typed, &mut begun).await;
    let (program, db, cookie) = &begun;
    let paused = async || -> (i64, i64, i64) {
        sqlx::query_as(
            "select (select count(*) from offers where id = any($1) and state = 'paused'),
                    (select count(*) from desk_batches),
                    (select count(*) from desk_acts where act = 'changed_together')",
        )
        .bind(&offers)
        .fetch_one(db)
        .await
        .unwrap()
    };
    assert_eq!(paused().await, (0, 0, 0));
    assert!(read(program.begin(path, cookie, &typed)).starts_with("HTTP/1.1 303"));
    assert_eq!(paused().await, (5, 1, 1));
}

#[tokio::test]
async fn a_merge_whose_program_is_killed_has_changed_neither_and_done_again_it_changes_both() {
    let folder = folder();
    let mut begun = begun(folder.path()).await;
    let offer = published(&begun.1).await;
    let twin = twin_of(&begun.1, offer).await;
    let (_, one, ..) = stands(&begun.1, offer).await;
    let (_, other, ..) = stands(&begun.1, twin).await;
    let typed = format!("revision={one}&other_revision={other}&part-title=other");
    let path = format!("/desk/duplicates/{offer}/{twin}/merging");
    killed_at(folder.path(), "offer_mergers", &path, &typed, &mut begun).await;
    let (program, db, cookie) = &begun;
    assert_eq!((stands(db, offer).await.1, stands(db, twin).await.1), (one, other));
    let batches = async || -> i64 {
        sqlx::query_scalar("select count(*) from desk_batches").fetch_one(db).await.unwrap()
    };
    assert_eq!(batches().await, 0);
    assert!(read(program.begin(&path, cookie, &typed)).starts_with("HTTP/1.1 303"));
    assert_eq!((stands(db, offer).await.1, stands(db, twin).await.1), (one + 1, other + 1));
    assert_eq!((stands(db, twin).await.0.as_str(), batches().await), ("archived", 1));
}
