//! A letter to those who look after offers: is it still true?
use std::collections::BTreeMap;

use askama::Template;
use jiff::Timestamp;
use sqlx::PgPool;
use uuid::Uuid;

use super::store;
use crate::{
    accounts::{self, Permit},
    desk::listings::acts::Seen,
    links::Purpose,
    mail::{self, Letter, leads_away},
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
/// Gives how many letters went out.
pub async fn ask(db: &PgPool, permits: &[Permit<Seen>], now: Timestamp) -> sqlx::Result<usize> {
    let mut tx = db.begin().await?;
    let ids: Vec<_> = permits.iter().map(|permit| permit.subject().offer).collect();
    let mut letters: BTreeMap<(String, ProviderId), Vec<String>> = BTreeMap::new();
    for asked in store::to_ask(&mut *tx, &ids).await? {
        let title = if leads_away(&asked.title) { "an activity".to_owned() } else { asked.title };
        letters.entry((asked.email, asked.provider)).or_default().push(title);
    }
    for permit in permits {
        let by = (permit.account(), permit.signed());
        let subject = Some(permit.subject().offer);
        accounts::store::log(&mut *tx, by, "asked_to_confirm", subject, None, now).await?;
    }
    let sent = letters.len();
    for ((email, provider), titles) in letters {
        let Ok(to) = Email::of_person(&email) else { continue };
        mail::store::put(&mut *tx, &letter(to, provider, &titles), now).await?;
    }
    tx.commit().await?;
    Ok(sent)
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
