//! Search as one would explain it, one offer after the other: what the catalogue must agree with.
use std::collections::BTreeSet;

use fingerpost::{
    offers::{Ages, Listed, WhoMayCome},
    places::{Gss, PlaceKind},
    search::Criteria,
    topics::{Activity, Audience, Code, Delivery, Language, PartOfDay},
};
use jiff::{
    Span,
    civil::{DateTime, Time},
};
use rust_stemmers::{Algorithm, Stemmer};

/// Each piece of what is asked, by the parameter's name, for one offer: met or not. Day, part and dates
/// are one piece; each word is one.
pub type Verdict = Vec<(String, bool)>;

pub struct PlainSearch<'a> {
    pub offers: Vec<&'a Listed>,
    pub now: DateTime,
    texts: Vec<BTreeSet<String>>,
}

impl<'a> PlainSearch<'a> {
    pub fn new(offers: &'a [Listed], now: DateTime) -> Self {
        let offers: Vec<_> = offers.iter().filter(|one| shows(one, now)).collect();
        let texts = offers.iter().map(|one| words_of(one)).collect();
        Self { offers, now, texts }
    }

    /// The verdict on every offer that shows.
    pub fn verdicts(&self, asked: &Criteria) -> Vec<Verdict> {
        let all = &asked.words;
        let once = (0..all.len()).filter(|at| !all[at + 1..].contains(&all[*at]));
        let meant: Vec<(&String, BTreeSet<String>)> =
            once.map(|at| (&all[at], self.meant(&all[at], at + 1 == all.len()))).collect();
        let each = self.offers.iter().zip(&self.texts);
        each.map(|(one, text)| {
            let mut verdict = pieces(one, asked, self.now);
            for (word, meant) in &meant {
                verdict.push((format!("q={word}"), !meant.is_disjoint(text)));
            }
            verdict
        })
        .collect()
    }

    /// The spellings a typed word stands for.
    fn meant(&self, typed: &str, last: bool) -> BTreeSet<String> {
        let known: BTreeSet<&String> = self.texts.iter().flatten().collect();
        let stemmer = Stemmer::create(Algorithm::English);
        let those = |test: &dyn Fn(&str) -> bool| -> BTreeSet<String> {
            known.iter().filter(|one| test(one)).map(|one| (*one).clone()).collect()
        };
        let exact = those(&|one| stemmer.stem(one) == stemmer.stem(typed));
        if !exact.is_empty() {
            return exact;
        }
        let begun = those(&|one| one.starts_with(typed));
        if last && typed.len() >= 3 && !begun.is_empty() {
            return begun;
        }
        let plain = |word: &str| word.len() >= 4 && word.bytes().all(|b| b.is_ascii_lowercase());
        for mistakes in 1..=2 {
            let near = those(&|one| {
                let most = if typed.len().max(one.len()) >= 8 { 2 } else { 1 };
                plain(typed)
                    && plain(one)
                    && mistakes <= most
                    && distance(typed.as_bytes(), one.as_bytes()) == mistakes
            });
            if !near.is_empty() {
                return near;
            }
        }
        BTreeSet::new()
    }
}

/// Has not ended.
fn shows(listed: &Listed, now: DateTime) -> bool {
    let when = &listed.offer.content.when;
    let today = now.date();
    if when.programme.ends_on.is_some_and(|end| end < today) {
        return false;
    }
    let whole = fingerpost::calendar::Programme { pause: None, ..when.programme.clone() };
    // The invented schedules are weekly without end, or dates within half a year.
    let no_more = whole.sessions(today.at(0, 0, 0, 0), horizon(now)).is_empty();
    let only_dates = when
        .programme
        .schedules
        .iter()
        .all(|one| matches!(one.rule, fingerpost::calendar::Rule::Dates(_)));
    when.by_arrangement.is_some() || when.programme.schedules.is_empty() || !(only_dates && no_more)
}

fn horizon(now: DateTime) -> jiff::civil::Date {
    now.date().checked_add(Span::new().weeks(26)).unwrap()
}

pub fn part(starts: Time) -> PartOfDay {
    match starts.hour() {
        0..12 => PartOfDay::Morning,
        12..17 => PartOfDay::Afternoon,
        _ => PartOfDay::Evening,
    }
}

/// Whether some session that is not over is on such a day, in such a part, within the dates.
pub fn held(listed: &Listed, asked: &Criteria, now: DateTime) -> bool {
    let programme = &listed.offer.content.when.programme;
    programme.sessions(now, horizon(now)).iter().any(|session| {
        let day = session.starts.date();
        (asked.days.is_empty() || asked.days.contains(day.weekday()))
            && (asked.parts.is_empty() || asked.parts.contains(part(session.starts.time())))
            && asked.from.is_none_or(|from| day >= from)
            && asked.to.is_none_or(|to| day <= to)
    })
}

