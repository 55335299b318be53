//! A cohort as it is typed, and as the form shows it again.
use jiff::{Timestamp, ToSpan, civil::Date};

use crate::{
    calendar::{Session as Held, civil_now, date_in_words, time_in_words, typed_date, typed_time},
    forms::{Answers, Mistakes},
    places::{Borough, Gss},
    text::{Email, Line, Text, WebAddress},
    training::{
        Cohort, Profession, Programme,
        cohort::{Facilitator, MOST, Material, RELEASE_DAYS, Says, Session},
        shares::equal,
        store::writing::Dated,
    },
};

/// So many rows of each are shown.
pub const FACILITATORS: usize = 4;
pub const MATERIALS: usize = 6;

/// What somebody wants a cohort to be.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub says: Says,
    pub dates: Vec<Dated>,
}

/// Where somebody writes: theirs to choose, and those of the cohort that are not and stay.
#[derive(Clone, Copy, Debug)]
pub struct Within<'a> {
    pub own: &'a [&'a Borough],
    pub kept: &'a [Gss],
}

/// What an empty form suggests: equal shares of as many places as there can be.
pub fn suggested(programme: &Programme) -> Answers {
    let mut typed = Answers::default();
    typed.set("title", programme.says.name.as_str());
    typed.set("release_days", RELEASE_DAYS.to_string());
    typed.set("meets", "place");
    for (profession, places) in Profession::ALL.iter().zip(equal(MOST)) {
        typed.set(&share_of(*profession), places.to_string());
    }
    for module in &programme.modules {
        typed.set(&format!("minutes-{}", module.position), module.minutes.to_string());
    }
    typed
}

/// As it stands now.
pub fn written(cohort: &Cohort, programme: &Programme, own: &[&Borough]) -> Answers {
    let says = &cohort.says;
    let mut typed = suggested(programme);
    typed.set("title", says.title.as_str());
    typed.set("meets", if says.place.is_some() { "place" } else { "online" });
    typed.set("place", says.place.as_ref().map_or("", Line::as_str));
    typed.set("joining", says.joining.as_ref().map_or("", Text::as_str));
    typed.set("about", says.about.as_ref().map_or("", Text::as_str));
    typed.set("release_days", says.release_days.to_string());
    typed.set("contact_name", says.contact_name.as_str());
    typed.set("contact_email", says.contact_email.as_str());
    for profession in Profession::ALL {
        typed.set(&share_of(profession), says.share(profession).to_string());
    }
    for borough in own.iter().filter(|one| says.boroughs.contains(&one.gss)) {
        typed.add("borough", borough.slug.as_str());
    }
    for session in &cohort.sessions {
        let (at, starts) = (session.module.position, civil_now(session.starts));
        typed.set(&format!("date-{at}"), date_in_words(starts.date()));
        typed.set(&format!("time-{at}"), time_in_words(starts.time()));
        typed.set(&format!("minutes-{at}"), session.minutes.to_string());
    }
    for (at, one) in (1..).zip(&says.facilitators) {
        typed.set(&format!("facilitator-{at}"), one.name.as_str());
        typed.set(&format!("does-{at}"), one.words.as_ref().map_or("", Line::as_str));
    }
    for (at, one) in (1..).zip(&says.materials) {
        typed.set(&format!("material-{at}"), one.title.as_str());
        typed.set(&format!("address-{at}"), one.address.as_str());
        if one.booked_only {
            typed.set(&format!("only-{at}"), "yes");
        }
    }
    typed
}

/// Reads it.
///
/// # Errors
/// All that is to be put right, in the order of the page.
pub fn read(
    typed: &Answers,
    programme: &Programme,
    within: Within<'_>,
    today: Date,
) -> Result<Wanted, Mistakes> {
    let mut wrong = Mistakes::default();
    let title = Line::parse(typed.one("title"));
    if title.is_err() {
        wrong.add("title", "Enter a title, in no more than 120 letters");
    }
    let boroughs = boroughs(typed, within, &mut wrong);
    let dates = dates(typed, programme, today, &mut wrong);
    let place = match typed.one("meets") {
        "online" => None,
        _ => Line::parse(typed.one("place")).map(Some).unwrap_or_else(|_| {
            wrong.add("place", "Say where it meets, in no more than 200 letters, or choose online");
            None
        }),
    };
    let joining = text(typed, "joining", "Make this 2,000 characters or fewer", &mut wrong);
    let about = text(typed, "about", "Make this 2,000 characters or fewer", &mut wrong);
    let shares = shares(typed, &mut wrong);
    let release_days = typed.one("release_days").parse().ok().filter(|days| *days <= 60);
    if release_days.is_none() {
        wrong.add("release_days", "Enter a number of days from 0 to 60");
    }
    let facilitators = facilitators(typed, &mut wrong);
    let materials = materials(typed, &mut wrong);
    let contact_name = Line::parse(typed.one("contact_name"));
    if contact_name.is_err() {
        wrong.add("contact_name", "Enter who answers questions, in no more than 100 letters");
    }
    let contact_email = Email::parse(typed.one("contact_email"));
    if contact_email.is_err() {
        wrong.add("contact_email", "Enter an email address, like name@example.org");
    }
    match (title, contact_name, contact_email, release_days) {
        (Ok(title), Ok(contact_name), Ok(contact_email), Some(release_days))
            if wrong.is_empty() =>
        {
            let says = Says {
                title,
                place,
                joining,
                about,
                boroughs,
                shares,
                release_days,
                contact_name,
                contact_email,
                facilitators,
                materials,
            };
            Ok(Wanted { says, dates })
        }
        _ => Err(wrong),
    }
}

