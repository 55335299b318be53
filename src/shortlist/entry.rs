//! What became of an offer that somebody chose.
use crate::{
    chosen::Chosen,
    offers::{Listed, Status, store::Standing},
};

#[derive(Clone, Debug)]
pub struct Entry {
    /// Under the name it has now.
    pub chosen: Chosen,
    pub now: Now,
}

#[derive(Clone, Debug)]
pub enum Now {
    Listed {
        listed: Box<Listed>,
        /// It was chosen under another name, or is one with another offer since.
        moved: bool,
    },
    /// It is not shown at the moment, or not any more.
    Away(Standing),
    /// There is no such offer.
    Unknown,
}

impl Entry {
    pub fn listed(&self) -> Option<&Listed> {
        match &self.now {
            Now::Listed { listed, .. } => Some(listed),
            _ => None,
        }
    }

    /// As it is called, or as its address has it where nobody knows it.
    pub fn title(&self) -> &str {
        match &self.now {
            Now::Listed { listed, .. } => listed.offer.content.title.as_str(),
            Now::Away(standing) => &standing.title,
            Now::Unknown => self.chosen.slug.as_str(),
        }
    }

    /// What is new since it was chosen, in a sentence.
    pub fn news(&self) -> Option<&'static str> {
        Some(match &self.now {
            Now::Listed { moved: true, .. } => {
                "This offer has a new name since you chose it. Check that it still fits."
            }
            Now::Listed { .. } if self.has_changed() => {
                "This offer has changed since you chose it. Check that it still fits."
            }
            Now::Listed { .. } => return None,
            Now::Away(standing) if standing.ended || standing.status == Status::Archived => {
                "This has ended. It does not run any more."
            }
            Now::Away(_) => "This is taking a break. It may come back.",
            Now::Unknown => "There is no offer at this address. Check how it is spelled.",
        })
    }

    /// Whether what it says is not what was seen when it was chosen.
    pub fn has_changed(&self) -> bool {
        let revision = self.listed().map(|listed| listed.offer.revision);
        self.chosen.seen.is_some() && self.chosen.seen != revision
    }
}
