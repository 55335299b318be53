//! `fingerpost mail`: what waits, what was given up, and trying it again.
use std::fmt::Write;

use anyhow::{Result, bail};
use clap::Subcommand;
use jiff::Timestamp;
use sqlx::PgPool;
use uuid::Uuid;

use super::{Next, Unsent, store};
use crate::calendar::civil_now;

#[derive(Clone, Debug, Default, Subcommand)]
pub enum MailCommand {
    /// List letters that wait or were given up, and why. This is what happens without a word.
    #[default]
    List,
    /// Send a letter that waits or was given up now, and if need be again for three days.
    Retry {
        /// Its id, as it stands in the list.
        #[arg(required_unless_present = "all")]
        id: Option<Uuid>,
        /// All that wait or were given up, such as after a wrong setting was put right.
        #[arg(long, conflicts_with = "id")]
        all: bool,
    },
}

impl MailCommand {
    /// Does it, and says what to tell the person who asked.
    ///
    /// # Errors
    /// As the database does, and where there is no such letter.
    pub async fn run(self, db: &PgPool, now: Timestamp) -> Result<String> {
        match self {
            Self::List => Ok(list(&store::unsent(db, now).await?)),
            Self::Retry { id, .. } => match (store::retry(db, id, now).await?, id) {
                (0, Some(_)) => bail!(
                    "No such letter waits: it was sent, is being sent now, or was given up more than 30 days ago."
                ),
                (0, None) => Ok("No letter waits.".to_owned()),
                (1, _) => Ok("The letter is sent as soon as the site runs.".to_owned()),
                (many, _) => Ok(format!("{many} letters are sent as soon as the site runs.")),
            },
        }
    }
}

/// A few lines for each; whom it is for stands nowhere.
fn list(unsent: &[Unsent]) -> String {
    let dead = unsent.iter().filter(|letter| letter.next == Next::Dead).count();
    let mut said = format!("Letters that wait: {}. Given up: {dead}.", unsent.len() - dead);
    for letter in unsent {
        let next = match letter.next {
            Next::InHand => "being sent now".to_owned(),
            Next::Try(at) => format!("next try {}", moment(at)),
            Next::Dead => "given up".to_owned(),
        };
        let Unsent { id, event, tries, .. } = letter;
        // Writing to a string does not fail.
        let _ = write!(said, "\n\n{id}  {event}\n  since {}", moment(letter.put));
        let _ = write!(said, " · tries: {tries} · {next}");
        if let Some(trouble) = &letter.trouble {
            let _ = write!(said, "\n  {trouble}");
        }
        if letter.unanswered {
            said.push_str("\n  It was handed over and no answer came: it may have arrived.");
        }
    }
    said
}

fn moment(at: Timestamp) -> String {
    civil_now(at).strftime("%-d %B %Y, %H:%M").to_string()
}
