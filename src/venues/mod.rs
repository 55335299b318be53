//! The places where offers happen.
pub mod csv;
pub mod import;
pub mod store;

use crate::{
    places::{Gss, Point, Postcode},
    text::{Line, Slug, WebAddress},
};

pub type VenueId = uuid::Uuid;

/// Where offers happen.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
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

/// A venue as somebody describes it, before it has an id and a slug.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct NewVenue {
    pub kind: VenueKind,
    pub name: Line<120>,
    /// Street and town, without the postcode.
    pub address: Line<200>,
    pub postcode: Option<Postcode>,
    pub point: Point,
    pub borough: Gss,
    pub website: Option<WebAddress>,
    /// The list it came from.
    pub origin: Option<Origin>,
}

/// One that is in our tables, for who describes a place that may be the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    pub venue: Venue,
    pub kind: VenueKind,
    /// Something that was ever published, or another offer, is held there, or it came from a list: nobody
    /// else's words change it.
    pub seen: bool,
    /// It is somebody's address, kept private by an offer: nobody else's offer is held there by its name.
    pub private: bool,
}

/// Whose list a venue came from, and its id there: together never twice.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Origin {
    pub source: Line<80>,
    pub foreign_id: Line<200>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VenueKind {
    Library,
    /// Or a gallery.
    Museum,
    Theatre,
    /// For live music.
    Music,
    /// A hall, a centre, a café.
    Community,
    Studio,
    Workshop,
    Garden,
    Other,
}

impl VenueKind {
    pub const ALL: [Self; 9] = [
        Self::Library,
        Self::Museum,
        Self::Theatre,
        Self::Music,
        Self::Community,
        Self::Studio,
        Self::Workshop,
        Self::Garden,
        Self::Other,
    ];

    /// As it stands in the database and in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Library => "library",
            Self::Museum => "museum",
            Self::Theatre => "theatre",
            Self::Music => "music",
            Self::Community => "community",
            Self::Studio => "studio",
            Self::Workshop => "workshop",
            Self::Garden => "garden",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_from_its_code() {
        for kind in VenueKind::ALL {
            assert_eq!(VenueKind::parse(kind.code()), Some(kind));
        }
        assert_eq!(VenueKind::parse("Library "), None);
    }
}
