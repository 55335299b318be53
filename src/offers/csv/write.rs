//! From an offer to a row: what [`super::read()`] makes the same offer of.
use jiff::Timestamp;

use super::{Row, pieces::escaped};
use crate::{
    calendar::write_schedules,
    offers::{
        Ages, AudienceFit, Contact, Kind, Price, Reader, State, WayIn, WhoMayCome,
        store::References,
    },
    places::Gss,
    text::{Slug, pounds},
    topics::{Code, Codes},
};

/// The cells in the order of [`super::COLUMNS`].
pub fn write(row: &Row, known: &References) -> Vec<String> {
    let content = &row.content;
    let (how, when, place) = (&content.how, &content.when, &content.place);
    let (cost, quality) = (&content.cost, &content.quality);
    let confirmed = row.confirmed.as_ref();
    let (kind, therapist) = match &content.kind {
        Kind::Creative => ("creative", String::new()),
        Kind::Therapy { led_by } => ("therapy", led_by.to_string()),
    };
    let slug_of = |id| known.slug(id).map(Slug::to_string).unwrap_or_default();
    let prices = joined(cost.prices.iter().map(price), "; ");
    let notes = content.access.notes.iter();
    let notices = when.notices.iter();
    let [residents, residents_how, residents_link] = way_in(&content.residents);
    let [professionals, professionals_how, professionals_link] = way_in(&content.professionals);
    vec![
        said(row.slug.as_ref()),
        said(row.origin.as_ref().map(|from| &from.source)),
        said(row.origin.as_ref().map(|from| &from.id)),
        row.state.status().code().to_owned(),
        said(row.state.reason()),
        content.title.to_string(),
        content.summary.to_string(),
        slug_of(content.provider),
        joined(content.activities.iter().map(|one| one.code().to_owned()), "; "),
        codes(content.needs),
        kind.to_owned(),
        therapist,
        said(how.description.as_ref()),
        said(how.first_visit.as_ref()),
        said(how.bring.as_ref()),
        said(how.afterwards.as_ref()),
        joined(how.keywords.iter().map(|word| escaped(word.as_str())), "; "),
        audiences(&content.audiences),
        ages(content.ages),
        said(content.not_suitable_for.as_ref()),
        who_may_come(&content.who_may_come, known),
        write_schedules(&when.programme.schedules),
        said(when.by_arrangement.as_ref()),
        when.programme.pause.map_or_else(String::new, |pause| match pause.to {
            Some(to) => format!("{} to {to}", pause.from),
            None => format!("from {}", pause.from),
        }),
        said(when.programme.ends_on),
        joined(
            notices.map(|one| format!("until {}: {}", one.until, escaped(one.text.as_str()))),
            " | ",
        ),
        codes(place.delivery),
        place.venue.map(slug_of).unwrap_or_default(),
        if place.address_private { "yes" } else { "" }.to_owned(),
        said(place.travel.as_ref()),
        boroughs(&place.outreach, known),
        codes(content.access.yes),
        codes(content.access.no),
        joined(
            notes.map(|(feature, note)| format!("{}: {}", feature.code(), escaped(note.as_str()))),
            "; ",
        ),
        said(content.access.more.as_ref()),
        joined(content.languages.iter().map(|one| one.code().to_owned()), "; "),
        yes_no(content.interpreter),
        cost.code.code().to_owned(),
        prices,
        said(cost.note.as_ref()),
        said(cost.concessions.as_ref()),
        said(cost.help.as_ref()),
        residents,
        residents_how,
        residents_link,
        professionals,
        professionals_how,
        professionals_link,
        content.places.map_or("", |places| places.code.code()).to_owned(),
        said(content.places.map(|places| places.on)),
        said(content.reply_days),
        joined(content.contacts.iter().map(contact), " | "),
        said(quality.experience.as_ref()),
        said(quality.lived_experience.as_ref()),
        said(quality.training.as_ref()),
        yes_no(quality.safeguarding_policy),
        yes_no(quality.dbs_checked),
        yes_no(quality.insured),
        said(quality.support.as_ref()),
        said(content.testimonial.as_ref().map(|said| &said.words)),
        said(content.testimonial.as_ref().map(|said| &said.by)),
        boroughs(&content.boroughs, known),
        said(confirmed.map(|c| c.at)),
        said(confirmed.map(|c| &c.by)),
        said(confirmed.map(|c| &c.how)),
        row.confirm_every.to_string(),
        said::<Timestamp>(row.first_published),
    ]
}

fn said<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn yes_no(answer: Option<bool>) -> String {
    answer.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned()
}

fn joined(pieces: impl Iterator<Item = String>, separator: &str) -> String {
    pieces.collect::<Vec<_>>().join(separator)
}

fn codes<T: Code>(codes: Codes<T>) -> String {
    joined(codes.iter().map(|one| one.code().to_owned()), "; ")
}

fn boroughs(named: &[Gss], known: &References) -> String {
    let slugs = named
        .iter()
        .map(|gss| known.borough_slug(*gss).map_or_else(|| gss.to_string(), Slug::to_string));
    joined(slugs, "; ")
}

fn audiences(fit: &AudienceFit) -> String {
    let ways = [(fit.meant_for, ""), (fit.welcome, ": welcome"), (fit.only, ": only")];
    let pieces = ways
        .into_iter()
        .flat_map(|(codes, way)| codes.iter().map(move |one| format!("{}{way}", one.code())));
    joined(pieces, "; ")
}

fn ages(ages: Ages) -> String {
    match ages {
        Ages::NotStated => String::new(),
        Ages::Stated { from: None, to: None } => "all".to_owned(),
        Ages::Stated { from, to } => format!("{}-{}", said(from), said(to)),
    }
}

fn who_may_come(who: &WhoMayCome, known: &References) -> String {
    match who {
        WhoMayCome::Anyone => "anyone".to_owned(),
        WhoMayCome::ResidentsOf(named) => format!("residents: {}", boroughs(named, known)),
        WhoMayCome::PatientsOf(networks) => {
            format!("patients: {}", joined(networks.iter().map(ToString::to_string), "; "))
        }
    }
}

fn price(price: &Price) -> String {
    let amount = pounds(price.pence);
    format!("{amount} a {}: {}", price.per.code(), escaped(price.label.as_str()))
}

fn way_in(way: &WayIn) -> [String; 3] {
    [codes(way.routes), said(way.how.as_ref()), said(way.link.as_ref())]
}

fn contact(contact: &Contact) -> String {
    let parts = [
        ("name", contact.name.as_ref().map(ToString::to_string)),
        ("role", contact.role.as_ref().map(ToString::to_string)),
        ("phone", contact.phone.as_ref().map(ToString::to_string)),
        ("email", contact.email.as_ref().map(ToString::to_string)),
        ("web", contact.web.as_ref().map(ToString::to_string)),
        (
            "for",
            (contact.reader == Reader::Professionals).then(|| contact.reader.code().to_owned()),
        ),
    ];
    let stated = parts
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name}: {}", escaped(&value))));
    joined(stated, "; ")
}
