//! From what stands in a file to what each row wants to be kept, with our own keys for what it names.
use std::collections::HashMap;

use anyhow::Result;
use jiff::civil::Date;
use sqlx::PgConnection;

use super::{
    Proposal, Proposed, Row, Subject, Terms,
    file::{Contents, Raw, each},
    store,
};
use crate::{
    offers::{
        AnyState,
        csv::{self, CONFIRM_EVERY},
        store::{Origin, References},
    },
    open_referral::{self, Known, Mapped, Service},
    places::{self, Places},
    providers::{self, Provider, ProviderId},
    text::{Line, WebAddress},
    topics::Lexicon,
    venues::{self, NewVenue, Venue, VenueId, VenueKind},
};

/// What the words of a file are held against.
#[derive(Clone, Copy)]
pub struct World<'a> {
    pub lexicon: &'a Lexicon,
    pub places: &'a Places,
    pub today: Date,
}

/// Rows in the order in which they must be kept: who and where before what. What cannot be kept is refused
/// already; all others have a proposal and no fate yet.
pub async fn resolve(
    db: &mut PgConnection,
    contents: &Contents,
    terms: &Terms,
    world: World<'_>,
) -> Result<Vec<Row>> {
    let mut rows = own(db, contents).await?;
    let mut made = Made::default();
    for service in &contents.services {
        rows.push(foreign(db, service, terms, world, &mut made).await?);
    }
    for (at, reason) in &contents.lost {
        rows.push(Row::refused(at, Subject::Offer, "", vec![reason.clone()]));
    }
    for (number, row) in (1..).zip(&mut rows) {
        row.number = number;
    }
    Ok(rows)
}

/// Rows in our own columns.
async fn own(db: &mut PgConnection, contents: &Contents) -> Result<Vec<Row>> {
    let boroughs = places::store::borough_slugs(&mut *db).await?;
    let mut known = References::all(db).await?;
    let mut rows = Vec::new();
    let (mut owners, mut halls) = (HashMap::new(), HashMap::new());
    let gss = |name: &str| {
        let found =
            boroughs.iter().find(|(gss, slug)| gss.as_str() == name || slug.as_str() == name);
        found
            .map(|(gss, _)| *gss)
            .ok_or_else(|| format!("borough: “{name}” is not a borough, such as tower-hamlets."))
    };
    let read =
        each(&providers::csv::COLUMNS, &contents.providers, |row| providers::csv::read(row, gss))?;
    for (raw, read) in contents.providers.iter().zip(read) {
        let made = read.map(|(slug, profile)| {
            let id = known.provider(slug.as_str()).unwrap_or_else(|_| ProviderId::now_v7());
            known.add_provider(id, slug.clone());
            owners.insert(id, profile.clone());
            Proposal::Provider(Provider { id, slug, profile })
        });
        rows.push(proposed(raw, Subject::Provider, made));
    }
    let read =
        each(&venues::csv::COLUMNS, &contents.venues, |row| venues::csv::read(row, &boroughs))?;
    for (raw, read) in contents.venues.iter().zip(read) {
        let made = read.map(|(mut venue, kind, website)| {
            if let Ok((id, _)) = known.venue(venue.slug.as_str()) {
                venue.id = id;
            }
            known.add_venue(venue.id, venue.slug.clone(), venue.borough);
            halls.insert(venue.id, as_new(&venue, kind, website.clone()));
            Proposal::Venue { venue, kind, website }
        });
        rows.push(proposed(raw, Subject::Venue, made));
    }
    let read = each(&csv::COLUMNS, &contents.offers, |row| csv::read(row, &known))?;
    for (raw, read) in contents.offers.iter().zip(read) {
        let made = read.map(|row| {
            Proposal::Offer(Box::new(Proposed {
                foreign: false,
                lacks: Vec::new(),
                provider: owners
                    .get_key_value(&row.content.provider)
                    .map(|(id, one)| (*id, one.clone())),
                organization: None,
                venue: row.content.place.venue.and_then(|id| Some((id, halls.get(&id)?.clone()))),
                row,
            }))
        });
        rows.push(proposed(raw, Subject::Offer, made));
    }
    Ok(rows)
}

