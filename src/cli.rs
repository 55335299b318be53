//! The commands and their manual.
use std::{
    future::Future,
    io::{self, Write},
    pin::pin,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use futures_util::FutureExt;
use indicatif::ProgressBar;
use sqlx::PgPool;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::oneshot,
    time::sleep,
};

use crate::{
    accounts::{self, command::Invite},
    app::App,
    calendar::{civil_now, clock},
    config::{KeepPictures, PublicUrl, Settings},
    database::{self, Database, Purpose},
    desk,
    fetching::Fetcher,
    housekeeping,
    imports::{ExportCommand, ImportCommand, Kept},
    link_workers, logs,
    mail::{command::MailCommand, deliver::Postman, post::Post},
    offers, partnerships,
    pictures::Pictures,
    places::{outlines, postcodes, practices},
    providers,
    resources::{self, command::ResourceCommand},
    routes,
    sample::{self, SampleOptions},
    search,
    submissions::command::SubmissionCommand,
    training, venues,
    web::{Clients, server},
};

/// After the offers could not be read.
const AGAIN: Duration = Duration::from_secs(1);

/// Fingerpost: a directory of social prescribing offers, for the people who point the way.
///
/// Without a command it serves the site. It needs nothing set: it starts a private Postgres in its
/// data folder, fills it with a sample directory, and says at which address to look.
#[derive(Parser)]
#[command(name = "fingerpost", version, max_term_width = 100, propagate_version = false)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Clone, Debug, Default, Subcommand)]
enum Command {
    /// Serve the site until told to stop (SIGTERM or Ctrl-C). This is what happens without a command.
    #[default]
    Serve,
    /// Bring the database's tables up to date, and nothing else. Serving does so too.
    Migrate,
    /// Import a file. It is safe to repeat, and keeps all of the file or nothing.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Write a file that can be imported again: all offers, providers, venues, resources or partnerships.
    #[command(subcommand)]
    Export(ExportCommand),
    /// Load the sample directory, or invented offers in any number.
    Sample(SampleOptions),
    /// List letters that wait or were given up, or try one again.
    Mail {
        #[command(subcommand)]
        what: Option<MailCommand>,
    },
    /// Give somebody an account at the desk: the first administrator, or anybody else.
    Invite(Invite),
    /// List resources whose links need a look, or look behind all of them.
    Resources {
        #[command(subcommand)]
        what: Option<ResourceCommand>,
    },
    /// List what artists have sent and a coordinator must decide; publish it, ask for changes, or refuse it.
    Submissions {
        #[command(subcommand)]
        what: Option<SubmissionCommand>,
    },
}

/// Reads the command line and does as told. A failure is one message on standard error and code 1.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("fingerpost: {cause:#}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(Cli { settings, command }: Cli) -> Result<()> {
    logs::start(&settings)?;
    match command.unwrap_or_default() {
        Command::Serve => serve(&settings).await,
        Command::Migrate => with_database(&settings, async |_| Ok(())).await,
        Command::Import(what) => {
            let import = async |database: &Database| import(&database.pool, &what).await;
            with_database(&settings, import).await
        }
        Command::Export(what) => {
            let export = async |database: &Database| export(&database.pool, &what).await;
            with_database(&settings, export).await
        }
        Command::Sample(SampleOptions { offers }) => {
            let sample = async |database: &Database| fill(&database.pool, offers).await;
            with_database(&settings, sample).await
        }
        Command::Mail { what } => {
            let mail = async |database: &Database| {
                let said = what.unwrap_or_default().run(&database.pool, clock()).await?;
                say(&said);
                Ok(())
            };
            with_database(&settings, mail).await
        }
        Command::Invite(invite) => {
            let url = settings.likely_url();
            let invite = async |database: &Database| {
                say(&invite.run(&database.pool, &url, clock()).await?);
                Ok(())
            };
            with_database(&settings, invite).await
        }
        Command::Resources { what } => {
            let fetcher = Fetcher::new(settings.feeds_allow.iter().copied());
            let look = async |database: &Database| {
                let what = what.unwrap_or_default();
                say(&what.run(&database.pool, &fetcher, clock()).await?);
                Ok(())
            };
            with_database(&settings, look).await
        }
        Command::Submissions { what } => {
            let decide = async |database: &Database| {
                let said = what.unwrap_or_default().run(&database.pool, clock()).await?;
                say(&said);
                Ok(())
            };
            with_database(&settings, decide).await
        }
    }
}

