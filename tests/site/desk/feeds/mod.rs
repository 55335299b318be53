//! Feeds that are followed, over a real server of a test's own.
mod hostile;

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use fingerpost::{
    app::App,
    desk::intake::feeds,
    fetching::{Fetcher, Limits, Problem},
    routes,
};
use serde_json::{Value, json};

use super::{
    intake::{fates, number, ready, send, service, told},
    *,
};
use crate::support::Database;

/// Answers each path as it is told to.
#[derive(Clone)]
struct Server {
    address: SocketAddr,
    answers: Arc<Mutex<Vec<(String, Answer)>>>,
}

#[derive(Clone)]
enum Answer {
    Json(Value),
    To(String),
    /// Bytes without end.
    Endless,
    /// Nothing for a long while.
    Slow,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self { address: listener.local_addr().unwrap(), answers: Arc::default() };
        let known = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let known = known.clone();
                thread::spawn(move || known.converse(stream.unwrap()));
            }
        });
        server
    }

    /// What is asked for by this path, with or without a query, from now on.
    fn answers(&self, path: &str, answer: Answer) {
        let mut all = self.answers.lock().unwrap();
        all.retain(|(known, _)| known != path);
        all.push((path.to_owned(), answer));
    }

    fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn converse(&self, stream: TcpStream) -> Option<()> {
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let asked = lines.next()?.ok()?;
        while !lines.next()?.ok()?.is_empty() {}
        let whole = asked.split(' ').nth(1)?.to_owned();
        let bare = whole.split('?').next()?.to_owned();
        let all = self.answers.lock().unwrap().clone();
        let found = [whole, bare]
            .into_iter()
            .find_map(|path| all.iter().find(|(known, _)| *known == path).cloned());
        let mut out = stream;
        match found.map(|(_, answer)| answer) {
            None => write!(out, "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").ok(),
            Some(Answer::Json(value)) => {
                let body = value.to_string();
                write!(out, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()).ok()
            }
            Some(Answer::To(to)) => {
                write!(out, "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
                    .ok()
            }
            Some(Answer::Endless) => {
                write!(out, "HTTP/1.1 200 OK\r\n\r\n").ok()?;
                while out.write_all(&[b' '; 65_536]).is_ok() {}
                None
            }
            Some(Answer::Slow) => {
                thread::sleep(Duration::from_secs(60));
                None
            }
        }
    }
}

fn fetcher(server: &Server) -> Fetcher {
    Fetcher::new([server.address])
}

#[tokio::test]
async fn what_leads_inside_is_refused_at_once_by_name_and_by_redirect() {
    let server = Server::start();
    let open = Fetcher::new([]);
    for address in [
        server.at("/"),
        format!("http://localhost:{}/", server.address.port()),
        "http://localhost/".to_owned(),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "http://[::1]/".to_owned(),
        "http://[::ffff:127.0.0.1]/".to_owned(),
        "http://10.1.2.3/".to_owned(),
        "http://0x7f000001/".to_owned(),
        "http://2130706433/".to_owned(),
    ] {
        assert_eq!(open.fetch(&address).await.unwrap_err(), Problem::Private, "{address}");
    }
    let trusted = fetcher(&server);
    for inside in
        ["http://169.254.169.254/", "http://127.0.0.1:1/", "//[::1]/x", "http://localhost/"]
    {
        server.answers("/on", Answer::To(inside.to_owned()));
        assert_eq!(
            trusted.fetch(&server.at("/on")).await.unwrap_err(),
            Problem::Private,
            "{inside}"
        );
    }
    server.answers("/on", Answer::To("file:///etc/passwd".to_owned()));
    assert_eq!(trusted.fetch(&server.at("/on")).await.unwrap_err(), Problem::NotAnAddress);
    server.answers("/on", Answer::To("https://ada:x@a.example/".to_owned()));
    assert_eq!(trusted.fetch(&server.at("/on")).await.unwrap_err(), Problem::Credentials);
    assert_eq!(open.fetch("http://8.8.8.8:22/").await.unwrap_err(), Problem::Port);
}

