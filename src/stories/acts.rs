//! What is done with a story: each one transaction, with its letter and, at the desk, its line in the log.
use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, PgPool};

use super::{Content, State, Story, StoryId, form::settled, letters, store};
use crate::{
    accounts::{self, Permit},
    calendar::civil_now,
    forms::Answers,
    mail,
    offers::OfferId,
    text::{Email, Slug, Text},
};

/// Names that pages have which are no story.
const TAKEN: [&str; 4] = ["tell", "sent", "link", "withdrawn"];

/// What somebody has looked at before acting.
#[derive(Clone, Copy, Debug)]
pub struct Looked {
    pub story: StoryId,
    pub version: u32,
}

/// What became of it. But for `Done` nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Done,
    /// Somebody else, or another window, has done something with it since it was looked at.
    MovedOn,
    /// It does not fit how it stands.
    NotAsItStands,
}

/// What a coordinator decides.
#[derive(Clone, Debug)]
pub enum Decision {
    /// It is shown as it is written here.
    Publish {
        says: Box<Content>,
        typed: Answers,
    },
    Ask(Text<2000>),
    Refuse(Text<2000>),
    Withdraw,
}

/// Begins a story and mails its private link; a second press of the same page begins nothing twice.
pub async fn begin(
    db: &PgPool,
    id: StoryId,
    email: &Email,
    answers: &Answers,
    now: Timestamp,
) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    store::begin(&mut *tx, id, Some(email), answers, now).await?;
    mail::store::put(&mut *tx, &letters::link(id, email, now), now).await?;
    tx.commit().await
}

/// Mails the links of all that this address has told; whether there are any shows nowhere else.
pub async fn mail_links(db: &PgPool, email: &Email, now: Timestamp) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    for id in store::of_email(&mut *tx, email).await? {
        mail::store::put(&mut *tx, &letters::link(id, email, now), now).await?;
    }
    tx.commit().await
}

