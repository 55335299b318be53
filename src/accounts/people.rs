//! Who may come in, and who says so: inviting, changing rights, ending an account, letting it in again.
use jiff::Timestamp;
use sqlx::{PgPool, Postgres, Transaction};

use super::{Account, AccountId, Rights, Role, Scope, letters, second_factor, store, store::Which};
use crate::{
    mail,
    places::{Gss, Places},
    text::{Email, Line},
};

/// An account as it stands in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub account: Account,
    /// When they signed in last.
    pub signed_in: Option<Timestamp>,
}

/// Somebody who may say who comes in, and for what. Only made from the rights of the moment, which stay as they
/// are until it is used up or dropped: nobody else can change anybody's meanwhile.
pub struct Manager {
    tx: Transaction<'static, Postgres>,
    by: Account,
    over: Scope,
}

/// Leave to change what one account may do.
pub struct Managed {
    manager: Manager,
    subject: Account,
}

/// Who is invited.
#[derive(Clone, Debug)]
pub struct Guest {
    pub email: Email,
    pub name: Line<100>,
    pub rights: Rights,
}

/// Why nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Rights that whoever asks may not give.
    Beyond,
    /// Nobody ends or lowers oneself. So there always is an administrator: the last one could only be ended
    /// or lowered by another.
    Oneself,
    /// They have rights elsewhere, too, so that it is not for this coordinator alone to say.
    Elsewhere,
    /// Nothing would be left that they may do.
    Nothing,
    /// It has ended, and so must be let in again first.
    Ended,
    /// There is an account with this address already.
    Known(AccountId),
}

/// What came of it: the outer error is the database's.
pub type Done<T = ()> = sqlx::Result<Result<T, Refused>>;

impl Manager {
    /// `None` where this account is nobody who may say so, or not any more.
    pub async fn of(db: &PgPool, by: AccountId) -> sqlx::Result<Option<Self>> {
        let mut tx = db.begin().await?;
        store::people::hold(&mut tx).await?;
        let by = store::account(&mut *tx, by).await?.filter(|by| by.ended.is_none());
        Ok(by.and_then(|by| Some(Self { over: by.rights.manages()?, by, tx })))
    }

    /// `None` where there is no such account among those they see.
    pub async fn over(mut self, subject: AccountId) -> sqlx::Result<Option<Managed>> {
        let subject = store::people::within(&mut *self.tx, &self.over, subject).await?;
        Ok(subject.map(|subject| Managed { manager: self, subject }))
    }

    /// Invites by letter. Somebody who works elsewhere already gets these boroughs besides; an account that
    /// has ended begins anew with what is given now.
    pub async fn invite(
        mut self,
        guest: &Guest,
        places: &Places,
        now: Timestamp,
    ) -> Done<AccountId> {
        if !self.is_over_all_of(&guest.rights) {
            return Ok(Err(Refused::Beyond));
        }
        if guest.rights == Rights::default() {
            return Ok(Err(Refused::Nothing));
        }
        let known = store::people::of_address(&mut *self.tx, &guest.email).await?;
        let account = match known {
            Some(known) if known.ended.is_some() && !self.is_over_all_of(&known.rights) => {
                return Ok(Err(Refused::Elsewhere));
            }
            Some(known) if known.ended.is_none() => {
                if store::people::within(&mut *self.tx, &self.over, known.id).await?.is_some() {
                    return Ok(Err(Refused::Known(known.id)));
                }
                let rights = self.over.replaced(&known.rights, &guest.rights);
                Account { rights, ..known }
            }
            _ => Account {
                id: AccountId::now_v7(),
                email: guest.email.clone(),
                name: guest.name.clone(),
                rights: guest.rights.clone(),
                ended: None,
            },
        };
        let account = store::keep(&mut self.tx, &account, now).await?;
        mail::store::put(&mut *self.tx, &letters::invited(&account, now), now).await?;
        let words = in_words(&account.rights, places);
        self.write_down("invited", account.id, words, now).await?;
        Ok(Ok(account.id))
    }

    fn is_over_all_of(&self, rights: &Rights) -> bool {
        self.over.holds_all_of(rights)
    }

    async fn write_down(
        mut self,
        act: &str,
        subject: AccountId,
        words: Option<Line<500>>,
        now: Timestamp,
    ) -> sqlx::Result<()> {
        let by = (Some(self.by.id), &self.by.name);
        store::log(&mut *self.tx, by, act, Some(subject), words.as_ref(), now).await?;
        self.tx.commit().await
    }
}

impl Managed {
    /// Gives these rights instead of those that were theirs to give; the others stay as they are.
    pub async fn change(mut self, given: &Rights, places: &Places, now: Timestamp) -> Done {
        if self.subject.ended.is_some() {
            return Ok(Err(Refused::Ended));
        }
        if !self.manager.is_over_all_of(given) {
            return Ok(Err(Refused::Beyond));
        }
        let rights = self.manager.over.replaced(&self.subject.rights, given);
        if rights == Rights::default() {
            return Ok(Err(Refused::Nothing));
        }
        if self.is_oneself() && !rights.include(&self.subject.rights) {
            return Ok(Err(Refused::Oneself));
        }
        if rights == self.subject.rights {
            return Ok(Ok(()));
        }
        let account = Account { rights, ..self.subject };
        store::keep(&mut self.manager.tx, &account, now).await?;
        store::people::let_go_what_is_not_theirs(&mut *self.manager.tx, account.id).await?;
        let words = in_words(&account.rights, places);
        self.manager.write_down("rights_changed", account.id, words, now).await.map(Ok)
    }

