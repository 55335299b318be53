//! The program itself, started as people start it.
use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use sqlx::postgres::PgConnectOptions;

const PATIENCE: Duration = Duration::from_secs(90);

/// A running program. Ended without ceremony when its test ends.
pub struct Program {
    child: Child,
    said: PathBuf,
    address: String,
}

impl Program {
    /// The program with nothing set but its folder.
    pub fn command(folder: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fingerpost"));
        for name in [
            "DATABASE_URL",
            "FINGERPOST_URL",
            "FINGERPOST_LOG",
            "FINGERPOST_POSTGRES",
            "FINGERPOST_SMTP",
            "FINGERPOST_MAIL_FROM",
        ] {
            command.env_remove(name);
        }
        command.env("FINGERPOST_LISTEN", "127.0.0.1:0").env("FINGERPOST_DATA", folder.join("var"));
        command.stdin(Stdio::null());
        command
    }

    /// Starts a command without waiting for anything. What it says is kept in `folder`.
    pub fn spawn(mut command: Command, folder: &Path) -> Self {
        let said = folder.join(format!("said-{}.txt", fs::read_dir(folder).unwrap().count()));
        command.stdout(Stdio::piped()).stderr(File::create(&said).unwrap());
        Self { child: command.spawn().unwrap(), said, address: String::new() }
    }

    /// Starts the site and waits until it is ready.
    pub fn serving(folder: &Path) -> Self {
        Self::ready(Self::command(folder), folder)
    }

    /// The same for a command with settings of its own.
    pub fn ready(command: Command, folder: &Path) -> Self {
        let mut program = Self::spawn(command, folder);
        let lines = BufReader::new(program.child.stdout.take().unwrap()).lines();
        let address = lines.map_while(Result::ok).find_map(|line| {
            line.strip_prefix("Fingerpost is ready at http://").map(str::to_owned)
        });
        let address = address.unwrap_or_else(|| panic!("It was never ready. {}", program.said()));
        program.address = address.trim_end_matches('/').to_owned();
        program
    }

    /// Where it answers.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The status line of the answer to a GET.
    pub fn get(&self, path: &str) -> String {
        self.asked(&format!("GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n"))
    }

    /// The same for a form.
    pub fn post(&self, path: &str, form: &str) -> String {
        self.asked(&format!(
            "POST {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            form.len()
        ))
    }

    /// Sends a form from one of our own pages, and does not wait for the answer.
    pub fn begin(&self, path: &str, cookie: &str, form: &str) -> TcpStream {
        self.sent(path, cookie, form).unwrap()
    }

    /// The same with the first line of the answer. `None` where none comes, such as from a program that is
    /// killed meanwhile.
    pub fn post_as(&self, path: &str, cookie: &str, form: &str) -> Option<String> {
        let mut stream = self.sent(path, cookie, form).ok()?;
        let mut reply = String::new();
        // What was answered before the end stands.
        let _ = stream.read_to_string(&mut reply);
        reply.lines().next().map(str::to_owned)
    }

    fn sent(&self, path: &str, cookie: &str, form: &str) -> std::io::Result<TcpStream> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncookie: {cookie}\r\n\
             sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{form}",
            form.len()
        );
        let mut stream = TcpStream::connect(&self.address)?;
        stream.write_all(request.as_bytes())?;
        Ok(stream)
    }

    fn asked(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        read(stream).lines().next().unwrap_or_default().to_owned()
    }

    /// What it has written to standard error so far.
    pub fn said(&self) -> String {
        fs::read_to_string(&self.said).unwrap()
    }

    /// Sends a signal, such as TERM.
    pub fn signal(&self, name: &str) {
        signal(name, self.child.id());
    }

    /// Waits until it has ended.
    pub fn ended(&mut self) -> ExitStatus {
        let mut ended = None;
        eventually(|| {
            ended = self.child.try_wait().unwrap();
            ended.is_some()
        });
        ended.unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it has mostly ended already
        let _ = self.child.wait();
    }
}

/// All of an answer.
pub fn read(mut stream: TcpStream) -> String {
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    reply
}

/// Waits until something is so; gives up after a long while.
pub fn eventually(mut so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !so() {
        assert!(started.elapsed() < PATIENCE, "waited for too long");
        sleep(Duration::from_millis(50));
    }
}

/// The same for what has to be asked for, such as in a database.
pub async fn eventually_so(mut so: impl AsyncFnMut() -> bool) {
    let started = Instant::now();
    while !so().await {
        assert!(started.elapsed() < PATIENCE, "waited for too long");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The private Postgres of a test's folder.
pub struct Private {
    place: PathBuf,
}

impl Private {
    pub fn of(folder: &Path) -> Self {
        Self { place: fs::canonicalize(folder.join("var/postgres")).unwrap() }
    }
    pub fn place(&self) -> &Path {
        &self.place
    }
    /// The process number of the server, while it has one.
    pub fn process(&self) -> Option<u32> {
        let file = fs::read_to_string(self.place.join("data/postmaster.pid")).ok()?;
        file.lines().next()?.parse().ok()
    }
    /// Whether anything listens.
    pub fn is_up(&self) -> bool {
        std::os::unix::net::UnixStream::connect(self.place.join("socket/.s.PGSQL.5432")).is_ok()
    }
    pub fn kill(&self) {
        signal("KILL", self.process().unwrap());
    }
    pub fn options(&self) -> PgConnectOptions {
        let options = PgConnectOptions::new_without_pgpass().socket(self.place.join("socket"));
        options.port(5432).username("fingerpost").database("fingerpost")
    }
}

fn signal(name: &str, process: u32) {
    let sent = Command::new("kill").args([&format!("-{name}"), &process.to_string()]).status();
    assert!(sent.unwrap().success());
}
