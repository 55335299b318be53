//! The catalogue in memory finds, counts, explains and suggests what a plain reading of the offers says.
use std::{collections::BTreeSet, sync::Arc};

use fingerpost::{
    offers::{Change, Listed, OfferId},
    paging::PageNumber,
    places::Places,
    search::{Around, CardView, Catalogue, Criteria, Piece, Sort},
    topics::{Access, Activity, Audience, Code, Codes, Cost, Language},
};
use jiff::civil::{DateTime, Weekday};

use super::{
    invented::{self, Chance, TODAY},
    plain_search::{PlainSearch, Verdict},
    requests,
};

pub fn noon() -> DateTime {
    TODAY.at(12, 0, 0, 0)
}

pub fn catalogue(offers: &[Listed], now: DateTime) -> Catalogue {
    Catalogue::build(offers.iter().cloned(), Arc::new(Places::default()), now)
}

/// Every page.
pub fn found(catalogue: &Catalogue, asked: &Criteria, now: DateTime) -> Vec<OfferId> {
    let mut all = Vec::new();
    let mut page = Some(PageNumber::FIRST);
    while let Some(number) = page {
        let found = catalogue.find(&Criteria { page: number, ..asked.clone() }, now);
        all.extend(found.hits.iter().map(|hit| hit.card.id));
        page = number.next(found.total);
        if page.is_none() {
            assert_eq!(all.len(), found.total, "{asked:?}");
        }
    }
    all
}

fn met(verdict: &Verdict) -> bool {
    verdict.iter().all(|(_, met)| *met)
}

/// Times of one day and the next, as a catalogue must be right on both.
pub fn moments() -> [DateTime; 4] {
    let next = TODAY.tomorrow().unwrap();
    [TODAY.at(0, 0, 0, 0), TODAY.at(10, 30, 1, 0), TODAY.at(17, 59, 0, 0), next.at(14, 0, 0, 0)]
}

#[test]
fn it_finds_exactly_what_a_plain_reading_finds() {
    let offers: Vec<Listed> = invented::offers(300).collect();
    let catalogue = catalogue(&offers, noon());
    let mut chance = Chance::new(7);
    let mut something = 0;
    for round in 0..600 {
        let now = moments()[round % 3];
        let asked = requests::any(&mut chance);
        let plain = PlainSearch::new(&offers, now);
        let expected: BTreeSet<OfferId> = plain
            .verdicts(&asked)
            .iter()
            .zip(&plain.offers)
            .filter(|(verdict, _)| met(verdict))
            .map(|(_, one)| one.offer.id)
            .collect();
        something += usize::from(!expected.is_empty());
        let all = found(&catalogue, &asked, now);
        assert_eq!(all.iter().copied().collect::<BTreeSet<_>>(), expected, "{now} {asked:?}");
        assert_eq!(all.len(), expected.len(), "an offer stands on two pages: {asked:?}");
    }
    assert!(something > 200, "too few of the invented searches find something: {something}");
}

#[test]
fn a_catalogue_of_yesterday_is_still_right_today() {
    let offers: Vec<Listed> = invented::offers(300).collect();
    let yesterday = catalogue(&offers, noon());
    let now = moments()[3];
    let today = catalogue(&offers, now);
    let mut chance = Chance::new(8);
    for _ in 0..300 {
        let asked = requests::any(&mut chance);
        assert_eq!(found(&yesterday, &asked, now), found(&today, &asked, now), "{asked:?}");
    }
}

#[test]
fn a_count_is_what_choosing_that_value_alone_would_find() {
    let offers: Vec<Listed> = invented::offers(200).collect();
    let catalogue = catalogue(&offers, noon());
    let mut chance = Chance::new(9);
    for _ in 0..60 {
        let asked = requests::any(&mut chance);
        for (group, counts) in catalogue.find(&asked, noon()).counts.groups {
            for count in counts {
                let alone = choosing(&asked, group, &count.choice.code);
                let total = catalogue.find(&alone, noon()).total;
                assert_eq!(count.offers, total, "{group}={} beside {asked:?}", count.choice.code);
            }
        }
    }
}

