//! Signing in by a mailed link, sessions, and invitations.
use axum::http::{Request, StatusCode, header};
use fingerpost::accounts::{IDLE, LONGEST, Rights};

use super::*;
use crate::{
    describe::{empty_site, form, letters},
    support::Database,
};

const SIGN_IN: &str = "/desk/sign-in";

async fn asked(site: &Site, email: &str) -> Reply {
    from_us(site, SIGN_IN, "", &form(&[("email", email), ("to", "/desk?kind=new")])).await
}

/// The link that the letter will carry.
async fn mailed(db: &PgPool) -> String {
    use fingerpost::links::{Wanted, store};
    let (subject, email): (uuid::Uuid, String) =
        sqlx::query_as("select link_subject, recipient from outbox order by put_at desc limit 1")
            .fetch_one(db)
            .await
            .unwrap();
    let email = Email::parse(&email).unwrap();
    let wanted = Wanted { purpose: Purpose::SignIn, subject: Some(subject), email, mailed: true };
    Purpose::SignIn.path(&store::make(db, &wanted, now()).await.unwrap())
}

async fn site_with_ama() -> (Database, Site) {
    let (db, site) = empty_site().await;
    account(&db, "Ama", coordinator_of(SOUTHWARK)).await;
    (db, site)
}

#[tokio::test]
async fn a_mailed_link_signs_in_once_in_the_browser_that_asked_and_leads_where_one_wanted_to_go() {
    let (db, site) = site_with_ama().await;
    let turned_away = site.get("/desk?kind=new").await;
    assert_eq!(turned_away.header("location"), "/desk/sign-in?to=%2Fdesk%3Fkind%3Dnew");
    let reply = asked(&site, "AMA@council.example").await;
    assert_eq!(reply.status, StatusCode::OK);
    let browser = cookie(&reply, "desk-asked");
    let link = mailed(&db).await;

    let elsewhere = site.get(&link).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    assert!(elsewhere.body.contains("Open this link in the other browser"));
    assert_eq!(from_us(&site, &link, "", "").await.status, StatusCode::FORBIDDEN);

    let here = Request::get(&link).header(header::COOKIE, &browser);
    assert!(site.send(here, "").await.body.contains("id=\"enter\""), "looking changes nothing");
    let entered = from_us(&site, &link, &browser, "").await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    assert_eq!(entered.header("location"), "/desk?kind=new");
    let signed = cookie(&entered, "desk");
    let queue = site.send(Request::get("/desk").header(header::COOKIE, &signed), "").await;
    assert!(queue.body.contains("Nothing waits here"));
    assert_eq!(queue.header("cache-control"), "no-store");
    assert_eq!(from_us(&site, &link, &browser, "").await.status, StatusCode::NOT_FOUND, "once");
}

#[tokio::test]
async fn who_asks_twice_may_open_the_first_letter() {
    let (db, site) = site_with_ama().await;
    let browser = cookie(&asked(&site, "ama@council.example").await, "desk-asked");
    let first = mailed(&db).await;
    let again = form(&[("email", "ama@council.example")]);
    let browser = cookie(&from_us(&site, SIGN_IN, &browser, &again).await, "desk-asked");
    assert_eq!(from_us(&site, &first, &browser, "").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn no_answer_tells_whether_somebody_signs_in_with_an_address() {
    let (db, site) = site_with_ama().await;
    let known = asked(&site, "ama@council.example").await;
    let unknown = asked(&site, "stranger@council.example").await;
    assert_eq!(known.body, unknown.body);
    assert_eq!(known.status, unknown.status);
    assert_eq!(letters(&db, "sign_in").await, 1);
    let wrong = asked(&site, "ama at council").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"ama at council\""), "nothing typed is lost");
}

