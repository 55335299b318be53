//! Joining, seeing exactly what would be public, saying yes, putting it right.
use axum::http::StatusCode;
use jiff::SignedDuration;

use super::*;
use crate::describe::{empty_site, wrongs};

#[tokio::test]
async fn joining_needs_a_mailed_link_and_its_answer_tells_nobody_who_is_known() {
    let (db, site) = empty_site().await;
    is_listed(&db, &site).await;
    let ask = async |email| site.post("/link-workers/join", &form(&[("email", email)])).await;
    let (known, unknown) = (ask(AMA).await, ask("nobody@elsewhere.example").await);
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    assert_eq!((letters(&db, "join").await, letters(&db, "link").await), (2, 1));
    for _ in 0..4 {
        assert_eq!(ask(AMA).await.body, unknown.body, "too often is answered alike");
    }
    assert_eq!(letters(&db, "link").await, 2, "three an hour, with the one that joined");
    assert_eq!(ask("no address").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn nobody_is_listed_before_they_agree_and_a_coordinator_has_checked() {
    let (db, site) = empty_site().await;
    let list = "/boroughs/southwark/link-workers";
    let shown = async || site.get(list).await.body.contains(NAME);
    let (id, home) = joins(&db, &site).await;
    let reply = site.get(&home).await;
    assert_eq!(reply.header("location"), format!("{home}/details"), "nothing to look at yet");
    writes(&site, &home, &WRITTEN).await;
    assert!(!shown().await);
    agrees(&site, &home).await;
    assert_eq!(state(&db, id).await.as_deref(), Some("agreed"));
    assert!(!shown().await, "agreed, but nobody has looked");
    is_checked(&db, &site, id).await;
    assert!(shown().await);
    assert_eq!(letters(&db, "listed").await, 1);
    assert!(site.get(&home).await.body.contains("You are listed until"));
}

#[tokio::test]
async fn their_own_page_shows_exactly_what_everybody_sees_and_apart_from_it_what_professionals_do()
{
    let (db, site) = empty_site().await;
    let (_, home) = is_listed(&db, &site).await;
    let page = site.get(&home).await;
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    let public = page.body.split("id=\"public\"").nth(1).unwrap();
    let (public, rest) = public.split_once("</article>").unwrap();
    assert!(public.contains(SHOWN) && !public.contains(PHONE), "{public}");
    let kept = rest.split("id=\"kept\"").nth(1).unwrap().split("</ul>").next().unwrap();
    assert!(kept.contains(PHONE) && !kept.contains(SHOWN), "{kept}");
    let list = site.get("/boroughs/southwark/link-workers").await.body;
    let table = |page: &str| {
        page.split("<tbody>").nth(1).unwrap().split("</tbody>").next().map(str::to_owned)
    };
    assert_eq!(table(public), table(&list), "the same words for everybody");
    assert!(!list.contains(PHONE) && !list.contains(AMA), "{list}");
}

#[tokio::test]
async fn what_is_wrong_is_said_next_to_it_and_nothing_typed_is_lost() {
    let (db, site) = empty_site().await;
    let (_, home) = joins(&db, &site).await;
    let typed = but(&[("name", ""), ("phone", "call me"), ("networks", "Nowhere PCN")]);
    let reply = writes(&site, &home, &typed).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let summary = wrongs(&reply);
    for field in ["#name", "#phone", "#networks"] {
        assert!(summary.contains(&format!("href=\"{field}\"")), "{field}: {summary}");
    }
    assert!(reply.body.contains("value=\"call me\"") && reply.body.contains("Lantern House Trust"));
    for hostile in ["name=%00%FF", "role=", "version=x&name=a&day=blursday&language=xx"] {
        let reply = site.post(&format!("{home}/details"), hostile).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{hostile}");
    }
}

#[tokio::test]
async fn a_change_is_seen_when_they_agree_and_who_they_are_only_after_another_look() {
    let (db, site) = empty_site().await;
    let (id, home) = is_listed(&db, &site).await;
    let list = async || site.get("/boroughs/southwark/link-workers").await.body;
    writes(&site, &home, &but(&[("day", "friday")])).await;
    assert!(list().await.contains("Tuesdays"), "until she says yes all stays as it was");
    agrees(&site, &home).await;
    assert!(list().await.contains("Fridays"), "on which days is hers alone to know");
    writes(&site, &home, &but(&[("employer", "Another Trust")])).await;
    assert!(site.get(&home).await.body.contains("until the coordinator has looked at it again"));
    assert!(list().await.contains("Lantern House Trust"));
    agrees(&site, &home).await;
    assert_eq!(state(&db, id).await.as_deref(), Some("agreed"));
    assert!(!list().await.contains(NAME));
    is_checked(&db, &site, id).await;
    assert!(list().await.contains("Another Trust"));
}

#[tokio::test]
async fn nobody_agrees_to_what_they_have_not_seen() {
    let (db, site) = empty_site().await;
    let (id, home) = joins(&db, &site).await;
    writes(&site, &home, &WRITTEN).await;
    let seen = hidden(&site.get(&home).await, "version");
    writes(&site, &home, &but(&[("employer", "Another Trust")])).await;
    let reply = site.post(&format!("{home}/agreement"), &format!("version={seen}")).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.body.contains("Another Trust"), "it is shown as it is now");
    assert_eq!(state(&db, id).await.as_deref(), Some("begun"));
    let old = format!("{}&version={seen}", form(&but(&[("employer", "Third Trust")])));
    let reply = site.post(&format!("{home}/details"), &old).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.body.contains("Third Trust"), "nothing typed is lost");
}

#[tokio::test]
async fn an_old_link_opens_nothing_but_the_way_out() {
    let (db, site) = empty_site().await;
    let (id, _) = is_listed(&db, &site).await;
    let days = |days: i64| now() - SignedDuration::from_hours(24 * days);
    let recent = link_at(&db, id, AMA, days(29)).await;
    assert_eq!(site.get(&recent).await.status, StatusCode::OK);
    let old = link_at(&db, id, AMA, days(31)).await;
    for path in [old.clone(), format!("{old}/details")] {
        let reply = site.get(&path).await;
        assert_eq!(reply.status, StatusCode::GONE);
        assert!(!reply.body.contains(NAME) && reply.body.contains("/withdrawal"), "{path}");
    }
    assert_eq!(site.post(&format!("{old}/agreement"), "version=1").await.status, StatusCode::GONE);
    assert_eq!(site.get(&format!("{old}/withdrawal")).await.status, StatusCode::OK);
    let older = link_at(&db, id, AMA, days(401)).await;
    assert_eq!(site.get(&format!("{older}/withdrawal")).await.status, StatusCode::NOT_FOUND);
}
