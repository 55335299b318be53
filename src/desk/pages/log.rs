//! Who did what at the desk: as a page, and as a file.
use askama::Template;
use axum::{
    extract::State,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgPool;

use super::moment;
use crate::{
    accounts::{self, AccountId, pages::Signed},
    calendar::{civil_now, typed_date},
    desk::log::{Act, Reader, Wanted, in_words, store},
    imports::as_text,
    web::{Error, Now, Query, Result, View},
};

const PER_PAGE: u32 = 100;
/// Some years of a busy desk; who wants more asks by days.
const MOST_IN_FILE: u32 = 100_000;

/// What an address of the log may ask. What is not understood is left out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    act: String,
    by: String,
    from: String,
    to: String,
    before: String,
}

#[derive(Template)]
#[template(path = "desk/log.html")]
struct LogPage {
    signed: Signed,
    acts: Vec<Act>,
    people: Vec<(AccountId, String)>,
    /// Acts that there are, with their words.
    kinds: Vec<(String, String)>,
    asked: Asked,
    /// Days that were typed in a way that is not understood.
    unread: Vec<&'static str>,
}

impl LogPage {
    fn when(&self, act: &Act) -> String {
        moment(act.at)
    }
    fn did(&self, act: &Act) -> String {
        in_words(&act.act)
    }
    /// What is asked for, but for the page.
    fn query(&self) -> String {
        let Asked { act, by, from, to, .. } = &self.asked;
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("act", act), ("by", by), ("from", from), ("to", to)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }
    fn older(&self) -> Option<String> {
        let last = self.acts.last().filter(|_| self.acts.len() == PER_PAGE as usize)?;
        Some(format!("/desk/log?{}&before={}", self.query(), last.number))
    }
    fn unread(&self, field: &str) -> bool {
        self.unread.contains(&field)
    }
}

pub async fn log(
    State(db): State<PgPool>,
    signed: Signed,
    Now(now): Now,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let scope = signed.account.rights.scope();
    let reader = Reader { account: signed.account.id, scope: &scope };
    let (wanted, unread) = wanted(&asked, now);
    let acts = store::acts(&db, reader, &wanted, PER_PAGE).await?;
    let (people, kinds) = store::choices(&db, reader).await?;
    let kinds = kinds.into_iter().map(|act| (act.clone(), in_words(&act))).collect();
    Ok(View(LogPage { signed, acts, people, kinds, asked, unread }).into_response())
}

/// The same as a file, whole; that somebody took it is an act, too.
pub async fn file(
    State(db): State<PgPool>,
    signed: Signed,
    Now(now): Now,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let account = &signed.account;
    let scope = account.rights.scope();
    let reader = Reader { account: account.id, scope: &scope };
    let wanted = Wanted { before: None, ..wanted(&asked, now).0 };
    let acts = store::acts(&db, reader, &wanted, MOST_IN_FILE).await?;
    let by = (Some(account.id), &account.name);
    accounts::store::log(&db, by, "log_exported", None, None, now).await?;
    let file = written(&acts).map_err(Error::Internal)?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"desk-log.csv\""),
    ];
    Ok((headers, file).into_response())
}

fn wanted(asked: &Asked, now: jiff::Timestamp) -> (Wanted, Vec<&'static str>) {
    let today = civil_now(now).date();
    let mut unread = Vec::new();
    let mut day = |field, typed: &str| {
        let day = typed_date(typed.trim(), today).ok();
        if day.is_none() && !typed.trim().is_empty() {
            unread.push(field);
        }
        day
    };
    let wanted = Wanted {
        from: day("from", &asked.from),
        to: day("to", &asked.to),
        act: (!asked.act.is_empty()).then(|| asked.act.replace('\0', "")),
        by: asked.by.parse().ok(),
        before: asked.before.parse().ok(),
    };
    (wanted, unread)
}

fn written(acts: &[Act]) -> anyhow::Result<Vec<u8>> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record(["number", "at", "by", "act", "about", "address", "words"])?;
    for act in acts {
        let said =
            |words: &Option<String>| as_text(words.as_deref().unwrap_or_default()).into_owned();
        sheet.write_record([
            act.number.to_string(),
            act.at.to_string(),
            as_text(&act.by).into_owned(),
            act.act.clone(),
            said(&act.title),
            act.address.clone().unwrap_or_default(),
            said(&act.words),
        ])?;
    }
    Ok(sheet.into_inner()?)
}
