//! What an invented offer says.
use std::collections::BTreeSet;

use jiff::{Timestamp, ToSpan, civil::Date};

use super::{
    chance::Chance,
    days_before, line,
    programme::programme,
    prose::{self, person},
};
use crate::{
    offers::{
        AccessAnswers, Ages, AudienceFit, Confirmation, Contact, Content, Cost, How, Kind, Per,
        PlacesSaid, Price, Quality, Reader, Testimonial, WayIn, When, Where, WhoMayCome,
    },
    providers::ProviderId,
    text::{Email, Phone, Text},
    topics::{
        self, Access, Activity, Audience, Code, Codes, Delivery, Joining, Language, Need, Places,
    },
    venues::Venue,
};

pub fn content(chance: &mut Chance, today: Date, provider: ProviderId, venue: &Venue) -> Content {
    let main = chance.pick(Activity::ALL);
    let mut activities = vec![main];
    if chance.percent(25) {
        let other = chance.pick(Activity::ALL);
        activities.extend((other != main).then_some(other));
    }
    let place = place(chance, venue);
    let quality_said = chance.percent(55);
    Content {
        title: line(&prose::title(chance, main)),
        summary: line(&prose::summary(chance, main)),
        provider,
        activities,
        needs: some::<Need>(chance, 1, 3),
        kind: match chance.percent(4) {
            true => Kind::Therapy { led_by: line(&format!("{}, HCPC register", person(chance))) },
            false => Kind::Creative,
        },
        how: how(chance, main),
        audiences: audiences(chance),
        ages: ages(chance),
        not_suitable_for: None,
        who_may_come: match chance.below(20) {
            0 => WhoMayCome::ResidentsOf(vec![venue.borough]),
            1 => WhoMayCome::PatientsOf(vec![line(&format!("U{:05}", chance.below(100_000)))]),
            _ => WhoMayCome::Anyone,
        },
        when: When { programme: programme(chance, today), ..When::default() },
        place,
        access: access(chance),
        languages: languages(chance),
        interpreter: chance.percent(20).then(|| chance.percent(50)),
        cost: cost(chance),
        residents: way_in(chance, &[Joining::DropIn, Joining::Book, Joining::SelfReferral]),
        professionals: way_in(chance, &[Joining::Book, Joining::ProfessionalReferral]),
        places: chance.percent(60).then(|| PlacesSaid {
            code: chance.pick_early(Places::ALL),
            on: today.saturating_sub((chance.below(90) as i64).days()),
        }),
        reply_days: chance.percent(50).then(|| chance.pick(&[1, 2, 2, 3, 5, 10])),
        contacts: contacts(chance),
        quality: Quality {
            experience: quality_said.then(|| text(&prose::text(chance, main, 1))),
            lived_experience: chance.percent(15).then(|| text(&prose::text(chance, main, 1))),
            training: chance.percent(25).then(|| text("Mental health first aid.")),
            safeguarding_policy: quality_said.then_some(true),
            dbs_checked: quality_said.then(|| chance.percent(80)),
            insured: quality_said.then_some(true),
            support: chance.percent(30).then(|| text(&format!("{} is at hand.", person(chance)))),
        },
        images: Vec::new(),
        testimonial: chance.percent(15).then(|| Testimonial {
            words: text(&prose::text(chance, main, 1)),
            by: line(&person(chance)),
        }),
        boroughs: vec![venue.borough],
    }
}

pub fn confirmation(chance: &mut Chance, now: Timestamp) -> Option<Confirmation> {
    let how = ["by e-mail", "by telephone", "on a visit"];
    chance.percent(85).then(|| Confirmation {
        at: days_before(now, chance.below(400).min(chance.below(400))),
        by: line("the provider"),
        how: line(chance.pick(&how)),
    })
}

fn how(chance: &mut Chance, main: Activity) -> How {
    let sentences = 3 + chance.below(7);
    How {
        description: Some(text(&prose::text(chance, main, sentences))),
        first_visit: chance.percent(60).then(|| text(&prose::text(chance, main, 2))),
        bring: chance.percent(50).then(|| text(&format!("Bring {}.", prose::thing(chance, main)))),
        afterwards: chance.percent(30).then(|| text(&prose::text(chance, main, 1))),
        keywords: (0..chance.below(4))
            .map(|_| line(&prose::thing(chance, main)))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
    }
}

fn audiences(chance: &mut Chance) -> AudienceFit {
    let mut fit = AudienceFit::default();
    if chance.percent(45) {
        let audience = chance.pick(Audience::ALL);
        match chance.below(10) {
            0..=4 => fit.meant_for.insert(audience),
            5..=7 => fit.welcome.insert(audience),
            _ => fit.only.insert(audience),
        }
    }
    fit
}

