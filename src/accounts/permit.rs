//! Leave to act on one thing.
use super::{Account, AccountId};
use crate::{
    places::{Gss, Places},
    text::Line,
};

/// Somebody together with the one thing they may act on. Only an account's rights, or the console of the
/// machine, give one.
#[derive(Debug)]
pub struct Permit<T> {
    account: Option<AccountId>,
    signed: Line<100>,
    subject: T,
}

impl Account {
    /// Leave to decide on what these boroughs look after; `None` where it is not theirs to decide.
    pub fn permit<T>(&self, subject: T, boroughs: &[Gss], places: &Places) -> Option<Permit<T>> {
        self.rights.may_decide(boroughs).then(|| Permit {
            account: Some(self.id),
            signed: self.signed(boroughs, places),
            subject,
        })
    }

    /// As those read it who are not at the desk: "the Southwark coordinator".
    fn signed(&self, boroughs: &[Gss], places: &Places) -> Line<100> {
        let borough = self.rights.decides_for(boroughs).and_then(|gss| places.borough(gss));
        let words = match borough {
            Some(borough) => format!("the {} coordinator", borough.name),
            None => "the Fingerpost team".to_owned(),
        };
        Line::parse(&words).expect("a borough's name is short")
    }
}

impl<T> Permit<T> {
    /// Whoever can run commands on the machine may do everything.
    pub fn of_console(subject: T, by: Line<100>) -> Self {
        Self { account: None, signed: by, subject }
    }

    pub fn account(&self) -> Option<AccountId> {
        self.account
    }
    /// Who acts, as those read it who are not at the desk.
    pub fn signed(&self) -> &Line<100> {
        &self.signed
    }
    /// Both, as the log takes them.
    pub fn by(&self) -> (Option<AccountId>, &Line<100>) {
        (self.account, &self.signed)
    }
    pub fn subject(&self) -> &T {
        &self.subject
    }
}
