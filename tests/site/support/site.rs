//! The whole application on a database, without a network.
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header, request},
};
use fingerpost::{app::App, routes, sample};
use http_body_util::BodyExt;
use jiff::Timestamp;
use serde_json::Value;
use sqlx::PgPool;
use tower::ServiceExt;

use super::{Database, database};

/// A site with everything loaded.
pub struct Site {
    router: Router,
}

#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Site {
    pub async fn new(db: &PgPool) -> Self {
        let app = Self::app(db).await;
        app.load(now()).await.unwrap();
        Self::of(routes::site(app))
    }

    /// The sample directory, loaded today.
    pub async fn of_sample() -> (Database, Self) {
        let db = database().await;
        sample::load(&db, now()).await.unwrap().unwrap();
        let site = Self::new(&db).await;
        (db, site)
    }

    /// What [`Site::new`] is made of, before anything is loaded.
    pub async fn app(db: &PgPool) -> App {
        App::open(db.clone(), "http://fingerpost.example".parse().unwrap(), now()).await.unwrap()
    }

    pub fn of(router: Router) -> Self {
        Self { router }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path), "").await
    }

    pub async fn post(&self, path: &str, form: &str) -> Reply {
        let form_type = "application/x-www-form-urlencoded";
        self.send(Request::post(path).header(header::CONTENT_TYPE, form_type), form).await
    }

    pub async fn head(&self, path: &str) -> Reply {
        self.send(Request::builder().method(Method::HEAD).uri(path), "").await
    }

    /// For a request with headers of its own.
    pub async fn send(&self, request: request::Builder, body: &str) -> Reply {
        let (reply, body) = self.send_bytes(request, body.into()).await;
        Reply { body: String::from_utf8_lossy(&body).into_owned(), ..reply }
    }

    /// The same where what is sent, or the answer, is no text.
    pub async fn send_bytes(&self, request: request::Builder, body: Vec<u8>) -> (Reply, Vec<u8>) {
        let request = request.body(Body::from(body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        (Reply { status: parts.status, headers: parts.headers, body: String::new() }, body.into())
    }
}

impl Reply {
    /// The body of an answer for programs.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    /// A header's value, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// What somebody typed, as it stands in an address.
pub fn encoded(typed: &str) -> String {
    form_urlencoded::byte_serialize(typed.as_bytes()).collect()
}

/// Requests are answered by the real clock, so what they find is loaded by it too.
#[expect(clippy::disallowed_methods, reason = "tests of the whole site run today")]
pub fn now() -> Timestamp {
    Timestamp::now()
}
