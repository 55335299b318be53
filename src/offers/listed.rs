//! A published offer with what a list or a search needs besides.
use super::{Offer, Published};
use crate::{
    text::{Line, Slug},
    venues::Venue,
};

#[derive(Clone, Debug)]
pub struct Listed {
    pub offer: Offer<Published>,
    pub provider_slug: Slug,
    pub provider_name: Line<120>,
    pub venue: Option<Venue>,
}

/// What happened to one offer since somebody last asked.
#[derive(Clone, Debug)]
pub enum Change {
    /// It is published and says this now.
    Listed(Box<Listed>),
    /// It is not published any more.
    Gone(super::OfferId),
}