fn as_new(venue: &Venue, kind: VenueKind, website: Option<WebAddress>) -> NewVenue {
    NewVenue {
        kind,
        name: venue.name.clone(),
        address: venue.address.clone(),
        postcode: venue.postcode.clone(),
        point: venue.point,
        borough: venue.borough,
        website,
        origin: None,
    }
}

fn proposed(raw: &Raw, subject: Subject, made: Result<Proposal, String>) -> Row {
    // Title or name, as the columns of each have it.
    let column = match subject {
        Subject::Offer => csv::COLUMNS.iter().position(|name| *name == "title"),
        Subject::Provider | Subject::Venue => Some(1),
    };
    let title = column.and_then(|at| raw.cells.get(at)).map_or("", String::as_str);
    match made {
        Err(reason) => Row::refused(&raw.at, subject, title, vec![reason]),
        Ok(proposal) => {
            Row { proposal: Some(proposal), ..Row::refused(&raw.at, subject, title, Vec::new()) }
        }
    }
}

/// Who and where earlier rows will make.
#[derive(Default)]
struct Made {
    providers: HashMap<String, ProviderId>,
    venues: HashMap<String, VenueId>,
}

/// A row of another directory's.
async fn foreign(
    db: &mut PgConnection,
    service: &Service,
    terms: &Terms,
    world: World<'_>,
    made: &mut Made,
) -> Result<Row> {
    let known = Known {
        lexicon: world.lexicon,
        places: world.places,
        source: &terms.source,
        borough: terms.borough,
        today: world.today,
    };
    let refused = |reasons| Ok(Row::refused(&service.at, Subject::Offer, &service.name, reasons));
    let Mapped { mut content, provider, venue, lacks, mut repairs } =
        match open_referral::map(service, &known) {
            Ok(mapped) => mapped,
            Err(reasons) => return refused(reasons),
        };
    let Ok(id) = Line::parse(&service.id) else {
        return refused(vec!["Its id is longer than 200 characters.".to_owned()]);
    };
    let organization = Line::parse(&service.organization.id).ok();
    let found =
        store::provider_of(&mut *db, &terms.source, organization.as_ref(), &provider.name).await?;
    let provider = match found {
        Some(known) => {
            content.provider = known;
            None
        }
        None => {
            let key = organization
                .as_ref()
                .map_or_else(|| provider.name.to_string(), |id| id.to_string());
            let id = *made.providers.entry(key).or_insert_with(ProviderId::now_v7);
            content.provider = id;
            repairs.push(format!("Provider: “{}” is not known yet and is made.", provider.name));
            Some((id, provider))
        }
    };
    let venue = match venue {
        None => None,
        Some(venue) => match store::venue_of(&mut *db, &venue).await? {
            Some(known) => {
                content.place.venue = Some(known);
                None
            }
            None => {
                let key = format!("{:?} {:?} {}", venue.origin, venue.postcode, venue.name);
                let id = *made.venues.entry(key).or_insert_with(VenueId::now_v7);
                content.place.venue = Some(id);
                repairs.push(format!("Venue: “{}” is not known yet and is made.", venue.name));
                Some((id, venue))
            }
        },
    };
    let row = csv::Row {
        slug: None,
        origin: Some(Origin { source: terms.source.clone(), id }),
        state: AnyState::Published,
        content,
        confirmed: None,
        confirm_every: CONFIRM_EVERY,
        first_published: None,
    };
    let proposed = Proposed { row, foreign: true, lacks, provider, organization, venue };
    Ok(Row {
        repairs,
        proposal: Some(Proposal::Offer(Box::new(proposed))),
        ..Row::refused(&service.at, Subject::Offer, &service.name, Vec::new())
    })
}
