//! Letters: from the outbox to a real mail server or a folder, whatever happens on the way.
mod death;
mod outbox;
mod post;

use clap::Parser;
use fingerpost::{
    config::Settings,
    links::{self, Purpose, Secret},
    mail::{LINK, Letter, deliver::Postman, post::Post, store},
    text::{Email, Line},
};
use jiff::Timestamp;
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::MailServer;

/// Its name and its address are in no log and no list.
const ADA: &str = "ada.lovelace@clay.example";
const FROM: &str = "Fingerpost <hello@fingerpost.example>";
const SITE: &str = "https://fingerpost.example";

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    settings: Settings,
}

fn post(server: &MailServer) -> Post {
    let url = server.url();
    let flags = ["fingerpost", "--smtp", &url, "--mail-from", FROM];
    let settings = Flags::try_parse_from(flags).unwrap().settings;
    Post::open(&settings, &SITE.parse().unwrap()).unwrap()
}

fn postman(db: &PgPool, server: &MailServer) -> Postman {
    Postman::new(db.clone(), post(server))
}

fn letter(event: &str) -> Letter {
    Letter {
        event: event.to_owned(),
        to: Email::parse(ADA).unwrap(),
        subject: Line::parse("Your café group").unwrap(),
        plain: format!("Open {LINK} to go on.\n"),
        html: format!("<p><a href=\"{LINK}\">Go on</a></p>"),
        link: Some((Purpose::Draft, Some(Uuid::nil()))),
    }
}

async fn put(db: &PgPool, event: &str, now: Timestamp) {
    store::put(db, &letter(event), now).await.unwrap();
}

/// The value of a header.
fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    let found = mail.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    found.unwrap_or_else(|| panic!("no {name} in {mail}"))
}

/// The secret in a letter's link.
fn secret(mail: &str) -> Secret {
    let plain = mail.replace("=\n", "").replace("=3D", "=");
    let start = plain.find("/describe/").unwrap() + "/describe/".len();
    Secret::parse(&plain[start..start + 32]).unwrap()
}

/// Whether the link in a letter opens what it should.
async fn opens(db: &PgPool, mail: &str, now: Timestamp) -> bool {
    let opened = links::store::opened(db, &secret(mail), Purpose::Draft, now).await.unwrap();
    opened.is_some_and(|link| {
        link.mailed && link.subject == Some(Uuid::nil()) && link.email.as_str() == ADA
    })
}
