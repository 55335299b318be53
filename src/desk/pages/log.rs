//! Who did what at the desk.
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use sqlx::PgPool;

use super::moment;
use crate::{
    accounts::pages::Signed,
    desk::{Act, store},
    web::{Result, View},
};

#[derive(Template)]
#[template(path = "desk/log.html")]
struct LogPage {
    signed: Signed,
    acts: Vec<Act>,
}

impl LogPage {
    fn when(&self, act: &Act) -> String {
        moment(act.at)
    }
    fn did<'a>(&self, act: &'a Act) -> &'a str {
        match act.act.as_str() {
            "signed_in" => "signed in",
            "changes_asked" => "asked for changes",
            "rights_changed" => "changed the rights of",
            "account_ended" => "ended the account of",
            "account_let_in" => "let in again",
            "sessions_ended" => "signed out",
            "asked_to_confirm" => "asked whether it is true:",
            "told_apart" => "told apart from another:",
            "changed_together" => "changed several offers",
            "brought_back" => "brought back",
            "let_go" => "let go",
            "report_taken" => "took a report of",
            "report_let_go" => "let go a report of",
            "report_answered" => "answered a report of",
            "report_done" => "settled a report of",
            "report_not_a_mistake" => "found no mistake in a report of",
            "report_opened_again" => "opened again a report of",
            "passed_at_once" => "had a change pass at once:",
            "looked_at" => "looked at",
            "trust_ended" => "stopped trusting",
            other => other,
        }
    }
}

pub async fn log(State(db): State<PgPool>, signed: Signed) -> Result<Response> {
    let acts = store::acts(&db, &signed.account.rights.scope(), signed.account.id).await?;
    Ok(View(LogPage { signed, acts }).into_response())
}
