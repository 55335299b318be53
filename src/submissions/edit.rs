//! Publishing what was written at the desk: offer, history, log and letters in one transaction.
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{
    About, By, Stage, Submission, SubmissionId,
    differences::differences,
    letters, pending,
    reading::Read,
    store,
    whole::{NotYet, keep_venue, new_offer, whole},
    written,
};
use crate::{
    accounts::{self, Account, Permit},
    mail,
    offers::{
        self, AnyState, Confirmation, Content, Lack, Offer, OfferId, State, Status, store::Author,
    },
    places::Places,
    providers,
    text::Line,
};

/// What became of it. But for `Published` nothing has changed, and what was typed is kept.
#[derive(Debug)]
pub enum Edited {
    Published(OfferId),
    NotYet(NotYet),
    /// It says what is there already.
    Nothing,
    /// It says something else by now than what was looked at, or was published or thrown away.
    Outdated,
    /// It would belong to none of the boroughs for which this account decides.
    NotTheirs,
    /// What is live says something else by now where this does, too: those parts of it. From now on it is a
    /// change of what is live now, so that whoever publishes it again means it.
    Overtaken(Vec<String>),
    /// Its listing is archived, or an artist describes it.
    Moved,
    /// Laid over what is live it would leave the listing without something that every listing says.
    Lacking(Vec<Lack>),
}

/// A listing as it is published, and what it said before.
struct Done {
    permit: Permit<OfferId>,
    next: Offer<AnyState>,
    before: Option<Content>,
    /// As the log has it.
    act: &'static str,
}

