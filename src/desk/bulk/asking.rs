//! A letter to those who look after offers: is it still true?
use std::collections::{BTreeMap, HashMap, HashSet};

use askama::Template;
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;
use uuid::Uuid;

use super::{Act, Chosen, Fate, fate, store};
use crate::{
    accounts::{self, Account, Permit},
    desk::listings::acts::Seen,
    links::Purpose,
    mail::{self, Letter, leads_away},
    offers::{self, OfferId},
    providers::ProviderId,
    text::{Email, Line},
};

#[derive(Template)]
#[template(path = "mail/still_true.txt")]
struct StillTrueText<'a> {
    titles: &'a [String],
}

#[derive(Template)]
#[template(path = "mail/still_true.html")]
struct StillTrueHtml<'a> {
    titles: &'a [String],
}

/// One letter to each person and provider, however many offers it is about, with a line in the log for each offer.
/// What has moved on since it was looked at, or was asked about today, is left out. Gives how many letters went out.
pub async fn ask(
    db: &PgPool,
    (account, mut permits): (&Account, Vec<Permit<Seen>>),
    now: Timestamp,
) -> sqlx::Result<usize> {
    // Always in one order, so that two who lock the same ones do not wait in a ring.
    permits.sort_by_key(|permit| permit.subject().offer);
    let mut tx = db.begin().await?;
    let mut as_seen = HashMap::new();
    for permit in &permits {
        let seen = permit.subject();
        let kept = offers::store::kept(&mut tx, seen.offer).await?;
        let kept = kept.filter(|kept| kept.offer.revision == seen.revision);
        as_seen.extend(kept.map(|kept| (seen.offer, kept)));
    }
    let ids: Vec<OfferId> = as_seen.keys().copied().collect();
    // Now that they are locked: of two presses at once the second sees what the first has asked.
    let asked = store::asked(&mut *tx, &ids).await?;
    let mut may = HashSet::new();
    for (id, provider, around) in store::chosen(&mut *tx, &account.rights.scope(), &ids).await? {
        let Some(kept) = as_seen.remove(&id) else { continue };
        let signed = Line::parse("the desk").expect("our own short words");
        let fate =
            fate(&Chosen { kept, provider, around }, &Act::Ask, (&account.rights, &signed), now);
        if matches!(fate, Fate::Letter) && asked.get(&id).is_none_or(|at| !is_recent(*at, now)) {
            may.insert(id);
        }
    }
    permits.retain(|permit| may.contains(&permit.subject().offer));
    let ids: Vec<OfferId> = may.into_iter().collect();
    let mut letters: BTreeMap<(String, ProviderId), Vec<String>> = BTreeMap::new();
    for asked in store::to_ask(&mut *tx, &ids).await? {
        let title = if leads_away(&asked.title) { "an activity".to_owned() } else { asked.title };
        letters.entry((asked.email, asked.provider)).or_default().push(title);
    }
    for permit in &permits {
        let subject = Some(permit.subject().offer);
        accounts::store::log(&mut *tx, permit.by(), "asked_to_confirm", subject, None, now).await?;
    }
    let sent = letters.len();
    for ((email, provider), titles) in letters {
        let Ok(to) = Email::of_person(&email) else { continue };
        mail::store::put(&mut *tx, &letter(to, provider, &titles), now).await?;
    }
    tx.commit().await?;
    Ok(sent)
}

/// Nobody is asked about the same again within a day.
pub fn is_recent(asked: Timestamp, now: Timestamp) -> bool {
    now.duration_since(asked) < SignedDuration::from_hours(24)
}

fn letter(to: Email, provider: ProviderId, titles: &[String]) -> Letter {
    let subject = match titles {
        [only] => format!("Is “{only}” still true?"),
        _ => "Are your activities still true?".to_owned(),
    };
    Letter {
        event: format!("still_true:{}", Uuid::now_v7()),
        to,
        subject: Line::parse(&subject).expect("our own words with a title of 100 letters at most"),
        plain: Letter::body(&StillTrueText { titles }),
        html: Letter::body(&StillTrueHtml { titles }),
        link: Some((Purpose::Mine, Some(provider))),
    }
}