fn choosing(asked: &Criteria, group: &str, code: &str) -> Criteria {
    fn one<T: Code>(code: &str) -> Codes<T> {
        [T::parse(code).unwrap()].into_iter().collect()
    }
    let mut alone = asked.clone();
    match group {
        "need" => alone.needs = one(code),
        "activity" => alone.activities = one(code),
        "borough" => alone.boroughs = vec![fingerpost::places::Gss::parse(code).unwrap()],
        "audience" => alone.audiences = one(code),
        "access" => alone.access = one(code),
        "delivery" => alone.delivery = one(code),
        "cost" => alone.cost = one(code),
        "day" => {
            let days = Weekday::Monday.cycle_forward().take(7);
            let day = days.zip([
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
            ]);
            alone.days = day.filter(|(_, name)| *name == code).map(|(day, _)| day).collect();
        }
        "part" => alone.parts = one(code),
        "language" => {
            alone.languages = vec![fingerpost::topics::Language::parse(code).unwrap()];
        }
        "joining" => alone.joining = one(code),
        "places" => alone.places = one(code),
        "within" => {
            let km: u32 = code.parse().unwrap();
            alone.near.as_mut().unwrap().within = Some(km * 1_000);
        }
        other => panic!("{other} is counted and not tried"),
    }
    alone
}

#[test]
fn a_changed_catalogue_answers_like_one_built_afresh() {
    let mut offers: Vec<Listed> = invented::offers(300).collect();
    let mut changed = catalogue(&offers, noon());
    let mut chance = Chance::new(12);
    for round in 0..12 {
        let mut changes = Vec::new();
        for step in 0..3 {
            let at = chance.below(offers.len());
            match chance.below(3) {
                0 => changes.push(Change::Gone(offers.remove(at).offer.id)),
                1 => {
                    let new = invented::offer(1_000 + round * 10 + step);
                    offers.push(new.clone());
                    changes.push(Change::Listed(Box::new(new)));
                }
                _ => {
                    let content = invented::offer(2_000 + round * 10 + step).offer.content;
                    offers[at].offer.content = content;
                    offers[at].venue = None;
                    changes.push(Change::Listed(Box::new(offers[at].clone())));
                }
            }
        }
        changed = changed.with(changes);
        let fresh = catalogue(&offers, noon());
        for _ in 0..60 {
            let asked = requests::any(&mut chance);
            assert_eq!(found(&changed, &asked, noon()), found(&fresh, &asked, noon()), "{asked:?}");
            let (one, other) = (changed.find(&asked, noon()), fresh.find(&asked, noon()));
            assert_eq!(format!("{:?}", one.counts), format!("{:?}", other.counts));
            assert_eq!(one.loosen, other.loosen);
            assert_eq!(format!("{:?}", one.close), format!("{:?}", other.close), "{asked:?}");
            assert_eq!(format!("{:?}", one.hits), format!("{:?}", other.hits));
        }
    }
}

#[test]
fn each_sort_is_in_its_order() {
    let offers: Vec<Listed> = invented::offers(300).collect();
    let catalogue = catalogue(&offers, noon());
    let mut chance = Chance::new(13);
    for _ in 0..200 {
        let asked = requests::any(&mut chance);
        let hits = catalogue.find(&asked, noon()).hits;
        match asked.sort {
            Sort::Best => {}
            Sort::Newest => {
                assert!(hits.is_sorted_by_key(|hit| std::cmp::Reverse(hit.card.published)));
            }
            Sort::Nearest if asked.near.is_some() => {
                assert!(hits.is_sorted_by_key(|hit| hit.distance.unwrap_or(u32::MAX)));
            }
            Sort::Nearest => {}
            Sort::Soonest => {
                let never = DateTime::MAX;
                assert!(hits.is_sorted_by_key(|hit| hit.next.map_or(never, |next| next.starts)));
            }
        }
    }
}

