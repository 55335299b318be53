//! The database: a pool, the migrations, and a private server where none is named.
pub mod find;
pub mod folder;
mod migrations;
mod named;
pub mod private;
pub mod server;
pub mod store;

use std::time::Duration;

use anyhow::Result;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use self::{
    private::{PrivateServer, Sharing},
    server::Durability,
};
use crate::config::Settings;

pub use migrations::{MIGRATIONS, migrate};

/// The oldest Postgres that will do.
pub const OLDEST: u32 = 15;

/// What the database is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To serve the site: alone on its data folder, and waiting for a named database for ever.
    Site,
    /// One command: may share the private server of a site that runs; gives up after half a minute.
    Command,
}

/// An open database.
pub struct Database {
    pub pool: PgPool,
    /// How the site signs in, if not as the owner.
    lesser: Option<PgConnectOptions>,
    private: Option<PrivateServer>,
}

/// Opens the database that is named in the settings, or else the private one. Its tables may not be
/// up to date yet: see [`migrate`].
pub async fn open(settings: &Settings, purpose: Purpose) -> Result<Database> {
    if let Some(url) = settings.database_url() {
        let options = named::reach(url, purpose).await?;
        let Some(owner) = settings.database_owner_url() else {
            return Ok(Database { pool: pool(options), lesser: None, private: None });
        };
        let owner = named::reach(owner, purpose).await?;
        return Ok(Database { pool: pool(owner), lesser: Some(options), private: None });
    }
    let sharing = match purpose {
        Purpose::Site => Sharing::Alone,
        Purpose::Command => Sharing::Joins,
    };
    let programs = settings.postgres.as_deref();
    let private =
        PrivateServer::open(&settings.data, programs, sharing, Durability::Durable).await?;
    let lesser = Some(private.lesser());
    Ok(Database { pool: pool(private.options()), lesser, private: Some(private) })
}

impl Database {
    /// From now on the pool has only the rights that the site needs: it owns nothing, and adds to the log of the
    /// desk without being able to change it. Where the owner is the only user that was named, it stays so.
    pub async fn step_down(&mut self) -> Result<()> {
        if let Some(lesser) = self.lesser.take() {
            store::grant(&self.pool, lesser.get_username()).await?;
            let owner = std::mem::replace(&mut self.pool, pool(lesser));
            owner.close().await;
        }
        Ok(())
    }

    /// Waits for queries to finish, then stops the private server if this program started it.
    pub async fn close(self) {
        self.pool.close().await;
        if let Some(private) = self.private {
            private.close().await;
        }
    }
}

/// Connections to a database, made as they are needed. A lost one is replaced.
pub fn pool(options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(Duration::from_secs(5))
        .connect_lazy_with(options)
}
