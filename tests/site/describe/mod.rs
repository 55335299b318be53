//! Describing an offer, from the first word to the coordinator's list.
mod address;
mod begin;
mod decide;
mod send;
mod steps;
mod together;

use axum::http::StatusCode;
use fingerpost::{limits, submissions::SubmissionId};
use sqlx::PgPool;

use crate::support::{Database, Reply, Site, database, encoded, now};

pub const EMAIL: &str = "dele@hollowlane.example";

/// A form as a browser sends it.
pub fn form(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter().map(|(field, value)| format!("{field}={}", encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// A stamp of a page that was made a minute ago.
pub async fn stamp(db: &PgPool) -> String {
    stamp_of(db, 60).await
}

pub async fn stamp_of(db: &PgPool, seconds_ago: i64) -> String {
    let made = now() - jiff::SignedDuration::from_secs(seconds_ago);
    limits::store::stamp_key(db).await.unwrap().stamp(made)
}

/// What the first step says, with the page's stamp.
pub async fn first(db: &PgPool, changed: &[(&str, &str)]) -> String {
    let stamp = stamp(db).await;
    let mut pairs = vec![
        ("title", "Clay on the lane"),
        ("place", "SE15 4QL"),
        ("email", EMAIL),
        ("website", ""),
        ("stamp", &stamp),
    ];
    for (field, value) in changed {
        pairs.retain(|(known, _)| known != field);
        pairs.push((field, value));
    }
    form(&pairs)
}

/// A new draft; the address of its list of steps.
pub async fn draft(db: &PgPool, site: &Site) -> String {
    let reply = site.post("/describe", &first(db, &[]).await).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    let kept = reply.header("location").to_owned();
    kept.strip_suffix("/keep").unwrap().to_owned()
}

/// What a hidden field of a page says.
pub fn hidden(page: &Reply, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.body.split_once(&start).unwrap_or_else(|| panic!("no {name}"));
    rest.split('"').next().unwrap().to_owned()
}

/// Fills in a step as its page stands now.
pub async fn fill(site: &Site, home: &str, step: &str, pairs: &[(&str, &str)]) -> Reply {
    let page = site.get(&format!("{home}/{step}")).await;
    assert_eq!(page.status, StatusCode::OK);
    let seen = hidden(&page, "seen");
    let typed = format!("{}&seen={seen}", form(pairs));
    site.post(&format!("{home}/{step}"), &typed).await
}

pub const WHAT: [(&str, &str); 4] = [
    ("title", "Clay on the lane"),
    ("summary", "Make pots at a long table. The kettle is on."),
    ("activity", "pottery"),
    ("kind", "creative"),
];

pub const PLACE: [(&str, &str); 4] = [
    ("delivery", "in-person"),
    ("venue_name", "Lantern Yard"),
    ("venue_address", "9 Tanner’s Row, Peckham"),
    ("venue_postcode", "SE15 4QL"),
];

/// All that is needed, step by step.
pub async fn fill_all(site: &Site, home: &str) {
    let steps: [(&str, &[(&str, &str)]); 6] = [
        ("what", &WHAT),
        ("who", &[("needs", "loneliness"), ("ages", "all")]),
        (
            "when",
            &[
                ("when", "regular"),
                ("schedule-1-rule", "weekly"),
                ("schedule-1-days", "tue"),
                ("schedule-1-starts", "10:30"),
                ("schedule-1-ends", "12:00"),
            ],
        ),
        ("place", &PLACE),
        ("cost", &[("cost", "free"), ("residents_join", "drop-in")]),
        ("about", &[("provider_name", "Hollow Lane Clay"), ("contact-1-phone", "020 7946 0142")]),
    ];
    let mut order = steps.iter().map(|(step, _)| *step).skip(1);
    for (step, pairs) in steps {
        let reply = fill(site, home, step, pairs).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{step}: {}", wrongs(&reply));
        let next = order.next().unwrap_or("check");
        assert_eq!(reply.header("location"), format!("{home}/{next}"));
    }
}

/// What a page asks to put right.
pub fn wrongs(page: &Reply) -> &str {
    let summary = page.body.split_once("id=\"wrongs\"").map_or("", |(_, rest)| rest);
    summary.split_once("</section>").map_or(summary, |(summary, _)| summary)
}

pub async fn letters(db: &PgPool, like: &str) -> i64 {
    sqlx::query_scalar("select count(*) from outbox where event like $1")
        .bind(format!("{like}:%"))
        .fetch_one(db)
        .await
        .unwrap()
}

/// Confirms the e-mail address of the only submission, as its letter's link would.
pub async fn confirmed(db: &PgPool, site: &Site) -> String {
    let id = sqlx::query_scalar("select id from submissions").fetch_one(db).await.unwrap();
    confirmed_one(db, site, id).await
}

pub async fn confirmed_one(db: &PgPool, site: &Site, id: SubmissionId) -> String {
    use fingerpost::links::{Purpose, Wanted, store};
    let email = fingerpost::text::Email::parse(EMAIL).unwrap();
    let wanted = Wanted { purpose: Purpose::Confirm, subject: Some(id), email, mailed: true };
    let secret = store::make(db, &wanted, now()).await.unwrap();
    let path = Purpose::Confirm.path(&secret);
    let page = site.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    let stage: String = sqlx::query_scalar("select stage from submissions where id = $1")
        .bind(id)
        .fetch_one(db)
        .await
        .unwrap();
    assert_ne!(stage, "waiting", "opening the link alone must change nothing");
    let reply = site.post(&path, "").await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    reply.header("location").to_owned()
}

/// Sends what stands there.
pub async fn send(site: &Site, home: &str) {
    let version = hidden(&site.get(&format!("{home}/check")).await, "version");
    let sent = site.post(&format!("{home}/check"), &format!("version={version}")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", wrongs(&sent));
}

/// A new offer that waits for the coordinator; the address of its status, and its id.
pub async fn waiting(db: &PgPool, site: &Site) -> (String, SubmissionId) {
    let home = draft(db, site).await;
    fill_all(site, &home).await;
    send(site, &home).await;
    let home = confirmed(db, site).await;
    let id = sqlx::query_scalar("select id from submissions").fetch_one(db).await.unwrap();
    (home, id)
}

pub async fn empty_site() -> (Database, Site) {
    let db = database().await;
    let site = Site::new(&db).await;
    (db, site)
}
