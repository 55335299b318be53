//! The way out: it erases everything, and nothing but its button does.
use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    process::Command,
};

use axum::http::{Request, StatusCode, header};
use clap::Parser;
use fingerpost::{
    config::Settings,
    database::find::Programs,
    link_workers::year,
    mail::{deliver::Postman, post::Post},
    pictures::Pictures,
    routes,
};
use image::{ImageFormat, RgbImage};
use jiff::SignedDuration;
use tempfile::TempDir;

use super::*;
use crate::{
    describe::empty_site,
    networks::{ROWS, import},
    support::{Database, database, url},
};

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    settings: Settings,
}

/// A site whose letters and pictures are files in one folder.
struct World {
    folder: TempDir,
    db: Database,
    site: Site,
    pictures: Pictures,
    postman: Postman,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = database().await;
        import(&db, &ROWS, "01Jan2026").await;
        let pictures = Pictures::in_folder(&folder.path().join("pictures")).unwrap();
        let app = Site::app(&db).await.with(|app| app.pictures = pictures.clone());
        app.load(now()).await.unwrap();
        let data = folder.path().to_str().unwrap();
        let flags = Flags::try_parse_from(["fingerpost", "--data", data]).unwrap();
        let post = Post::open(&flags.settings, &"http://fingerpost.example".parse().unwrap());
        let postman = Postman::new(db.clone(), post.unwrap());
        Self { folder, site: Site::of(routes::site(app)), db, pictures, postman }
    }

    /// All letters that are due.
    async fn post_goes(&self) {
        while self.postman.one(now()).await.unwrap() {}
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut open = vec![self.folder.path().to_owned()];
        let mut files = Vec::new();
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { open.push(path) } else { files.push(path) }
            }
        }
        files
    }

    /// The private link in the latest letter of a kind.
    fn mailed(&self, kind: &str) -> String {
        let mut letters = self.files();
        letters.retain(|file| file.to_str().unwrap().ends_with(&format!("-{kind}.eml")));
        letters.sort();
        let letter = plain(letters.last().unwrap_or_else(|| panic!("no letter {kind}")));
        let start = letter.find("/link-worker/").unwrap();
        letter[start..start + "/link-worker/".len() + 32].to_owned()
    }

    /// Where something of her is: in tables, in files, on pages.
    async fn traces(&self, pages: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        for (line, words) in dump(&self.db).lines().enumerate().filter(|(_, line)| is_of_her(line))
        {
            found.push(format!("line {line} of the dump: {words}"));
        }
        for file in self.files() {
            if is_of_her(&plain(&file)) {
                found.push(file.display().to_string());
            }
        }
        for page in pages {
            let reply = self.site.get(page).await;
            if is_of_her(&reply.body) {
                found.push((*page).to_owned());
            }
        }
        found
    }
}

/// A file without the line breaks that letters have in their words.
fn plain(file: &Path) -> String {
    let bytes = fs::read(file).unwrap();
    String::from_utf8_lossy(&bytes).replace("=\r\n", "").replace("=3D", "=")
}

/// Her name, where letters go, what she shows, her number: as they are and as bytes are written out.
fn is_of_her(words: &str) -> bool {
    let words = words.to_lowercase();
    ["threlkeld", AMA, SHOWN, PHONE, "2079460199", "447946", "+442079460199"].iter().any(|piece| {
        let hex: String = piece.bytes().map(|byte| format!("{byte:02x}")).collect();
        words.contains(piece) || words.contains(&hex)
    })
}

fn dump(db: &PgPool) -> String {
    let program = Programs::find(None, None).unwrap().path("pg_dump");
    let said = Command::new(program).arg(format!("--dbname={}", url(db))).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).unwrap()
}

