//! The program itself, as it is started by hand, on a folder that goes away.
use std::{
    fs::File,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use super::timing::resident;

pub struct Program {
    process: Child,
    pub address: SocketAddr,
    /// From its start until it answers, its database included.
    pub ready_after: Duration,
}

impl Program {
    /// Serves what is in the folder.
    pub fn serve(data: &Path) -> Self {
        let begun = Instant::now();
        let log = File::create(data.join("log")).unwrap();
        let mut command = command(data, &["serve", "--empty"]);
        command.env("FINGERPOST_LISTEN", "127.0.0.1:0").stdout(Stdio::piped()).stderr(log);
        let mut process = command.spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let ready = lines.map(Result::unwrap).find(|line| line.contains(" ready at http://"));
        let ready = ready.expect("a program that serves");
        let (_, address) = ready.split_once("http://").unwrap();
        let address = address.trim_end_matches('/').parse().unwrap();
        Self { process, address, ready_after: begun.elapsed() }
    }

    /// In mebibytes; its database is another program.
    pub fn resident(&self) -> f64 {
        resident(&self.process.id().to_string())
    }
}

impl Drop for Program {
    /// Asked to end, so that it stops its database.
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.process.id().to_string()).status();
        let _ = self.process.wait();
    }
}

/// `fingerpost sample --offers N`.
pub fn fill(data: &Path, offers: usize) -> Duration {
    let begun = Instant::now();
    let mut command = command(data, &["sample", "--offers", &offers.to_string()]);
    let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(done.success(), "the invented offers could not be loaded");
    begun.elapsed()
}

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fingerpost"));
    command.args(arguments).env("FINGERPOST_DATA", data).env_remove("DATABASE_URL");
    command
}
