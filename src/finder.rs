//! From a postcode or a name that somebody types to GP practices and their networks.
use crate::{
    places::{Group, Metres, Outcode, Place, Places, Postcode, Surgery, plain},
    topics::{forgiven, mistakes},
};

/// What was meant, as far as we can tell. All empty where nothing is like it.
#[derive(Debug, Default)]
pub struct Meant<'a> {
    /// By name or address, the likeliest first.
    pub practices: Vec<&'a Surgery>,
    /// So many more are like it.
    pub more: usize,
    pub groups: Vec<&'a Group>,
    /// A place of that name, and the practices near it.
    pub place: Option<Place>,
    pub near: Vec<(&'a Surgery, Metres)>,
}

impl<'a> Meant<'a> {
    /// The one practice that can be meant, if there is only one.
    pub fn only(&self) -> Option<&'a Surgery> {
        match (&*self.practices, &*self.groups, &*self.near) {
            ([only], [], []) => Some(only),
            _ => None,
        }
    }

    pub fn is_nothing(&self) -> bool {
        self.practices.is_empty() && self.groups.is_empty() && self.near.is_empty()
    }
}

/// So many practices of a name are shown, and so many near a place within so many metres.
const NAMED: usize = 20;
const NEAR: usize = 8;
/// More of them where the place is only roughly known: the nearest may be anywhere among them.
const ROUGHLY_NEAR: usize = 25;
const WITHIN: Metres = 5_000;
/// Further words and letters than anybody needs for a name are not looked at: it bounds the time.
const WORDS: usize = 8;
/// Words people put around a name, which say nothing where no practice is called so.
const AROUND: [&str; 22] = [
    "a",
    "at",
    "by",
    "care",
    "doctor",
    "doctors",
    "dr",
    "gp",
    "gps",
    "in",
    "my",
    "near",
    "network",
    "of",
    "on",
    "our",
    "pcn",
    "practice",
    "primary",
    "surgeries",
    "surgery",
    "the",
];
/// What a word weighs that is nowhere.
const UNKNOWN: f64 = 2.0;
/// A match has so much of the weight of what was typed.
const ENOUGH: f64 = 0.6;

/// Reads a postcode, an outward code, the code of a practice or network, or else a name, forgiving typing.
pub fn find<'a>(places: &'a Places, typed: &str) -> Meant<'a> {
    let surgeries = places.surgeries();
    let code = typed.trim().to_uppercase();
    if let Some(practice) = surgeries.practice(&code) {
        return Meant { practices: vec![practice], ..Meant::default() };
    }
    if let Some(group) = surgeries.group_of(&code) {
        return Meant { groups: vec![group], ..Meant::default() };
    }
    let place = places.find(typed);
    let near = place.as_ref().map(|place| surgeries.near(place.point)).unwrap_or_default();
    let few = if place.as_ref().is_some_and(|place| place.precise) { NEAR } else { ROUGHLY_NEAR };
    let near = near.into_iter().take_while(|(_, far)| *far <= WITHIN).take(few).collect();
    if Postcode::parse(typed).is_some() || Outcode::parse(typed).is_some() {
        return Meant { place, near, ..Meant::default() };
    }
    let asked = plain(typed);
    let asked: Vec<&str> = asked.split(' ').filter(|word| !word.is_empty()).take(WORDS).collect();
    let practices = surgeries.all().iter().map(|one| (one, [&*one.words.0, &*one.words.1]));
    let mut practices = like(&asked, practices.collect());
    // An open one before one that closed; else the likeliest first.
    practices.sort_by_key(|one| !one.is_open());
    let more = practices.len().saturating_sub(NAMED);
    practices.truncate(NAMED);
    let groups = surgeries.groups().iter().map(|one| (one, [&*one.words, &[]]));
    let mut groups = like(&asked, groups.collect());
    groups.truncate(NAMED);
    Meant { practices, more, groups, place, near }
}

/// Those whose words, a name's and an address's, are like what was asked, the likeliest first. A word that few have
/// weighs more than one that many have.
fn like<T: Copy>(asked: &[&str], all: Vec<(T, [&[String]; 2])>) -> Vec<T> {
    let mut scores = vec![(0.0, 0.0); all.len()];
    let mut whole = 0.0;
    for word in asked {
        let nearness = nearness(word, &all);
        let have = nearness.iter().filter(|near| **near > 0.0).count();
        if have == 0 {
            whole += if AROUND.contains(word) { 0.0 } else { UNKNOWN };
            continue;
        }
        let weight = (1.0 + all.len() as f64 / have as f64).ln();
        whole += weight;
        for ((covered, score), near) in scores.iter_mut().zip(&nearness) {
            *covered += if *near > 0.0 { weight } else { 0.0 };
            *score += weight * near;
        }
    }
    let most = scores.iter().map(|(covered, _)| *covered).fold(0.0, f64::max);
    if most <= 0.0 || most < ENOUGH * whole {
        return Vec::new();
    }
    let mut found: Vec<(f64, T)> = scores
        .into_iter()
        .zip(all)
        .filter(|((covered, _), _)| *covered >= most - f64::EPSILON)
        .map(|((_, score), (one, _))| (score, one))
        .collect();
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    found.into_iter().map(|(_, one)| one).collect()
}

/// How near each comes to a word, from 0 to 1: a name counts more than an address, the word itself more than its
/// beginning, and mistakes are forgiven only where nobody has it without.
fn nearness<T>(word: &str, all: &[(T, [&[String]; 2])]) -> Vec<f64> {
    let begins = |one: &str| word.len() >= 3 && one.starts_with(word);
    let well = |one: &String| match one {
        one if one == word => 1.0,
        one if begins(one) => 0.8,
        _ => 0.0,
    };
    let forgiven = forgiven(word.chars().count());
    let badly = |one: &String| match mistakes(word, one, forgiven) {
        Some(made) => 0.7 / (made.max(1) as f64),
        None => 0.0,
    };
    let best = |words: &[String], near: &dyn Fn(&String) -> f64| {
        words.iter().map(near).fold(0.0, f64::max)
    };
    let each = |near: &dyn Fn(&String) -> f64| -> Vec<f64> {
        let of = |[name, address]: &[&[String]; 2]| best(name, near).max(best(address, near) * 0.6);
        all.iter().map(|(_, words)| of(words)).collect()
    };
    let sound = each(&well);
    if forgiven == 0 || sound.iter().any(|near| *near > 0.0) { sound } else { each(&badly) }
}
