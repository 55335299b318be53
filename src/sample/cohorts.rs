//! Training in the sample: an invented programme, two cohorts that come and one that was held.
use anyhow::{Context, Result};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    calendar::{Session, civil_now},
    places::Gss,
    text::{Email, Line, Text, WebAddress},
    training::{
        CohortId, Module, Profession, Question,
        acts::new_id,
        booking::Person,
        cohort::{Facilitator, Material, RELEASE_DAYS, Says, State},
        programme::{self, MODULE_MINUTES},
        store::{bookings, writing},
    },
};

const MODULES: [(&str, &str); 4] = [
    (
        "What social prescribing is",
        "You can say what a link worker does, and how somebody comes to one.",
    ),
    (
        "What art can do",
        "You can name what helps and what does not, and tell a creative activity from a therapy.",
    ),
    (
        "Describing and finding an offer",
        "You can write an offer that a link worker can use, and find one for a person you know.",
    ),
    (
        "Working together here",
        "You know the people of your borough, and what the next step of each of you is.",
    ),
];

const QUESTIONS: [&str; 3] = [
    "How well do you know what a link worker does?",
    "How well can you describe an offer so that others can use it?",
    "How well do you know people here whom you could ask?",
];

/// Invented people, four of each group but the last.
const PEOPLE: [&str; 14] = [
    "Wren Appleyard",
    // She is among the link workers of the sample, under the same address.
    "Agnieszka Sample-Nowak",
    "Bertie Quill",
    "Saffron Dell",
    "Idris Lockwood",
    "Marigold Penn",
    "Caspian Reed",
    "Tamsin Hollow",
    "Rufus Thistle",
    "Imogen Vale",
    "Leopold Finch",
    "Clementine Bray",
    "Hector Sprig",
    "Araminta Slate",
];

struct Run {
    title: &'static str,
    place: Option<&'static str>,
    joining: &'static str,
    boroughs: &'static [&'static str],
    shares: [u8; 4],
    /// Its first session is in so many weeks.
    in_weeks: i64,
    weekday: Weekday,
    hour: i8,
    leads: (&'static str, &'static str),
    state: State,
    /// So many of [`PEOPLE`] have booked.
    booked: usize,
}

const RUNS: [Run; 3] = [
    Run {
        title: "Southwark and Lambeth together",
        place: Some("Lantern Yard, 9 Tanner’s Row, Peckham"),
        joining: "Ring the lower bell. The room is on the ground floor, and the door is wide.",
        boroughs: &["E09000028", "E09000022"],
        shares: [10, 10, 10, 10],
        in_weeks: 5,
        weekday: Weekday::Tuesday,
        hour: 10,
        leads: ("Philippa Sparrow", "painter, and trainer for twelve years"),
        state: State::Open,
        booked: 14,
    },
    Run {
        title: "Camden and Islington, online",
        place: None,
        joining: "The address of the meeting: https://meeting.example/camden-and-islington",
        boroughs: &["E09000007", "E09000019"],
        shares: [3, 3, 3, 3],
        in_weeks: 9,
        weekday: Weekday::Thursday,
        hour: 14,
        leads: ("Ambrose Teale", "singer, and link worker before that"),
        state: State::Open,
        booked: 9,
    },
    Run {
        title: "Lewisham learns together",
        place: Some("The Old Ropewalk, Deptford"),
        joining: "Come to the side door.",
        boroughs: &["E09000023"],
        shares: [6, 6, 4, 4],
        in_weeks: -8,
        weekday: Weekday::Wednesday,
        hour: 10,
        leads: ("Philippa Sparrow", "painter, and trainer for twelve years"),
        state: State::Held,
        booked: 12,
    },
];

