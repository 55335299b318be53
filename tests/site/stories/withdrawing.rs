//! Withdrawing a story: at once, by whoever may, and with nothing left of it in the whole database.
use std::{fs, path::Path, process::Command, time::Duration};

use axum::http::StatusCode;
use clap::Parser;
use fingerpost::{
    config::Settings,
    links::{Purpose, Wanted, store},
    mail::{self, deliver::Postman, post::Post},
    text::Email,
};
use tempfile::TempDir;

use super::*;
use crate::{
    describe::empty_site,
    desk::{CAMDEN, SOUTHWARK, coordinator_of, signed_in},
    support::{Database, url},
};

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    settings: Settings,
}

/// Letters become files in this folder.
fn postman(db: &Database, folder: &Path) -> Postman {
    let flags = Flags::try_parse_from(["fingerpost", "--data", folder.to_str().unwrap()]).unwrap();
    let post = Post::open(&flags.settings, &"http://fingerpost.example".parse().unwrap());
    Postman::new((**db).clone(), post.unwrap())
}

/// The letters in it, without the line breaks that they have in their words.
fn letters_in(folder: &Path) -> String {
    let files = fs::read_dir(folder.join("mail")).unwrap();
    let letters = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    letters.collect::<String>().replace("=\r\n", "").replace("=\n", "").to_lowercase()
}

/// All that the database holds, as text.
fn dump(db: &Database) -> String {
    let named = std::env::var_os("FINGERPOST_POSTGRES").map(std::path::PathBuf::from);
    let packaged = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let packaged = packaged.map(|version| version.unwrap().path().join("bin"));
    let mut all: Vec<_> = packaged.collect();
    all.sort();
    let folders = named.into_iter().chain(all.into_iter().rev());
    let program = folders.map(|folder| folder.join("pg_dump")).find(|file| file.exists());
    let program = program.unwrap_or_else(|| "pg_dump".into());
    let made = Command::new(program).arg("--dbname").arg(url(db)).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).unwrap()
}

/// What tells of the story or of anybody in it.
const TRACES: [&str; 6] = [
    "wryneck",
    "Philomena",
    "storyteller.example",
    "told it to Wilhelmina",
    "bittern",
    "too long a street",
];

async fn nothing_is_left(db: &Database, site: &Site, home: &str, folder: &TempDir) {
    let dump = dump(db).to_lowercase();
    let postman = postman(db, folder.path());
    while postman.one(now()).await.unwrap() {}
    let letters = letters_in(folder.path());
    for trace in TRACES.map(str::to_lowercase) {
        assert!(!dump.contains(&trace), "{trace} is left in the database");
        assert!(!letters.contains(&trace), "{trace} is left in a letter's file");
    }
    let counted: i64 =
        sqlx::query_scalar("select count(*) from limits where thing = 'story: email'")
            .fetch_one(&**db)
            .await
            .unwrap();
    assert_eq!(counted, 0, "nor is it known how often this address asked");
    assert!(dump.contains("withdrawn"), "that one was withdrawn stays");
    for page in
        [PAGE, "/stories", "/offers/clay-and-company", "/boroughs/southwark", "/sitemap.xml"]
    {
        assert!(!site.get(page).await.body.contains("wryneck"), "{page}");
    }
    assert_eq!(site.get(home).await.status, StatusCode::NOT_FOUND);
}

/// A story with all that it may have: an offer, letters sent and waiting, a message, edits, a change under way.
async fn rich(db: &Database, site: &Site) -> (StoryId, String, TempDir) {
    let ama = signed_in(db, site, "Ama", coordinator_of(SOUTHWARK)).await;
    let more = [("offers", "/offers/clay-and-company"), ("consent_kept", "told it to Wilhelmina")];
    let (id, home) = waiting(db, site, &more).await;
    let asked = [("decision", "ask"), ("answer", "Philomena lives in too long a street.")];
    assert_eq!(decide(&ama, id, &asked).await.status, StatusCode::SEE_OTHER);
    fill(site, &home, &whole(&more)).await;
    let published = publish(&ama, id, &more).await;
    assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", wrongs(&published));
    let mut draft = whole(&more);
    draft.retain(|(field, _)| !["act", "title"].contains(field));
    draft.extend([("act", "save"), ("title", "A mug with a bittern")]);
    fill(site, &home, &draft).await;
    // Some letters are sent, the others wait.
    let folder = tempfile::tempdir().unwrap();
    let postman = postman(db, folder.path());
    for _ in 0..2 {
        assert!(postman.one(now()).await.unwrap());
    }
    assert!(letters_in(folder.path()).contains("storyteller.example"));
    for page in
        [PAGE, "/stories", "/offers/clay-and-company", "/boroughs/southwark", "/sitemap.xml"]
    {
        assert!(site.get(page).await.body.contains("wryneck"), "{page}");
    }
    let dump = dump(db);
    for trace in TRACES {
        assert!(dump.contains(trace), "{trace} was there");
    }
    (id, home, folder)
}

