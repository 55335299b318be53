//! Serves the site over HTTP/1.1: limits on connections, header size and time, and an orderly end.
use std::{future::Future, sync::Arc, time::Duration};

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{sleep, timeout},
};
use tower::Layer;

use super::Peer;

/// More wait in the system's queue until one is free.
const MOST_CONNECTIONS: usize = 2048;
/// For the whole head of a request, and for how long a connection may be idle.
const HEADER_WITHIN: Duration = Duration::from_secs(15);
const LARGEST_HEADER: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;
/// What is being answered when the program is asked to stop may take this long.
const FINISH_WITHIN: Duration = Duration::from_secs(10);

/// Serves until `stop` is done, then finishes what was begun.
pub async fn serve(listener: TcpListener, site: Router, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEADER_WITHIN)
        .max_buf_size(LARGEST_HEADER)
        .max_headers(MOST_HEADERS);
    let free = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let open = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);

    loop {
        let next = async {
            let place = free.clone().acquire_owned().await;
            (place, accept(&listener).await)
        };
        let (place, (stream, peer)) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let service = TowerToHyperService::new(Extension(peer).layer(site.clone()));
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let connection = open.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks is the visitor's business: there is nobody left to tell.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    if timeout(FINISH_WITHIN, open.shutdown()).await.is_err() {
        tracing::warn!("Some requests were not finished in time");
    }
}

/// The next visitor. Waits out what passes, such as too many open files.
async fn accept(listener: &TcpListener) -> (TcpStream, Peer) {
    loop {
        match listener.accept().await {
            Ok((stream, from)) => {
                // Small replies leave at once. A connection already closed cannot be told, and fails later.
                let _ = stream.set_nodelay(true);
                return (stream, Peer(from));
            }
            Err(cause) => {
                tracing::warn!("A connection could not be taken: {cause}");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}
