//! Cohorts that were held before this directory was there, or elsewhere: how many of whom, as somebody says in words.
use std::ops::RangeInclusive;

use jiff::{Timestamp, civil::Date};
use sqlx::PgPool;
use uuid::Uuid;

use super::{Profession, store::past as store};
use crate::{
    accounts::{self, Permit},
    calendar::typed_date,
    places::Gss,
    text::{Line, TextProblem},
};

pub type PastId = Uuid;

const YEARS: RangeInclusive<i16> = 1990..=2100;
const MOST_PEOPLE: u16 = 1000;

/// How many people of each group took part, in the order of [`GROUPS`]; `None` where nobody knows.
pub type People = [Option<u16>; 5];

/// The four professional groups, and everybody else: the field, and its heading.
pub const GROUPS: [(&str, &str); 5] = [
    ("artists", Profession::Artists.label()),
    ("link_workers", Profession::LinkWorkers.label()),
    ("health", Profession::Health.label()),
    ("local_authority", Profession::LocalAuthority.label()),
    ("other", "Others"),
];

/// What is said of a cohort of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    pub title: Line<120>,
    pub year: i16,
    /// Its first day, in that year.
    pub held: Option<Date>,
    /// In order, at least one.
    pub boroughs: Vec<Gss>,
    pub people: People,
    /// Who says so.
    pub source: Line<200>,
}

/// One that is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: PastId,
    pub past: Past,
    pub revision: i32,
}

/// What came of changing one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Done,
    /// Somebody else changed it, or took it away, in the meantime.
    MovedOn,
}

impl Past {
    /// What is typed into the form, or stands in a row of a file; `boroughs` are read before.
    ///
    /// # Errors
    /// Each field with what to do about it, as a sentence without its full stop.
    pub fn read<'a>(
        cell: impl Fn(&str) -> &'a str,
        mut boroughs: Vec<Gss>,
        today: Date,
    ) -> Result<Self, Vec<(&'static str, String)>> {
        let mut wrong = Vec::new();
        let title = Line::parse(cell("title"));
        let title = title.map_err(|problem| wrong.push(("title", say(problem, "Enter a title"))));
        let this_year = today.year();
        let year = cell("year").parse().ok();
        let year = year.filter(|year| YEARS.contains(year) && *year <= this_year);
        if year.is_none() {
            wrong.push(("year", format!("Enter a year, from {} to {this_year}", YEARS.start())));
        }
        let held = match cell("held_on") {
            "" => None,
            typed => match typed_date(typed, today) {
                Ok(day) if year.is_some_and(|year| day.year() != year) => {
                    wrong.push(("held_on", "Enter a day of that year, or change the year".into()));
                    None
                }
                Ok(day) if day > today => {
                    wrong.push(("held_on", "Enter a day that is over".into()));
                    None
                }
                Ok(day) => Some(day),
                Err(_) => {
                    let words = "Enter a date, like 27/3/2024, or leave the box empty";
                    wrong.push(("held_on", words.into()));
                    None
                }
            },
        };
        boroughs.sort_unstable();
        boroughs.dedup();
        if boroughs.is_empty() {
            wrong.push(("boroughs", "Choose at least one borough".into()));
        }
        let mut people = [None; 5];
        for ((field, _), number) in GROUPS.iter().zip(&mut people) {
            let typed = cell(field);
            *number = typed.parse().ok().filter(|many| *many <= MOST_PEOPLE);
            if number.is_none() && !typed.is_empty() {
                let words = format!("Enter a number from 0 to {MOST_PEOPLE}, or nothing");
                wrong.push((field, words));
            }
        }
        let source = Line::parse(cell("source"));
        let source = source
            .map_err(|problem| wrong.push(("source", say(problem, "Say who says so, and where"))));
        match (title, year, source) {
            (Ok(title), Some(year), Ok(source)) if wrong.is_empty() => {
                Ok(Self { title, year, held, boroughs, people, source })
            }
            _ => Err(wrong),
        }
    }
}

