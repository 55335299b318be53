//! Whatever anybody types, there is an answer, soon, and nobody remembers it.
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use axum::http::Uri;
use fingerpost::{routes, web::server};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime,
    sync::oneshot,
};

use crate::support::{self, Private, Program, Site, encoded, eventually, now};

/// Far more than any page needs, also in a test run with every core busy.
const SOON: Duration = Duration::from_secs(2);

const NAMES: [&str; 28] = [
    "q",
    "near",
    "within",
    "need",
    "activity",
    "borough",
    "audience",
    "access",
    "delivery",
    "cost",
    "max_price",
    "day",
    "part",
    "from",
    "to",
    "age",
    "language",
    "joining",
    "places",
    "sort",
    "page",
    "plain",
    "chosen",
    "colour",
    "offer",
    "in",
    "",
    "Q",
];

const VALUES: [&str; 44] = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "2",
    "500",
    "501",
    "4294967296",
    "1e309",
    "NaN",
    "inf",
    "-0",
    "0.5",
    "5-",
    "-5",
    "13-17",
    "999-1000",
    "65-",
    "2026-02-30",
    "9999-12-31",
    "-9999-01-01",
    "0000-00-00",
    "today",
    "today+99999999999",
    "not-",
    "not-monday",
    "not-online",
    "tuesday",
    "weekend",
    "loneliness",
    "pottery",
    "hackney",
    "E09000012",
    "SE15",
    "SE15 4QL",
    "near near near",
    "free",
    "step-free",
    "bn",
    "drop-in",
    "nearest",
    "soonest",
    "under £5 not not not in march after christmas next to next week",
];

/// As it stands in an address, broken or not.
fn value() -> impl Strategy<Value = String> {
    let broken =
        ["%", "%z", "%zz", "%00", "%ff%fe", "%c3%28", "%ed%a0%80", "&&&", "===", "+%20+", "%25%25"];
    prop_oneof![
        4 => prop::sample::select(&VALUES[..]).prop_map(encoded),
        2 => prop::sample::select(broken.to_vec()).prop_map(str::to_owned),
        3 => any::<String>().prop_map(|typed| encoded(&typed)),
        2 => "[a-z0-9'\u{2019}£, .;:!?-]{0,80}".prop_map(|typed| encoded(&typed)),
        1 => (any::<char>(), 1..2_100_usize).prop_map(|(sign, times)| encoded(&sign.to_string().repeat(times.min(2_100)))),
        1 => ("[a-z]{1,9} ?", 1..400_usize).prop_map(|(word, times)| encoded(&word.repeat(times))),
    ]
}

fn address() -> impl Strategy<Value = String> {
    let page = prop_oneof![
        6 => Just("/offers".to_owned()),
        4 => Just("/offers.json".to_owned()),
        1 => Just("/about/search-data".to_owned()),
        2 => Just("/map".to_owned()),
        2 => Just("/calendar.ics".to_owned()),
        2 => value().prop_map(|name| format!("/offers/{}/calendar.ics", name.replace("&&&", "&"))),
        2 => (prop::sample::select(vec!["offers", "boroughs", "activities", "needs", "providers"]), value())
            .prop_map(|(folder, name)| format!("/{folder}/{}", name.replace("&&&", "&"))),
    ];
    let parameter = || {
        let name = prop::sample::select(&NAMES[..]);
        (name, value()).prop_map(|(name, value)| format!("{name}={value}"))
    };
    let once = prop::collection::vec(parameter(), 0..9).prop_map(|all| all.join("&"));
    let often = (parameter(), 2..500_usize).prop_map(|(one, times)| vec![one; times].join("&"));
    let query = prop_oneof![12 => once, 1 => often];
    (page, query)
        .prop_map(|(page, query)| format!("{page}?{query}"))
        .prop_filter("an address has an end", |address| address.parse::<Uri>().is_ok())
}

#[test]
fn no_address_makes_a_page_fail_or_take_long() {
    let runtime = runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (_db, site) = runtime.block_on(Site::of_sample());
    let config = Config { cases: 2_000, failure_persistence: None, ..Config::default() };
    let tried = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    )
    .run(&address(), |address| {
        let started = Instant::now();
        let reply = runtime.block_on(site.get(&address));
        let (status, took) = (reply.status.as_u16(), started.elapsed());
        prop_assert!(status < 500, "{} on {}", status, address);
        prop_assert!(took < SOON, "{:?} for {}", took, address);
        prop_assert!(
            [200, 303, 308, 400, 404, 410, 422].contains(&status),
            "{} on {}",
            status,
            address
        );
        Ok(())
    });
    if let Err(failed) = tried {
        panic!("{failed}");
    }
}

