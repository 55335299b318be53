//! What nearly fits, and what to let go of, say the truth.
use std::collections::BTreeSet;

use fingerpost::{
    calendar::Weekdays,
    offers::{Listed, OfferId},
    search::{Close, Criteria, LetGo, Miss},
    topics::{Activity, Codes, PartOfDay},
};

use super::{
    catalogue::{catalogue, noon},
    invented::{self, Chance},
    plain_search::{PlainSearch, held, part},
    requests,
};

#[test]
fn a_close_match_misses_exactly_one_piece_and_says_which() {
    let offers: Vec<Listed> = invented::offers(300).collect();
    let catalogue = catalogue(&offers, noon());
    let plain = PlainSearch::new(&offers, noon());
    let mut chance = Chance::new(10);
    let mut seen = 0;
    for _ in 0..400 {
        let asked = requests::any(&mut chance);
        let answer = catalogue.find(&asked, noon());
        let verdicts = plain.verdicts(&asked);
        if answer.total >= 10 {
            assert!(answer.close.is_empty());
            continue;
        }
        let near = plain.offers.iter().zip(&verdicts).filter(|(one, verdict)| {
            let missed: Vec<&str> =
                verdict.iter().filter(|(_, met)| !met).map(|(name, _)| name.as_str()).collect();
            match missed.as_slice() {
                ["not_activity"] => false,
                ["within"] => one.venue.is_some(),
                ["when"] => but_one(&asked)
                    .any(|relaxed| nothing_timed(&relaxed) || held(one, &relaxed, noon())),
                [_] => true,
                _ => false,
            }
        });
        let near: BTreeSet<OfferId> = near.map(|(one, _)| one.offer.id).collect();
        assert_eq!(answer.close.len(), near.len().min(10), "{asked:?}");
        for close in &answer.close {
            assert!(near.contains(&close.hit.card.id), "{asked:?} {:?}", close.miss);
            let at = plain.offers.iter().position(|one| one.offer.id == close.hit.card.id).unwrap();
            let missed = verdicts[at].iter().find(|(_, met)| !met).unwrap();
            tells_truth(close, &missed.0, plain.offers[at], &asked);
            seen += 1;
        }
    }
    assert!(seen > 300, "{seen}");
}

fn but_one(asked: &Criteria) -> impl Iterator<Item = Criteria> {
    let mut ways = Vec::new();
    if !asked.days.is_empty() {
        ways.push(Criteria { days: Default::default(), ..asked.clone() });
    }
    if !asked.parts.is_empty() {
        ways.push(Criteria { parts: Codes::NONE, ..asked.clone() });
    }
    if asked.from.is_some() || asked.to.is_some() {
        ways.push(Criteria { from: None, to: None, ..asked.clone() });
    }
    ways.into_iter()
}

fn nothing_timed(asked: &Criteria) -> bool {
    asked.days.is_empty() && asked.parts.is_empty() && asked.from.is_none() && asked.to.is_none()
}

fn tells_truth(close: &Close, missed: &str, listed: &Listed, asked: &Criteria) {
    let content = &listed.offer.content;
    match &close.miss {
        Miss::Cost { asked: wanted, .. } => {
            assert_eq!(missed, "cost");
            assert!(!wanted.contains(content.cost.code));
        }
        Miss::Price { pence, most } => {
            assert_eq!(missed, "max_price");
            assert_eq!(*pence, content.cost.least_per_session(None));
            assert!(pence.is_none_or(|pence| pence > *most));
        }
        Miss::Days { held: days, .. } => {
            assert_eq!(missed, "when");
            assert!(days.iter().all(|day| !asked.days.contains(day)));
            for day in days.iter() {
                let only = Criteria { days: [day].into_iter().collect(), ..asked.clone() };
                assert!(held(listed, &only, noon()));
            }
        }
        Miss::Parts { held: parts, .. } => {
            assert_eq!(missed, "when");
            assert!(!parts.overlaps(asked.parts));
        }
        Miss::Dates { next } => {
            assert_eq!(missed, "when");
            if let Some(next) = next {
                let day = next.starts.date();
                assert!(asked.from.is_some_and(|f| day < f) || asked.to.is_some_and(|t| day > t));
                assert!(asked.parts.is_empty() || asked.parts.contains(part(next.starts.time())));
            }
        }
        Miss::Further { by } => {
            assert_eq!(missed, "within");
            let within = asked.near.as_ref().unwrap().within.unwrap();
            assert_eq!(close.hit.distance.unwrap(), within + by);
        }
        Miss::Access { feature, stated } => {
            assert_eq!(missed, "access");
            assert!(asked.access.contains(*feature));
            assert_eq!(content.access.no.contains(*feature), *stated);
        }
        Miss::Words { missing } => assert_eq!(missed, format!("q={}", missing[0])),
        Miss::Borough { .. } => assert_eq!(missed, "borough"),
        Miss::Need { .. } => assert_eq!(missed, "need"),
        Miss::Activity { instead } => {
            assert_eq!(missed, "activity");
            let sibling = |one: &Activity| {
                asked.activities.iter().any(|wanted| wanted.artform() == one.artform())
            };
            let offered = content.activities.iter().any(sibling);
            assert_eq!(sibling(instead), offered, "the nearest thing is named");
        }
        Miss::Audience { only } => assert!(!only.overlaps(asked.audiences)),
        Miss::Age { .. } => assert_eq!(missed, "age"),
        Miss::Delivery { .. } => assert_eq!(missed, "delivery"),
        Miss::Joining { .. } => assert_eq!(missed, "joining"),
        Miss::Language { .. } => assert_eq!(missed, "language"),
        Miss::Places { said } => assert_eq!(*said, content.places.map(|said| said.code)),
    }
}