/// All of them together; `None` where no number is known.
pub fn sum(people: &People) -> Option<u32> {
    let known = people.iter().flatten();
    let any = known.clone().next().is_some();
    any.then(|| known.map(|many| u32::from(*many)).sum())
}

/// Records one.
pub async fn record(db: &PgPool, permit: &Permit<Past>, now: Timestamp) -> sqlx::Result<PastId> {
    let (id, past) = (PastId::now_v7(), permit.subject());
    let mut tx = db.begin().await?;
    store::add(&mut tx, id, past, now).await?;
    log(&mut tx, permit, "past_cohort_recorded", (id, past), now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Says something else of it. `permit` is for what it was when it was looked at.
pub async fn change(
    db: &PgPool,
    permit: &Permit<Kept>,
    past: &Past,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let seen = permit.subject();
    let mut tx = db.begin().await?;
    if !store::change(&mut tx, (seen.id, seen.revision), past).await? {
        return Ok(Done::MovedOn);
    }
    log(&mut tx, permit, "past_cohort_changed", (seen.id, past), now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// Takes away what should not have been recorded.
pub async fn remove(db: &PgPool, permit: &Permit<Kept>, now: Timestamp) -> sqlx::Result<Done> {
    let seen = permit.subject();
    let mut tx = db.begin().await?;
    // Before it goes, so that those of its boroughs find it in the log by its words.
    log(&mut tx, permit, "past_cohort_removed", (seen.id, &seen.past), now).await?;
    if !store::remove(&mut *tx, (seen.id, seen.revision)).await? {
        return Ok(Done::MovedOn);
    }
    tx.commit().await?;
    Ok(Done::Done)
}

async fn log<T>(
    db: &mut sqlx::PgConnection,
    permit: &Permit<T>,
    act: &str,
    (id, past): (PastId, &Past),
    now: Timestamp,
) -> sqlx::Result<()> {
    let words = Line::parse(&format!("{}, {}", past.title, past.year)).ok();
    accounts::store::log(db, permit.by(), act, Some(id), words.as_ref(), now).await
}

fn say(problem: TextProblem, missing: &str) -> String {
    match problem {
        TextProblem::Missing => missing.to_owned(),
        TextProblem::TooLong { length, max } => {
            format!("Use {max} characters or fewer. There are {length} now")
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(cells: &[(&str, &'static str)]) -> Result<Past, Vec<(&'static str, String)>> {
        let cell = |name: &str| cells.iter().find(|(one, _)| *one == name).map_or("", |(_, c)| *c);
        let southwark = Gss::parse("E09000028").unwrap();
        Past::read(cell, vec![southwark, southwark], date(2026, 11, 21))
    }

    #[test]
    fn what_is_not_known_of_a_past_cohort_stays_unknown() {
        let cells =
            [("title", "Spring"), ("year", "2019"), ("artists", "12"), ("source", "A note")];
        let past = read(&cells).unwrap();
        assert_eq!(past.people, [Some(12), None, None, None, None]);
        assert_eq!((past.held, past.boroughs.len()), (None, 1));
        assert_eq!(sum(&past.people), Some(12));
        assert_eq!(sum(&[None; 5]), None);
    }

    #[test]
    fn every_mistake_in_a_past_cohort_is_named_at_once() {
        let cells = [("year", "2027"), ("held_on", "1/2/2019"), ("health", "many")];
        let wrong: Vec<_> = read(&cells).unwrap_err().into_iter().map(|(field, _)| field).collect();
        assert_eq!(wrong, ["title", "year", "health", "source"]);
        let cells = [("title", "A"), ("year", "2018"), ("held_on", "1/2/2019"), ("source", "B")];
        assert_eq!(read(&cells).unwrap_err()[0].0, "held_on");
    }
}
