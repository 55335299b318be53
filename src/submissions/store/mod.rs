//! SQL for submissions.
pub mod edits;
mod in_hand;
pub mod mailed;
pub mod passed;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor, types::Json};

pub use in_hand::{change_of, profile_in_hand, rebase, withdraw_changes};

use super::{About, By, Message, Stage, Step, Submission, SubmissionId, questions::question_of};
use crate::{
    database::store::read,
    forms::Answers,
    offers::Content,
    providers::Profile,
    text::{Email, Line, Text},
};

/// A first time. Its version is 1. `false` where there is one of this id already.
pub async fn insert(db: impl PgExecutor<'_>, new: &Submission) -> sqlx::Result<bool> {
    let (kind, offer, base) = columns(new.about);
    let (email, confirmed, account, edits) = match &new.by {
        By::Artist { email, confirmed } => (Some(email.as_str()), *confirmed, None, None),
        By::Desk { account, edits, .. } => (None, None, Some(*account), *edits),
    };
    let made = sqlx::query!(
        "insert into submissions (id, kind, stage, stage_since, offer_id, base_revision, provider_id,
                                  venue_id, email, email_confirmed_at, answers, steps, made_at, changed_at,
                                  account_id, edits, content)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $4, $4, $13, $14, $15)
         on conflict (id) do nothing",
        new.id,
        kind,
        new.stage.code(),
        new.made.to_sqlx() as jiff_sqlx::Timestamp,
        offer,
        base,
        new.provider,
        new.venue,
        email,
        confirmed.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Timestamp>,
        Json(&new.answers) as _,
        &codes(&new.steps),
        account,
        edits,
        new.content.as_ref().map(Json) as _
    )
    .execute(db)
    .await?;
    Ok(made.rows_affected() == 1)
}

/// One submission; what it is about is not locked.
pub async fn found(db: impl PgExecutor<'_>, id: SubmissionId) -> sqlx::Result<Option<Submission>> {
    Ok(all(db, &[id]).await?.pop())
}

/// The same, locked until the transaction ends: of two who decide, or send, one waits and then sees.
pub async fn locked(db: &mut PgConnection, id: SubmissionId) -> sqlx::Result<Option<Submission>> {
    sqlx::query!("select id from submissions where id = $1 for update", id)
        .fetch_optional(&mut *db)
        .await?;
    found(db, id).await
}

