//! Settings from flags and environment, each explained.
use std::{
    env, fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use clap::{ArgAction, ValueEnum, builder::FalseyValueParser};

/// Everything that can be set from outside. A flag wins over its environment name.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Settings")]
pub struct Settings {
    /// The address and port to listen on.
    ///
    /// Use 0.0.0.0:8080 to be reached from other machines, best behind a proxy that speaks HTTPS.
    #[arg(
        long,
        env = "FINGERPOST_LISTEN",
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:8080",
        global = true
    )]
    pub listen: String,

    /// The folder for what the program keeps: its private Postgres, when no database is named.
    ///
    /// It is made when missing, and kept between starts.
    #[arg(
        long,
        env = "FINGERPOST_DATA",
        value_name = "FOLDER",
        default_value = "var",
        global = true
    )]
    pub data: PathBuf,

    /// The Postgres database to use, version 15 or newer: postgres://user:password@host/name
    ///
    /// The user needs to own the database and nothing more. Without this the program starts a
    /// private Postgres of its own, reached through a socket in its data folder and stopped with it.
    #[arg(long, env = "DATABASE_URL", value_name = "URL", hide_env_values = true, global = true)]
    database_url: Option<DatabaseUrl>,

    /// The same database as its owner, where the site itself signs in as another user, who owns nothing.
    ///
    /// The owner keeps the tables up to date and gives that user the rights it needs, which are not enough to
    /// change the log of the desk. Commands are carried out as the owner. The private Postgres does so by itself.
    #[arg(
        long,
        env = "DATABASE_OWNER_URL",
        value_name = "URL",
        hide_env_values = true,
        global = true
    )]
    database_owner_url: Option<DatabaseUrl>,

    /// The folder that holds Postgres' server programs (initdb, pg_ctl, postgres).
    ///
    /// Only needed when the private Postgres is not where packages for Debian, Fedora or macOS put it.
    #[arg(long, env = "FINGERPOST_POSTGRES", value_name = "FOLDER", global = true)]
    pub postgres: Option<PathBuf>,

    /// The address at which people reach the site: https:// or http:// and a host.
    ///
    /// Links that leave the site (site map, feeds, hand-outs) start with it. With https, browsers
    /// are told never to use plain http again. Without it: http:// and the address listened on.
    #[arg(long, env = "FINGERPOST_URL", value_name = "URL", global = true)]
    url: Option<PublicUrl>,

    /// The site stands behind one proxy that writes each visitor's address into X-Forwarded-For.
    ///
    /// Without this that header is not believed, and limits count the address of the connection.
    #[arg(
        long,
        env = "FINGERPOST_BEHIND_PROXY",
        action = ArgAction::SetTrue,
        value_parser = FalseyValueParser::new(),
        global = true
    )]
    pub behind_proxy: bool,

    /// The mail server for letters: smtp://user:password@host:port, or smtps:// where it speaks TLS at once.
    ///
    /// Without it, letters are written into the folder `mail` of the data folder, and the log names each
    /// file. With a password, smtp:// insists on STARTTLS, unless the server is this machine itself.
    #[arg(
        long,
        env = "FINGERPOST_SMTP",
        value_name = "URL",
        hide_env_values = true,
        global = true
    )]
    smtp: Option<SmtpUrl>,

    /// Who letters come from: a name and an address, like: Fingerpost <hello@example.org>
    ///
    /// Needed when a mail server is named. Answers to letters go there.
    #[arg(long, env = "FINGERPOST_MAIL_FROM", value_name = "SENDER", global = true)]
    pub mail_from: Option<String>,

    /// Where pictures of offers are kept: postgres, or the path of a folder.
    ///
    /// A folder is made when missing. Programs that share a database must share that folder too. Pictures
    /// that are in Postgres by then stay there and are shown as before.
    #[arg(
        long,
        env = "FINGERPOST_PICTURES",
        value_name = "postgres|FOLDER",
        default_value = "postgres",
        global = true
    )]
    pub pictures: KeepPictures,

    /// Feeds may also be fetched from these addresses, such as 127.0.0.1:9000,10.0.0.5:8080
    ///
    /// Otherwise only public addresses on ports 80 and 443 are fetched, so that nobody reaches into your
    /// network by typing one of its addresses. For tests, and for feeds of your own that stand inside.
    #[arg(
        long,
        env = "FINGERPOST_FEEDS_ALLOW",
        value_name = "ADDRESS:PORT",
        value_delimiter = ',',
        global = true
    )]
    pub feeds_allow: Vec<SocketAddr>,

    /// Start with an empty directory: do not load the sample into a database that has no offers.
    #[arg(
        long,
        env = "FINGERPOST_EMPTY",
        action = ArgAction::SetTrue,
        value_parser = FalseyValueParser::new(),
        global = true
    )]
    pub empty: bool,

    /// How much to log: error, warn, info, debug or trace, also by part (info,sqlx=debug).
    ///
    /// Logs go to standard error. They never hold what people searched for, nor who they are.
    #[arg(
        long,
        env = "FINGERPOST_LOG",
        value_name = "LEVEL",
        default_value = "info",
        global = true
    )]
    pub log: String,

    /// How each line of the log is written.
    #[arg(
        long,
        env = "FINGERPOST_LOG_FORMAT",
        value_name = "FORMAT",
        value_enum,
        default_value_t = LogFormat::Text,
        global = true
    )]
    pub log_format: LogFormat,
}