#[test]
fn what_is_on_is_found_and_shown_until_it_is_over() {
    let offers: Vec<Listed> = invented::offers(300).collect();
    let catalogue = catalogue(&offers, noon());
    for now in moments() {
        for listed in &offers {
            let Some(hit) = catalogue.hit(&listed.offer.slug, now) else { continue };
            let programme = &listed.offer.content.when.programme;
            assert_eq!(hit.next, programme.next(now), "as its own page says it");
        }
    }
}

#[test]
fn what_follows_the_next_session_is_what_the_calendar_says() {
    let offers: Vec<Listed> = invented::offers(300).collect();
    let catalogue = catalogue(&offers, noon());
    let places = Places::default();
    let mut silent = 0;
    for now in moments() {
        let around = Around { places: &places, today: now.date(), near: None, list: None };
        for listed in &offers {
            let Some(hit) = catalogue.hit(&listed.offer.slug, now) else { continue };
            let when = &listed.offer.content.when;
            let agreed = when.by_arrangement.as_ref().map(|words| words.as_str());
            let expected = when.programme.then_in_words(now);
            let expected = hit.next.and(expected.as_deref().or(agreed));
            let said = CardView::hit(&hit, around);
            assert_eq!(said.then(), expected, "{}", listed.offer.slug);
            silent += usize::from(expected.is_none() && !when.programme.schedules.is_empty());
        }
    }
    assert!(silent > 0, "some rest or end");
}

#[test]
fn a_language_is_a_reason_only_where_it_is_named_and_english_leaves_nothing_out() {
    let offers: Vec<Listed> = invented::offers(300).collect();
    let catalogue = catalogue(&offers, noon());
    let of = |code: &str| Language::parse(code).unwrap();
    for asked in [vec![of("en")], vec![of("bn")], vec![of("en"), of("so")]] {
        let english = asked.contains(&of("en"));
        let asked = Criteria { languages: asked, ..Criteria::default() };
        let all = found(&catalogue, &asked, noon());
        if english {
            assert_eq!(all.len(), catalogue.len(noon()));
        }
        for hit in catalogue.find(&asked, noon()).hits {
            let listed = offers.iter().find(|one| one.offer.id == hit.card.id).unwrap();
            for language in &asked.languages {
                let named = listed.offer.content.languages.contains(language);
                let piece = Piece::Language(*language);
                assert_eq!(hit.why.contains(&piece), named);
                assert_eq!(hit.not_stated.contains(&piece), !named);
            }
        }
    }
}

#[test]
fn a_session_that_is_over_is_neither_found_nor_shown() {
    let offers: Vec<Listed> = invented::offers(300).collect();
    let catalogue = catalogue(&offers, noon());
    for now in moments() {
        let today = Some(now.date());
        let asked = Criteria { from: today, to: today, sort: Sort::Soonest, ..Criteria::default() };
        for hit in catalogue.find(&asked, now).hits {
            assert!(!hit.next.unwrap().is_over(now));
        }
    }
}

#[test]
fn more_of_what_was_asked_for_comes_first() {
    let mut offers: Vec<Listed> = invented::offers(40).collect();
    offers.iter_mut().for_each(|one| one.offer.content.when = Default::default());
    let both: Codes<Access> = [Access::StepFree, Access::HearingLoop].into_iter().collect();
    for (at, one) in offers.iter_mut().enumerate() {
        one.offer.content.access.no = Codes::NONE;
        one.offer.content.access.yes =
            if at == 17 { both } else { [Access::StepFree].into_iter().collect() };
    }
    let asked = Criteria { access: both, ..Criteria::default() };
    let catalogue = catalogue(&offers, noon());
    let first = &catalogue.find(&asked, noon()).hits[0];
    assert_eq!(first.card.id, offers[17].offer.id);
}

