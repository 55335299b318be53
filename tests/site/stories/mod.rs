//! Stories: told by mailed link, read by a coordinator, shown, and gone without a trace.
mod desk;
mod reading;
mod telling;
mod withdrawing;

use axum::http::StatusCode;
use fingerpost::{
    links::{Purpose, Wanted, store},
    stories::StoryId,
    text::Email,
};
use sqlx::PgPool;

use crate::{
    describe::{form, hidden, stamp, wrongs},
    desk::Person,
    support::{Reply, Site, now},
};

pub const EMAIL: &str = "rosa@storyteller.example";
/// Words that stand nowhere else.
pub const WORDS: &str = "The wryneck mug was mine from the first day.";
pub const NAME: &str = "Philomena";
pub const TITLE: &str = "A mug with a wryneck";

/// Asks for the link, as the page does.
pub async fn ask(db: &PgPool, site: &Site, changed: &[(&str, &str)]) -> Reply {
    let stamp = stamp(db).await;
    let mut pairs = vec![("email", EMAIL), ("website", ""), ("stamp", &stamp)];
    for (field, value) in changed {
        pairs.retain(|(known, _)| known != field);
        pairs.push((field, value));
    }
    site.post("/stories/tell", &form(&pairs)).await
}

/// The link that a letter would bring; the address of the private page.
pub async fn link(db: &PgPool, story: StoryId) -> String {
    let email = Email::parse(EMAIL).unwrap();
    let wanted = Wanted { purpose: Purpose::Story, subject: Some(story), email, mailed: true };
    Purpose::Story.path(&store::make(db, &wanted, now()).await.unwrap())
}

/// A story that is begun: its number, and the address of its page.
pub async fn begun(db: &PgPool, site: &Site, changed: &[(&str, &str)]) -> (StoryId, String) {
    let reply = ask(db, site, changed).await;
    assert_eq!(reply.header("location"), "/stories/sent", "{}", wrongs(&reply));
    let id = sqlx::query_scalar("select id from stories where state = 'draft'");
    let id = id.fetch_one(db).await.unwrap();
    (id, link(db, id).await)
}

/// All that is needed.
pub fn whole<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = vec![
        ("kind", "testimonial"),
        ("teller", "took-part"),
        ("title", TITLE),
        ("words", WORDS),
        ("name", NAME),
        ("needs", "loneliness"),
        ("boroughs", "southwark"),
        ("consent_by", "teller"),
        ("consent_on", "today"),
        ("consent_kept", "I tell it myself"),
        ("site", "yes"),
        ("act", "send"),
    ];
    for (field, _) in changed {
        pairs.retain(|(known, _)| known != field);
    }
    pairs.extend(changed);
    pairs
}

/// Fills in the private page as it stands now.
pub async fn fill(site: &Site, home: &str, pairs: &[(&str, &str)]) -> Reply {
    let seen = hidden(&site.get(home).await, "seen");
    let mut all = pairs.to_vec();
    all.push(("seen", &seen));
    site.post(home, &form(&all)).await
}

/// A story that waits: its number, and the address of its private page.
pub async fn waiting(db: &PgPool, site: &Site, changed: &[(&str, &str)]) -> (StoryId, String) {
    let (id, home) = begun(db, site, &[]).await;
    let sent = fill(site, &home, &whole(changed)).await;
    assert_eq!(sent.header("location"), format!("{home}?done=sent"), "{}", wrongs(&sent));
    (id, home)
}

/// Publishes what waits as it stands.
pub async fn published(
    db: &PgPool,
    site: &Site,
    ama: &Person<'_>,
    changed: &[(&str, &str)],
) -> (StoryId, String) {
    let (id, home) = waiting(db, site, changed).await;
    let reply = publish(ama, id, changed).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", wrongs(&reply));
    (id, home)
}

/// Sends the form of the desk as its page stands now.
pub async fn publish(ama: &Person<'_>, id: StoryId, changed: &[(&str, &str)]) -> Reply {
    let mut pairs = whole(changed);
    pairs.push(("decision", "publish"));
    decide(ama, id, &pairs).await
}

pub async fn decide(ama: &Person<'_>, id: StoryId, pairs: &[(&str, &str)]) -> Reply {
    let version = hidden(&ama.get(&format!("/desk/stories/{id}")).await, "version");
    let mut all = pairs.to_vec();
    all.push(("version", &version));
    ama.post(&format!("/desk/stories/{id}/decision"), &form(&all)).await
}

pub async fn state(db: &PgPool, id: StoryId) -> String {
    let state = sqlx::query_scalar("select state from stories where id = $1").bind(id);
    state.fetch_one(db).await.unwrap()
}

/// Where the pages show it.
pub const PAGE: &str = "/stories/a-mug-with-a-wryneck";
