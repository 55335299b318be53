//! Who comes in, for what, and who says so.
use super::*;
use crate::describe::{empty_site, form, letters, waiting, wrongs};

const PEOPLE: &str = "/desk/people";
const INVITATION: &str = "/desk/people/invitation";
const GUEST: [(&str, &str); 2] = [("name", "Gus Guest"), ("email", "gus@council.example")];

fn administrator() -> Rights {
    Rights { administrator: true, ..Rights::default() }
}

fn both(one: (&str, Role), other: (&str, Role)) -> Rights {
    let pair = [one, other].map(|(gss, role)| (Gss::parse(gss).unwrap(), role));
    Rights { administrator: false, boroughs: pair.into() }
}

fn at(account: &Account, act: &str) -> String {
    format!("{PEOPLE}/{}{act}", account.id)
}

async fn rights(db: &PgPool, account: &Account) -> Rights {
    store::account(db, account.id).await.unwrap().unwrap().rights
}

async fn has_ended(db: &PgPool, account: &Account) -> bool {
    store::account(db, account.id).await.unwrap().unwrap().ended.is_some()
}

async fn logged(db: &PgPool, act: &str) -> i64 {
    let count = sqlx::query_scalar("select count(*) from desk_acts where act = $1").bind(act);
    count.fetch_one(db).await.unwrap()
}

async fn invited(person: &Person<'_>, more: &[(&str, &str)]) -> Reply {
    person.post(INVITATION, &form(&[&GUEST[..], more].concat())).await
}

const SOUTHWARK_COORDINATOR: [(&str, &str); 2] =
    [("borough", "southwark"), ("as-southwark", "coordinator")];

