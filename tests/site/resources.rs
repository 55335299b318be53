//! Resources: browsed by kind and audience, kept as a file, and their links followed by a command.
use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use axum::http::StatusCode;
use fingerpost::{
    fetching::{Fetcher, Problem},
    imports::{ImportOptions, Kept},
    resources::{
        Found, Resource,
        checking::{Pace, check},
        csv, store,
    },
};
use jiff::Timestamp;
use sqlx::PgPool;

use crate::support::{self, Program, Site, now};

/// Of each path: the status by HEAD, by GET, and where it leads.
type Answers = HashMap<String, (u16, u16, String)>;

/// A server whose every path answers as told: by HEAD, by GET, and with which address to go on to.
#[derive(Clone)]
struct Server {
    address: SocketAddr,
    answers: Arc<Mutex<Answers>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = Self { address, answers: Arc::default(), asked: Arc::default() };
        let known = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let known = known.clone();
                thread::spawn(move || known.converse(stream.unwrap()));
            }
        });
        server
    }

    fn answers(&self, path: &str, head: u16, get: u16, to: &str) {
        self.answers.lock().unwrap().insert(path.to_owned(), (head, get, to.to_owned()));
    }

    fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    fn converse(&self, mut stream: TcpStream) -> Option<()> {
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let asked = lines.next()?.ok()?;
        while !lines.next()?.ok()?.is_empty() {}
        let (method, path) = asked.strip_suffix(" HTTP/1.1")?.split_once(' ')?;
        self.asked.lock().unwrap().push(format!("{method} {path}"));
        let (head, get, to) = self.answers.lock().unwrap().get(path).cloned()?;
        let status = if method == "HEAD" { head } else { get };
        let to = if to.is_empty() { to } else { format!("location: {to}\r\n") };
        write!(stream, "HTTP/1.1 {status} So\r\n{to}content-length: 0\r\n\r\n").ok()
    }
}

const AT_ONCE: Pace = Pace { at_once: 4, pause: Duration::ZERO };

fn day(day: &str) -> Timestamp {
    format!("{day}T12:00:00Z").parse().unwrap()
}

/// Nothing but these resources, each with its name and address.
async fn only(db: &PgPool, all: &[(&str, String)]) {
    sqlx::query("delete from resources").execute(db).await.unwrap();
    for (slug, address) in all {
        sqlx::query(
            "insert into resources (id, slug, title, kind, audiences, about, address)
             values (gen_random_uuid(), $1, $1, 'tool', '{everybody}', 'A thing.', $2)",
        )
        .bind(slug)
        .bind(address)
        .execute(db)
        .await
        .unwrap();
    }
}

async fn one(db: &PgPool, slug: &str) -> Resource {
    let all = store::every(db).await.unwrap();
    all.into_iter().find(|one| one.slug.as_str() == slug).unwrap()
}

async fn found(db: &PgPool, slug: &str) -> Found {
    one(db, slug).await.checked.unwrap().found
}

#[tokio::test]
async fn an_empty_directory_has_a_first_list_and_says_that_nobody_has_checked_it() {
    let db = support::database().await;
    let site = Site::new(&db).await;
    let page = site.get("/resources").await;
    assert_eq!(page.status, StatusCode::OK);
    for piece in [
        "Creative Health Quality Framework",
        "Warwick-Edinburgh Mental Wellbeing Scales",
        "For: Artists, link workers, those who plan and pay.",
        "Link not checked yet.",
        "href=\"/self-check\"",
    ] {
        assert!(page.body.contains(piece), "{piece}");
    }
    assert!(!page.body.contains("Link checked on"));
    assert!(site.get("/sitemap.xml").await.body.contains("/resources</loc>"));
}

