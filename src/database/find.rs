//! Finds Postgres' server programs where packages for Debian, Fedora, macOS and others put them.
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use super::OLDEST;
use crate::config;

/// A folder with Postgres' server programs, all of one version.
#[derive(Clone, Debug)]
pub struct Programs {
    folder: PathBuf,
    /// 15 for Postgres 15.4.
    pub major: u32,
}

/// Folders with one folder for each installed version: where, how its name starts, where in it the programs are.
const BY_VERSION: [(&str, &str, &str); 7] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/usr/lib64", "postgresql-", "bin"),
    ("/opt/homebrew/opt", "postgresql", "bin"),
    ("/usr/local/opt", "postgresql", "bin"),
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
];

/// Folders that hold one version, whichever it is.
const PLAIN: [&str; 5] = [
    "/usr/bin",
    "/usr/local/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/bin",
    "/usr/libexec/postgresql",
];

const NEEDED: [&str; 3] = ["initdb", "pg_ctl", "postgres"];

const INSTALL: &str = "\
Install them:
  Debian, Ubuntu:  sudo apt-get install postgresql
  Fedora:          sudo dnf install postgresql-server
  macOS:           brew install postgresql@17
or name a database of Postgres 15 or newer in DATABASE_URL.";

impl Programs {
    /// The newest programs found, or those of version `wanted` when there is data of that version
    /// already. `named` is the only folder looked at when an operator gave one.
    ///
    /// Fails with what to type, in one message.
    pub fn find(named: Option<&Path>, wanted: Option<u32>) -> Result<Self> {
        let folders = match named {
            Some(folder) => vec![folder.to_owned()],
            None => usual_folders(),
        };
        let mut found: Vec<Self> = folders.iter().filter_map(|f| Self::inside(f)).collect();
        found.sort_by_key(|programs| std::cmp::Reverse(programs.major));
        if let Some(wanted) = wanted {
            return match found.iter().find(|programs| programs.major == wanted) {
                Some(programs) => Ok(programs.clone()),
                None => bail!(
                    "The data was made by Postgres {wanted}, whose server programs were not found{}.\n\
                     Install Postgres {wanted} again, or start with another folder in FINGERPOST_DATA.",
                    place(named)
                ),
            };
        }
        match found.into_iter().next() {
            Some(programs) if programs.major >= OLDEST => Ok(programs),
            Some(programs) => bail!(
                "Postgres {OLDEST} or newer is needed; found only Postgres {}{}.\n{INSTALL}",
                programs.major,
                place(named)
            ),
            None => bail!("Postgres' server programs were not found{}.\n{INSTALL}", place(named)),
        }
    }

    /// The full path of one of the programs.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn inside(folder: &Path) -> Option<Self> {
        if !NEEDED.iter().all(|name| folder.join(name).is_file()) {
            return None;
        }
        // Links in a folder of the PATH lead to the real one, which has all that belongs together.
        let real = fs::canonicalize(folder.join("initdb")).ok()?;
        let folder = real.parent()?.to_owned();
        let said = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
        Some(Self { major: major(&String::from_utf8_lossy(&said.stdout))?, folder })
    }
}

/// 15 out of "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)".
fn major(said: &str) -> Option<u32> {
    let version = said.split_whitespace().find(|w| w.starts_with(|c: char| c.is_ascii_digit()))?;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn usual_folders() -> Vec<PathBuf> {
    let mut folders = config::program_folders();
    for (parent, start, rest) in BY_VERSION {
        let entries = fs::read_dir(parent).into_iter().flatten().flatten();
        let versions = entries.filter(|e| e.file_name().to_string_lossy().starts_with(start));
        folders.extend(versions.map(|entry| entry.path().join(rest)));
    }
    folders.extend(PLAIN.map(PathBuf::from));
    folders
}

fn place(named: Option<&Path>) -> String {
    named.map(|folder| format!(" in {}", folder.display())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_what_the_program_says() {
        assert_eq!(major("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major("no such program"), None);
    }

    #[test]
    fn programs_that_are_missing_are_answered_with_what_to_type() {
        let told = Programs::find(Some(Path::new("/nowhere")), None).unwrap_err().to_string();
        for command in ["apt-get install postgresql", "dnf install postgresql-server", "brew"] {
            assert!(told.contains(command), "{told}");
        }
    }

    #[test]
    fn data_of_a_version_that_is_gone_is_named() {
        let told = Programs::find(None, Some(9)).unwrap_err().to_string();
        assert!(told.contains("made by Postgres 9"), "{told}");
    }
}
