//! Invented partnerships and teams for the sample directory.
use anyhow::{Context, Result, anyhow};
use sqlx::PgConnection;

use super::{csv, store, team};
use crate::{forms::Answers, imports::Run, places};

const PARTNERSHIPS: &str = include_str!("sample.csv");

/// Borough, name of its team, telephone, email, and when one may ask.
const TEAMS: [[&str; 5]; 3] = [
    [
        "southwark",
        "Southwark sample culture team",
        "020 7946 0501",
        "culture@southwark-sample.example",
        "Monday to Thursday, 10am to 4pm. New groups are welcome to ring first.",
    ],
    [
        "hackney",
        "Hackney sample wellbeing team",
        "020 7946 0502",
        "wellbeing@hackney-sample.example",
        "We answer within a week.",
    ],
    ["lewisham", "Lewisham sample arts desk", "020 7946 0503", "arts@lewisham-sample.example", ""],
];

/// How much there is to read, in bytes.
pub const SIZE: usize = PARTNERSHIPS.len();

/// Adds them, in the caller's transaction.
pub async fn load(run: &mut Run<'_>, db: &mut PgConnection) -> Result<()> {
    csv::take_in(run, &mut *db, "partnerships.csv", PARTNERSHIPS.as_bytes()).await?;
    let boroughs = places::store::borough_slugs(&mut *db).await?;
    for [borough, name, phone, email, note] in TEAMS {
        let known = boroughs.iter().find(|(_, slug)| slug.as_str() == borough);
        let (gss, _) = known.with_context(|| format!("{borough} is no borough"))?;
        let mut typed = Answers::default();
        for (field, words) in [("name", name), ("phone", phone), ("email", email), ("note", note)] {
            typed.set(field, words);
        }
        let team = team::read(&typed).map_err(|_| anyhow!("the team of {borough} is not sound"))?;
        store::teams::keep(&mut *db, *gss, 0, &team).await?;
    }
    Ok(())
}
