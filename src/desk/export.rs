//! All that somebody may see, written so that an import reads it again without a difference.
use anyhow::Result;
use futures_util::TryStreamExt;
use serde_json::json;
use sqlx::PgPool;
use tokio::sync::mpsc;

use crate::{
    accounts::Scope,
    database::store::snapshot,
    imports::as_text,
    offers::{self, State, store::References},
    open_referral::{Cells, Ours, Written, write_service},
    places,
    providers::{self, Provider},
    venues::{self, Venue},
};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Offers,
    Providers,
    Venues,
    /// Offers with whoever runs them and where, in the shape of Open Referral UK.
    Services,
}

impl What {
    pub const ALL: [Self; 4] = [Self::Offers, Self::Providers, Self::Venues, Self::Services];

    /// The file's name, which is also that of its address.
    pub fn file(self) -> &'static str {
        match self {
            Self::Offers => "offers.csv",
            Self::Providers => "providers.csv",
            Self::Venues => "venues.csv",
            Self::Services => "offers.json",
        }
    }
    pub fn parse(file: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.file() == file)
    }
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Services => "application/json",
            _ => "text/csv; charset=utf-8",
        }
    }
}

/// So much is written before it is handed on. In bytes.
const PIECE: usize = 64 * 1024;

/// Where pieces go. Whoever reads slowly is waited for.
pub type Out = mpsc::Sender<Vec<u8>>;

/// Writes all of one moment. That nobody reads any more ends it well. `site` is where offers have their pages.
pub async fn write(db: &PgPool, scope: &Scope, what: What, site: &str, out: &Out) -> Result<()> {
    let within = scope.codes();
    let within = within.as_deref();
    let mut seen = snapshot(db).await?;
    let boroughs = places::store::borough_slugs(&mut *seen).await?;
    let mut sheet = Sheet { rows: csv::Writer::from_writer(Vec::new()), out };
    match what {
        What::Providers => {
            sheet.row(&providers::csv::COLUMNS).await?;
            for one in providers::store::every(&mut *seen, within).await? {
                sheet.row(&providers::csv::write(&one, &boroughs)).await?;
            }
            sheet.finish().await
        }
        What::Venues => {
            sheet.row(&venues::csv::COLUMNS).await?;
            for one in venues::store::every(&mut *seen, within).await? {
                sheet.row(&venues::csv::write(&one, &boroughs)).await?;
            }
            sheet.finish().await
        }
        What::Offers => {
            let known = References::all(&mut seen).await?;
            sheet.row(&offers::csv::COLUMNS).await?;
            let mut all = std::pin::pin!(offers::store::every(&mut seen, within));
            while let Some(kept) = all.try_next().await? {
                sheet.row(&offers::csv::write(&offers::csv::row(kept), &known)).await?;
            }
            sheet.finish().await
        }
        What::Services => {
            let known = References::all(&mut seen).await?;
            let owners = providers::store::every(&mut *seen, within).await?;
            let owners: Vec<(Provider, Cells)> = owners
                .into_iter()
                .map(|one| {
                    let cells =
                        cells(&providers::csv::COLUMNS, &providers::csv::write(&one, &boroughs));
                    (one, cells)
                })
                .collect();
            let halls = venues::store::every(&mut *seen, within).await?;
            let halls: Vec<(Venue, Cells)> = halls
                .into_iter()
                .map(|one| {
                    let cells = cells(&venues::csv::COLUMNS, &venues::csv::write(&one, &boroughs));
                    (one.0, cells)
                })
                .collect();
            services(&mut seen, within, (&known, &owners, &halls), site, out).await
        }
    }
}

type Besides<'a> = (&'a References, &'a [(Provider, Cells)], &'a [(Venue, Cells)]);

async fn services(
    db: &mut sqlx::PgConnection,
    within: Option<&[String]>,
    (known, owners, halls): Besides<'_>,
    site: &str,
    out: &Out,
) -> Result<()> {
    let mut piece = b"{\"contents\":[".to_vec();
    let mut count = 0_u64;
    let mut all = std::pin::pin!(offers::store::every(db, within));
    while let Some(kept) = all.try_next().await? {
        let row = offers::csv::row(kept.clone());
        let offer = kept.offer;
        let Some((provider, provider_cells)) =
            owners.iter().find(|(one, _)| one.id == offer.content.provider)
        else {
            continue; // of one moment, so that it is there
        };
        let hall = halls.iter().find(|(one, _)| Some(one.id) == offer.content.place.venue);
        let written = Written {
            id: offer.id,
            status: offer.state.status(),
            url: format!("{site}/offers/{}", offer.slug),
            content: &offer.content,
            provider,
            venue: hall.map(|(venue, _)| venue),
            ours: Ours {
                offer: cells(&offers::csv::COLUMNS, &offers::csv::write(&row, known)),
                provider: provider_cells.clone(),
                venue: hall.map(|(_, cells)| cells.clone()).unwrap_or_default(),
            },
        };
        if count > 0 {
            piece.extend_from_slice(b",\n");
        }
        serde_json::to_writer(&mut piece, &write_service(&written))?;
        count += 1;
        if piece.len() >= PIECE && out.send(std::mem::take(&mut piece)).await.is_err() {
            return Ok(());
        }
    }
    let totals = json!({
        "total_items": count, "total_pages": 1, "page_number": 1, "size": count,
        "first_page": true, "last_page": true, "empty": count == 0,
    });
    // The same object goes on behind the list.
    piece.extend_from_slice(b"],");
    piece.extend_from_slice(totals.to_string().trim_start_matches('{').as_bytes());
    let _ = out.send(piece).await; // that nobody reads it any more is no failure
    Ok(())
}

fn cells<S: AsRef<str>>(columns: &[&str], cells: &[S]) -> Cells {
    let said = columns.iter().zip(cells).filter(|(_, cell)| !cell.as_ref().is_empty());
    said.map(|(name, cell)| ((*name).to_owned(), cell.as_ref().to_owned())).collect()
}

struct Sheet<'a> {
    rows: csv::Writer<Vec<u8>>,
    out: &'a Out,
}

impl Sheet<'_> {
    async fn row<S: AsRef<str>>(&mut self, cells: &[S]) -> Result<()> {
        self.rows.write_record(cells.iter().map(|cell| as_text(cell.as_ref()).into_owned()))?;
        if self.rows.get_ref().len() >= PIECE {
            self.hand_on().await?;
        }
        Ok(())
    }

    async fn finish(mut self) -> Result<()> {
        self.hand_on().await
    }

    async fn hand_on(&mut self) -> Result<()> {
        let rows = std::mem::replace(&mut self.rows, csv::Writer::from_writer(Vec::new()));
        let piece = rows.into_inner().map_err(|problem| problem.into_error())?;
        let _ = self.out.send(piece).await; // that nobody reads it any more is no failure
        Ok(())
    }
}
