//! Starting, stopping and dying: the real program in a folder of its own.
use std::{
    fs::{self, Permissions},
    os::unix::{
        fs::{MetadataExt, PermissionsExt, lchown, symlink},
        process::CommandExt,
    },
    process::Command,
    thread::sleep,
    time::Duration,
};

use sqlx::{ConnectOptions, Executor, PgConnection, Row};

use crate::support::{self, Private, Program, eventually, folder};

async fn keep(private: &Private) {
    let mut db = connection(private).await;
    db.execute("create table kept (what text)").await.unwrap();
    db.execute("insert into kept values ('a word')").await.unwrap();
}

async fn kept(private: &Private) -> String {
    connection(private).await.fetch_one("select what from kept").await.unwrap().get(0)
}

async fn connection(private: &Private) -> PgConnection {
    private.options().connect().await.unwrap()
}

#[tokio::test]
async fn what_was_kept_is_there_after_a_stop_and_a_start() {
    let folder = folder();
    let mut program = Program::serving(folder.path());
    let private = Private::of(folder.path());
    keep(&private).await;

    program.signal("TERM");
    assert!(program.ended().success(), "{}", program.said());
    assert!(!private.is_up(), "the server outlives its program");
    assert_eq!(private.process(), None);

    let _again = Program::serving(folder.path());
    assert_eq!(kept(&private).await, "a word");
}

#[tokio::test]
async fn a_program_that_was_killed_takes_its_server_along_and_loses_nothing() {
    let folder = folder();
    let mut program = Program::serving(folder.path());
    let private = Private::of(folder.path());
    keep(&private).await;

    program.signal("KILL");
    program.ended();
    eventually(|| !private.is_up());

    let _again = Program::serving(folder.path());
    assert_eq!(kept(&private).await, "a word");
}

#[tokio::test]
async fn a_program_starts_at_once_after_another_was_killed() {
    let folder = folder();
    let mut program = Program::serving(folder.path());
    let private = Private::of(folder.path());
    keep(&private).await;
    program.signal("KILL");
    program.ended();

    let again = Program::serving(folder.path());
    assert_eq!(kept(&private).await, "a word");
    sleep(Duration::from_secs(1)); // the former watchdog has done what it does by then
    assert!(private.is_up(), "{}", again.said());
}

#[tokio::test]
async fn a_server_that_was_killed_is_started_again_under_the_running_site() {
    let folder = folder();
    let program = Program::serving(folder.path());
    let private = Private::of(folder.path());
    keep(&private).await;

    let former = private.process();
    private.kill();
    eventually(|| private.process() != former && private.is_up());
    eventually(|| program.said().contains("The private Postgres is back"));
    assert_eq!(kept(&private).await, "a word");
    assert!(program.get("/health/live").contains("200"));
}

#[tokio::test]
async fn a_number_that_now_belongs_to_another_process_does_not_stop_a_start() {
    let folder = folder();
    let mut program = Program::serving(folder.path());
    let private = Private::of(folder.path());
    keep(&private).await;
    private.kill();
    program.signal("KILL");
    program.ended();

    // Of the server's own user: Postgres itself sees through a number of anybody else's.
    let file = private.place().join("data/postmaster.pid");
    let owner = fs::metadata(private.place()).unwrap().uid();
    let mut other = Command::new("sleep").arg("600").uid(owner).spawn().unwrap();
    let text = fs::read_to_string(&file).unwrap_or_default();
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    fs::write(&file, format!("{}\n{rest}", other.id())).unwrap();

    let _again = Program::serving(folder.path());
    assert_eq!(kept(&private).await, "a word");
    assert!(other.try_wait().unwrap().is_none(), "the other process must be left alone");
    other.kill().unwrap();
    other.wait().unwrap();
}

#[test]
fn a_second_site_on_one_folder_is_told_which_folder() {
    let folder = folder();
    let first = Program::serving(folder.path());
    let second = Program::command(folder.path()).output().unwrap();
    let told = String::from_utf8(second.stderr).unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(told.contains("already using the folder"), "{told}");
    assert!(told.contains(folder.path().to_str().unwrap()), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(first.get("/health/live").contains("200"));
}

#[test]
fn a_command_joins_the_server_of_the_site_that_runs() {
    let folder = folder();
    let site = Program::serving(folder.path());
    let done = Program::command(folder.path()).arg("migrate").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(Private::of(folder.path()).is_up());
    assert!(site.get("/health/live").contains("200"));
}

#[test]
fn a_command_alone_starts_the_server_and_stops_it() {
    let folder = folder();
    let done = Program::command(folder.path()).arg("migrate").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(!Private::of(folder.path()).is_up());
}

#[test]
fn data_that_postgres_user_cannot_reach_is_kept_elsewhere_with_a_link() {
    let whoami = Command::new("id").arg("-u").output().unwrap();
    if whoami.stdout != b"0\n" {
        return; // only root has a server that runs as somebody else
    }
    let folder = folder();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).unwrap();
    let done = Program::command(folder.path()).arg("migrate").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));

    let link = folder.path().join("var/postgres");
    assert!(link.is_symlink());
    let place = fs::canonicalize(&link).unwrap();
    let told = String::from_utf8(done.stderr).unwrap();
    let again = Program::command(folder.path()).arg("migrate").output().unwrap();
    fs::remove_dir_all(&place).unwrap();
    assert!(place.starts_with("/var/lib"), "{place:?}");
    assert!(told.contains(place.to_str().unwrap()), "{told}");
    assert!(again.status.success() && !String::from_utf8_lossy(&again.stderr).contains("Making"));
}

