//! SQL for topics and everyday words.
use std::collections::HashMap;

use sqlx::PgExecutor;

use super::{Code, EverydayWord, Lexicon};

/// What each topic means, in one or two plain sentences.
#[derive(Clone, Debug, Default)]
pub struct Descriptions(HashMap<String, HashMap<String, String>>);

impl Descriptions {
    pub fn of<T: Code>(&self, topic: T) -> Option<&str> {
        self.0.get(T::GROUP)?.get(topic.code()).map(String::as_str)
    }
}

/// All everyday words, ready to understand a search. The notice `words` says when to read them again.
pub async fn lexicon(db: impl PgExecutor<'_>) -> sqlx::Result<Lexicon> {
    let rows = sqlx::query_as!(
        EverydayWord,
        r#"select phrase, grp as "group", code from everyday_words order by phrase, grp, code"#
    )
    .fetch_all(db)
    .await?;
    Ok(Lexicon::new(rows))
}

pub async fn descriptions(db: impl PgExecutor<'_>) -> sqlx::Result<Descriptions> {
    let rows = sqlx::query!("select grp, code, description from topics").fetch_all(db).await?;
    let mut all = Descriptions::default();
    for row in rows {
        all.0.entry(row.grp).or_default().insert(row.code, row.description);
    }
    Ok(all)
}
