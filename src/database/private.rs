//! The private Postgres: started by the first program that needs it, kept running, stopped with it.
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use sqlx::{
    ConnectOptions, Connection,
    postgres::{PgConnectOptions, PgSslMode},
};
use tokio::{
    net::UnixStream,
    sync::oneshot,
    task::JoinHandle,
    time::{Instant, sleep},
};

use super::{
    find::Programs,
    folder::{Folder, SOCKET, read_plain},
    server::{Durability, Server},
    store,
};

/// Puts another number into the first line of the server's file of it, if there is one.
const DISOWN: &str = r#"test -f postmaster.pid || exit 0
umask 077
{ echo "$0" && tail -n +2 postmaster.pid; } > postmaster.pid.new && mv postmaster.pid.new postmaster.pid"#;

/// How long a command waits for the server of the program that holds the folder.
const PATIENCE: Duration = Duration::from_secs(60);
const SLOWEST_RETRY: Duration = Duration::from_secs(30);

/// Whether a folder that another program holds will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// No: two sites on one folder are a mistake.
    Alone,
    /// Yes: a command joins the server of the site that runs.
    Joins,
}

/// A private server that answers. Dropping it stops a server that this program started; [`close`]
/// waits until that is done.
///
/// [`close`]: PrivateServer::close
pub struct PrivateServer {
    /// Where its socket is.
    sockets: PathBuf,
    keeping: Option<Keeping>,
}

struct Keeping {
    stop: oneshot::Sender<()>,
    keeper: JoinHandle<()>,
}

impl PrivateServer {
    /// Starts the server of the data folder `data`, or joins the one that runs there. `programs` is
    /// where to look for Postgres' programs, if not in the usual places.
    pub async fn open(
        data: &Path,
        programs: Option<&Path>,
        sharing: Sharing,
        durability: Durability,
    ) -> Result<Self> {
        let folder = Folder::prepare(data)?;
        let gives_up = Instant::now() + PATIENCE;
        loop {
            if let Some(held) = folder.hold()? {
                return Self::own(folder, held, programs, durability).await;
            }
            if sharing == Sharing::Alone {
                bail!(
                    "Another Fingerpost is already using the folder {}. \
                     Stop it first, or start this one with another folder in FINGERPOST_DATA.",
                    data.display()
                );
            }
            for sockets in folder.listening() {
                if PgConnectOptions::connect(&as_site(&sockets)).await.is_ok() {
                    return Ok(Self { sockets, keeping: None });
                }
            }
            if Instant::now() > gives_up {
                bail!(
                    "Another program is using the folder {}, but its database does not answer.",
                    data.display()
                );
            }
            sleep(Duration::from_millis(200)).await;
        }
    }

    /// How the program signs in: the owner of its own database, with no other rights.
    pub fn options(&self) -> PgConnectOptions {
        as_site(&self.sockets)
    }

    /// How the site signs in while it runs: as one who owns nothing.
    pub fn lesser(&self) -> PgConnectOptions {
        as_site(&self.sockets).username(store::LESSER)
    }

    /// How the server's administrator signs in.
    pub fn administrator(&self) -> PgConnectOptions {
        as_administrator(&self.sockets)
    }

    /// Stops the server if this program started it, and waits until all is written.
    pub async fn close(self) {
        if let Some(Keeping { stop, keeper }) = self.keeping {
            // Either may be gone already, if the runtime is ending: then the server is stopping.
            let _ = stop.send(());
            let _ = keeper.await;
        }
    }

    async fn own(
        folder: Folder,
        held: File,
        programs: Option<&Path>,
        durability: Durability,
    ) -> Result<Self> {
        let made_by = match read_plain(&folder.cluster().join("PG_VERSION")) {
            Ok(version) => Some(version.trim().parse().context("PG_VERSION is no number")?),
            Err(_) => None,
        };
        let programs = Programs::find(programs, made_by)?;
        let keeper = Keeper { folder: folder.clone(), programs, durability, _held: held };
        let server = keeper.start().await?;
        let mut db = PgConnectOptions::connect(&as_administrator(&folder.sockets)).await?;
        store::ensure_own_database(&mut db).await?;
        db.close().await?;

        let (stop, stopped) = oneshot::channel();
        let keeper = tokio::spawn(keeper.keep(server, stopped));
        Ok(Self { sockets: folder.sockets, keeping: Some(Keeping { stop, keeper }) })
    }
}

/// Holds the folder, and starts the server again whenever it ends.
struct Keeper {
    folder: Folder,
    programs: Programs,
    durability: Durability,
    _held: File,
}

impl Keeper {
    async fn keep(self, mut server: Server, mut stop: oneshot::Receiver<()>) {
        loop {
            tokio::select! {
                _ = &mut stop => return server.stop().await,
                how = server.ended() => {
                    tracing::warn!(how, "The private Postgres has ended; starting it again");
                }
            }
            server.dismiss().await;
            server = tokio::select! {
                _ = &mut stop => return,
                server = self.start_again() => server,
            };
            tracing::info!("The private Postgres is back");
        }
    }