async fn sends_photograph(site: &Site, home: &str) {
    let mut image = Cursor::new(Vec::new());
    RgbImage::new(600, 400).write_to(&mut image, ImageFormat::Jpeg).unwrap();
    let head = "--border\r\nContent-Disposition: form-data; name=\"photograph\"; filename=\"ama.threlkeld.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
    let body = [head.as_bytes(), &image.into_inner(), b"\r\n--border--\r\n"].concat();
    let request = Request::post(format!("{home}/photograph"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=border");
    let (reply, _) = site.send_bytes(request, body).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
}

/// Whatever is public and could name somebody.
const PAGES: [&str; 12] = [
    "/",
    "/link-workers",
    "/boroughs/southwark",
    "/boroughs/southwark/link-workers",
    "/boroughs/southwark/feed.atom",
    "/boroughs/southwark/figures.csv",
    "/networks/U11111",
    "/find-your-network?practice=A00001",
    "/find-your-network?q=lister+surgery",
    "/offers.json",
    "/sitemap.xml",
    "/offers",
];

#[tokio::test]
async fn after_a_whole_life_and_its_withdrawal_no_table_no_file_and_no_page_holds_anything_of_them()
{
    let world = World::new().await;
    let (db, site) = (&*world.db, &world.site);
    site.post("/link-workers/join", &form(&[("email", AMA)])).await;
    world.post_goes().await;
    let home = world.mailed("link-worker-join");
    let reply = writes(site, &home, &but(&[("networks", "U11111"), ("borough", "")])).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    sends_photograph(site, &home).await;
    agrees(site, &home).await;
    let id = id_of(db, AMA).await.unwrap();
    is_checked(db, site, id).await;
    world.post_goes().await;
    let photograph = format!("/link-workers/{id}/photograph/small.webp");
    assert_eq!(site.get(&photograph).await.status, StatusCode::OK);
    // Another draft with another photograph, a professional who asks, and the letter of the year.
    writes(site, &home, &but(&[("employer", "The Threlkeld Trust")])).await;
    sends_photograph(site, &home).await;
    let contact = format!("/link-workers/{id}/contact");
    site.post(&contact, &form(&[("email", "nurse@nhs.net")])).await;
    let later = now() + SignedDuration::from_hours(24 * 340);
    year::pass(db, &world.pictures, later).await.unwrap();
    world.post_goes().await;
    // One letter waits still when she goes.
    site.post("/link-workers/join", &form(&[("email", AMA)])).await;

    let before = world.traces(&PAGES).await;
    for place in ["of the dump: ", ".eml", "/networks/U11111", "/find-your-network?practice"] {
        assert!(before.iter().any(|one| one.contains(place)), "{place} is not in {before:#?}");
    }
    let webps = || world.files().iter().filter(|file| file.extension().unwrap() == "webp").count();
    assert_eq!(webps(), 6, "three sizes each of what is seen and of what is not agreed yet");

    let way_out = format!("{}/withdrawal", world.mailed("link-worker-yearly"));
    let done = site.post(&way_out, "List-Unsubscribe=One-Click").await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    world.post_goes().await;

    let after = world.traces(&PAGES).await;
    assert!(after.is_empty(), "{after:#?}");
    assert_eq!(webps(), 0, "no photograph either");
    let rows: i64 =
        sqlx::query_scalar("select count(*) from pictures").fetch_one(db).await.unwrap();
    assert_eq!(rows, 0);
    for page in [&photograph, &contact, &home, &way_out] {
        assert_eq!(site.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    let links: i64 = sqlx::query_scalar("select count(*) from links where purpose = 'link_worker'")
        .fetch_one(db)
        .await
        .unwrap();
    assert_eq!(links, 0, "nor who asked how to reach her");
    let cem = signed_in(db, site, "Cem", coordinator_of(SOUTHWARK)).await;
    let log = cem.get("/desk/log").await.body;
    assert!(log.contains("a link worker who has withdrawn") && !is_of_her(&log), "{log}");
}

#[tokio::test]
async fn a_letter_that_is_written_while_somebody_withdraws_leaves_no_file() {
    let world = World::new().await;
    world.site.post("/link-workers/join", &form(&[("email", AMA)])).await;
    // Taken by somebody, and erased before it is sent.
    let mut tx = world.db.begin().await.unwrap();
    let until = now() + SignedDuration::from_mins(5);
    let taken = fingerpost::mail::store::take(&mut tx, now(), until).await.unwrap();
    tx.commit().await.unwrap();
    assert!(taken.is_some());
    let id = id_of(&world.db, AMA).await.unwrap();
    let home = link_at(&world.db, id, AMA, now()).await;
    world.site.post(&format!("{home}/withdrawal"), "").await;
    let mail = world.folder.path().join("mail");
    fs::create_dir_all(&mail).unwrap();
    fs::write(mail.join(format!("{}-link-worker-join.eml", taken.unwrap().id)), AMA).unwrap();
    world.post_goes().await;
    assert_eq!(world.traces(&[]).await, [""; 0]);
}

#[tokio::test]
async fn opening_the_way_out_changes_nothing_and_pressing_it_twice_neither() {
    let (db, site) = empty_site().await;
    let (id, home) = is_listed(&db, &site).await;
    let way_out = format!("{home}/withdrawal");
    for _ in 0..3 {
        assert_eq!(site.get(&way_out).await.status, StatusCode::OK);
        site.head(&way_out).await;
    }
    assert_eq!(state(&db, id).await.as_deref(), Some("listed"));
    let foreign = Request::post(&way_out).header("sec-fetch-site", "cross-site");
    assert_eq!(site.send(foreign, "").await.status, StatusCode::FORBIDDEN);
    assert_eq!(state(&db, id).await.as_deref(), Some("listed"));
    assert!(site.post(&way_out, "").await.body.contains("id=\"gone\""));
    assert_eq!(state(&db, id).await, None);
    assert_eq!(site.post(&way_out, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_photograph_that_is_replaced_or_taken_away_goes_at_once() {
    let world = World::new().await;
    let (_, home) = joins(&world.db, &world.site).await;
    writes(&world.site, &home, &WRITTEN).await;
    let webps = || world.files().iter().filter(|one| one.extension().unwrap() == "webp").count();
    sends_photograph(&world.site, &home).await;
    sends_photograph(&world.site, &home).await;
    assert_eq!(webps(), 3);
    let away =
        "--border\r\nContent-Disposition: form-data; name=\"away\"\r\n\r\nyes\r\n--border--\r\n";
    let request = Request::post(format!("{home}/photograph"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=border");
    world.site.send(request, away).await;
    assert_eq!(webps(), 0);
    assert!(!world.site.get(&home).await.body.contains("<img src=\"/link-worker"));
}