/// Whether people who booked would go to the wrong place, or at the wrong time.
pub fn has_moved(before: &Cohort, after: &Cohort) -> bool {
    let dates = |cohort: &Cohort| -> Vec<_> {
        cohort.sessions.iter().map(|one| (one.module.id, one.starts, one.minutes)).collect()
    };
    dates(before) != dates(after)
        || before.says.place != after.says.place
        || before.says.joining != after.says.joining
}

/// The sessions that have begun and would not have, or not then.
pub fn begun_otherwise(cohort: &Cohort, wanted: &[Dated], now: Timestamp) -> Vec<Session> {
    let stays = |session: &&Session| {
        wanted.iter().any(|one| one.module == session.module.id && one.starts == session.starts)
    };
    let begun = cohort.sessions.iter().filter(|session| session.starts <= now);
    begun.filter(|session| !stays(session)).cloned().collect()
}

pub fn share_of(profession: Profession) -> String {
    format!("share-{}", profession.code())
}

fn boroughs(typed: &Answers, within: Within<'_>, wrong: &mut Mistakes) -> Vec<Gss> {
    let chosen = within.own.iter().filter(|one| typed.has("borough", one.slug.as_str()));
    let mut boroughs: Vec<Gss> = chosen.map(|one| one.gss).collect();
    boroughs.extend(within.kept);
    boroughs.sort_unstable();
    boroughs.dedup();
    if boroughs.is_empty() {
        wrong.add("borough", "Choose the boroughs it is for");
    }
    boroughs
}

/// A module without a date is not held.
fn dates(typed: &Answers, programme: &Programme, today: Date, wrong: &mut Mistakes) -> Vec<Dated> {
    let mut dates = Vec::new();
    for module in &programme.modules {
        let at = module.position;
        let [date, time, minutes] = ["date", "time", "minutes"].map(|what| format!("{what}-{at}"));
        if !typed.stated(&date) && !typed.stated(&time) {
            continue;
        }
        let day = typed_date(typed.one(&date), today).ok();
        if day.is_none() {
            wrong.add(&date, "Enter a date, like 6 August 2026");
        }
        let begins = typed_time(typed.one(&time)).ok();
        if begins.is_none() {
            wrong.add(&time, "Enter a time, like 10:30am");
        }
        let long = match typed.one(&minutes) {
            "" => Some(module.minutes),
            typed => typed.parse().ok().filter(|long| (15..=480).contains(long)),
        };
        if long.is_none() {
            wrong.add(&minutes, "Enter how long it is, from 15 to 480 minutes");
        }
        let (Some(day), Some(begins), Some(long)) = (day, begins, long) else { continue };
        let starts = day.to_datetime(begins);
        match starts.checked_add(i64::from(long).minutes()) {
            Ok(ends) if ends.date() == day => {
                let starts = Held { starts, ends }.starts_at();
                dates.push(Dated { module: module.id, starts, minutes: long });
            }
            _ => wrong.add(&time, "It must end on the same day. Choose an earlier time"),
        }
    }
    dates
}

fn shares(typed: &Answers, wrong: &mut Mistakes) -> [u8; 4] {
    let mut shares = [0; 4];
    for profession in Profession::ALL {
        let field = share_of(profession);
        match typed.one(&field).parse::<u8>().ok().filter(|places| *places <= MOST) {
            Some(places) => shares[profession.at()] = places,
            None => wrong.add(&field, "Enter a number of places from 0 to 40"),
        }
    }
    let all: u32 = shares.iter().copied().map(u32::from).sum();
    if all == 0 || all > u32::from(MOST) {
        let first = share_of(Profession::Artists);
        wrong.add(first, format!("The shares come to {all} places. Make them 1 to {MOST} in all"));
    }
    shares
}

fn facilitators(typed: &Answers, wrong: &mut Mistakes) -> Vec<Facilitator> {
    let mut all = Vec::new();
    for at in 1..=FACILITATORS {
        let (name, does) = (format!("facilitator-{at}"), format!("does-{at}"));
        if !typed.stated(&name) && !typed.stated(&does) {
            continue;
        }
        let parsed = Line::parse(typed.one(&name));
        if parsed.is_err() {
            wrong.add(&name, "Enter a name, in no more than 100 letters");
        }
        let words = Line::optional(typed.one(&does)).unwrap_or_else(|_| {
            wrong.add(&does, "Make this 200 characters or fewer");
            None
        });
        all.extend(parsed.ok().map(|name| Facilitator { name, words }));
    }
    all
}

fn materials(typed: &Answers, wrong: &mut Mistakes) -> Vec<Material> {
    let mut all = Vec::new();
    for at in 1..=MATERIALS {
        let (title, address) = (format!("material-{at}"), format!("address-{at}"));
        if !typed.stated(&title) && !typed.stated(&address) {
            continue;
        }
        let named = Line::parse(typed.one(&title));
        if named.is_err() {
            wrong.add(&title, "Say what it is, in no more than 120 letters");
        }
        let found = WebAddress::parse(typed.one(&address));
        if found.is_err() {
            wrong.add(&address, "Enter a web address, like https://example.org/guide.pdf");
        }
        let booked_only = typed.has(&format!("only-{at}"), "yes");
        if let (Ok(title), Ok(address)) = (named, found) {
            all.push(Material { title, address, booked_only });
        }
    }
    all
}

fn text<const MAX: usize>(
    typed: &Answers,
    field: &str,
    too_long: &str,
    wrong: &mut Mistakes,
) -> Option<Text<MAX>> {
    Text::optional(typed.raw(field)).unwrap_or_else(|_| {
        wrong.add(field, too_long);
        None
    })
}