#[tokio::test]
async fn an_administrator_sees_everybody_a_coordinator_those_who_share_a_borough_they_decide_for() {
    let (db, site) = empty_site().await;
    let cleo = signed_in(&db, &site, "Cleo", administrator()).await;
    let mixed = both((SOUTHWARK, Role::Coordinator), (CAMDEN, Role::Reader));
    let ama = signed_in(&db, &site, "Ama", mixed).await;
    account(&db, "Dan", reader_of(SOUTHWARK)).await;
    let camden = account(&db, "Eve", coordinator_of(CAMDEN)).await;
    let all = cleo.get(PEOPLE).await.body;
    for shown in ["Cleo", "Ama", "Dan", "Eve", "dan@council.example", "reader of Southwark"] {
        assert!(all.contains(shown), "{shown}");
    }
    assert_eq!(all.matches("Last signed in\">never").count(), 2, "Dan and Eve");
    let own = ama.get(PEOPLE).await.body;
    assert!(own.contains("dan@council.example") && !own.contains("eve@council.example"));
    assert_eq!(ama.get(&at(&camden, "")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ama.post(&at(&camden, "/ending"), "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_coordinator_invites_for_own_boroughs_with_a_letter_and_a_line_in_the_log() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let sent = invited(&ama, &SOUTHWARK_COORDINATOR).await;
    assert_eq!(sent.header("location"), "/desk/people?done=invited");
    let list = ama.get(PEOPLE).await.body;
    assert!(list.contains("Gus Guest") && list.contains("coordinator of Southwark"));
    assert_eq!((letters(&db, "account").await, logged(&db, "invited").await), (1, 1));
    let again = invited(&ama, &SOUTHWARK_COORDINATOR).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrongs(&again).contains("Somebody has an account with this address"));
    assert_eq!(letters(&db, "account").await, 1);
}

#[tokio::test]
async fn a_coordinator_gives_neither_another_borough_nor_one_they_only_read_nor_administrator() {
    let (db, site) = empty_site().await;
    let mixed = both((SOUTHWARK, Role::Coordinator), (CAMDEN, Role::Reader));
    let ama = signed_in(&db, &site, "Ama", mixed).await;
    let dan = account(&db, "Dan", reader_of(SOUTHWARK)).await;
    let page = ama.get(INVITATION).await.body;
    assert!(page.contains("value=\"southwark\"") && !page.contains("value=\"camden\""));
    assert!(!page.contains("id=\"administrator\""));
    for more in [
        [("borough", "camden"), ("as-camden", "reader")],
        [("borough", "barnet"), ("as-barnet", "reader")],
        [("administrator", "yes"), ("as-southwark", "")],
    ] {
        assert_eq!(invited(&ama, &more).await.status, StatusCode::FORBIDDEN, "{more:?}");
        let changed = ama.post(&at(&dan, "/rights"), &form(&more)).await;
        assert_eq!(changed.status, StatusCode::FORBIDDEN, "{more:?}");
    }
    assert_eq!(rights(&db, &dan).await, reader_of(SOUTHWARK));
    assert_eq!(letters(&db, "account").await, 0);
}

#[tokio::test]
async fn all_mistakes_of_an_invitation_are_named_at_once_and_nothing_typed_is_lost() {
    let (db, site) = empty_site().await;
    let cleo = signed_in(&db, &site, "Cleo", administrator()).await;
    let typed = [
        ("name", ""),
        ("email", "gus at council"),
        ("borough", "southwark"),
        ("as-camden", "reader"),
    ];
    let reply = cleo.post(INVITATION, &form(&typed)).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["their name", "their email", "may do in Southwark", "Tick Camden"] {
        assert!(wrongs(&reply).contains(told), "{told}: {}", wrongs(&reply));
    }
    assert!(reply.body.contains("value=\"gus at council\""));
    assert!(reply.body.contains("value=\"southwark\" checked"));
    let nothing = invited(&cleo, &[]).await;
    assert!(wrongs(&nothing).contains("Tick a borough"), "{}", wrongs(&nothing));
}

#[tokio::test]
async fn rights_beyond_a_coordinators_boroughs_stay_and_such_an_account_is_not_theirs_to_end() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let shared = both((SOUTHWARK, Role::Reader), (CAMDEN, Role::Coordinator));
    let eve = account(&db, "Eve", shared).await;
    let changed = ama.post(&at(&eve, "/rights"), &form(&SOUTHWARK_COORDINATOR)).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
    let raised = both((SOUTHWARK, Role::Coordinator), (CAMDEN, Role::Coordinator));
    assert_eq!(rights(&db, &eve).await, raised);
    assert_eq!(logged(&db, "rights_changed").await, 1);
    assert_eq!(ama.post(&at(&eve, "/ending"), "").await.status, StatusCode::FORBIDDEN);
    assert!(!has_ended(&db, &eve).await);
    ama.post(&at(&eve, "/rights"), "").await;
    assert_eq!(rights(&db, &eve).await, coordinator_of(CAMDEN), "their own part may be taken away");
    let mut boss = coordinator_of(SOUTHWARK);
    boss.administrator = true;
    let cleo = account(&db, "Cleo", boss).await;
    assert_eq!(ama.post(&at(&cleo, "/ending"), "").await.status, StatusCode::FORBIDDEN);
    ama.post(&at(&cleo, "/rights"), "").await;
    assert_eq!(rights(&db, &cleo).await, administrator());
}

#[tokio::test]
async fn somebody_of_another_borough_is_invited_into_ones_own_besides() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let gus = account(&db, "Gus", coordinator_of(CAMDEN)).await;
    let reader = [("borough", "southwark"), ("as-southwark", "reader")];
    assert_eq!(invited(&ama, &reader).await.status, StatusCode::SEE_OTHER);
    let now = both((SOUTHWARK, Role::Reader), (CAMDEN, Role::Coordinator));
    assert_eq!(rights(&db, &gus).await, now);
}

