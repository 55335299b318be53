//! Signing in by a mailed link: asking for it, and using it once, in the browser that asked.
use jiff::{SignedDuration, Timestamp};
use sqlx::{Acquire, PgPool};
use uuid::Uuid;

use super::{Account, AccountId, Rights, letters, store, store::Asker};
use crate::{
    links::{self, Link, Purpose, Secret, Wanted},
    mail,
    text::{Email, Line},
};

/// A session ends so long after it was last used: a long lunch, not a night.
pub const IDLE: SignedDuration = SignedDuration::from_hours(4);
/// It ends so long after signing in, whatever happens.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Puts a letter with a link into the outbox, if somebody signs in with this address. For one that is not known
/// the same is done and taken back, so that how long it takes tells nothing.
pub async fn ask(
    db: &PgPool,
    email: &Email,
    (browser, leads_to): (&Secret, &str),
    now: Timestamp,
) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    let account = store::of_email(&mut *tx, email).await?;
    let asked = Uuid::now_v7();
    let id = account.as_ref().map(|account| account.id);
    store::asked(&mut *tx, asked, id, (Some(browser), inside(leads_to)), now).await?;
    let known = account.is_some();
    let to = account.unwrap_or_else(|| Account {
        id: AccountId::now_v7(),
        email: email.clone(),
        name: Line::parse("Nobody").expect("our own short word"),
        rights: Rights::default(),
        ended: None,
    });
    let mut put = tx.begin().await?;
    mail::store::put(&mut *put, &letters::sign_in(&to, asked), now).await?;
    if known {
        put.commit().await?;
    } else {
        put.rollback().await?;
    }
    tx.commit().await
}

/// A link for whoever reads the console, good once in any browser.
pub async fn link_for_console(
    db: &PgPool,
    account: &Account,
    now: Timestamp,
) -> sqlx::Result<Secret> {
    let mut tx = db.begin().await?;
    let asked = Uuid::now_v7();
    store::asked(&mut *tx, asked, Some(account.id), (None, DESK), now).await?;
    let (subject, email) = (Some(asked), account.email.clone());
    let wanted = Wanted { purpose: Purpose::SignIn, subject, email, mailed: false };
    let secret = links::store::make(&mut *tx, &wanted, now).await?;
    tx.commit().await?;
    Ok(secret)
}

/// What a link to sign in is good for.
#[derive(Debug)]
pub enum Opened {
    Yes(Asker),
    /// It was asked for in another browser.
    Elsewhere,
    /// Old, used or wrong; never says which.
    No,
}

/// Whether this link signs in here; changes nothing, since programs that look through mail open links too.
pub async fn opened(
    db: &PgPool,
    secret: &Secret,
    browser: Option<&Secret>,
    now: Timestamp,
) -> sqlx::Result<Opened> {
    let link = links::store::opened(db, secret, Purpose::SignIn, now).await?;
    let Some(Link { subject: Some(asked), .. }) = link else {
        return Ok(Opened::No);
    };
    let Some(asker) = store::who_asked(db, asked).await? else {
        return Ok(Opened::No);
    };
    // Two hashes: how long they take to compare says nothing of what was hashed.
    Ok(match asker.browser {
        Some(wanted) if browser.map(Secret::hash) != Some(wanted) => Opened::Elsewhere,
        _ => Opened::Yes(asker),
    })
}

/// Uses the link up and begins a session with a new secret, in the place of the one that the browser had; `None`
/// where somebody was first, or the account has ended since.
pub async fn enter(
    db: &PgPool,
    secret: &Secret,
    account: AccountId,
    (device, before): (&Line<100>, Option<&Secret>),
    now: Timestamp,
) -> sqlx::Result<Option<Secret>> {
    let mut tx = db.begin().await?;
    if !links::store::used(&mut *tx, secret, now).await? {
        return Ok(None);
    }
    let Some(account) = store::account(&mut *tx, account).await?.filter(|one| one.ended.is_none())
    else {
        return Ok(None);
    };
    if let Some(before) = before {
        store::end_session_of(&mut *tx, before, now).await?;
    }
    let cookie = Secret::new().map_err(|none| sqlx::Error::Encode(none.into()))?;
    store::begin_session(&mut *tx, account.id, &cookie, device, now).await?;
    store::log(&mut *tx, (Some(account.id), &account.name), "signed_in", None, None, now).await?;
    tx.commit().await?;
    Ok(Some(cookie))
}

const DESK: &str = "/desk";

/// An address of the desk without anything strange in it, or the desk's first page.
fn inside(leads_to: &str) -> &str {
    let plain = |letter: u8| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || b"/?=&-".contains(&letter)
    };
    let ours = leads_to == DESK || leads_to.starts_with("/desk/") || leads_to.starts_with("/desk?");
    if ours && leads_to.len() <= 300 && leads_to.bytes().all(plain) { leads_to } else { DESK }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_nowhere_but_to_the_desk() {
        assert_eq!(
            inside("/desk/submissions/0192?from=queue"),
            "/desk/submissions/0192?from=queue"
        );
        for foreign in [
            "",
            "//evil.example",
            "https://evil.example",
            "/deskevil",
            "/desk/\r\nSet-Cookie: a",
            "/desk/%2f",
        ] {
            assert_eq!(inside(foreign), DESK, "{foreign}");
        }
    }
}
