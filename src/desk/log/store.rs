//! SQL for the log. It is asked for its reader: what is out of their scope is never read.
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

use super::{Act, Reader, Wanted};
use crate::accounts::AccountId;

/// Whom an act was about that named them by number alone.
const WITHDRAWN: &str = "a link worker who has withdrawn";

/// The latest of these acts, newest first.
pub async fn acts(
    db: impl PgExecutor<'_>,
    reader: Reader<'_>,
    wanted: &Wanted,
    most: u32,
) -> sqlx::Result<Vec<Act>> {
    let within = reader.scope.codes();
    let rows = sqlx::query!(
        r#"select a.number, a.at as "at: jiff_sqlx::Timestamp", a.act, coalesce(w.name, a.by) as "by!", a.words,
                  s.address, s.title
           from desk_acts a
           left join accounts w on w.id = a.account_id
           left join desk_subjects s on s.id = a.subject
           where ($1::text[] is null or a.account_id = $2 or s.boroughs && $1)
             and ($3::text is null or a.act = $3) and ($4::uuid is null or a.account_id = $4)
             and ($5::date is null or a.at >= $5::timestamp at time zone 'Europe/London')
             and ($6::date is null or a.at < ($6::date + 1)::timestamp at time zone 'Europe/London')
             and ($7::bigint is null or a.number < $7)
           order by a.number desc limit $8"#,
        within.as_deref(),
        reader.account,
        wanted.act,
        wanted.by,
        wanted.from.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        wanted.to.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        wanted.before,
        i64::from(most)
    );
    let acts = rows.fetch_all(db).await?.into_iter().map(|row| Act {
        number: row.number,
        at: row.at.to_jiff(),
        // The row of a link worker goes with all that is said of them; who did what stays.
        title: row
            .title
            .or_else(|| row.act.starts_with("link_worker_").then(|| WITHDRAWN.to_owned())),
        act: row.act,
        by: row.by,
        address: row.address,
        words: row.words,
    });
    Ok(acts.collect())
}

/// Whose acts the reader sees, by name, and which acts those are.
pub async fn choices(
    db: impl PgExecutor<'_>,
    reader: Reader<'_>,
) -> sqlx::Result<(Vec<(AccountId, String)>, Vec<String>)> {
    let within = reader.scope.codes();
    let rows = sqlx::query!(
        r#"select distinct w.id as "id?", w.name as "name?", a.act
           from desk_acts a
           left join accounts w on w.id = a.account_id
           left join desk_subjects s on s.id = a.subject
           where $1::text[] is null or a.account_id = $2 or s.boroughs && $1"#,
        within.as_deref(),
        reader.account
    );
    let (mut people, mut acts) = (Vec::new(), Vec::new());
    for row in rows.fetch_all(db).await? {
        people.extend(row.id.zip(row.name));
        acts.push(row.act);
    }
    people.sort_by(|(one, a), (two, b)| (a.to_lowercase(), one).cmp(&(b.to_lowercase(), two)));
    people.dedup();
    acts.sort();
    acts.dedup();
    Ok((people, acts))
}
