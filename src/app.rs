//! What handlers may ask for.
use std::sync::Arc;

use axum::extract::FromRef;
use sqlx::PgPool;

use crate::{config::PublicUrl, places::Places, search::Catalogue, site::health::Readiness, topics::Lexicon};

#[derive(Clone, FromRef)]
pub struct App {
    pub db: PgPool,
    pub url: PublicUrl,
    pub readiness: Readiness,
    pub places: Arc<Places>,
    pub lexicon: Arc<Lexicon>,
    pub catalogue: Arc<Catalogue>,
}

impl App {
    /// An app that is not ready yet: whoever loads the catalogue says when it is.
    pub fn new(
        db: PgPool,
        url: PublicUrl,
        places: Arc<Places>,
        lexicon: Arc<Lexicon>,
        catalogue: Arc<Catalogue>,
    ) -> Self {
        Self { db, url, readiness: Readiness::default(), places, lexicon, catalogue }
    }
}
