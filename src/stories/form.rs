//! From what was typed to what a story says, with all that is to be put right.
use jiff::civil::Date;

use super::{Consent, Content, Giver, Kind, Teller, YEARS};
use crate::{
    calendar::{date_in_words, typed_date},
    forms::{Answers, Mistakes},
    offers::OfferId,
    places::{Gss, Places},
    text::{
        Line, Slug, Text, TextProblem,
        personal::{self, Personal, personal},
    },
    topics::{Code, Codes, Need},
};

/// So many offers may be named.
pub const MOST_OFFERS: usize = 3;
/// And so many needs.
pub const MOST_NEEDS: usize = 5;

/// In which somebody may be told of.
pub(super) const PEOPLE: [&str; 4] = ["title", "words", "name", "consent_kept"];

/// The names of all fields: nothing else is kept of what is sent.
pub const FIELDS: [&str; 16] = [
    "kind",
    "teller",
    "title",
    "words",
    "name",
    "offers",
    "needs",
    "boroughs",
    "consent_by",
    "consent_on",
    "consent_kept",
    "site",
    "print",
    "press",
    "real_name",
    "sure",
];

/// One line in which an offer is named, and the offers of that name: one, if all is well.
#[derive(Clone, Debug)]
pub struct Named {
    pub line: String,
    pub offers: Vec<Candidate>,
}

/// An offer that can be found.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub id: OfferId,
    pub slug: Slug,
    pub title: String,
    pub boroughs: Vec<Gss>,
}

