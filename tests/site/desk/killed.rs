//! The program killed while many are deciding: each decision is whole, or was never made.
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread::{scope, sleep},
    time::Duration,
};

use fingerpost::{
    accounts::signing_in::{Entered, enter},
    forms::Answers,
    submissions::{About, By, Submission, SubmissionId, send::send, store},
};

use super::*;
use crate::{
    describe::{PLACE, WHAT, form},
    support::{Private, Program, folder},
};

const SUBMISSIONS: usize = 120;
const HANDS: usize = 8;
/// So many have their answer before the program is killed.
const DECIDED_BEFORE: usize = 25;
const NEW: &str = "Make pots with eight others.";

/// One submission, all that became of it, and what is live.
#[derive(sqlx::FromRow)]
struct Became {
    id: SubmissionId,
    stage: String,
    edit: String,
    state: String,
    lines: i64,
    summary: String,
    acts: i64,
    letters: i64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_killed_among_decisions_leaves_each_whole_or_not_made_at_all() {
    let folder = folder();
    let program = Program::serving(folder.path());
    let db = PgPool::connect_with(Private::of(folder.path()).options()).await.unwrap();
    let mut ids = vec![];
    for number in 0..SUBMISSIONS {
        ids.push(waiting(&db, number).await);
    }
    let account = account(&db, "Ama", coordinator_of(SOUTHWARK)).await;
    let link = link_for_console(&db, &account, now()).await.unwrap();
    let device = Line::parse("a test").unwrap();
    let secret = enter(&db, &link, account.id, (&device, None), now()).await.unwrap();
    let Some(Entered::In(secret)) = secret else { panic!("nobody is signed in") };
    let cookie = format!("desk={}", secret.shown());

    let answered = tokio::task::spawn_blocking({
        let ids = ids.clone();
        move || decide_until_killed(program, &ids, &cookie)
    });
    let answered = answered.await.unwrap();
    db.close().await;

    let _again = Program::serving(folder.path());
    let db = PgPool::connect_with(Private::of(folder.path()).options()).await.unwrap();
    let became: Vec<Became> = sqlx::query_as(
        "select s.id, s.stage, e.stage as edit, o.state, o.summary,
                (select count(*) from offer_revisions r where r.offer_id = o.id) as lines,
                (select count(*) from desk_acts a where a.subject = s.id) as acts,
                (select count(*) from outbox l where l.event = 'published:' || s.id || ':1') as letters
         from submissions s join submissions e on e.edits = s.id join offers o on o.id = s.offer_id
         order by s.id",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    assert_eq!(became.len(), SUBMISSIONS);
    let mut made = 0;
    for one in &became {
        let Became { id, stage, edit, state, lines, summary, acts, letters } = one;
        let found = (
            stage.as_str(),
            edit.as_str(),
            state.as_str(),
            *lines,
            *acts,
            *letters,
            summary == NEW,
        );
        let whole = ("published", "published", "published", 2, 1, 1, true);
        let never = ("waiting", "draft", "submitted", 1, 0, 0, false);
        assert!(found == whole || found == never, "{id}: {found:?}");
        assert!(found == whole || !answered.contains(id), "{id} was answered and is lost");
        made += usize::from(found == whole);
    }
    assert!(made >= DECIDED_BEFORE && made < SUBMISSIONS, "{made} were made when it was killed");
}

/// Those that had their answer. Takes the program with it.
fn decide_until_killed(
    mut program: Program,
    ids: &[SubmissionId],
    cookie: &str,
) -> Vec<SubmissionId> {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let answered = scope(|hands| {
        let program = &program;
        let work = || {
            let mut answered = vec![];
            while let Some(id) = ids.get(next.fetch_add(1, Ordering::SeqCst)) {
                let said = form(&[("decision", "publish"), ("version", "2")]);
                let path = format!("/desk/submissions/{id}/decision");
                match program.post_as(&path, cookie, &said) {
                    Some(reply) => assert_eq!(reply, "HTTP/1.1 303 See Other"),
                    None => break,
                }
                answered.push(*id);
                done.fetch_add(1, Ordering::SeqCst);
            }
            answered
        };
        let hands: Vec<_> = (0..HANDS).map(|_| hands.spawn(work)).collect();
        while done.load(Ordering::SeqCst) < DECIDED_BEFORE {
            sleep(Duration::from_millis(1));
        }
        program.signal("KILL");
        hands.into_iter().flat_map(|hand| hand.join().unwrap()).collect()
    });
    program.ended();
    answered
}

/// Something that waits and is edited by a coordinator.
async fn waiting(db: &PgPool, number: usize) -> SubmissionId {
    let mut answers = Answers::default();
    let rest = [
        ("needs", "loneliness"),
        ("ages", "all"),
        ("when", "arrangement"),
        ("by_arrangement", "When it suits you"),
        ("cost", "free"),
        ("residents_join", "drop-in"),
        ("provider_name", "Hollow Lane Clay"),
        ("contact-1-phone", "020 7946 0142"),
    ];
    for (field, value) in WHAT.into_iter().chain(PLACE).chain(rest) {
        answers.set(field, value);
    }
    answers.set("title", format!("Clay number {number}"));
    let email = Email::of_person(&format!("artist{number}@clay.example")).unwrap();
    let by = By::Artist { email, confirmed: Some(now()) };
    let new = Submission::new(SubmissionId::now_v7(), About::New(None), by, answers, now());
    assert!(store::insert(db, &new).await.unwrap());
    send(db, new.id, 1, now()).await.unwrap();
    let sent = store::found(db, new.id).await.unwrap().unwrap();
    let account = account(db, "Ben", coordinator_of(SOUTHWARK)).await.id;
    let by = By::Desk { account, edits: Some(sent.id), provider_is_known: false };
    let mut edit = Submission { id: SubmissionId::now_v7(), by, stage: new.stage, ..sent };
    edit.answers.set("summary", NEW);
    assert!(store::insert(db, &edit).await.unwrap());
    new.id
}
