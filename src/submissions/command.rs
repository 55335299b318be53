//! `fingerpost submissions`: what waits for a coordinator, and deciding it.
use std::fmt::Write;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use sqlx::PgPool;

use super::{
    About, Stage, Submission, SubmissionId,
    decide::{self, Decided, Looked, Words},
    questions::question_of,
    store,
};
use crate::{
    accounts::Permit,
    calendar::{civil_now, date_in_words},
    offers::advice,
    text::{Line, Text},
};

#[derive(Clone, Debug, Default, Subcommand)]
pub enum SubmissionCommand {
    /// List what waits, the longest first. This is what happens without a word.
    #[default]
    List,
    /// Show what one says, as it was typed, and what was said about it.
    Show {
        /// Its id, as it stands in the list.
        id: SubmissionId,
    },
    /// Publish it.
    Publish {
        id: SubmissionId,
        #[command(flatten)]
        signed: Signed,
    },
    /// Send it back to the artist, with what should be changed.
    Ask {
        id: SubmissionId,
        /// What should be changed, in plain words: they are sent to the artist.
        words: String,
        /// The question it is about, by its field: "summary". Without it, the whole.
        #[arg(long)]
        field: Option<String>,
        #[command(flatten)]
        signed: Signed,
    },
    /// Do not publish it.
    Refuse {
        id: SubmissionId,
        /// Why, in plain words: they are sent to the artist.
        words: String,
        #[command(flatten)]
        signed: Signed,
    },
}

#[derive(Args, Clone, Debug)]
pub struct Signed {
    /// Who decides, as the artist and the history read it.
    #[arg(long, default_value = "the coordinator", value_name = "NAME", value_parser = Line::<100>::parse)]
    pub by: Line<100>,
}

impl SubmissionCommand {
    /// Does it, and says what to tell the person who asked.
    ///
    /// # Errors
    /// As the database does, and where something cannot be decided, with what to do.
    pub async fn run(self, db: &PgPool, now: Timestamp) -> Result<String> {
        match self {
            Self::List => Ok(list(&store::waiting(&mut *db.acquire().await?).await?)),
            Self::Show { id } => show(db, id).await,
            Self::Publish { id, signed } => {
                let decided = decide::publish(db, &signed.permit(id), now).await?;
                told(decided, "It is published. A letter tells the artist.")
            }
            Self::Ask { id, words, field, signed } => {
                let said = [Words { field: field_named(field)?, words: text(&words)? }];
                let decided = decide::ask(db, &signed.permit(id), &said, now).await?;
                told(decided, "It is back with the artist. A letter says what you ask.")
            }
            Self::Refuse { id, words, signed } => {
                let decided = decide::refuse(db, &signed.permit(id), text(&words)?, now).await?;
                told(decided, "It is not published. A letter tells the artist why.")
            }
        }
    }
}

impl Signed {
    fn permit(&self, id: SubmissionId) -> Permit<Looked> {
        Permit::of_console(Looked { id, version: None }, self.by.clone())
    }
}

fn told(decided: Decided, done: &str) -> Result<String> {
    match decided {
        Decided::Done => Ok(done.to_owned()),
        Decided::NotWaiting => {
            bail!(
                "No such submission waits: somebody may have decided it. `submissions` lists what does."
            )
        }
        Decided::Overtaken(parts) => bail!(
            "What is published has been changed since this change was begun, and both change: {}. \
             Ask the artist to look at the listing and to send the change again.",
            parts.join(", ")
        ),
        Decided::Moved => bail!(
            "Its listing does not wait any more, or has ended: an import may have moved it. Refuse this, and say so."
        ),
        Decided::EditsNotWhole => bail!(
            "A coordinator has edited it, and the edits are not whole yet. Finish them at the desk, or throw them away."
        ),
        Decided::Lacking(lacks) => {
            bail!("With this change the listing would lack something. {}", advice(&lacks))
        }
    }
}

fn text(words: &str) -> Result<Text<2000>> {
    Text::parse(words).ok().context("Say it in words, at most 2,000 characters")
}

fn field_named(field: Option<String>) -> Result<Option<Line<60>>> {
    let Some(field) = field else { return Ok(None) };
    if question_of(&field).is_none() {
        bail!(
            "No question has the field “{field}”; `submissions show` names those that were answered."
        );
    }
    Ok(Line::parse(&field).ok())
}

fn list(waiting: &[Submission]) -> String {
    let mut said = format!("Submissions that wait: {}.", waiting.len());
    for one in waiting {
        let since = date_in_words(civil_now(one.since).date());
        let what = match one.about {
            About::New(_) => "a new offer",
            About::Change { .. } => "a change",
            About::Profile => "a provider’s profile",
        };
        let title = match one.about {
            About::Profile => one.answers.one("provider_name"),
            _ => one.answers.one("title"),
        };
        // Writing to a string does not fail.
        let _ = write!(
            said,
            "\n\n{}  {what}\n  {}\n  since {since}",
            one.id,
            plain(title).replace('\n', " ")
        );
    }
    said
}

async fn show(db: &PgPool, id: SubmissionId) -> Result<String> {
    let seen = |one: &Submission| !matches!(one.stage, Stage::Draft | Stage::Unconfirmed);
    let found = store::found(db, id).await?.filter(seen);
    let one = found.context("No such submission was sent; `submissions` lists those that wait")?;
    let mut said = format!(
        "{}, by {}\n",
        one.stage.code(),
        one.email().map_or("the desk", |email| email.as_str())
    );
    for (field, values) in one.answers.fields() {
        let typed = values.iter().filter(|value| !value.trim().is_empty());
        let typed: Vec<&str> = typed.map(String::as_str).collect();
        if !typed.is_empty() {
            let _ = write!(said, "\n{field}: {}", plain(&typed.join(", ")).replace('\n', "\n  "));
        }
    }
    for message in store::messages(db, id).await? {
        let about =
            message.field.as_ref().map(|field| format!(" about {field}")).unwrap_or_default();
        let day = date_in_words(civil_now(message.at).date());
        let _ = write!(said, "\n\n{}{about}, {day}:\n  {}", message.by, message.words);
    }
    Ok(said)
}

/// What was typed may hold anything; what a terminal would obey is left out.
fn plain(typed: &str) -> String {
    typed.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect()
}
