//! The second factor: set up, asked for after the link, lost, and taken away.
use axum::http::{Request, StatusCode, header};
use fingerpost::accounts::{Rights, second_factor::Seed};
use jiff::SignedDuration;

use super::*;
use crate::{
    describe::{empty_site, form, wrongs},
    support::Database,
};

const PAGE: &str = "/desk/second-factor";

fn everything() -> Rights {
    Rights { administrator: true, ..Rights::default() }
}

/// A code that was not taken yet: of the half minute after this one.
fn next_code(seed: &Seed) -> String {
    seed.code(now() + SignedDuration::from_secs(30))
}

/// The seed and the recovery codes of somebody who has just set it up, and some time ago used a code.
async fn set_up(db: &PgPool, person: &Person<'_>) -> (Seed, Vec<String>) {
    let page = person.post(PAGE, "act=begin").await;
    let (_, rest) = page.body.split_once("<code id=\"seed\">").unwrap();
    let seed = Seed::parse(rest.split('<').next().unwrap()).unwrap();
    assert!(page.body.contains("<svg class=\"square\""));
    let pairs = [("act", "confirm"), ("seed", &seed.shown()), ("code", &seed.code(now()))];
    let page = person.post(PAGE, &form(&pairs)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", wrongs(&page));
    assert_eq!(page.header("cache-control"), "no-store");
    let codes = page.body.split("<li><code>").skip(1);
    let codes = codes.map(|one| one.split('<').next().unwrap().to_owned()).collect();
    sqlx::query("update second_factors set last_step = last_step - 10").execute(db).await.unwrap();
    (seed, codes)
}

/// Opens a fresh link; the cookie of a half session.
async fn half(db: &PgPool, site: &Site, account: &Account) -> String {
    let secret = link_for_console(db, account, now()).await.unwrap();
    let reply = from_us(site, &Purpose::SignIn.path(&secret), "", "").await;
    assert_eq!(reply.header("location"), "/desk/code?to=%2Fdesk");
    cookie(&reply, "desk-half")
}

async fn with_administrator() -> (Database, Site) {
    empty_site().await
}

#[tokio::test]
async fn a_link_alone_signs_nobody_in_once_the_factor_is_on_and_no_code_works_twice() {
    let (db, site) = with_administrator().await;
    let root = signed_in(&db, &site, "Root", everything()).await;
    let (seed, codes) = set_up(&db, &root).await;
    assert_eq!(codes.len(), 10);
    assert!(root.get(PAGE).await.body.contains("You have 10 recovery codes left"));
    assert!(!root.get(PAGE).await.body.contains(&seed.shown()), "it was shown once");

    let cookie_half = half(&db, &site, &root.account).await;
    let half_in = site.send(Request::get("/desk").header(header::COOKIE, &cookie_half), "").await;
    assert_eq!(half_in.status, StatusCode::SEE_OTHER, "half is nowhere");
    let as_whole = cookie_half.replace("desk-half=", "desk=");
    let forged = site.send(Request::get("/desk").header(header::COOKIE, &as_whole), "").await;
    assert_eq!(forged.status, StatusCode::SEE_OTHER, "also under the other name");
    assert_eq!(root.get("/desk/sessions").await.body.matches("<li><b>").count(), 1);

    let wrong = from_us(&site, "/desk/code", &cookie_half, "code=000000").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = seed.code(now());
    let typed = form(&[("code", &code), ("to", "/desk/log")]);
    let right = from_us(&site, "/desk/code", &cookie_half, &typed).await;
    assert_eq!(right.header("location"), "/desk/log", "{}", wrongs(&right));
    let cookie = cookie(&right, "desk");
    let inside = site.send(Request::get("/desk").header(header::COOKIE, &cookie), "").await;
    assert_eq!(inside.status, StatusCode::OK);
    let again = from_us(&site, "/desk/code", &cookie_half, &typed).await;
    assert_eq!(again.header("location"), "/desk/sign-in", "the half session is over");
    let another = half(&db, &site, &root.account).await;
    let replayed = from_us(&site, "/desk/code", &another, &typed).await;
    assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY, "the same code twice");
}

