//! Finding them: by practice, network and borough; what only professionals learn; what the desk does.
use axum::http::StatusCode;

use super::*;
use crate::{
    describe::empty_site,
    desk::{CAMDEN, reader_of},
    networks::{ROWS, import},
    support::{database, encoded},
};

#[tokio::test]
async fn a_practice_shows_those_of_its_network_and_its_own_and_nobody_elses() {
    let db = database().await;
    import(&db, &ROWS, "01Jan2026").await;
    let site = Site::new(&db).await;
    let (id, home) = joins(&db, &site).await;
    // A name that only one can mean, and a code.
    let served = but(&[("networks", "north rye\nU22222"), ("borough", "")]);
    let reply = writes(&site, &home, &served).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", crate::describe::wrongs(&reply));
    let form = site.get(&format!("{home}/details")).await.body;
    assert!(form.contains("North Rye PCN (U11111)\nHackney South PCN (U22222)"), "written out");
    agrees(&site, &home).await;
    is_checked(&db, &site, id).await;
    for found in [
        "/find-your-network?practice=A00001",
        "/find-your-network?practice=A00004",
        "/find-your-network?q=lister+surgery",
        "/networks/U11111",
        "/networks/U22222",
        "/boroughs/southwark/link-workers",
        "/boroughs/hackney/link-workers",
    ] {
        let page = site.get(found).await;
        assert!(page.body.contains(NAME) && page.body.contains(SHOWN), "{found}");
        assert!(!page.body.contains(PHONE), "{found}");
    }
    let lone = site.get("/find-your-network?practice=A00005").await.body;
    assert!(lone.contains("No link worker is listed for The Lone Surgery yet"), "{lone}");
    assert!(lone.contains("/link-workers/join") && !lone.contains(NAME));
    let borough = site.get("/boroughs/southwark").await.body;
    assert!(borough.contains("One link worker is listed in Southwark"), "{borough}");
    assert!(site.get("/link-workers").await.body.contains("Southwark (1)"));
    assert!(site.get("/boroughs/camden").await.body.contains("No link worker is listed in Camden"));

    writes(&site, &home, &but(&[("practices", "the lone surgery"), ("borough", "")])).await;
    agrees(&site, &home).await;
    is_checked(&db, &site, id).await;
    assert!(site.get("/find-your-network?practice=A00005").await.body.contains(NAME));
    assert!(!site.get("/networks/U11111").await.body.contains(NAME), "what is dropped is dropped");
}

#[tokio::test]
async fn a_name_that_several_could_mean_is_asked_back_with_their_codes() {
    let db = database().await;
    import(&db, &ROWS, "01Jan2026").await;
    let site = Site::new(&db).await;
    let (_, home) = joins(&db, &site).await;
    let reply = writes(&site, &home, &but(&[("networks", "PCN south rye")])).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.body.contains("PCN south rye"), "nothing typed is lost");
}

