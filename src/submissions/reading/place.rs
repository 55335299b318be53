//! Where it is, and who can take part.
use std::collections::BTreeMap;

use super::numbers::postcode;
use super::sheet::{Sheet, yes_or_no};
use crate::{
    offers::{AccessAnswers, Where},
    places::{Gss, Postcode},
    submissions::{
        About, Submission,
        known::{Known, Spot},
    },
    text::{Line, Slug},
    topics::{Access, Code, Delivery, Language, forgiven, mistakes},
    venues::{Standing, Venue, VenueId, VenueKind},
};

pub struct Place {
    pub place: Where,
    pub venue: Option<Placed>,
    pub access: AccessAnswers,
    pub languages: Vec<Language>,
    pub interpreter: Option<bool>,
    /// Chosen to look after it.
    chosen: Vec<Gss>,
    /// Where the venue is, even while more of it is missing.
    borough: Option<Gss>,
}

/// A venue, and whether it is to be kept.
pub struct Placed {
    pub venue: Venue,
    pub kind: VenueKind,
    pub is_new: bool,
}

const BOROUGHS: &str = "Select the boroughs from the list";

pub fn read(sheet: &mut Sheet, known: &Known, submission: &Submission) -> Place {
    if !sheet.stated("delivery") {
        sheet.lacks("delivery");
    }
    let delivery = sheet.codes("delivery", "Select how people take part from the list");
    let outreach = sheet.chosen("outreach", |named| known.borough(named), BOROUGHS);
    let in_person = delivery.contains(Delivery::InPerson);
    let (venue, borough) = if in_person {
        venue(sheet, known, submission, !outreach.is_empty())
    } else {
        (None, None)
    };
    let wants_privacy = sheet.yes_no("address_private") == Some(true);
    Place {
        place: Where {
            delivery,
            venue: venue.as_ref().map(|placed| placed.venue.id),
            address_private: wants_privacy && venue.is_some(),
            travel: sheet.text("travel"),
            outreach,
        },
        venue,
        access: access(sheet),
        languages: sheet.chosen("languages", Language::parse, "Select the languages from the list"),
        interpreter: sheet.yes_no("interpreter"),
        chosen: sheet.chosen("boroughs", |named| known.borough(named), BOROUGHS),
        borough,
    }
}

impl Place {
    /// The boroughs that were chosen, else that of the venue, else that of who runs it. With a venue, they are
    /// only there to choose where somebody has chosen before, see [`crate::submissions::questions::applies`].
    /// None while it is not said where it is held: that comes first.
    pub fn looked_after_by(&self, sheet: &mut Sheet, provider: Option<Gss>) -> Vec<Gss> {
        if !self.chosen.is_empty() {
            return self.chosen.clone();
        }
        let borough = self.borough.or(provider);
        let asked = ["delivery", "venue_name", "venue_address", "venue_postcode", "boroughs"];
        if borough.is_none() && !asked.iter().any(|name| sheet.complains_of(name)) {
            sheet.lacks("boroughs");
        }
        borough.into_iter().collect()
    }
}

/// The venue, and the borough as far as it is known. None is needed by what goes to people's boroughs.
fn venue(
    sheet: &mut Sheet,
    known: &Known,
    submission: &Submission,
    outreach: bool,
) -> (Option<Placed>, Option<Gss>) {
    let named = sheet.stated("venue_name") || sheet.stated("venue_address");
    if !named && outreach {
        return (None, None);
    }
    let (name, address) = (sheet.line("venue_name"), sheet.line("venue_address"));
    let kind = sheet.choice("venue_kind", VenueKind::parse, "Select what kind of place it is");
    let typed = postcode(sheet.one("venue_postcode"));
    if let Some(standing) =
        standing(known, submission, (name.as_ref(), address.as_ref()), typed.as_ref())
    {
        let (venue, kind) = (standing.venue.clone(), standing.kind);
        let borough = venue.borough;
        return (Some(Placed { venue, kind, is_new: false }), Some(borough));
    }
    if !named && !sheet.stated("venue_postcode") {
        sheet.lacks("venue_name");
        return (None, None);
    }
    for field in ["venue_name", "venue_address", "venue_postcode"] {
        if !sheet.stated(field) {
            sheet.lacks(field);
        }
    }
    let Some(Spot::In { point, borough }) = spot(sheet, known, typed.as_ref()) else {
        return (None, None);
    };
    let (Some(name), Some(address), Some(postcode)) = (name, address, typed) else {
        return (None, Some(borough));
    };
    let venue = Venue {
        id: own_id(known, submission),
        slug: slug(&name, &postcode),
        name,
        address,
        postcode: Some(postcode),
        point,
        borough,
    };
    let kind = kind.unwrap_or(VenueKind::Other);
    (Some(Placed { venue, kind, is_new: true }), Some(borough))
}

