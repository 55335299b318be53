//! What is typed about a link worker ⇄ what is kept. A page and a file are read by the same rules.
use super::{Details, EmployerKind, Reach, Role};
use crate::{
    calendar::{day_code, day_of_code},
    finder::find,
    forms::{Answers, Mistakes},
    offers::Reader,
    places::{Group, Gss, Places, Surgery},
    text::{Email, Line, Phone, Text, TextProblem, WebAddress, series_with},
    topics::Language,
};

/// Nobody serves more.
const MOST: usize = 60;
/// So many that could be meant are named.
const NAMED: usize = 4;

pub type Reading = Result<Details, Mistakes>;

/// What was typed, without a photograph.
///
/// # Errors
/// All that is to be put right, in the order of the form.
pub fn read(typed: &Answers, places: &Places) -> Reading {
    let mut mistakes = Mistakes::default();
    let name = line(typed, "name", "Enter your name", &mut mistakes);
    let role = Role::parse(typed.one("role"));
    if role.is_none() {
        mistakes.add("role", "Choose what you do");
    }
    let role_words = optional(typed, "role_words", &mut mistakes);
    if role == Some(Role::Other) && role_words.is_none() {
        mistakes.add("role_words", "Say what you are called, such as “wellbeing adviser”");
    }
    let employer_kind = EmployerKind::parse(typed.one("employer_kind"));
    if employer_kind.is_none() {
        mistakes.add("employer_kind", "Choose who employs you");
    }
    let employer = line(typed, "employer", "Enter the name of your employer", &mut mistakes);
    let based_at = optional(typed, "based_at", &mut mistakes);
    let networks = served(typed, "networks", places, &mut mistakes);
    let practices = served(typed, "practices", places, &mut mistakes);
    let boroughs = boroughs(typed, places, &mut mistakes);
    if networks.is_empty() && practices.is_empty() && boroughs.is_empty() {
        mistakes.add("borough", "Name a network, a practice or a borough that you work for");
    }
    let languages = codes(typed, "language", Language::parse, &mut mistakes);
    let days = codes(typed, "day", day_of_code, &mut mistakes);
    let email = reach(typed, "email", Email::parse, &mut mistakes, EMAIL);
    let phone = reach(typed, "phone", Phone::parse, &mut mistakes, PHONE);
    let web = reach(typed, "web", WebAddress::parse, &mut mistakes, WEB);
    if email.is_none() && phone.is_none() && web.is_none() {
        mistakes.add("email", "Give an email address, a telephone number or a web page");
    }
    let about = Text::optional(typed.raw("about")).unwrap_or_else(|problem| {
        mistakes.add("about", too_long(problem));
        None
    });
    let complete = (name, role, employer_kind, employer);
    let (Some(name), Some(role), Some(employer_kind), Some(employer)) = complete else {
        return Err(mistakes);
    };
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut days = days;
    days.sort_by_key(|day| day.to_monday_zero_offset());
    Ok(Details {
        name,
        role,
        role_words: role_words.filter(|_| role == Role::Other),
        employer_kind,
        employer,
        based_at,
        networks,
        practices,
        boroughs,
        languages,
        days: days.into_iter().map(|day| day_code(day).to_owned()).collect(),
        email,
        phone,
        web,
        about,
        photograph: None,
    })
}

