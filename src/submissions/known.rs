//! What reading the answers needs from the database, looked up once.
use sqlx::PgConnection;

use super::{Submission, album, reading::postcode};
use crate::{
    pictures::{self, Picture, PictureId},
    places::{self, Gss, Network, Point, Postcode, postcodes, practices},
    text::Slug,
    venues::{self, Standing},
};

#[derive(Clone, Debug, Default)]
pub struct Known {
    pub boroughs: Vec<(Gss, Slug)>,
    /// Looked up only where patients of some are meant.
    pub networks: Vec<Network>,
    /// Where the postcode is that was typed for the venue, if one was.
    pub spot: Option<Spot>,
    /// The venue of the submission, if it is there already, and those with that postcode.
    pub venues: Vec<Standing>,
    /// Those that the answers name and that there are.
    pub pictures: Vec<Picture>,
}

/// Where a postcode is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spot {
    In {
        point: Point,
        borough: Gss,
    },
    /// In none of our boroughs.
    Outside,
    /// Nobody has such a postcode.
    Unknown,
}

impl Known {
    /// By slug or GSS code.
    pub fn borough(&self, named: &str) -> Option<Gss> {
        let is = |(gss, slug): &&(Gss, Slug)| slug.as_str() == named || gss.as_str() == named;
        self.boroughs.iter().find(is).map(|(gss, _)| *gss)
    }

    /// A network's code from its code or name, whatever the case. A code that we do not know is taken as it is,
    /// since networks come and go faster than their list is published.
    pub fn network(&self, named: &str) -> Option<String> {
        let plain = |name: &str| {
            let name = name.to_lowercase().replace('&', " and ");
            let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            let words = words.filter(|word| !["pcn", "primary", "care", "network"].contains(word));
            words.collect::<Vec<_>>().join(" ")
        };
        let code = named.trim().to_uppercase();
        if code.len() == 6
            && code.starts_with('U')
            && code.bytes().skip(1).all(|b| b.is_ascii_digit())
        {
            return Some(code);
        }
        let wanted = plain(named);
        let is = |one: &&Network| !wanted.is_empty() && plain(&one.name) == wanted;
        self.networks.iter().find(is).map(|one| one.code.clone())
    }
}

/// Fails as the database does.
pub async fn known(db: &mut PgConnection, submission: &Submission) -> sqlx::Result<Known> {
    let answers = &submission.answers;
    let typed = postcode(answers.one("venue_postcode"));
    let offer = submission.about.offer();
    let venues = venues::store::standing(&mut *db, submission.venue, typed.as_ref(), offer).await?;
    let boroughs = places::store::borough_slugs(&mut *db).await?;
    let spot = match &typed {
        Some(postcode) => Some(spot(db, postcode, &boroughs, &venues).await?),
        None => None,
    };
    let named: Vec<PictureId> = album::held(answers).iter().map(|one| one.id).collect();
    let pictures = match named.is_empty() {
        true => Vec::new(),
        false => pictures::store::of(&mut *db, &named).await?,
    };
    let networks = match answers.one("who_may_come") {
        "patients" => practices::store::networks(db).await?,
        _ => Vec::new(),
    };
    Ok(Known { boroughs, networks, spot, venues, pictures })
}

/// Where no postcode of that outward code was ever imported, as in a directory that was just set up, it is
/// where a venue of ours with that postcode stands, or else in the middle of the outward code and in the
/// borough that has most of it.
async fn spot(
    db: &mut PgConnection,
    postcode: &Postcode,
    boroughs: &[(Gss, Slug)],
    venues: &[Standing],
) -> sqlx::Result<Spot> {
    let ours = |gss: &Gss| boroughs.iter().any(|(one, _)| one == gss);
    if let Some(located) = postcodes::store::located(&mut *db, postcode).await? {
        let point = located.point;
        let borough = located.district.filter(ours);
        return Ok(borough.map_or(Spot::Outside, |borough| Spot::In { point, borough }));
    }
    let neighbour = venues.iter().find(|one| one.venue.postcode.as_ref() == Some(postcode));
    if let Some(Standing { venue, .. }) = neighbour {
        return Ok(Spot::In { point: venue.point, borough: venue.borough });
    }
    let outcode = postcode.outcode();
    if postcodes::store::any_of(&mut *db, &outcode).await? {
        return Ok(Spot::Unknown);
    }
    let area = places::store::outcode(db, &outcode).await?;
    let within = area.and_then(|area| Some((area.centre, area.boroughs.first()?.0)));
    Ok(within.map_or(Spot::Outside, |(point, borough)| Spot::In { point, borough }))
}
