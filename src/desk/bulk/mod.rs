//! One act on many offers: what it would do to each, or why not; then all at once, as one batch.
mod asking;
mod carry_out;
mod form;
pub mod store;

use jiff::Timestamp;

pub use asking::{ask, is_recent};
pub use carry_out::{Carried, carry_out};
pub use form::read;

use super::listings::state_in_words;
use crate::{
    accounts::Rights,
    offers::{AnyState, Confirmation, Content, Offer, State, Status, store::Kept},
    places::{Gss, Places},
    text::Line,
    topics::{Activity, Audience, Code, Need},
};

/// More than so many at once nobody looks through.
pub const MOST: u32 = 1_000;

/// The most activities that an offer names.
const ACTIVITIES: usize = 5;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Pause,
    Archive {
        reason: Line<500>,
    },
    /// Those who look after it have said by telephone that it is true.
    Confirm,
    Add(Topic),
    Remove(Topic),
    Move {
        from: Gss,
        to: Gss,
    },
    /// Those who look after it are asked by a letter whether it is true.
    Ask,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    Activity(Activity),
    Need(Need),
    Audience(Audience),
}

/// An offer that was chosen, and what besides decides on its fate.
#[derive(Clone, Debug)]
pub struct Chosen {
    pub kept: Kept,
    pub provider: String,
    pub around: Around,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Around {
    /// It is new, and those who describe it, or the queue, have it in hand.
    pub being_described: bool,
    /// Its provider has begun a change of it.
    pub change_in_hand: bool,
    /// Somebody looks after its provider and has an address.
    pub looked_after: bool,
}

/// What would become of an offer.
#[derive(Clone, Debug)]
pub enum Fate {
    /// One revision further.
    Becomes(Box<Offer<AnyState>>),
    /// Nothing of what it says changes, only when it was said to be true.
    Confirmed(Box<Offer<AnyState>>),
    Letter,
    /// Why it is left as it is, as a sentence without its full stop.
    Not(String),
}

impl Act {
    /// As forms have them, with a label.
    pub const ALL: [(&str, &str); 7] = [
        ("pause", "Pause them"),
        ("archive", "Archive them"),
        ("confirm", "Confirm them: somebody said by phone that they are true"),
        ("add", "Add a topic"),
        ("remove", "Remove a topic"),
        ("move", "Move them to another borough"),
        ("ask", "Ask those who look after them whether they are true"),
    ];

    /// "Paused 12 offers", for the log and the list of what was done together.
    pub fn done_to(&self, offers: usize, places: &Places) -> String {
        let offers = if offers == 1 { "1 offer".to_owned() } else { format!("{offers} offers") };
        match self {
            Self::Pause => format!("Paused {offers}"),
            Self::Archive { .. } => format!("Archived {offers}"),
            Self::Confirm => format!("Confirmed {offers} by phone"),
            Self::Add(topic) => format!("Added “{}” to {offers}", topic.label()),
            Self::Remove(topic) => format!("Removed “{}” from {offers}", topic.label()),
            Self::Move { from, to } => {
                let name = |gss: &Gss| places.borough(*gss).map_or("", |one| one.name.as_str());
                format!("Moved {offers} from {} to {}", name(from), name(to))
            }
            Self::Ask => format!("Asked about {offers}"),
        }
    }

    /// What the history of each offer says.
    fn why(&self, places: &Places) -> Line<500> {
        let words = match self {
            Self::Archive { reason } => return reason.clone(),
            Self::Pause => "Paused at the desk".to_owned(),
            act => act.done_to(0, places).replace(" 0 offers", " this"),
        };
        Line::parse(&words).expect("our own short words with a label or two names of boroughs")
    }
}

impl Topic {
    pub fn label(self) -> &'static str {
        match self {
            Self::Activity(one) => one.label(),
            Self::Need(one) => one.label(),
            Self::Audience(one) => one.label(),
        }
    }

