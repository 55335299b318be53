//! Titles, summaries and descriptions put together from words.
use std::sync::LazyLock;

use super::{
    chance::Chance,
    subjects::SUBJECTS,
    words::{
        self, COMFORTS, FEELINGS, FIRST_NAMES, GAINS, GROUPS, LAST_NAMES, MANNERS, NAMERS, ROOMS,
        STREETS, VERBS,
    },
};
use crate::{text::capitalised, topics::Activity};

type Words = Vec<&'static str>;

macro_rules! lists {
    ($($name:ident = $words:ident;)*) => {$(
        static $name: LazyLock<Words> = LazyLock::new(|| $words.split_whitespace().collect());
    )*};
}
lists! {
    COMFORT = COMFORTS;
    FEELING = FEELINGS;
    FIRST = FIRST_NAMES;
    GAIN = GAINS;
    GROUP = GROUPS;
    LAST = LAST_NAMES;
    MANNER = MANNERS;
    NAMER = NAMERS;
    ROOM = ROOMS;
    STREET = STREETS;
    SUBJECT = SUBJECTS;
    VERB = VERBS;
}

/// One list for each activity, that of its artform.
static THINGS: LazyLock<Vec<(Activity, Words)>> = LazyLock::new(|| {
    Activity::artforms().map(|one| (one, words::things(one).split_whitespace().collect())).collect()
});

pub fn thing(chance: &mut Chance, activity: Activity) -> String {
    let list = THINGS.iter().find(|(artform, _)| *artform == activity.artform());
    list.map_or_else(String::new, |(_, list)| spaced(chance.pick(list)))
}

pub fn title(chance: &mut Chance, activity: Activity) -> String {
    let (thing, manner) = (thing(chance, activity), spaced(chance.pick(&MANNER)));
    let group = spaced(chance.pick(&GROUP));
    match chance.below(5) {
        0 => capitalised(&format!("{manner} {thing} {group}")),
        1 => format!("{}\u{2019}s {thing} {group}", chance.pick(&FIRST)),
        2 => capitalised(&format!("{thing} and {}", self::thing(chance, activity))),
        3 => {
            capitalised(&format!("{thing} {group} at the {} {}", chance.pick(&NAMER), room(chance)))
        }
        _ => capitalised(&format!("{manner} {group}: {thing}")),
    }
}

pub fn summary(chance: &mut Chance, activity: Activity) -> String {
    let one = thing(chance, activity);
    let [verb, again] = [chance.pick(&VERB), chance.pick(&VERB)];
    let (manner, gain) = (spaced(chance.pick(&MANNER)), spaced(chance.pick(&GAIN)));
    match chance.below(3) {
        0 => format!(
            "{} with {one} in a {manner} group. Come for the {gain}, stay for the {}.",
            capitalised(&format!("{verb} and {again}")),
            comfort(chance)
        ),
        1 => format!(
            "A {manner} place to {verb} and {again}: {one}, {} and {gain}. No experience needed.",
            thing(chance, activity)
        ),
        _ => format!(
            "Feeling {}? {} with others, around {one}, and find some {gain}.",
            spaced(chance.pick(&FEELING)),
            capitalised(verb)
        ),
    }
}

/// A few sentences.
pub fn text(chance: &mut Chance, activity: Activity, sentences: usize) -> String {
    (0..sentences).map(|_| sentence(chance, activity)).collect::<Vec<_>>().join(" ")
}

fn sentence(chance: &mut Chance, activity: Activity) -> String {
    let (one, other) = (thing(chance, activity), thing(chance, activity));
    let [verb, again] = [chance.pick(&VERB), chance.pick(&VERB)];
    let (manner, gain) = (spaced(chance.pick(&MANNER)), spaced(chance.pick(&GAIN)));
    match chance.below(10) {
        8 => format!(
            "This season is about {} and {}.",
            spaced(chance.pick(&SUBJECT)),
            spaced(chance.pick(&SUBJECT))
        ),
        9 => format!(
            "Last time it was {}; next time it will be {one}.",
            spaced(chance.pick(&SUBJECT))
        ),
        0 => format!("We {verb} with {one} and {again} with {other}."),
        1 => {
            format!("{} leads the group; everybody can {verb} at their own speed.", person(chance))
        }
        2 => format!("There is {} and {}.", comfort(chance), comfort(chance)),
        3 => {
            format!("People who felt {} say that they found {gain}.", spaced(chance.pick(&FEELING)))
        }
        4 => format!("The mood is {manner}, and nobody has to {verb} alone."),
        5 => format!("Each week we look at {one}, then {verb}, then {again}."),
        6 => format!("You may {verb}, or just watch while others {again} with {one}."),
        _ => format!(
            "It brings {gain} and {} to {}.",
            spaced(chance.pick(&GAIN)),
            chance.pick(&[
                "older hands",
                "newcomers",
                "whole families",
                "carers",
                "young people",
                "people living alone"
            ])
        ),
    }
}

pub fn person(chance: &mut Chance) -> String {
    format!("{} {}", chance.pick(&FIRST), chance.pick(&LAST))
}

/// The first half of a name of a provider or a venue.
pub fn name(chance: &mut Chance) -> String {
    match chance.below(3) {
        0 => chance.pick(&NAMER).to_owned(),
        1 => format!("{} and {}", chance.pick(&NAMER), chance.pick(&NAMER)),
        _ => format!("{} {}", chance.pick(&NAMER), chance.pick(&STREET)),
    }
}

pub fn group(chance: &mut Chance) -> String {
    capitalised(&spaced(chance.pick(&GROUP)))
}

pub fn room(chance: &mut Chance) -> String {
    capitalised(&spaced(chance.pick(&ROOM)))
}

pub fn street(chance: &mut Chance) -> String {
    format!("{} {}", chance.pick(&NAMER), chance.pick(&STREET))
}

/// "Makers of quilts".
pub fn maker(chance: &mut Chance) -> String {
    let artforms: Vec<Activity> = Activity::artforms().collect();
    let artform = chance.pick(&artforms);
    let thing = thing(chance, artform);
    capitalised(&format!("{} {thing}", spaced(chance.pick(&MANNER))))
}

pub fn comfort(chance: &mut Chance) -> String {
    spaced(chance.pick(&COMFORT))
}

fn spaced(word: &str) -> String {
    word.replace('-', " ")
}
