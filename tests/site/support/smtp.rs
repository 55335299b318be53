//! A mail server as a process of its own, which does what a test tells it to.
use std::{
    env, fs,
    io::{BufRead, BufReader, Lines, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{Arc, Mutex},
    thread::{self, sleep},
    time::Duration,
};

use tempfile::TempDir;

const FOLDER: &str = "FINGERPOST_TEST_MAIL_FOLDER";

/// What the server does from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Accepts,
    /// Greets nobody.
    Silent,
    /// Refuses every recipient with this code, and repeats the address.
    RefusesRecipient(u16),
    /// Refuses every recipient, since it does not carry letters for us.
    DeniesRelay,
    /// Refuses every letter with this code, once it is there.
    RefusesLetter(u16),
    /// Takes the letter, throws it away and hangs up.
    Drops,
    /// Takes the letter, keeps it and hangs up.
    Swallows,
    /// Keeps the letter at once and says so two seconds later.
    AnswersLate,
}

/// Stopped when its test ends.
pub struct MailServer {
    child: Child,
    orders: ChildStdin,
    said: Lines<BufReader<ChildStdout>>,
    port: u16,
    folder: TempDir,
}

impl MailServer {
    /// This very program, told to run nothing but [`serves_mail`].
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "support::smtp::serves_mail", "--ignored", "--nocapture"]);
        command.env(FOLDER, folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        let orders = child.stdin.take().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = heard(&mut said, "mail at ").parse().unwrap();
        Self { child, orders, said, port, folder }
    }

    pub fn is(&mut self, manner: Manner) {
        writeln!(self.orders, "{}", written(manner)).unwrap();
        heard(&mut self.said, "understood");
    }

    /// For the settings; the password is the test's to look for.
    pub fn url(&self) -> String {
        format!("smtp://ada:pass%77ord@127.0.0.1:{}", self.port)
    }

    /// Every letter it has kept, in the order they came.
    pub fn letters(&self) -> Vec<String> {
        let mut files: Vec<PathBuf> = named(self.folder.path(), "letter");
        files.sort();
        files.into_iter().map(|file| fs::read_to_string(file).unwrap()).collect()
    }

    /// How many have connected to it.
    pub fn visits(&self) -> usize {
        named(self.folder.path(), "visit").len()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
#[ignore = "this is the process that tests of mail start"]
fn serves_mail() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else { return };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("\nmail at {}", listener.local_addr().unwrap().port());
    let manner = Arc::new(Mutex::new(Manner::Accepts));
    let told = manner.clone();
    thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            *told.lock().unwrap() = read(&line);
            println!("\nunderstood");
        }
        std::process::exit(0);
    });
    for (number, stream) in listener.incoming().enumerate() {
        let (folder, manner) = (folder.clone(), manner.clone());
        fs::write(folder.join(format!("visit-{number:05}")), "").unwrap();
        // Whoever hangs up ends only this conversation.
        thread::spawn(move || converse(&stream.unwrap(), &folder, number, &manner));
    }
}

fn converse(
    stream: &TcpStream,
    folder: &Path,
    number: usize,
    manner: &Mutex<Manner>,
) -> Option<()> {
    let manner = || *manner.lock().unwrap();
    let mut out = stream;
    let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).ok();
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    while manner() == Manner::Silent {
        sleep(Duration::from_millis(20));
    }
    say("220 mail.example at your service")?;
    loop {
        let line = lines.next()?;
        let verb = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
        match (verb.as_str(), manner()) {
            ("EHLO", _) => say("250-mail.example\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN")?,
            // "\0ada\0password"
            ("AUTH", _) if line == "AUTH PLAIN AGFkYQBwYXNzd29yZA==" => say("235 welcome")?,
            ("AUTH", _) => say("535 who is that?")?,
            ("MAIL", _) => say("250 fine")?,
            ("RCPT", Manner::RefusesRecipient(code)) => say(&format!("{code} not {line} here"))?,
            ("RCPT", Manner::DeniesRelay) => say("554 5.7.1 relay access denied")?,
            ("RCPT", _) => say("250 fine")?,
            ("DATA", _) => {
                say("354 go on")?;
                let letter = lines.by_ref().take_while(|line| line != ".");
                let letter: String = letter.map(|line| line + "\n").collect();
                let keep = || fs::write(folder.join(format!("letter-{number:05}")), &letter).ok();
                match manner() {
                    Manner::RefusesLetter(code) => say(&format!("{code} not today"))?,
                    Manner::Drops => return None,
                    Manner::Swallows => return keep().and(None),
                    Manner::AnswersLate => {
                        keep()?;
                        sleep(Duration::from_secs(2));
                        say("250 kept")?;
                    }
                    _ => {
                        keep()?;
                        say("250 kept")?;
                    }
                }
            }
            ("QUIT", _) => return say("221 goodbye"),
            _ => say("502 what?")?,
        }
    }
}

fn named(folder: &Path, start: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files.filter(|file| file.file_name().unwrap().to_str().unwrap().starts_with(start)).collect()
}

fn heard(said: &mut Lines<BufReader<ChildStdout>>, start: &str) -> String {
    let mut said = said.map_while(Result::ok);
    said.find_map(|line| line.strip_prefix(start).map(str::to_owned)).unwrap()
}

fn written(manner: Manner) -> String {
    match manner {
        Manner::Accepts => "accepts".to_owned(),
        Manner::Silent => "silent".to_owned(),
        Manner::RefusesRecipient(code) => format!("recipient {code}"),
        Manner::DeniesRelay => "relay".to_owned(),
        Manner::RefusesLetter(code) => format!("letter {code}"),
        Manner::Drops => "drops".to_owned(),
        Manner::Swallows => "swallows".to_owned(),
        Manner::AnswersLate => "late".to_owned(),
    }
}

fn read(order: &str) -> Manner {
    match order.split_once(' ').unwrap_or((order, "")) {
        ("accepts", _) => Manner::Accepts,
        ("silent", _) => Manner::Silent,
        ("recipient", code) => Manner::RefusesRecipient(code.parse().unwrap()),
        ("letter", code) => Manner::RefusesLetter(code.parse().unwrap()),
        ("relay", _) => Manner::DeniesRelay,
        ("drops", _) => Manner::Drops,
        ("swallows", _) => Manner::Swallows,
        ("late", _) => Manner::AnswersLate,
        other => panic!("{other:?}"),
    }
}
