//! Brings the tables to the shape this program expects.
use anyhow::{Context, Result, bail};
use sqlx::{
    PgPool,
    migrate::{MigrateError, Migrator},
};

/// Everything in `migrations/`, built into the program.
pub static MIGRATIONS: Migrator = sqlx::migrate!();

/// Applies what is missing. Several programs may do so at once: one works, the others wait.
pub async fn migrate(db: &PgPool) -> Result<()> {
    match MIGRATIONS.run(db).await {
        Ok(()) => Ok(()),
        Err(MigrateError::VersionMissing(version)) => bail!(
            "The database is newer than this program (it has migration {version}). \
             Start the newer program, or use another database."
        ),
        Err(cause) => Err(cause).context("The database's tables could not be brought up to date"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_migration_in_the_folder_is_built_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let files = std::fs::read_dir(folder).unwrap().flatten();
        let files = files.filter(|file| file.path().extension().is_some_and(|e| e == "sql"));
        assert_eq!(files.count(), MIGRATIONS.iter().count(), "touch src/database/migrations.rs");
    }
}