/// What a form shows of what is kept.
pub fn written(details: &Details, places: &Places) -> Answers {
    let mut typed = Answers::default();
    typed.set("name", details.name.as_str());
    typed.set("role", details.role.code());
    typed.set("role_words", details.role_words.as_ref().map_or("", Line::as_str));
    typed.set("employer_kind", details.employer_kind.code());
    typed.set("employer", details.employer.as_str());
    typed.set("based_at", details.based_at.as_ref().map_or("", Line::as_str));
    let surgeries = places.surgeries();
    let named = |code: &String, name: Option<&str>| match name {
        Some(name) => format!("{name} ({code})"),
        None => code.clone(),
    };
    let networks = details.networks.iter();
    let networks =
        networks.map(|code| named(code, surgeries.group_of(code).map(|one| one.name.as_str())));
    typed.set("networks", networks.collect::<Vec<_>>().join("\n"));
    let practices = details.practices.iter();
    let practices =
        practices.map(|code| named(code, surgeries.practice(code).map(|one| one.name.as_str())));
    typed.set("practices", practices.collect::<Vec<_>>().join("\n"));
    for borough in details.boroughs.iter().filter_map(|gss| places.borough(*gss)) {
        typed.add("borough", borough.slug.as_str());
    }
    for language in &details.languages {
        typed.add("language", language.code());
    }
    for day in &details.days {
        typed.add("day", day.as_str());
    }
    let mut reached = |field: &str, at: Option<(String, Reader)>| {
        if let Some((at, reader)) = at {
            typed.set(field, at);
            typed.set(&for_whom(field), reader.code());
        }
    };
    reached("email", details.email.as_ref().map(|one| (one.at.to_string(), one.reader)));
    reached("phone", details.phone.as_ref().map(|one| (one.at.to_string(), one.reader)));
    reached("web", details.web.as_ref().map(|one| (one.at.to_string(), one.reader)));
    typed.set("about", details.about.as_ref().map_or("", Text::as_str));
    typed
}

const EMAIL: &str = "Enter an email address, like name@example.org, or leave the box empty";
const PHONE: &str = "Enter a telephone number, like 020 7946 0142, or leave the box empty";
const WEB: &str = "Enter a web address, like www.example.org, or leave the box empty";

fn for_whom(field: &str) -> String {
    format!("{field}_for")
}

fn line<const MAX: usize>(
    typed: &Answers,
    field: &str,
    missing: &str,
    mistakes: &mut Mistakes,
) -> Option<Line<MAX>> {
    match Line::parse(typed.raw(field)) {
        Ok(line) => Some(line),
        Err(TextProblem::Missing) => {
            mistakes.add(field, missing);
            None
        }
        Err(problem) => {
            mistakes.add(field, too_long(problem));
            None
        }
    }
}

fn optional<const MAX: usize>(
    typed: &Answers,
    field: &str,
    mistakes: &mut Mistakes,
) -> Option<Line<MAX>> {
    Line::optional(typed.raw(field)).unwrap_or_else(|problem| {
        mistakes.add(field, too_long(problem));
        None
    })
}

fn too_long(problem: TextProblem) -> String {
    match problem {
        TextProblem::TooLong { length, max } => {
            format!("Use {max} characters or fewer. There are {length} now")
        }
        TextProblem::Missing => "Write something here, or leave the box empty".to_owned(),
    }
}

/// One name or code a line, as the codes of what it means.
fn served(typed: &Answers, field: &str, places: &Places, mistakes: &mut Mistakes) -> Vec<String> {
    let lines: Vec<&str> =
        typed.raw(field).lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > MOST {
        mistakes.add(field, format!("Name {MOST} at most. Choose boroughs instead"));
        return Vec::new();
    }
    let networks = field == "networks";
    let mut codes = Vec::new();
    for line in lines {
        let meant = if networks { network(line, places) } else { practice(line, places) };
        match meant {
            Ok(code) if codes.contains(&code) => {}
            Ok(code) => codes.push(code),
            Err(message) => mistakes.add(field, message),
        }
    }
    codes
}

/// "Name (U12345)", a code, or a name that only one can mean.
fn network(line: &str, places: &Places) -> Result<String, String> {
    let surgeries = places.surgeries();
    if let Some(known) = surgeries.group_of(&code_in(line)) {
        return Ok(known.network.code.clone());
    }
    let open: Vec<&Group> =
        find(places, line).groups.into_iter().filter(|one| one.is_open()).collect();
    let named = |one: &&Group| format!("{} ({})", one.name, one.network.code);
    match &*open {
        [only] => Ok(only.network.code.clone()),
        several => Err(unclear(line, "network", several.iter().map(named).collect())),
    }
}