    /// As forms have it: "activity:singing".
    pub fn code(self) -> String {
        match self {
            Self::Activity(one) => format!("{}:{}", Activity::GROUP, one.code()),
            Self::Need(one) => format!("{}:{}", Need::GROUP, one.code()),
            Self::Audience(one) => format!("{}:{}", Audience::GROUP, one.code()),
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        let (group, code) = code.split_once(':')?;
        match group {
            Activity::GROUP => Activity::parse(code).map(Self::Activity),
            Need::GROUP => Need::parse(code).map(Self::Need),
            Audience::GROUP => Audience::parse(code).map(Self::Audience),
            _ => None,
        }
    }
}

/// What `act` would do to it, for somebody with these rights who is signed so.
pub fn fate(
    chosen: &Chosen,
    act: &Act,
    (rights, signed): (&Rights, &Line<100>),
    now: Timestamp,
) -> Fate {
    let offer = &chosen.kept.offer;
    let status = offer.state.status();
    let live = matches!(status, Status::Published | Status::Paused);
    let not = |why: &str| Fate::Not(why.to_owned());
    if !rights.may_decide(&offer.content.boroughs) {
        return not("You may read it, but not change it");
    }
    if chosen.around.being_described {
        return not("It is new and being described. You decide on it in the queue");
    }
    match act {
        Act::Pause if status == Status::Paused => not("It is paused already"),
        Act::Archive { .. } if status == Status::Archived => not("It is archived already"),
        _ if !live => Fate::Not(format!("It is not published: {}", small(state_in_words(status)))),
        Act::Pause => step(offer, AnyState::Paused, now),
        Act::Archive { .. } if chosen.around.change_in_hand => not(
            "Its provider has begun a change. Archive it on its own page, and the change ends with it",
        ),
        Act::Archive { reason } => step(offer, AnyState::Archived { reason: reason.clone() }, now),
        Act::Confirm => {
            let how = Line::parse("by phone").expect("our own short words");
            let confirmed = Some(Confirmation { at: now, by: signed.clone(), how });
            Fate::Confirmed(Box::new(Offer { confirmed, ..offer.clone() }))
        }
        Act::Ask if chosen.around.looked_after => Fate::Letter,
        Act::Ask => not("Nobody looks after it who has an email address here"),
        Act::Add(topic) => says(offer, added(&offer.content, *topic)),
        Act::Remove(topic) => says(offer, removed(&offer.content, *topic)),
        Act::Move { from, to } => says(offer, moved(&offer.content, *from, *to)),
    }
}

fn small(words: &str) -> String {
    words.to_lowercase()
}

fn step(offer: &Offer<AnyState>, to: AnyState, now: Timestamp) -> Fate {
    match offer.clone().step(to, now) {
        Ok(next) => Fate::Becomes(Box::new(next)),
        Err(_) => Fate::Not("This cannot be done with it as it stands".to_owned()),
    }
}

fn says(offer: &Offer<AnyState>, content: Result<Content, &'static str>) -> Fate {
    let content = match content {
        Ok(content) => content,
        Err(why) => return Fate::Not(why.to_owned()),
    };
    match content.lacks().first() {
        Some(lack) => {
            let advice = lack.advice.trim_end_matches('.');
            Fate::Not(format!("It would lack something. {advice}"))
        }
        None => Fate::Becomes(Box::new(offer.clone().revised(content))),
    }
}

fn added(content: &Content, topic: Topic) -> Result<Content, &'static str> {
    let mut content = content.clone();
    match topic {
        Topic::Activity(one) if content.activities.contains(&one) => {
            return Err("It has it already");
        }
        Topic::Activity(_) if content.activities.len() >= ACTIVITIES => {
            return Err("It has five activities already, which is the most");
        }
        Topic::Activity(one) => content.activities.push(one),
        Topic::Need(one) if content.needs.contains(one) => return Err("It has it already"),
        Topic::Need(one) => content.needs.insert(one),
        Topic::Audience(one) => {
            let fit = &mut content.audiences;
            if fit.meant_for.union(fit.welcome).union(fit.only).contains(one) {
                return Err("It has it already");
            }
            fit.meant_for.insert(one);
        }
    }
    Ok(content)
}

fn removed(content: &Content, topic: Topic) -> Result<Content, &'static str> {
    let mut left = content.clone();
    match topic {
        Topic::Activity(one) => left.activities.retain(|other| *other != one),
        Topic::Need(one) => left.needs.remove(one),
        Topic::Audience(one) => {
            let fit = &mut left.audiences;
            for list in [&mut fit.meant_for, &mut fit.welcome, &mut fit.only] {
                list.remove(one);
            }
        }
    }
    if left == *content { Err("It does not have it") } else { Ok(left) }
}

fn moved(content: &Content, from: Gss, to: Gss) -> Result<Content, &'static str> {
    let at = content.boroughs.iter().position(|one| *one == from);
    let at = at.ok_or("That borough does not look after it")?;
    let mut content = content.clone();
    if content.boroughs.contains(&to) {
        content.boroughs.remove(at);
    } else {
        content.boroughs[at] = to;
    }
    Ok(content)
}