    /// Ends the account: whoever is signed in with it is out at once, and what they claimed is free.
    pub async fn end(mut self, now: Timestamp) -> Done {
        if self.is_oneself() {
            return Ok(Err(Refused::Oneself));
        }
        if !self.manager.is_over_all_of(&self.subject.rights) {
            return Ok(Err(Refused::Elsewhere));
        }
        if self.subject.ended.is_some() {
            return Ok(Ok(()));
        }
        let (id, tx) = (self.subject.id, &mut self.manager.tx);
        store::people::end(&mut **tx, id, now).await?;
        store::end_sessions(&mut **tx, id, Which::All, now).await?;
        store::people::let_go_what_is_not_theirs(&mut **tx, id).await?;
        self.manager.write_down("account_ended", id, None, now).await.map(Ok)
    }

    /// Lets them in again, with the rights they had, and tells them.
    pub async fn let_in(mut self, places: &Places, now: Timestamp) -> Done {
        if !self.manager.is_over_all_of(&self.subject.rights) {
            return Ok(Err(Refused::Elsewhere));
        }
        if self.subject.ended.is_none() {
            return Ok(Ok(()));
        }
        let account = store::keep(&mut self.manager.tx, &self.subject, now).await?;
        let tx = &mut self.manager.tx;
        // One that began in the moment of the end must not come back to life.
        store::end_sessions(&mut **tx, account.id, Which::All, now).await?;
        mail::store::put(&mut **tx, &letters::invited(&account, now), now).await?;
        let words = in_words(&account.rights, places);
        self.manager.write_down("account_let_in", account.id, words, now).await.map(Ok)
    }

    /// Signs them out of one browser, or all; only an administrator may.
    pub async fn end_sessions(mut self, which: Which, now: Timestamp) -> Done {
        if !self.manager.by.rights.administrator {
            return Ok(Err(Refused::Beyond));
        }
        let id = self.subject.id;
        store::end_sessions(&mut *self.manager.tx, id, which, now).await?;
        self.manager.write_down("sessions_ended", id, None, now).await.map(Ok)
    }

    /// Takes their second factor away, for whoever has lost it; only an administrator may, and not their own.
    pub async fn reset_second_factor(mut self, now: Timestamp) -> Done {
        if !self.manager.by.rights.administrator {
            return Ok(Err(Refused::Beyond));
        }
        if self.is_oneself() {
            return Ok(Err(Refused::Oneself));
        }
        let id = self.subject.id;
        if !second_factor::store::remove(&mut *self.manager.tx, id).await? {
            return Ok(Ok(()));
        }
        self.manager.write_down("second_factor_reset", id, None, now).await.map(Ok)
    }

    fn is_oneself(&self) -> bool {
        self.manager.by.id == self.subject.id
    }
}

impl Rights {
    /// Whose accounts they look after: everybody's, or those of the boroughs in which they decide.
    pub fn manages(&self) -> Option<Scope> {
        let decides = |(gss, role): (&Gss, &Role)| (*role == Role::Coordinator).then_some(*gss);
        let own: Vec<_> = self.boroughs.iter().filter_map(decides).collect();
        match self.administrator {
            true => Some(Scope::Everything),
            false => (!own.is_empty()).then_some(Scope::Of(own)),
        }
    }

    /// "Administrator", "Decides for Southwark and Lewisham, reads Camden".
    pub fn in_words(&self, places: &Places) -> String {
        let named = |role: Role| {
            let of_role = self.boroughs.iter().filter(move |(_, one)| **one == role);
            let names = of_role.filter_map(|(gss, _)| places.borough(*gss));
            crate::text::series(names.map(|one| one.name.as_str()))
        };
        let (decides, reads) = (named(Role::Coordinator), named(Role::Reader));
        let parts = [
            self.administrator.then(|| "administrator".to_owned()),
            (!decides.is_empty()).then(|| format!("coordinator of {decides}")),
            (!reads.is_empty()).then(|| format!("reader of {reads}")),
        ];
        let words = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if words.is_empty() { "nothing yet".to_owned() } else { words }
    }

    /// Whether whoever has these may do all that those allow.
    fn include(&self, those: &Self) -> bool {
        let kept = |(gss, role): (&Gss, &Role)| self.boroughs.get(gss) >= Some(role);
        (self.administrator || !those.administrator) && those.boroughs.iter().all(kept)
    }
}

impl Scope {
    /// Whether none of these rights reaches beyond it.
    pub fn holds_all_of(&self, rights: &Rights) -> bool {
        match self {
            Self::Everything => true,
            Self::Of(own) => {
                !rights.administrator && rights.boroughs.keys().all(|gss| own.contains(gss))
            }
        }
    }

    /// These rights, with what lies within the scope replaced by what is given.
    fn replaced(&self, rights: &Rights, given: &Rights) -> Rights {
        let Self::Of(own) = self else {
            return given.clone();
        };
        let mut boroughs = rights.boroughs.clone();
        boroughs.retain(|gss, _| !own.contains(gss));
        boroughs.extend(given.boroughs.iter().map(|(gss, role)| (*gss, *role)));
        Rights { administrator: rights.administrator, boroughs }
    }
}

/// For the log, where all of London fits.
fn in_words(rights: &Rights, places: &Places) -> Option<Line<500>> {
    Line::parse(&rights.in_words(places)).ok()
}
