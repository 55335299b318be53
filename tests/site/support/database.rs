//! One private Postgres for all tests of a run, one database for each test.
use std::{
    fs::{self, Permissions},
    ops::Deref,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
        mpsc as blocking,
    },
    thread,
};

use fingerpost::database::{
    migrate,
    private::{PrivateServer, Sharing},
    server::Durability,
};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tempfile::TempDir;
use tokio::sync::mpsc;

/// An up-to-date database with nothing in it, gone at the end of its test.
pub struct Database {
    pool: PgPool,
    name: String,
}

impl Deref for Database {
    type Target = PgPool;
    fn deref(&self) -> &PgPool {
        &self.pool
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // Only an ended run has nobody who listens, and then the whole server goes.
        let _ = server().leftovers.send(self.name.clone());
    }
}

/// A database of its own for one test.
pub async fn database() -> Database {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let server = server();
    let mut db = PgConnectOptions::connect(&server.administrator).await.unwrap();
    let copy = format!("create database {name} template site owner fingerpost");
    db.execute(AssertSqlSafe(copy)).await.unwrap();
    db.close().await.unwrap();
    let pool = PgPoolOptions::new().max_connections(5);
    let pool = pool.connect_lazy_with(server.options.clone().database(&name));
    Database { pool, name }
}

/// How another program is told to use this database.
pub fn url(db: &PgPool) -> String {
    let options = db.connect_options();
    let socket = options.get_socket().unwrap().display();
    format!("postgres://fingerpost@localhost/{}?host={socket}", options.get_database().unwrap())
}

/// A folder for one test that Postgres' user can reach too, with a path short enough for a socket.
pub fn folder() -> TempDir {
    let folder = tempfile::Builder::new().prefix("fingerpost-test-").tempdir_in("/tmp").unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    folder
}

struct Server {
    administrator: PgConnectOptions,
    options: PgConnectOptions,
    leftovers: mpsc::UnboundedSender<String>,
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let (ready, started) = blocking::channel();
        thread::spawn(move || run(&ready));
        started.recv().unwrap()
    })
}

/// Runs the server in a runtime that outlives each test's own.
#[tokio::main(flavor = "current_thread")]
async fn run(ready: &blocking::Sender<Server>) {
    let folder = folder().keep();
    let mut remover = remove_at_the_end(&folder);
    let opened = PrivateServer::open(&folder, None, Sharing::Alone, Durability::Throwaway);
    let private = opened.await.unwrap();

    let mut db = PgConnectOptions::connect(&private.administrator()).await.unwrap();
    db.execute("create database site owner fingerpost").await.unwrap();
    let site = PgPool::connect_with(private.options().database("site")).await.unwrap();
    migrate(&site).await.unwrap();
    site.close().await;

    let (leftovers, mut ended) = mpsc::unbounded_channel::<String>();
    let (administrator, options) = (private.administrator(), private.options());
    ready.send(Server { administrator, options, leftovers }).unwrap();
    while let Some(name) = ended.recv().await {
        let drop = format!("drop database {name} with (force)");
        db.execute(AssertSqlSafe(drop)).await.unwrap();
    }
    drop(remover.stdin.take());
    remover.wait().unwrap();
}

/// Nothing in a test run is told that it ends, so a shell waits for that: its input closes with us.
fn remove_at_the_end(folder: &Path) -> Child {
    let wait_and_remove = r#"
        trap "" HUP INT TERM
        read -r word
        tries=0
        while [ -e "$0/postgres/data/postmaster.pid" ] && [ $tries -lt 300 ]; do
            tries=$((tries + 1)); sleep 0.1
        done
        rm -rf "$0"
    "#;
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", wait_and_remove]).arg(folder).process_group(0);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().unwrap()
}