/// Adds them, in the caller's transaction.
pub async fn load(db: &mut PgConnection, now: Timestamp) -> Result<()> {
    let says = programme::Says {
        name: Line::parse("Art on prescription, together")?,
        for_whom: Line::parse(
            "Artists, link workers, health professionals and council staff who work in the same place.",
        )?,
        about: Text::parse(
            "Four short meetings. Each brings all four groups into one room, since each knows something that the \
             others need. There is no homework and no test. You go home with the names of people you can ask.",
        )?,
    };
    let modules = (1..).zip(MODULES).map(|(position, (title, aims))| {
        let (id, minutes) = (Uuid::now_v7(), MODULE_MINUTES);
        Ok(Module { id, position, title: Line::parse(title)?, aims: Text::parse(aims)?, minutes })
    });
    let modules = modules.collect::<Result<Vec<_>>>()?;
    let questions = (1..).zip(QUESTIONS).map(|(position, words)| {
        let (low, high) = (Line::parse("not at all")?, Line::parse("very well")?);
        Ok(Question { id: Uuid::now_v7(), position, words: Line::parse(words)?, low, high })
    });
    let questions = questions.collect::<Result<Vec<_>>>()?;
    let programme = Uuid::now_v7();
    writing::keep_programme(&mut *db, (programme, None), &says, &modules, &questions, now).await?;
    for run in &RUNS {
        let dates = dated(run, &modules, civil_now(now).date())?;
        let id = writing::create_cohort(&mut *db, programme, &says_of(run)?, &dates, now).await?;
        writing::set_state(&mut *db, id, run.state, None, now).await?;
        fill(&mut *db, id, run, now).await?;
    }
    Ok(())
}

fn says_of(run: &Run) -> Result<Says> {
    let boroughs = run.boroughs.iter().filter_map(|code| Gss::parse(code)).collect();
    let material = |title, address, booked_only| -> Result<Material> {
        Ok(Material {
            title: Line::parse(title)?,
            address: WebAddress::parse(address)?,
            booked_only,
        })
    };
    Ok(Says {
        title: Line::parse(run.title)?,
        place: run.place.map(Line::parse).transpose()?,
        joining: Some(Text::parse(run.joining)?),
        about: None,
        boroughs,
        shares: run.shares,
        release_days: RELEASE_DAYS,
        contact_name: Line::parse("Sam Sample, coordinator")?,
        contact_email: Email::parse("coordinator@sample.example")?,
        facilitators: vec![Facilitator {
            name: Line::parse(run.leads.0)?,
            words: Some(Line::parse(run.leads.1)?),
        }],
        materials: vec![
            material("A page to read before", "https://training.example/before", false)?,
            material("The workbook", "https://training.example/workbook", true)?,
        ],
    })
}

/// One module a week.
fn dated(run: &Run, modules: &[Module], today: Date) -> Result<Vec<writing::Dated>> {
    let monday = today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days())?;
    let days = i64::from(run.weekday.to_monday_zero_offset());
    let first = monday.checked_add((run.in_weeks * 7 + days).days())?;
    let dated = (0..).zip(modules).map(|(week, module): (i64, _)| {
        let starts = first.checked_add((week * 7).days())?.at(run.hour, 0, 0, 0);
        let ends = starts.checked_add(i64::from(module.minutes).minutes())?;
        let starts = Session { starts, ends }.starts_at();
        Ok(writing::Dated { module: module.id, starts, minutes: module.minutes })
    });
    dated.collect()
}

/// Without letters: nobody reads them.
async fn fill(db: &mut PgConnection, cohort: CohortId, run: &Run, now: Timestamp) -> Result<()> {
    for (at, name) in PEOPLE.iter().enumerate().take(run.booked) {
        let group = Profession::ALL[at % 4];
        let address = name.to_lowercase().replace(' ', ".");
        let person = Person {
            name: Line::parse(name)?,
            email: Email::parse(&format!("{address}@sample.example"))?,
            organisation: None,
            role: None,
            borough: run.boroughs.first().and_then(|code| Gss::parse(code)),
            access_needs: None,
        };
        let id = new_id();
        bookings::ask(&mut *db, (id, cohort), group, &person, None, now).await?;
        bookings::line_up(&mut *db, id, cohort, now).await?;
        bookings::give_place(&mut *db, id, now).await.context("the sample is not oversold")?;
    }
    Ok(())
}