#[tokio::test]
async fn a_name_that_leads_elsewhere_a_moment_later_gains_nothing() {
    let server = Server::start();
    server.answers("/", Answer::Json(json!("first")));
    let asked = Arc::new(Mutex::new(0));
    let (count, outside) = (asked.clone(), server.address);
    let tricky = fetcher(&server).looking_up(Arc::new(move |_, port| {
        let mut count = count.lock().unwrap();
        *count += 1;
        let found = if *count == 1 { outside } else { SocketAddr::from(([127, 0, 0, 1], port)) };
        Box::pin(async move { Ok(vec![found]) })
    }));
    assert_eq!(tricky.fetch("http://rebinding.example/").await.unwrap().bytes, b"\"first\"");
    assert_eq!(*asked.lock().unwrap(), 1, "looked up once, and connected to that");
    assert_eq!(tricky.fetch("http://rebinding.example/").await.unwrap_err(), Problem::Private);
    let mixed = Fetcher::new([]).looking_up(Arc::new(|_, port| {
        let all =
            vec![SocketAddr::from(([8, 8, 8, 8], port)), SocketAddr::from(([10, 0, 0, 1], port))];
        Box::pin(async move { Ok(all) })
    }));
    assert_eq!(mixed.fetch("http://mixed.example/").await.unwrap_err(), Problem::Private);
}

#[tokio::test]
async fn what_is_too_large_too_slow_or_never_ends_is_cut() {
    let server = Server::start();
    let limits = Limits { bytes: 1_000_000, time: Duration::from_millis(700), redirects: 5 };
    let careful = fetcher(&server).within(limits);
    server.answers("/endless", Answer::Endless);
    assert_eq!(
        careful.fetch(&server.at("/endless")).await.unwrap_err(),
        Problem::TooLarge(1_000_000)
    );
    server.answers("/slow", Answer::Slow);
    assert_eq!(careful.fetch(&server.at("/slow")).await.unwrap_err(), Problem::TooSlow);
    server.answers("/round", Answer::To("/round".to_owned()));
    assert_eq!(careful.fetch(&server.at("/round")).await.unwrap_err(), Problem::TooManyRedirects);
    assert_eq!(careful.fetch(&server.at("/none")).await.unwrap_err(), Problem::Status(404));
    server.answers("/there", Answer::Json(json!([])));
    server.answers("/on", Answer::To("/there".to_owned()));
    assert_eq!(careful.fetch(&server.at("/on")).await.unwrap().bytes, b"[]");
}

/// A feed as the standard has it: a list in pages that says little, and each service by itself.
fn publish(server: &Server, services: &[Value]) {
    let bare: Vec<Value> = services
        .iter()
        .map(|one| json!({"id": one["id"], "name": one["name"], "status": "active", "organization": one["organization"]}))
        .collect();
    let pages: Vec<&[Value]> = bare.chunks(2).collect();
    for (number, page) in (1..).zip(&pages) {
        let list = json!({"total_pages": pages.len(), "page_number": number, "contents": page});
        server.answers(&format!("/api/services?page={number}&per_page=50"), Answer::Json(list));
    }
    for one in services {
        server.answers(
            &format!("/api/services/{}", one["id"].as_str().unwrap()),
            Answer::Json(one.clone()),
        );
    }
}

async fn with_feed() -> (Database, App, Site, Server) {
    let (db, _) = Site::of_sample().await;
    let server = Server::start();
    let app = Site::app(&db).await.with(|app| app.fetcher = fetcher(&server));
    app.load(now()).await.unwrap();
    let site = Site::of(routes::site(app.clone()));
    (db, app, site, server)
}

