//! Every address of the desk, tried by everybody who should not get in.
use std::collections::BTreeSet;

use axum::http::{Method, Request, StatusCode, header};

use super::{reports::report_of, *};
use crate::describe::{empty_site, waiting};

/// Who tries.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Who {
    Nobody,
    Ended,
    /// Reads what is tried.
    Reader,
    /// Decides, but elsewhere.
    Elsewhere,
}

/// What they get.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Gets {
    /// To be sent to sign in, or told so.
    SignIn,
    /// It does not exist for them.
    Nothing,
    Forbidden,
    /// It is theirs as much as anybody's.
    In,
}

use Gets::{Forbidden, In, Nothing, SignIn};

/// Every address of the desk, its method, and what nobody, an ended account, a reader and the coordinator of
/// another borough get there.
const TABLE: &[(&str, Method, [Gets; 4])] = &[
    ("/desk/sign-in", Method::GET, [In, In, In, In]),
    ("/desk/sign-in", Method::POST, [In, In, In, In]),
    ("/desk/sign-in/{secret}", Method::GET, [Nothing, Nothing, Nothing, Nothing]),
    ("/desk/sign-in/{secret}", Method::POST, [Nothing, Nothing, Nothing, Nothing]),
    ("/desk/code", Method::GET, [SignIn, SignIn, SignIn, SignIn]),
    ("/desk/code", Method::POST, [In, In, In, In]),
    ("/desk/second-factor", Method::GET, [SignIn, SignIn, Forbidden, Forbidden]),
    ("/desk/second-factor", Method::POST, [SignIn, SignIn, Forbidden, Forbidden]),
    (
        "/desk/people/{account}/second-factor/reset",
        Method::POST,
        [SignIn, SignIn, Forbidden, Nothing],
    ),
    ("/desk/sign-out", Method::POST, [SignIn, SignIn, In, In]),
    ("/desk/sessions", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/sessions/{which}/end", Method::POST, [SignIn, SignIn, In, In]),
    ("/desk", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/submissions/{id}", Method::GET, [SignIn, SignIn, In, Nothing]),
    ("/desk/submissions/{id}/claim", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/submissions/{id}/release", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/submissions/{id}/decision", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/export/{file}", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/intake", Method::GET, [SignIn, SignIn, Forbidden, In]),
    ("/desk/intake", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/intake/{intake}", Method::GET, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/intake/{intake}/choice", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/intake/{intake}/import", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/intake/{intake}/following", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/feeds/{feed}/ending", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/tasks", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/tasks/{task}/{act}", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/log", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/log.csv", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/words", Method::GET, [SignIn, SignIn, Forbidden, Forbidden]),
    ("/desk/words/entry", Method::GET, [SignIn, SignIn, Forbidden, Forbidden]),
    ("/desk/words/entry", Method::POST, [SignIn, SignIn, Forbidden, Forbidden]),
    ("/desk/words/history", Method::GET, [SignIn, SignIn, Forbidden, Forbidden]),
    (
        "/desk/words/history/{number}/restoring",
        Method::POST,
        [SignIn, SignIn, Forbidden, Forbidden],
    ),
    ("/desk/people", Method::GET, [SignIn, SignIn, Forbidden, In]),
    ("/desk/people/invitation", Method::GET, [SignIn, SignIn, Forbidden, In]),
    ("/desk/people/invitation", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/people/{account}", Method::GET, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/people/{account}/rights", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/people/{account}/ending", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/people/{account}/return", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    (
        "/desk/people/{account}/sessions/{which}/end",
        Method::POST,
        [SignIn, SignIn, Forbidden, Nothing],
    ),
    ("/desk/reports", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/reports/{report}", Method::GET, [SignIn, SignIn, In, Nothing]),
    ("/desk/reports/{report}/claim", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/reports/{report}/release", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/reports/{report}/decision", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/link-workers", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/link-workers/proposal", Method::GET, [SignIn, SignIn, Forbidden, In]),
    ("/desk/link-workers/proposal", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/link-workers/{worker}", Method::GET, [SignIn, SignIn, In, Nothing]),
    // There is no photograph of this one.
    (
        "/desk/link-workers/{worker}/photograph/{file}",
        Method::GET,
        [SignIn, SignIn, Nothing, Nothing],
    ),
    ("/desk/link-workers/{worker}/{act}", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/stories", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/stories/entry", Method::GET, [SignIn, SignIn, Forbidden, In]),
    ("/desk/stories/entry", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/stories/{story}", Method::GET, [SignIn, SignIn, In, Nothing]),
    ("/desk/stories/{story}/decision", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/listings", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/listings/preview", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/listings/changes", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/duplicates", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/duplicates/{one}/{other}", Method::GET, [SignIn, SignIn, In, Nothing]),
    ("/desk/duplicates/{one}/{other}/merging", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    (
        "/desk/duplicates/{one}/{other}/telling-apart",
        Method::POST,
        [SignIn, SignIn, Forbidden, Nothing],
    ),
    ("/desk/training/{cohort}/attendance", Method::GET, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/training/{cohort}/attendance", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/training/{cohort}/attendance/name", Method::GET, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/training/{cohort}/attendance/name", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/training/{cohort}/sheet", Method::GET, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/training/{cohort}/certificates", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/training/shown", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/training/shown/{shown}", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    // Of one that is not shown so far.
    ("/desk/training/shown/{shown}/removal", Method::POST, [SignIn, SignIn, Nothing, Nothing]),
    ("/desk/training/past", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/training/past/entry", Method::GET, [SignIn, SignIn, Forbidden, In]),
    ("/desk/training/past/entry", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/training/past/{past}", Method::GET, [SignIn, SignIn, In, Nothing]),
    ("/desk/training/past/{past}", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/training/past/{past}/removal", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/batches", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/batches/{batch}", Method::GET, [SignIn, SignIn, In, Nothing]),
    ("/desk/batches/{batch}/undoing", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/offers/{offer}", Method::GET, [SignIn, SignIn, In, Nothing]),
    ("/desk/offers/{offer}/history", Method::GET, [SignIn, SignIn, In, Nothing]),
    ("/desk/offers/{offer}/{act}", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/submissions/{id}/edit", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/submissions/{id}/look", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/edits/{edit}", Method::GET, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/edits/{edit}/check", Method::GET, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/edits/{edit}/check", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/edits/{edit}/preview", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/edits/{edit}/dates", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/edits/{edit}/withdrawal", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/edits/{edit}/pictures", Method::GET, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/edits/{edit}/pictures", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/edits/{edit}/pictures/{id}/{file}", Method::GET, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/edits/{edit}/{step}", Method::GET, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/edits/{edit}/{step}", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/providers/{provider}", Method::GET, [SignIn, SignIn, In, Nothing]),
    ("/desk/providers/{provider}/trust", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/offers/{offer}/edit", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/partnerships", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/partnerships/entry", Method::GET, [SignIn, SignIn, Forbidden, In]),
    ("/desk/partnerships/entry", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/partnerships/{partnership}", Method::GET, [SignIn, SignIn, In, Nothing]),
    ("/desk/partnerships/{partnership}", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    (
        "/desk/partnerships/{partnership}/archiving",
        Method::POST,
        [SignIn, SignIn, Forbidden, Nothing],
    ),
    ("/desk/partnerships/{partnership}/return", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/boroughs", Method::GET, [SignIn, SignIn, Forbidden, Forbidden]),
    ("/desk/boroughs/{borough}", Method::GET, [SignIn, SignIn, Forbidden, Forbidden]),
    ("/desk/boroughs/{borough}", Method::POST, [SignIn, SignIn, Forbidden, Forbidden]),
    ("/desk/resources", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/resources/entry", Method::GET, [SignIn, SignIn, Forbidden, In]),
    ("/desk/resources/entry", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/resources/{resource}", Method::GET, [SignIn, SignIn, In, In]),
    ("/desk/resources/{resource}", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/resources/{resource}/look", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/resources/{resource}/move", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/resources/{resource}/archiving", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/resources/{resource}/return", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/listings/entry", Method::GET, [SignIn, SignIn, Forbidden, In]),
    ("/desk/listings/entry", Method::POST, [SignIn, SignIn, Forbidden, In]),
    ("/desk/training", Method::GET, [SignIn, SignIn, In, In]),
    // Of no programme that is there.
    ("/desk/training/new", Method::GET, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/training/new", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/training/programmes/{programme}", Method::GET, [SignIn, SignIn, Forbidden, Forbidden]),
    ("/desk/training/programmes/{programme}", Method::POST, [SignIn, SignIn, Forbidden, Forbidden]),
    ("/desk/training/{cohort}", Method::GET, [SignIn, SignIn, In, Nothing]),
    ("/desk/training/{cohort}/edit", Method::GET, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/training/{cohort}/edit", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/training/{cohort}/bookings", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
    ("/desk/training/{cohort}/bookings.csv", Method::GET, [SignIn, SignIn, Forbidden, Nothing]),
    (
        "/desk/training/{cohort}/bookings/{booking}/{act}",
        Method::POST,
        [SignIn, SignIn, Forbidden, Nothing],
    ),
    ("/desk/training/{cohort}/{act}", Method::POST, [SignIn, SignIn, Forbidden, Nothing]),
];

#[tokio::test]
async fn every_address_of_the_desk_keeps_out_whom_it_should() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    let account = account(&db, "Target", coordinator_of(SOUTHWARK)).await.id;
    let offer: uuid::Uuid =
        sqlx::query_scalar("select offer_id from submissions").fetch_one(&*db).await.unwrap();
    let report = report_of(&db, offer).await;
    let batch = super::batches::of_one(&db, offer).await;
    let provider: uuid::Uuid =
        sqlx::query_scalar("select provider_id from submissions").fetch_one(&*db).await.unwrap();
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let edit = super::editing::begin_edit(&ama, id).await;
    let twin = super::duplicates::twin_of(&db, offer).await;
    let intake = super::intake::of(&db, account).await;
    let (story, _) = crate::stories::waiting(&db, &site, &[]).await;
    let resource = super::resources::any(&db).await;
    let partnership =
        super::partnerships::partnership(&db, "one", "forum", "borough", &[SOUTHWARK]).await;
    let (feed, task) = super::feeds::of(&db, account, offer).await;
    let cohort = crate::training::open(&db, [1, 1, 1, 1], 30).await;
    let past = crate::training::history::past_in(&db, SOUTHWARK).await;
    let worker = crate::link_workers::somebody(&db).await;
    let taught = crate::training::held::cohort(&db, SOUTHWARK, 1, 3).await;
    let shown = taught.shown_by(&db, provider).await;
    for (path, method, gets) in TABLE {
        let who = [Who::Nobody, Who::Ended, Who::Reader, Who::Elsewhere];
        for (who, gets) in who.into_iter().zip(gets) {
            let cookie = cookie_of(&db, &site, who).await;
            let path = path
                .replace("{secret}", &"a".repeat(32))
                .replace("{which}", "others")
                .replace("{account}", &account.to_string())
                .replace("{worker}", &worker.to_string())
                .replace("{one}", &offer.to_string())
                .replace("{other}", &twin.to_string())
                .replace("{batch}", &batch.to_string())
                .replace("{number}", "1")
                .replace("/export/{file}", "/export/offers.csv")
                .replace("{feed}", &feed.to_string())
                .replace("{task}", &task.to_string())
                .replace("{intake}", &intake.to_string())
                .replace("{partnership}", &partnership.to_string())
                .replace("{borough}", "southwark")
                .replace("{resource}", &resource.to_string())
                .replace("{id}", &id.to_string())
                .replace("{offer}", &offer.to_string())
                .replace("{story}", &story.to_string())
                .replace("{shown}", &shown.to_string())
                .replace("{past}", &past.to_string())
                .replace("{report}", &report.to_string())
                .replace("{act}", "pause")
                .replace("{cohort}", &cohort.to_string())
                .replace("{booking}", &cohort.to_string())
                .replace("{programme}", "new")
                .replace("{edit}", edit.strip_prefix("/desk/edits/").unwrap())
                .replace("{step}", "what")
                .replace("{file}", "small.webp")
                .replace("{provider}", &provider.to_string());
            let request = Request::builder()
                .method(method.clone())
                .uri(&path)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::COOKIE, cookie)
                .header("sec-fetch-site", "same-origin");
            let reply = site.send(request, "decision=publish&version=1").await;
            let got = match (reply.status, *method == Method::GET) {
                (StatusCode::SEE_OTHER, true) | (StatusCode::UNAUTHORIZED, false) => SignIn,
                (StatusCode::NOT_FOUND, _) => Nothing,
                (StatusCode::FORBIDDEN, _) => Forbidden,
                (StatusCode::OK | StatusCode::SEE_OTHER | StatusCode::UNPROCESSABLE_ENTITY, _) => {
                    In
                }
                // A form with files is expected there.
                (StatusCode::BAD_REQUEST, false) if path == "/desk/intake" => In,
                // It is there, and not at the revision that is named.
                (StatusCode::CONFLICT, false) if path.starts_with("/desk/resources/") => In,
                (other, _) => panic!("{who:?} at {path}: {other}"),
            };
            assert_eq!(got, *gets, "{who:?} at {method} {path}");
        }
    }
    let stage: String = sqlx::query_scalar("select stage from submissions where id = $1")
        .bind(id)
        .fetch_one(&*db)
        .await
        .unwrap();
    assert_eq!(stage, "waiting", "none of them has changed anything");
}

#[test]
fn no_address_of_the_desk_is_missing_from_the_table() {
    let routes =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/routes.rs")).unwrap();
    let mut there = BTreeSet::new();
    for (_, rest) in routes.match_indices(".route(").map(|(at, _)| routes.split_at(at)) {
        let path = rest.split('"').nth(1).unwrap();
        let handlers = rest.split(".route(").nth(1).unwrap();
        if path.starts_with("/desk") {
            for (word, method) in [("get(", "GET"), ("post(", "POST")] {
                if handlers.contains(word) {
                    there.insert(format!("{method} {path}"));
                }
            }
        }
    }
    let table = TABLE.iter().map(|(path, method, _)| format!("{method} {path}")).collect();
    assert_eq!(there, table);
}

async fn cookie_of(db: &PgPool, site: &Site, who: Who) -> String {
    let rights = match who {
        Who::Nobody => return String::new(),
        Who::Ended | Who::Reader => reader_of(SOUTHWARK),
        Who::Elsewhere => coordinator_of(CAMDEN),
    };
    let person = signed_in(db, site, &format!("{who:?}"), rights).await;
    if who == Who::Ended {
        sqlx::query("update accounts set ended_at = now() where id = $1")
            .bind(person.account.id)
            .execute(db)
            .await
            .unwrap();
    }
    person.cookie
}