/// The lines in which offers are named, each once.
pub fn lines(typed: &Answers) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let all = typed.raw("offers").lines().map(str::trim).filter(|line| !line.is_empty());
    for line in all {
        if !lines.iter().any(|one| one == line) {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// The name in an address that somebody copied: "https://…/offers/clay?list=1" → "clay".
pub fn slug_in(line: &str) -> Option<Slug> {
    let (_, rest) = line.split_once("/offers/")?;
    Slug::parse(rest.split(['/', '?', '#', ' ']).next()?)
}

/// `named` are the lines of the field for offers with what was found for each.
pub fn read(
    typed: &Answers,
    named: &[Named],
    places: &Places,
    today: Date,
) -> Result<Content, Mistakes> {
    let mut wrong = Mistakes::default();
    let kind = chosen(Kind::parse(typed.one("kind")), "kind", "Choose what it is", &mut wrong);
    let teller =
        chosen(Teller::parse(typed.one("teller")), "teller", "Choose who tells it", &mut wrong);
    let title = title(typed, &mut wrong);
    let words = match Text::parse(typed.raw("words")) {
        Ok(words) => Some(words),
        Err(problem) => {
            wrong.add("words", too_long(problem, "Write the story"));
            None
        }
    };
    let name = Line::optional(typed.one("name")).unwrap_or_else(|problem| {
        wrong.add("name", too_long(problem, "Write a name"));
        None
    });
    let offers = offers(named, &mut wrong);
    let needs = needs(typed, &mut wrong);
    let boroughs = boroughs(typed, named, places, &mut wrong);
    let consent = consent(typed, name.is_some(), today, &mut wrong);
    look_for_people(typed, &mut wrong);
    match (kind, teller, title, words, consent) {
        (Some(kind), Some(teller), Some(title), Some(words), Some(consent)) if wrong.is_empty() => {
            Ok(Content { kind, teller, title, words, name, needs, boroughs, offers, consent })
        }
        _ => Err(wrong),
    }
}

/// As it was typed, with the day of the consent in full: tomorrow “today” is another day.
#[must_use]
pub fn settled(typed: &Answers, says: &Content) -> Answers {
    let mut settled = typed.clone();
    settled.set("consent_on", date_in_words(says.consent.on));
    settled
}

fn chosen<T>(one: Option<T>, field: &str, message: &str, wrong: &mut Mistakes) -> Option<T> {
    if one.is_none() {
        wrong.add(field, message);
    }
    one
}

fn title(typed: &Answers, wrong: &mut Mistakes) -> Option<Line<100>> {
    match Line::<100>::parse(typed.one("title")) {
        Ok(title) if Slug::from_name(title.as_str()).is_none() => {
            wrong.add("title", "Write at least one word in Latin letters");
            None
        }
        Ok(title) => Some(title),
        Err(problem) => {
            wrong.add("title", too_long(problem, "Give it a title"));
            None
        }
    }
}

fn too_long(problem: TextProblem, missing: &str) -> String {
    match problem {
        TextProblem::TooLong { length, max } => {
            format!("Use {max} characters or fewer. There are {length} now")
        }
        TextProblem::Missing => missing.to_owned(),
    }
}

fn offers(named: &[Named], wrong: &mut Mistakes) -> Vec<OfferId> {
    if named.len() > MOST_OFFERS {
        wrong.add("offers", format!("Name {MOST_OFFERS} offers or fewer"));
    }
    let mut found: Vec<OfferId> = Vec::new();
    for one in named {
        match one.offers.as_slice() {
            [offer] => {
                if !found.contains(&offer.id) {
                    found.push(offer.id);
                }
            }
            [] => wrong.add(
                "offers",
                format!(
                    "We found no offer called “{}”. Open its page and copy its address here",
                    short(&one.line)
                ),
            ),
            _ => wrong.add(
                "offers",
                format!(
                    "Several offers are called “{}”. Open the page of yours and copy its address here",
                    short(&one.line)
                ),
            ),
        }
    }
    found
}

/// A long line is named by its beginning.
fn short(line: &str) -> String {
    line.chars().take(60).collect()
}

fn needs(typed: &Answers, wrong: &mut Mistakes) -> Codes<Need> {
    let needs: Codes<Need> = typed.all("needs").filter_map(Need::parse).collect();
    match needs.len() {
        0 => wrong.add("needs", "Choose what it helped with"),
        1..=MOST_NEEDS => {}
        _ => wrong.add("needs", format!("Choose {MOST_NEEDS} or fewer")),
    }
    needs
}

/// Those that were ticked; where none was, those of the offers.
fn boroughs(typed: &Answers, named: &[Named], places: &Places, wrong: &mut Mistakes) -> Vec<Gss> {
    let ticked = typed.all("boroughs").filter_map(|slug| places.borough_by_slug(slug));
    let mut boroughs: Vec<Gss> = ticked.map(|one| one.gss).collect();
    if !typed.stated("boroughs") {
        boroughs =
            named.iter().flat_map(|one| &one.offers).flat_map(|one| one.boroughs.clone()).collect();
    }
    boroughs.sort();
    boroughs.dedup();
    if boroughs.is_empty() {
        wrong.add("boroughs", "Choose at least one borough");
    }
    boroughs
}

fn consent(typed: &Answers, named: bool, today: Date, wrong: &mut Mistakes) -> Option<Consent> {
    let by =
        chosen(Giver::parse(typed.one("consent_by")), "consent_by", "Choose who agreed", wrong);
    let on = day(typed, today, wrong);
    let kept = match Line::parse(typed.one("consent_kept")) {
        Ok(kept) => Some(kept),
        Err(problem) => {
            wrong.add("consent_kept", too_long(problem, "Say who was told, and where it is kept"));
            None
        }
    };
    let ticked = |field: &str| typed.has(field, "yes");
    if !ticked("site") {
        wrong.add(
            "site",
            "We can only show it if they agree to this website. Tick the box if they do",
        );
    }
    if ticked("real_name") && !named {
        wrong.add("name", "Write the name to show, or take away the tick for the real name");
    }
    let (print, press, real_name) = (ticked("print"), ticked("press"), ticked("real_name"));
    Some(Consent { by: by?, on: on?, kept: kept?, print, press, real_name })
}

/// On which they agreed: not after today, and not so long ago that it has ended.
fn day(typed: &Answers, today: Date, wrong: &mut Mistakes) -> Option<Date> {
    let message = match typed_date(typed.one("consent_on"), today) {
        Ok(day) if day > today => "The day on which they agreed cannot be after today".to_owned(),
        Ok(day) if super::ends(day) <= today => {
            format!("That is more than {YEARS} years ago. Ask them again, then give the new day")
        }
        Ok(day) => return Some(day),
        Err(_) => {
            let (_, example) = date_in_words(today).split_once(' ').map_or_else(
                || (String::new(), "6 August 2026".to_owned()),
                |(day, date)| (day.to_owned(), date.to_owned()),
            );
            format!("Enter the day on which they agreed, like “today” or {example}")
        }
    };
    wrong.add("consent_on", message);
    None
}

/// A number of the NHS is never sent; what else may tell who somebody is, is asked about once.
fn look_for_people(typed: &Answers, wrong: &mut Mistakes) {
    for field in PEOPLE {
        let text = typed.raw(field);
        let found = personal(text);
        let written = |one: &Personal| short(&text[one.at.clone()]);
        if let Some(one) = found.iter().find(|one| one.kind == personal::Kind::NhsNumber) {
            let written = written(one);
            wrong.add(field, format!("“{written}” looks like an NHS number. Take it out"));
        } else if let Some(one) = found.first().filter(|_| !typed.has("sure", "yes")) {
            let what = match one.kind {
                personal::Kind::Email => "an email address",
                _ => "a telephone number",
            };
            let message = format!(
                "“{}” looks like {what}. Take it out if it is a client’s. If it is not, tick the box to say so",
                written(one)
            );
            wrong.add("sure", message);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{super::fixtures::*, *};

    fn wrong(changed: &[(&str, &str)], field: &str) -> String {
        let read = read(&answers(changed), &[], &places(), date(2026, 8, 20));
        let mistakes = read.expect_err("there is a mistake");
        mistakes.of(field).unwrap_or_else(|| panic!("{mistakes:?}")).to_owned()
    }

    #[test]
    fn what_is_whole_is_read_and_the_consent_with_it() {
        let says = content(&[("print", "yes")]);
        assert_eq!(says.consent.on, date(2026, 8, 6));
        assert!(says.consent.print && !says.consent.press && !says.consent.real_name);
        assert_eq!(says.boroughs, [Gss::parse("E09000028").unwrap()]);
    }

    #[test]
    fn a_consent_is_of_the_past_and_not_over() {
        assert!(wrong(&[("consent_on", "21 August 2026")], "consent_on").contains("after today"));
        assert!(wrong(&[("consent_on", "20 August 2024")], "consent_on").contains("2 years ago"));
        assert!(wrong(&[("consent_on", "soon")], "consent_on").contains("like “today”"));
        assert_eq!(content(&[("consent_on", "21 August 2024")]).consent.on, date(2024, 8, 21));
        assert!(wrong(&[("site", "")], "site").contains("this website"));
        assert!(wrong(&[("real_name", "yes"), ("name", "")], "name").contains("real name"));
    }

    #[test]
    fn an_nhs_number_is_never_sent_and_a_telephone_number_only_by_who_is_sure() {
        let nhs = [("words", "Her number is 943 476 5919."), ("sure", "yes")];
        assert!(wrong(&nhs, "words").contains("NHS number"));
        let phone = ("words", "Ring Dele on 020 7946 0142.");
        assert!(wrong(&[phone], "sure").contains("a telephone number"));
        assert!(
            wrong(&[("consent_kept", "mary@home.example")], "sure").contains("an email address")
        );
        content(&[phone, ("sure", "yes")]);
    }

    #[test]
    fn an_offer_is_known_by_the_address_of_its_page() {
        let slug = |line| slug_in(line).map(|slug| slug.to_string());
        assert_eq!(slug("https://x.example/offers/clay-lane?list=1").unwrap(), "clay-lane");
        assert_eq!(slug("/offers/clay-lane/report").unwrap(), "clay-lane");
        assert_eq!(slug("Clay lane"), None);
    }

    #[test]
    fn an_offer_that_is_not_found_or_one_of_several_is_asked_about() {
        let typed = answers(&[("offers", "Clay")]);
        let candidate = |id: u128| Candidate {
            id: uuid::Uuid::from_u128(id),
            slug: Slug::parse("clay").unwrap(),
            title: "Clay".to_owned(),
            boroughs: vec![],
        };
        for (offers, message) in
            [(vec![], "found no offer"), (vec![candidate(1), candidate(2)], "Several")]
        {
            let named = [Named { line: "Clay".to_owned(), offers }];
            let mistakes = read(&typed, &named, &places(), date(2026, 8, 20)).unwrap_err();
            assert!(mistakes.of("offers").unwrap().contains(message), "{message}");
        }
    }
}