#[tokio::test]
async fn after_its_teller_takes_it_back_no_table_holds_a_word_or_a_name_of_it() {
    let (db, site) = Site::of_sample().await;
    let (id, home, folder) = rich(&db, &site).await;
    assert_eq!(
        site.get(&format!("{home}/withdrawal")).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    let gone = site.post(&format!("{home}/withdrawal"), "").await;
    assert_eq!(gone.header("location"), "/stories/withdrawn");
    assert!(site.get("/stories/withdrawn").await.body.contains("It is gone"));
    assert_eq!(state(&db, id).await, "withdrawn");
    nothing_is_left(&db, &site, &home, &folder).await;
}

#[tokio::test]
async fn a_letter_that_is_taken_while_its_story_is_withdrawn_leaves_no_link_and_no_file() {
    let (db, site) = Site::of_sample().await;
    let (_, home, folder) = rich(&db, &site).await;
    let mut tx = db.begin().await.unwrap();
    let until = now() + jiff::SignedDuration::from_mins(5);
    let taken = mail::store::take(&mut tx, now(), until).await.unwrap().unwrap();
    let meanwhile = async {
        // The withdrawal waits for this letter by now.
        tokio::time::sleep(Duration::from_millis(500)).await;
        tx.commit().await.unwrap();
    };
    let way_out = format!("{home}/withdrawal");
    let (gone, ()) = tokio::join!(site.post(&way_out, ""), meanwhile);
    assert_eq!(gone.header("location"), "/stories/withdrawn");
    let file = folder.path().join("mail").join(format!("{}-story-published.eml", taken.id));
    fs::write(file, "To: rosa@storyteller.example").unwrap();
    nothing_is_left(&db, &site, &home, &folder).await;
}

#[tokio::test]
async fn a_coordinator_takes_it_back_within_scope_and_the_log_says_only_that() {
    let (db, site) = Site::of_sample().await;
    let (id, home, folder) = rich(&db, &site).await;
    let cara = signed_in(&db, &site, "Cara", coordinator_of(CAMDEN)).await;
    let path = format!("/desk/stories/{id}/decision");
    assert_eq!(cara.post(&path, "decision=withdraw&version=9").await.status, StatusCode::NOT_FOUND);
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let gone = decide(&ben, id, &[("decision", "withdraw")]).await;
    assert_eq!(gone.header("location"), "/desk/stories?done=withdrawn", "{}", wrongs(&gone));
    nothing_is_left(&db, &site, &home, &folder).await;
    assert!(ben.get("/desk/log").await.body.contains("a story that was withdrawn"));
    assert!(ben.get("/desk/stories").await.body.contains("A story was withdrawn"));
    assert_eq!(ben.get(&format!("/desk/stories/{id}")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_looks_after_the_offer_takes_it_back_and_who_looks_after_another_does_not() {
    let (db, site) = Site::of_sample().await;
    let (id, home, folder) = rich(&db, &site).await;
    let own = async |offer: &str, email: &str| {
        sqlx::query(
            "insert into provider_owners (provider_id, email, since)
             select provider, $2, now() from offers where slug = $1",
        )
        .bind(offer)
        .bind(email)
        .execute(&*db)
        .await
        .unwrap();
        let email = Email::parse(email).unwrap();
        let wanted = Wanted { purpose: Purpose::Mine, subject: None, email, mailed: true };
        let mine = Purpose::Mine.path(&store::make(&*db, &wanted, now()).await.unwrap());
        let id: uuid::Uuid = sqlx::query_scalar("select id from offers where slug = $1")
            .bind(offer)
            .fetch_one(&*db)
            .await
            .unwrap();
        format!("{mine}/offers/{id}")
    };
    let other = own("the-mending-bench", "winston@shed.example").await;
    site.post(&format!("{other}/stories/{id}/withdrawal"), "").await;
    assert_eq!(state(&db, id).await, "published", "it is not about theirs");
    let theirs = own("clay-and-company", "dele@clay.example").await;
    assert!(site.get(&theirs).await.body.contains(TITLE));
    let gone = site.post(&format!("{theirs}/stories/{id}/withdrawal"), "").await;
    assert_eq!(gone.header("location"), format!("{theirs}?said=story-withdrawn"));
    nothing_is_left(&db, &site, &home, &folder).await;
}

#[tokio::test]
async fn what_was_never_sent_is_deleted_without_a_trace() {
    let (db, site) = empty_site().await;
    let (_, home) = begun(&db, &site, &[]).await;
    fill(&site, &home, &whole(&[("act", "save")])).await;
    site.post(&format!("{home}/withdrawal"), "").await;
    let left: i64 =
        sqlx::query_scalar("select count(*) from stories").fetch_one(&*db).await.unwrap();
    assert_eq!(left, 0);
    assert!(!dump(&db).contains("storyteller.example"));
}
