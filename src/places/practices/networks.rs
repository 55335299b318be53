//! What an import makes of the networks: new, renamed, under another board, left, closed.
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sqlx::PgConnection;

use super::{Leaver, Network, Practice, said, store};
use crate::{places::CareBoard, text::series};

/// What became of them, for the report.
#[derive(Default)]
pub struct Told {
    of: usize,
    new: usize,
    renamed: usize,
    /// Closed before, named again.
    reopened: usize,
    boards: usize,
    left: usize,
    closed: Vec<Network>,
}

/// Closed networks that the report names.
const NAMED: usize = 10;

impl Told {
    /// Keeps those of the file, each with its board.
    pub async fn save(
        &mut self,
        db: &mut PgConnection,
        listed: &BTreeMap<String, (Network, CareBoard)>,
    ) -> sqlx::Result<()> {
        let known = store::networks(&mut *db).await?;
        let known: BTreeMap<&str, &Network> =
            known.iter().map(|network| (network.code.as_str(), network)).collect();
        self.of = listed.len();
        for (network, board) in listed.values() {
            let before = known.get(network.code.as_str());
            match before {
                None => self.new += 1,
                Some(before) => {
                    self.renamed += usize::from(before.name != network.name);
                    self.reopened += usize::from(before.closed_on.is_some());
                }
            }
            if before != Some(&network) {
                store::save_network(&mut *db, network).await?;
            }
            store::save_care_board(&mut *db, board).await?;
            let other_board = store::assign_board(&mut *db, &network.code, board).await?;
            self.boards += usize::from(other_board && before.is_some());
        }
        Ok(())
    }

    /// Notes where a practice was before, when it is elsewhere now. Its network of now is kept already.
    pub async fn follow(
        &mut self,
        db: &mut PgConnection,
        before: &Practice,
        now: &Practice,
        on: Date,
    ) -> sqlx::Result<()> {
        let left = before.network.clone().filter(|_| before.network != now.network);
        if let Some(network) = left {
            let leaver = Leaver { network, practice: now.code.clone(), left_on: on };
            store::save_leaver(db, &leaver).await?;
            self.left += 1;
        }
        Ok(())
    }

    /// Closes those we know that the map of the whole country does not name. A map without any network is none.
    pub async fn close(
        &mut self,
        db: &mut PgConnection,
        named: &BTreeSet<String>,
        on: Date,
    ) -> sqlx::Result<()> {
        if named.is_empty() {
            return Ok(());
        }
        for network in store::networks(&mut *db).await? {
            if network.closed_on.is_none() && !named.contains(&network.code) {
                let network = Network { closed_on: Some(on), ..network };
                store::save_network(&mut *db, &network).await?;
                self.closed.push(network);
            }
        }
        Ok(())
    }

    /// Sentences for the report.
    pub fn in_words(&self) -> Vec<String> {
        let Self { of, new, renamed, reopened, boards, left, closed } = self;
        let mut notes = vec![format!(
            "{of} networks: {new} new, {renamed} renamed, {boards} under another board, {reopened} open again, {} closed. \
             {left} practices left theirs.",
            closed.len()
        )];
        if !closed.is_empty() {
            let name = |network: &Network| format!("{} {}", network.code, said(&network.name));
            let mut names: Vec<String> = closed.iter().take(NAMED).map(name).collect();
            if closed.len() > NAMED {
                names.push(format!("{} more", closed.len() - NAMED));
            }
            notes.push(format!("Closed: {}.", series(names)));
        }
        notes
    }
}
