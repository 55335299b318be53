//! Invented offers and requests, the same for the same number: for measuring and for trying rules.
use fingerpost::{
    calendar::{Pause, Programme, Rule, Schedule, Weekdays},
    offers::{
        AccessAnswers, Ages, AudienceFit, Confirmation, Content, Cost, How, Kind, Listed, Offer,
        Per, PlacesSaid, Price, Published, Quality, WayIn, When, Where, WhoMayCome,
    },
    places::{Gss, Point, Postcode},
    text::{Line, Slug, Text},
    topics::{
        self, Access, Activity, Audience, Code, Codes, Delivery, Joining, Language, Need, Places,
    },
    venues::Venue,
};
use jiff::{
    Span, Timestamp,
    civil::{Date, Weekday, time},
};
use uuid::Uuid;

/// Small, seeded, good enough (SplitMix64).
#[derive(Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
    /// So many times in a hundred.
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
    /// Up to `most`, each of the list as likely.
    pub fn codes<T: Code>(&mut self, least: usize, most: usize) -> Codes<T> {
        let many = least + self.below(most - least + 1);
        (0..many).map(|_| self.one(T::ALL)).collect()
    }
}

pub const TITLES: &[&str] = &[
    "Gentle",
    "Open",
    "Community",
    "Monday",
    "Singing",
    "Knit",
    "Natter",
    "Paint",
    "Clay",
    "Garden",
    "Chair",
    "Dance",
    "Drum",
    "Circle",
    "Story",
    "Memory",
    "Museum",
    "Walks",
    "Film",
    "Choir",
    "Writing",
    "Poetry",
    "Quilting",
    "Woodwork",
    "Photography",
    "Blues",
    "Ukulele",
    "Theatre",
    "Comedy",
    "Tea",
    "Cooking",
    "Growing",
    "Sketching",
    "Printmaking",
    "Embroidery",
    "Allotment",
];

pub const WORDS: &[&str] = &[
    "we",
    "meet",
    "weekly",
    "and",
    "welcome",
    "everyone",
    "beginners",
    "tea",
    "biscuits",
    "relaxed",
    "friendly",
    "group",
    "make",
    "things",
    "together",
    "no",
    "experience",
    "needed",
    "bring",
    "yourself",
    "materials",
    "provided",
    "led",
    "by",
    "an",
    "artist",
    "who",
    "knows",
    "the",
    "area",
    "quiet",
    "room",
    "wheelchair",
    "space",
    "chat",
    "people",
    "feel",
    "less",
    "alone",
    "after",
    "loss",
    "carers",
    "knitting",
    "crochet",
    "painting",
    "watercolour",
    "pottery",
    "clay",
    "singing",
    "songs",
    "harmony",
    "drumming",
    "rhythm",
    "garden",
    "plants",
    "seeds",
    "museum",
    "objects",
    "memories",
    "stories",
    "poems",
    "reading",
    "aloud",
    "film",
    "camera",
    "photograph",
    "dance",
    "movement",
    "seated",
    "stretch",
    "balance",
    "breath",
    "breathing",
    "confidence",
    "creative",
    "art",
    "studio",
    "gallery",
    "library",
    "church",
    "hall",
    "centre",
    "park",
    "canal",
    "market",
    "history",
    "walk",
    "gentle",
    "pace",
    "step",
    "street",
    "neighbours",
    "community",
    "family",
    "children",
    "older",
    "younger",
    "women",
    "men",
    "languages",
    "bengali",
    "somali",
    "turkish",
    "food",
    "cook",
    "share",
    "lunch",
    "soup",
    "bread",
    "wood",
    "repair",
    "tools",
    "print",
    "lino",
    "textile",
    "fabric",
    "sew",
    "quilt",
    "embroidery",
    "collage",
    "paper",
    "colour",
    "draw",
    "sketch",
    "life",
    "model",
    "portrait",
    "landscape",
    "theatre",
    "drama",
    "improvise",
    "laugh",
    "comedy",
    "circus",
    "juggle",
    "juggling",
    "blues",
    "jazz",
    "guitar",
    "ukulele",
    "choir",
];

pub const TODAY: Date = jiff::civil::date(2026, 11, 24);

pub fn gss(number: usize) -> Gss {
    Gss::parse(&format!("E090000{:02}", number % 33 + 1)).unwrap()
}

/// Greater London, denser towards the middle.
pub fn point(chance: &mut Chance) -> Point {
    let mut spread = |wide: f64| {
        let sum: f64 = (0..3).map(|_| chance.below(10_000) as f64 / 10_000.0 - 0.5).sum();
        sum / 1.5 * wide
    };
    Point { lat: 51.5 + spread(0.21), lon: -0.11 + spread(0.38) }
}

pub fn offers(many: usize) -> impl Iterator<Item = Listed> {
    (0..many).map(offer)
}

