//! What a search asks about an offer, as small as it gets: one record an offer.
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::step::step;
use crate::{
    offers::{Ages, Listed, WhoMayCome},
    places::{Gss, Point},
    topics::{Access, Activity, Audience, Codes, Cost, Delivery, Joining, Language, Need, Places},
};

#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub needs: Codes<Need>,
    pub main: Activity,
    /// With the artforms above them.
    pub activities: Codes<Activity>,
    /// Named in any way: for, especially welcome, only.
    pub named: Codes<Audience>,
    pub welcome: Codes<Audience>,
    pub only: Codes<Audience>,
    pub ages: Ages,
    pub yes: Codes<Access>,
    pub no: Codes<Access>,
    pub delivery: Codes<Delivery>,
    pub cost: Cost,
    /// Least price of one session in pence; [`Facts::NO_PRICE`] where it does not say.
    pub price: u32,
    pub joining: Codes<Joining>,
    pub places: Option<Places>,
    /// By [`Language::index`].
    pub languages: u64,
    /// When somebody last said that it is right, as days since 1970.
    pub confirmed: Option<i32>,
    /// After this day it is "not confirmed since", as days since 1970.
    pub confirm_by: Option<i32>,
    /// How much of a person it asks.
    pub step: u8,
}

/// Where somebody must live, or be, for an offer to be in reach without a journey to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Serves {
    /// Is held in, or comes to, these.
    Boroughs(BTreeSet<Gss>),
    /// Needs no place and names none.
    Everywhere,
}

impl Serves {
    /// Those it names.
    pub fn boroughs(&self) -> impl Iterator<Item = &Gss> {
        let named = match self {
            Self::Boroughs(boroughs) => Some(boroughs),
            Self::Everywhere => None,
        };
        named.into_iter().flatten()
    }
}

impl Facts {
    pub const NO_PRICE: u32 = u32::MAX;

    pub fn of(listed: &Listed) -> Self {
        let content = &listed.offer.content;
        let audiences = content.audiences;
        Self {
            needs: content.needs,
            main: main_activity(listed),
            activities: content.activities.iter().flat_map(|one| [*one, one.artform()]).collect(),
            named: audiences.meant_for.union(audiences.welcome).union(audiences.only),
            welcome: audiences.welcome,
            only: audiences.only,
            ages: content.ages,
            yes: content.access.yes,
            no: content.access.no,
            delivery: content.place.delivery,
            cost: content.cost.code,
            price: least_price(listed).unwrap_or(Self::NO_PRICE),
            joining: content.routes(),
            places: content.places.map(|said| said.code),
            languages: content.languages.iter().fold(0, |bits, one| bits | bit(*one)),
            confirmed: listed.offer.confirmed_on().map(days),
            confirm_by: listed.offer.confirm_by().map(days),
            step: step(listed),
        }
    }

    /// The most that [`Facts::keeping`] gives.
    pub const BEST_KEPT: u8 = 10;

    /// Freshness first, then places left: 0 to 10 on a day given as days since 1970.
    pub fn keeping(&self, day: i32) -> u8 {
        let fresh = match self.confirm_by {
            Some(by) if by >= day => 2,
            None => 1,
            Some(_) => 0,
        };
        let places = match self.places {
            None | Some(Places::Open | Places::Few) => 2,
            Some(Places::WaitingList) => 1,
            Some(Places::Full) => 0,
        };
        fresh * 4 + places
    }

    /// As bits by [`Language::index`]: what it names, and English, which nobody can say is not spoken.
    /// So English leaves nothing out, whether an offer names other languages or none; only what names it
    /// has it as a reason, and of the rest it is not stated.
    pub fn spoken(&self) -> u64 {
        self.languages | bit(Language::ENGLISH)
    }
    pub fn speaks(&self, asked: u64) -> bool {
        self.spoken() & asked != 0
    }
    /// Whether it names any language besides English.
    pub fn names_others(&self) -> bool {
        self.languages & !bit(Language::ENGLISH) != 0
    }
    pub fn names(&self, language: Language) -> bool {
        self.languages & bit(language) != 0
    }

    pub fn least_price(&self) -> Option<u32> {
        (self.price != Self::NO_PRICE).then_some(self.price)
    }

    /// Youngest and oldest; everybody where it is not stated.
    pub fn age_limits(&self) -> (u8, u8) {
        match self.ages {
            Ages::NotStated => (0, u8::MAX),
            Ages::Stated { from, to } => (from.unwrap_or(0), to.unwrap_or(u8::MAX)),
        }
    }
}

/// The first it names.
pub(super) fn main_activity(listed: &Listed) -> Activity {
    listed.offer.content.activities.first().copied().unwrap_or(Activity::Making)
}

pub(super) fn least_price(listed: &Listed) -> Option<u32> {
    let content = &listed.offer.content;
    let sessions = content.when.programme.schedules.iter().find_map(|one| match one.rule {
        crate::calendar::Rule::Course { sessions } => Some(u32::from(sessions)),
        _ => None,
    });
    content.cost.least_per_session(sessions)
}

/// What has a venue is in its boroughs and comes to those it names. What needs none serves those it comes
/// to; else those whose residents may come; else all, and where people only meet, where it is looked
/// after.
pub(super) fn serves(listed: &Listed) -> Serves {
    let content = &listed.offer.content;
    let outreach = content.place.outreach.iter().copied();
    let own = content.boroughs.iter().copied();
    let home = listed.venue.iter().flat_map(|venue| own.clone().chain([venue.borough]));
    let from_afar = from_afar(listed);
    if (listed.venue.is_some() && !from_afar) || !content.place.outreach.is_empty() {
        return Serves::Boroughs(outreach.chain(home).collect());
    }
    match &content.who_may_come {
        WhoMayCome::ResidentsOf(theirs) => {
            Serves::Boroughs(theirs.iter().copied().chain(home).collect())
        }
        _ if content.place.delivery.contains(Delivery::InPerson) && !from_afar => {
            Serves::Boroughs(own.collect())
        }
        _ => Serves::Everywhere,
    }
}

/// Whether it can be had without going to its venue: it has none, or it comes to people as well.
pub(super) fn without_a_journey(listed: &Listed) -> bool {
    let delivery = listed.offer.content.place.delivery;
    listed.venue.is_none() || from_afar(listed) || delivery.contains(Delivery::AtHome)
}

fn from_afar(listed: &Listed) -> bool {
    let delivery = listed.offer.content.place.delivery;
    delivery.contains(Delivery::Online) || delivery.contains(Delivery::Telephone)
}

/// Where it is held; of a private address only the middle of its area is known here.
pub(super) fn point(listed: &Listed) -> Option<Point> {
    Some(listed.venue.as_ref()?.point)
}

pub(super) fn bit(language: Language) -> u64 {
    1 << language.index()
}

/// Days since 1 January 1970.
pub(super) fn days(date: Date) -> i32 {
    (date.duration_since(jiff::civil::date(1970, 1, 1)).as_hours() / 24) as i32
}
