//! What an account may do: everything, or to decide or to read in some boroughs.
use std::collections::BTreeMap;

use crate::places::Gss;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Reader,
    Coordinator,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// May do everything everywhere, and is the only one to do what belongs to no borough.
    pub administrator: bool,
    pub boroughs: BTreeMap<Gss, Role>,
}

/// What somebody may see, for lists: the store asks by it, so that what is out of scope is never read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    Everything,
    Of(Vec<Gss>),
}

impl Rights {
    /// Whether they may know of something that these boroughs look after.
    pub fn may_see(&self, boroughs: &[Gss]) -> bool {
        self.administrator || boroughs.iter().any(|one| self.boroughs.contains_key(one))
    }

    /// Whether they may decide on it: each of the boroughs that look after it may.
    pub fn may_decide(&self, boroughs: &[Gss]) -> bool {
        let decides = |one: &Gss| self.boroughs.get(one) == Some(&Role::Coordinator);
        self.administrator || boroughs.iter().any(decides)
    }

    /// Whether there is anything at all on which they may decide.
    pub fn decides_somewhere(&self) -> bool {
        self.administrator || self.boroughs.values().any(|role| *role == Role::Coordinator)
    }

    pub fn scope(&self) -> Scope {
        match self.administrator {
            true => Scope::Everything,
            false => Scope::Of(self.boroughs.keys().copied().collect()),
        }
    }

    /// The first of these boroughs for which they decide.
    pub fn decides_for(&self, boroughs: &[Gss]) -> Option<Gss> {
        let decides = |one: &&Gss| self.boroughs.get(*one) == Some(&Role::Coordinator);
        boroughs.iter().find(decides).copied()
    }
}

impl Scope {
    /// As the store asks: `None` is everything.
    pub fn codes(&self) -> Option<Vec<String>> {
        match self {
            Self::Everything => None,
            Self::Of(boroughs) => Some(boroughs.iter().map(ToString::to_string).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gss(code: &str) -> Gss {
        Gss::parse(code).unwrap()
    }

    #[test]
    fn a_coordinator_decides_in_own_boroughs_a_reader_nowhere_an_administrator_everywhere() {
        let (southwark, lewisham, camden) = (gss("E09000028"), gss("E09000023"), gss("E09000007"));
        let boroughs = [(southwark, Role::Coordinator), (lewisham, Role::Reader)];
        let rights = Rights { administrator: false, boroughs: boroughs.into() };
        assert!(rights.may_decide(&[southwark]) && rights.may_decide(&[camden, southwark]));
        assert!(rights.may_see(&[lewisham]) && !rights.may_decide(&[lewisham]));
        assert!(!rights.may_see(&[camden]) && !rights.may_see(&[]));
        assert_eq!(rights.scope().codes().unwrap().len(), 2);
        let everywhere = Rights { administrator: true, ..Rights::default() };
        assert!(everywhere.may_decide(&[]) && everywhere.scope() == Scope::Everything);
    }

    #[test]
    fn who_has_no_borough_and_is_no_administrator_sees_nothing() {
        assert!(!Rights::default().may_see(&[gss("E09000028")]));
        assert_eq!(Rights::default().scope(), Scope::Of(vec![]));
    }
}
