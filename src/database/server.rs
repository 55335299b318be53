//! One run of the private Postgres, and the watchdog that ends it with its program.
use std::{fs, os::unix::fs::MetadataExt, process::Stdio, time::Duration};

use anyhow::{Context, Result};
use tokio::{
    io::AsyncWriteExt,
    process::{Child, ChildStdin},
    time::timeout,
};

use super::{find::Programs, folder::Folder};

/// The server's own log, in the folder. It is told to keep what people sent out of it.
pub const LOG: &str = "postgres.log";
/// Becomes the server, whose log is opened with the rights of the server's own user: in a folder of its own
/// that user may turn any name into a link.
const LOGGED: &str = r#"exec "$0" "$@" >> postgres.log 2>&1"#;
const LARGEST_LOG: u64 = 1 << 20;
const STOPS_WITHIN: Duration = Duration::from_secs(60);

/// Whether what is written outlives a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    Durable,
    /// Never for data that matters: for tests, whose data is thrown away.
    Throwaway,
}

/// A running server. However this value or its program ends, the server ends with it.
pub struct Server {
    child: Child,
    watchdog: Child,
    /// Open as long as the program lives: when it closes, the watchdog stops the server.
    leash: Option<ChildStdin>,
}

/// Waits for a word from the program; if there comes none and the program is gone, asks the server to
/// stop. The signals that end a program leave it alone, so that it is there to do so.
const WATCHDOG: &str = r#"trap "" HUP INT TERM; read -r word || kill -INT "$0""#;

const SETTINGS: [&str; 16] = [
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "port=5432",
    "max_connections=60",
    "shared_buffers=128MB",
    "jit=off", // all our queries are short
    "timezone=UTC",
    "cluster_name=fingerpost",
    "logging_collector=off",
    "log_destination=stderr",
    "log_min_messages=warning",
    // Nothing that people sent: no statements, no values of rows.
    "log_statement=none",
    "log_min_error_statement=panic",
    "log_min_duration_statement=-1",
    "log_parameter_max_length_on_error=0",
    "log_error_verbosity=terse",
];

impl Server {
    /// Starts the server's program. It does not answer at once.
    pub fn start(folder: &Folder, programs: &Programs, durability: Durability) -> Result<Self> {
        set_log_aside(folder)?;
        let mut command = folder.command("/bin/sh");
        command.args(["-c", LOGGED]).arg(programs.path("postgres")).arg("-D").arg(folder.cluster());
        let sockets = format!("unix_socket_directories={}", folder.sockets.display());
        let synced = match durability {
            Durability::Durable => "on",
            Durability::Throwaway => "off",
        };
        let synced = ["fsync", "full_page_writes", "synchronous_commit"]
            .map(|setting| format!("{setting}={synced}"));
        for setting in SETTINGS.into_iter().chain([&*sockets]).chain(synced.iter().map(|s| &**s)) {
            command.args(["-c", setting]);
        }
        command.stdin(Stdio::null());
        let child = command.spawn().context("postgres cannot be run")?;

        let mut watchdog = folder.command("/bin/sh");
        watchdog.args(["-c", WATCHDOG, &child.id().unwrap_or_default().to_string()]);
        watchdog.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut watchdog = watchdog.spawn().context("/bin/sh cannot be run")?;
        let leash = watchdog.stdin.take();
        Ok(Self { child, watchdog, leash })
    }

    /// Waits until the server ends by itself, and says how.
    pub async fn ended(&mut self) -> String {
        match self.child.wait().await {
            Ok(status) => status.to_string(),
            Err(cause) => cause.to_string(),
        }
    }

    /// How the server ended, if it has.
    pub fn has_ended(&mut self) -> Result<Option<String>> {
        Ok(self.child.try_wait()?.map(|status| status.to_string()))
    }

    /// Sends the watchdog away after the server has ended, so that it will not signal a process that
    /// meanwhile has the same number.
    pub async fn dismiss(mut self) {
        if let Some(mut leash) = self.leash.take() {
            let _ = leash.write_all(b"ended\n").await; // it may be gone already
        }
        let _ = self.watchdog.wait().await;
    }

    /// Asks the server to finish, as its watchdog would, and waits until it has.
    pub async fn stop(mut self) {
        drop(self.leash.take());
        let _ = self.watchdog.wait().await;
        if timeout(STOPS_WITHIN, self.child.wait()).await.is_err() {
            tracing::error!(
                "The private Postgres did not stop in time; it will recover at the next start"
            );
            let _ = self.child.kill().await;
        }
    }
}

/// A log that is large, or that its writer may not write to, makes room for a new one.
fn set_log_aside(folder: &Folder) -> Result<()> {
    let path = folder.path.join(LOG);
    let Ok(known) = fs::symlink_metadata(&path) else { return Ok(()) };
    if known.len() > LARGEST_LOG || known.uid() != fs::metadata(&folder.path)?.uid() {
        fs::rename(&path, path.with_extension("log.old"))?;
    }
    Ok(())
}
