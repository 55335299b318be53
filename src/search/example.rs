//! A small London with all everyday words, for tests.
use jiff::civil::{Date, date};

use super::{Alike, Card};
use crate::{
    calendar::{Follows, Session},
    offers::PlacesSaid,
    places::{
        Area, Borough, Gss, Known, Located, Outcode, OutwardArea, Places, Point, Postcode,
        Postcodes, Ward,
    },
    text::{Line, Slug},
    topics::{self, Access, Activity, Codes, Cost, Delivery, EverydayWord, Joining, Lexicon},
};

/// A Saturday.
pub const TODAY: Date = date(2026, 11, 21);

const BOROUGHS: [&str; 33] = [
    "City of London",
    "Barking and Dagenham",
    "Barnet",
    "Bexley",
    "Brent",
    "Bromley",
    "Camden",
    "Croydon",
    "Ealing",
    "Enfield",
    "Greenwich",
    "Hackney",
    "Hammersmith and Fulham",
    "Haringey",
    "Harrow",
    "Havering",
    "Hillingdon",
    "Hounslow",
    "Islington",
    "Kensington and Chelsea",
    "Kingston upon Thames",
    "Lambeth",
    "Lewisham",
    "Merton",
    "Newham",
    "Redbridge",
    "Richmond upon Thames",
    "Southwark",
    "Sutton",
    "Tower Hamlets",
    "Waltham Forest",
    "Wandsworth",
    "Westminster",
];
const AREAS: [&str; 18] = [
    "Peckham",
    "Brixton",
    "Camberwell",
    "Bow",
    "Bank",
    "Angel",
    "Temple",
    "Barking",
    "Dalston",
    "Kew",
    "Crystal Palace",
    "Walthamstow",
    "Bethnal Green",
    "Acton",
    "Church End",
    "Clapham",
    "Kings Cross",
    "Poplar",
];
const WARDS: [&str; 9] = [
    "Village",
    "Tower",
    "Weavers",
    "Harrow on the Hill",
    "The Wrythe",
    "Rye Lane",
    "Forest",
    "St Helen's",
    "Stratford",
];
const OUTCODES: [&str; 7] = ["SE15", "E8", "N1", "CR0", "E1", "SW9", "W1"];

pub fn places() -> Places {
    let centre = Point { lat: 51.5, lon: -0.1 };
    let gss = |at: usize| Gss::parse(&format!("E090000{:02}", at + 1)).unwrap();
    let boroughs = BOROUGHS.iter().enumerate();
    let boroughs = boroughs.map(|(at, name)| Borough::example(gss(at), name, centre));
    let area = |name: &&str| Area {
        name: (*name).to_owned(),
        outcode: Outcode::parse("SE15").unwrap(),
        borough: gss(0),
        centre,
    };
    let ward = |name: &&str| Ward {
        gss: Gss::parse("E05000001").unwrap(),
        name: (*name).to_owned(),
        borough: gss(14),
        centre,
    };
    let outcode = |code: &&str| OutwardArea {
        code: Outcode::parse(code).unwrap(),
        centre,
        postcodes: 1,
        boroughs: vec![(gss(0), 1)],
    };
    Places::new(Known {
        boroughs: boroughs.collect(),
        nicknames: vec![
            ("Richmond".to_owned(), gss(26)),
            ("Kensington".to_owned(), gss(19)),
            ("Barking & Dagenham".to_owned(), gss(1)),
        ],
        wards: WARDS.iter().map(ward).collect(),
        areas: AREAS.iter().map(area).collect(),
        outcodes: OUTCODES.iter().map(outcode).collect(),
        postcodes: Postcodes::collect(["E8 4RP", "SE15 4QL"].map(|code| Located {
            postcode: Postcode::parse(code).unwrap(),
            point: centre,
            district: Some(gss(11)),
        })),
        ..Known::default()
    })
}

/// The everyday words as the migrations bring them.
pub fn rows() -> Vec<EverydayWord> {
    let sql = include_str!("../../migrations/0011_everyday_words.sql");
    let (_, lists) = sql.split_once("from (values").unwrap();
    let (lists, _) = lists.split_once(") as said").unwrap();
    let mut quoted = lists.lines().filter(|line| !line.starts_with("--")).collect::<String>();
    quoted = quoted.replace('\n', " ");
    let strings: Vec<&str> = quoted.split('\'').skip(1).step_by(2).collect();
    let of = |three: &[&str]| -> Vec<EverydayWord> {
        let phrases =
            three[2].split(',').map(|phrase| phrase.split_whitespace().collect::<Vec<_>>());
        phrases
            .map(|phrase| EverydayWord {
                phrase: phrase.join(" "),
                group: three[0].to_owned(),
                code: three[1].to_owned(),
            })
            .collect()
    };
    strings.chunks(3).flat_map(of).collect()
}

pub fn lexicon() -> Lexicon {
    Lexicon::new(rows())
}

/// Says no more than it must.
pub fn card(title: &str) -> Card {
    Card {
        id: crate::offers::OfferId::nil(),
        revision: 1,
        slug: Slug::from_name(title).unwrap(),
        title: Line::parse(title).unwrap(),
        summary: Line::parse("Make pots at a long table with eight others.").unwrap(),
        provider_slug: Slug::parse("hollow-lane").unwrap(),
        provider_name: Line::parse("Hollow Lane Clay").unwrap(),
        activity: Activity::Pottery,
        delivery: [Delivery::InPerson].into_iter().collect(),
        place: Some("Lantern Yard, SE15".into()),
        boroughs: vec![],
        outreach: vec![],
        cost: Cost::Free,
        cost_in_words: "Free".into(),
        cost_note: Line::optional("Clay and firing too.").unwrap(),
        joining: [Joining::DropIn, Joining::SelfReferral].into_iter().collect(),
        access_yes: [Access::StepFree].into_iter().collect(),
        access_no: Codes::NONE,
        places: Some(PlacesSaid { code: topics::Places::Few, on: date(2026, 11, 17) }),
        has_venue: true,
        follows: vec![Follows {
            before: Session {
                starts: date(2026, 12, 15).at(10, 30, 0, 0),
                ends: date(2026, 12, 15).at(12, 0, 0, 0),
            },
            words: "Then every Tuesday".into(),
        }],
        by_arrangement: None,
        confirmed: Some(date(2026, 11, 9)),
        confirm_by: Some(date(2027, 2, 9)),
        published: date(2026, 2, 2),
        alike: Alike::default(),
    }
}