fn practice(line: &str, places: &Places) -> Result<String, String> {
    let surgeries = places.surgeries();
    if let Some(known) = surgeries.practice(&code_in(line)) {
        return Ok(known.practice.code.clone());
    }
    let open: Vec<&Surgery> =
        find(places, line).practices.into_iter().filter(|one| one.is_open()).collect();
    let named = |one: &&Surgery| format!("{} ({})", one.name, one.practice.code);
    match &*open {
        [only] => Ok(only.practice.code.clone()),
        several => Err(unclear(line, "practice", several.iter().map(named).collect())),
    }
}

/// What stands in brackets at the end, or else all of it.
fn code_in(line: &str) -> String {
    let inner = line.strip_suffix(')').and_then(|line| line.rsplit_once('('));
    inner.map_or(line, |(_, code)| code).trim().to_uppercase()
}

fn unclear(line: &str, thing: &str, mut meant: Vec<String>) -> String {
    let line: String = line.chars().take(60).collect();
    if meant.is_empty() {
        return format!(
            "We do not know a {thing} called “{line}”. Check how it is written, or leave it out and choose a borough"
        );
    }
    let more = meant.len() > NAMED;
    meant.truncate(NAMED);
    let meant = if more { meant.join(", ") + " or another" } else { series_with("or", meant) };
    format!("More than one {thing} is like “{line}”. Type the one you mean: {meant}")
}

fn boroughs(typed: &Answers, places: &Places, mistakes: &mut Mistakes) -> Vec<Gss> {
    let mut found = Vec::new();
    for named in typed.all("borough") {
        let by_code = Gss::parse(named).and_then(|gss| places.borough(gss));
        match places.borough_by_slug(named).or(by_code) {
            Some(borough) if found.contains(&borough.gss) => {}
            Some(borough) => found.push(borough.gss),
            None => mistakes.add("borough", "Choose boroughs from the list"),
        }
    }
    found
}

fn codes<T: PartialEq>(
    typed: &Answers,
    field: &str,
    parse: impl Fn(&str) -> Option<T>,
    mistakes: &mut Mistakes,
) -> Vec<T> {
    let mut found = Vec::new();
    for code in typed.all(field) {
        match parse(&code.to_lowercase()) {
            Some(one) if found.contains(&one) => {}
            Some(one) => found.push(one),
            None => mistakes.add(field, "Choose from the list"),
        }
    }
    found
}

fn reach<T, E>(
    typed: &Answers,
    field: &str,
    parse: impl Fn(&str) -> Result<T, E>,
    mistakes: &mut Mistakes,
    wrong: &str,
) -> Option<Reach<T>> {
    let at = match typed.one(field) {
        "" => return None,
        at => parse(at).map_err(|_| mistakes.add(field, wrong)).ok(),
    };
    // Whoever says nothing has not said that everybody may see it.
    let reader = Reader::parse(typed.one(&for_whom(field))).unwrap_or(Reader::Professionals);
    Some(Reach { at: at?, reader })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nowhere() -> Places {
        Places::new(crate::places::Known::default())
    }

    fn typed(pairs: &[(&str, &str)]) -> Answers {
        Answers::of(pairs.iter().map(|(field, value)| (field.to_string(), value.to_string())))
    }

    #[test]
    fn all_that_is_missing_is_named_at_once() {
        let mistakes = read(&Answers::default(), &nowhere()).unwrap_err();
        let fields: Vec<&str> = mistakes.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["name", "role", "employer_kind", "employer", "borough", "email"]);
    }

    #[test]
    fn a_network_that_nobody_knows_is_named_with_what_to_do() {
        let typed = typed(&[("networks", "Nowhere PCN\n"), ("practices", "X99999")]);
        let mistakes = read(&typed, &nowhere()).unwrap_err();
        assert!(mistakes.of("networks").unwrap().contains("“Nowhere PCN”"));
        assert!(mistakes.of("practices").unwrap().contains("choose a borough"));
    }

    #[test]
    fn who_does_not_say_who_may_see_a_number_shows_it_to_professionals_alone() {
        let mut mistakes = Mistakes::default();
        let typed = typed(&[("phone", "020 7946 0142")]);
        let phone = reach(&typed, "phone", Phone::parse, &mut mistakes, PHONE).unwrap();
        assert_eq!(phone.reader, Reader::Professionals);
    }
}
