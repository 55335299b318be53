//! Letters to those who sign in.
use askama::Template;
use jiff::Timestamp;
use uuid::Uuid;

use super::Account;
use crate::{links::Purpose, mail::Letter, text::Line};

#[derive(Template)]
#[template(path = "mail/sign_in.txt")]
struct SignInText<'a> {
    name: &'a str,
}

#[derive(Template)]
#[template(path = "mail/sign_in.html")]
struct SignInHtml<'a> {
    name: &'a str,
}

#[derive(Template)]
#[template(path = "mail/account.txt")]
struct AccountText<'a> {
    name: &'a str,
}

#[derive(Template)]
#[template(path = "mail/account.html")]
struct AccountHtml<'a> {
    name: &'a str,
}

/// The link to sign in with, for the one time that it was asked for.
pub fn sign_in(account: &Account, asked: Uuid) -> Letter {
    let name = account.name.as_str();
    Letter {
        event: format!("sign_in:{asked}"),
        to: account.email.clone(),
        subject: subject("Sign in to the Fingerpost desk"),
        plain: Letter::body(&SignInText { name }),
        html: Letter::body(&SignInHtml { name }),
        link: Some((Purpose::SignIn, Some(asked))),
    }
}

/// That somebody has an account from `now` on, and how to begin. One that ended may be let in again, and is told
/// so each time.
pub fn invited(account: &Account, now: Timestamp) -> Letter {
    let name = account.name.as_str();
    Letter {
        event: format!("account:{}:{}", account.id, now.as_microsecond()),
        to: account.email.clone(),
        subject: subject("You can now use the Fingerpost desk"),
        plain: Letter::body(&AccountText { name }),
        html: Letter::body(&AccountHtml { name }),
        link: None,
    }
}

fn subject(words: &str) -> Line<200> {
    Line::parse(words).expect("our own short words")
}