#[tokio::test]
async fn resources_are_browsed_by_kind_and_by_whom_they_are_for() {
    let db = support::database().await;
    let site = Site::new(&db).await;
    let tools = site.get("/resources?kind=tool").await.body;
    assert!(tools.contains("ONS4") && !tools.contains("Creative Health Review"));
    let artists = site.get("/resources?for=artists").await.body;
    assert!(artists.contains("London Arts and Health"));
    assert!(artists.contains("What is the evidence"), "what is for everybody is for artists, too");
    assert!(!artists.contains("Social Prescribing Information Standard"));
    let both = site.get("/resources?kind=framework&for=link_workers").await.body;
    assert!(
        both.contains("1 resource<") && both.contains("Social Prescribing Information Standard")
    );
    assert_eq!(site.get("/resources?kind=%00&for=nobody").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_file_that_was_written_is_read_again_without_a_change_and_a_bad_row_keeps_it_out() {
    let db = support::database().await;
    let site = Site::new(&db).await;
    let folder = support::folder();
    let (path, options) = (folder.path().join("resources.csv"), ImportOptions::default());
    let many = csv::export(&db, Some(&path)).await.unwrap();
    let again = csv::import(&db, &path, &options).await.unwrap();
    assert_eq!((again.unchanged, again.added + again.changed), (many, 0));
    let downloaded = site.get("/resources.csv").await;
    assert_eq!(downloaded.body, std::fs::read_to_string(&path).unwrap());

    let head = csv::COLUMNS.join(",");
    let rows = "wemwbs,New words,tool,everybody,About it.,,,https://warwick.ac.uk/new\n\
                a-new-one,New,evidence,artists; link_workers,About it.,Somebody,2024,example.org/new";
    std::fs::write(&path, format!("{head}\n{rows}\n")).unwrap();
    let outcome = csv::import(&db, &path, &options).await.unwrap();
    assert_eq!((outcome.changed, outcome.added), (1, 1), "{outcome}");
    assert_eq!(one(&db, "a-new-one").await.content.address.as_str(), "https://example.org/new");

    let bad = "x,Title,game,everybody,,,soon,nowhere\ny,T,tool,children,A.,,,https://a.example\n";
    std::fs::write(&path, format!("{head}\n{bad}")).unwrap();
    let outcome = csv::import(&db, &path, &options).await.unwrap();
    assert_eq!(outcome.kept, Kept::Refused);
    let said = outcome.to_string();
    for piece in
        ["kind: Choose what kind", "about: Say in plain words", "year:", "address:", "“children”"]
    {
        assert!(said.contains(piece), "{piece} is not in:\n{said}");
    }
}

#[tokio::test]
async fn links_are_followed_by_head_then_get_and_what_is_found_is_kept() {
    let (db, server) = (support::database().await, Server::start());
    server.answers("/well", 200, 200, "");
    server.answers("/no-head", 405, 200, "");
    server.answers("/old", 301, 301, "/new");
    server.answers("/new", 200, 200, "");
    server.answers("/for-now", 302, 302, "/new");
    server.answers("/robots", 403, 403, "");
    server.answers("/gone", 404, 404, "");
    let names = ["well", "no-head", "old", "for-now", "robots", "gone"];
    only(&db, &names.map(|name| (name, server.at(&format!("/{name}"))))).await;
    let fetcher = Fetcher::new([server.address]);
    check(&db, &fetcher, AT_ONCE, day("2026-08-03")).await.unwrap();
    let asked = server.asked();
    assert!(asked.contains(&"HEAD /well".to_owned()) && !asked.contains(&"GET /well".to_owned()));
    assert!(asked.contains(&"GET /no-head".to_owned()), "{asked:?}");
    assert_eq!(found(&db, "well").await, Found::There);
    assert_eq!(found(&db, "no-head").await, Found::There);
    assert_eq!(found(&db, "for-now").await, Found::There, "it is to be asked there again");
    let Found::Moved(to) = found(&db, "old").await else { panic!("it moved") };
    assert_eq!(to.as_str(), server.at("/new"));
    assert!(matches!(found(&db, "robots").await, Found::KeptOut(_)));
    assert!(matches!(found(&db, "gone").await, Found::Failing { days: 1, .. }));
    let well = one(&db, "well").await.checked.unwrap();
    assert_eq!((well.day().as_str(), well.by.as_str()), ("Monday 3 August 2026", "our link check"));

    let page = Site::new(&db).await.get("/resources").await.body;
    assert!(page.contains("Link checked on Monday 3 August 2026 by our link check."));
    assert!(page.contains("The link did not work when we last tried"));
}

#[tokio::test]
async fn a_link_is_broken_only_after_three_tries_on_different_days() {
    let (db, server) = (support::database().await, Server::start());
    server.answers("/gone", 500, 500, "");
    only(&db, &[("gone", server.at("/gone"))]).await;
    let fetcher = Fetcher::new([server.address]);
    for (on, broken) in [
        ("2026-08-03", false),
        ("2026-08-03", false),
        ("2026-08-03", false),
        ("2026-08-04", false),
        ("2026-08-06", true),
    ] {
        check(&db, &fetcher, AT_ONCE, day(on)).await.unwrap();
        assert_eq!(one(&db, "gone").await.is_broken(), broken, "{on}");
    }
    server.answers("/gone", 200, 200, "");
    check(&db, &fetcher, AT_ONCE, day("2026-08-07")).await.unwrap();
    assert_eq!(found(&db, "gone").await, Found::There, "one success is enough");
}

#[tokio::test]
async fn a_check_reaches_nothing_inside_and_a_new_address_is_not_blamed_for_the_old_one() {
    let (db, server) = (support::database().await, Server::start());
    only(&db, &[("inside", server.at("/secret"))]).await;
    let nobody = Fetcher::new([]);
    assert_eq!(nobody.visit(&server.at("/secret")).await.unwrap_err(), Problem::Private);
    check(&db, &nobody, AT_ONCE, day("2026-08-03")).await.unwrap();
    assert_eq!(server.asked(), [""; 0], "nothing was asked");
    assert!(matches!(found(&db, "inside").await, Found::Failing { .. }));
    sqlx::query("update resources set address = 'https://example.org/'")
        .execute(&*db)
        .await
        .unwrap();
    assert_eq!(one(&db, "inside").await.checked, None);
}

#[tokio::test]
async fn one_server_is_never_asked_two_things_at_once_and_rests_between_them() {
    let (db, server) = (support::database().await, Server::start());
    let paths = ["/a", "/b", "/c"];
    paths.iter().for_each(|path| server.answers(path, 200, 200, ""));
    only(&db, &paths.map(|path| (path.trim_start_matches('/'), server.at(path)))).await;
    let pace = Pace { at_once: 4, pause: Duration::from_millis(200) };
    let began = std::time::Instant::now();
    check(&db, &Fetcher::new([server.address]), pace, now()).await.unwrap();
    assert!(began.elapsed() >= Duration::from_millis(400), "{:?}", began.elapsed());
    assert_eq!(server.asked(), ["HEAD /a", "HEAD /b", "HEAD /c"]);
}

const ANSWERS: &str = "safe-1=not-yet&safe-2=well&creative-1=well&sustainable-1=some-way&realistic-1=not-yet&realistic-2=not-yet";

#[tokio::test]
async fn the_self_check_says_what_to_look_at_first_where_to_read_more_and_can_be_changed() {
    let db = support::database().await;
    let site = Site::new(&db).await;
    let form = site.get("/self-check").await;
    assert_eq!(form.body.matches("<fieldset").count(), 23);
    assert!(
        form.body.contains("We keep nothing") && form.body.contains("Alliance, September 2023")
    );
    let page = site.post("/self-check/answers", ANSWERS).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    let at = |piece: &str| page.body.find(piece).unwrap_or_else(|| panic!("{piece}"));
    let order = [
        "Look at these first",
        ">Realistic<",
        ">Safe<",
        "Then at these",
        ">Sustainable<",
        "You do this well",
        ">Creative<",
        "You did not answer these",
    ];
    let places: Vec<usize> = order.into_iter().map(at).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(page.body.contains("href=\"/guides/when-a-programme-ends\""));
    assert!(page.body.contains("href=\"/describe\""));
    let again = site.post("/self-check/answers", &format!("{ANSWERS}&act=change")).await.body;
    assert_eq!(again.matches(" checked>").count(), 6);
    let nothing = site.post("/self-check/answers", "other=1").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("Answer at least one question"));
}

#[tokio::test]
async fn a_self_check_is_neither_kept_in_any_table_nor_told_to_the_log() {
    let folder = support::folder();
    let mut command = Program::command(folder.path());
    command.env("FINGERPOST_LOG", "trace,sqlx=info").env("FINGERPOST_EMPTY", "true");
    let program = Program::ready(command, folder.path());
    let db =
        sqlx::PgPool::connect_with(support::Private::of(folder.path()).options()).await.unwrap();
    let before = everything(&db).await;
    let said = program.post("/self-check/answers", ANSWERS);
    assert!(said.contains("200"), "{said}");
    assert_eq!(everything(&db).await, before);
    let log = program.said();
    assert!(log.contains("/self-check"), "the log is there:\n{log}");
    for word in ["not-yet", "some-way", "safe-1", "realistic"] {
        assert!(!log.contains(word), "{word} is in the log");
    }
}

/// Every table and what it holds, as text.
async fn everything(db: &PgPool) -> Vec<(String, String)> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.tables
         where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let mut all = Vec::new();
    for table in tables {
        let hash = format!(
            "select count(*) || coalesce(md5(string_agg(t::text, '' order by t::text)), '') from {table} t"
        );
        let held: String =
            sqlx::query_scalar(sqlx::AssertSqlSafe(hash)).fetch_one(db).await.unwrap();
        all.push((table, held));
    }
    all
}
