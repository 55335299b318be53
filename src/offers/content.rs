//! What an offer says, whatever its state. An `Option` that is `None` means *not stated*, never *no*.
use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::Programme,
    pictures::Picture,
    places::Gss,
    providers::ProviderId,
    text::{Email, Line, Phone, Text, WebAddress},
    topics::{self, Access, Activity, Audience, Codes, Delivery, Joining, Language, Need, Places},
    venues::VenueId,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Content {
    pub title: Line<100>,
    pub summary: Line<280>,
    pub provider: ProviderId,
    /// Never empty; the first is the main one.
    pub activities: Vec<Activity>,
    /// Never empty.
    pub needs: Codes<Need>,
    pub kind: Kind,
    pub how: How,
    pub audiences: AudienceFit,
    pub ages: Ages,
    pub not_suitable_for: Option<Text<500>>,
    pub who_may_come: WhoMayCome,
    pub when: When,
    pub place: Where,
    pub access: AccessAnswers,
    /// Languages it is held in besides, or instead of, English.
    pub languages: Vec<Language>,
    pub interpreter: Option<bool>,
    pub cost: Cost,
    pub residents: WayIn,
    pub professionals: WayIn,
    pub places: Option<PlacesSaid>,
    /// Usual time to a reply, in working days.
    pub reply_days: Option<u8>,
    /// Never empty.
    pub contacts: Vec<Contact>,
    pub quality: Quality,
    pub testimonial: Option<Testimonial>,
    /// At most five, the first one first. Revisions from before there were any have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// The boroughs whose coordinators look after it. Never empty.
    pub boroughs: Vec<Gss>,
}

/// Said plainly: a creative activity, or a therapy led by a registered therapist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Creative,
    /// With the therapist's register and number or name.
    Therapy {
        led_by: Line<200>,
    },
}

/// What happens there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct How {
    /// Markdown.
    pub description: Option<Text<10_000>>,
    pub first_visit: Option<Text<2000>>,
    /// To bring or wear.
    pub bring: Option<Text<500>>,
    /// What follows on.
    pub afterwards: Option<Text<1000>>,
    pub keywords: Vec<Line<40>>,
}

/// Whom it is for. No audience named means anyone; `only` shuts others out, the rest does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudienceFit {
    #[serde(rename = "for")]
    pub meant_for: Codes<Audience>,
    /// Especially welcome.
    pub welcome: Codes<Audience>,
    pub only: Codes<Audience>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ages {
    NotStated,
    /// In years, both included; `None` is no limit. Both `None`: all ages.
    Stated {
        from: Option<u8>,
        to: Option<u8>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoMayCome {
    Anyone,
    ResidentsOf(Vec<Gss>),
    /// Patients of these primary care networks, by ODS code such as U00070.
    PatientsOf(Vec<Line<10>>),
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct When {
    #[serde(flatten)]
    pub programme: Programme,
    /// In words, where no schedule says it: "Days and times are agreed with you".
    pub by_arrangement: Option<Line<200>>,
    pub notices: Vec<Notice>,
}

/// "No session on 25 December": shown until its last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub text: Line<200>,
    pub until: Date,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Where {
    /// Never empty.
    pub delivery: Codes<Delivery>,
    pub venue: Option<VenueId>,
    /// Only the area is shown, never the address.
    pub address_private: bool,
    pub travel: Option<Text<500>>,
    /// Boroughs it comes to or serves, for what is at home, by telephone or borough-wide.
    pub outreach: Vec<Gss>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AccessAnswers {
    pub yes: Codes<Access>,
    /// Never overlaps `yes`. In neither: not stated.
    pub no: Codes<Access>,
    /// A word about one feature: "Flat from the street to the table".
    pub notes: BTreeMap<Access, Line<200>>,
    pub more: Option<Text<1000>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    pub code: topics::Cost,
    /// Empty unless `code` is `paid` or there is a usual amount; never empty for `paid`.
    pub prices: Vec<Price>,
    /// "Clay and firing too."
    pub note: Option<Line<200>>,
    pub concessions: Option<Line<200>>,
    /// Help with travel or materials.
    pub help: Option<Line<200>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    pub label: Line<80>,
    pub pence: u32,
    pub per: Per,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    Session,
    Course,
    Month,
    Year,
}

/// How to join, for one kind of reader.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WayIn {
    pub routes: Codes<Joining>,
    pub how: Option<Text<500>>,
    pub link: Option<WebAddress>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacesSaid {
    pub code: Places,
    pub on: Date,
}

/// At least one of telephone, e-mail and web.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    pub name: Option<Line<100>>,
    pub role: Option<Line<100>>,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
    pub web: Option<WebAddress>,
    pub reader: Reader,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    Everyone,
    Professionals,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// The facilitator's.
    pub experience: Option<Text<500>>,
    pub lived_experience: Option<Text<300>>,
    pub training: Option<Text<300>>,
    pub safeguarding_policy: Option<bool>,
    pub dbs_checked: Option<bool>,
    pub insured: Option<bool>,
    /// Who is at hand during the session.
    pub support: Option<Text<300>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Testimonial {
    pub words: Text<300>,
    /// "A man from Peckham, 71".
    pub by: Line<100>,
}

/// A picture of it, with words for who cannot see it and the name of who made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    #[serde(flatten)]
    pub picture: Picture,
    pub alt: Line<250>,
    pub credit: Line<120>,
}

/// Somebody said: still true.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Confirmation {
    pub at: Timestamp,
    /// "the provider", "the Southwark coordinator".
    pub by: Line<100>,
    /// "by e-mail", "by telephone", "on a visit".
    pub how: Line<100>,
}

impl Content {
    /// The main activity.
    pub fn activity(&self) -> Activity {
        // Parsing and the database both refuse an empty list.
        self.activities.first().copied().unwrap_or(Activity::Making)
    }

    /// How to join, for residents and professionals alike.
    pub fn routes(&self) -> Codes<Joining> {
        self.residents.routes.union(self.professionals.routes)
    }
}

impl Cost {
    /// The least one pays for one session, in pence; `None` where it is not stated. A course's price is
    /// shared among its sessions only where their number is known.
    pub fn least_per_session(&self, sessions_in_course: Option<u32>) -> Option<u32> {
        match self.code {
            topics::Cost::Free | topics::Cost::Donation | topics::Cost::PayWhatYouCan => Some(0),
            topics::Cost::Paid => {
                self.prices.iter().filter_map(|price| price.per_session(sessions_in_course)).min()
            }
        }
    }
}

impl Price {
    fn per_session(&self, sessions_in_course: Option<u32>) -> Option<u32> {
        match self.per {
            Per::Session => Some(self.pence),
            Per::Course => sessions_in_course.filter(|n| *n > 0).map(|n| self.pence.div_ceil(n)),
            Per::Month | Per::Year => None,
        }
    }
}
