//! A few offers side by side: one row for each thing that decides, and whether they differ in it.
use crate::{
    calendar::Rule,
    offers::{Content, Per, Price, Shown},
    places::Place,
    search::distance_in_words,
    text::pounds,
    topics::{Access, Code, Codes, Delivery, Joining},
};

/// More do not fit beside each other.
pub const MOST: usize = 4;

pub struct Row {
    pub label: String,
    pub cells: Vec<Cell>,
}

/// What one offer says of it; empty where it is not stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell(pub Vec<String>);

impl Row {
    pub fn differs(&self) -> bool {
        self.cells.windows(2).any(|two| two[0] != two[1])
    }

    fn new<'a>(
        label: impl Into<String>,
        offers: &[Shown<'a>],
        cell: impl Fn(&Shown<'a>) -> Vec<String>,
    ) -> Self {
        Self { label: label.into(), cells: offers.iter().map(|one| Cell(cell(one))).collect() }
    }
}

/// In the order in which one decides. `near` adds how far each is.
pub fn rows(offers: &[Shown<'_>], near: Option<&Place>) -> Vec<Row> {
    let mut rows = vec![
        Row::new("Next session", offers, next),
        Row::new("Days and times", offers, |one| one.when()),
        Row::new("Where", offers, place),
    ];
    if let Some(near) = near {
        rows.push(Row::new(format!("Distance from {}", near.name), offers, |one| far(one, near)));
    }
    rows.push(Row::new("Cost in full", offers, |one| {
        let mut words = vec![one.says.cost.in_words()];
        words.extend(cost_in_full(one.says));
        let says = &one.says.cost;
        words.extend(says.note.as_ref().map(ToString::to_string));
        words.extend(says.concessions.as_ref().map(|less| format!("Pay less: {less}")));
        words.extend(says.help.as_ref().map(|help| format!("Help: {help}")));
        words
    }));
    rows.extend(access(offers));
    rows.push(Row::new("Who it is for", offers, |one| {
        let ages = one.says.ages.in_words().is_none().then(|| "Ages: not stated".to_owned());
        one.who().into_iter().chain(ages).collect()
    }));
    rows.push(Row::new("Who it may not suit", offers, |one| text(&one.says.not_suitable_for)));
    rows.push(Row::new("How to join", offers, |one| {
        let routes = routes(one.says.residents.routes, one.says.professionals.routes);
        let how = text(&one.says.residents.how);
        routes.into_iter().chain(how).collect()
    }));
    rows.push(Row::new("Places", offers, |one| {
        one.says.places.iter().map(|places| places.in_words()).collect()
    }));
    rows.push(Row::new("First visit", offers, |one| text(&one.says.how.first_visit)));
    rows.push(Row::new("How fresh", offers, |one| vec![one.freshness()]));
    rows
}

/// What the cost in a few words leaves open: each price by its name, and what a whole course comes to.
pub fn cost_in_full(says: &Content) -> Vec<String> {
    let prices = &says.cost.prices;
    let sessions = course(says);
    let one = prices.len() == 1 && prices[0].per == Per::Session;
    let line = |price: &Price| match (price.per, sessions) {
        (Per::Session, Some(sessions)) => {
            let all = pounds(price.pence.saturating_mul(u32::from(sessions)));
            Some(format!("{}: {}, {all} for all {sessions}", price.label, price.in_words()))
        }
        // One price is said already.
        (Per::Session, None) if one => None,
        _ => Some(format!("{}: {}", price.label, price.in_words())),
    };
    prices.iter().filter_map(line).collect()
}

/// How many sessions the course has, where it is one.
fn course(says: &Content) -> Option<u8> {
    match &says.when.programme.schedules[..] {
        [one] => match one.rule {
            Rule::Course { sessions } => Some(sessions),
            _ => None,
        },
        _ => None,
    }
}

fn next(one: &Shown<'_>) -> Vec<String> {
    match one.sessions.first() {
        Some(next) => vec![next.in_words()],
        None if one.says.when.programme.schedules.is_empty() => Vec::new(),
        None => vec!["No dates at the moment".to_owned()],
    }
}

fn place(one: &Shown<'_>) -> Vec<String> {
    let labels = one.labels().map(str::to_owned);
    let outreach = one.outreach().map(|boroughs| format!("Comes to people in {boroughs}"));
    [one.place(), one.address()].into_iter().flatten().chain(labels).chain(outreach).collect()
}

fn far(one: &Shown<'_>, near: &Place) -> Vec<String> {
    let delivery = one.says.place.delivery;
    if !delivery.contains(Delivery::InPerson) {
        return vec!["No travel".to_owned()];
    }
    let venue = one.listed.venue.as_ref();
    venue.map(|venue| distance_in_words(near.point.metres_to(venue.point))).into_iter().collect()
}

/// Whether one gets in, and every other feature that one of them says something about.
fn access(offers: &[Shown<'_>]) -> impl Iterator<Item = Row> {
    let said = |feature: &Access| {
        offers.iter().any(|one| {
            let access = &one.says.access;
            access.yes.contains(*feature) || access.no.contains(*feature)
        })
    };
    let told = Access::ALL.iter().filter(|one| **one == Access::StepFree || said(one));
    told.map(|feature| {
        Row::new(feature.label(), offers, |one| {
            let access = &one.says.access;
            let answer = match access.yes.contains(*feature) {
                true => Some("Yes"),
                false => access.no.contains(*feature).then_some("No"),
            };
            let note = access.notes.get(feature).map(ToString::to_string);
            answer.map(str::to_owned).into_iter().chain(note).collect()
        })
    })
    .collect::<Vec<_>>()
    .into_iter()
}

fn routes(residents: Codes<Joining>, professionals: Codes<Joining>) -> Vec<String> {
    residents.union(professionals).iter().map(|route| route.label().to_owned()).collect()
}

fn text<T: ToString>(said: &Option<T>) -> Vec<String> {
    said.iter().map(ToString::to_string).collect()
}
