//! What other people's files name by slug.
use std::collections::HashMap;

use sqlx::PgConnection;

use super::read::parsed;
use crate::{places::Gss, providers::ProviderId, text::Slug, venues::VenueId};

/// Providers, venues and boroughs by the names that files have for them, and the way back.
#[derive(Clone, Debug, Default)]
pub struct References {
    providers: HashMap<String, ProviderId>,
    venues: HashMap<String, (VenueId, Gss)>,
    boroughs: HashMap<String, Gss>,
    slugs: HashMap<uuid::Uuid, Slug>,
    borough_slugs: HashMap<Gss, Slug>,
}

impl References {
    pub async fn all(db: &mut PgConnection) -> sqlx::Result<Self> {
        let mut all = Self::default();
        for row in sqlx::query!("select id, slug from providers").fetch_all(&mut *db).await? {
            all.add_provider(row.id, parsed(row.slug)?);
        }
        for row in sqlx::query!("select id, slug, borough from venues").fetch_all(&mut *db).await? {
            all.add_venue(row.id, parsed(row.slug)?, parsed(row.borough)?);
        }
        for row in sqlx::query!("select gss, slug from boroughs").fetch_all(db).await? {
            all.add_borough(parsed(row.gss)?, parsed(row.slug)?);
        }
        Ok(all)
    }

    pub fn provider(&self, slug: &str) -> Result<ProviderId, String> {
        self.providers
            .get(slug)
            .copied()
            .ok_or_else(|| format!("There is no provider \u{201c}{slug}\u{201d}. Import it first."))
    }

    /// With its borough.
    pub fn venue(&self, slug: &str) -> Result<(VenueId, Gss), String> {
        self.venues
            .get(slug)
            .copied()
            .ok_or_else(|| format!("There is no venue \u{201c}{slug}\u{201d}. Import it first."))
    }

    /// By slug or GSS code.
    pub fn borough(&self, name: &str) -> Result<Gss, String> {
        self.boroughs.get(name).copied().ok_or_else(|| {
            format!("\u{201c}{name}\u{201d} is not a borough, such as tower-hamlets.")
        })
    }

    /// Of a provider or a venue.
    pub fn slug(&self, id: uuid::Uuid) -> Option<&Slug> {
        self.slugs.get(&id)
    }
    pub fn borough_slug(&self, gss: Gss) -> Option<&Slug> {
        self.borough_slugs.get(&gss)
    }

    /// One that the same file brings.
    pub fn add_venue(&mut self, id: VenueId, slug: Slug, borough: Gss) {
        self.venues.insert(slug.to_string(), (id, borough));
        self.slugs.insert(id, slug);
    }
    /// The same for a provider.
    pub fn add_provider(&mut self, id: ProviderId, slug: Slug) {
        self.providers.insert(slug.to_string(), id);
        self.slugs.insert(id, slug);
    }
    fn add_borough(&mut self, gss: Gss, slug: Slug) {
        self.boroughs.insert(slug.to_string(), gss);
        self.boroughs.insert(gss.to_string(), gss);
        self.borough_slugs.insert(gss, slug);
    }
}
