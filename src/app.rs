//! What handlers may ask for.
use axum::extract::FromRef;
use sqlx::PgPool;

use crate::{config::PublicUrl, site::health::Readiness};

#[derive(Clone, FromRef)]
pub struct App {
    pub db: PgPool,
    pub url: PublicUrl,
    pub readiness: Readiness,
}

impl App {
    /// An app that is not ready yet: whoever loads the catalogue says when it is.
    pub fn new(db: PgPool, url: PublicUrl) -> Self {
        Self { db, url, readiness: Readiness::default() }
    }
}