#[tokio::test]
async fn what_is_for_professionals_goes_for_two_days_to_who_has_a_work_address() {
    let (db, site) = empty_site().await;
    let (id, home) = is_listed(&db, &site).await;
    let path = format!("/link-workers/{id}/contact");
    assert!(site.get("/boroughs/southwark/link-workers").await.body.contains(&path));
    let asking = site.get(&path).await;
    assert!(asking.status == StatusCode::OK && !asking.body.contains(PHONE));
    for refused in ["me@mail.example", "me@evilnhs.net", "me", ""] {
        let reply = site.post(&path, &form(&[("email", refused)])).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    }
    assert_eq!(letters(&db, "contact").await, 0);
    let reply = site.post(&path, &form(&[("email", "Nurse@Guys.nhs.uk")])).await;
    assert!(reply.status == StatusCode::OK && !reply.body.contains(PHONE));
    let (subject, words): (uuid::Uuid, String) = sqlx::query_as(
        "select link_subject, plain from outbox where event like 'link-worker-contact:%'",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    assert!(!words.contains(PHONE) && !words.contains(NAME), "a letter names nobody: {words}");
    let link = link_at(&db, subject, "nurse@guys.nhs.uk", now()).await;
    let shown = site.get(&link).await;
    assert!(shown.body.contains(PHONE) && shown.body.contains(SHOWN) && !shown.body.contains(AMA));
    assert_eq!(shown.header("cache-control"), "no-store");
    for own in ["details", "withdrawal"] {
        let reply = site.get(&format!("{link}/{own}")).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "who asks may not {own}");
    }
    sqlx::query("update link_worker_askings set made_at = made_at - interval '49 hours'")
        .execute(&*db)
        .await
        .unwrap();
    assert_eq!(site.get(&link).await.status, StatusCode::NOT_FOUND);
    sqlx::query("update link_worker_askings set made_at = now()").execute(&*db).await.unwrap();
    site.post(&format!("{home}/withdrawal"), "").await;
    assert_eq!(site.get(&link).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_desk_lists_whom_it_looks_after_and_acts_on_what_it_has_seen() {
    let (db, site) = empty_site().await;
    let (id, home) = joins(&db, &site).await;
    let cem = signed_in(&db, &site, "Cem", coordinator_of(SOUTHWARK)).await;
    let path = format!("/desk/link-workers/{id}");
    let list = async |query: &str| cem.get(&format!("/desk/link-workers{query}")).await.body;
    assert_eq!(cem.get(&path).await.status, StatusCode::NOT_FOUND, "nobody has written anything");
    writes(&site, &home, &WRITTEN).await;
    assert!(!list("").await.contains(NAME), "what nobody agreed to is nobody's to read");
    agrees(&site, &home).await;
    assert!(list("").await.contains("One waits to be checked"));
    assert!(list("?state=agreed&borough=southwark").await.contains(NAME));
    assert!(!list("?state=listed").await.contains(NAME));
    let version = hidden(&cem.get(&path).await, "version");
    writes(&site, &home, &but(&[("employer", "Another Trust")])).await;
    agrees(&site, &home).await;
    let check = format!("{path}/check");
    let moved = cem.post(&check, &format!("version={version}")).await;
    assert_eq!(moved.status, StatusCode::CONFLICT);
    assert!(moved.body.contains("Another Trust"), "seen as it is now");
    assert_eq!(state(&db, id).await.as_deref(), Some("agreed"));
    is_checked(&db, &site, id).await;

    let version = hidden(&cem.get(&path).await, "version");
    let removal = format!("{path}/removal");
    let why = cem.post(&removal, &format!("version={version}&why=")).await;
    assert_eq!(why.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = encoded("Your employer tells us that you have moved on.");
    let off = cem.post(&removal, &format!("version={version}&why={words}")).await;
    assert_eq!(off.status, StatusCode::SEE_OTHER, "{}", off.body);
    assert_eq!(state(&db, id).await.as_deref(), Some("off"));
    assert!(!site.get("/boroughs/southwark/link-workers").await.body.contains(NAME));
    let letter: String =
        sqlx::query_scalar("select plain from outbox where event like 'link-worker-off:%'")
            .fetch_one(&*db)
            .await
            .unwrap();
    assert!(
        letter.contains("moved on") && letter.contains("The Southwark coordinator"),
        "{letter}"
    );
    agrees(&site, &home).await;
    assert_eq!(
        state(&db, id).await.as_deref(),
        Some("agreed"),
        "who comes back is looked at again"
    );
    let log = cem.get("/desk/log").await.body;
    assert!(log.contains("checked and listed") && log.contains("took off the list"), "{log}");
}

#[tokio::test]
async fn a_coordinator_proposes_somebody_of_own_boroughs_and_nobody_sees_it_without_their_yes() {
    let (db, site) = empty_site().await;
    let cem = signed_in(&db, &site, "Cem", coordinator_of(SOUTHWARK)).await;
    let to = "/desk/link-workers/proposal";
    let typed = |pairs: &[(&'static str, &'static str)]| {
        let mut pairs = but(pairs);
        pairs.push(("letters_to", AMA));
        form(&pairs)
    };
    let elsewhere = cem.post(to, &typed(&[("borough", "camden")])).await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(elsewhere.body.contains("boroughs you look after"));
    let made = cem.post(to, &typed(&[])).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let again = cem.post(to, &typed(&[])).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(letters(&db, "proposed").await, 1);
    assert!(!site.get("/boroughs/southwark/link-workers").await.body.contains(NAME));
    let id = id_of(&db, AMA).await.unwrap();
    let path = format!("/desk/link-workers/{id}");
    let asked = cem.post(&format!("{path}/asking"), "version=1").await;
    assert_eq!(asked.status, StatusCode::CONFLICT, "nobody gets two letters within a day");
    let reader = signed_in(&db, &site, "Rea", reader_of(SOUTHWARK)).await;
    assert_eq!(reader.get(&path).await.status, StatusCode::OK);
    assert!(!reader.get(&path).await.body.contains("id=\"take-back\""));
    let other = signed_in(&db, &site, "Oth", coordinator_of(CAMDEN)).await;
    assert!(!other.get("/desk/link-workers").await.body.contains(NAME));
    let home = link_at(&db, id, AMA, now()).await;
    let page = site.get(&home).await.body;
    assert!(page.contains("The Southwark coordinator suggests this"), "{page}");
    let back = cem.post(&format!("{path}/taking-back"), "version=1").await;
    assert_eq!(back.header("location"), "/desk/link-workers?done=taking-back");
    assert_eq!(id_of(&db, AMA).await, None);
    assert_eq!(site.get(&home).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        cem.post(to, &typed(&[])).await.status,
        StatusCode::SEE_OTHER,
        "it may be made anew"
    );
}
