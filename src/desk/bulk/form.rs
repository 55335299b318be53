//! What was typed about an act on many offers.
use super::{Act, Topic};
use crate::{
    accounts::Rights,
    forms::{Answers, Mistakes},
    places::{Borough, Places},
    text::Line,
};

/// The act that is asked for.
///
/// # Errors
/// What to put right, also where nothing was said yet.
pub fn read(typed: &Answers, rights: &Rights, places: &Places) -> Result<Act, Mistakes> {
    let mut mistakes = Mistakes::default();
    let act = match typed.one("act") {
        "pause" => Some(Act::Pause),
        "confirm" => Some(Act::Confirm),
        "ask" => Some(Act::Ask),
        "archive" => reason(typed, &mut mistakes).map(|reason| Act::Archive { reason }),
        "add" => topic(typed, &mut mistakes).map(Act::Add),
        "remove" => topic(typed, &mut mistakes).map(Act::Remove),
        "move" => from_to(typed, rights, places, &mut mistakes),
        _ => {
            mistakes.add("act", "Choose what to do with them");
            None
        }
    };
    act.ok_or(mistakes)
}

fn reason(typed: &Answers, mistakes: &mut Mistakes) -> Option<Line<500>> {
    let reason = Line::parse(typed.one("reason")).ok();
    if reason.is_none() {
        mistakes.add(
            "reason",
            match typed.stated("reason") {
                true => "Say why in one line of 500 characters or fewer",
                false => "Say why they are archived, in a few words",
            },
        );
    }
    reason
}

fn topic(typed: &Answers, mistakes: &mut Mistakes) -> Option<Topic> {
    let topic = Topic::parse(typed.one("topic"));
    if topic.is_none() {
        mistakes.add("topic", "Choose a topic");
    }
    topic
}

fn from_to(
    typed: &Answers,
    rights: &Rights,
    places: &Places,
    mistakes: &mut Mistakes,
) -> Option<Act> {
    let named = |field| places.borough_by_slug(typed.one(field));
    let own = |one: &&Borough| rights.may_decide(&[one.gss]);
    let (from, to) = (named("from").filter(own), named("to"));
    if from.is_none() {
        mistakes.add("from", "Choose the borough that they leave");
    }
    match to {
        None => mistakes.add("to", "Choose the borough that they go to"),
        Some(to) if from.is_some_and(|from| from.gss == to.gss) => {
            mistakes.add("to", "Choose another borough than the one they leave");
            return None;
        }
        Some(_) => {}
    }
    Some(Act::Move { from: from?.gss, to: to?.gss })
}