#[test]
fn a_mistyped_word_and_a_topic_find_what_they_mean() {
    let mut offers: Vec<Listed> = invented::offers(30).collect();
    offers[3].offer.content.title = fingerpost::text::Line::parse("Knitting for all").unwrap();
    offers[4].offer.content.title = fingerpost::text::Line::parse("Our voices").unwrap();
    offers[4].offer.content.activities = vec![Activity::Singing];
    offers[5].offer.content.title = fingerpost::text::Line::parse("Painting at work").unwrap();
    let catalogue = catalogue(&offers, noon());
    for (typed, expected) in [("knitng", 3), ("singing", 4), ("choir", 4), ("paint", 5)] {
        let asked = Criteria { words: vec![typed.to_owned()], ..Criteria::default() };
        let all = found(&catalogue, &asked, noon());
        assert!(all.contains(&offers[expected].offer.id), "{typed}");
    }
    let free = Criteria { cost: [Cost::Free].into_iter().collect(), ..Criteria::default() };
    assert!(catalogue.find(&free, noon()).total > 0);
}

#[test]
fn a_place_without_a_distance_leaves_nothing_out_and_brings_the_near_first() {
    let offers: Vec<Listed> = invented::offers(300).collect();
    let catalogue = catalogue(&offers, noon());
    let mut chance = Chance::new(14);
    let all = catalogue.len(noon());
    let mut near_ones = 0;
    for _ in 0..20 {
        let point = invented::point(&mut chance);
        let kind = fingerpost::places::PlaceKind::Area;
        let place = fingerpost::places::Place {
            name: "here".into(),
            kind,
            point,
            borough: None,
            precise: true,
        };
        let near = Some(fingerpost::search::Near { place, within: None });
        let found = catalogue.find(&Criteria { near, ..Criteria::default() }, noon());
        assert_eq!(found.total, all);
        let nearest = offers.iter().filter_map(|one| Some(one.venue.as_ref()?.point));
        let least = nearest.map(|one| point.metres_to(one)).min().unwrap();
        let first = found.hits.iter().filter_map(|hit| hit.distance).min().unwrap();
        // What needs no journey ranks as if it were three kilometres away.
        if least < 2_000 {
            assert!(first <= least * 2, "{first} {least}");
            near_ones += 1;
        }
    }
    assert!(near_ones > 5, "{near_ones}");
}

#[test]
fn women_leaves_out_what_is_only_for_others_and_puts_first_what_welcomes_women() {
    let mut offers: Vec<Listed> = invented::offers(30).collect();
    for one in &mut offers {
        one.offer.content.when = Default::default();
        one.offer.content.audiences = Default::default();
    }
    let just = |audience: Audience| [audience].into_iter().collect();
    offers[4].offer.content.audiences.only = just(Audience::Men);
    offers[5].offer.content.audiences.welcome = just(Audience::Women);
    offers[6].offer.content.audiences.welcome = just(Audience::Carers);
    let asked = Criteria { audiences: just(Audience::Women), ..Criteria::default() };
    let all = found(&catalogue(&offers, noon()), &asked, noon());
    assert_eq!(all[0], offers[5].offer.id);
    assert_eq!(all.len(), 29);
    assert!(!all.contains(&offers[4].offer.id));
}

#[test]
fn a_search_of_two_thousand_characters_is_answered_in_time() {
    let offers: Vec<Listed> = invented::offers(300).collect();
    let catalogue = catalogue(&offers, noon());
    let words: Vec<String> =
        "gardning xqzt knitng ".repeat(100).split(' ').map(str::to_owned).collect();
    let begun = std::time::Instant::now();
    catalogue.find(&Criteria { words, ..Criteria::default() }, noon());
    assert!(begun.elapsed() < std::time::Duration::from_secs(1));
}