/// One that stands already, by its postcode, a name that is much the same and the same address; nobody's
/// private one. The submission's own must be just the same, since its words stood in the form: who changed them meant it. And one that only this
/// submission speaks of may still be put right.
fn standing<'a>(
    known: &'a Known,
    submission: &Submission,
    (name, address): (Option<&Line<120>>, Option<&Line<200>>),
    typed: Option<&Postcode>,
) -> Option<&'a Standing> {
    let name = name?.as_str();
    let is = |one: &&Standing| {
        let venue = &one.venue;
        let here = venue.postcode.as_ref() == typed;
        if venue.id != submission.venue {
            let there = address.is_none_or(|typed| same_address(&venue.address, typed));
            let theirs = typed.is_some() && !one.private && there;
            return here && theirs && alike(venue.name.as_str(), name);
        }
        let rewritten = !one.seen && matches!(submission.about, About::New(_));
        !rewritten && here && venue.name.as_str() == name && Some(&venue.address) == address
    };
    let mut found: Vec<&Standing> = known.venues.iter().filter(is).collect();
    // The submission's own before its neighbours, and the same name before one much like it.
    found.sort_by_key(|one| (one.venue.id != submission.venue, one.venue.name.as_str() != name));
    found.first().copied()
}

/// A new venue has the id that was set apart for it. Where that one stands and is seen, as when what is
/// published moves, it takes the submission's own: there is one at most for each.
fn own_id(known: &Known, submission: &Submission) -> VenueId {
    let own = known.venues.iter().find(|one| one.venue.id == submission.venue);
    let taken = match submission.about {
        About::New(_) => own.is_some_and(|one| one.seen),
        About::Change { .. } | About::Profile => own.is_some(),
    };
    if taken { submission.id } else { submission.venue }
}

fn spot(sheet: &mut Sheet, known: &Known, typed: Option<&Postcode>) -> Option<Spot> {
    let Some(typed) = typed else {
        if sheet.stated("venue_postcode") {
            sheet.wrong("venue_postcode", "Enter a whole postcode, like SE15 4QL");
        }
        return None;
    };
    match known.spot {
        Some(Spot::Unknown) => {
            let message = format!(
                "We do not know {typed}. Check it, or write a postcode from the same street"
            );
            sheet.wrong("venue_postcode", message);
        }
        Some(Spot::Outside) => {
            let message = format!(
                "{typed} is in none of our boroughs. Check it, or ask the borough next to you"
            );
            sheet.wrong("venue_postcode", message);
        }
        Some(Spot::In { .. }) => {}
        // Looked up for every postcode that can be read.
        None => sheet.wrong("venue_postcode", "Enter a whole postcode, like SE15 4QL"),
    }
    known.spot
}

/// "9 Tanner's Row" and "9 Tanners Row, Peckham" are, "9 Tanner's Row" and "8 Tanner's Row" are not.
fn same_address(one: &Line<200>, other: &Line<200>) -> bool {
    // The second half of a postcode, such as 4QL, is no house number.
    let inward = |word: &str| {
        word.len() == 3 && word.chars().skip(1).all(|letter| letter.is_ascii_alphabetic())
    };
    let numbers = |address: &str| -> Vec<String> {
        let words = address.split(|c: char| !c.is_alphanumeric());
        let numbers = words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        numbers.filter(|word| !inward(word)).map(str::to_lowercase).collect()
    };
    numbers(one.as_str()) == numbers(other.as_str()) && alike(one.as_str(), other.as_str())
}

/// "The Lantern Yard" and "lantern yard studios" are, "Lantern Yard" and "Foundry Row" are not.
fn alike(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let name = name.to_lowercase().replace(['\'', '’'], "");
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<String> = words.map(str::to_owned).collect();
        let bare: Vec<String> = words.iter().filter(|word| *word != "the").cloned().collect();
        if bare.is_empty() { words } else { bare }
    };
    let (one, other) = (words(one), words(other));
    let within = |few: &[String], many: &[String]| {
        !few.is_empty() && few.iter().all(|word| many.contains(word))
    };
    let whole = one.concat();
    one == other
        || within(&one, &other)
        || within(&other, &one)
        || mistakes(&whole, &other.concat(), forgiven(whole.chars().count())).is_some()
}

/// The same name at the same postcode is the same venue, so that no two share it.
fn slug(name: &Line<120>, postcode: &Postcode) -> Slug {
    Slug::from_name(&format!("{name} {postcode}"))
        .or_else(|| Slug::from_name(postcode.as_str()))
        .unwrap_or_else(|| unreachable!("a postcode is plain letters and digits"))
}

fn access(sheet: &mut Sheet) -> AccessAnswers {
    let mut access = AccessAnswers::default();
    let mut notes = BTreeMap::new();
    for feature in Access::ALL.iter().copied() {
        let field = format!("access-{}", feature.code());
        match sheet.choice(&field, yes_or_no, "Choose yes or no, or leave both") {
            Some(true) => access.yes.insert(feature),
            Some(false) => access.no.insert(feature),
            None => {}
        }
        if let Some(note) = sheet.line(&format!("{field}-note")) {
            notes.insert(feature, note);
        }
    }
    access.notes = notes;
    access.more = sheet.text("access_more");
    access
}