pub fn offer(number: usize) -> Listed {
    let mut chance = Chance::new(number as u64 + 1);
    let provider = number / 3;
    let delivery = match chance.below(100) {
        0..80 => [Delivery::InPerson].into_iter().collect(),
        80..88 => [Delivery::Online].into_iter().collect(),
        88..92 => [Delivery::AtHome].into_iter().collect(),
        92..95 => [Delivery::Telephone].into_iter().collect(),
        _ => [Delivery::InPerson, Delivery::Online].into_iter().collect::<Codes<_>>(),
    };
    let borough = gss(chance.below(33));
    let in_person = delivery.contains(Delivery::InPerson);
    let content = Content {
        title: title(&mut chance),
        summary: Line::parse(&sentence(&mut chance, 18)).unwrap(),
        provider: id(1, provider),
        activities: activities(&mut chance),
        needs: chance.codes(1, 4),
        kind: Kind::Creative,
        how: how(&mut chance),
        audiences: audiences(&mut chance),
        ages: ages(&mut chance),
        not_suitable_for: None,
        who_may_come: if chance.percent(10) {
            WhoMayCome::ResidentsOf(vec![borough])
        } else {
            WhoMayCome::Anyone
        },
        when: when(&mut chance),
        place: Where {
            delivery,
            venue: in_person.then(|| id(2, number)),
            address_private: chance.percent(5),
            travel: None,
            outreach: if !in_person && chance.percent(50) {
                (0..=chance.below(4)).map(|_| gss(chance.below(33))).collect()
            } else {
                Vec::new()
            },
        },
        access: access(&mut chance),
        languages: if chance.percent(15) {
            let all: Vec<Language> = Language::all().collect();
            (0..=chance.below(2)).map(|_| chance.one(&all)).collect()
        } else {
            Vec::new()
        },
        interpreter: None,
        cost: cost(&mut chance),
        residents: WayIn { routes: chance.codes(1, 2), how: None, link: None },
        professionals: WayIn {
            routes: if chance.percent(30) {
                [Joining::ProfessionalReferral].into_iter().collect()
            } else {
                Codes::NONE
            },
            how: None,
            link: None,
        },
        places: chance.percent(70).then(|| PlacesSaid {
            code: chance.one(&[
                Places::Open,
                Places::Open,
                Places::Few,
                Places::WaitingList,
                Places::Full,
            ]),
            on: TODAY,
        }),
        reply_days: None,
        contacts: Vec::new(),
        quality: Quality::default(),
        testimonial: None,
        boroughs: vec![borough],
    };
    listed(number, provider, borough, content, &mut chance)
}

fn listed(
    number: usize,
    provider: usize,
    borough: Gss,
    content: Content,
    chance: &mut Chance,
) -> Listed {
    let noon = |day: Date| -> Timestamp {
        day.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp()
    };
    let published = noon(days_before(chance.below(700)));
    let confirmed = chance.percent(90).then(|| Confirmation {
        at: noon(days_before(chance.below(400))),
        by: Line::parse("the provider").unwrap(),
        how: Line::parse("by e-mail").unwrap(),
    });
    let venue = content.place.venue.map(|venue| Venue {
        id: venue,
        slug: Slug::parse(&format!("hall-{number}")).unwrap(),
        name: Line::parse(&format!("{} Hall", capital(chance.one(WORDS)))).unwrap(),
        address: Line::parse(&format!("{} {} Road", number % 90 + 1, capital(chance.one(WORDS))))
            .unwrap(),
        postcode: Postcode::parse(&format!("SE{} {}AB", number % 28 + 1, number % 10)),
        point: point(chance),
        borough,
    });
    let offer = Offer {
        id: id(0, number),
        slug: Slug::from_name(&format!("{} {number}", content.title)).unwrap(),
        revision: 1,
        content,
        confirmed,
        confirm_every: 6,
        first_published: Some(published),
        since: published,
        state: Published,
    };
    Listed {
        offer,
        provider_slug: Slug::parse(&format!("provider-{provider}")).unwrap(),
        provider_name: Line::parse(&format!("{} Arts {provider}", capital(chance.one(WORDS))))
            .unwrap(),
        venue,
    }
}

fn id(kind: u128, number: usize) -> Uuid {
    Uuid::from_u128(kind << 100 | number as u128 + 1)
}

fn days_before(days: usize) -> Date {
    TODAY.checked_sub(Span::new().days(days as i64)).unwrap()
}

fn title(chance: &mut Chance) -> Line<100> {
    let many = 2 + chance.below(3);
    let words: Vec<&str> = (0..many).map(|_| chance.one(TITLES)).collect();
    Line::parse(&words.join(" ")).unwrap()
}

/// A quarter of the words are those people search for; of the others few are common and many are rare.
fn sentence(chance: &mut Chance, words: usize) -> String {
    let mut all = Vec::with_capacity(words);
    for _ in 0..words {
        if chance.percent(25) {
            let at = chance.below(WORDS.len()).min(chance.below(WORDS.len()));
            all.push(WORDS[at].to_owned());
        } else {
            let seldom = 1 << chance.below(15);
            all.push(name(&mut Chance::new(chance.below(seldom) as u64)));
        }
    }
    capital(&all.join(" ")) + "."
}

