//! Makes the report: what would become of each row, told without keeping anything.
use anyhow::Result;
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{
    Fate, Intake, MOST_ROWS, Row, Told,
    file::Contents,
    keep::{By, Did, Met, Thing, keep},
    resolve::{World, resolve},
    store,
};
use crate::{
    accounts::Account,
    offers::{self, State, Status},
    places::Places,
    submissions::{self, differences::differences},
    text::Line,
};

/// Rows between two words about how far it is.
const OFTEN: usize = 20;

/// Reads to the end, or says why not. Fails as the database does.
pub async fn read(
    db: &PgPool,
    intake: &Intake,
    account: &Account,
    contents: Result<Contents, String>,
    world: World<'_>,
    now: Timestamp,
) -> Result<()> {
    let contents = contents.and_then(|contents| match contents.rows() {
        0 => Err("There is nothing in it but headings".to_owned()),
        rows if rows > MOST_ROWS => Err(format!(
            "There are {rows} rows in it, and at most {MOST_ROWS} can be looked at here. Send it in parts"
        )),
        _ => Ok(contents),
    });
    let contents = match contents {
        Ok(contents) => contents,
        Err(problem) => return fail(db, intake, &problem, now).await,
    };
    let mut rows = {
        let mut db = db.acquire().await?;
        resolve(&mut db, &contents, &intake.terms, world).await?
    };
    let of = rows.len();
    let why = why(intake);
    let by = By {
        account,
        places: world.places,
        why: &why,
        signed: None,
        publish: intake.terms.publish,
        trial: true,
    };
    let mut met = Met::default();
    for (at, row) in rows.iter_mut().enumerate() {
        if at % OFTEN == 0 {
            store::progress(db, intake.id, at, of, now).await?;
        }
        tell(db, row, by, &mut met, now).await?;
    }
    let mut tx = db.begin().await?;
    for some in rows.chunks(200) {
        store::keep_rows(&mut tx, intake.id, some).await?;
    }
    store::is_ready(&mut *tx, intake.id, of, now).await?;
    tx.commit().await?;
    Ok(())
}

/// What the history will say.
pub fn why(intake: &Intake) -> Line<500> {
    Line::parse(&format!("Imported from {}", intake.name)).expect("the name is shorter")
}

pub async fn fail(db: &PgPool, intake: &Intake, problem: &str, now: Timestamp) -> Result<()> {
    let short: String = problem.chars().take(500).collect();
    Ok(store::failed(db, intake.id, Line::parse(&short).ok().as_ref(), now).await?)
}

/// Keeps the row, looks what that did, and takes it back.
async fn tell(db: &PgPool, row: &mut Row, by: By<'_>, met: &mut Met, now: Timestamp) -> Result<()> {
    let Some(proposal) = row.proposal.clone() else {
        return Ok(());
    };
    let mut tx = db.begin().await?;
    let kept = keep(&mut tx, &proposal, by, met, now).await;
    match told_by_database(kept)? {
        Err(reason) => {
            row.fate = Fate::Refused;
            row.reasons.push(reason);
            row.proposal = None;
        }
        Ok(did) => {
            row.fate = did.fate;
            row.chosen = did.fate.is_acceptable();
            look(&mut tx, row, &did, by.places).await?;
            if let super::Proposal::Offer(proposed) = &proposal
                && did.fate == Fate::Incomplete
            {
                row.reasons.clone_from(&proposed.lacks);
            }
        }
    }
    tx.rollback().await?;
    Ok(())
}

/// A rule of the database's that a row breaks is a reason to refuse the row, and no failure.
pub fn told_by_database(kept: Result<Result<Did, String>>) -> Result<Result<Did, String>> {
    match kept {
        Err(cause) => match cause.downcast_ref::<sqlx::Error>() {
            Some(sqlx::Error::Database(broken)) if broken.constraint().is_some() => {
                Ok(Err(match broken.constraint().unwrap_or_default() {
                    "offers_provider_fkey" => {
                        "Its provider is not there. Choose that row, too.".to_owned()
                    }
                    "offers_venue_fkey" => {
                        "Its venue is not there. Choose that row, too.".to_owned()
                    }
                    rule => {
                        format!("It breaks a rule of the directory: {}.", rule.replace('_', " "))
                    }
                }))
            }
            _ => Err(cause),
        },
        Ok(kept) => Ok(kept),
    }
}

/// What was there, and what differs now.
async fn look(db: &mut PgConnection, row: &mut Row, did: &Did, places: &Places) -> Result<()> {
    match &did.thing {
        Thing::Venue | Thing::Offer { before: None, .. } => {}
        Thing::Provider { before, after, .. } => {
            let Some(before) = before.as_ref().filter(|before| *before != after) else {
                return Ok(());
            };
            let said = |profile: &crate::providers::Profile| {
                [
                    ("Name", Some(profile.name.to_string())),
                    ("In short", profile.summary.as_ref().map(ToString::to_string)),
                    ("About", profile.about.as_ref().map(ToString::to_string)),
                    ("Web site", profile.website.as_ref().map(ToString::to_string)),
                    (
                        "Borough",
                        profile
                            .borough
                            .and_then(|gss| places.borough(gss))
                            .map(|one| one.name.clone()),
                    ),
                ]
            };
            for ((label, was), (_, is)) in said(before).into_iter().zip(said(after)) {
                row.changes.extend(Told::of(label, was, is));
            }
        }
        Thing::Offer { id, before: Some(before), .. } => {
            let was = &before.offer;
            row.seen = Some((*id, was.revision));
            if was.state.status() == Status::Archived {
                row.repairs.push(
                    "It is archived here and stays so. Bring it back by hand if it runs."
                        .to_owned(),
                );
            }
            if did.fate != Fate::Changed {
                return Ok(());
            }
            let Some(is) = offers::store::kept(&mut *db, *id).await? else {
                return Ok(());
            };
            let (old, new) = (
                submissions::written(&mut *db, &was.content, places).await?,
                submissions::written(&mut *db, &is.offer.content, places).await?,
            );
            let (changes, _) = differences(&old, &new, places);
            row.changes = changes
                .into_iter()
                .map(|one| Told { label: one.label.to_owned(), lines: one.lines })
                .collect();
            let state = |status: Status| crate::desk::listings::state_in_words(status).to_owned();
            let every = |months: u8| format!("Every {months} months");
            let day = |said: Option<jiff::civil::Date>| said.map(crate::calendar::date_in_words);
            let is = is.offer;
            for (label, was, is) in [
                ("State", Some(state(was.state.status())), Some(state(is.state.status()))),
                ("Name in its address", Some(was.slug.to_string()), Some(is.slug.to_string())),
                ("Last confirmed", day(was.confirmed_on()), day(is.confirmed_on())),
                (
                    "Asked whether it is true",
                    Some(every(was.confirm_every)),
                    Some(every(is.confirm_every)),
                ),
            ] {
                row.changes.extend(Told::of(label, was, is));
            }
        }
    }
    Ok(())
}

impl Told {
    /// `None` where nothing differs.
    fn of(label: &str, was: Option<String>, is: Option<String>) -> Option<Self> {
        use crate::submissions::differences::Piece;
        let lines = [was.clone().map(Piece::Goes), is.clone().map(Piece::Comes)];
        let lines = lines.into_iter().flatten().map(|piece| vec![piece]).collect();
        (was != is).then(|| Self { label: label.to_owned(), lines })
    }
}
