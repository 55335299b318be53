//! Link workers: listed by their own word, found by whom they serve, and gone without a trace.
mod import;
mod listed;
mod own;
mod withdrawal;
mod year;

use axum::http::StatusCode;
use fingerpost::{
    forms::Answers,
    link_workers::{self, LinkWorkerId, store},
    links::{self, Purpose, Wanted},
    places,
    text::Email,
};
use jiff::Timestamp;
use sqlx::PgPool;

use crate::{
    describe::{form, hidden},
    desk::{SOUTHWARK, coordinator_of, signed_in},
    support::{Reply, Site, now},
};

pub const AMA: &str = "ama.threlkeld@lanternhouse.example";
pub const NAME: &str = "Ama Threlkeld";
pub const PHONE: &str = "020 7946 0199";
pub const SHOWN: &str = "reach.ama@lanternhouse.example";

/// What she writes: everybody sees her address, her telephone is for professionals.
pub const WRITTEN: [(&str, &str); 12] = [
    ("name", NAME),
    ("role", "link-worker"),
    ("employer_kind", "voluntary"),
    ("employer", "Lantern House Trust"),
    ("based_at", "Lantern House"),
    ("borough", "southwark"),
    ("day", "tuesday"),
    ("language", "so"),
    ("email", SHOWN),
    ("email_for", "everyone"),
    ("phone", PHONE),
    ("phone_for", "professionals"),
];

/// The same with other words in some fields.
pub fn but(changed: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut pairs = WRITTEN.to_vec();
    for (field, value) in changed {
        pairs.retain(|(known, _)| known != field);
        pairs.push((field, value));
    }
    pairs
}

/// The address of her own page, as a letter has it that goes out at this moment.
pub async fn link_at(db: &PgPool, id: LinkWorkerId, email: &str, at: Timestamp) -> String {
    let email = Email::parse(email).unwrap();
    let wanted = Wanted { purpose: Purpose::LinkWorker, subject: Some(id), email, mailed: true };
    Purpose::LinkWorker.path(&links::store::make(db, &wanted, at).await.unwrap())
}

pub async fn id_of(db: &PgPool, email: &str) -> Option<LinkWorkerId> {
    sqlx::query_scalar("select id from link_workers where email = $1")
        .bind(email)
        .fetch_optional(db)
        .await
        .unwrap()
}

pub async fn state(db: &PgPool, id: LinkWorkerId) -> Option<String> {
    sqlx::query_scalar("select state from link_workers where id = $1")
        .bind(id)
        .fetch_optional(db)
        .await
        .unwrap()
}

/// Types her address; her id and her own page.
pub async fn joins(db: &PgPool, site: &Site) -> (LinkWorkerId, String) {
    let reply = site.post("/link-workers/join", &form(&[("email", AMA)])).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    let id = id_of(db, AMA).await.unwrap();
    (id, link_at(db, id, AMA, now()).await)
}

/// Writes these words as her form stands now.
pub async fn writes(site: &Site, home: &str, pairs: &[(&str, &str)]) -> Reply {
    let page = site.get(&format!("{home}/details")).await;
    assert_eq!(page.status, StatusCode::OK);
    let typed = format!("{}&version={}", form(pairs), hidden(&page, "version"));
    site.post(&format!("{home}/details"), &typed).await
}

/// Says yes to her entry as it stands now.
pub async fn agrees(site: &Site, home: &str) -> Reply {
    let version = hidden(&site.get(home).await, "version");
    let reply = site.post(&format!("{home}/agreement"), &format!("version={version}")).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    reply
}

/// A coordinator of Southwark checks her.
pub async fn is_checked(db: &PgPool, site: &Site, id: LinkWorkerId) {
    let cem = signed_in(db, site, "Cem", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/link-workers/{id}");
    let version = hidden(&cem.get(&path).await, "version");
    let reply = cem.post(&format!("{path}/check"), &format!("version={version}")).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
}

/// All of it: her id and her own page.
pub async fn is_listed(db: &PgPool, site: &Site) -> (LinkWorkerId, String) {
    let (id, home) = joins(db, site).await;
    is_listed_from(db, site, id, &home).await;
    (id, home)
}

/// All that follows after she joined.
pub async fn is_listed_from(db: &PgPool, site: &Site, id: LinkWorkerId, home: &str) {
    let reply = writes(site, home, &WRITTEN).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    agrees(site, home).await;
    is_checked(db, site, id).await;
}

/// Somebody who is listed in Southwark, without a way that led there.
pub async fn somebody(db: &PgPool) -> LinkWorkerId {
    let places = places::store::load(db).await.unwrap();
    let typed = WRITTEN.map(|(field, value)| (field.to_owned(), value.to_owned()));
    let details = link_workers::read(&Answers::of(typed), &places).unwrap();
    let mut db = db.acquire().await.unwrap();
    let email = Email::parse(AMA).unwrap();
    store::list_invented(&mut db, email, details, &places, now()).await.unwrap();
    store::of_email(&mut *db, &Email::parse(AMA).unwrap()).await.unwrap().unwrap()
}

/// How many letters of a kind there were.
pub async fn letters(db: &PgPool, kind: &str) -> i64 {
    crate::describe::letters(db, &format!("link-worker-{kind}")).await
}
