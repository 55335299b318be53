//! Providers at the desk: who looks after one, what it offers, and whether its small changes pass at once.
pub mod store;

use jiff::Timestamp;
use sqlx::PgPool;

use crate::{
    accounts::{self, Permit},
    offers::{OfferId, Status},
    places::{Gss, Places},
    providers::ProviderId,
    text::{Line, Slug, series},
};

/// A provider, whether or not the public knows of it.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: ProviderId,
    pub slug: Slug,
    pub name: String,
    pub summary: Option<String>,
    /// The public can open its page now.
    pub public: bool,
    /// Those of its offers; its own, while it has none.
    pub boroughs: Vec<Gss>,
}

/// One of its offers.
#[derive(Clone, Debug)]
pub struct Own {
    pub id: OfferId,
    pub title: String,
    pub status: Status,
}

/// The coordinators of a borough let its small changes pass at once.
#[derive(Clone, Debug)]
pub struct Trust {
    pub borough: Gss,
    /// "the Southwark coordinator".
    pub by: String,
    pub since: Timestamp,
}

/// From now on its small changes pass at once in these boroughs, or do not any more.
pub async fn trust(
    db: &PgPool,
    permit: &Permit<ProviderId>,
    (boroughs, trusted): (&[Gss], bool),
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<()> {
    let Some(account) = permit.account() else {
        return Ok(());
    };
    let id = *permit.subject();
    let mut tx = db.begin().await?;
    let changed = match trusted {
        true => store::trust(&mut *tx, id, boroughs, (account, permit.signed()), now).await?,
        false => store::distrust(&mut *tx, id, boroughs).await?,
    };
    if changed > 0 {
        let names = boroughs.iter().filter_map(|gss| places.borough(*gss));
        let words = Line::parse(&series(names.map(|one| one.name.as_str()))).ok();
        let act = if trusted { "trusted" } else { "trust_ended" };
        let by = (Some(account), permit.signed());
        accounts::store::log(&mut *tx, by, act, Some(id), words.as_ref(), now).await?;
    }
    tx.commit().await
}
