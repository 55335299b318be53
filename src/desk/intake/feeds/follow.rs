//! Fetches what is due, and takes in what it says.
use std::{convert::Infallible, sync::Arc, time::Duration};

use anyhow::Result;
use jiff::Timestamp;
use sqlx::PgPool;
use tokio::time::sleep;

use super::{Feed, Kind, store};
use crate::{
    accounts,
    calendar::{civil_now, clock},
    desk::{
        batches,
        intake::{
            self, Fate, Intake,
            crawl::crawl,
            importing::take_in,
            keep::{By, Thing},
            reading,
            resolve::World,
        },
    },
    fetching::Fetcher,
    places::Places,
    text::Line,
    topics::Lexicon,
};

/// After a start, so that it does not stand in the way of the first visitors.
const FIRST: Duration = Duration::from_secs(90);
/// Between two looks at what is due.
const OFTEN: Duration = Duration::from_secs(10 * 60);

/// Runs for ever. Any number of programs may do so at once: each feed is taken by one. `words` gives what texts
/// are held against, as it is by then.
pub async fn daily(
    db: PgPool,
    fetcher: Fetcher,
    words: impl Fn() -> (Arc<Places>, Arc<Lexicon>),
) -> Infallible {
    sleep(FIRST).await;
    loop {
        let (places, lexicon) = words();
        loop {
            match due(&db, &fetcher, (&places, &lexicon), clock()).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(cause) => {
                    tracing::warn!("A feed could not be followed: {cause:#}");
                    break;
                }
            }
        }
        sleep(OFTEN).await;
    }
}

/// Fetches the feed that is due for longest; `false` where none is.
pub async fn due(
    db: &PgPool,
    fetcher: &Fetcher,
    (places, lexicon): (&Places, &Lexicon),
    now: Timestamp,
) -> Result<bool> {
    let Some(feed) = store::take(db, now).await? else {
        return Ok(false);
    };
    let world = World { lexicon, places, today: civil_now(now).date() };
    let (words, well) = match follow(db, fetcher, &feed, world, now).await? {
        Ok(words) => (words, true),
        Err(problem) => (problem, false),
    };
    let words: String = words.chars().take(500).collect();
    store::fetched(db, feed.id, (&Line::parse(&words)?, well), now).await?;
    Ok(true)
}

/// What was done, in words; or why nothing could be.
async fn follow(
    db: &PgPool,
    fetcher: &Fetcher,
    feed: &Feed,
    world: World<'_>,
    now: Timestamp,
) -> Result<Result<String, String>> {
    let account = accounts::store::account(db, feed.account).await?;
    let account = account.filter(|one| one.ended.is_none());
    let Some((account, scope)) =
        account.and_then(|one| one.rights.manages().map(|scope| (one, scope)))
    else {
        return Ok(Err(
            "Whoever followed it decides nowhere any more. Somebody else must follow it."
                .to_owned(),
        ));
    };
    let contents = match crawl(fetcher, feed.address.as_str(), |_, _| ()).await {
        Ok(contents) => contents,
        Err(problem) => return Ok(Err(format!("{problem}."))),
    };
    // A feed that is broken is more likely than a directory that closes from one day to the next.
    if contents.rows() == 0 {
        return Ok(Err("The feed is empty. Nothing was changed.".to_owned()));
    }
    let there: Vec<String> = contents.services.iter().map(|service| service.id.clone()).collect();
    let run = begun(db, feed, now).await?;
    reading::read(db, &run, &account, Ok(contents), world, now).await?;
    let mut tx = db.begin().await?;
    let rows = intake::store::chosen(&mut *tx, run.id).await?;
    let why = Line::parse(&format!("Followed from {}", feed.address))?;
    let signed = Line::parse(&format!("the feed {}", feed.terms.source))?;
    let publish = feed.terms.publish;
    let by = By {
        account: &account,
        places: world.places,
        why: &why,
        signed: Some(&signed),
        publish,
        trial: false,
    };
    let doer = (batches::Kind::Feed, None, &signed);
    let (batch, outcomes) = take_in(&mut tx, &rows, by, doer, now).await?;
    for (row, outcome) in rows.iter().zip(&outcomes) {
        let words = outcome.as_ref().map_or_else(String::as_str, |_| "Imported");
        let words = Line::parse(&words.chars().take(500).collect::<String>())?;
        intake::store::note_outcome(&mut *tx, run.id, row.number, &words).await?;
        let Ok(did) = outcome else { continue };
        if let Thing::Offer { id, before: None, .. } = did.thing
            && (did.fate == Fate::Incomplete || !publish)
        {
            let lacks = if row.reasons.is_empty() {
                "Look at it, then publish it."
            } else {
                &row.reasons.join(" ")
            };
            let words = Line::parse(&lacks.chars().take(500).collect::<String>())?;
            store::add_task(&mut *tx, (Kind::New, id), feed.id, &words, now).await?;
        }
    }
    store::brought(&mut *tx, &scope, feed, &there).await?;
    store::are_back(&mut *tx, feed, &there, now).await?;
    let words = Line::parse(&format!("{} has it no more. Does it still run?", feed.terms.source))?;
    let gone = store::gone(&mut *tx, feed, &there).await?;
    for offer in &gone {
        store::add_task(&mut *tx, (Kind::Gone, *offer), feed.id, &words, now).await?;
    }
    intake::store::is_done(&mut *tx, run.id, batch, now).await?;
    tx.commit().await?;
    let counts = intake::store::counts(db, run.id).await?;
    let of = |fate: Fate| {
        counts.fates.iter().find(|(one, _)| *one == fate).map_or(0, |(_, count)| *count)
    };
    Ok(Ok(format!(
        "{} new, {} changed, {} unchanged, {} refused, {} gone.",
        of(Fate::New) + of(Fate::Incomplete),
        of(Fate::Changed),
        of(Fate::Unchanged),
        of(Fate::Refused),
        gone.len()
    )))
}

/// Its report stands among those of whoever follows it.
async fn begun(db: &PgPool, feed: &Feed, now: Timestamp) -> Result<Intake> {
    let run = Intake {
        address: Some(feed.address.clone()),
        feed: Some(feed.id),
        ..Intake::begun(feed.account, feed.address.clone(), feed.terms.clone(), now)
    };
    intake::store::begin(db, &run).await?;
    Ok(run)
}