    async fn start_again(&self) -> Server {
        let mut wait = Duration::from_millis(250);
        loop {
            match self.start().await {
                Ok(server) => return server,
                Err(cause) => tracing::error!("{cause:#}"),
            }
            sleep(wait).await;
            wait = (wait * 2).min(SLOWEST_RETRY);
        }
    }

    /// Starts the server whatever a sudden end has left behind.
    async fn start(&self) -> Result<Server> {
        let cluster = self.folder.cluster();
        if !cluster.join("PG_VERSION").exists() {
            self.make_cluster().await?;
        }
        self.end_former_server().await?;
        let mut server = Server::start(&self.folder, &self.programs, self.durability)?;
        let mut told = Instant::now();
        loop {
            let answer = PgConnectOptions::connect(&as_administrator(&self.folder.sockets)).await;
            if let Ok(db) = answer {
                let _ = db.close().await; // it has answered, which was the question
                return Ok(server);
            }
            if let Some(how) = server.has_ended()? {
                server.dismiss().await;
                bail!("The private Postgres did not start ({how}). {}", self.last_words());
            }
            if told.elapsed() > Duration::from_secs(5) {
                tracing::info!("The private Postgres is still starting");
                told = Instant::now();
            }
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Made beside its place and moved there when complete, so that half a cluster is never taken for one.
    async fn make_cluster(&self) -> Result<()> {
        tracing::info!(folder = %self.folder.path.display(), "Making a private Postgres");
        let unfinished = self.folder.path.join("data.new");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        let mut initdb = self.folder.command(self.programs.path("initdb"));
        initdb.arg("--pgdata").arg(&unfinished).args([
            "--username=postgres",
            "--encoding=UTF8",
            "--auth-local=trust", // the socket's folder lets in nobody else
            "--auth-host=reject",
            "--no-instructions",
        ]);
        initdb.arg(if cfg!(target_os = "macos") {
            "--locale=en_GB.UTF-8" // macOS has no C.UTF-8
        } else {
            "--locale=C.UTF-8"
        });
        if self.durability == Durability::Throwaway {
            initdb.arg("--no-sync");
        }
        let made = initdb.kill_on_drop(true).output().await.context("initdb cannot be run")?;
        if !made.status.success() {
            bail!(
                "The private Postgres could not be made: {}",
                String::from_utf8_lossy(&made.stderr).trim()
            );
        }
        fs::rename(&unfinished, self.folder.cluster())?;
        Ok(())
    }

    /// This program holds the folder: a server that still runs here has lost its program, and what
    /// else is here are remains.
    async fn end_former_server(&self) -> Result<()> {
        for sockets in self.folder.listening() {
            let socket = sockets.join(SOCKET);
            if UnixStream::connect(&socket).await.is_ok() {
                tracing::info!("Stopping a private Postgres that was left running");
                let mut stop = self.folder.command(self.programs.path("pg_ctl"));
                stop.args(["stop", "--wait", "--silent", "--mode=fast", "--timeout=120"]);
                // Fails when the server ends by itself meanwhile, which is as well.
                stop.arg("--pgdata").arg(self.folder.cluster()).output().await?;
            }
            // With the rights of the server's user, who may have made the folder a link by now.
            let mut remains = self.folder.command("/bin/rm");
            remains.arg("-f").args([socket.clone(), socket.with_extension("5432.lock")]);
            let _ = remains.status().await; // mostly there are none
        }
        self.disown_process_number().await
    }

    /// After a restart of the machine the number of the former server may be another process's, and
    /// then Postgres would refuse to start. It ignores its own parent's number, which is ours; the
    /// rest of the file stays, by which it sees former workers that still touch the data.
    ///
    /// Done with the rights of the server's user, who may turn any name in its folder into a link.
    async fn disown_process_number(&self) -> Result<()> {
        let mut disown = self.folder.command("/bin/sh");
        disown.args(["-c", DISOWN, &std::process::id().to_string()]);
        let done = disown.current_dir(self.folder.path.join("data")).status().await;
        ensure!(
            done.context("/bin/sh cannot be run")?.success(),
            "postmaster.pid cannot be written"
        );
        Ok(())
    }

    /// The last complaint in the server's log.
    fn last_words(&self) -> String {
        let log = fs::read(self.folder.path.join(super::server::LOG)).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let fatal = log.lines().rev().find(|line| line.contains("FATAL") || line.contains("PANIC"));
        fatal.unwrap_or_default().to_owned()
    }
}

fn as_administrator(sockets: &Path) -> PgConnectOptions {
    at_socket(sockets).username("postgres").database("postgres")
}

fn as_site(sockets: &Path) -> PgConnectOptions {
    at_socket(sockets).username("fingerpost").database("fingerpost")
}

fn at_socket(sockets: &Path) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(sockets)
        .port(5432)
        .ssl_mode(PgSslMode::Disable)
        .application_name("fingerpost")
}
