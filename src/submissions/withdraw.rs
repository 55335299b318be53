//! Giving up what was begun.
use jiff::Timestamp;
use sqlx::PgPool;

use super::{About, Stage, Submission, SubmissionId, store};

impl Submission {
    /// Whether it may be given up here: a change at any time until it is decided, since what is published stays;
    /// a new offer while no coordinator has seen it.
    pub fn may_be_withdrawn(&self) -> bool {
        match self.about {
            About::New(_) => matches!(self.stage, Stage::Draft | Stage::Unconfirmed),
            About::Change { .. } | About::Profile => {
                self.stage.is_open() || self.stage == Stage::Waiting
            }
        }
    }
}

/// `false` where it may not be given up, or was decided at the same moment.
pub async fn withdraw(db: &PgPool, id: SubmissionId, now: Timestamp) -> sqlx::Result<bool> {
    let mut tx = db.begin().await?;
    let found = store::locked(&mut tx, id).await?;
    let Some(found) = found.filter(Submission::may_be_withdrawn) else {
        return Ok(false);
    };
    let withdrawn = store::enter(&mut *tx, id, found.stage, Stage::Withdrawn, now).await?;
    tx.commit().await?;
    Ok(withdrawn)
}