#[tokio::test]
async fn a_link_is_good_for_fifteen_minutes() {
    let (db, site) = site_with_ama().await;
    let browser = cookie(&asked(&site, "ama@council.example").await, "desk-asked");
    let link = mailed(&db).await;
    sqlx::query("update links set made_at = made_at - interval '16 minutes', expires_at = expires_at - interval '16 minutes'")
        .execute(&*db)
        .await
        .unwrap();
    assert_eq!(from_us(&site, &link, &browser, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one_or_all_others() {
    let (db, site) = empty_site().await;
    let here = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let there = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let list = here.get("/desk/sessions").await;
    assert_eq!(list.body.matches(", last used ").count(), 2);
    here.post("/desk/sessions/others/end", "").await;
    assert_eq!(there.get("/desk").await.status, StatusCode::SEE_OTHER);
    assert_eq!(here.get("/desk").await.status, StatusCode::OK);
    let out = here.post("/desk/sign-out", "").await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert_eq!(here.get("/desk").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_ends_the_session_of_another() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(CAMDEN)).await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from sessions where account_id = $1")
        .bind(ama.account.id)
        .fetch_one(&*db)
        .await
        .unwrap();
    ben.post(&format!("/desk/sessions/{id}/end"), "").await;
    assert_eq!(ama.get("/desk").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_after_a_week_in_any_case() {
    let (db, site) = empty_site().await;
    for (column, lasts) in [("seen_at", IDLE), ("made_at", LONGEST)] {
        let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
        let seconds = |less: i64| (lasts.as_secs() - less) as f64;
        for (age, status) in [(seconds(60), StatusCode::OK), (seconds(-1), StatusCode::SEE_OTHER)] {
            let aged = format!("update sessions set {column} = now() - make_interval(secs => $1)");
            sqlx::query(sqlx::AssertSqlSafe(aged)).bind(age).execute(&*db).await.unwrap();
            assert_eq!(ama.get("/desk").await.status, status, "{column} {age}");
        }
    }
}

#[tokio::test]
async fn an_account_that_has_ended_is_out_at_once() {
    let (db, site) = empty_site().await;
    let ama =
        signed_in(&db, &site, "Ama", Rights { administrator: true, ..Rights::default() }).await;
    sqlx::query("update accounts set ended_at = now()").execute(&*db).await.unwrap();
    assert_eq!(ama.get("/desk").await.status, StatusCode::SEE_OTHER);
    asked(&site, "ama@council.example").await;
    assert_eq!(letters(&db, "sign_in").await, 0);
}

#[tokio::test]
async fn secrets_are_kept_as_hashes() {
    let (db, site) = site_with_ama().await;
    let browser = cookie(&asked(&site, "ama@council.example").await, "desk-asked");
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    for secret in [browser, ama.cookie] {
        let secret = secret.split_once('=').unwrap().1.to_owned();
        let plain: i64 = sqlx::query_scalar(
            "select (select count(*) from sessions where position(convert_to($1, 'utf8') in hash) > 0)
                  + (select count(*) from sign_ins where position(convert_to($1, 'utf8') in browser) > 0)",
        )
        .bind(&secret)
        .fetch_one(&*db)
        .await
        .unwrap();
        assert_eq!(plain, 0);
    }
}

#[tokio::test]
async fn a_form_that_does_not_say_where_it_comes_from_does_nothing() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    for (name, value) in [("x-nothing", "x"), ("origin", "null"), ("sec-fetch-site", "cross-site")]
    {
        let request = Request::post("/desk/sign-out")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, &ama.cookie)
            .header(name, value);
        assert_eq!(site.send(request, "").await.status, StatusCode::FORBIDDEN, "{name}");
    }
    assert_eq!(ama.get("/desk").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_log_of_the_desk_is_only_added_to() {
    let (db, site) = empty_site().await;
    signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    for change in ["update desk_acts set by = 'x'", "delete from desk_acts", "truncate desk_acts"] {
        let refused = sqlx::raw_sql(change).execute(&*db).await.unwrap_err().to_string();
        assert!(refused.contains("only added to"), "{change}: {refused}");
    }
}
