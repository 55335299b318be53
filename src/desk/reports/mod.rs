//! Reports as work: who looks at each, what became of it, and the answer.
pub mod acts;
pub mod store;

use jiff::Timestamp;

use super::Claim;
use crate::{
    places::Gss,
    reports::{Kind, Report, State, URGENT},
    text::Text,
};

/// A report as coordinators see it.
#[derive(Clone, Debug)]
pub struct Reported {
    pub report: Report,
    pub state: State,
    pub made: Timestamp,
    /// Of the offer.
    pub title: String,
    pub provider: String,
    /// Whose coordinators look after the offer.
    pub boroughs: Vec<Gss>,
    /// Who looks at it, or did.
    pub claim: Option<Claim>,
    /// What was answered.
    pub answer: Option<Text<2000>>,
    /// Counts the acts on it.
    pub version: u32,
}

/// What somebody wants to see of the reports.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    pub state: Option<State>,
    pub kind: Option<Kind>,
    pub borough: Option<Gss>,
}

/// Why an offer's reports come before all else: "5 people say within two weeks that it has closed".
pub fn urgent(closed: u32) -> Option<String> {
    (closed >= URGENT).then(|| format!("{closed} people say within two weeks that it has closed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_who_say_closed_are_urgent_and_four_are_not() {
        assert_eq!(urgent(4), None);
        assert_eq!(urgent(5).unwrap(), "5 people say within two weeks that it has closed");
    }
}
