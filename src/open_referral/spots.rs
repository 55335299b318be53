//! Where others say that it is held.
use super::{Location, Service, plain};
use crate::{
    offers::Where,
    places::{Gss, PlaceKind, Places, Point, Postcode},
    text::{Line, series},
    topics::{Access, Codes, Delivery},
    venues::{NewVenue, Origin, VenueKind},
};

/// How it reaches people, and the venue it is held at.
#[derive(Clone, Debug, Default)]
pub struct Spot {
    pub place: Where,
    /// Without its id: whether it is known already, the database must say.
    pub venue: Option<NewVenue>,
    /// What is said of access at the venue.
    pub access: Vec<String>,
    /// Those that are named, the venue's first.
    pub boroughs: Vec<Gss>,
}

/// A position further than this from its postcode is a mistake.
const FAR: u32 = 2_000;

pub fn spot(
    service: &Service,
    source: &Line<80>,
    places: &Places,
    repairs: &mut Vec<String>,
) -> Spot {
    let mut spot = Spot::default();
    let held: Vec<&Location> = service
        .locations
        .iter()
        .filter(|one| !["virtual", "postal"].contains(&one.kind.as_str()))
        .collect();
    let found: Vec<(&Location, NewVenue)> =
        held.iter().filter_map(|one| Some((*one, venue(one, source, places, repairs)?))).collect();
    if found.len() > 1 {
        let others = series(found[1..].iter().map(|(_, venue)| venue.name.as_str().to_owned()));
        repairs.push(format!(
            "Place: it is held in several places. The first is kept; left out: {others}."
        ));
    }
    if let Some((location, venue)) = found.into_iter().next() {
        spot.place.address_private = location.private;
        spot.access.clone_from(&location.access);
        spot.boroughs.push(venue.borough);
        spot.venue = Some(venue);
    }
    spot.place.delivery = delivery(service, !held.is_empty());
    for area in &service.areas {
        let whole = places.find(area).and_then(|place| match place.kind {
            PlaceKind::Borough(gss) => Some(gss),
            _ => None,
        });
        match whole {
            Some(gss) if spot.place.outreach.contains(&gss) => {}
            Some(gss) => spot.place.outreach.push(gss),
            None => repairs.push(format!(
                "Area: “{}” is no borough of ours and is left out.",
                area.chars().take(80).collect::<String>()
            )),
        }
    }
    let in_person_only =
        spot.place.delivery.len() == 1 && spot.place.delivery.contains(Delivery::InPerson);
    for gss in &spot.place.outreach {
        if !spot.boroughs.contains(gss) {
            spot.boroughs.push(*gss);
        }
    }
    if in_person_only && spot.venue.is_some() && !spot.place.outreach.is_empty() {
        // Whom it serves there is no place it comes to.
        spot.place.outreach.clear();
        repairs
            .push("Area: it is held at one place, so the areas it serves are not kept.".to_owned());
    }
    spot.boroughs.truncate(if spot.venue.is_some() { 1 } else { 33 });
    spot
}

fn delivery(service: &Service, has_place: bool) -> Codes<Delivery> {
    let mut ways = Codes::NONE;
    let words = service.attending.join(" ").to_lowercase();
    let any = |some: &[&str]| some.iter().any(|one| words.contains(one));
    let is_virtual = service.locations.iter().any(|one| one.kind == "virtual");
    for (way, said) in [
        (Delivery::InPerson, has_place || any(&["venue", "in person", "in-person"])),
        (Delivery::Online, is_virtual || any(&["online", "video", "virtual", "remote"])),
        (Delivery::Telephone, any(&["phone"])),
        (Delivery::AtHome, any(&["home visit", "at home"])),
    ] {
        if said {
            ways.insert(way);
        }
    }
    ways
}

fn venue(
    location: &Location,
    source: &Line<80>,
    places: &Places,
    repairs: &mut Vec<String>,
) -> Option<NewVenue> {
    let name = [&location.name].into_iter().chain(location.address.first());
    let name = name.filter(|words| !words.is_empty()).find_map(|words| plain::line(words))?.0;
    let postcode = Postcode::parse(&location.postcode);
    let by_postcode = postcode.as_ref().and_then(|postcode| places.find(postcode.as_str()));
    let Some(found) = by_postcode.as_ref().filter(|place| place.borough.is_some()) else {
        repairs.push(match &postcode {
            None if location.postcode.is_empty() => {
                format!("Place: “{name}” has no postcode and is left out.")
            }
            None => format!(
                "Place: “{name}” is left out: “{}” is no postcode.",
                location.postcode.chars().take(20).collect::<String>()
            ),
            Some(postcode) => {
                format!("Place: “{name}” is left out: {postcode} is outside our boroughs.")
            }
        });
        return None;
    };
    let given = location.lat.zip(location.lon).map(|(lat, lon)| Point { lat, lon });
    let near = given.filter(|point| {
        point.lat.abs() <= 90.0 && point.lon.abs() <= 180.0 && point.metres_to(found.point) <= FAR
    });
    if given.is_some() && near.is_none() {
        repairs.push(format!(
            "Place: the position of “{name}” is far from its postcode, whose middle is taken."
        ));
    }
    let address = location.address.join(", ");
    let address = plain::line(if address.is_empty() { name.as_str() } else { &address })?.0;
    let foreign_id = Line::parse(&location.id).ok();
    Some(NewVenue {
        kind: VenueKind::Other,
        name,
        address,
        point: near.unwrap_or(found.point),
        borough: found.borough?,
        postcode,
        website: None,
        origin: foreign_id.map(|foreign_id| Origin { source: source.clone(), foreign_id }),
    })
}

/// Features that are said to be there. A sentence that holds a no is left to people.
pub fn access(said: &[String], mut meant: impl FnMut(&str) -> Vec<Access>) -> Codes<Access> {
    let mut yes = Codes::NONE;
    for sentence in said.iter().flat_map(|words| words.split(['.', ';', '\n'])) {
        let low = format!(" {} ", sentence.to_lowercase());
        let doubtful = [" no ", " not ", "n't ", " without ", " except ", "partial"];
        if doubtful.iter().any(|word| low.contains(word)) {
            continue;
        }
        for feature in meant(sentence) {
            yes.insert(feature);
        }
    }
    yes
}
