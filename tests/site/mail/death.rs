//! A program that is killed, or stopped, while letters are on their way.
use std::path::Path;

use sqlx::{ConnectOptions, Executor, PgConnection, PgPool};

use super::{FROM, header, letter, opens, secret};
use crate::describe::first;
use crate::support::{
    MailServer, Manner, Private, Program, eventually, eventually_so, folder, now,
};
use fingerpost::mail::store;

fn serving(folder: &Path, server: &MailServer) -> Program {
    let mut command = Program::command(folder);
    command.env("FINGERPOST_SMTP", server.url()).env("FINGERPOST_MAIL_FROM", FROM);
    Program::ready(command, folder)
}

async fn connection(folder: &Path) -> PgConnection {
    Private::of(folder).options().connect().await.unwrap()
}

/// So much time passes that whoever had a letter in hand has it no longer.
async fn time_passes(db: &mut PgConnection) {
    db.execute("update outbox set next_try = now(); notify outbox").await.unwrap();
}

async fn sent(db: &mut PgConnection) -> bool {
    let sent = "select count(*) filter (where sent_at is not null) = 1 from outbox";
    sqlx::query_scalar(sent).fetch_one(db).await.unwrap()
}

#[tokio::test]
async fn a_program_killed_between_form_and_mail_sends_the_letter_once_after_its_next_start() {
    let (folder, mut server) = (folder(), MailServer::start());
    server.is(Manner::Silent);
    let mut program = serving(folder.path(), &server);
    let mut db = connection(folder.path()).await;
    store::put(&mut db, &letter("link:1"), now()).await.unwrap();
    eventually(|| server.visits() > 0);
    program.signal("KILL");
    program.ended();

    server.is(Manner::Accepts);
    let mut again = serving(folder.path(), &server);
    let mut db = connection(folder.path()).await;
    time_passes(&mut db).await;
    eventually(|| !server.letters().is_empty());
    eventually_so(async || sent(&mut db).await).await;
    again.signal("TERM");
    assert!(again.ended().success());

    let mut third = serving(folder.path(), &server);
    third.signal("TERM");
    assert!(third.ended().success());
    assert_eq!(server.letters().len(), 1);
    let said = [program.said(), again.said(), third.said()].concat();
    assert!(!said.contains("lovelace") && !said.contains("password"), "{said}");
}

#[tokio::test]
async fn what_a_form_has_begun_outlives_a_program_that_is_killed_and_its_letter_goes_out_once() {
    let (folder, mut server) = (folder(), MailServer::start());
    server.is(Manner::Silent);
    let mut program = serving(folder.path(), &server);
    let db = PgPool::connect_with(Private::of(folder.path()).options()).await.unwrap();
    let form = first(&db, &[]).await;
    assert_eq!(program.post("/describe", &form), "HTTP/1.1 303 See Other");
    // The letter is in hand: only so does time pass for it below, and not for one that is being sent.
    eventually(|| server.visits() > 0);
    program.signal("KILL");
    program.ended();

    server.is(Manner::Accepts);
    let mut again = serving(folder.path(), &server);
    let mut db = connection(folder.path()).await;
    time_passes(&mut db).await;
    eventually_so(async || sent(&mut db).await).await;
    let drafts: i64 = sqlx::query_scalar("select count(*) from submissions where stage = 'draft'")
        .fetch_one(&mut db)
        .await
        .unwrap();
    again.signal("TERM");
    assert!(again.ended().success());
    let letters = server.letters();
    assert_eq!((drafts, letters.len()), (1, 1));
    assert!(letters[0].contains("Clay on the lane"));
}

#[tokio::test]
async fn a_program_killed_before_the_answer_came_waits_for_long_and_then_sends_the_same_letter() {
    let (folder, mut server) = (folder(), MailServer::start());
    server.is(Manner::AnswersLate);
    let mut program = serving(folder.path(), &server);
    let mut db = connection(folder.path()).await;
    store::put(&mut db, &letter("link:1"), now()).await.unwrap();
    eventually(|| server.letters().len() == 1);
    program.signal("KILL");
    program.ended();

    server.is(Manner::Accepts);
    let _again = serving(folder.path(), &server);
    let db = PgPool::connect_with(Private::of(folder.path()).options()).await.unwrap();
    let waits = "select extract(epoch from next_try - now())::float8 from outbox";
    let waits: f64 = sqlx::query_scalar(waits).fetch_one(&db).await.unwrap();
    assert!(waits > 500.0, "an answer may still come for ten minutes, not {waits} s");
    assert!(store::unsent(&db, now()).await.unwrap()[0].unanswered);
    assert!(opens(&db, &server.letters()[0], now()).await, "the link that went out is lost");

    time_passes(&mut connection(folder.path()).await).await;
    eventually(|| server.letters().len() == 2);
    let [one, two] = server.letters().try_into().unwrap();
    assert_eq!(header(&one, "Message-ID"), header(&two, "Message-ID"));
    assert!(secret(&one) != secret(&two) && opens(&db, &two, now()).await);
}

#[tokio::test]
async fn a_program_that_is_told_to_stop_waits_for_the_answer_and_notes_it() {
    let (folder, mut server) = (folder(), MailServer::start());
    server.is(Manner::AnswersLate);
    let mut program = serving(folder.path(), &server);
    let mut db = connection(folder.path()).await;
    store::put(&mut db, &letter("link:1"), now()).await.unwrap();
    eventually(|| server.letters().len() == 1);
    program.signal("TERM");
    assert!(program.ended().success());
    assert!(program.said().contains("A letter was sent"), "{}", program.said());

    let _again = serving(folder.path(), &server);
    assert!(sent(&mut connection(folder.path()).await).await);
}
