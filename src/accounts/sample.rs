//! The coordinator of the sample directory, for whoever starts it and wants to see the desk.
use jiff::Timestamp;
use sqlx::PgPool;

use super::{Account, AccountId, Rights, Role, signing_in::link_for_console, store};
use crate::{
    links::Purpose,
    places,
    text::{Email, Line},
};

/// Coordinator of every borough, so that all of the sample is seen.
const NAME: &str = "Sam Sample";
const EMAIL: &str = "coordinator@sample.example";

/// The address, without the host, at which one signs in as that coordinator: once, for fifteen minutes.
pub async fn sign_in_link(db: &PgPool, now: Timestamp) -> sqlx::Result<String> {
    let mut tx = db.begin().await?;
    let boroughs = places::store::borough_slugs(&mut *tx).await?;
    let rights = Rights {
        administrator: false,
        boroughs: boroughs.into_iter().map(|(gss, _)| (gss, Role::Coordinator)).collect(),
    };
    let account = Account {
        id: AccountId::now_v7(),
        email: Email::parse(EMAIL).expect("our own address"),
        name: Line::parse(NAME).expect("our own short words"),
        rights,
        ended: None,
    };
    let account = store::keep(&mut tx, &account, now).await?;
    tx.commit().await?;
    let secret = link_for_console(db, &account, now).await?;
    Ok(Purpose::SignIn.path(&secret))
}
