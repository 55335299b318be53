//! Signing in by a mailed link: asking for it, and using it once, in the browser that asked.
use jiff::{SignedDuration, Timestamp};
use sqlx::{Acquire, PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::{
    Account, AccountId, Rights, letters,
    second_factor::{self, Proof},
    store,
    store::Asker,
};
use crate::{
    links::{self, Link, Purpose, Secret, Wanted},
    mail,
    text::{Email, Line},
};

/// After the link was used, the second factor is asked for so long.
pub const HALF: SignedDuration = SignedDuration::from_mins(15);

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

/// What a link was used for.
pub enum Entered {
    /// They are signed in by this cookie.
    In(Secret),
    /// The second factor is still asked for, of whoever has this cookie.
    Half(Secret),
}

/// Uses the link up and begins a session with a new secret, in the place of the one that the browser had; `None`
/// where somebody was first, or the account has ended since.
pub async fn enter(
    db: &PgPool,
    secret: &Secret,
    account: AccountId,
    (device, before): (&Line<100>, Option<&Secret>),
    now: Timestamp,
) -> sqlx::Result<Option<Entered>> {
    let mut tx = db.begin().await?;
    if !links::store::used(&mut *tx, secret, now).await? {
        return Ok(None);
    }
    let Some(account) = store::account(&mut *tx, account).await?.filter(|one| one.ended.is_none())
    else {
        return Ok(None);
    };
    let factor = second_factor::store::factor(&mut *tx, account.id).await?;
    if factor.is_some_and(|factor| factor.since.is_some()) {
        let half = secret_or_error()?;
        store::begin_session(&mut *tx, (account.id, true), &half, device, now).await?;
        tx.commit().await?;
        return Ok(Some(Entered::Half(half)));
    }
    let cookie = begin(&mut tx, &account, (device, before), now).await?;
    tx.commit().await?;
    Ok(Some(Entered::In(cookie)))
}

/// Whose second factor is asked for, and in which browser.
pub async fn half(
    db: impl PgExecutor<'_>,
    half: Option<&Secret>,
    now: Timestamp,
) -> sqlx::Result<Option<(AccountId, Line<100>)>> {
    match half {
        Some(half) => store::half(db, half, now - HALF).await,
        None => Ok(None),
    }
}

/// What came of a second factor.
pub enum Proved {
    Yes(Secret),
    Wrong,
    /// The link was used too long ago.
    Gone,
}

/// Signs in whoever has the cookie of a half session and the right code; `before` is the session that the
/// browser had.
pub async fn prove(
    db: &PgPool,
    (half, before): (Option<&Secret>, Option<&Secret>),
    code: &str,
    now: Timestamp,
) -> sqlx::Result<Proved> {
    let mut tx = db.begin().await?;
    let Some((half, (id, device))) = half.zip(self::half(&mut *tx, half, now).await?) else {
        return Ok(Proved::Gone);
    };
    let Some(account) = store::account(&mut *tx, id).await?.filter(|one| one.ended.is_none())
    else {
        return Ok(Proved::Gone);
    };
    let Some(proof) = second_factor::proven(&mut tx, id, code, now).await? else {
        return Ok(Proved::Wrong);
    };
    store::end_session_of(&mut *tx, half, now).await?;
    let cookie = begin(&mut tx, &account, (&device, before), now).await?;
    if proof == Proof::Recovery {
        let by = (Some(id), &account.name);
        store::log(&mut *tx, by, "recovery_code_used", None, None, now).await?;
    }
    tx.commit().await?;
    Ok(Proved::Yes(cookie))
}

/// A session of this account, in the place of another.
async fn begin(
    db: &mut PgConnection,
    account: &Account,
    (device, before): (&Line<100>, Option<&Secret>),
    now: Timestamp,
) -> sqlx::Result<Secret> {
    if let Some(before) = before {
        store::end_session_of(&mut *db, before, now).await?;
    }
    let cookie = secret_or_error()?;
    store::begin_session(&mut *db, (account.id, false), &cookie, device, now).await?;
    store::log(db, (Some(account.id), &account.name), "signed_in", None, None, now).await?;
    Ok(cookie)
}

fn secret_or_error() -> sqlx::Result<Secret> {
    Secret::new().map_err(|none| sqlx::Error::Encode(none.into()))
}

const DESK: &str = "/desk";

/// An address of the desk without anything strange in it, or the desk's first page.
pub fn inside(leads_to: &str) -> &str {
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
