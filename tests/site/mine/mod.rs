//! What is somebody's: the link to it, and nobody else's hand on it.
mod acts;
mod counts;
mod people;

use axum::http::StatusCode;
use fingerpost::{
    links::{self, Purpose, Wanted},
    text::Email,
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::{
    describe::form,
    support::{Database, Reply, Site, now},
};

pub const DELE: &str = "dele@hollowlane.example";
pub const RUTH: &str = "ruth@hollowlane.example";

/// An offer of the sample whose provider somebody looks after.
pub struct Theirs {
    pub db: Database,
    pub site: Site,
    pub provider: Uuid,
    pub offer: Uuid,
    pub slug: String,
    /// The address of all that is Dele's.
    pub mine: String,
}

impl Theirs {
    pub async fn of_dele() -> Self {
        let (db, site) = Site::of_sample().await;
        let (offer, slug, provider) = sqlx::query_as(
            "select o.id, o.slug, o.provider from offers o join offer_schedules s on s.offer_id = o.id
             where state = 'published' and pause_from is null and ends_on is null and places is null
             order by o.slug limit 1",
        )
        .fetch_one(&*db)
        .await
        .unwrap();
        own(&db, provider, DELE).await;
        let mine = mine(&db, DELE, None).await;
        Self { db, site, provider, offer, slug, mine }
    }

    pub fn its(&self, act: &str) -> String {
        format!("{}/offers/{}/{act}", self.mine, self.offer)
    }
    pub fn of_provider(&self, act: &str) -> String {
        format!("{}/providers/{}/{act}", self.mine, self.provider)
    }
    /// Does something with the offer, which says `done` afterwards.
    pub async fn act(&self, act: &str, pairs: &[(&str, &str)], done: &str) -> Reply {
        let reply = self.site.post(&self.its(act), &form(pairs)).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
        let to = reply.header("location").to_owned();
        assert!(to.ends_with(&format!("?said={done}")), "{to}");
        let page = self.site.get(&to).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("id=\"said\""), "what was done is said");
        page
    }
    /// State, revision, and the last words of its history.
    pub async fn stands(&self) -> (String, i32, String, Option<String>) {
        sqlx::query_as(
            "select o.state, o.revision, r.by, r.why from offers o
             join offer_revisions r on r.offer_id = o.id and r.number = o.revision where o.id = $1",
        )
        .bind(self.offer)
        .fetch_one(&*self.db)
        .await
        .unwrap()
    }
    pub async fn public(&self) -> Reply {
        self.site.get(&format!("/offers/{}", self.slug)).await
    }
}

pub async fn own(db: &PgPool, provider: Uuid, email: &str) {
    let email = Email::parse(email).unwrap();
    fingerpost::providers::store::own(db, provider, &email, now()).await.unwrap();
}

/// A link as its letter has it.
pub async fn link(db: &PgPool, purpose: Purpose, subject: Option<Uuid>, email: &str) -> String {
    let email = Email::parse(email).unwrap();
    let wanted = Wanted { purpose, subject, email, mailed: true };
    let secret = links::store::make(db, &wanted, now()).await.unwrap();
    purpose.path(&secret)
}

pub async fn mine(db: &PgPool, email: &str, only: Option<Uuid>) -> String {
    link(db, Purpose::Mine, only, email).await
}

pub async fn letters(db: &PgPool, like: &str) -> i64 {
    crate::describe::letters(db, like).await
}

#[tokio::test]
async fn asking_for_a_link_tells_nothing_and_writes_to_whom_it_knows() {
    let theirs = Theirs::of_dele().await;
    let ask = async |email| theirs.site.post("/mine", &form(&[("email", email)])).await;
    let (known, unknown) = (ask(DELE).await, ask("nobody@elsewhere.example").await);
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    assert_eq!(known.status, StatusCode::OK);
    assert_eq!(letters(&theirs.db, "mine").await, 1);
    for _ in 0..3 {
        assert_eq!(ask(DELE).await.body, unknown.body, "too often is answered alike");
    }
    assert_eq!(letters(&theirs.db, "mine").await, 3);
    assert_eq!(ask("no address").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn one_person_sees_several_providers_and_nobody_keeps_the_page() {
    let theirs = Theirs::of_dele().await;
    let (other, name): (Uuid, String) =
        sqlx::query_as("select id, name from providers where id <> $1 order by name limit 1")
            .bind(theirs.provider)
            .fetch_one(&*theirs.db)
            .await
            .unwrap();
    own(&theirs.db, other, DELE).await;
    let page = theirs.site.get(&theirs.mine).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains(&name.replace('\'', "&#39;").replace('&', "&#38;"))
            || page.body.contains(&name)
    );
    assert_eq!(page.body.matches("aria-labelledby=\"provider-").count(), 2);
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("x-robots-tag"), "noindex");

    let narrow = mine(&theirs.db, DELE, Some(other)).await;
    let page = theirs.site.get(&narrow).await;
    assert_eq!(page.body.matches("aria-labelledby=\"provider-").count(), 1);
    let foreign = format!("{narrow}/offers/{}", theirs.offer);
    assert_eq!(theirs.site.get(&foreign).await.status, StatusCode::NOT_FOUND);
    let foreign = theirs.site.post(&format!("{foreign}/break"), "").await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND, "a link for one provider is for that one");
}

#[tokio::test]
async fn nobody_touches_what_is_not_theirs() {
    let theirs = Theirs::of_dele().await;
    let begun = theirs.site.post(&theirs.its("change"), "").await;
    let change: Uuid =
        sqlx::query_scalar("select id from submissions").fetch_one(&*theirs.db).await.unwrap();
    assert!(begun.header("location").starts_with("/describe/"));
    let before = theirs.stands().await;

    let stranger = mine(&theirs.db, RUTH, None).await;
    let offer = format!("{stranger}/offers/{}", theirs.offer);
    let provider = format!("{stranger}/providers/{}", theirs.provider);
    for page in [&offer, &provider] {
        assert_eq!(theirs.site.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    let posts = [
        format!("{offer}/change"),
        format!("{offer}/copy"),
        format!("{offer}/break"),
        format!("{offer}/return"),
        format!("{offer}/places?places=full"),
        format!("{offer}/last-day"),
        format!("{offer}/end"),
        format!("{provider}/profile"),
        format!("{provider}/invitation"),
        format!("{provider}/removal"),
        format!("{provider}/taken-back"),
        format!("{stranger}/submissions/{change}"),
    ];
    let everything = form(&[
        ("places", "full"),
        ("last_day", "31 December"),
        ("why", "Mischief"),
        ("email", DELE),
        ("how", "together"),
        ("id", &change.to_string()),
    ]);
    for path in posts {
        let reply = theirs.site.post(&path, &everything).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(theirs.stands().await, before);
    assert_eq!(letters(&theirs.db, "invited").await, 0);
    // Links for something else open nothing here, and an old one neither.
    let draft = begun.header("location").replace("/describe/", "/mine/");
    assert_eq!(theirs.site.get(&draft).await.status, StatusCode::NOT_FOUND);
    sqlx::query("update links set made_at = now() - interval '3 days', expires_at = now() - interval '1 second'")
        .execute(&*theirs.db)
        .await
        .unwrap();
    assert_eq!(theirs.site.get(&theirs.mine).await.status, StatusCode::NOT_FOUND);
}
