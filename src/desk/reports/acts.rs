//! What a coordinator does with a report: each one transaction, with its letter and its line in the log.
use jiff::Timestamp;
use sqlx::{PgPool, Postgres, Transaction};

use super::store::{self, Locked};
use crate::{
    accounts::{self, AccountId, Permit},
    desk::Taken,
    mail,
    reports::{ReportId, State, letters},
    text::Text,
};

/// What somebody has looked at before acting.
#[derive(Clone, Copy, Debug)]
pub struct Looked {
    pub report: ReportId,
    pub version: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Done,
    NotAMistake,
    /// It is only answered, and stays as it is.
    Answer,
    /// What was settled is to be looked at again.
    Again,
}

/// What somebody decides.
#[derive(Clone, Debug)]
pub struct Decided {
    pub decision: Decision,
    /// For whoever left an address.
    pub answer: Option<Text<2000>>,
    /// The other reports of the offer that say the same are settled with it.
    pub alike: bool,
}

/// What became of it. But for `Done` nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Done,
    /// Somebody else has done something with it since it was looked at.
    MovedOn,
    /// It does not fit how it stands.
    NotAsItStands,
    /// There is nobody to answer.
    NoAddress,
}

/// Says that this account looks at it from now on. `from` is whom the page named: somebody else is asked about
/// before it is taken from them.
pub async fn take(
    db: &PgPool,
    permit: &Permit<ReportId>,
    from: Option<AccountId>,
    now: Timestamp,
) -> sqlx::Result<Taken> {
    let id = *permit.subject();
    let mut tx = db.begin().await?;
    let Some((report, account)) = store::locked(&mut tx, id).await?.zip(permit.account()) else {
        return Ok(Taken::NotWaiting);
    };
    match report.assigned {
        _ if !report.state.is_open() => return Ok(Taken::NotWaiting),
        Some(theirs) if theirs == account => return Ok(Taken::Yes),
        Some(theirs) if from != Some(theirs) => return Ok(Taken::ByAnother),
        _ => {}
    }
    store::set(&mut *tx, id, (State::LookedAt, Some(account)), now).await?;
    finish(tx, permit, "report_taken", now).await?;
    Ok(Taken::Yes)
}

/// Gives it back to all, if this account looks at it.
pub async fn let_go(db: &PgPool, permit: &Permit<ReportId>, now: Timestamp) -> sqlx::Result<()> {
    let id = *permit.subject();
    let mut tx = db.begin().await?;
    let Some(report) = store::locked(&mut tx, id).await? else { return Ok(()) };
    if report.state != State::LookedAt || report.assigned != permit.account() {
        return Ok(());
    }
    store::set(&mut *tx, id, (State::New, None), now).await?;
    finish(tx, permit, "report_let_go", now).await
}

/// Settles it, answers it, or opens it again.
pub async fn decide(
    db: &PgPool,
    permit: &Permit<Looked>,
    decided: &Decided,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let Looked { report: id, version } = *permit.subject();
    let mut tx = db.begin().await?;
    let report = match store::locked(&mut tx, id).await? {
        Some(report) if report.version == version => report,
        _ => return Ok(Done::MovedOn),
    };
    let Some((state, act)) = next(decided.decision, &report) else {
        return Ok(Done::NotAsItStands);
    };
    if let Some(answer) = &decided.answer {
        let Some(email) = report.email.clone() else { return Ok(Done::NoAddress) };
        let letter = letters::answered(id, email, &report.title, answer, permit.signed());
        mail::store::put(&mut *tx, &letter, now).await?;
        store::answered(&mut *tx, id, answer).await?;
        log(&mut tx, permit, id, "report_answered", now).await?;
    }
    let assigned = match state {
        State::New => None,
        _ if report.kind.is_praise() => None,
        _ => permit.account().or(report.assigned),
    };
    store::set(&mut *tx, id, (state, assigned), now).await?;
    if let Some(act) = act {
        log(&mut tx, permit, id, act, now).await?;
        if decided.alike && !state.is_open() {
            for id in store::alike(&mut *tx, report.offer, report.kind, id).await? {
                store::set(&mut *tx, id, (state, assigned), now).await?;
                log(&mut tx, permit, id, act, now).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(Done::Done)
}

/// The state it comes to, and what the log says of that; `None` where no such step leads from how it stands.
fn next(decision: Decision, report: &Locked) -> Option<(State, Option<&'static str>)> {
    match decision {
        Decision::Answer if report.state == State::New => Some((State::LookedAt, None)),
        Decision::Answer => Some((report.state, None)),
        _ if report.kind.is_praise() => None,
        Decision::Done if report.state.is_open() => Some((State::Done, Some("report_done"))),
        Decision::NotAMistake if report.state.is_open() => {
            Some((State::NotAMistake, Some("report_not_a_mistake")))
        }
        Decision::Again if !report.state.is_open() => {
            Some((State::New, Some("report_opened_again")))
        }
        _ => None,
    }
}

async fn log<T>(
    tx: &mut Transaction<'static, Postgres>,
    permit: &Permit<T>,
    id: ReportId,
    act: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    accounts::store::log(&mut **tx, permit.by(), act, Some(id), None, now).await
}

async fn finish(
    mut tx: Transaction<'static, Postgres>,
    permit: &Permit<ReportId>,
    act: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    log(&mut tx, permit, *permit.subject(), act, now).await?;
    tx.commit().await
}