#[test]
fn letting_go_brings_as_many_as_it_says() {
    let offers: Vec<Listed> = invented::offers(300).collect();
    let catalogue = catalogue(&offers, noon());
    let mut chance = Chance::new(11);
    let (mut seen, mut together, mut beside) = (0, 0, 0);
    for _ in 0..400 {
        let asked = requests::any(&mut chance);
        let answer = catalogue.find(&asked, noon());
        assert!(answer.total == 0 || answer.loosen.is_empty());
        assert!(answer.loosen.is_sorted_by(|one, next| one.total >= next.total));
        assert_eq!(answer.total == 0, !answer.loosen.is_empty(), "{asked:?}");
        for way in answer.loosen {
            together += usize::from(way.pieces.len() > 1);
            // Days, parts and dates are one thing: nothing else goes where that alone brings something.
            let mut timed = way.pieces.clone();
            timed.retain(|one| ["day", "part", "dates"].contains(&one.group));
            if !timed.is_empty() && timed.len() < way.pieces.len() {
                let rest = without(&asked, &timed).expect("no word goes");
                assert_eq!(catalogue.find(&rest, noon()).total, 0, "{way:?} {asked:?}");
                beside += 1;
            }
            let Some(rest) = without(&asked, &way.pieces) else { continue };
            assert_eq!(catalogue.find(&rest, noon()).total, way.total, "{way:?} {asked:?}");
            seen += 1;
        }
    }
    assert!(seen > 100 && together > 10 && beside > 0, "{seen} {together} {beside}");
}

#[test]
fn where_day_and_part_together_stand_in_the_way_nothing_else_is_let_go() {
    let offers: Vec<Listed> = invented::offers(25).collect();
    let catalogue = catalogue(&offers, noon());
    let total = |asked: &Criteria| catalogue.find(asked, noon()).total;
    let mut seen = 0;
    for offer in &offers {
        let activities: Codes<Activity> = [offer.offer.content.activity()].into_iter().collect();
        for (day, part) in Weekdays::EVERY.iter().flat_map(|d| {
            [PartOfDay::Morning, PartOfDay::Afternoon, PartOfDay::Evening].map(|p| (d, p))
        }) {
            let days: Weekdays = [day].into_iter().collect();
            let parts: Codes<PartOfDay> = [part].into_iter().collect();
            let asked = Criteria { activities, days, parts, ..Criteria::default() };
            let without = [
                Criteria { days: Weekdays::default(), ..asked.clone() },
                Criteria { parts: Codes::NONE, ..asked.clone() },
                Criteria { activities: Codes::NONE, ..asked.clone() },
            ];
            if total(&asked) > 0 || without.iter().any(|one| total(one) > 0) {
                continue;
            }
            let groups = |way: &fingerpost::search::Loosen| -> Vec<_> {
                way.pieces.iter().map(|piece| piece.group).collect()
            };
            let ways: Vec<_> = catalogue.find(&asked, noon()).loosen.iter().map(groups).collect();
            assert_eq!(ways, [["day", "part"]], "{asked:?}");
            seen += 1;
        }
    }
    assert!(seen > 0);
}

/// `None` where the last word would go: it may be a beginning; what takes its place must not become one.
fn without(asked: &Criteria, pieces: &[LetGo]) -> Option<Criteria> {
    let mut rest = asked.clone();
    for piece in pieces {
        match piece.group {
            "q" => match &piece.code {
                Some(word) if rest.words.last() == Some(word) => return None,
                Some(word) => rest.words.retain(|one| one != word),
                None => rest.words.clear(),
            },
            "within" => rest.near = None,
            "need" => rest.needs = Codes::NONE,
            "activity" => rest.activities = Codes::NONE,
            "not_activity" => rest.not_activities = Codes::NONE,
            "borough" => rest.boroughs.clear(),
            "audience" => rest.audiences = Codes::NONE,
            "access" => rest.access = Codes::NONE,
            "delivery" => rest.delivery = Codes::NONE,
            "cost" => rest.cost = Codes::NONE,
            "max_price" => rest.max_price = None,
            "day" => rest.days = Default::default(),
            "part" => rest.parts = Codes::NONE,
            "dates" => (rest.from, rest.to) = (None, None),
            "age" => rest.age = None,
            "language" => rest.languages.clear(),
            "joining" => rest.joining = Codes::NONE,
            "places" => rest.places = Codes::NONE,
            other => panic!("{other}"),
        }
    }
    Some(rest)
}
