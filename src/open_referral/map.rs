//! From a service to an offer: what is kept, what was put right, and why not.
use jiff::civil::Date;
use uuid::Uuid;

use super::{Service, charges, hours, people, plain, spots, subjects};
use crate::{
    offers::{
        AccessAnswers, Ages, AudienceFit, Content, How, Kind, Lack, Quality, WayIn, WhoMayCome,
    },
    places::{Gss, Places},
    providers::Profile,
    text::Line,
    topics::{Access, Codes, Joining, Lexicon},
    venues::NewVenue,
};

/// What others' words are held against.
pub struct Known<'a> {
    pub lexicon: &'a Lexicon,
    pub places: &'a Places,
    /// Whose services these are, for the keys of what is made.
    pub source: &'a Line<80>,
    /// Who looks after what names no place of ours.
    pub borough: Option<Gss>,
    pub today: Date,
}

/// An offer whose provider and venue are not looked up yet: their ids in `content` are nil.
#[derive(Clone, Debug)]
pub struct Mapped {
    pub content: Content,
    pub provider: Profile,
    pub venue: Option<NewVenue>,
    /// What it must say before it can be published.
    pub lacks: Vec<String>,
    /// What was put right, in sentences.
    pub repairs: Vec<String>,
}

/// # Errors
/// Why no offer can be made of it, each reason a sentence.
pub fn map(service: &Service, known: &Known<'_>) -> Result<Mapped, Vec<String>> {
    let (mut repairs, mut reasons) = (Vec::new(), Vec::new());
    if service.id.is_empty() {
        reasons.push("It has no id, so that it could not be known again.".to_owned());
    }
    if !["", "active"].contains(&service.status.to_lowercase().as_str()) {
        reasons.push(format!("It is {}.", service.status));
    }
    let title = shortened("Title", plain::line(&service.name), &mut repairs);
    if title.is_none() {
        reasons.push("It has no name.".to_owned());
    }
    let (description, was_html) = plain::plain(&service.description);
    if was_html {
        repairs.push("Description: HTML is made plain text.".to_owned());
    }
    let summary = plain::beginning::<280>(&description);
    if summary.is_none() {
        reasons.push("It has no description.".to_owned());
    }
    let owner = plain::line(&service.organization.name);
    if owner.is_none() {
        reasons.push("It does not say which organisation runs it.".to_owned());
    }
    let (Some(title), Some((summary, cut)), Some((owner, _)), true) =
        (title, summary, owner, reasons.is_empty())
    else {
        return Err(reasons);
    };
    if cut {
        repairs.push("Summary: the beginning of the description.".to_owned());
    }
    let spot = spots::spot(service, known.source, known.places, &mut repairs);
    let subjects = subjects::subjects(service, known.lexicon, &mut repairs);
    let contacts = people::contacts(service, &mut repairs);
    let mut joining = subjects.joining;
    if joining.is_empty() && !contacts.is_empty() {
        joining.insert(Joining::Book);
        repairs.push(
            "Joining: not stated. Since there is a contact: book or contact them.".to_owned(),
        );
    }
    let mut boroughs = spot.boroughs;
    if let (true, Some(borough)) = (boroughs.is_empty(), known.borough) {
        boroughs.push(borough);
        repairs.push(
            "Borough: it names none of ours, so the one you chose looks after it.".to_owned(),
        );
    }
    if boroughs.is_empty() {
        return Err(vec![
            "It is in none of our boroughs, and you chose none to look after it.".to_owned(),
        ]);
    }
    let told = told(&description, cut, service, &mut repairs);
    let access_said = plain::plain(&spot.access.join("\n")).0;
    let referral: Codes<Joining> = [Joining::ProfessionalReferral].into_iter().collect();
    let content = Content {
        title,
        summary,
        provider: Uuid::nil(),
        activities: subjects.activities,
        needs: subjects.needs,
        kind: Kind::Creative,
        how: How { description: told, ..How::default() },
        audiences: AudienceFit { meant_for: subjects.audiences, ..AudienceFit::default() },
        ages: ages(service.ages, &mut repairs),
        not_suitable_for: None,
        who_may_come: WhoMayCome::Anyone,
        when: hours::when(service, known.today, &mut repairs),
        access: AccessAnswers {
            yes: spots::access(&spot.access, |said| subjects::meant::<Access>(known.lexicon, said)),
            more: plain::text(&access_said).map(|(text, _)| text),
            ..AccessAnswers::default()
        },
        languages: subjects.languages,
        interpreter: None,
        cost: charges::cost(service, known.today, &mut repairs),
        residents: WayIn { routes: joining.without(referral), ..WayIn::default() },
        professionals: WayIn { routes: joining.intersection(referral), ..WayIn::default() },
        places: None,
        reply_days: None,
        contacts,
        quality: Quality::default(),
        testimonial: None,
        images: Vec::new(),
        place: spot.place,
        boroughs,
    };
    let provider = Profile {
        name: owner,
        summary: plain::beginning(&service.organization.description).map(|(line, _)| line),
        about: None,
        website: people::web(&service.organization.url, "organisation’s web site", &mut repairs),
        borough: None,
    };
    for what in &service.left_out {
        repairs.push(format!("Left out, since there is no place for it: {what}."));
    }
    let lacks = lacks(&content, spot.venue.is_some(), subjects.therapy);
    Ok(Mapped { content, provider, venue: spot.venue, lacks, repairs })
}