async fn serve(settings: &Settings) -> Result<()> {
    let mut stop = pin!(asked_to_stop()?);
    let listener = TcpListener::bind(&settings.listen).await.with_context(|| {
        format!("Cannot listen on {}; choose another with FINGERPOST_LISTEN", settings.listen)
    })?;
    let url = settings.public_url(listener.local_addr()?);
    let post = Post::open(settings, &url)?;

    let mut database = tokio::select! {
        database = ready_database(settings, Purpose::Site) => database?,
        () = &mut stop => return Ok(()),
    };
    if !settings.empty && sample::load(&database.pool, clock()).await?.is_some() {
        say(
            "An empty database: the sample directory is loaded. To start without it, give --empty.",
        );
    }
    database.step_down().await?;
    let mut app = App::open(database.pool.clone(), url.clone(), clock()).await?;
    if app.sample.is_one() && listener.local_addr()?.ip().is_loopback() {
        let link = accounts::sample::sign_in_link(&database.pool, clock()).await?;
        say(&format!("To see the desk as the sample’s coordinator, sign in at {url}{link}"));
    }
    if settings.behind_proxy {
        app = app.with(|app| app.clients = Clients::BehindProxy);
    }
    let fetcher = Fetcher::new(settings.feeds_allow.iter().copied());
    app = app.with(|app| app.fetcher = fetcher);
    if let KeepPictures::InFolder(folder) = &settings.pictures {
        let pictures = Pictures::in_folder(folder).with_context(|| {
            format!("Pictures cannot be kept in {}; see FINGERPOST_PICTURES", folder.display())
        })?;
        app = app.with(|app| app.pictures = pictures);
    }
    let offers = tokio::spawn(keep_up(app.clone(), url));
    let openings = app.openings.clone();
    let counting = tokio::spawn(openings.clone().keep(database.pool.clone()));
    let forgetting = tokio::spawn(housekeeping::daily(database.pool.clone(), app.pictures.clone()));
    let comparing = tokio::spawn(desk::duplicates::watch::keep_watch(database.pool.clone()));
    let training = tokio::spawn(training::watch::keep_watch(database.pool.clone()));
    let following = tokio::spawn(follow_feeds(app.clone()));
    let (last_letter, no_more) = oneshot::channel::<()>();
    let postman = Arc::new(Postman::new(database.pool.clone(), post));
    let letters = tokio::spawn(postman.run(no_more.map(|_| ())));
    server::serve(listener, routes::site(app), stop).await;
    tracing::info!("Stopping");
    offers.abort();
    forgetting.abort();
    // What is not committed is taken back, and the feed is fetched again in an hour.
    following.abort();
    counting.abort();
    comparing.abort();
    training.abort();
    if let Err(cause) = openings.write(&database.pool).await {
        tracing::warn!("What was opened last could not be written down: {cause}");
    }
    // What pages have promised is in the outbox; a letter in hand is finished.
    drop(last_letter);
    if letters.await.is_err() {
        tracing::error!("Sending letters ended badly; they are tried again at the next start");
    }
    database.close().await;
    Ok(())
}

/// Feeds are followed with the words and places of the day.
async fn follow_feeds(app: App) {
    let (db, fetcher) = (app.db.clone(), app.fetcher.clone());
    desk::intake::feeds::daily(db, fetcher, move || app.words()).await;
}

