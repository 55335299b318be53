//! Small changes: what they are, and letting those of a trusted provider pass at once.
use jiff::Timestamp;
use sqlx::PgConnection;

use super::{
    About, Stage, Submission,
    decide::{self, Decided},
    letters,
    reading::Read,
    store,
};
use crate::{
    accounts, mail,
    offers::{self, Content, Cost, store::Author},
    providers,
    text::{Email, Line, plain_language::Swaps},
    topics,
};

/// Whether this is a small change of what is live: other times of the same sessions, dates that fall away or
/// come besides, a break, who is asked and how, places, a lower price, and the words of the summary and of the
/// first visit. All else, such as needs, boroughs, the place or the title, a coordinator reads first; and so do
/// they where any words promise treatment.
pub fn is_small(before: &Content, after: &Content) -> bool {
    let mut rest = after.clone();
    rest.summary.clone_from(&before.summary);
    rest.how.first_visit.clone_from(&before.how.first_visit);
    rest.contacts.clone_from(&before.contacts);
    rest.places = before.places;
    rest.when.programme.pause = before.when.programme.pause;
    for (now, then) in
        rest.when.programme.schedules.iter_mut().zip(&before.when.programme.schedules)
    {
        (now.starts, now.ends) = (then.starts, then.ends);
        now.skipped.clone_from(&then.skipped);
        now.extra.clone_from(&then.extra);
    }
    if is_no_dearer(&before.cost, &after.cost) {
        rest.cost.clone_from(&before.cost);
    }
    rest == *before && offers::coach(after, &[], Swaps::shipped()).warnings.is_empty()
}

/// The same prices or lower ones, or none any more; with nothing else said of them.
fn is_no_dearer(before: &Cost, after: &Cost) -> bool {
    let words = |cost: &Cost| (cost.note.clone(), cost.concessions.clone(), cost.help.clone());
    let mut pairs = before.prices.iter().zip(&after.prices);
    let lower = before.code == after.code
        && before.prices.len() == after.prices.len()
        && pairs.all(|(then, now)| {
            (&now.label, now.per) == (&then.label, then.per) && now.pence <= then.pence
        });
    let free = after.code == topics::Cost::Free && after.prices.is_empty();
    words(before) == words(after) && (lower || free)
}

/// Publishes a change that has just come to wait, if it is a small one by somebody who looks after a provider
/// that the offer's coordinators trust; `false`, and nothing else, if not. In the transaction of its arrival.
pub(super) async fn passes(
    db: &mut PgConnection,
    submission: &Submission,
    email: &Email,
    read: &Read,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let About::Change { offer, base } = submission.about else {
        return Ok(false);
    };
    let Some(live) = offers::store::kept(&mut *db, offer).await? else {
        return Ok(false);
    };
    let live = live.offer.content;
    let trusted = providers::store::is_trusted(&mut *db, live.provider, &live.boroughs).await?
        && providers::store::owns(&mut *db, live.provider, email).await?;
    let Some(base) = offers::store::revision(&mut *db, offer, base).await?.filter(|_| trusted)
    else {
        return Ok(false);
    };
    let small = offers::merge(&base, &live, &read.content);
    if !small.is_ok_and(|merged| is_small(&live, &merged)) {
        return Ok(false);
    }
    let by = Line::parse("the provider").expect("our own short words");
    let why = Line::parse("A small change by a trusted provider, passed at once").ok();
    // As it came to wait: on that day its provider says that it is true.
    let waiting = Submission { since: now, ..submission.clone() };
    let author = Author { by: by.clone(), why };
    let change = read.content.clone();
    let done = decide::publish_change(db, &waiting, change, &author, now).await?;
    if done != Decided::Done {
        return Ok(false);
    }
    store::enter(&mut *db, submission.id, Stage::Waiting, Stage::Published, now).await?;
    store::passed::passed(&mut *db, submission.id, now).await?;
    accounts::store::log(&mut *db, (None, &by), "passed_at_once", Some(submission.id), None, now)
        .await?;
    mail::store::put(&mut *db, &letters::passed(submission, email), now).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;
    use crate::{
        calendar::{Pause, Schedule},
        offers::{Per, Price, advice_tests::bare},
        text::Text,
    };

    fn priced(pence: u32) -> Cost {
        let label = Line::parse("Full").unwrap();
        Cost {
            code: topics::Cost::Paid,
            prices: vec![Price { label, pence, per: Per::Session }],
            note: None,
            concessions: None,
            help: None,
        }
    }

    fn before() -> Content {
        let mut content = Content { cost: priced(300), ..bare() };
        let tuesdays: Schedule = "weekly tue 10:30-12:00".parse().unwrap();
        content.when.programme.schedules = vec![tuesdays];
        content
    }

    fn after(change: impl Fn(&mut Content)) -> Content {
        let mut content = before();
        change(&mut content);
        content
    }

    #[test]
    fn times_dates_breaks_contact_a_lower_price_and_the_words_of_two_texts_are_small() {
        let small: [&dyn Fn(&mut Content); 8] = [
            &|_| (),
            &|says| says.when.programme.schedules[0].starts = time(11, 0, 0, 0),
            &|says| says.when.programme.schedules[0].skipped = vec![date(2026, 12, 29)],
            &|says| {
                says.when.programme.pause = Some(Pause { from: date(2026, 12, 1), to: None });
            },
            &|says| says.contacts[0].name = Some(Line::parse("Ruth").unwrap()),
            &|says| says.cost = priced(200),
            &|says| says.cost = Cost { code: topics::Cost::Free, prices: vec![], ..priced(0) },
            &|says| {
                says.how.first_visit = Some(Text::parse("Ruth meets you at the door.").unwrap())
            },
        ];
        for (at, change) in small.iter().enumerate() {
            assert!(is_small(&before(), &after(change)), "{at}");
        }
    }

    #[test]
    fn what_it_is_for_whom_where_and_how_often_is_not_small_nor_a_higher_price() {
        let large: [&dyn Fn(&mut Content); 8] = [
            &|says| says.title = Line::parse("Clay for all").unwrap(),
            &|says| says.needs = topics::Codes::default(),
            &|says| says.boroughs = vec![],
            &|says| says.place.outreach = says.boroughs.clone(),
            &|says| says.quality.dbs_checked = Some(true),
            &|says| says.cost = priced(301),
            &|says| says.when.programme.schedules.clear(),
            &|says| says.when.programme.schedules[0].term_time_only = true,
        ];
        for (at, change) in large.iter().enumerate() {
            assert!(!is_small(&before(), &after(change)), "{at}");
        }
    }

    #[test]
    fn words_that_promise_treatment_are_read_by_a_coordinator() {
        let promise = after(|says| says.summary = Line::parse("Clay cures depression.").unwrap());
        assert!(!is_small(&before(), &promise));
    }
}
