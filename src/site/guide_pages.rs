//! Our own pages in plain words about working together.
use askama::Template;
use axum::response::IntoResponse;

use crate::web::{Error, Path, Result, View};

/// A page of ours. Its words stand in `templates/guides/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guide {
    SocialPrescribing,
    LinkWorker,
    Artist,
    ActivityOrTherapy,
    TheEnd,
}

impl Guide {
    /// In the order in which one reads them.
    pub const ALL: [Self; 5] = [
        Self::SocialPrescribing,
        Self::LinkWorker,
        Self::Artist,
        Self::ActivityOrTherapy,
        Self::TheEnd,
    ];

    /// The last part of its address.
    pub fn slug(self) -> &'static str {
        match self {
            Self::SocialPrescribing => "social-prescribing",
            Self::LinkWorker => "working-with-a-link-worker",
            Self::Artist => "working-with-an-artist",
            Self::ActivityOrTherapy => "creative-activity-or-therapy",
            Self::TheEnd => "when-a-programme-ends",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::SocialPrescribing => "What is social prescribing?",
            Self::LinkWorker => "Working with a link worker",
            Self::Artist => "Working with an artist",
            Self::ActivityOrTherapy => "Creative activity or therapy?",
            Self::TheEnd => "When a programme ends",
        }
    }

    /// What it is for, in a sentence.
    pub fn gist(self) -> &'static str {
        match self {
            Self::SocialPrescribing => "What happens, who takes part, and how it begins.",
            Self::LinkWorker => "For artists and groups: how to meet, what to say, what to agree.",
            Self::Artist => "For link workers: what to ask, and how to send somebody well.",
            Self::ActivityOrTherapy => "What makes the difference, and how to say which one it is.",
            Self::TheEnd => "How to plan a good last day, and what people can do next.",
        }
    }
}

#[derive(Template)]
#[template(path = "guides/list.html")]
struct ListPage;

pub async fn list() -> impl IntoResponse {
    View(ListPage)
}

#[derive(Template)]
#[template(path = "guides/show.html")]
struct GuidePage {
    guide: Guide,
}

pub async fn show(Path(slug): Path<String>) -> Result<impl IntoResponse> {
    let guide = Guide::ALL.into_iter().find(|guide| guide.slug() == slug);
    Ok(View(GuidePage { guide: guide.ok_or(Error::NotFound)? }).into_response())
}

impl GuidePage {
    fn others(&self) -> impl Iterator<Item = Guide> {
        let this = self.guide;
        Guide::ALL.into_iter().filter(move |guide| *guide != this)
    }
}
