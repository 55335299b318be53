//! The post: what becomes of a letter once it is written, an SMTP server or a folder.
use std::{
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail};
use lettre::{message::Mailbox, transport::smtp::extension::ClientId};
use tokio::{
    fs::{self, DirBuilder},
    io::AsyncWriteExt,
};

use uuid::Uuid;

use super::{
    Failure, Taken,
    message::{self, Ready},
    server::Server,
    smtp,
};
use crate::{
    config::{PublicUrl, Settings},
    text::{Email, Line},
};

/// Sends letters from one sender, one way.
pub struct Post {
    from: Mailbox,
    url: PublicUrl,
    way: Way,
    /// Where letters are files, or once were.
    folder: PathBuf,
}

enum Way {
    Smtp { server: Box<Server>, hello: ClientId },
    Folder(PathBuf),
}

/// A letter that is on its way.
#[derive(Debug)]
pub enum Delivered {
    /// The server answers for it.
    Accepted,
    /// It is in this file.
    Written(PathBuf),
}

impl Post {
    /// By the server that is named, or else into the folder `mail` of the data folder.
    ///
    /// # Errors
    /// One sentence about a setting that cannot be used; it quotes no password.
    pub fn open(settings: &Settings, url: &PublicUrl) -> Result<Self> {
        let from = settings.mail_from.as_deref().map(str::trim).filter(|from| !from.is_empty());
        let way = match settings.smtp() {
            Some(server) => Way::Smtp {
                server: Box::new(Server::parse(server.as_str()).map_err(|shape| anyhow!(shape))?),
                hello: smtp::hello(url.host()),
            },
            None => Way::Folder(settings.data.join("mail")),
        };
        let from = match (from, &way) {
            (Some(from), _) => sender(from)?,
            (None, Way::Folder(_)) => sender("Fingerpost <fingerpost@fingerpost.invalid>")?,
            (None, Way::Smtp { .. }) => bail!(
                "FINGERPOST_SMTP needs FINGERPOST_MAIL_FROM: who letters come from, like Fingerpost <hello@example.org>"
            ),
        };
        Ok(Self { from, url: url.clone(), way, folder: settings.data.join("mail") })
    }

    /// Removes the files of these letters, also half written ones, and those from before a server was named.
    ///
    /// # Errors
    /// Where a file is there and cannot be removed.
    pub async fn remove(&self, letters: &[Uuid]) -> io::Result<()> {
        if letters.is_empty() {
            return Ok(());
        }
        let mut files = match fs::read_dir(&self.folder).await {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
            files => files?,
        };
        while let Some(file) = files.next_entry().await? {
            let name = file.file_name();
            let id = name.to_str().and_then(|name| name.get(..36)?.parse::<Uuid>().ok());
            if id.is_some_and(|id| letters.contains(&id)) {
                fs::remove_file(file.path()).await?;
            }
        }
        Ok(())
    }

    /// The folder that letters are written to, where no server is named.
    pub fn folder(&self) -> Option<&Path> {
        match &self.way {
            Way::Smtp { .. } => None,
            Way::Folder(folder) => Some(folder),
        }
    }

    /// Sends a letter. `may` is asked when all but the letter itself has been said to a server; with `false`
    /// it is not handed over. A folder need not ask: the same letter is the same file.
    pub async fn send(
        &self,
        taken: &Taken,
        may: impl AsyncFnOnce() -> bool,
    ) -> Result<Delivered, Failure> {
        let ready = message::write(taken, &self.from, &self.url)
            .ok_or_else(|| Failure::Never("No mail can go to such an address".into()))?;
        match &self.way {
            Way::Smtp { server, hello } => {
                smtp::send(server, hello, &self.from.email, &ready, may).await?;
                Ok(Delivered::Accepted)
            }
            Way::Folder(folder) => {
                let file = folder.join(name(taken));
                let kept = keep(folder, &file, &ready).await;
                kept.map(|()| Delivered::Written(file))
                    .map_err(|cause| Failure::Later(format!("{}: {cause}", folder.display())))
            }
        }
    }
}

/// What a server said, for the log and the outbox: it likes to repeat whom the letter was for.
pub fn without_addresses(words: &str, to: &Email) -> Option<Line<300>> {
    let to = to.as_str().to_lowercase();
    let name = to.split('@').next().unwrap_or_default();
    let plain: Vec<&str> = words
        .split_whitespace()
        .map(|word| {
            let small = word.to_lowercase();
            let told = small.contains('@') || (name.len() > 2 && small.contains(name));
            if told { "…" } else { word }
        })
        .collect();
    Line::parse(&plain.join(" ").chars().take(300).collect::<String>()).ok()
}

/// `Name <address>`, or an address alone.
fn sender(typed: &str) -> Result<Mailbox> {
    let wrong = "FINGERPOST_MAIL_FROM should look like Fingerpost <hello@example.org>";
    typed.parse().map_err(|_| anyhow!(wrong)).context("There is no sender for letters")
}

/// Files sort by time and name what they are about; never an address.
fn name(taken: &Taken) -> String {
    let about = taken.letter.event.split(':').next().unwrap_or_default();
    let about: String = about.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    format!("{}-{about}.eml", taken.id)
}

/// Written beside and moved, so that nobody sees half a letter; for our own eyes, since it holds a link.
async fn keep(folder: &Path, file: &Path, ready: &Ready) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).await?;
    let half = file.with_extension("half");
    let mut options = std::fs::OpenOptions::new();
    options.create(true).truncate(true).write(true).mode(0o600);
    let mut open = fs::OpenOptions::from(options).open(&half).await?;
    open.write_all(&ready.bytes).await?;
    open.sync_all().await?;
    fs::rename(&half, file).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_is_kept_without_whom_the_letter_was_for() {
        let to = Email::parse("Ada.Lovelace@mail.example").unwrap();
        let said = "permanent error (550): <ada.lovelace@MAIL.example> user ada.lovelace unknown";
        let kept = without_addresses(said, &to).unwrap();
        assert_eq!(kept.as_str(), "permanent error (550): … user … unknown");
        assert!(without_addresses("", &to).is_none());
    }
}
