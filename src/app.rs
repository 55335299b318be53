//! What handlers may ask for.
use std::{ops::Deref, sync::Arc};

use arc_swap::ArcSwap;
use axum::extract::FromRef;
use jiff::Timestamp;
use sqlx::PgPool;

use crate::{
    calendar::civil_now,
    config::PublicUrl,
    desk::words,
    openings::Openings,
    pictures::Pictures,
    places::{self, Places},
    sample,
    search::{Catalogue, Live},
    site::health::Readiness,
    text::plain_language::Swaps,
    topics::{self, Lexicon},
    web::{Clients, Sample},
};

/// Every request takes a copy, so a copy is one counted pointer: cores would wait for each other over nine.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// Each is a handle: copies mean the same thing.
#[derive(Clone)]
pub struct Parts {
    pub db: PgPool,
    pub url: PublicUrl,
    pub readiness: Readiness,
    pub live: Arc<Live>,
    pub sample: Sample,
    pub clients: Clients,
    pub pictures: Pictures,
    pub openings: Openings,
    lexicon: Arc<ArcSwap<Lexicon>>,
    /// The words for which the coach has plainer ones.
    swaps: Arc<ArcSwap<Swaps>>,
}

impl App {
    /// An app that is not ready yet: [`App::load`] brings the offers. Fails as the database does.
    pub async fn open(db: PgPool, url: PublicUrl, now: Timestamp) -> sqlx::Result<Self> {
        let lexicon = ArcSwap::from_pointee(topics::store::lexicon(&db).await?);
        let swaps = Arc::new(ArcSwap::from_pointee(words::store::swaps(&db).await?));
        let places = Arc::new(places::store::load(&db).await?);
        let live = Arc::new(Live::opened(&db, places, civil_now(now)).await?);
        let (readiness, sample) = (Readiness::default(), Sample::default());
        sample.set(sample::is_sample(&db).await?);
        let (clients, openings) = (Clients::default(), Openings::default());
        let pictures = Pictures::in_postgres();
        let lexicon = Arc::new(lexicon);
        let parts =
            Parts { db, url, readiness, live, sample, clients, openings, pictures, lexicon, swaps };
        Ok(Self(Arc::new(parts)))
    }

    /// The same with other parts, before anybody asks for them.
    pub fn with(self, change: impl FnOnce(&mut Parts)) -> Self {
        let mut parts = Arc::unwrap_or_clone(self.0);
        change(&mut parts);
        Self(Arc::new(parts))
    }

    /// Reads all that is published; from then on searches are answered.
    pub async fn load(&self, now: Timestamp) -> sqlx::Result<()> {
        self.live.reload(civil_now(now)).await?;
        self.readiness.catalogue_is_loaded();
        Ok(())
    }

    /// Reads what changes seldom: everyday words, the coach's, the gazetteer, and whether this is the sample.
    pub async fn refresh(&self) -> sqlx::Result<()> {
        self.lexicon.store(Arc::new(topics::store::lexicon(&self.db).await?));
        self.swaps.store(Arc::new(words::store::swaps(&self.db).await?));
        self.live.replace_places(Arc::new(places::store::load(&self.db).await?)).await;
        self.sample.set(sample::is_sample(&self.db).await?);
        Ok(())
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// Each request sees one state of the world from its first question to its last.
macro_rules! part {
    ($part:ty, $app:ident => $given:expr) => {
        impl FromRef<App> for $part {
            fn from_ref($app: &App) -> Self {
                $given
            }
        }
    };
}
part!(PgPool, app => app.db.clone());
part!(Clients, app => app.clients);
part!(Pictures, app => app.pictures.clone());
part!(Openings, app => app.openings.clone());
part!(PublicUrl, app => app.url.clone());
part!(Readiness, app => app.readiness.clone());
part!(Arc<Catalogue>, app => app.live.catalogue());
part!(Arc<Places>, app => app.live.catalogue().places().clone());
part!(Arc<Swaps>, app => app.swaps.load_full());
part!(Arc<Lexicon>, app => app.lexicon.load_full());
