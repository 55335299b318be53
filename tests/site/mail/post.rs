//! What arrives: at a mail server, or in a folder.
use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf, sync::Arc};

use fingerpost::mail::store;
use sqlx::{ConnectOptions, Executor};
use tokio::sync::watch;

use super::{ADA, FROM, header, letter, opens, postman, put};
use crate::support::{
    MailServer, Private, Program, database, eventually, eventually_so, folder, now,
};

#[tokio::test]
async fn a_letter_arrives_as_text_and_html_with_a_link_that_works_and_is_kept_nowhere() {
    let (db, server, now) = (database().await, MailServer::start(), now());
    put(&db, "link:1", now).await;
    assert!(postman(&db, &server).one(now).await.unwrap());
    let mail = server.letters().remove(0);
    assert_eq!(header(&mail, "To"), ADA);
    assert_eq!(header(&mail, "Subject"), "Your =?utf-8?b?Y2Fmw6k=?= group");
    assert_eq!(header(&mail, "Auto-Submitted"), "auto-generated");
    let address = format!("https://fingerpost.example/describe/{}", super::secret(&mail).shown());
    assert!(mail.contains("text/plain") && mail.contains(&format!("Open {address}")), "{mail}");
    assert!(mail.contains("text/html") && mail.replace("=\n", "").contains("<a href"), "{mail}");
    assert!(opens(&db, &mail, now).await);
    let secret = super::secret(&mail);
    let kept = "select count(*) from outbox, links
                where strpos(outbox::text, $1) > 0 or strpos(links::text, $1) > 0
                or position(convert_to($1, 'utf8') in links.hash) > 0";
    let kept = sqlx::query_scalar::<_, i64>(kept).bind(secret.shown().to_owned());
    assert_eq!(kept.fetch_one(&*db).await.unwrap(), 0);
    let hash = sqlx::query_scalar::<_, Vec<u8>>("select hash from links").fetch_one(&*db);
    assert_eq!(hash.await.unwrap(), secret.hash(), "only its hash is kept");
}

#[tokio::test]
async fn two_who_empty_one_outbox_send_each_letter_once_also_after_their_connections_were_cut() {
    let (db, server) = (database().await, MailServer::start());
    let (stop, stopped) = watch::channel(false);
    let worker = || {
        let mut stopped = stopped.clone();
        let stopped = async move {
            let _ = stopped.wait_for(|stopped| *stopped).await;
        };
        tokio::spawn(Arc::new(postman(&db, &server)).run(stopped))
    };
    let (one, other) = (worker(), worker());
    for number in 0..20 {
        put(&db, &format!("received:{number}"), now()).await;
    }
    eventually_so(async || server.letters().len() >= 20).await;
    let cut = "select pg_terminate_backend(pid) from pg_stat_activity
               where datname = current_database() and pid <> pg_backend_pid()";
    let mut alone = db.connect_options().connect().await.unwrap();
    alone.execute(cut).await.unwrap();
    for number in 20..40 {
        store::put(&mut alone, &letter(&format!("received:{number}")), now()).await.unwrap();
    }
    eventually_so(async || server.letters().len() >= 40).await;
    stop.send(true).unwrap();
    one.await.unwrap();
    other.await.unwrap();
    let mut ids: Vec<String> =
        server.letters().iter().map(|mail| header(mail, "Message-ID").to_owned()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), server.letters().len()), (40, 40));
    assert!(store::unsent(&*db, now()).await.unwrap().is_empty());
}

#[tokio::test]
async fn without_a_mail_server_a_letter_is_a_file_that_the_log_names_and_no_address() {
    let folder = folder();
    let program = Program::serving(folder.path());
    let private = Private::of(folder.path());
    let db = sqlx::PgPool::connect_with(private.options()).await.unwrap();
    put(&db, "link:1", now()).await;
    let mail = folder.path().join("var/mail");
    let files = || -> Vec<PathBuf> {
        let files = fs::read_dir(&mail).into_iter().flatten();
        let files = files.map(|file| file.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|e| e == "eml")).collect()
    };
    eventually(|| files().len() == 1 && program.said().contains(".eml"));
    let file = files().remove(0);
    assert!(program.said().contains(file.file_name().unwrap().to_str().unwrap()));
    assert!(!program.said().contains("lovelace") && !program.said().contains('@'));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
    assert_eq!(header(&text, "To"), ADA);
    assert!(opens(&db, &text, now()).await);
}

#[test]
fn a_mail_server_without_a_sender_or_with_a_wrong_address_is_refused_without_its_password() {
    let folder = folder();
    for (server, from, told) in [
        ("smtp://ada:secret@127.0.0.1:1", "", "FINGERPOST_MAIL_FROM"),
        ("smtp://ada:secret@127.0.0.1:1", "secret", "FINGERPOST_MAIL_FROM should look like"),
        ("pop://ada:secret@127.0.0.1", FROM, "FINGERPOST_SMTP should look like"),
    ] {
        let mut command = Program::command(folder.path());
        command.env("FINGERPOST_SMTP", server).env("FINGERPOST_MAIL_FROM", from);
        let refused = command.output().unwrap();
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(1), "{said}");
        assert!(said.contains(told) && !said.contains("secret"), "{said}");
    }
}
