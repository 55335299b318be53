//! One offer written to the person who goes there: what a first visit needs, in plain words, and nothing that
//! nobody has stated.
use super::{access_words, compare::cost_in_full};
use crate::{
    calendar::date_in_words,
    chosen::{Chosen, Shortlist},
    offers::Shown,
    text::{Phone, capitalised},
    topics::{self, Access, Code, Delivery, Joining},
    web::Square,
};

#[derive(Clone, Debug)]
pub struct Sheet {
    /// The title of the list it is from.
    pub list: Option<String>,
    pub title: String,
    pub lead: String,
    /// What was written for this reader.
    pub note: Option<String>,
    pub facts: Vec<Fact>,
    /// How true it still is.
    pub checked: String,
    /// The short address, and how one says it.
    pub link: String,
    pub spoken: String,
    pub square: Option<Square>,
}

/// Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub heading: &'static str,
    /// What the eye should find first.
    pub first: Option<String>,
    pub lines: Vec<String>,
}

impl Sheet {
    /// `number` is that of its short address.
    pub fn of(shown: &Shown<'_>, list: &Shortlist, chosen: &Chosen, number: Option<i32>) -> Self {
        let link = match number {
            Some(number) => format!("{}/o/{number}", shown.url),
            None => format!("{}/offers/{}", shown.url, shown.listed.offer.slug),
        };
        let facts = [
            when(shown),
            place(shown),
            getting_in(shown),
            cost(shown),
            joining(shown),
            contact(shown),
            late(shown),
            plain("What to bring", &[shown.says.how.bring.as_ref().map(|text| text.as_str())]),
            first_time(shown),
            who(shown),
            plain(
                "It may not suit",
                &[shown.says.not_suitable_for.as_ref().map(|one| one.as_str())],
            ),
            languages(shown),
            plain("Afterwards", &[shown.says.how.afterwards.as_ref().map(|text| text.as_str())]),
        ];
        Self {
            list: list.title.as_ref().map(ToString::to_string),
            title: shown.says.title.to_string(),
            lead: format!("{} {}", invitation(shown), shown.says.summary),
            note: chosen.note.as_ref().map(ToString::to_string),
            facts: facts.into_iter().flatten().collect(),
            checked: checked(shown),
            spoken: link.split_once("://").map_or(&*link, |(_, rest)| rest).to_owned(),
            square: Square::of(&link),
            link,
        }
    }
}

