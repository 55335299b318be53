//! Invented searches, the same for the same number.
use fingerpost::{
    places::{Place, PlaceKind, Point},
    search::{AgeRange, Criteria, Near, Sort},
    topics::{
        Access, Activity, Audience, Code, Cost, Delivery, Joining, Language, Need, PartOfDay,
        Places,
    },
};
use jiff::{Span, civil::Weekday};

use super::invented::{Chance, TITLES, TODAY, WORDS, gss, point};

/// Text only 40 %, text and two filters 30 %, filters only 15 %, distance and filters 15 %; one text in
/// ten has a typing mistake.
pub fn mixed(number: usize) -> Criteria {
    let mut chance = Chance::new(1_000_003 * (number as u64 + 1));
    let mut asked = Criteria::default();
    match number % 20 {
        0..8 => text(&mut chance, number, &mut asked),
        8..14 => {
            text(&mut chance, number, &mut asked);
            filters(&mut chance, 2, &mut asked);
        }
        14..17 => {
            let many = 2 + chance.below(3);
            filters(&mut chance, many, &mut asked);
        }
        _ => {
            asked.near = Some(near(&mut chance));
            let many = 1 + chance.below(3);
            filters(&mut chance, many, &mut asked);
        }
    }
    asked
}

/// Anything at all, for trying rules: places are boroughs only, as the gazetteer is empty.
pub fn any(chance: &mut Chance) -> Criteria {
    let mut asked = Criteria::default();
    for _ in 0..chance.below(3) {
        let known = chance
            .one(&["knitting", "paint", "bal", "gardn", "choirs", "quiltng", "xyzzy", "sing"]);
        asked.words.push(known.to_owned());
    }
    let many = chance.below(4);
    filters(chance, many, &mut asked);
    if chance.percent(25) {
        let borough = gss(chance.below(33));
        let kind = PlaceKind::Borough(borough);
        let borough = Some(borough);
        asked.near =
            Some(Near { place: Place { kind, borough, ..near(chance).place }, ..near(chance) });
    }
    if chance.percent(10) {
        asked.not_activities = chance.codes(1, 2);
    }
    asked.sort = chance.one(&[Sort::Best, Sort::Nearest, Sort::Soonest, Sort::Newest]);
    asked
}

fn near(chance: &mut Chance) -> Near {
    let Point { lat, lon } = point(chance);
    let place = Place {
        name: "here".to_owned(),
        kind: PlaceKind::Outcode,
        point: Point { lat, lon },
        borough: None,
        precise: true,
    };
    Near { place, within: Some(chance.one(&[1_000, 2_000, 5_000, 10_000])) }
}

fn text(chance: &mut Chance, number: usize, asked: &mut Criteria) {
    let many = 1 + chance.below(3);
    for _ in 0..many {
        let word = if chance.percent(50) { chance.one(&TITLES) } else { chance.one(&WORDS) };
        asked.words.push(word.to_lowercase());
    }
    if number % 10 == 3 {
        mistype(chance, &mut asked.words[0]);
    }
}

/// Swaps, leaves out or doubles a letter.
fn mistype(chance: &mut Chance, word: &mut String) {
    let at = 1 + chance.below(word.len() - 1);
    let mut letters: Vec<char> = word.chars().collect();
    match chance.below(3) {
        0 => letters.swap(at - 1, at),
        1 => drop(letters.remove(at)),
        _ => letters.insert(at, letters[at]),
    }
    *word = letters.into_iter().collect();
}

fn filters(chance: &mut Chance, many: usize, asked: &mut Criteria) {
    for _ in 0..many {
        match chance.below(16) {
            0 | 1 => asked.needs = (0..=chance.below(2)).map(|_| chance.one(Need::ALL)).collect(),
            2 => asked.activities = [chance.one(Activity::ALL)].into_iter().collect(),
            3 => asked.boroughs = vec![gss(chance.below(33))],
            4 => asked.audiences = [chance.one(Audience::ALL)].into_iter().collect(),
            5 | 6 => asked.access = chance.codes::<Access>(1, 2),
            7 => asked.delivery = [chance.one(Delivery::ALL)].into_iter().collect(),
            8 => asked.cost = [Cost::Free].into_iter().collect(),
            9 => asked.max_price = Some(chance.one(&[300, 500, 1_000])),
            10 => asked.days.insert(chance.one(&[
                Weekday::Monday,
                Weekday::Tuesday,
                Weekday::Saturday,
            ])),
            11 => asked.parts = [chance.one(PartOfDay::ALL)].into_iter().collect(),
            12 => {
                let from = TODAY.checked_add(Span::new().days(chance.below(60) as i64)).unwrap();
                asked.from = Some(from);
                let length = chance.one(&[6, 6, 30]);
                asked.to = Some(from.checked_add(Span::new().days(length)).unwrap());
            }
            13 => {
                let from = chance.one(&[16, 25, 65, 72]);
                asked.age = Some(AgeRange { from, to: from + 1 });
            }
            14 => asked.joining = [chance.one(Joining::ALL)].into_iter().collect(),
            _ => {
                if chance.percent(50) {
                    asked.languages =
                        vec![Language::parse(chance.one(&["bn", "en", "so"])).unwrap()];
                } else {
                    asked.places = [Places::Open].into_iter().collect();
                }
            }
        }
    }
}
