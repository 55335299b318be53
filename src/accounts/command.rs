//! `fingerpost invite`: the first administrator, and anybody else.
use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;
use sqlx::PgPool;

use super::{Account, AccountId, Rights, Role, letters, second_factor, store};
use crate::{
    config::PublicUrl,
    mail, places,
    text::{Email, Line},
};

#[derive(Args, Clone, Debug)]
pub struct Invite {
    /// The address they sign in with.
    email: String,
    /// What they are called at the desk. Without it, what stands before the @.
    #[arg(long, value_name = "NAME", value_parser = Line::<100>::parse)]
    name: Option<Line<100>>,
    /// They may do everything everywhere, and invite others.
    #[arg(long)]
    administrator: bool,
    /// Takes away their second factor, for whoever has lost it.
    #[arg(long)]
    without_second_factor: bool,
    /// A borough for which they decide, by its name in addresses: southwark. May be given several times.
    #[arg(long = "borough", value_name = "BOROUGH")]
    boroughs: Vec<String>,
    /// They only read in these boroughs.
    #[arg(long, requires = "boroughs")]
    reader: bool,
}

impl Invite {
    /// Makes the account, or gives the one of this address these rights instead of its own, and says what to
    /// tell the person who asked.
    ///
    /// # Errors
    /// As the database does, and with what to do where something typed is wrong.
    pub async fn run(&self, db: &PgPool, url: &PublicUrl, now: Timestamp) -> Result<String> {
        if !self.administrator && self.boroughs.is_empty() {
            bail!(
                "Give --administrator, or --borough for each borough, such as --borough southwark."
            );
        }
        let email = Email::of_person(&self.email).ok().context("That is no email address")?;
        let known = places::store::borough_slugs(&mut *db.acquire().await?).await?;
        let role = if self.reader { Role::Reader } else { Role::Coordinator };
        let mut rights = Rights { administrator: self.administrator, ..Rights::default() };
        for named in &self.boroughs {
            let found = known.iter().find(|(_, slug)| slug.as_str() == named);
            let (gss, _) = found.with_context(|| format!("There is no borough “{named}”"))?;
            rights.boroughs.insert(*gss, role);
        }
        let before_at = self.email.split('@').next().unwrap_or_default();
        let name = match &self.name {
            Some(name) => name.clone(),
            None => Line::parse(before_at).ok().context("Give a name with --name")?,
        };
        let account = Account { id: AccountId::now_v7(), email, name, rights, ended: None };
        let mut tx = db.begin().await?;
        store::people::hold(&mut tx).await?;
        let known = store::of_email(&mut *tx, &account.email).await?;
        if let Some(known) = &known
            && known.rights.administrator
            && !self.administrator
            && !store::people::other_administrator(&mut *tx, known.id).await?
        {
            bail!("This is the last administrator. Invite another one first.");
        }
        let account = store::keep(&mut tx, &account, now).await?;
        let console = Line::parse("the console").expect("our own short words");
        if self.without_second_factor && second_factor::store::remove(&mut *tx, account.id).await? {
            let act = "second_factor_reset";
            store::log(&mut *tx, (None, &console), act, Some(account.id), None, now).await?;
        }
        // Whoever could sign in before needs no word of it.
        if known.is_none() {
            mail::store::put(&mut *tx, &letters::invited(&account, now), now).await?;
        }
        store::log(&mut *tx, (None, &console), "invited", Some(account.id), None, now).await?;
        tx.commit().await?;
        Ok(format!(
            "{} can sign in at {url}/desk/sign-in. The site tells them by email as soon as it runs.",
            account.name
        ))
    }
}