/// Loads the catalogue, however often the database must be asked, and follows what changes.
async fn keep_up(app: App, url: PublicUrl) {
    while let Err(cause) = app.load(clock()).await {
        tracing::warn!("The offers could not be read: {cause}");
        sleep(AGAIN).await;
    }
    say(&format!("Fingerpost is ready at {url}/"));
    let live = app.live.clone();
    let refresh = move || {
        let app = app.clone();
        async move { app.refresh().await }.boxed()
    };
    // Should building ever panic, what is listed stays as it was, and following begins anew.
    loop {
        let Err(cause) = tokio::spawn(search::follow(live.clone(), refresh.clone())).await;
        tracing::error!("The catalogue was not followed: {cause}");
        sleep(AGAIN).await;
    }
}

async fn import(db: &PgPool, what: &ImportCommand) -> Result<()> {
    use ImportCommand::{
        LinkWorkers, Offers, Outlines, Partnerships, PastCohorts, Postcodes, Practices, Providers,
        Resources, Venues,
    };
    let outcome = match what {
        Postcodes { path, options } => postcodes::import::run(db, path, options).await,
        Practices { epraccur, map, options } => {
            practices::import::run(db, epraccur, map, options, civil_now(clock()).date()).await
        }
        Outlines { file, options } => outlines::import::run(db, file, options).await,
        Venues { file, options } => venues::import::run(db, file, options).await,
        Providers { file, options } => providers::csv::import(db, file, options).await,
        Resources { file, options } => resources::csv::import(db, file, options).await,
        Partnerships { file, options } => partnerships::csv::import(db, file, options).await,
        PastCohorts { file, options } => training::csv::import(db, file, options, clock()).await,
        LinkWorkers { file, options } => {
            link_workers::csv::import(db, file, options, clock()).await
        }
        Offers { file, options } => offers::csv::import(db, file, options, clock()).await,
    }?;
    say(&outcome.to_string());
    if outcome.kept == Kept::Refused {
        bail!("The file was not imported.");
    }
    Ok(())
}

async fn export(db: &PgPool, what: &ExportCommand) -> Result<()> {
    use ExportCommand::{Offers, Partnerships, Providers, Resources, Venues};
    let (Offers(options)
    | Providers(options)
    | Venues(options)
    | Resources(options)
    | Partnerships(options)) = what;
    let file = options.file.as_deref();
    let rows = match what {
        Offers(_) => offers::csv::export(db, file).await,
        Providers(_) => providers::csv::export(db, file).await,
        Venues(_) => venues::csv::export(db, file).await,
        Resources(_) => resources::csv::export(db, file).await,
        Partnerships(_) => partnerships::csv::export(db, file).await,
    }?;
    if let Some(file) = file {
        say(&format!("{rows} rows are written to {}.", file.display()));
    }
    Ok(())
}

async fn fill(db: &PgPool, offers: Option<u32>) -> Result<()> {
    match offers {
        Some(offers) => {
            let bar = ProgressBar::new(u64::from(offers));
            sample::load_invented(db, offers, clock(), |made| bar.set_position(made as u64))
                .await?;
            bar.finish_and_clear();
            say(&format!("{offers} invented offers are in the directory."));
        }
        None => match sample::load(db, clock()).await? {
            Some(_) => say("The sample directory is loaded."),
            None => say("The directory is not empty: nothing was loaded."),
        },
    }
    Ok(())
}

/// When a command begins, or the program does.
/// Does one piece of work on an up-to-date database; Ctrl-C ends it without keeping half of it.
async fn with_database(
    settings: &Settings,
    work: impl AsyncFnOnce(&Database) -> Result<()>,
) -> Result<()> {
    let stop = asked_to_stop()?;
    let work = async {
        let database = ready_database(settings, Purpose::Command).await?;
        let done = work(&database).await;
        database.close().await;
        done
    };
    tokio::select! {
        done = work => done,
        () = stop => bail!("Stopped before it was done. Nothing half-done was kept."),
    }
}

async fn ready_database(settings: &Settings, purpose: Purpose) -> Result<Database> {
    let database = database::open(settings, purpose).await?;
    if let Err(cause) = database::migrate(&database.pool).await {
        database.close().await;
        return Err(cause);
    }
    Ok(database)
}

/// Done when the program is asked to end.
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// A line for the person who started the program. That nobody listens is no failure.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
