//! Looking behind the links of resources: politely, and more than once before one is called broken.
use std::{collections::BTreeMap, time::Duration};

use futures_util::{StreamExt, stream};
use jiff::Timestamp;
use sqlx::PgPool;
use tokio::time::sleep;
use url::Url;

use super::{Checked, Found, Resource, store};
use crate::{
    calendar::civil_now,
    fetching::{Fetcher, Problem, Visited},
    text::{Line, WebAddress},
};

/// How hard servers are asked. One server is never asked two things at once.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// So many servers at once.
    pub at_once: usize,
    /// Between two questions to one server.
    pub pause: Duration,
}

/// What one look tells, before it is known what there was the last time.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    There,
    Moved(WebAddress),
    KeptOut(String),
    Failed(String),
}

/// Who looked, as pages say it.
const BY: &str = "our link check";

/// Answers of servers that are there but answer no program, or not so many questions: 401, 403, 407, 429, and 999,
/// which some networks made up.
const KEEPS_OUT: [u16; 5] = [401, 403, 407, 429, 999];

impl Pace {
    pub const USUAL: Self = Self { at_once: 4, pause: Duration::from_secs(1) };
}

/// Looks behind every link that is shown, and keeps what is found as it comes. Those links, A to Z, as they are now.
pub async fn check(
    db: &PgPool,
    fetcher: &Fetcher,
    pace: Pace,
    now: Timestamp,
) -> sqlx::Result<Vec<Resource>> {
    let all = store::listed(db, None, None).await?;
    let mut servers: BTreeMap<String, Vec<&Resource>> = BTreeMap::new();
    for one in &all {
        servers.entry(server_of(&one.content.address)).or_default().push(one);
    }
    let asked = servers.into_values().map(|links| async move {
        for (at, one) in links.into_iter().enumerate() {
            if at > 0 {
                sleep(pace.pause).await;
            }
            let address = &one.content.address;
            let found = weighed(one.checked.as_ref(), look(fetcher, address).await, now);
            let by = Line::parse(BY).expect("a few words of ours");
            store::note(db, one.id, address, &Checked { at: now, by, found }).await?;
        }
        Ok::<(), sqlx::Error>(())
    });
    let mut asked = stream::iter(asked).buffer_unordered(pace.at_once);
    while let Some(done) = asked.next().await {
        done?;
    }
    drop(asked);
    store::listed(db, None, None).await
}

/// What there is to say of a link, after a look at `now`. A second failure on one day counts no more than the first.
pub fn weighed(before: Option<&Checked>, seen: Seen, now: Timestamp) -> Found {
    let today = civil_now(now).date();
    let words = |words: String| {
        let words: String = words.chars().take(300).collect();
        Line::parse(&words).expect("a short sentence of ours")
    };
    match (seen, before.map(|before| &before.found)) {
        (Seen::There, _) => Found::There,
        (Seen::Moved(to), _) => Found::Moved(to),
        (Seen::KeptOut(why), _) => Found::KeptOut(words(why)),
        (Seen::Failed(why), Some(Found::Failing { days, since, last, .. })) => {
            let another = i16::from(*last < today);
            let (days, since) = (days.saturating_add(another), *since);
            Found::Failing { why: words(why), days, since, last: today.max(*last) }
        }
        (Seen::Failed(why), _) => {
            Found::Failing { why: words(why), days: 1, since: today, last: today }
        }
    }
}

async fn look(fetcher: &Fetcher, address: &WebAddress) -> Seen {
    match fetcher.visit(address.as_str()).await {
        Ok(Visited { moved: None, .. }) => Seen::There,
        Ok(Visited { moved: Some(to), .. }) => match WebAddress::parse(to.as_str()) {
            // A redirect to itself, but for how it is written, is no move.
            Ok(to) if Url::parse(address.as_str()).is_ok_and(|old| old.as_str() != to.as_str()) => {
                Seen::Moved(to)
            }
            _ => Seen::There,
        },
        Err(Problem::Status(status)) if KEEPS_OUT.contains(&status) => {
            Seen::KeptOut(format!("the server answers programs with {status}."))
        }
        Err(Problem::Status(410)) => {
            Seen::Failed("the server says that it is gone for good.".into())
        }
        Err(problem) => Seen::Failed(format!("{problem}.")),
    }
}

fn server_of(address: &WebAddress) -> String {
    let known = Url::parse(address.as_str()).ok();
    let host = known.as_ref().and_then(Url::host_str);
    host.unwrap_or_else(|| address.as_str()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str) -> Timestamp {
        format!("{day}T12:00:00Z").parse().unwrap()
    }

    fn failed() -> Seen {
        Seen::Failed("the server cannot be reached.".to_owned())
    }

    fn days(found: &Found) -> i16 {
        match found {
            Found::Failing { days, .. } => *days,
            _ => 0,
        }
    }

    fn checked(found: Found, day: &str) -> Checked {
        Checked { at: at(day), by: Line::parse(BY).unwrap(), found }
    }

    #[test]
    fn only_failures_on_different_days_count_and_success_forgets_them() {
        let first = weighed(None, failed(), at("2026-08-03"));
        assert_eq!(days(&first), 1);
        let again = weighed(Some(&checked(first, "2026-08-03")), failed(), at("2026-08-03"));
        assert_eq!(days(&again), 1, "the same day");
        let second = weighed(Some(&checked(again, "2026-08-03")), failed(), at("2026-08-05"));
        assert_eq!(days(&second), 2);
        let well =
            weighed(Some(&checked(second.clone(), "2026-08-05")), Seen::There, at("2026-08-06"));
        assert_eq!(well, Found::There);
        let anew = weighed(Some(&checked(well, "2026-08-06")), failed(), at("2026-08-07"));
        assert_eq!(days(&anew), 1);
        let third = weighed(Some(&checked(second, "2026-08-05")), failed(), at("2026-08-06"));
        assert_eq!(days(&third), 3);
    }
}
