//! Invented offers in any number: the same number and seed always make the same ones.
mod chance;
mod offer;
mod programme;
mod prose;
mod subjects;
mod words;

use jiff::{Timestamp, ToSpan, civil::Date};
use uuid::{Builder, Uuid};

use self::chance::Chance;
use crate::{
    offers::{Listed, Offer, Published},
    places::{Gss, Outcode, Point, Postcode},
    providers::{Profile, Provider},
    text::{Line, Slug},
    venues::Venue,
};

/// A part of town where venues may be.
#[derive(Clone, Debug)]
pub struct Spot {
    pub name: String,
    pub outcode: Outcode,
    pub point: Point,
    pub borough: Gss,
}

/// A directory of invented providers and venues, and as many offers as are asked for.
#[derive(Clone, Debug)]
pub struct Invented {
    pub providers: Vec<Provider>,
    pub venues: Vec<Venue>,
    chance: Chance,
    today: Date,
    now: Timestamp,
    made: u64,
    left: u32,
}

/// On average this many offers share a provider, and a venue.
const OFFERS_OF_A_PROVIDER: u32 = 12;
const OFFERS_AT_A_VENUE: u32 = 15;

impl Invented {
    /// `spots` is never empty; `now` gives the day from which dates are counted.
    pub fn new(spots: &[Spot], offers: u32, seed: u64, now: Timestamp) -> Self {
        let mut chance = Chance::new(seed);
        let providers = (0..offers / OFFERS_OF_A_PROVIDER + 20)
            .map(|number| provider(&mut chance, spots, number))
            .collect();
        let venues = (0..offers / OFFERS_AT_A_VENUE + 30)
            .map(|number| venue(&mut chance, spots, number))
            .collect();
        let today = crate::calendar::civil_now(now).date();
        Self { providers, venues, chance, today, now, made: 0, left: offers }
    }
}

impl Iterator for Invented {
    type Item = Listed;

    fn next(&mut self) -> Option<Listed> {
        self.left = self.left.checked_sub(1)?;
        self.made += 1;
        let chance = &mut self.chance;
        let provider = &self.providers[chance.below(self.providers.len())];
        let venue = &self.venues[chance.below(self.venues.len())];
        let content = offer::content(chance, self.today, provider.id, venue);
        let slug = Slug::from_name(content.title.as_str());
        let slug = slug.unwrap_or_else(|| provider.slug.clone());
        let published = days_before(self.now, chance.below(1_500));
        let offer = Offer {
            id: key(chance, self.made),
            slug: slug.numbered(u32::try_from(self.made).unwrap_or(u32::MAX)),
            revision: 1,
            confirmed: offer::confirmation(chance, self.now),
            confirm_every: chance.pick(&[1, 3, 3, 3, 6, 12]),
            first_published: Some(published),
            since: published,
            state: Published,
            content,
        };
        let venue = offer.content.place.venue.map(|_| venue.clone());
        let postcode = venue.as_ref().and_then(|venue| venue.postcode.as_ref());
        let area = postcode.map(Postcode::outcode);
        Some(Listed {
            offer,
            provider_slug: provider.slug.clone(),
            provider_name: provider.profile.name.clone(),
            venue,
            area,
        })
    }
}

fn provider(chance: &mut Chance, spots: &[Spot], number: u32) -> Provider {
    let name = format!("{} {}", prose::name(chance), prose::group(chance));
    let home = &spots[chance.below(spots.len())];
    let summary =
        format!("{} and {} in {}.", prose::maker(chance), prose::maker(chance), home.name);
    Provider {
        id: key(chance, u64::from(number)),
        slug: named(&name, number),
        profile: Profile {
            name: line(&name),
            summary: Some(line(&summary)),
            about: None,
            website: None,
            borough: Some(home.borough),
        },
    }
}

fn venue(chance: &mut Chance, spots: &[Spot], number: u32) -> Venue {
    let spot = &spots[chance.below(spots.len())];
    let name = format!("{} {}", prose::name(chance), prose::room(chance));
    let scatter = |chance: &mut Chance| (chance.below(1_001) as f64 - 500.0) / 50_000.0;
    let letters = ["AA", "BD", "EH", "HJ", "LN", "PQ", "RS", "TU", "WX", "YZ"];
    let postcode = format!("{} {}{}", spot.outcode, chance.below(10), chance.pick(&letters));
    let house = chance.below(180) + 1;
    let street = prose::street(chance);
    Venue {
        id: key(chance, u64::from(number)),
        slug: named(&name, number),
        name: line(&name),
        address: line(&format!("{house} {street}, {}", spot.name)),
        postcode: Postcode::parse(&postcode),
        point: Point {
            lat: spot.point.lat + scatter(chance),
            lon: spot.point.lon + scatter(chance),
        },
        borough: spot.borough,
    }
}

fn named(name: &str, number: u32) -> Slug {
    let slug = Slug::from_name(name).or_else(|| Slug::from_name("invented"));
    slug.expect("a word of letters makes a slug").numbered(number + 1)
}

/// Keys that sort by number, as those of real offers sort by time.
fn key(chance: &mut Chance, number: u64) -> Uuid {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&chance.next().to_le_bytes());
    Builder::from_unix_timestamp_millis(1_700_000_000_000 + number, &random).into_uuid()
}

fn days_before(now: Timestamp, days: usize) -> Timestamp {
    let hours = i64::try_from(days).unwrap_or(0) * 24;
    now.checked_sub(hours.hours()).unwrap_or(now)
}

/// Cut to length, at a character.
fn line<const MAX: usize>(words: &str) -> Line<MAX> {
    let cut: String = words.chars().take(MAX).collect();
    Line::parse(&cut).expect("invented lines are never empty, and cut to length")
}
