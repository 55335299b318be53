//! How long the listings take with 100,000 offers. It prints, and fails on no machine however slow.
use std::time::{Duration, Instant};

use super::*;
use crate::support::database;

#[tokio::test]
#[ignore = "it measures: a hundred thousand offers take a while to invent"]
async fn a_hundred_thousand_offers_are_listed_page_by_page() {
    let db = database().await;
    fingerpost::sample::load_invented(&db, 100_000, now(), |_| ()).await.unwrap();
    let site = Site::new(&db).await;
    let everything = Rights { administrator: true, ..Rights::default() };
    let cleo = signed_in(&db, &site, "Cleo", everything).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    for (who, person) in [("all boroughs", &cleo), ("one borough", &ama)] {
        for (what, query) in [
            ("by title", ""),
            ("changed last", "sort=changed"),
            ("not confirmed for longest", "sort=confirmed"),
            ("least complete", "sort=complete"),
            ("words", "q=clay+mor"),
            ("words that few have", "q=kiln"),
            ("paused", "state=paused"),
            ("one borough", "borough=southwark&sort=changed"),
            ("not confirmed since", "since=1+January+2026"),
            ("deep", "after=n~00000000-0000-0000-0000-000000000000"),
            ("deeper", "after=w~00000000-0000-0000-0000-000000000000"),
            ("deep, backwards", "before=w~00000000-0000-0000-0000-000000000000"),
        ] {
            let mut took = vec![];
            // More often than Postgres plans anew for each call.
            for _ in 0..12 {
                let started = Instant::now();
                let page = person.get(&format!("/desk/listings?{query}")).await;
                assert_eq!(page.status, StatusCode::OK);
                took.push(started.elapsed());
            }
            took.sort();
            let of = |at: usize| took.get(at).map_or(0.0, |one: &Duration| one.as_secs_f64() * 1e3);
            println!("{who}, {what}: middle {:.1} ms, slowest {:.1} ms", of(6), of(11));
        }
    }
}