fn invitation(shown: &Shown<'_>) -> &'static str {
    let delivery = shown.says.place.delivery;
    if delivery.contains(Delivery::InPerson) {
        "You can come and join in."
    } else if delivery.contains(Delivery::AtHome) {
        "They can come to you."
    } else if delivery.contains(Delivery::Online) {
        "You can join in from home."
    } else {
        "You can join in by telephone."
    }
}

fn when(shown: &Shown<'_>) -> Option<Fact> {
    let says = &shown.says.when;
    let words: Vec<String> = shown.when().iter().map(|words| sentence(words)).collect();
    let first = words.join(" ");
    let mut lines = Vec::new();
    match shown.sessions.first() {
        Some(next) if !first.contains(&date_in_words(next.starts.date())) => {
            lines.push(format!("The next one is on {}.", shown.next().unwrap_or_default()));
        }
        None if !says.programme.schedules.is_empty() => {
            lines.push("There are no dates just now. Ask them when it starts again.".to_owned());
        }
        _ => {}
    }
    lines.extend(shown.exceptions().iter().map(|words| sentence(words)));
    lines.extend(shown.notices().iter().map(|notice| sentence(notice.text.as_str())));
    lines.extend(shown.pause());
    lines.extend(shown.ends_on().map(|day| format!("The last day is {day}.")));
    fact("When", Some(first), lines)
}

fn place(shown: &Shown<'_>) -> Option<Fact> {
    let delivery = shown.says.place.delivery;
    let (mut first, mut lines) = (None, Vec::new());
    match (shown.place(), shown.address()) {
        (Some(place), Some(address)) if shown.says.place.address_private => {
            first = Some(sentence(&place));
            lines.push(address);
        }
        (Some(place), Some(address)) => first = Some(format!("{place}, {address}")),
        (place, address) => first = first.or(place).or(address).map(|words| sentence(&words)),
    }
    let mut also = |words: &str| match first {
        None => first = Some(words.to_owned()),
        Some(_) => lines.push(words.to_owned()),
    };
    if delivery.contains(Delivery::Online) {
        also("On the internet. You join from home.");
    }
    if delivery.contains(Delivery::Telephone) {
        also("By telephone. You do not have to go out.");
    }
    if delivery.contains(Delivery::AtHome) {
        also("At your home. They come to you.");
    }
    if let Some(boroughs) = shown.outreach() {
        also(&format!("It comes to people in {boroughs}."));
    }
    lines.extend(paragraphs(shown.says.place.travel.as_ref().map(|text| text.as_str())));
    fact("Where", first, lines)
}

fn getting_in(shown: &Shown<'_>) -> Option<Fact> {
    if !shown.says.place.delivery.contains(Delivery::InPerson) {
        return None;
    }
    let access = &shown.says.access;
    let first = match (access.yes.contains(Access::StepFree), access.no.contains(Access::StepFree))
    {
        (true, _) => Some("There are no steps.".to_owned()),
        (_, true) => Some("There are steps.".to_owned()),
        _ => None,
    };
    let mut lines: Vec<String> = Vec::new();
    for (feature, note) in &access.notes {
        lines.push(match feature {
            Access::StepFree => sentence(note.as_str()),
            other => format!("{}: {}", other.label(), sentence(note.as_str())),
        });
    }
    lines.extend(access_words::sentences(access));
    lines.extend(paragraphs(access.more.as_ref().map(|text| text.as_str())));
    fact("Getting in", first, lines)
}

fn cost(shown: &Shown<'_>) -> Option<Fact> {
    let says = &shown.says.cost;
    let first = match says.code {
        topics::Cost::Free => "It is free.".to_owned(),
        topics::Cost::Paid => format!("It costs {}.", says.in_words()),
        _ => sentence(&says.in_words()),
    };
    let mut lines = cost_in_full(shown.says);
    lines.iter_mut().for_each(|line| *line = sentence(line));
    lines.extend(says.note.as_ref().map(|note| sentence(note.as_str())));
    lines.extend(
        says.concessions
            .as_ref()
            .map(|words| format!("You may pay less: {}", sentence(words.as_str()))),
    );
    lines.extend(
        says.help.as_ref().map(|words| format!("Help with costs: {}", sentence(words.as_str()))),
    );
    fact("Cost", Some(first), lines)
}

fn joining(shown: &Shown<'_>) -> Option<Fact> {
    let residents = &shown.says.residents;
    let routes = match residents.routes.is_empty() {
        true => shown.says.professionals.routes,
        false => residents.routes,
    };
    let way = |route| match route {
        Joining::DropIn => "you can just come.",
        Joining::Book => "ask for a place before you come.",
        Joining::SelfReferral => "ask to join. Nobody has to send you.",
        Joining::ProfessionalReferral => "ask your link worker, nurse or doctor to send you.",
    };
    let mut ways = routes.iter().map(way);
    let first = ways.next().map(capitalised);
    let mut lines: Vec<String> = ways.map(|words| format!("Or {words}")).collect();
    lines.extend(paragraphs(residents.how.as_ref().map(|text| text.as_str())));
    lines.extend(residents.link.as_ref().map(|link| format!("You can join at {}", link.spoken())));
    if let Some(days) = shown.says.reply_days {
        let days =
            if days == 1 { "1 working day".to_owned() } else { format!("{days} working days") };
        lines.push(format!("They most often answer within {days}."));
    }
    let places = shown.says.places.filter(|said| said.code != topics::Places::Open);
    lines.extend(places.map(|said| sentence(&said.in_words())));
    fact("How to join", first, lines)
}

fn contact(shown: &Shown<'_>) -> Option<Fact> {
    let mut lines = Vec::new();
    for one in shown.public_contacts() {
        let who = [&one.name, &one.role].into_iter().flatten().map(|line| line.as_str());
        let who = who.collect::<Vec<_>>().join(", ");
        let ways = [
            one.phone.as_ref().map(unbroken),
            one.email.as_ref().map(ToString::to_string),
            one.web.as_ref().map(|web| web.spoken().to_string()),
        ];
        let mut ways = ways.into_iter().flatten();
        lines.extend(ways.next().map(|way| match who.is_empty() {
            true => way,
            false => format!("{who}: {way}"),
        }));
        lines.extend(ways.map(|way| format!("Or: {way}")));
    }
    let rings = shown.public_contacts().iter().any(|one| one.phone.is_some());
    let heading = if rings { "Who to ring" } else { "Who to ask" };
    let mut lines = lines.into_iter();
    fact(heading, lines.next(), lines.collect())
}

fn late(shown: &Shown<'_>) -> Option<Fact> {
    let contacts = shown.public_contacts();
    let phone = contacts.iter().find_map(|one| one.phone.as_ref());
    let email = contacts.iter().find_map(|one| one.email.as_ref());
    let line = match (phone, email) {
        (Some(phone), _) => format!("Ring {}.", unbroken(phone)),
        (None, Some(email)) => format!("Write to {email}"),
        (None, None) => return None,
    };
    fact("If you are late or cannot come", None, vec![line])
}

fn first_time(shown: &Shown<'_>) -> Option<Fact> {
    let support = shown.says.quality.support.as_ref();
    plain(
        "Your first time",
        &[
            shown.says.how.first_visit.as_ref().map(|text| text.as_str()),
            support.map(|text| text.as_str()),
        ],
    )
}

fn who(shown: &Shown<'_>) -> Option<Fact> {
    let anywhere = shown.says.who_may_come == crate::offers::WhoMayCome::Anyone;
    let mut lines = shown.who();
    if anywhere {
        // That one may live anywhere is no condition, so it is no news.
        lines.pop();
    }
    let lines = lines.iter().map(|line| sentence(line)).collect();
    fact("Who can come", None, lines)
}

fn languages(shown: &Shown<'_>) -> Option<Fact> {
    let mut lines = Vec::new();
    lines.extend(shown.languages().map(|names| format!("They also speak {names}.")));
    if shown.says.interpreter == Some(true) {
        lines.push("They can find an interpreter for you.".to_owned());
    }
    fact("Languages", None, lines)
}

fn checked(shown: &Shown<'_>) -> String {
    match shown.listed.offer.confirmed_on().map(date_in_words) {
        Some(day) if shown.is_fresh() => format!("These facts were checked on {day}."),
        Some(day) => format!("Nobody has checked these facts since {day}. Ask before you go."),
        None => "Nobody has checked these facts yet. Ask before you go.".to_owned(),
    }
}

fn plain(heading: &'static str, texts: &[Option<&str>]) -> Option<Fact> {
    fact(heading, None, texts.iter().flat_map(|text| paragraphs(*text)).collect())
}

fn fact(heading: &'static str, first: Option<String>, lines: Vec<String>) -> Option<Fact> {
    let first = first.filter(|words| !words.is_empty());
    let said = first.is_some() || !lines.is_empty();
    said.then_some(Fact { heading, first, lines })
}

/// Without empty lines.
fn paragraphs(text: Option<&str>) -> impl Iterator<Item = String> {
    let lines = text.unwrap_or_default().lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).map(sentence)
}

/// A number that stays on one line.
fn unbroken(phone: &Phone) -> String {
    phone.as_str().replace(' ', "\u{a0}")
}

/// With a capital letter and a full stop.
fn sentence(words: &str) -> String {
    let words = capitalised(words.trim());
    match words.chars().next_back() {
        Some('.' | '!' | '?' | ':' | '\u{2026}' | '\u{201d}') | None => words,
        Some(_) => format!("{words}."),
    }
}