/// Publishes what this account has written and looked at. What others have changed in the listing meanwhile
/// stays, and it is refused where both have changed the same.
pub async fn publish(
    db: &PgPool,
    account: &Account,
    (id, version): (SubmissionId, u32),
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Edited> {
    let mut tx = db.begin().await?;
    let found = store::locked(&mut tx, id).await?;
    let own = |one: &Submission| {
        let theirs =
            matches!(one.by, By::Desk { account: by, edits: None, .. } if by == account.id);
        theirs && one.stage == Stage::Draft && one.version == version
    };
    let Some(edit) = found.filter(own) else {
        return Ok(Edited::Outdated);
    };
    let read = match whole(&mut tx, &edit, now).await? {
        Ok(read) => read,
        Err(not_yet) => return Ok(Edited::NotYet(not_yet)),
    };
    store::one_arrival_at_a_time(&mut *tx).await?;
    let done = match edit.about {
        About::New(_) => enter(&mut tx, account, &edit, &read, places, now).await?,
        About::Change { offer, base } => {
            change(&mut tx, account, (offer, base), (&edit, &read), places, now).await?
        }
        About::Profile => Err(Edited::Outdated),
    };
    let done = match done {
        Ok(done) => done,
        Err(Edited::Overtaken(parts)) => {
            drop(tx);
            catch_up(db, edit.id, places, now).await?;
            return Ok(Edited::Overtaken(parts));
        }
        Err(other) => return Ok(other),
    };
    store::enter(&mut *tx, id, Stage::Draft, Stage::Published, now).await?;
    let Done { permit, next, act, .. } = &done;
    accounts::store::log(&mut *tx, permit.by(), act, Some(next.id), None, now).await?;
    tell(&mut tx, &done, places, now).await?;
    tx.commit().await?;
    Ok(Edited::Published(done.next.id))
}

/// What a listing says, once this is laid over it: that, or the parts that both have changed.
pub async fn laid_over(
    db: &mut PgConnection,
    live: &Offer<AnyState>,
    base: u32,
    change: &Content,
) -> sqlx::Result<Result<Content, Vec<String>>> {
    let base = offers::store::revision(db, live.id, base).await?;
    let base = base.ok_or_else(|| broken("a change of a revision that never was"))?;
    Ok(offers::merge(&base, &live.content, change))
}

/// An offer of the borough's own, from nothing to published.
async fn enter(
    db: &mut PgConnection,
    account: &Account,
    edit: &Submission,
    read: &Read,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Result<Done, Edited>> {
    let offer = new_offer(&mut *db, read, now).await?.submit(now).any();
    let Some(permit) = account.permit(offer.id, &read.content.boroughs, places) else {
        return Ok(Err(Edited::NotTheirs));
    };
    if !providers::store::introduce(&mut *db, edit.provider, &read.provider).await? {
        providers::store::describe_unknown(&mut *db, edit.provider, &read.provider).await?;
    }
    keep_venue(&mut *db, edit, read).await?;
    let entered = author(&permit, "Entered at the desk");
    offers::store::insert(&mut *db, &offer, None, &entered, now).await?;
    store::became(&mut *db, edit.id, offer.id).await?;
    let how = Line::parse("when they entered it").expect("our own short words");
    let confirmed = Some(Confirmation { at: now, by: permit.signed().clone(), how });
    let whole = Offer { confirmed, ..offer };
    let way = vec![AnyState::Published];
    let next = save(db, whole, way, &author(&permit, "Published"), now).await?;
    Ok(Ok(Done { permit, next, before: None, act: "entered" }))
}

async fn change(
    db: &mut PgConnection,
    account: &Account,
    (offer, base): (OfferId, u32),
    (edit, read): (&Submission, &Read),
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<Result<Done, Edited>> {
    keep_venue(&mut *db, edit, read).await?;
    let live = offers::store::kept(&mut *db, offer).await?;
    let live = live.ok_or_else(|| broken("its offer is gone"))?.offer;
    let Some(permit) = account.permit(offer, &live.content.boroughs, places) else {
        return Ok(Err(Edited::NotTheirs));
    };
    let status = live.state.status();
    let described = store::edits::is_being_described(&mut *db, offer).await?;
    if described || status == Status::Archived {
        return Ok(Err(Edited::Moved));
    }
    let content = match laid_over(&mut *db, &live, base, &read.content).await? {
        Ok(content) => content,
        Err(both) => return Ok(Err(Edited::Overtaken(both))),
    };
    let lacks = content.lacks();
    if !lacks.is_empty() {
        return Ok(Err(Edited::Lacking(lacks)));
    }
    if !account.rights.may_decide(&content.boroughs) {
        return Ok(Err(Edited::NotTheirs));
    }
    let before = live.content.clone();
    let (way, why, act) = match status {
        Status::Published | Status::Paused if content == before => {
            return Ok(Err(Edited::Nothing));
        }
        Status::Published | Status::Paused => (vec![], "Edited at the desk", "edited"),
        _ => {
            let way = live.way_to(&AnyState::Published).unwrap_or_default();
            (way, "Edited and published at the desk", "published")
        }
    };
    let next = match way.is_empty() {
        true => live.revised(content),
        false => Offer { content, ..live },
    };
    let next = save(db, next, way, &author(&permit, why), now).await?;
    Ok(Ok(Done { permit, next, before: Some(before), act }))
}

/// Keeps the offer that was revised already, or goes this way with it, a revision a step.
async fn save(
    db: &mut PgConnection,
    offer: Offer<AnyState>,
    way: Vec<AnyState>,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<Offer<AnyState>> {
    if way.is_empty() {
        let from = (offer.state.status(), offer.revision - 1);
        offers::store::save_locked(db, from, &offer, author, now).await?;
        return Ok(offer);
    }
    let mut last = offer;
    for state in way {
        let from = (last.state.status(), last.revision);
        last = last.step(state, now).map_err(|_| broken("no such step"))?;
        offers::store::save_locked(&mut *db, from, &last, author, now).await?;
    }
    Ok(last)
}

/// To everybody who looks after its provider.
async fn tell(
    db: &mut PgConnection,
    done: &Done,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<()> {
    let Done { permit, next, before, .. } = done;
    let provider = next.content.provider;
    let people = providers::store::people(&mut *db, provider).await?;
    if people.is_empty() {
        return Ok(());
    }
    let changes = match before {
        Some(before) => {
            let before = written(&mut *db, before, places).await?;
            let after = written(&mut *db, &next.content, places).await?;
            differences(&before, &after, places).0
        }
        None => vec![],
    };
    for (number, (email, _)) in (1..).zip(&people) {
        let words = (&next.content.title, permit.signed());
        let to = (email, number, provider);
        let letter = letters::edited((next.id, next.revision), words, to, &changes);
        mail::store::put(&mut *db, &letter, now).await?;
    }
    Ok(())
}

/// What was not touched in it says what is live now; the rest stays as it was typed.
async fn catch_up(
    db: &PgPool,
    id: SubmissionId,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    let Some(mut newest) = store::locked(&mut tx, id).await? else {
        return Ok(());
    };
    let offer = match newest.about.offer() {
        Some(offer) => offers::store::kept(&mut tx, offer).await?,
        None => None,
    };
    if let Some(live) = offer.filter(|_| newest.stage == Stage::Draft) {
        pending::catch_up(&mut tx, &mut newest, &live.offer, places, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn author(permit: &Permit<OfferId>, why: &str) -> Author {
    Author { by: permit.signed().clone(), why: Line::parse(why).ok() }
}

fn broken(what: &'static str) -> sqlx::Error {
    sqlx::Error::Protocol(what.into())
}