/// The venue's id is not in the content yet.
fn lacks(content: &Content, has_venue: bool, therapy: bool) -> Vec<String> {
    let mut looked_at = content.clone();
    looked_at.place.venue = has_venue.then(Uuid::nil);
    let mut lacks: Vec<String> =
        looked_at.lacks().into_iter().map(|Lack { advice, .. }| advice.to_owned()).collect();
    if therapy {
        lacks.push("It speaks of therapy or counselling: say whether a registered therapist leads it, and who.".to_owned());
    }
    lacks
}

/// The whole description where the summary does not say it all, with a word of warning before it.
fn told(
    description: &str,
    cut: bool,
    service: &Service,
    repairs: &mut Vec<String>,
) -> Option<crate::text::Text<10_000>> {
    let (alert, _) = plain::plain(&service.alert);
    if !alert.is_empty() {
        repairs.push(
            "Alert: it has no last day, so it stands at the beginning of the description."
                .to_owned(),
        );
    }
    let told = match (alert.is_empty(), cut) {
        (true, false) => return None,
        (true, true) => description.to_owned(),
        (false, false) => alert,
        (false, true) => format!("{alert}\n\n{description}"),
    };
    shortened("Description", plain::text(&told), repairs)
}

fn shortened<T>(what: &str, made: Option<(T, bool)>, repairs: &mut Vec<String>) -> Option<T> {
    made.map(|(said, cut)| {
        if cut {
            repairs.push(format!("{what}: shortened, since it was too long."));
        }
        said
    })
}

fn ages(said: (Option<f64>, Option<f64>), repairs: &mut Vec<String>) -> Ages {
    let mut year = |age: Option<f64>, none: fn(f64) -> bool| match age {
        None => (false, None),
        Some(age) if !(0.0..=150.0).contains(&age) => {
            repairs.push(format!("Ages: {age} is no age, so it is not stated."));
            (false, None)
        }
        Some(age) if none(age) => (true, None),
        Some(age) => (true, Some(age.round() as u8)),
    };
    let (has_from, from) = year(said.0, |age| age < 1.0);
    let (has_to, to) = year(said.1, |age| age >= 99.0);
    match (has_from || has_to, from, to) {
        (false, ..) => Ages::NotStated,
        (_, Some(from), Some(to)) if to < from => {
            repairs.push(
                "Ages: the oldest is younger than the youngest, so they are not stated.".to_owned(),
            );
            Ages::NotStated
        }
        // An upper end alone that is none says nothing of who is too young.
        (true, None, None) if !(has_from && has_to) => Ages::NotStated,
        (true, from, to) => Ages::Stated { from, to },
    }
}
