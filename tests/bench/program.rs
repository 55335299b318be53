//! The program itself, as it is started by hand, on a folder that goes away.
use std::{
    fs::File,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use super::timing::{processor_time, resident};

/// Longer than it waits before it begins.
const FIRST_WORK: Duration = Duration::from_secs(8);

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

    /// Waits until it has done what it does once, some seconds after its start, such as looking for duplicates: that
    /// takes a core of its own, and is over when people come.
    pub fn rests(&self) {
        sleep(FIRST_WORK);
        let used = || processor_time(&self.process.id().to_string());
        let mut before = used();
        loop {
            sleep(Duration::from_secs(3));
            let now = used();
            if now - before < Duration::from_millis(50) {
                return;
            }
            before = now;
        }
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
