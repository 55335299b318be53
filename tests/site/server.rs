//! Connections: their limits, and their orderly end.
use std::{net::SocketAddr, time::Duration};

use axum::{Router, routing::get};
use fingerpost::web::server;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::sleep,
};

struct Serving {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

async fn serving() -> Serving {
    let site = Router::new().route("/", get(async || "hello")).route(
        "/slow",
        get(async || {
            sleep(Duration::from_millis(500)).await;
            "finished"
        }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let stopped = async { stopped.await.unwrap_or_default() };
    let ended = tokio::spawn(server::serve(listener, site, stopped));
    Serving { address, stop, ended }
}

async fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = Vec::new();
    // A refused request may end in a reset connection; what came before it counts.
    let _ = stream.read_to_end(&mut reply).await;
    String::from_utf8(reply).unwrap()
}

#[tokio::test]
async fn what_was_begun_is_finished_before_the_end() {
    let site = serving().await;
    let idle = TcpStream::connect(site.address).await.unwrap();
    let slow = tokio::spawn(ask(site.address, "GET /slow HTTP/1.1\r\nhost: test\r\n\r\n"));
    sleep(Duration::from_millis(150)).await;
    site.stop.send(()).unwrap();

    let reply = slow.await.unwrap();
    assert!(reply.starts_with("HTTP/1.1 200") && reply.ends_with("finished"), "{reply}");
    site.ended.await.unwrap();
    assert!(TcpStream::connect(site.address).await.is_err(), "nobody is let in any more");
    drop(idle);
}

#[tokio::test]
async fn one_connection_takes_several_requests() {
    let site = serving().await;
    let two =
        "GET / HTTP/1.1\r\nhost: a\r\n\r\nGET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    assert_eq!(ask(site.address, two).await.matches("hello").count(), 2);
}

#[tokio::test]
async fn a_request_with_too_large_a_head_is_refused() {
    let site = serving().await;
    let large = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "x".repeat(20_000));
    assert!(ask(site.address, &large).await.starts_with("HTTP/1.1 431"));
    let many = format!("GET / HTTP/1.1\r\nhost: a\r\n{}\r\n", "x: y\r\n".repeat(100));
    assert!(ask(site.address, &many).await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn a_search_of_two_thousand_characters_fits() {
    let site = serving().await;
    let long =
        format!("GET /?q={} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", "%20".repeat(2_000));
    assert!(ask(site.address, &long).await.ends_with("hello"));
}

#[tokio::test]
async fn a_connection_that_asks_for_nothing_is_closed_after_a_while() {
    let site = serving().await;
    let reply = ask(site.address, "GET / HTTP/1.1\r\nhost: a\r\nx: never").await;
    assert_eq!(reply, "");
}
