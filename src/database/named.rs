//! A database named by DATABASE_URL: reaching it, with one clear line while it cannot be reached.
use std::{str::FromStr, time::Duration};

use anyhow::{Result, anyhow, bail, ensure};
use sqlx::{ConnectOptions, Connection, postgres::PgConnectOptions};
use tokio::time::{Instant, sleep, timeout};

use super::{OLDEST, Purpose, store};
use crate::config::DatabaseUrl;

const BETWEEN_TRIES: Duration = Duration::from_secs(1);
const BETWEEN_LINES: Duration = Duration::from_secs(5);
const LONGEST_TRY: Duration = Duration::from_secs(10);
const COMMAND_GIVES_UP: Duration = Duration::from_secs(30);

/// Waits until the database answers, and checks that it is new enough.
pub async fn reach(url: &DatabaseUrl, purpose: Purpose) -> Result<PgConnectOptions> {
    let options = parse(url)?.application_name("fingerpost");
    let started = Instant::now();
    let mut told: Option<Instant> = None;
    loop {
        let Err(cause) = version(&options).await? else {
            return Ok(options);
        };
        let problem =
            format!("The database {} cannot be reached: {}", shown(&options), plain(&cause));
        if purpose == Purpose::Command && started.elapsed() > COMMAND_GIVES_UP {
            bail!("{problem}");
        }
        if told.is_none_or(|told| told.elapsed() >= BETWEEN_LINES) {
            tracing::warn!("{problem}. Trying again.");
            told = Some(Instant::now());
        }
        sleep(BETWEEN_TRIES).await;
    }
}

/// The outer error ends all trying; the inner one may pass.
async fn version(options: &PgConnectOptions) -> Result<Result<(), sqlx::Error>> {
    let asked = async {
        let mut db = options.connect().await?;
        let version = store::server_version(&mut db).await?;
        db.close().await?;
        Ok(version)
    };
    let answer = timeout(LONGEST_TRY, asked).await.unwrap_or(Err(sqlx::Error::PoolTimedOut));
    let version = match answer {
        Ok(version) => version,
        Err(cause) => return Ok(Err(cause)),
    };
    ensure!(
        version >= OLDEST * 10_000,
        "The database {} is Postgres {}; {OLDEST} or newer is needed.",
        shown(options),
        version / 10_000
    );
    Ok(Ok(()))
}

fn parse(url: &DatabaseUrl) -> Result<PgConnectOptions> {
    let url = url.as_str();
    // Never quote it: it may hold a password.
    let wrong = || anyhow!("DATABASE_URL should look like postgres://user:password@host/name");
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(wrong());
    }
    PgConnectOptions::from_str(url).map_err(|_| wrong())
}

/// The database without its password.
fn shown(options: &PgConnectOptions) -> String {
    let place = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    let name = options.get_database().unwrap_or(options.get_username());
    format!("\"{name}\" at {place}")
}

fn plain(cause: &sqlx::Error) -> String {
    match cause {
        sqlx::Error::Io(cause) => cause.to_string(),
        sqlx::Error::Database(cause) => cause.message().to_owned(),
        sqlx::Error::PoolTimedOut => "it does not answer".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_named_without_its_password() {
        let url = DatabaseUrl::from("postgres://ada:secret@db.example:5433/offers".to_owned());
        assert_eq!(shown(&parse(&url).unwrap()), "\"offers\" at db.example:5433");
    }

    #[test]
    fn an_address_that_is_none_is_answered_without_quoting_it() {
        for wrong in ["secret", "mysql://ada:secret@host/db", "postgres://ada:secret@host:port/db"]
        {
            let told = parse(&DatabaseUrl::from(wrong.to_owned())).unwrap_err().to_string();
            assert!(told.contains("postgres://user:password@host/name"), "{told}");
            assert!(!told.contains("secret"), "{told}");
        }
    }
}
