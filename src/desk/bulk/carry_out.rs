//! One act on many offers, all at once.
use jiff::Timestamp;
use sqlx::PgPool;

use super::{Act, Around, Chosen, Fate, fate};
use crate::{
    accounts::{Account, Permit},
    desk::{
        batches::{self, BatchId, Kind},
        listings::acts::Seen,
    },
    offers::{self, OfferId, State, store::Author},
    places::Places,
    submissions,
    text::Line,
};

/// What became of it.
#[derive(Debug)]
pub struct Carried {
    /// `None` where nothing was changed at all.
    pub batch: Option<BatchId>,
    /// What was left out, and why: it is not as it was looked at.
    pub left_out: Vec<(OfferId, String)>,
}

/// One transaction; each permit is for an offer in the revision that was looked at. What has moved on since is left
/// out and told. `act` is not [`Act::Ask`], which changes nothing.
pub async fn carry_out(
    db: &PgPool,
    (account, mut permits): (&Account, Vec<Permit<Seen>>),
    act: &Act,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Carried> {
    let mut carried = Carried { batch: None, left_out: vec![] };
    // Always in one order, so that two who lock the same ones do not wait in a ring.
    permits.sort_by_key(|permit| permit.subject().offer);
    let mut tx = db.begin().await?;
    let mut chosen = vec![];
    for permit in &permits {
        let seen = permit.subject();
        // A change in hand is locked before its offer, as it is by who publishes it.
        let change = submissions::store::change_of(&mut tx, seen.offer).await?;
        let kept = offers::store::kept(&mut tx, seen.offer).await?;
        let Some(kept) = kept.filter(|kept| kept.offer.revision == seen.revision) else {
            carried.left_out.push((seen.offer, "Somebody has changed it meanwhile".to_owned()));
            continue;
        };
        let around = Around {
            being_described: submissions::store::edits::is_being_described(&mut *tx, seen.offer)
                .await?,
            change_in_hand: change.is_some(),
            looked_after: false,
        };
        chosen.push((permit, Chosen { kept, provider: String::new(), around }));
    }
    let mut fates = vec![];
    for (permit, chosen) in chosen {
        match fate(&chosen, act, (&account.rights, permit.signed()), now) {
            Fate::Not(why) => carried.left_out.push((chosen.kept.offer.id, why)),
            fate => fates.push((permit, chosen.kept, fate)),
        }
    }
    let Some((permit, ..)) = fates.first() else {
        return Ok(carried);
    };
    let words = Line::parse(&act.done_to(fates.len(), places));
    let words = words.expect("our own short words with a label or two names of boroughs");
    let by = permit.by();
    let batch = batches::store::open(&mut tx, (Kind::Bulk, &words), by, now).await?;
    for (permit, kept, fate) in fates {
        match fate {
            Fate::Becomes(next) => {
                let from = (kept.offer.state.status(), kept.offer.revision);
                let author = Author { by: permit.signed().clone(), why: Some(act.why(places)) };
                offers::store::save_locked(&mut tx, from, &next, &author, now).await?;
            }
            Fate::Confirmed(next) => offers::store::confirm(&mut *tx, &*next).await?,
            Fate::Letter | Fate::Not(_) => continue,
        }
        batches::store::touched(&mut *tx, batch, &kept).await?;
    }
    batches::store::leave_out(&mut *tx, batch, &carried.left_out).await?;
    tx.commit().await?;
    Ok(Carried { batch: Some(batch), ..carried })
}