/// Keeps what was typed, if nobody else saved since that version; the new version, or `None`.
pub async fn save_answers(
    db: impl PgExecutor<'_>,
    id: SubmissionId,
    version: u32,
    answers: &Answers,
    steps: &[Step],
    now: Timestamp,
) -> sqlx::Result<Option<u32>> {
    let saved = sqlx::query_scalar!(
        "update submissions set answers = $3, steps = $4, version = version + 1, changed_at = $5
         where id = $1 and version = $2 and stage in ('draft', 'unconfirmed', 'changes_asked')
         returning version",
        id,
        i32::try_from(version).unwrap_or(i32::MAX),
        Json(answers) as _,
        &codes(steps),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .fetch_optional(db)
    .await?;
    Ok(saved.map(i32::unsigned_abs))
}

/// Whose e-mail address it is has been shown.
pub async fn email_is_confirmed(
    db: impl PgExecutor<'_>,
    id: SubmissionId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update submissions set email_confirmed_at = coalesce(email_confirmed_at, $2) where id = $1",
        id,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Sent to the coordinator, once more: what it says and where it then stands. `false` where it no longer
/// stood at `from`.
pub async fn send(
    db: impl PgExecutor<'_>,
    id: SubmissionId,
    from: (Stage, u32),
    to: Stage,
    content: &serde_json::Value,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let (stage, version) = from;
    let sent = sqlx::query!(
        "update submissions
         set stage = $4, stage_since = $6, content = $5, sent = sent + 1, version = version + 1, changed_at = $6
         where id = $1 and stage = $2 and version = $3",
        id,
        stage.code(),
        i32::try_from(version).unwrap_or(i32::MAX),
        to.code(),
        content,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(sent.rows_affected() == 1)
}

/// From one stage to another; `false` where it no longer stood there.
pub async fn enter(
    db: impl PgExecutor<'_>,
    id: SubmissionId,
    from: Stage,
    to: Stage,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let entered = sqlx::query!(
        "update submissions set stage = $3, stage_since = $4, version = version + 1, changed_at = $4
         where id = $1 and stage = $2",
        id,
        from.code(),
        to.code(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(entered.rows_affected() == 1)
}

/// What it says, as it is read by now: a venue that was new when it was sent may stand already.
pub async fn reread(
    db: impl PgExecutor<'_>,
    id: SubmissionId,
    content: &serde_json::Value,
) -> sqlx::Result<()> {
    sqlx::query!("update submissions set content = $2 where id = $1", id, content)
        .execute(db)
        .await?;
    Ok(())
}

/// Waits until this transaction is the only one that looks for names that are free, so that no two take the
/// same.
pub async fn one_arrival_at_a_time(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('arrivals'))").execute(db).await?;
    Ok(())
}

/// What was sent but not confirmed is written in again, and so is a draft; `false` where somebody was first.
pub async fn take_back(
    db: impl PgExecutor<'_>,
    id: SubmissionId,
    version: u32,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let back = sqlx::query!(
        "update submissions set stage = 'draft', stage_since = $3, version = version + 1, changed_at = $3
         where id = $1 and version = $2 and stage = 'unconfirmed'",
        id,
        i32::try_from(version).unwrap_or(i32::MAX),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(back.rows_affected() == 1)
}

/// A new offer has come to be from it.
pub async fn became(
    db: impl PgExecutor<'_>,
    id: SubmissionId,
    offer: crate::offers::OfferId,
) -> sqlx::Result<()> {
    sqlx::query!("update submissions set offer_id = $2 where id = $1", id, offer)
        .execute(db)
        .await?;
    Ok(())
}

/// What a profile that was sent says.
pub async fn profile(db: impl PgExecutor<'_>, id: SubmissionId) -> sqlx::Result<Option<Profile>> {
    let content = sqlx::query_scalar!(
        r#"select content as "content!: Json<Profile>" from submissions
           where id = $1 and kind = 'profile' and content is not null"#,
        id
    );
    Ok(content.fetch_optional(db).await?.map(|content| content.0))
}

/// Those that wait for a coordinator, the longest first.
pub async fn waiting(db: &mut PgConnection) -> sqlx::Result<Vec<Submission>> {
    let ids = sqlx::query_scalar!(
        "select id from submissions where stage = 'waiting' order by stage_since, id"
    );
    let ids: Vec<SubmissionId> = ids.fetch_all(&mut *db).await?;
    all(db, &ids).await
}

/// Everything that was said about it, oldest first.
pub async fn messages(db: impl PgExecutor<'_>, id: SubmissionId) -> sqlx::Result<Vec<Message>> {
    let rows = sqlx::query!(
        r#"select number, at as "at: jiff_sqlx::Timestamp", by, from_desk, field, words
           from submission_messages where submission_id = $1 order by number"#,
        id
    )
    .fetch_all(db)
    .await?;
    let said = rows.into_iter().map(|row| {
        Ok(Message {
            number: row.number.unsigned_abs(),
            at: row.at.to_jiff(),
            by: read(Line::try_from(row.by))?,
            from_desk: row.from_desk,
            field: row.field.map(|field| read(Line::try_from(field))).transpose()?,
            words: read(Text::try_from(row.words))?,
        })
    });
    said.collect()
}

/// Says one thing more. The step that a coordinator asks about is not done any more, until it is saved again.
pub async fn say(db: impl PgExecutor<'_>, id: SubmissionId, said: &Message) -> sqlx::Result<()> {
    let field = said.field.as_ref().filter(|_| said.from_desk);
    let step = field.and_then(|field| question_of(field.as_str())).map(|(step, _)| step.code());
    sqlx::query!(
        "with looked_at as (update submissions set steps = array_remove(steps, $7) where id = $1)
         insert into submission_messages (submission_id, number, at, by, from_desk, field, words)
         select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6
         from submission_messages where submission_id = $1",
        id,
        said.at.to_sqlx() as jiff_sqlx::Timestamp,
        said.by.as_str(),
        said.from_desk,
        said.field.as_ref().map(Line::as_str),
        said.words.as_str(),
        step
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Drafts whose e-mail address nobody confirmed within 30 days go, with all that was typed; and so does what was
/// begun at the desk and left for so long, but for edits of what still waits.
pub async fn forget(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<u64> {
    let before = now - jiff::SignedDuration::from_hours(24 * 30);
    let gone = sqlx::query!(
        "delete from submissions
         where email_confirmed_at is null and stage in ('draft', 'unconfirmed', 'withdrawn') and changed_at < $1
           and (edits is null or stage = 'withdrawn')",
        before.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected())
}

fn codes(steps: &[Step]) -> Vec<String> {
    steps.iter().map(|step| step.code().to_owned()).collect()
}

/// In the order of their ids as given; those that are not there are left out.
async fn all(db: impl PgExecutor<'_>, ids: &[SubmissionId]) -> sqlx::Result<Vec<Submission>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, kind, stage, stage_since as "stage_since: jiff_sqlx::Timestamp", offer_id, base_revision,
                  account_id, edits,
                  exists (
                      select from offers where provider = provider_id and first_published is not null
                  ) as "provider_is_known!",
                  provider_id, venue_id, email, email_confirmed_at as "email_confirmed_at: jiff_sqlx::Timestamp",
                  answers as "answers: Json<Answers>", version, steps, sent, content as "content: Json<serde_json::Value>",
                  made_at as "made_at: jiff_sqlx::Timestamp", changed_at as "changed_at: jiff_sqlx::Timestamp"
           from submissions where id = any($1) order by array_position($1, id)"#,
        ids
    );
    rows.fetch_all(db).await?.into_iter().map(Row::submission).collect()
}

struct Row {
    id: SubmissionId,
    kind: String,
    stage: String,
    stage_since: jiff_sqlx::Timestamp,
    offer_id: Option<uuid::Uuid>,
    base_revision: Option<i32>,
    provider_id: uuid::Uuid,
    venue_id: uuid::Uuid,
    account_id: Option<uuid::Uuid>,
    edits: Option<uuid::Uuid>,
    provider_is_known: bool,
    email: Option<String>,
    email_confirmed_at: Option<jiff_sqlx::Timestamp>,
    answers: Json<Answers>,
    version: i32,
    steps: Vec<String>,
    sent: i32,
    content: Option<Json<serde_json::Value>>,
    made_at: jiff_sqlx::Timestamp,
    changed_at: jiff_sqlx::Timestamp,
}

impl Row {
    fn submission(self) -> sqlx::Result<Submission> {
        let about = match (self.kind.as_str(), self.offer_id, self.base_revision) {
            ("offer", offer, None) => About::New(offer),
            ("change", Some(offer), Some(base)) => {
                About::Change { offer, base: base.unsigned_abs() }
            }
            ("profile", None, None) => About::Profile,
            (kind, ..) => return Err(decode(format!("a submission of kind {kind}"))),
        };
        let content = match self.content {
            Some(content) if about != About::Profile => {
                Some(serde_json::from_value::<Content>(content.0).map_err(decode)?)
            }
            _ => None,
        };
        let by = match (self.account_id, self.email) {
            (Some(account), _) => {
                By::Desk { account, edits: self.edits, provider_is_known: self.provider_is_known }
            }
            (None, Some(email)) => By::Artist {
                email: read(Email::try_from(email))?,
                confirmed: self.email_confirmed_at.map(jiff_sqlx::Timestamp::to_jiff),
            },
            (None, None) => return Err(decode("a submission by nobody")),
        };
        let steps = self.steps.iter().map(|code| Step::parse(code).ok_or_else(|| decode(code)));
        Ok(Submission {
            id: self.id,
            about,
            stage: Stage::parse(&self.stage).ok_or_else(|| decode(&self.stage))?,
            since: self.stage_since.to_jiff(),
            provider: self.provider_id,
            venue: self.venue_id,
            by,
            answers: self.answers.0,
            version: self.version.unsigned_abs(),
            steps: steps.collect::<sqlx::Result<_>>()?,
            sent: self.sent.unsigned_abs(),
            content,
            made: self.made_at.to_jiff(),
            changed: self.changed_at.to_jiff(),
        })
    }
}

fn columns(about: About) -> (&'static str, Option<uuid::Uuid>, Option<i32>) {
    match about {
        About::New(offer) => ("offer", offer, None),
        About::Change { offer, base } => ("change", Some(offer), i32::try_from(base).ok()),
        About::Profile => ("profile", None, None),
    }
}

fn decode(problem: impl ToString) -> sqlx::Error {
    sqlx::Error::Decode(problem.to_string().into())
}