fn ages(chance: &mut Chance) -> Ages {
    let (from, to) = match chance.below(10) {
        0..=2 => return Ages::NotStated,
        3..=5 => (Some(18), None),
        6 => (Some(chance.pick(&[50, 55, 60, 65])), None),
        7 => (Some(chance.pick(&[11, 13, 16])), Some(chance.pick(&[19, 21, 25]))),
        8 => (None, Some(chance.pick(&[5, 11, 16]))),
        _ => (None, None),
    };
    Ages::Stated { from, to }
}

fn place(chance: &mut Chance, venue: &Venue) -> Where {
    let delivery: &[Delivery] = match chance.below(20) {
        0..=14 => &[Delivery::InPerson],
        15 => &[Delivery::InPerson, Delivery::Online],
        16..=17 => &[Delivery::Online],
        18 => &[Delivery::AtHome],
        _ => &[Delivery::Telephone],
    };
    let there = delivery.contains(&Delivery::InPerson);
    Where {
        delivery: delivery.iter().copied().collect(),
        venue: there.then_some(venue.id),
        address_private: false,
        travel: (there && chance.percent(50))
            .then(|| text(&format!("{} minutes on foot from the bus.", 1 + chance.below(15)))),
        outreach: if there { Vec::new() } else { vec![venue.borough] },
    }
}

fn access(chance: &mut Chance) -> AccessAnswers {
    let mut answers = AccessAnswers::default();
    for feature in Access::ALL {
        match chance.below(10) {
            0..=3 => answers.yes.insert(*feature),
            4..=5 => answers.no.insert(*feature),
            _ => {}
        }
    }
    if let Some(feature) = answers.yes.iter().next().filter(|_| chance.percent(30)) {
        answers.notes.insert(feature, line(&format!("There is {}.", prose::comfort(chance))));
    }
    answers
}

fn languages(chance: &mut Chance) -> Vec<Language> {
    let all: Vec<Language> = Language::all().collect();
    if chance.percent(15) { vec![chance.pick(&all)] } else { Vec::new() }
}

fn cost(chance: &mut Chance) -> Cost {
    let code = match chance.below(10) {
        0..=4 => topics::Cost::Free,
        5 => topics::Cost::Donation,
        6 => topics::Cost::PayWhatYouCan,
        _ => topics::Cost::Paid,
    };
    let mut prices = Vec::new();
    if code == topics::Cost::Paid {
        let per = chance.pick(&[Per::Session, Per::Session, Per::Session, Per::Course]);
        let pence = match per {
            Per::Course => chance.pick(&[2_000, 3_000, 4_500, 6_000]),
            _ => chance.pick(&[100, 200, 250, 300, 500, 500, 700, 1_000, 1_500]),
        };
        prices.push(Price { label: line("Full price"), pence, per });
        if chance.percent(50) {
            prices.push(Price { label: line("Concession"), pence: pence / 2, per });
        }
    }
    let concessions = (code == topics::Cost::Paid && chance.percent(30)).then(|| line("Ask us."));
    Cost { code, prices, note: None, concessions, help: None }
}

fn way_in(chance: &mut Chance, routes: &[Joining]) -> WayIn {
    WayIn {
        routes: (0..=chance.below(2)).map(|_| chance.pick(routes)).collect(),
        how: chance.percent(30).then(|| text(&format!("Ask for {}.", person(chance)))),
        link: None,
    }
}

/// Numbers that Ofcom keeps free for drama, and addresses that reach nobody.
fn contacts(chance: &mut Chance) -> Vec<Contact> {
    let number = format!("020 7946 {:04}", chance.below(1_000));
    let mailbox = format!("hello{}@invented.example", chance.below(10_000));
    let by_phone = chance.percent(70);
    vec![Contact {
        name: Some(line(&person(chance))),
        role: None,
        phone: Phone::parse(&number).ok().filter(|_| by_phone),
        email: Email::parse(&mailbox).ok().filter(|_| !by_phone || chance.percent(60)),
        web: None,
        reader: Reader::Everyone,
    }]
}

/// So many to so many codes of a list.
fn some<T: Code>(chance: &mut Chance, least: usize, most: usize) -> Codes<T> {
    let many = least + chance.below(most - least + 1);
    (0..many).map(|_| chance.pick(T::ALL)).collect()
}

fn text<const MAX: usize>(words: &str) -> Text<MAX> {
    let cut: String = words.chars().take(MAX).collect();
    Text::parse(&cut).expect("invented texts are never empty, and cut to length")
}
