//! The desk: who comes in, what they see, what they decide.
mod approving;
mod batches;
mod bulk;
mod crowd;
mod death;
mod decisions;
mod duplicates;
mod editing;
mod entering;
mod fast;
mod feeds;
mod history;
mod intake;
mod killed;
mod listings;
mod log;
mod partnerships;
mod people;
mod reports;
mod resources;
mod rights;
mod second_factor;
mod signing_in;
mod training;
mod trusted;
mod words;

use axum::http::{Request, StatusCode, header};
use fingerpost::{
    accounts::{Account, AccountId, Rights, Role, signing_in::link_for_console, store},
    links::Purpose,
    offers::OfferId,
    places::Gss,
    text::{Email, Line},
};
use sqlx::PgPool;

use crate::support::{Reply, Site, now};

pub const SOUTHWARK: &str = "E09000028";
pub const CAMDEN: &str = "E09000007";

/// Somebody with a browser.
pub struct Person<'a> {
    pub site: &'a Site,
    pub cookie: String,
    pub account: Account,
}

pub fn coordinator_of(borough: &str) -> Rights {
    Rights {
        administrator: false,
        boroughs: [(Gss::parse(borough).unwrap(), Role::Coordinator)].into(),
    }
}

pub fn reader_of(borough: &str) -> Rights {
    Rights { administrator: false, boroughs: [(Gss::parse(borough).unwrap(), Role::Reader)].into() }
}

pub async fn account(db: &PgPool, name: &str, rights: Rights) -> Account {
    let account = Account {
        id: AccountId::now_v7(),
        email: Email::of_person(&format!("{name}@council.example")).unwrap(),
        name: Line::parse(name).unwrap(),
        rights,
        ended: None,
    };
    store::keep(&mut db.acquire().await.unwrap(), &account, now()).await.unwrap()
}

/// Signs somebody with these rights in, by a link from the console.
pub async fn signed_in<'a>(db: &PgPool, site: &'a Site, name: &str, rights: Rights) -> Person<'a> {
    let account = account(db, name, rights).await;
    let secret = link_for_console(db, &account, now()).await.unwrap();
    let reply = from_us(site, &Purpose::SignIn.path(&secret), "", "").await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    Person { site, cookie: cookie(&reply, "desk"), account }
}

/// An offer of the sample that is published, has dates, and belongs to Southwark.
pub async fn published(db: &PgPool) -> OfferId {
    sqlx::query_scalar(
        "select id from offers where state = 'published' and boroughs = array[$1] and ends_on is null
           and exists (select from offer_schedules s where s.offer_id = offers.id) order by slug",
    )
    .bind(SOUTHWARK)
    .fetch_one(db)
    .await
    .unwrap()
}

/// Its state, its revision, and who made that, and why.
pub async fn stands(db: &PgPool, offer: OfferId) -> (String, i32, String, Option<String>) {
    sqlx::query_as(
        "select o.state, o.revision, r.by, r.why from offers o
         join offer_revisions r on r.offer_id = o.id and r.number = o.revision where o.id = $1",
    )
    .bind(offer)
    .fetch_one(db)
    .await
    .unwrap()
}

/// What a reply sets, as a browser sends it back.
pub fn cookie(reply: &Reply, name: &str) -> String {
    let all = reply.headers.get_all(header::SET_COOKIE).iter();
    let set = all.map(|set| set.to_str().unwrap()).find(|set| set.starts_with(&format!("{name}=")));
    set.unwrap_or_else(|| panic!("no cookie {name}")).split(';').next().unwrap().to_owned()
}

/// A form sent from one of our own pages.
pub async fn from_us(site: &Site, path: &str, cookie: &str, form: &str) -> Reply {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie)
        .header("sec-fetch-site", "same-origin");
    site.send(request, form).await
}

impl Person<'_> {
    pub async fn get(&self, path: &str) -> Reply {
        self.site.send(Request::get(path).header(header::COOKIE, &self.cookie), "").await
    }

    pub async fn post(&self, path: &str, form: &str) -> Reply {
        from_us(self.site, path, &self.cookie, form).await
    }
}
