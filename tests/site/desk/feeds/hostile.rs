//! Feeds that take more than is theirs: others' offers, or no end of our time and room.
use fingerpost::desk::intake::crawl::crawl;

use super::*;

#[tokio::test]
async fn a_feed_of_another_borough_takes_nothing_over_by_naming_the_same_source() {
    let (db, app, site, server) = with_feed().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    publish(&server, &[service("1", "Clay one"), service("2", "Clay two")]);
    followed(&db, &ama, &server, "publish").await;
    fetch(&db, &app).await;
    sqlx::query("update feeds set ended_at = now()").execute(&*db).await.unwrap();
    let ben = signed_in(&db, &site, "Ben", coordinator_of(CAMDEN)).await;
    followed(&db, &ben, &server, "publish").await;
    fetch(&db, &app).await;
    let of_ama = "select count(*) from intake_origins i join feeds f on f.id = i.feed_id
                  join accounts a on a.id = f.account_id where a.name = 'Ama'";
    assert_eq!(number(&db, of_ama).await, 2);
}

#[tokio::test]
async fn a_feed_whose_services_are_endless_together_is_cut() {
    let server = Server::start();
    let mut services: Vec<Value> =
        (1..=20).map(|id| service(&id.to_string(), &format!("Clay {id}"))).collect();
    services.iter_mut().for_each(|one| one["description"] = "Clay. ".repeat(1_000).into());
    publish(&server, &services);
    let limits = Limits { bytes: 10_000, ..Limits::USUAL };
    let read = crawl(&fetcher(&server).within(limits), &server.at("/api"), |_, _| ()).await;
    assert!(read.unwrap_err().contains("too large"));
    let limits = Limits { time: Duration::from_millis(2), ..Limits::USUAL };
    server.answers("/api/services?page=1&per_page=50", Answer::Slow);
    let read =
        crawl(&fetcher(&server).within(limits), &server.at("/api/services"), |_, _| ()).await;
    assert!(read.unwrap_err().contains("too long"));
}
