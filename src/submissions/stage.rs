//! Where a submission stands.

/// draft → (unconfirmed →) waiting → published, refused, or changes asked for and waiting again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Being written.
    Draft,
    /// Sent, but whose e-mail address it is was not shown yet: no coordinator sees it.
    Unconfirmed,
    /// With the coordinator.
    Waiting,
    /// Back with the artist, with the coordinator's words.
    ChangesAsked,
    Published,
    Refused,
    /// Given up by the artist.
    Withdrawn,
}

impl Stage {
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Unconfirmed,
        Self::Waiting,
        Self::ChangesAsked,
        Self::Published,
        Self::Refused,
        Self::Withdrawn,
    ];

    /// As it stands in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Unconfirmed => "unconfirmed",
            Self::Waiting => "waiting",
            Self::ChangesAsked => "changes_asked",
            Self::Published => "published",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// Whether the artist may still write in it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Unconfirmed | Self::ChangesAsked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_is_read_back_from_its_code() {
        for stage in Stage::ALL {
            assert_eq!(Stage::parse(stage.code()), Some(stage));
        }
        assert_eq!(Stage::parse("Draft"), None);
    }
}