/// One of some thirty thousand.
fn name(chance: &mut Chance) -> String {
    const PARTS: [&str; 32] = [
        "ba", "bel", "cor", "da", "den", "el", "fa", "gar", "ha", "in", "jo", "ka", "len", "ma",
        "mor", "na", "nor", "o", "pel", "qua", "ro", "sa", "sel", "ta", "ten", "u", "va", "wen",
        "xan", "ya", "zo", "zel",
    ];
    (0..3).map(|_| chance.one(&PARTS)).collect()
}

fn capital(words: &str) -> String {
    words[..1].to_uppercase() + &words[1..]
}

fn how(chance: &mut Chance) -> How {
    let sentences = 3 + chance.below(6);
    let text: Vec<String> = (0..sentences).map(|_| sentence(chance, 14)).collect();
    How {
        description: chance.percent(85).then(|| Text::parse(&text.join(" ")).unwrap()),
        keywords: (0..chance.below(3)).map(|_| Line::parse(chance.one(WORDS)).unwrap()).collect(),
        ..How::default()
    }
}

fn activities(chance: &mut Chance) -> Vec<Activity> {
    (0..=chance.below(2)).map(|_| chance.one(Activity::ALL)).collect()
}

fn audiences(chance: &mut Chance) -> AudienceFit {
    let mut fit = AudienceFit::default();
    match chance.below(10) {
        0..4 => {}
        4..6 => fit.meant_for = chance.codes(1, 3),
        6..9 => fit.welcome = chance.codes(1, 3),
        _ => fit.only = chance.codes::<Audience>(1, 2),
    }
    fit
}

fn ages(chance: &mut Chance) -> Ages {
    match chance.below(10) {
        0..5 => Ages::NotStated,
        5..7 => Ages::Stated { from: Some(18), to: None },
        7 => Ages::Stated { from: Some(60), to: None },
        8 => Ages::Stated { from: Some(11), to: Some(25) },
        _ => Ages::Stated { from: None, to: None },
    }
}

fn access(chance: &mut Chance) -> AccessAnswers {
    let mut answers = AccessAnswers::default();
    for feature in Access::ALL {
        match chance.below(10) {
            0..3 => answers.yes.insert(*feature),
            3 => answers.no.insert(*feature),
            _ => {}
        }
    }
    answers
}

fn cost(chance: &mut Chance) -> Cost {
    let code = match chance.below(100) {
        0..50 => topics::Cost::Free,
        50..60 => topics::Cost::Donation,
        60..65 => topics::Cost::PayWhatYouCan,
        _ => topics::Cost::Paid,
    };
    let label = Line::parse("Usual price").unwrap();
    let prices = if code == topics::Cost::Paid {
        let per = if chance.percent(85) { Per::Session } else { Per::Month };
        vec![Price { label, pence: 50 * (1 + chance.below(40) as u32), per }]
    } else {
        Vec::new()
    };
    Cost { code, prices, note: None, concessions: None, help: None }
}

fn when(chance: &mut Chance) -> When {
    let schedules = match chance.below(100) {
        0..10 => Vec::new(),
        10..75 => vec![weekly(chance)],
        75..85 => vec![weekly(chance), weekly(chance)],
        _ => vec![dates(chance)],
    };
    let by_arrangement =
        schedules.is_empty().then(|| Line::parse("Days and times are agreed with you").unwrap());
    let day = |chance: &mut Chance, spread: usize| {
        TODAY.checked_add(Span::new().days(chance.below(spread) as i64 - 10)).unwrap()
    };
    let pause = chance.percent(4).then(|| {
        let from = day(chance, 30);
        Pause {
            from,
            to: chance.percent(50).then(|| from.checked_add(Span::new().days(30)).unwrap()),
        }
    });
    let ends_on = chance.percent(8).then(|| day(chance, 200));
    When { programme: Programme { schedules, pause, ends_on }, by_arrangement, notices: Vec::new() }
}

fn weekly(chance: &mut Chance) -> Schedule {
    let days = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
    let held: Weekdays = (0..=chance.below(2)).map(|_| chance.one(&days)).collect();
    schedule(chance, Rule::Weekly(held))
}

fn dates(chance: &mut Chance) -> Schedule {
    let many = 1 + chance.below(6);
    let mut dates: Vec<Date> = (0..many)
        .map(|_| TODAY.checked_add(Span::new().days(chance.below(120) as i64 - 15)).unwrap())
        .collect();
    dates.sort();
    dates.dedup();
    schedule(chance, Rule::Dates(dates))
}

fn schedule(chance: &mut Chance, rule: Rule) -> Schedule {
    let hour = chance.one(&[9, 10, 10, 11, 12, 13, 14, 14, 15, 17, 18, 19]);
    let starts = time(hour, chance.one(&[0, 0, 30, 15]), 0, 0);
    Schedule {
        rule,
        starts,
        ends: time(hour + 2, 0, 0, 0),
        from: None,
        until: None,
        term_time_only: false,
        bank_holidays: true,
        skipped: Vec::new(),
        extra: Vec::new(),
    }
}

/// For requests: a need of some offer is as likely as any.
pub fn need(chance: &mut Chance) -> Need {
    chance.one(Need::ALL)
}