#[tokio::test]
async fn ending_an_account_signs_out_at_once_and_frees_its_claims_and_it_can_be_let_in_again() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    ben.post(&format!("/desk/submissions/{id}/claim"), "").await;
    let ended = ama.post(&at(&ben.account, "/ending"), "").await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert_eq!(ben.get("/desk").await.header("location"), "/desk/sign-in?to=%2Fdesk");
    let claims: i64 =
        sqlx::query_scalar("select count(*) from desk_claims").fetch_one(&*db).await.unwrap();
    assert_eq!(claims, 0);
    assert!(ama.get(PEOPLE).await.body.contains("ended on"));
    let raised = ama.post(&at(&ben.account, "/rights"), &form(&SOUTHWARK_COORDINATOR)).await;
    assert!(wrongs(&raised).contains("Let them in again first"));
    ama.post(&at(&ben.account, "/return"), "").await;
    assert!(!has_ended(&db, &ben.account).await);
    assert_eq!(ben.get("/desk").await.status, StatusCode::SEE_OTHER, "the old session stays ended");
    assert_eq!((logged(&db, "account_ended").await, logged(&db, "account_let_in").await), (1, 1));
    assert_eq!(letters(&db, "account").await, 1);
}

#[tokio::test]
async fn whoever_has_ended_can_be_invited_anew_and_gets_a_second_letter() {
    let (db, site) = empty_site().await;
    let cleo = signed_in(&db, &site, "Cleo", administrator()).await;
    invited(&cleo, &[("administrator", "yes")]).await;
    sqlx::query("update accounts set ended_at = now() where name = 'Gus Guest'")
        .execute(&*db)
        .await
        .unwrap();
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let refused = invited(&ama, &SOUTHWARK_COORDINATOR).await;
    assert!(wrongs(&refused).contains("Ask an administrator"), "they were more than that");
    assert_eq!(invited(&cleo, &SOUTHWARK_COORDINATOR).await.status, StatusCode::SEE_OTHER);
    assert_eq!(letters(&db, "account").await, 2);
    assert!(cleo.get(PEOPLE).await.body.contains("coordinator of Southwark"));
}

#[tokio::test]
async fn nobody_ends_or_lowers_oneself() {
    let (db, site) = empty_site().await;
    for (name, rights_before) in [("Cleo", administrator()), ("Ama", coordinator_of(SOUTHWARK))] {
        let one = signed_in(&db, &site, name, rights_before.clone()).await;
        let ended = one.post(&at(&one.account, "/ending"), "").await;
        assert_eq!(ended.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrongs(&ended).contains("cannot end your own account"));
        let reader = [("borough", "southwark"), ("as-southwark", "reader")];
        let lowered = one.post(&at(&one.account, "/rights"), &form(&reader)).await;
        assert!(wrongs(&lowered).contains("cannot take rights from yourself"), "{name}");
        assert_eq!(rights(&db, &one.account).await, rights_before);
        assert!(!has_ended(&db, &one.account).await);
    }
}

#[tokio::test]
async fn of_the_last_two_administrators_who_end_each_other_at_once_one_stays() {
    let (db, site) = empty_site().await;
    for round in 0..5 {
        let one = signed_in(&db, &site, &format!("Cleo{round}"), administrator()).await;
        let other = signed_in(&db, &site, &format!("Dora{round}"), administrator()).await;
        let (end_other, end_one) = (at(&other.account, "/ending"), at(&one.account, "/ending"));
        tokio::join!(one.post(&end_other, ""), other.post(&end_one, ""));
        let ended = [has_ended(&db, &one.account).await, has_ended(&db, &other.account).await];
        assert_eq!(ended.iter().filter(|ended| **ended).count(), 1);
    }
}

#[tokio::test]
async fn an_administrator_sees_and_ends_the_sessions_of_others_a_coordinator_does_not() {
    let (db, site) = empty_site().await;
    let cleo = signed_in(&db, &site, "Cleo", administrator()).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let all = at(&ben.account, "/sessions/all/end");
    assert!(!ama.get(&at(&ben.account, "")).await.body.contains("last used"));
    assert_eq!(ama.post(&all, "").await.status, StatusCode::FORBIDDEN);
    assert_eq!(ben.get("/desk").await.status, StatusCode::OK);
    assert!(cleo.get(&at(&ben.account, "")).await.body.contains("last used"));
    assert_eq!(cleo.post(&all, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ben.get("/desk").await.status, StatusCode::SEE_OTHER);
    assert_eq!(logged(&db, "sessions_ended").await, 1);
}
