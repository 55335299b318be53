//! The places where offers happen.
use crate::{
    places::{Gss, Point, Postcode},
    text::{Line, Slug},
};

pub type VenueId = uuid::Uuid;

/// Where offers happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Venue {
    pub id: VenueId,
    pub slug: Slug,
    pub name: Line<120>,
    /// Street and town, without the postcode.
    pub address: Line<200>,
    pub postcode: Option<Postcode>,
    pub point: Point,
    pub borough: Gss,
}