fn pieces(listed: &Listed, asked: &Criteria, now: DateTime) -> Verdict {
    let content = &listed.offer.content;
    let mut verdict = Verdict::new();
    let mut piece = |name: &str, asked: bool, met: bool| {
        if asked {
            verdict.push((name.to_owned(), met));
        }
    };
    piece("need", !asked.needs.is_empty(), content.needs.overlaps(asked.needs));
    let doing = |activity: Activity| {
        content.activities.iter().any(|one| *one == activity || one.parent() == Some(activity))
    };
    piece("activity", !asked.activities.is_empty(), asked.activities.iter().any(doing));
    piece(
        "not_activity",
        !asked.not_activities.is_empty(),
        !asked.not_activities.iter().any(doing),
    );
    let here = asked.boroughs.iter().any(|gss| serves(listed, *gss));
    piece("borough", !asked.boroughs.is_empty(), here);
    let only = content.audiences.only;
    let fits = |audience: Audience| only.is_empty() || only.contains(audience);
    piece("audience", !asked.audiences.is_empty(), asked.audiences.iter().any(fits));
    piece("access", !asked.access.is_empty(), content.access.yes.overlaps(asked.access));
    piece("delivery", !asked.delivery.is_empty(), content.place.delivery.overlaps(asked.delivery));
    piece("cost", !asked.cost.is_empty(), asked.cost.contains(content.cost.code));
    let cheap = asked
        .max_price
        .is_some_and(|most| content.cost.least_per_session(None).is_some_and(|p| p <= most));
    piece("max_price", asked.max_price.is_some(), cheap);
    let timed = !asked.days.is_empty()
        || !asked.parts.is_empty()
        || asked.from.is_some()
        || asked.to.is_some();
    piece("when", timed, timed && held(listed, asked, now));
    let aged = asked.age.is_some_and(|age| match content.ages {
        Ages::NotStated => true,
        Ages::Stated { from, to } => {
            from.is_none_or(|from| from <= age.to) && to.is_none_or(|to| age.from <= to)
        }
    });
    piece("age", asked.age.is_some(), aged);
    let english = Language::parse("en").unwrap();
    // Nobody can say that English is not spoken.
    let spoken = |one: &Language| content.languages.contains(one) || *one == english;
    piece("language", !asked.languages.is_empty(), asked.languages.iter().any(spoken));
    piece("joining", !asked.joining.is_empty(), content.routes().overlaps(asked.joining));
    let said = content.places.is_some_and(|said| asked.places.contains(said.code));
    piece("places", !asked.places.is_empty(), said);
    if let Some(near) = &asked.near
        && let Some(within) = near.within
    {
        let PlaceKind::Borough(gss) = near.place.kind else { panic!("only boroughs are tried") };
        let delivery = content.place.delivery;
        let remote = listed.venue.is_none()
            || delivery.contains(Delivery::Online)
            || delivery.contains(Delivery::Telephone)
            || delivery.contains(Delivery::AtHome);
        let in_borough = listed.venue.is_some() && serves(listed, gss);
        let close = listed
            .venue
            .as_ref()
            .is_some_and(|venue| near.place.point.metres_to(venue.point) <= within);
        piece("within", true, close || in_borough || (remote && serves(listed, gss)));
    }
    verdict
}

pub fn serves(listed: &Listed, gss: Gss) -> bool {
    let content = &listed.offer.content;
    let outreach = &content.place.outreach;
    let delivery = content.place.delivery;
    let from_afar = delivery.contains(Delivery::Online) || delivery.contains(Delivery::Telephone);
    let at_home = listed
        .venue
        .as_ref()
        .is_some_and(|venue| venue.borough == gss || content.boroughs.contains(&gss));
    if !outreach.is_empty() || (listed.venue.is_some() && !from_afar) {
        return at_home || outreach.contains(&gss);
    }
    match &content.who_may_come {
        WhoMayCome::ResidentsOf(boroughs) => at_home || boroughs.contains(&gss),
        _ if delivery.contains(Delivery::InPerson) && !from_afar => content.boroughs.contains(&gss),
        _ => true,
    }
}

fn words_of(listed: &Listed) -> BTreeSet<String> {
    let content = &listed.offer.content;
    let mut text = format!("{} {} {}", content.title, content.summary, listed.provider_name);
    for activity in &content.activities {
        text += &format!(" {} {}", activity.label(), activity.artform().label());
    }
    content.needs.iter().for_each(|need| text += &format!(" {}", need.label()));
    content.how.keywords.iter().for_each(|word| text += &format!(" {word}"));
    content.how.description.iter().for_each(|words| text += &format!(" {words}"));
    if let (Some(venue), false) = (&listed.venue, content.place.address_private) {
        text += &format!(" {} {}", venue.name, venue.address);
    }
    text.to_lowercase()
        .replace('\'', "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Letters left out, added, changed, or swapped with their neighbour: the whole table.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = table[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
                let mut least = change.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                    least = least.min(table[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    table[one.len()][other.len()]
}
