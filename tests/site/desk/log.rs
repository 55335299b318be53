//! The log: what it says to whom, its filters, its file, and that nobody changes it.
use axum::http::StatusCode;

use super::*;
use crate::describe::{empty_site, waiting};

#[tokio::test]
async fn the_log_is_narrowed_by_act_person_and_day_and_taken_out_as_a_file() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/submissions/{id}");
    ama.post(&format!("{path}/claim"), "from=").await;
    ama.post(&format!("{path}/release"), "").await;
    ben.post(&format!("{path}/claim"), "from=").await;
    let rows = |page: &Reply| page.body.matches("<tr><td>").count();
    let all = ama.get("/desk/log").await;
    assert_eq!(rows(&all), 4, "her own, and what is within her scope");
    assert_eq!(rows(&ama.get("/desk/log?act=claimed").await), 2);
    let bens = ama.get(&format!("/desk/log?act=claimed&by={}", ben.account.id)).await;
    assert!(
        rows(&bens) == 1 && bens.body.contains(&format!("<a href=\"{path}\">Clay on the lane"))
    );
    assert_eq!(rows(&ama.get("/desk/log?from=today&to=today").await), 4);
    assert!(ama.get("/desk/log?to=1+January+2020").await.body.contains("id=\"nothing\""));
    let unread = ama.get("/desk/log?from=someday").await;
    assert!(unread.body.contains("We cannot read the day") && unread.body.contains("someday"));

    let file = ama.get("/desk/log.csv?act=claimed").await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let mut sheet = csv::Reader::from_reader(file.body.as_bytes());
    let rows: Vec<csv::StringRecord> = sheet.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(&rows[0][2], "Ben");
    assert_eq!(
        (&rows[1][3], &rows[1][4], &rows[1][5]),
        ("claimed", "Clay on the lane", path.as_str())
    );
    let elsewhere = signed_in(&db, &site, "Cem", coordinator_of(CAMDEN)).await;
    let theirs = elsewhere.get("/desk/log.csv").await;
    assert!(!theirs.body.contains("Clay on the lane") && theirs.body.contains("Cem"));
    assert!(ama.get("/desk/log?act=log_exported").await.body.contains("took out the log"));
}

#[tokio::test]
async fn what_stands_in_the_log_is_neither_changed_nor_removed() {
    let (db, site) = empty_site().await;
    signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    for change in [
        "update desk_acts set by = 'Nobody'",
        "delete from desk_acts",
        "truncate desk_acts",
        "truncate desk_acts cascade",
    ] {
        assert!(sqlx::query(change).execute(&*db).await.is_err(), "{change}");
    }
}

#[tokio::test]
async fn signing_out_and_ending_a_session_are_written_down() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    ama.post("/desk/sessions/others/end", "").await;
    assert_eq!(ama.post("/desk/sign-out", "").await.status, StatusCode::SEE_OTHER);
    let acts: Vec<String> =
        sqlx::query_scalar("select act from desk_acts where account_id = $1 order by number")
            .bind(ama.account.id)
            .fetch_all(&*db)
            .await
            .unwrap();
    assert_eq!(acts, ["signed_in", "session_ended", "signed_out"]);
}

#[tokio::test]
async fn signing_in_again_in_the_same_browser_ends_the_session_before() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let elsewhere = link_for_console(&db, &ama.account, now()).await.unwrap();
    from_us(&site, &Purpose::SignIn.path(&elsewhere), "", "").await;
    assert_eq!(ama.get("/desk").await.status, StatusCode::OK, "another browser is another session");
    let here = link_for_console(&db, &ama.account, now()).await.unwrap();
    let reply = from_us(&site, &Purpose::SignIn.path(&here), &ama.cookie, "").await;
    let next = Person { site: &site, cookie: cookie(&reply, "desk"), account: ama.account.clone() };
    assert_eq!(next.get("/desk").await.status, StatusCode::OK);
    assert_eq!(ama.get("/desk").await.status, StatusCode::SEE_OTHER, "its cookie opens nothing");
}

#[tokio::test]
async fn as_the_role_of_the_running_site_the_log_is_added_to_and_nothing_else() {
    let (db, _) = empty_site().await;
    let role = fingerpost::database::store::LESSER;
    // Once at each start.
    for _ in 0..2 {
        fingerpost::database::store::grant(&db, role).await.unwrap();
    }
    let options = (*db.connect_options()).clone().username(role);
    let lesser = sqlx::PgPool::connect_with(options).await.unwrap();
    let site = Site::new(&lesser).await;
    signed_in(&lesser, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    for forbidden in [
        "update desk_acts set by = 'Nobody'",
        "delete from desk_acts",
        "truncate desk_acts",
        "alter table desk_acts disable trigger all",
        "alter table desk_acts owner to fingerpost_site",
        "drop trigger stays on desk_acts",
        "drop table desk_acts",
        "create or replace function desk_act_stays() returns trigger language plpgsql as 'begin return new; end'",
        "grant update on desk_acts to fingerpost_site",
        "set session_replication_role = replica",
        "set role fingerpost",
        "update word_revisions set why = 'x'",
        "delete from word_revisions",
    ] {
        let refused = sqlx::query(forbidden).execute(&lesser).await.unwrap_err();
        let code = refused.as_database_error().and_then(|cause| cause.code().map(Into::into));
        assert_eq!(code, Some("42501".to_owned()), "{forbidden}: not for want of rights");
    }
    let acts: i64 =
        sqlx::query_scalar("select count(*) from desk_acts").fetch_one(&lesser).await.unwrap();
    assert_eq!(acts, 1);
    lesser.close().await;
}
