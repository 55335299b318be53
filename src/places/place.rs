//! A place somebody names.
use super::{Gss, Point};

#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// As we say it: "Peckham", "SE15", "E8 4RP", "Hackney".
    pub name: String,
    pub kind: PlaceKind,
    pub point: Point,
    /// The one it lies in: a ward or an area has its own, a postcode too, an outward code that of most of
    /// its postcodes. `None` outside of those we know.
    pub borough: Option<Gss>,
    /// False where the middle of the outward code stands in for a postcode we do not know.
    pub precise: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    Postcode,
    Outcode,
    Borough(Gss),
    Ward,
    Area,
}
