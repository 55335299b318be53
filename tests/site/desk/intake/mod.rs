//! What is sent to the desk, what is told of each row, and what is taken in of it.
mod files;
mod standard;

use std::{path::PathBuf, time::Duration};

use axum::http::{Request, StatusCode, header};
use fingerpost::{
    accounts::Rights,
    calendar::civil_now,
    desk::{
        self,
        intake::{Fate, Intake, Stage, Terms, file, reading, resolve::World},
    },
    offers::{self, State, store::Author},
    text::Text,
};
use serde_json::{Value, json};
use sqlx::PgPool;

use super::*;

pub const BOUNDARY: &str = "------------fingerpost-test";

/// Files of other directories, which stand beside a checkout only where this is developed.
pub fn shared(path: &str) -> Option<Vec<u8>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned();
    let folder = std::env::var("FINGERPOST_SHARED").unwrap_or(beside);
    std::fs::read(PathBuf::from(folder).join("data").join(path)).ok()
}

pub fn administrator() -> Rights {
    Rights { administrator: true, ..Rights::default() }
}

/// A form with files, as a browser sends it.
pub fn multipart(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    for (name, bytes) in files {
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

pub async fn send(person: &Person<'_>, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Reply {
    let request = Request::post("/desk/intake")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .header(header::COOKIE, &person.cookie)
        .header("sec-fetch-site", "same-origin");
    let (reply, body) = person.site.send_bytes(request, multipart(fields, files)).await;
    Reply { body: String::from_utf8_lossy(&body).into_owned(), ..reply }
}

/// Sends a file and waits until its report is there: its address.
pub async fn report(
    person: &Person<'_>,
    fields: &[(&str, &str)],
    name: &str,
    file: &[u8],
) -> String {
    let mut all = vec![("new", "publish")];
    all.extend(fields);
    let reply = send(person, &all, &[(name, file)]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    ready(person, reply.header("location")).await
}

pub async fn ready(person: &Person<'_>, address: &str) -> String {
    for _ in 0..300 {
        if !person.get(address).await.body.contains("id=\"progress\"") {
            return address.to_owned();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{address} was never read");
}

/// One row of a report as it is kept.
#[derive(Debug, sqlx::FromRow)]
pub struct Told {
    pub at: String,
    pub subject: String,
    pub title: String,
    pub fate: String,
    pub reasons: Vec<String>,
    pub repairs: Vec<String>,
    pub outcome: Option<String>,
}

pub async fn told(db: &PgPool, address: &str) -> Vec<Told> {
    let id: uuid::Uuid = address.rsplit('/').next().unwrap().parse().unwrap();
    sqlx::query_as(
        "select at, subject, title, fate, reasons, repairs, outcome from intake_rows where intake_id = $1 order by number",
    )
    .bind(id)
    .fetch_all(db)
    .await
    .unwrap()
}

/// Something that this account has sent.
pub async fn of(db: &PgPool, account: AccountId) -> uuid::Uuid {
    sqlx::query_scalar(
        "insert into intakes (id, account_id, made_at, name, source, publish, stage, touched_at)
         values (gen_random_uuid(), $1, now(), 'a.json', 'a', false, 'ready', now()) returning id",
    )
    .bind(account)
    .fetch_one(db)
    .await
    .unwrap()
}

/// A report of so many services that this account has sent, made without a page: its address.
pub async fn read_by(db: &PgPool, name: &str, services: usize) -> String {
    let account: AccountId = sqlx::query_scalar("select id from accounts where name = $1")
        .bind(name)
        .fetch_one(db)
        .await
        .unwrap();
    let account = store::account(db, account).await.unwrap().unwrap();
    let services: Vec<Value> =
        (1..=services).map(|id| service(&id.to_string(), &format!("Clay {id}"))).collect();
    let intake = Intake {
        id: uuid::Uuid::now_v7(),
        account: account.id,
        made: now(),
        name: Line::parse("feed.json").unwrap(),
        address: None,
        feed: None,
        terms: Terms { source: Line::parse("Many").unwrap(), publish: true, borough: None },
        stage: Stage::Reading,
        done: 0,
        of: None,
        touched: now(),
        problem: None,
        batch: None,
    };
    desk::intake::store::begin(db, &intake).await.unwrap();
    let (places, lexicon) = Site::app(db).await.words();
    let world = World { places: &places, lexicon: &lexicon, today: civil_now(now()).date() };
    let contents = file::read("feed.json", &feed(&services));
    reading::read(db, &intake, &account, contents, world, now()).await.unwrap();
    format!("/desk/intake/{}", intake.id)
}

pub fn fates(rows: &[Told]) -> Vec<&str> {
    rows.iter().map(|row| row.fate.as_str()).collect()
}

/// Imports all that is chosen: where that leads.
pub async fn import(person: &Person<'_>, address: &str) -> Reply {
    person.post(&format!("{address}/import"), "").await
}

pub async fn number(db: &PgPool, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(db).await.unwrap()
}

/// A service in Southwark that lacks nothing.
pub fn service(id: &str, name: &str) -> Value {
    json!({
        "id": id, "name": name, "status": "active", "fees": "Free",
        "description": "Make pots and drink tea. For anybody who feels lonely.",
        "organization": {"id": "org-1", "name": "Quill Lane Potters", "description": "Potters."},
        "schedules": [{"freq": "WEEKLY", "byday": "TU", "opens_at": "10:30:00", "closes_at": "12:00:00"}],
        "contacts": [{"name": "Ada", "phones": [{"number": "020 7946 0142"}]}],
        "service_at_locations": [{"location": {"id": "loc-1", "location_type": "physical", "name": "Quill Hall",
            "addresses": [{"address_1": "9 Lane", "city": "London", "postal_code": "SE15 4QL", "country": "GB"}]}}],
        "attributes": [{"taxonomy_term": {"name": "Pottery"}}]
    })
}

pub fn feed(services: &[Value]) -> Vec<u8> {
    json!({ "total_pages": 1, "contents": services }).to_string().into_bytes()
}

#[tokio::test]
async fn a_file_is_looked_at_then_taken_in_as_one_and_undone_as_one() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let before = number(&db, "select count(*) from offers").await;
    let file = feed(&[service("1", "Clay one"), service("2", "Clay two")]);
    let address = report(&ama, &[("source", "A directory")], "feed.json", &file).await;
    let rows = told(&db, &address).await;
    assert_eq!(fates(&rows), ["new", "new"], "{rows:?}");
    assert_eq!(number(&db, "select count(*) from offers").await, before, "a report keeps nothing");
    assert_eq!(
        number(&db, "select count(*) from providers where name = 'Quill Lane Potters'").await,
        0
    );

    let done = import(&ama, &address).await;
    assert!(done.header("location").starts_with("/desk/batches/"), "{}", done.body);
    assert_eq!(
        number(
            &db,
            "select count(*) from offers where state = 'published' and source = 'A directory'"
        )
        .await,
        2
    );
    assert_eq!(
        number(&db, "select count(*) from providers where name = 'Quill Lane Potters'").await,
        1
    );
    assert_eq!(number(&db, "select count(*) from venues where source = 'A directory'").await, 1);
    let again = import(&ama, &address).await;
    assert_eq!(again.status, StatusCode::CONFLICT);

    let batch = done.header("location").split('?').next().unwrap().to_owned();
    let undone = ama.post(&format!("{batch}/undoing"), "").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    assert_eq!(
        number(
            &db,
            "select count(*) from offers where state = 'published' and source = 'A directory'"
        )
        .await,
        0
    );
}

#[tokio::test]
async fn the_second_time_nothing_changes_and_then_only_what_the_source_has_changed() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let fields = [("source", "A directory")];
    let address = report(&ama, &fields, "feed.json", &feed(&[service("1", "Clay one")])).await;
    import(&ama, &address).await;
    let address = report(&ama, &fields, "other.json", &feed(&[service("1", "Clay one")])).await;
    assert_eq!(fates(&told(&db, &address).await), ["unchanged"]);
    let empty = import(&ama, &address).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);

    // What is said here is no news of the source's, and stays.
    let offer: OfferId = sqlx::query_scalar("select id from offers where source = 'A directory'")
        .fetch_one(&*db)
        .await
        .unwrap();
    let mut here = db.begin().await.unwrap();
    let kept = offers::store::kept(&mut here, offer).await.unwrap().unwrap().offer;
    let from = (kept.state.status(), kept.revision);
    let mut content = kept.content.clone();
    content.place.travel = Some(Text::parse("Bus 12").unwrap());
    let author = Author { by: Line::parse("a test").unwrap(), why: None };
    offers::store::save(&mut here, from, &kept.revised(content), &author, now())
        .await
        .unwrap()
        .unwrap();
    here.commit().await.unwrap();
    let mut changed = service("1", "Clay one and tea");
    changed["fees"] = "£2 per session".into();
    let address = report(&ama, &fields, "feed.json", &feed(&[changed])).await;
    assert_eq!(fates(&told(&db, &address).await), ["changed"]);
    let page = ama.get(&address).await;
    assert!(
        page.body.contains("added: </span> and tea")
            || page.body.contains("added: </span>one and tea")
            || page.body.contains("<ins>"),
        "{}",
        page.body
    );
    import(&ama, &address).await;
    let (title, travel): (String, String) =
        sqlx::query_as("select title, travel from offers where source = 'A directory'")
            .fetch_one(&*db)
            .await
            .unwrap();
    assert_eq!((title.as_str(), travel.as_str()), ("Clay one and tea", "Bus 12"));
}

#[tokio::test]
async fn only_chosen_rows_are_taken_in_and_the_choice_holds_over_pages() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let services: Vec<Value> =
        (1..=120).map(|id| service(&id.to_string(), &format!("Clay {id}"))).collect();
    let address = report(&ama, &[("source", "Many")], "feed.json", &feed(&services)).await;
    let page = ama.get(&address).await;
    assert_eq!(page.body.matches("name=\"shown\"").count(), 100);
    let shown: Vec<String> = (1..=100).map(|number| format!("shown={number}")).collect();
    let kept = ama
        .post(&format!("{address}/choice"), &format!("{}&row=3&row=4&page=2", shown.join("&")))
        .await;
    assert_eq!(kept.header("location"), format!("{address}?fate=&page=2"));
    let rest: Vec<String> = (101..=120).map(|number| format!("shown={number}")).collect();
    let done = ama.post(&format!("{address}/import"), &format!("{}&row=120", rest.join("&"))).await;
    assert!(done.header("location").starts_with("/desk/batches/"), "{}", done.body);
    let titles: Vec<String> =
        sqlx::query_scalar("select title from offers where source = 'Many' order by title")
            .fetch_all(&*db)
            .await
            .unwrap();
    assert_eq!(titles, ["Clay 120", "Clay 3", "Clay 4"]);
}

#[tokio::test]
async fn a_row_that_has_moved_on_since_it_was_looked_at_is_left_out_and_told() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let fields = [("source", "A directory")];
    let address = report(&ama, &fields, "feed.json", &feed(&[service("1", "Clay one")])).await;
    import(&ama, &address).await;
    let file = feed(&[service("1", "Clay anew"), service("2", "Clay two")]);
    let address = report(&ama, &fields, "feed.json", &file).await;
    assert_eq!(fates(&told(&db, &address).await), ["changed", "new"]);
    let offer: OfferId = sqlx::query_scalar("select id from offers where source = 'A directory'")
        .fetch_one(&*db)
        .await
        .unwrap();
    let (_, revision, ..) = stands(&db, offer).await;
    ama.post(&format!("/desk/offers/{offer}/pause"), &format!("revision={revision}")).await;
    let done = import(&ama, &address).await;
    assert_eq!(done.header("location"), address, "its report tells what was left out");
    let rows = told(&db, &address).await;
    assert!(
        rows[0].outcome.as_ref().unwrap().contains("changed here while you looked"),
        "{rows:?}"
    );
    assert_eq!(rows[1].outcome.as_deref(), Some("Imported"));
    assert!(ama.get(&address).await.body.contains("changed here while you looked"));
}

