//! Parts (b) and (c): the whole page over HTTP, beside a fixed page and the same page drawn by Postgres.
use std::{
    fs::{Permissions, set_permissions},
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router, body::Bytes, extract::State, http::header, middleware::from_fn, response::IntoResponse,
    routing::get,
};
use fingerpost::{
    app::App,
    calendar::civil_now,
    config::PublicUrl,
    database::{
        private::{PrivateServer, Sharing},
        server::Durability,
    },
    offers::OfferId,
    places::{self, Places},
    search::{Ask, Parameters, ask},
    topics::{self, Lexicon},
    web::{Path, Sample, caching, defences, server},
};
use jiff::{Timestamp, civil::Date};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::{net::TcpListener, runtime::Runtime};

use super::{
    addresses, client, program, requests, store,
    timing::{HEADER, Times},
};

const CONNECTIONS: usize = 32;
const FOR: Duration = Duration::from_secs(2);
/// What is compared is measured in turns, since no machine is equally fast all the time.
const TURNS: usize = 7;
/// Postgres alone takes its time: these are fewer searches.
const FOR_POSTGRES: Duration = Duration::from_secs(10);

pub fn measure(offers: usize, rounds: usize) {
    let data = tempfile::Builder::new().prefix("fingerpost-bench-").tempdir().unwrap();
    // The database's user must be able to pass.
    set_permissions(data.path(), Permissions::from_mode(0o755)).unwrap();
    let filled = program::fill(data.path(), offers);
    let program = program::Program::serve(data.path());
    let loaded = program.resident();
    println!(
        "\n{offers} offers over HTTP: invented and copied in {:.1} s, ready {:.2} s after the start, {loaded:.0} MiB",
        filled.as_secs_f64(),
        program.ready_after.as_secs_f64(),
    );

    program.rests();
    let runtime = Runtime::new().unwrap();
    let world = runtime.block_on(World::open(data.path()));
    println!("read from Postgres into the catalogue in {:.2} s", world.load.as_secs_f64());
    let asked = &world.asked;
    let addresses: Vec<String> =
        asked.iter().map(|ask| format!("/offers?{}", ask.parameters.to_query())).collect();

    println!("{HEADER}");
    let alone = client::alone(program.address, &addresses, rounds);
    let size = alone.mean_bytes();
    println!("{}", Times::of(alone.times).line("page, 1 connection"));
    runtime.block_on(store::prepare(&world.db, &world.shown));
    let agreement = store::agreement(&world.db, asked, &world.totals);
    let [filters, places] = runtime.block_on(agreement);
    println!(
        "Postgres finds as many as the catalogue in {} of {} searches by filters alone, {} of {} with a place",
        filters.same, filters.compared, places.same, places.compared
    );
    let postgres = Postgres {
        db: world.db.clone(),
        queries: asked.iter().map(|ask| store::query(&ask.criteria)).collect(),
        size,
        fixed: vec![b' '; size].into(),
    };
    let other = runtime.block_on(postgres.serve());
    let [page, _, fixed] = in_turns([
        ("page, 32 connections", program.address, &addresses),
        ("fixed bytes, 32 connections", other, &["/bare".to_owned()]),
        ("fixed page, 32 connections", other, &["/fixed".to_owned()]),
    ]);
    let held = program.resident();
    let of_fixed = page.iter().zip(&fixed).map(|(page, fixed)| page / fixed).collect();
    let by_postgres: Vec<String> = (0..asked.len()).map(|at| format!("/{at}")).collect();
    let one = client::together(other, &by_postgres, 1, FOR_POSTGRES);
    println!("{}", Times::of(one.times).line("Postgres page, 1"));
    let slow = client::together(other, &by_postgres, CONNECTIONS, FOR_POSTGRES);
    let slow_a_second = slow.a_second();
    println!("{}", Times::of(slow.times).line_at("Postgres page, 32", slow_a_second));
    println!(
        "a page has {size} bytes; {held:.0} MiB afterwards; at 32 connections {:.1} times Postgres, {:.2} of the fixed page",
        median(page) / slow_a_second,
        median(of_fixed)
    );
    world.longest();
    drop(program);
}

