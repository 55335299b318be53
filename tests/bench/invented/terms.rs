//! Invented facts: for whom, when, what it costs.
use fingerpost::{
    calendar::{Pause, Programme, Rule, Schedule, Weekdays},
    offers::{AccessAnswers, Ages, AudienceFit, Cost, How, Per, Price, When},
    text::{Line, Text},
    topics::{self, Access, Activity, Audience, Code},
};
use jiff::{
    Span,
    civil::{Date, Weekday, time},
};

use super::{
    Chance, TODAY,
    words::{WORDS, sentence},
};

pub fn how(chance: &mut Chance) -> How {
    let sentences = 3 + chance.below(6);
    let text: Vec<String> = (0..sentences).map(|_| sentence(chance, 14)).collect();
    How {
        description: chance.percent(85).then(|| Text::parse(&text.join(" ")).unwrap()),
        keywords: (0..chance.below(3)).map(|_| Line::parse(chance.one(&WORDS)).unwrap()).collect(),
        ..How::default()
    }
}

pub fn activities(chance: &mut Chance) -> Vec<Activity> {
    (0..=chance.below(2)).map(|_| chance.one(Activity::ALL)).collect()
}

pub fn audiences(chance: &mut Chance) -> AudienceFit {
    let mut fit = AudienceFit::default();
    match chance.below(10) {
        0..4 => {}
        4..6 => fit.meant_for = chance.codes(1, 3),
        6..9 => fit.welcome = chance.codes(1, 3),
        _ => fit.only = chance.codes::<Audience>(1, 2),
    }
    fit
}

pub fn ages(chance: &mut Chance) -> Ages {
    match chance.below(10) {
        0..5 => Ages::NotStated,
        5..7 => Ages::Stated { from: Some(18), to: None },
        7 => Ages::Stated { from: Some(60), to: None },
        8 => Ages::Stated { from: Some(11), to: Some(25) },
        _ => Ages::Stated { from: None, to: None },
    }
}

pub fn access(chance: &mut Chance) -> AccessAnswers {
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

pub fn cost(chance: &mut Chance) -> Cost {
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

pub fn when(chance: &mut Chance) -> When {
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