impl Settings {
    /// The database that was named, if any. An empty name counts as none.
    pub fn database_url(&self) -> Option<&DatabaseUrl> {
        self.database_url.as_ref().filter(|url| !url.0.is_empty())
    }

    /// The same as its owner, if that is somebody else.
    pub fn database_owner_url(&self) -> Option<&DatabaseUrl> {
        self.database_owner_url.as_ref().filter(|url| !url.0.is_empty())
    }

    /// The mail server that was named, if any. An empty name counts as none.
    pub fn smtp(&self) -> Option<&SmtpUrl> {
        self.smtp.as_ref().filter(|url| !url.0.is_empty())
    }

    /// The public address, or else that at which this machine reaches a site that runs with these settings.
    pub fn likely_url(&self) -> PublicUrl {
        self.url.clone().unwrap_or_else(|| PublicUrl(format!("http://{}", self.listen).into()))
    }

    /// The public address, or else the one that is listened on.
    pub fn public_url(&self, listening: SocketAddr) -> PublicUrl {
        self.url.clone().unwrap_or_else(|| PublicUrl(format!("http://{listening}").into()))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// Where pictures are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepPictures {
    InPostgres,
    InFolder(PathBuf),
}

impl FromStr for KeepPictures {
    type Err = &'static str;
    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        match typed.trim() {
            "" => Err("write postgres, or the path of a folder"),
            "postgres" => Ok(Self::InPostgres),
            folder => Ok(Self::InFolder(PathBuf::from(folder))),
        }
    }
}

/// Where a database is and how to sign in to it. Holds a password, so it cannot be printed.
#[derive(Clone)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for DatabaseUrl {
    fn from(url: String) -> Self {
        Self(url.trim().to_owned())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseUrl(hidden)")
    }
}

/// A mail server and how to sign in to it. Holds a password, so it cannot be printed.
#[derive(Clone)]
pub struct SmtpUrl(String);

impl SmtpUrl {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for SmtpUrl {
    fn from(url: String) -> Self {
        Self(url.trim().to_owned())
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpUrl(hidden)")
    }
}

/// The start of every full address of the site: scheme and host, no slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(Arc<str>);

impl PublicUrl {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
    /// The host without its port.
    pub fn host(&self) -> &str {
        let place = self.0.split_once("://").map_or("", |(_, place)| place);
        match place.rfind(']') {
            Some(end) => &place[..=end],
            None => place.split(':').next().unwrap_or_default(),
        }
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;
    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        let url = typed.trim().trim_end_matches('/').to_ascii_lowercase();
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let host = host.ok_or("start it with https:// or http://")?;
        if host.is_empty() || host.contains(|c: char| c.is_whitespace() || "/?#@\"<>".contains(c)) {
            return Err("give only the host, as in https://offers.example.org");
        }
        Ok(Self(url.into()))
    }
}

/// The folders in which the shell looks for programs.
pub fn program_folders() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).filter(|folder| folder.is_absolute()).collect()
}

/// `path` as seen from the root, without asking whether it exists.
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_a_scheme_and_a_host() {
        let url: PublicUrl = "https://Offers.Example.org/".parse().unwrap();
        assert_eq!(url.as_str(), "https://offers.example.org");
        assert!(url.is_https());
        assert_eq!(url.host(), "offers.example.org");
        assert_eq!("http://[::1]:80".parse::<PublicUrl>().unwrap().host(), "[::1]");
        for wrong in ["", "offers.example.org", "https://", "https://a/b", "ftp://a", "http://a b"]
        {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn pictures_are_kept_in_postgres_or_a_folder() {
        assert_eq!("postgres".parse(), Ok(KeepPictures::InPostgres));
        assert_eq!("/srv/art".parse(), Ok(KeepPictures::InFolder("/srv/art".into())));
        assert!(" ".parse::<KeepPictures>().is_err());
    }

    #[test]
    fn an_address_with_a_password_is_never_printed() {
        let url = DatabaseUrl::from("postgres://ada:secret@host/db".to_owned());
        assert!(!format!("{url:?}").contains("secret"));
        let url = SmtpUrl::from("smtp://ada:secret@host".to_owned());
        assert!(!format!("{url:?}").contains("secret"));
    }
}