/// How many a second of each, turn by turn.
fn in_turns<const N: usize>(all: [(&str, SocketAddr, &[String]); N]) -> [Vec<f64>; N] {
    let (mut times, mut a_second) = ([const { vec![] }; N], [const { vec![] }; N]);
    for at in (0..TURNS).flat_map(|_| 0..N) {
        let (_, host, addresses) = all[at];
        let seen = client::together(host, addresses, CONNECTIONS, FOR);
        a_second[at].push(seen.a_second());
        times[at].extend(seen.times);
    }
    for ((name, ..), (times, a_second)) in all.iter().zip(times.into_iter().zip(&a_second)) {
        println!("{}", Times::of(times).line_at(name, median(a_second.clone())));
    }
    a_second
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// What the program knows, read once more, to understand what is asked.
struct World {
    db: PgPool,
    lexicon: Lexicon,
    places: Arc<Places>,
    today: Date,
    load: Duration,
    asked: Vec<Ask>,
    /// What the catalogue finds for each.
    totals: Vec<usize>,
    /// All that it shows.
    shown: Vec<OfferId>,
}

impl World {
    #[expect(clippy::disallowed_methods, reason = "the program it measures reads the clock too")]
    async fn open(data: &std::path::Path) -> Self {
        let private = PrivateServer::open(data, None, Sharing::Joins, Durability::Durable);
        let db = pool(private.await.unwrap().options());
        let now = Timestamp::now();
        let url: PublicUrl = "http://localhost".parse().unwrap();
        let app = App::open(db.clone(), url, now).await.unwrap();
        let begun = Instant::now();
        app.load(now).await.unwrap();
        let load = begun.elapsed();
        let mut world = Self {
            lexicon: topics::store::lexicon(&db).await.unwrap(),
            places: Arc::new(places::store::load(&db).await.unwrap()),
            today: civil_now(now).date(),
            db,
            load,
            asked: vec![],
            totals: vec![],
            shown: vec![],
        };
        let one = |number| {
            let criteria = requests::mixed(number);
            let parameters = addresses::parameters(number, &criteria, &world.places);
            world.understood(&parameters)
        };
        world.asked = (0..500).map(one).collect();
        let (catalogue, now) = (app.live.catalogue(), civil_now(now));
        let total = |ask: &Ask| catalogue.find(&ask.criteria, now).total;
        world.totals = world.asked.iter().map(total).collect();
        world.shown = catalogue.cards(now).iter().map(|card| card.id).collect();
        world
    }

    fn understood(&self, parameters: &Parameters) -> Ask {
        ask(parameters, &self.lexicon, &self.places, self.today).expect("a sound search")
    }

    /// The longest text that is read at all: 2,000 characters.
    fn longest(&self) {
        let words = "lonely widower who likes making things, can't manage stairs, near Peckham, \
            tuesday mornings, over 65, under £5, knitng and paintng with xyzzy after Christmas ";
        let text: String = words.chars().cycle().take(2_000).collect();
        let parameters = [("q", text.as_str())].into_iter().collect();
        let times = (0..50).map(|_| {
            let begun = Instant::now();
            std::hint::black_box(self.understood(&parameters));
            begun.elapsed()
        });
        println!("{}", Times::of(times.collect()).line("2,000 letters understood"));
    }
}

/// As many connections as there are cores: more would only wait for each other.
fn pool(options: PgConnectOptions) -> PgPool {
    let cores = std::thread::available_parallelism().map_or(4, usize::from);
    let most = u32::try_from(cores).unwrap();
    let pool = PgPoolOptions::new().max_connections(most).acquire_timeout(Duration::from_secs(120));
    // Compiling takes longer than such a query.
    pool.connect_lazy_with(options.options([("jit", "off")]))
}

/// A site of this program's own server, on which Postgres answers; and a page that never changes.
struct Postgres {
    db: PgPool,
    queries: Vec<String>,
    size: usize,
    fixed: Bytes,
}

impl Postgres {
    async fn serve(self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        // Sent as all our pages are: with limits, strict headers, a mark of its content, a line in the log.
        let page_of_ours =
            Router::new().route("/fixed", get(fixed)).layer(from_fn(caching::public));
        let url = "http://localhost".parse().unwrap();
        let site = defences::around(page_of_ours, &Sample::default(), &url)
            .route("/bare", get(fixed))
            .route("/{number}", get(page))
            .with_state(Arc::new(self));
        tokio::spawn(server::serve(listener, site, std::future::pending()));
        address
    }

    /// The answer, and as much more as a page is long.
    fn drawn(&self, answer: &str) -> String {
        let mut page = String::with_capacity(self.size.max(answer.len()));
        page.push_str(answer);
        page.extend(std::iter::repeat_n(' ', self.size.saturating_sub(answer.len())));
        page
    }
}

async fn fixed(State(postgres): State<Arc<Postgres>>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], postgres.fixed.clone())
}

async fn page(
    State(postgres): State<Arc<Postgres>>,
    Path(number): Path<usize>,
) -> impl IntoResponse {
    let answer = store::answer(&postgres.db, &postgres.queries[number]).await;
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], postgres.drawn(&answer))
}
