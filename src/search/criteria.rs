//! What a search asks for, however it was said. Within a group "or", between groups "and".
use jiff::civil::Date;

use crate::{
    calendar::Weekdays,
    paging::PageNumber,
    places::{Gss, Metres, Place},
    topics::{
        Access, Activity, Audience, Codes, Cost, Delivery, Joining, Language, Need, PartOfDay,
        Places,
    },
};

/// An empty group asks nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Criteria {
    /// Full text, as typed: each word must be found by stem, prefix (the last one), everyday spelling or
    /// with a typing mistake.
    pub words: Vec<String>,
    pub near: Option<Near>,
    pub needs: Codes<Need>,
    /// An artform stands for everything in it.
    pub activities: Codes<Activity>,
    pub not_activities: Codes<Activity>,
    pub boroughs: Vec<Gss>,
    /// Fit, not exclusion: leaves out only what is only for others.
    pub audiences: Codes<Audience>,
    pub access: Codes<Access>,
    pub delivery: Codes<Delivery>,
    pub cost: Codes<Cost>,
    /// In pence, for one session.
    pub max_price: Option<u32>,
    /// Day, part and dates must hold for one and the same session.
    pub days: Weekdays,
    pub parts: Codes<PartOfDay>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// Fit: ages not stated stay in.
    pub age: Option<AgeRange>,
    pub languages: Vec<Language>,
    pub joining: Codes<Joining>,
    pub places: Codes<Places>,
    pub sort: Sort,
    pub page: PageNumber,
}

/// Somewhere, and how far from it one would go. What is online, at home, by telephone or borough-wide
/// (and serves that borough, or says no borough) has no distance and stays in.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    pub place: Place,
    /// `None` ranks by distance without leaving anything out.
    pub within: Option<Metres>,
}

/// The distances one may choose: in kilometres as the parameter has them, and in metres; rising.
pub const DISTANCES: [(&str, Metres); 4] =
    [("1", 1_000), ("2", 2_000), ("5", 5_000), ("10", 10_000)];

/// In years, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgeRange {
    pub from: u8,
    pub to: u8,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    #[default]
    Best,
    /// Needs a place; without one it is best match.
    Nearest,
    Soonest,
    Newest,
}