#[tokio::test]
async fn a_recovery_code_works_once_and_leads_nowhere_but_to_the_desk() {
    let (db, site) = with_administrator().await;
    let root = signed_in(&db, &site, "Root", everything()).await;
    let (_, codes) = set_up(&db, &root).await;
    let cookie = half(&db, &site, &root.account).await;
    let typed = form(&[("code", &codes[3].to_uppercase()), ("to", "https://evil.example")]);
    let right = from_us(&site, "/desk/code", &cookie, &typed).await;
    assert_eq!(right.header("location"), "/desk");
    let cookie = half(&db, &site, &root.account).await;
    let again = from_us(&site, "/desk/code", &cookie, &typed).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let log = root.get("/desk/log").await.body;
    assert!(log.contains("used a recovery code") && log.contains("switched on a second factor"));
    let old = now() - SignedDuration::from_mins(16);
    sqlx::query("update sessions set made_at = $1 where half")
        .bind(jiff_sqlx::ToSqlx::to_sqlx(old))
        .execute(&*db)
        .await
        .unwrap();
    let late = form(&[("code", &codes[4])]);
    let late = from_us(&site, "/desk/code", &cookie, &late).await;
    assert_eq!(late.header("location"), "/desk/sign-in", "a quarter of an hour is over");
}

#[tokio::test]
async fn guessing_ends_after_ten_tries() {
    let (db, site) = with_administrator().await;
    let root = signed_in(&db, &site, "Root", everything()).await;
    let (seed, _) = set_up(&db, &root).await;
    let cookie = half(&db, &site, &root.account).await;
    // One was counted when it was set up.
    for _ in 0..9 {
        let wrong = from_us(&site, "/desk/code", &cookie, "code=000000").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let right = form(&[("code", &next_code(&seed))]);
    let late = from_us(&site, "/desk/code", &cookie, &right).await;
    assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn switching_off_and_new_recovery_codes_need_a_code() {
    let (db, site) = with_administrator().await;
    let root = signed_in(&db, &site, "Root", everything()).await;
    let (seed, codes) = set_up(&db, &root).await;
    for act in ["off", "renew"] {
        let wrong = root.post(PAGE, &form(&[("act", act), ("code", "123")])).await;
        assert!(wrongs(&wrong).contains("That code is not right"), "{act}");
    }
    let renewed = root.post(PAGE, &form(&[("act", "renew"), ("code", &codes[0])])).await;
    assert!(renewed.body.contains("id=\"codes\"") && !renewed.body.contains(&codes[1]));
    let old = root.post(PAGE, &form(&[("act", "off"), ("code", &codes[1])])).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY, "the old ones are gone");
    let off = root.post(PAGE, &form(&[("act", "off"), ("code", &seed.code(now()))])).await;
    assert_eq!(off.status, StatusCode::SEE_OTHER);
    assert!(root.get(PAGE).await.body.contains("id=\"begin\""));
    let begun = root.post(PAGE, "act=begin").await;
    assert!(!begun.body.contains(&seed.shown()), "a new seed");
    let secret = link_for_console(&db, &root.account, now()).await.unwrap();
    let reply = from_us(&site, &Purpose::SignIn.path(&secret), "", "").await;
    assert_eq!(reply.header("location"), "/desk", "what was only begun is not asked for");
}

#[tokio::test]
async fn another_administrator_takes_it_away_and_nobody_else() {
    let (db, site) = with_administrator().await;
    let root = signed_in(&db, &site, "Root", everything()).await;
    let (_, codes) = set_up(&db, &root).await;
    let path = format!("/desk/people/{}/second-factor/reset", root.account.id);
    assert_eq!(root.post(&path, "").await.status, StatusCode::FORBIDDEN, "not one's own");
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    assert_eq!(ama.post(&path, "").await.status, StatusCode::NOT_FOUND);
    let other = signed_in(&db, &site, "Other", everything()).await;
    let page = other.get(&format!("/desk/people/{}", root.account.id)).await;
    assert!(page.body.contains("id=\"reset-factor\""));
    assert_eq!(other.post(&path, "").await.status, StatusCode::SEE_OTHER);
    let acts: Vec<(String, Option<uuid::Uuid>)> =
        sqlx::query_as("select act, subject from desk_acts where act = 'second_factor_reset'")
            .fetch_all(&*db)
            .await
            .unwrap();
    assert_eq!(acts, [("second_factor_reset".to_owned(), Some(root.account.id))]);
    let secret = link_for_console(&db, &root.account, now()).await.unwrap();
    let reply = from_us(&site, &Purpose::SignIn.path(&secret), "", "").await;
    assert_eq!(reply.header("location"), "/desk");
    assert!(!codes.is_empty());
}
