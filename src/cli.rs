//! The commands and their manual.
use std::{
    future::Future,
    io::{self, Write},
    pin::pin,
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use crate::{
    app::App,
    config::Settings,
    database::{self, Database, Purpose},
    imports::ImportCommand,
    logs, routes,
    sample::SampleOptions,
    web::server,
};

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
    /// Load the sample directory, or invented offers in any number.
    Sample(SampleOptions),
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
        Command::Import(_) => with_database(&settings, async |_| bail!("not here yet")).await,
        Command::Sample(_) => with_database(&settings, async |_| bail!("not here yet")).await,
    }
}

async fn serve(settings: &Settings) -> Result<()> {
    let mut stop = pin!(asked_to_stop()?);
    let listener = TcpListener::bind(&settings.listen).await.with_context(|| {
        format!("Cannot listen on {}; choose another with FINGERPOST_LISTEN", settings.listen)
    })?;
    let url = settings.public_url(listener.local_addr()?);

    let database = tokio::select! {
        database = ready_database(settings, Purpose::Site) => database?,
        () = &mut stop => return Ok(()),
    };
    let app = App::new(database.pool.clone(), url.clone());
    let site = routes::site(app);
    say(&format!("Fingerpost is ready at {url}/"));
    server::serve(listener, site, stop).await;
    tracing::info!("Stopping");
    database.close().await;
    Ok(())
}

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
