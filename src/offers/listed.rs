//! A published offer with what a list or a search needs besides.
use super::{Offer, Published};
use crate::{
    places::Outcode,
    text::{Line, Slug},
    venues::Venue,
};

#[derive(Clone, Debug)]
pub struct Listed {
    pub offer: Offer<Published>,
    pub provider_slug: Slug,
    pub provider_name: Line<120>,
    pub venue: Option<Venue>,
    /// The first half of the venue's postcode; stated also where the rest of the address is private.
    pub area: Option<Outcode>,
}

/// What happened to one offer since somebody last asked.
#[derive(Clone, Debug)]
pub enum Change {
    /// It is published and says this now.
    Listed(Box<Listed>),
    /// It is not published any more.
    Gone(super::OfferId),
}