#[tokio::test]
async fn long_and_strange_searches_are_answered_in_time() {
    let (_db, site) = Site::of_sample().await;
    let long =
        |piece: &str, length: usize| -> String { piece.chars().cycle().take(length).collect() };
    for typed in [
        long("a", 2_000),
        long("lonely widower, can't manage stairs, SE15, ", 2_000),
        long("not not near near in ", 2_000),
        long("under £", 2_000),
        long("knitng ", 2_000),
        long("\u{202e}\u{0301}\u{200d}👩‍🦽é", 2_000),
        long("ﷺ", 2_000),
        long("\u{0}", 2_000),
        long("1 2 3 4 5 6 7 8 9 0 ", 2_000),
        long("tuesday or wednesday and ", 2_000),
        long("E8 4RP SE15 ", 2_000),
        long("abcdefgh ", 10_000),
        long("a", 60_000),
    ] {
        for page in ["/offers", "/offers.json"] {
            let address = format!("{page}?q={}", encoded(&typed));
            if address.parse::<Uri>().is_err() {
                continue;
            }
            let started = Instant::now();
            let reply = site.get(&address).await;
            let start: String = typed.chars().take(20).collect();
            let fits = typed.trim().chars().count() <= 2_000;
            let expected = if fits { 200 } else { 422 };
            assert_eq!(reply.status, expected, "{page}: {start}");
            assert!(started.elapsed() < SOON, "{page}: {start} took {:?}", started.elapsed());
        }
    }
}

#[tokio::test]
async fn a_name_that_is_repeated_five_hundred_times_is_told() {
    let (_db, site) = Site::of_sample().await;
    for name in NAMES {
        let query = vec![format!("{name}=1"); 500].join("&");
        let reply = site.get(&format!("/offers.json?{query}")).await;
        assert_eq!(reply.status, 422, "{name}: {}", reply.body);
        let page = site.get(&format!("/offers?{query}")).await;
        assert_eq!(page.status, 422, "{name}");
        assert!(page.body.contains("more than 100 things at once"), "{name}");
    }
}

#[tokio::test]
async fn a_hundred_thousand_characters_are_turned_away_at_the_door() {
    let db = support::database().await;
    let app = Site::app(&db).await;
    app.load(now()).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async { stopped.await.unwrap_or_default() };
    let serving = tokio::spawn(server::serve(listener, routes::site(app), stopped));
    let ask = async |length: usize| {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let long = "a".repeat(length);
        let head =
            format!("GET /offers?q={long} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n");
        // Whoever is turned away may find the door shut while still talking.
        let _ = stream.write_all(head.as_bytes()).await;
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply).await;
        String::from_utf8_lossy(&reply).lines().next().unwrap_or_default().to_owned()
    };
    let refused = ask(100_000).await;
    let told = ["", "HTTP/1.1 431 Request Header Fields Too Large", "HTTP/1.1 414 URI Too Long"];
    assert!(told.contains(&refused.as_str()), "{refused}");
    assert_eq!(ask(2_000).await, "HTTP/1.1 200 OK");
    drop(stop);
    serving.await.unwrap();
}

/// Every file below a folder that holds these words.
fn files_with(words: &str, folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(words, &path));
        } else if let Ok(bytes) = fs::read(&path)
            && bytes.windows(words.len()).any(|some| some == words.as_bytes())
        {
            found.push(path);
        }
    }
    found
}

#[test]
fn what_was_searched_for_reaches_no_log_at_any_level_and_nothing_on_disk() {
    const TYPED: &str = "zqxwidower";
    let folder = support::folder();
    let mut command = Program::command(folder.path());
    command.env("FINGERPOST_LOG", "trace,sqlx=trace,hyper=trace,hyper_util=trace");
    let program = Program::ready(command, folder.path());
    for path in [
        "/offers?q=",
        "/offers.json?q=",
        "/offers?near=",
        "/offers.json?near=",
        "/offers?chosen=1&q=",
        "/offers?page=",
        "/offers.json?colour=",
        "/offers?",
        "/offers/",
        "/boroughs/",
        "/activities/",
        "/needs/",
        "/providers/",
        "/nowhere/",
        "/?",
    ] {
        let status = program.get(&format!("{path}{TYPED}+in+Hackney"));
        assert!(!status.contains(" 5") && status.starts_with("HTTP/1.1 "), "{path}: {status}");
    }
    eventually(|| program.said().contains("page=\"(none)\""));
    let log = program.said();
    assert!(log.contains("page=\"/offers\"") && log.contains("DEBUG"), "the log is heard");
    let told = log.lines().find(|line| line.contains(TYPED));
    assert_eq!(told, None);

    let private = Private::of(folder.path());
    assert!(!files_with("Lantern Yard", private.place()).is_empty(), "the files are read");
    assert_eq!(files_with(TYPED, private.place()), Vec::<PathBuf>::new());
    assert_eq!(files_with(TYPED, folder.path()), Vec::<PathBuf>::new());
}
