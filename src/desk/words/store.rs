//! SQL for words and their history.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

use super::{Entry, List, Revision, form::Change, known, spelled};
use crate::{
    accounts::AccountId,
    database::store::read,
    text::{
        Line,
        plain_language::{self, Known, Swaps},
    },
    topics::EverydayWord,
};

/// The coach's words: what came with the program, and what administrators say instead.
pub async fn swaps(db: impl PgExecutor<'_>) -> sqlx::Result<Swaps> {
    let others = coach(db).await?;
    Ok(Swaps::with(others.iter().map(|(form, known)| (form.as_str(), known.clone()))))
}

/// What administrators say instead.
pub async fn coach(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<(String, Known)>> {
    let rows = sqlx::query!("select form, kind, words from coach_words order by form");
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        let words = row.words.unwrap_or_default();
        Ok((row.form, read(known(&spelling(&row.kind, &words)).ok_or("an unknown kind"))?))
    });
    rows.collect()
}

/// Everyday words as they are kept.
pub async fn everyday(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<EverydayWord>> {
    sqlx::query_as!(
        EverydayWord,
        r#"select phrase, grp as "group", code from everyday_words order by phrase, grp, code"#
    )
    .fetch_all(db)
    .await
}

/// The entries of a list in whose key or text these words stand, by key.
pub async fn listed(db: impl PgExecutor<'_>, list: List, words: &str) -> sqlx::Result<Vec<Entry>> {
    let words = words.trim().to_lowercase();
    let mut entries: Vec<Entry> = match list {
        List::Everyday => sqlx::query!(
            r#"select phrase, string_agg(grp || ' ' || code, E'\n' order by grp, code) as "says!"
               from everyday_words group by phrase order by phrase"#
        )
        .fetch_all(db)
        .await?
        .into_iter()
        .map(|row| Entry { key: row.phrase, says: row.says, shipped: false })
        .collect(),
        List::Topics => sqlx::query!(
            r#"select grp || ' ' || code as "key!", description from topics order by grp, position"#
        )
        .fetch_all(db)
        .await?
        .into_iter()
        .map(|row| Entry { key: row.key, says: row.description, shipped: false })
        .collect(),
        List::Coach => {
            let others = coach(db).await?;
            let theirs = |form: &str| others.iter().any(|(other, _)| other == form);
            let shipped = plain_language::shipped().filter(|(form, _)| !theirs(form));
            let shipped = shipped.map(|(form, known)| Entry {
                key: form.to_owned(),
                says: spelled(&known),
                shipped: true,
            });
            let changed = others.iter().map(|(form, known)| Entry {
                key: form.clone(),
                says: spelled(known),
                shipped: false,
            });
            let mut all: Vec<Entry> = shipped.chain(changed).collect();
            all.sort_by(|one, other| one.key.cmp(&other.key));
            all
        }
    };
    entries.retain(|one| one.key.contains(&words) || one.says.to_lowercase().contains(&words));
    Ok(entries)
}

/// What an entry says in the database.
pub async fn says(db: impl PgExecutor<'_>, list: List, key: &str) -> sqlx::Result<Option<String>> {
    match list {
        List::Everyday => {
            let says = sqlx::query_scalar!(
                r#"select string_agg(grp || ' ' || code, E'\n' order by grp, code)
                   from everyday_words where phrase = $1"#,
                key
            );
            says.fetch_one(db).await
        }
        List::Topics => {
            let says = sqlx::query_scalar!(
                "select description from topics where grp || ' ' || code = $1",
                key
            );
            says.fetch_optional(db).await
        }
        List::Coach => {
            let row = sqlx::query!("select kind, words from coach_words where form = $1", key);
            let row = row.fetch_optional(db).await?;
            Ok(row.map(|row| spelling(&row.kind, &row.words.unwrap_or_default())))
        }
    }
}

/// Nobody else changes words until the transaction ends.
pub async fn hold(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("lock table coach_words in share row exclusive mode").execute(db).await?;
    Ok(())
}

/// Makes an entry say this. A topic always says something.
pub async fn set(db: &mut PgConnection, change: &Change) -> sqlx::Result<()> {
    let Change { list, key, says } = change;
    match list {
        List::Everyday => {
            let meanings: Vec<String> =
                says.iter().flat_map(|says| says.lines()).map(str::to_owned).collect();
            sqlx::query!("delete from everyday_words where phrase = $1", key)
                .execute(&mut *db)
                .await?;
            sqlx::query!(
                "insert into everyday_words (phrase, grp, code)
                 select $1, split_part(said, ' ', 1), split_part(said, ' ', 2) from unnest($2::text[]) said",
                key,
                &meanings
            )
            .execute(db)
            .await?;
        }
        List::Topics => {
            sqlx::query!(
                "update topics set description = $2 where grp || ' ' || code = $1 and $2::text is not null",
                key,
                says.as_deref()
            )
            .execute(db)
            .await?;
        }
        List::Coach => {
            sqlx::query!("delete from coach_words where form = $1", key).execute(&mut *db).await?;
            if let Some(known) = says.as_deref().and_then(known) {
                let (kind, words) = match &known {
                    Known::Word(word) => ("word", Some(word.as_ref())),
                    Known::Say(what) => ("say", Some(what.as_ref())),
                    Known::Fine => ("fine", None),
                };
                sqlx::query!(
                    "insert into coach_words (form, kind, words) values ($1, $2, $3)",
                    key,
                    kind,
                    words
                )
                .execute(db)
                .await?;
            }
        }
    }
    Ok(())
}

pub async fn keep_revision(
    db: impl PgExecutor<'_>,
    change: &Change,
    before: Option<&str>,
    why: &Line<500>,
    (account, by): (Option<AccountId>, &Line<100>),
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into word_revisions (list, key, before, after, why, account_id, by, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        change.list.code(),
        change.key,
        before,
        change.says.as_deref(),
        why.as_str(),
        account,
        by.as_str(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The changes of one entry, or of all, the latest first; at most 100, those before a number.
pub async fn revisions(
    db: impl PgExecutor<'_>,
    of: Option<(List, &str)>,
    before: Option<i64>,
) -> sqlx::Result<Vec<Revision>> {
    let (list, key) = of.map(|(list, key)| (list.code(), key)).unzip();
    let rows = sqlx::query_as!(
        Row,
        r#"select r.number, r.list, r.key, r.before, r.after, r.why, coalesce(a.name, r.by) as "by!",
                  r.at as "at: jiff_sqlx::Timestamp"
           from word_revisions r left join accounts a on a.id = r.account_id
           where ($1::text is null or r.list = $1 and r.key = $2) and ($3::bigint is null or r.number < $3)
           order by r.number desc limit 100"#,
        list,
        key,
        before
    );
    rows.fetch_all(db).await?.into_iter().map(Row::revision).collect()
}

/// One of them.
pub async fn revision(db: impl PgExecutor<'_>, number: i64) -> sqlx::Result<Option<Revision>> {
    let row = sqlx::query_as!(
        Row,
        r#"select r.number, r.list, r.key, r.before, r.after, r.why, r.by as "by!",
                  r.at as "at: jiff_sqlx::Timestamp"
           from word_revisions r where r.number = $1"#,
        number
    );
    row.fetch_optional(db).await?.map(Row::revision).transpose()
}

fn spelling(kind: &str, words: &str) -> String {
    match kind {
        "word" => format!("= {words}"),
        "say" => format!(": {words}"),
        _ => "keep".to_owned(),
    }
}

struct Row {
    number: i64,
    list: String,
    key: String,
    before: Option<String>,
    after: Option<String>,
    why: String,
    by: String,
    at: jiff_sqlx::Timestamp,
}

impl Row {
    fn revision(self) -> sqlx::Result<Revision> {
        Ok(Revision {
            number: self.number,
            list: read(List::parse(&self.list).ok_or("an unknown list"))?,
            key: self.key,
            before: self.before,
            after: self.after,
            why: self.why,
            by: self.by,
            at: self.at.to_jiff(),
        })
    }
}