/// Looks at the feed at the desk, and follows it from then on.
async fn followed(db: &PgPool, ama: &Person<'_>, server: &Server, new: &str) -> String {
    let fields = [("address", &*server.at("/api")), ("new", new), ("source", "A feed")];
    let reply = send(ama, &fields, &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    let report = ready(ama, reply.header("location")).await;
    assert!(ama.get(&report).await.body.contains("id=\"follow\""), "{:?}", told(db, &report).await);
    let reply = ama.post(&format!("{report}/following"), "").await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    report
}

async fn fetch(db: &PgPool, app: &App) {
    sqlx::query("update feeds set next_at = now() - interval '1 second'")
        .execute(db)
        .await
        .unwrap();
    let (places, lexicon) = app.words();
    assert!(feeds::due(db, &app.fetcher, (&places, &lexicon), now()).await.unwrap());
}

async fn last(db: &PgPool) -> (String, bool) {
    sqlx::query_as("select last_words, last_well from feeds").fetch_one(db).await.unwrap()
}

#[tokio::test]
async fn a_feed_is_read_page_by_page_and_then_followed_day_by_day() {
    let (db, app, site, server) = with_feed().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let three = [service("1", "Clay one"), service("2", "Clay two"), service("3", "Clay three")];
    publish(&server, &three);
    let report = followed(&db, &ama, &server, "publish").await;
    assert_eq!(fates(&told(&db, &report).await), ["new", "new", "new"]);
    let ours = "select count(*) from offers where source = 'A feed' and state = 'published'";
    assert_eq!(number(&db, ours).await, 0, "following by itself takes nothing in");

    fetch(&db, &app).await;
    assert_eq!(
        last(&db).await,
        ("3 new, 0 changed, 0 unchanged, 0 refused, 0 gone.".to_owned(), true)
    );
    assert_eq!(number(&db, ours).await, 3);
    fetch(&db, &app).await;
    assert_eq!(last(&db).await.0, "0 new, 0 changed, 3 unchanged, 0 refused, 0 gone.");
    assert_eq!(number(&db, "select count(*) from desk_batches where kind = 'feed'").await, 1);

    let mut changed = service("1", "Clay one, and tea");
    changed["fees"] = "£2 per session".into();
    publish(&server, &[changed, service("2", "Clay two")]);
    fetch(&db, &app).await;
    assert_eq!(last(&db).await.0, "0 new, 1 changed, 1 unchanged, 0 refused, 1 gone.");
    assert_eq!(number(&db, ours).await, 3, "what is gone is left to people");
    fetch(&db, &app).await;
    let tasks = ama.get("/desk/tasks").await;
    assert_eq!(
        tasks.body.matches("Clay three</a>").count(),
        1,
        "one task, however often it is missed"
    );

    let task = tasks
        .body
        .split("action=\"/desk/tasks/")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned();
    let kept = ama.post(&format!("/desk/tasks/{task}/keep"), "").await;
    assert_eq!(kept.header("location"), "/desk/tasks?done=kept");
    fetch(&db, &app).await;
    assert!(
        ama.get("/desk/tasks").await.body.contains("id=\"nothing\""),
        "it is not asked about again"
    );

    publish(&server, &[service("1", "Clay one, and tea")]);
    fetch(&db, &app).await;
    let tasks = ama.get("/desk/tasks").await;
    let task = tasks
        .body
        .split("action=\"/desk/tasks/")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned();
    let revision = tasks.body.split("name=\"revision\" value=\"").nth(1).unwrap();
    let revision: u32 = revision.split('"').next().unwrap().parse().unwrap();
    let archive = format!("/desk/tasks/{task}/archive");
    let late = ama.post(&archive, &format!("revision={}", revision - 1)).await;
    assert_eq!(
        late.header("location"),
        "/desk/tasks?done=late",
        "it was another one that they saw"
    );
    assert_eq!(number(&db, ours).await, 3);
    let done = ama.post(&archive, &format!("revision={revision}")).await;
    assert_eq!(done.header("location"), "/desk/tasks?done=archived");
    assert_eq!(number(&db, ours).await, 2);
}

#[tokio::test]
async fn what_a_feed_brings_waits_as_a_task_where_that_was_chosen_and_comes_back_from_gone_by_itself()
 {
    let (db, app, site, server) = with_feed().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    publish(&server, &[service("1", "Clay one"), service("2", "Clay two")]);
    followed(&db, &ama, &server, "wait").await;
    fetch(&db, &app).await;
    let tasks = ama.get("/desk/tasks").await;
    assert_eq!(tasks.body.matches("New from a feed").count(), 2);
    let offer: OfferId = sqlx::query_scalar("select id from offers where foreign_id = '1'")
        .fetch_one(&*db)
        .await
        .unwrap();
    let (state, revision, ..) = stands(&db, offer).await;
    assert_eq!(state, "submitted");
    ama.post(&format!("/desk/offers/{offer}/publish"), &format!("revision={revision}")).await;
    assert_eq!(ama.get("/desk/tasks").await.body.matches("New from a feed").count(), 1);

    publish(&server, &[service("2", "Clay two")]);
    fetch(&db, &app).await;
    assert!(ama.get("/desk/tasks").await.body.contains("Gone from its feed"));
    publish(&server, &[service("1", "Clay one"), service("2", "Clay two")]);
    fetch(&db, &app).await;
    assert!(!ama.get("/desk/tasks").await.body.contains("Gone from its feed"));
}

#[tokio::test]
async fn a_feed_that_fails_changes_nothing_says_why_and_can_be_given_up() {
    let (db, app, site, server) = with_feed().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    publish(&server, &[service("1", "Clay one")]);
    followed(&db, &ama, &server, "publish").await;
    fetch(&db, &app).await;
    server.answers("/api/services?page=1&per_page=50", Answer::Json(json!({"contents": []})));
    fetch(&db, &app).await;
    assert_eq!(last(&db).await, ("The feed is empty. Nothing was changed.".to_owned(), false));
    server.answers(
        "/api/services?page=1&per_page=50",
        Answer::To("http://169.254.169.254/".to_owned()),
    );
    fetch(&db, &app).await;
    let (words, well) = last(&db).await;
    assert!(!well && !words.is_empty(), "{words}");
    assert_eq!(number(&db, "select count(*) from desk_tasks").await, 0);
    let page = ama.get("/desk/intake").await;
    assert!(page.body.contains(&words.replace('\'', "&#39;")), "{words}");
    let stop = page.body.split("action=\"/desk/feeds/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(ama.post(&format!("/desk/feeds/{stop}"), "").await.status, StatusCode::SEE_OTHER);
    sqlx::query("update feeds set next_at = now() - interval '1 hour'")
        .execute(&*db)
        .await
        .unwrap();
    let (places, lexicon) = app.words();
    assert!(!feeds::due(&db, &app.fetcher, (&places, &lexicon), now()).await.unwrap());
}

/// A feed of this account's, and a task about this offer.
pub async fn of(db: &PgPool, account: AccountId, offer: OfferId) -> (uuid::Uuid, uuid::Uuid) {
    let feed: uuid::Uuid = sqlx::query_scalar(
        "insert into feeds (id, account_id, address, source, publish, made_at, next_at)
         values (gen_random_uuid(), $1, 'https://a.example', 'a', false, now(), now()) returning id",
    )
    .bind(account)
    .fetch_one(db)
    .await
    .unwrap();
    let task = sqlx::query_scalar(
        "insert into desk_tasks (id, kind, offer_id, feed_id, words, made_at)
         values (gen_random_uuid(), 'new', $1, $2, 'Look at it.', now()) returning id",
    )
    .bind(offer)
    .bind(feed)
    .fetch_one(db)
    .await
    .unwrap();
    (feed, task)
}
