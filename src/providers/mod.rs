//! The artists and organisations that run offers.
pub mod csv;
pub mod store;

use crate::{
    places::Gss,
    text::{Line, Slug, Text},
};

pub type ProviderId = uuid::Uuid;

/// Who runs offers.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Provider {
    pub id: ProviderId,
    pub slug: Slug,
    pub profile: Profile,
}

/// What a provider says of itself.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Profile {
    pub name: Line<120>,
    pub summary: Option<Line<280>>,
    /// Markdown.
    pub about: Option<Text<5000>>,
    pub website: Option<crate::text::WebAddress>,
    /// Where it is at home, if anywhere.
    pub borough: Option<Gss>,
}
