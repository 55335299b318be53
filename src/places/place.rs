//! A place somebody names.
use super::{Gss, Point};

#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// As we say it: "Peckham", "SE15", "E8 4RP", "Hackney".
    pub name: String,
    pub kind: PlaceKind,
    pub point: Point,
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
