//! What a search answers.
use jiff::civil::Date;

use super::{Alike, Choice};
use crate::{
    calendar::{Follows, Session, Weekdays},
    offers::{Ages, OfferId, PlacesSaid},
    places::{Gss, Metres},
    text::{Line, Slug},
    topics::{
        Access, Activity, Audience, Codes, Cost, Delivery, Joining, Language, Need, PartOfDay,
        Places,
    },
};

/// The names in its counts are the gazetteer's.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// Exact.
    pub total: usize,
    /// One page of them.
    pub hits: Vec<Hit<'a>>,
    /// Those that have just the name that was typed and are not among `hits`. They stand above the list,
    /// whatever else the words mean, and are not counted.
    pub called: Vec<Hit<'a>>,
    /// Only where fewer than ten match everything: those that miss one piece, smallest miss first, ten at most.
    pub close: Vec<Close<'a>>,
    pub counts: Counts<'a>,
    /// Only where nothing matches: what to let go of, with how many that would bring, most first.
    pub loosen: Vec<Loosen>,
}

/// What every list shows of an offer, kept in memory: no list asks the database.
#[derive(Clone, Debug)]
pub struct Card {
    pub id: OfferId,
    pub slug: Slug,
    pub revision: u32,
    pub title: Line<100>,
    pub summary: Line<280>,
    pub provider_slug: Slug,
    pub provider_name: Line<120>,
    pub activity: Activity,
    pub delivery: Codes<Delivery>,
    /// "Lantern Yard, SE15"; "SE15 area" where the address is private; none for what has no venue, or a
    /// private one whose postcode nobody knows.
    pub place: Option<String>,
    pub has_venue: bool,
    pub boroughs: Vec<Gss>,
    /// Boroughs it comes to.
    pub outreach: Vec<Gss>,
    pub cost: Cost,
    /// "£3", "£3 to £8", "Free", "Pay what you can".
    pub cost_in_words: String,
    pub cost_note: Option<Line<200>>,
    pub joining: Codes<Joining>,
    pub access_yes: Codes<Access>,
    pub access_no: Codes<Access>,
    pub places: Option<PlacesSaid>,
    /// What follows the next date, whichever it is: "Then every second Tuesday".
    pub follows: Vec<Follows>,
    pub by_arrangement: Option<Line<200>>,
    /// The last day somebody said it is still true.
    pub confirmed: Option<Date>,
    /// After this day it is "not confirmed since".
    pub confirm_by: Option<Date>,
    pub published: Date,
    /// All of this that a list shows alike to everybody, as it is drawn.
    pub alike: Alike,
}

#[derive(Clone, Debug)]
pub struct Hit<'a> {
    pub card: &'a Card,
    /// From the place searched near; none for what has no place.
    pub distance: Option<Metres>,
    /// The next session that fits day, part and dates; else simply the next one.
    pub next: Option<Session>,
    /// The next one whatever was asked.
    pub first: Option<Session>,
    pub why: Vec<Piece>,
    /// Asked for, and the offer does not say.
    pub not_stated: Vec<Piece>,
}

#[derive(Clone, Debug)]
pub struct Close<'a> {
    pub hit: Hit<'a>,
    pub miss: Miss,
}

/// One thing asked for that an offer has.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Need(Need),
    Activity(Activity),
    Borough(Gss),
    Audience(Audience, Fit),
    Access(Access),
    Delivery(Delivery),
    Cost(Cost),
    /// Pence for one session.
    Price(Option<u32>),
    Session(Session),
    /// Those it is for; not stated, too.
    Ages(Ages),
    Language(Language),
    Joining(Joining),
    Places(Places),
    Near(Metres),
    Words(Vec<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    MeantFor,
    Welcome,
    Only,
}

/// The one piece that a close match misses.
#[derive(Clone, Debug, PartialEq)]
pub enum Miss {
    /// What it costs instead, in words.
    Cost {
        instead: String,
        asked: Codes<Cost>,
    },
    /// Pence for one session; `None` where it does not say.
    Price {
        pence: Option<u32>,
        most: u32,
    },
    /// Its days instead of those asked for; none where it names no dates.
    Days {
        held: Weekdays,
        asked: Weekdays,
    },
    Parts {
        held: Codes<PartOfDay>,
        asked: Codes<PartOfDay>,
    },
    /// Right day and part, but no session within the dates; its next one. `None` where it names no dates
    /// at all.
    Dates {
        next: Option<Session>,
    },
    Further {
        by: Metres,
    },
    Access {
        feature: Access,
        stated: bool,
    },
    Borough {
        instead: Vec<Gss>,
    },
    Need {
        asked: Codes<Need>,
    },
    /// Of what it offers instead, that which is nearest to what was asked.
    Activity {
        instead: Activity,
    },
    Audience {
        only: Codes<Audience>,
    },
    Age {
        from: Option<u8>,
        to: Option<u8>,
    },
    Delivery {
        instead: Codes<Delivery>,
    },
    Joining {
        instead: Codes<Joining>,
    },
    /// It does not say that it is held in any of these.
    Language {
        asked: Vec<Language>,
    },
    Places {
        said: Option<Places>,
    },
    Words {
        missing: Vec<String>,
    },
}

/// One way to find something: a piece to let go of, or several where no single one would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Loosen {
    /// In the order of the parameters.
    pub pieces: Vec<LetGo>,
    pub total: usize,
}

/// One thing to let go of.
#[derive(Clone, Debug, PartialEq)]
pub struct LetGo {
    /// The search parameter's name, such as `access`; `dates` for `from` and `to` together.
    pub group: &'static str,
    /// Its value where it has only one, or one word of `q`; else `None` for the whole group. Letting go of
    /// one of several values in a group brings nothing, as any of them is enough.
    pub code: Option<String>,
}

/// How many offers each value of a group would give, all other groups as chosen.
#[derive(Clone, Debug, Default)]
pub struct Counts<'a> {
    pub groups: Vec<(&'static str, Vec<Count<'a>>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count<'a> {
    pub choice: &'a Choice,
    pub offers: usize,
    pub chosen: bool,
}

impl<'a> Counts<'a> {
    /// A group's; none where it is not counted.
    pub fn of(&self, group: &str) -> &[Count<'a>] {
        self.groups.iter().find(|(name, _)| *name == group).map_or(&[], |(_, counts)| counts)
    }
}