#[tokio::test]
async fn a_coordinator_imports_for_own_boroughs_only_and_nobody_sees_anothers_report() {
    let (db, site) = Site::of_sample().await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(CAMDEN)).await;
    let address = report(&ben, &[], "feed.json", &feed(&[service("1", "Clay one")])).await;
    let rows = told(&db, &address).await;
    assert_eq!(fates(&rows), ["refused"]);
    assert!(rows[0].reasons[0].contains("do not decide for"), "{rows:?}");
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    assert_eq!(ama.get(&address).await.status, StatusCode::NOT_FOUND);
    assert_eq!(import(&ama, &address).await.status, StatusCode::NOT_FOUND);
    let reader = signed_in(&db, &site, "Rea", reader_of(SOUTHWARK)).await;
    assert_eq!(reader.get("/desk/intake").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn new_ones_wait_where_that_was_chosen_and_what_lacks_something_waits_as_a_draft() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let mut bare = service("2", "Something else");
    bare["attributes"] = json!([]);
    bare["description"] = "Come along.".into();
    let fields = [("source", "A directory"), ("new", "wait")];
    let reply =
        send(&ama, &fields, &[("feed.json", &feed(&[service("1", "Clay one"), bare]))]).await;
    let address = ready(&ama, reply.header("location")).await;
    let rows = told(&db, &address).await;
    assert_eq!(fates(&rows), ["new", "incomplete"]);
    assert!(rows[1].reasons.iter().any(|reason| reason.contains("activity")), "{rows:?}");
    import(&ama, &address).await;
    let states: Vec<String> = sqlx::query_scalar(
        "select state from offers where source = 'A directory' order by foreign_id",
    )
    .fetch_all(&*db)
    .await
    .unwrap();
    assert_eq!(states, ["submitted", "draft"]);
}

#[tokio::test]
async fn every_fate_can_be_asked_for_by_itself() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let mut closed = service("2", "Clay two");
    closed["status"] = "defunct".into();
    let address = report(&ama, &[], "feed.json", &feed(&[service("1", "Clay one"), closed])).await;
    for (fate, title, other) in
        [("new", "Clay one", "Clay two"), ("refused", "Clay two", "Clay one")]
    {
        let page = ama.get(&format!("{address}?fate={fate}")).await;
        assert!(page.body.contains(title) && !page.body.contains(other), "{fate}");
    }
    let repaired = ama.get(&format!("{address}?fate=repaired")).await;
    assert!(
        repaired.body.contains("Clay one")
            && repaired.body.contains("Needs: read from its own words")
    );
    for fate in Fate::ALL {
        assert_eq!(
            ama.get(&format!("{address}?fate={}&page=7", fate.code())).await.status,
            StatusCode::OK
        );
    }
}
