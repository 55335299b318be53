//! Other directories' services: what they say, and the offers that can be made of them.
//!
//! Open Referral UK 3.0 and 1.0 (openreferraluk.org, CC BY-SA 4.0) and the CSV layout of Outpost, a council's
//! directory, are read into one `Service`, leniently: live feeds send less than the standard asks for.
//! `map` makes an offer of it. What is not said stays not said; what had to be put right is told.
mod charges;
mod hours;
mod json;
mod map;
#[cfg(test)]
mod map_tests;
mod outpost;
mod people;
mod plain;
mod spots;
mod subjects;
mod write;

pub use json::{Page, read};
pub use map::{Known, Mapped, map};
pub use outpost::{is_outpost, read as read_outpost};
pub use write::{EXTRAS, Written, service as write_service};

/// A service as another directory describes it, its facts as they stand there. What is empty is not said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Service {
    /// Where it stands, for a report: "Item 3", "Line 9".
    pub at: String,
    pub id: String,
    pub name: String,
    pub description: String,
    pub url: String,
    pub email: String,
    pub status: String,
    pub fees: String,
    /// A word of warning without an end.
    pub alert: String,
    pub ages: (Option<f64>, Option<f64>),
    pub organization: Organization,
    pub contacts: Vec<Person>,
    pub hours: Vec<Hours>,
    pub locations: Vec<Location>,
    /// Names of the areas it serves.
    pub areas: Vec<String>,
    pub languages: Vec<String>,
    /// What it is about, in others' words: taxonomy terms.
    pub terms: Vec<String>,
    /// Whom it is for, in others' words.
    pub suits: Vec<String>,
    pub charges: Vec<Charge>,
    /// "venue", "You can attend in person".
    pub attending: Vec<String>,
    /// "referral", "drop-in".
    pub joining: Vec<String>,
    /// Facts that we have no place for, by name.
    pub left_out: Vec<&'static str>,
    /// It was ours: the cells of our own columns, which say more.
    pub ours: Option<Ours>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Organization {
    pub id: String,
    pub name: String,
    pub description: String,
    pub url: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    pub name: String,
    pub role: String,
    pub phone: String,
    pub email: String,
}

/// A schedule, whatever of it is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hours {
    pub valid_from: String,
    pub valid_to: String,
    pub starts_on: String,
    /// WEEKLY, MONTHLY.
    pub freq: String,
    pub interval: String,
    /// "TU,TH", "2TU", "Monday".
    pub days: String,
    pub month_days: String,
    pub opens: String,
    pub closes: String,
    pub words: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Location {
    pub id: String,
    /// "physical", "postal", "virtual"; empty counts as physical.
    pub kind: String,
    pub name: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// Street and town.
    pub address: Vec<String>,
    pub postcode: String,
    pub access: Vec<String>,
    /// Only the area may be shown.
    pub private: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Charge {
    pub valid_to: String,
    /// Who pays it.
    pub option: String,
    pub amount: Option<f64>,
    /// "per session".
    pub per: String,
}

/// Cells of our own files by column, as an export of ours carries them beside the standard's facts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ours {
    pub offer: Cells,
    pub provider: Cells,
    pub venue: Cells,
}

pub type Cells = std::collections::BTreeMap<String, String>;