/// Keeps what its teller has typed. What is published stays as it is until they send it.
pub async fn save(
    db: &PgPool,
    looked: Looked,
    typed: &Answers,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let mut tx = db.begin().await?;
    if let Err(done) = open(&mut tx, looked).await? {
        return Ok(done);
    }
    store::save(&mut *tx, looked.story, (typed, true), now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// Sends it to the coordinators. One that is published leaves the pages until they have read it.
pub async fn send(
    db: &PgPool,
    looked: Looked,
    (says, typed): (&Content, &Answers),
    now: Timestamp,
) -> sqlx::Result<Done> {
    let id = looked.story;
    let mut tx = db.begin().await?;
    let before = match open(&mut tx, looked).await? {
        Ok(story) => story,
        Err(done) => return Ok(done),
    };
    store::save(&mut *tx, id, (&settled(typed, says), false), now).await?;
    store::say(&mut tx, id, says).await?;
    if before.state != State::Waiting {
        store::enter(&mut *tx, id, State::Waiting, now).await?;
    }
    if let Some((story, email)) = to_tell(&mut tx, id).await? {
        mail::store::put(&mut *tx, &letters::received(&story, &email), now).await?;
    }
    tx.commit().await?;
    Ok(Done::Done)
}

/// They still agree: from today on for as long as the first time.
pub async fn agree_again(db: &PgPool, looked: Looked, now: Timestamp) -> sqlx::Result<Done> {
    let today = civil_now(now).date();
    let mut tx = db.begin().await?;
    let story = match open(&mut tx, looked).await? {
        Ok(story) => story,
        Err(done) => return Ok(done),
    };
    let Some(mut says) = story.says.clone().filter(|_| story.is_to_be_asked(today)) else {
        return Ok(Done::NotAsItStands);
    };
    says.consent.on = today;
    let typed = settled(&story.answers, &says);
    store::save(&mut *tx, story.id, (&typed, story.unsent), now).await?;
    store::say(&mut tx, story.id, &says).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// Its teller takes it back, however it stands.
pub async fn withdraw(db: &PgPool, id: StoryId, now: Timestamp) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    store::ends::withdraw(&mut tx, id, now).await?;
    tx.commit().await
}

/// Somebody who looks after an offer, which the caller has made sure of, takes back a story of it.
pub async fn withdraw_from(
    db: &mut PgConnection,
    offer: OfferId,
    id: StoryId,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let told = store::desk::of_offer(&mut *db, offer).await?;
    if !told.iter().any(|(story, _)| *story == id) {
        return Ok(Done::NotAsItStands);
    }
    store::ends::withdraw(db, id, now).await?;
    Ok(Done::Done)
}

/// A coordinator publishes it, asks for changes, refuses it, or takes it back.
pub async fn decide(
    db: &PgPool,
    permit: &Permit<Looked>,
    decision: &Decision,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let Looked { story: id, version } = *permit.subject();
    let mut tx = db.begin().await?;
    let story = match store::locked(&mut tx, id).await? {
        Some(story) if story.version == version => story,
        _ => return Ok(Done::MovedOn),
    };
    let act = match (decision, story.state) {
        (_, State::Draft | State::Withdrawn) => return Ok(Done::NotAsItStands),
        (Decision::Withdraw, _) => {
            store::ends::withdraw(&mut tx, id, now).await?;
            "story_withdrawn"
        }
        (Decision::Publish { says, typed }, State::Waiting | State::Published) => {
            let edited = story.says.as_ref() != Some(says);
            // What its teller has not sent stays theirs.
            let typed = if story.unsent { story.answers.clone() } else { settled(typed, says) };
            store::save(&mut *tx, id, (&typed, story.unsent), now).await?;
            let tells = story.state == State::Waiting || edited;
            publish(&mut tx, &story, says, now).await?;
            if let Some((story, email)) = to_tell(&mut tx, id).await?.filter(|_| tells) {
                let letter = letters::published(&story, &email, edited);
                mail::store::put(&mut *tx, &letter, now).await?;
            }
            if story.state == State::Published { "story_edited" } else { "story_published" }
        }
        (Decision::Ask(words), State::Waiting) if story.email.is_some() => {
            store::enter(&mut *tx, id, State::ChangesAsked, now).await?;
            store::tell(&mut *tx, id, permit.signed(), words, now).await?;
            if let Some((story, email)) = to_tell(&mut tx, id).await? {
                let letter = letters::changes_asked(&story, &email, words);
                mail::store::put(&mut *tx, &letter, now).await?;
            }
            "story_changes_asked"
        }
        (Decision::Refuse(words), State::Waiting) => {
            store::enter(&mut *tx, id, State::Refused, now).await?;
            store::tell(&mut *tx, id, permit.signed(), words, now).await?;
            if let Some((story, email)) = to_tell(&mut tx, id).await? {
                let letter = letters::refused(&story, &email, words);
                mail::store::put(&mut *tx, &letter, now).await?;
            }
            "story_refused"
        }
        _ => return Ok(Done::NotAsItStands),
    };
    log(&mut tx, permit, id, act, now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// A coordinator writes one down; it is published at once.
pub async fn write(
    db: &PgPool,
    permit: &Permit<StoryId>,
    (says, typed): (&Content, &Answers),
    now: Timestamp,
) -> sqlx::Result<()> {
    let id = *permit.subject();
    let mut tx = db.begin().await?;
    // A second press finds it there and writes nothing.
    if store::begin(&mut *tx, id, None, &settled(typed, says), now).await? {
        let story = store::locked(&mut tx, id).await?.ok_or(sqlx::Error::RowNotFound)?;
        publish(&mut tx, &story, says, now).await?;
        log(&mut tx, permit, id, "story_written", now).await?;
    }
    tx.commit().await
}

/// Asks those whose consent ends soon whether they still agree. How many.
pub async fn ask_again(db: &PgPool, now: Timestamp) -> sqlx::Result<usize> {
    let mut tx = db.begin().await?;
    let asked = store::ends::to_be_asked(&mut tx, civil_now(now).date(), now).await?;
    for story in &asked {
        if let Some(email) = &story.email {
            mail::store::put(&mut *tx, &letters::ask_again(story, email), now).await?;
        }
    }
    tx.commit().await?;
    Ok(asked.len())
}

/// One that its teller may act on, as it was looked at.
async fn open(db: &mut PgConnection, looked: Looked) -> sqlx::Result<Result<Story, Done>> {
    Ok(match store::locked(db, looked.story).await? {
        Some(story) if !story.state.is_open() => Err(Done::NotAsItStands),
        Some(story) if story.version == looked.version => Ok(story),
        _ => Err(Done::MovedOn),
    })
}

/// As it stands within this transaction, and whom to write to.
async fn to_tell(db: &mut PgConnection, id: StoryId) -> sqlx::Result<Option<(Story, Email)>> {
    let story = store::story(db, id).await?;
    Ok(story.and_then(|story| story.email.clone().map(|email| (story, email))))
}

/// Its name in addresses follows its title: an older one may say what was taken out since.
async fn publish(
    db: &mut PgConnection,
    story: &Story,
    says: &Content,
    now: Timestamp,
) -> sqlx::Result<()> {
    store::say(db, story.id, says).await?;
    let wanted = Slug::from_name(says.title.as_str()).or_else(|| Slug::parse("story"));
    let wanted = wanted.ok_or(sqlx::Error::RowNotFound)?;
    let others = store::names_like(db, &wanted, story.id).await?;
    let free = |slug: &Slug| {
        let taken = |one: &str| one == slug.as_str();
        !TAKEN.iter().any(|one| taken(one)) && !others.iter().any(|one| taken(one))
    };
    let slug = wanted.candidates().find(free).unwrap_or_else(|| wanted.clone());
    let today: Date = civil_now(now).date();
    store::publish_as(&mut *db, story.id, &slug, today).await?;
    if story.state != State::Published {
        store::enter(db, story.id, State::Published, now).await?;
    }
    Ok(())
}

async fn log<T>(
    db: &mut PgConnection,
    permit: &Permit<T>,
    id: StoryId,
    act: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    // Without words: the log is never erased, and a story may be.
    accounts::store::log(db, permit.by(), act, Some(id), None, now).await
}