#[test]
fn what_the_servers_user_turns_into_a_link_is_not_followed_as_root() {
    let whoami = Command::new("id").arg("-u").output().unwrap();
    if whoami.stdout != b"0\n" {
        return; // only root has more rights than the server's user
    }
    let folder = folder();
    let migrate = || Program::command(folder.path()).arg("migrate").output().unwrap();
    assert!(migrate().status.success());
    let place = Private::of(folder.path()).place().to_owned();
    let of_root = folder.path().join("of-root");
    for name in ["postgres.log", "data/postmaster.pid"] {
        fs::write(&of_root, "keep me").unwrap();
        fs::set_permissions(&of_root, Permissions::from_mode(0o600)).unwrap();
        let named = place.join(name);
        let _ = fs::remove_file(&named); // there may be none
        symlink(&of_root, &named).unwrap();
        lchown(&named, Some(fs::metadata(&place).unwrap().uid()), None).unwrap();
        let done = migrate();
        assert_eq!(fs::read_to_string(&of_root).unwrap(), "keep me", "{name}");
        assert!(!done.status.success(), "{name}");
        fs::remove_file(&named).unwrap();
    }
    assert!(migrate().status.success());
}

#[tokio::test]
async fn a_named_database_needs_no_more_than_its_owner() {
    let db = support::database().await;
    let folder = folder();
    let mut command = Program::command(folder.path());
    command.env("DATABASE_URL", support::url(&db)).arg("migrate");
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(!folder.path().join("var").exists(), "no private server is needed");
}

#[test]
fn the_log_names_the_page_but_not_what_was_searched_for() {
    let folder = folder();
    let program = Program::serving(folder.path());
    program.get("/health/live?q=a+lonely+widower");
    program.get("/lonely/widower?q=lonely");
    for page in ["/shortlist", "/compare", "/handout", "/handout.pdf", "/offers"] {
        program.get(&format!("{page}?list=lonely&title=For+the+widower&note-lonely=Lonely"));
    }
    eventually(|| program.said().matches("method=GET").count() == 7);
    let told = program.said();
    assert!(told.contains("/health/live") && told.contains("status=404"), "{told}");
    assert!(!told.contains("lonely") && !told.contains("widower"), "{told}");
}

#[test]
fn a_database_that_cannot_be_reached_gives_one_clear_line_and_a_retry() {
    let folder = folder();
    let mut command = Program::command(folder.path());
    command.env("DATABASE_URL", "postgres://ada:secret@127.0.0.1:1/offers");
    let mut program = Program::spawn(command, folder.path());
    sleep(Duration::from_secs(3));
    let told = program.said();
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains("\"offers\" at 127.0.0.1:1 cannot be reached"), "{told}");
    assert!(told.contains("Trying again"), "{told}");
    assert!(!told.contains("secret") && !told.contains("panicked"), "{told}");
    program.signal("TERM");
    assert!(program.ended().success());
}

#[test]
fn an_address_that_is_no_database_is_refused_without_repeating_it() {
    let folder = folder();
    let mut command = Program::command(folder.path());
    let refused = command.env("DATABASE_URL", "mysql://ada:secret@host/x").output().unwrap();
    let told = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(told.contains("DATABASE_URL should look like"), "{told}");
    assert!(!told.contains("secret"), "{told}");
}

#[test]
fn without_postgres_programs_it_says_what_to_type() {
    let folder = folder();
    let mut command = Program::command(folder.path());
    let refused = command.env("FINGERPOST_POSTGRES", folder.path()).output().unwrap();
    let told = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    for word in
        ["sudo apt-get install postgresql", "sudo dnf install", "brew install", "DATABASE_URL"]
    {
        assert!(told.contains(word), "{told}");
    }
}

#[test]
fn the_manual_explains_every_setting_with_its_environment_name() {
    let folder = folder();
    let manual = Program::command(folder.path()).arg("--help").output().unwrap();
    let manual = String::from_utf8(manual.stdout).unwrap();
    for name in [
        "FINGERPOST_LISTEN",
        "FINGERPOST_DATA",
        "DATABASE_URL",
        "FINGERPOST_POSTGRES",
        "FINGERPOST_URL",
        "FINGERPOST_SMTP",
        "FINGERPOST_MAIL_FROM",
        "FINGERPOST_EMPTY",
        "FINGERPOST_LOG",
        "FINGERPOST_LOG_FORMAT",
    ] {
        assert!(manual.contains(name), "{name} is missing");
    }
    for command in ["serve", "migrate", "import", "sample", "mail"] {
        assert!(manual.contains(command), "{command} is missing");
    }
}
