//! Keeps one row, for the report in a transaction that is taken back, for the import in one that stays.
use std::collections::HashSet;

use anyhow::Result;
use jiff::Timestamp;
use sqlx::PgConnection;

use super::{Fate, Proposal, Proposed, Subject, store};
use crate::{
    accounts::{Account, Permit},
    offers::{
        AnyState, Content, OfferId, State, Status, advice,
        csv::{self, Done},
        merge,
        store::{Author, Kept, Key},
    },
    places::{Gss, Places},
    providers::{self, Profile, Provider, ProviderId},
    submissions,
    text::Line,
    venues::{self, Venue, store::Upserted},
};

/// Who takes rows in, and as what.
#[derive(Clone, Copy)]
pub struct By<'a> {
    pub account: &'a Account,
    pub places: &'a Places,
    /// What the history says: "Imported from offers.csv".
    pub why: &'a Line<500>,
    /// Signs the history; without it, the borough's coordinator does.
    pub signed: Option<&'a Line<100>>,
    /// New ones that lack nothing are published at once.
    pub publish: bool,
    /// It is only looked at, each row by itself: what earlier rows of the file bring is made for it.
    pub trial: bool,
}

/// What was done with a row.
#[derive(Clone, Debug)]
pub struct Did {
    pub fate: Fate,
    pub thing: Thing,
}

#[derive(Clone, Debug)]
pub enum Thing {
    /// `before` is what was there, if anything was; `made` the provider that had to be made for it.
    Offer {
        id: OfferId,
        before: Option<Box<Kept>>,
        made: Option<(ProviderId, Profile)>,
    },
    Provider {
        id: ProviderId,
        before: Option<Profile>,
        after: Profile,
    },
    Venue,
}

/// Offers and names that earlier rows of the same file have met.
#[derive(Clone, Debug, Default)]
pub struct Met {
    offers: HashSet<OfferId>,
    keys: HashSet<String>,
}

/// How what is done for all of one's boroughs is signed; `None` for who decides nowhere.
pub fn signature(account: &Account, places: &Places) -> Option<Line<100>> {
    let own: Vec<Gss> = account.rights.boroughs.keys().copied().collect();
    account.permit((), &own, places).map(|permit| permit.signed().clone())
}

/// The inner error is the reason to refuse the row; then what it has done so far must be taken back.
pub async fn keep(
    db: &mut PgConnection,
    proposal: &Proposal,
    by: By<'_>,
    met: &mut Met,
    now: Timestamp,
) -> Result<Result<Did, String>> {
    match proposal {
        Proposal::Provider(provider) => keep_provider(db, provider, by, met).await,
        Proposal::Venue { venue, kind, website } => {
            if !met.keys.insert(format!("venue {}", venue.slug)) {
                return Ok(Err(twice(Subject::Venue)));
            }
            let known = venues::store::find(&mut *db, venue.slug.as_str()).await?;
            let at: Vec<Gss> =
                known.iter().map(|known| known.borough).chain([venue.borough]).collect();
            if !at.iter().all(|gss| by.account.rights.may_decide(&[*gss])) {
                return Ok(Err(elsewhere()));
            }
            let venue =
                Venue { id: known.as_ref().map_or(venue.id, |known| known.id), ..venue.clone() };
            let done = venues::store::keep(&mut *db, &venue, *kind, website.as_ref()).await?;
            Ok(match done {
                Upserted::Added(_) => Ok(Did { fate: Fate::New, thing: Thing::Venue }),
                Upserted::Unchanged(_) => Ok(Did { fate: Fate::Unchanged, thing: Thing::Venue }),
                // Offers of others are held there, and an import that is undone could not put it back.
                Upserted::Changed(_) => Err(
                    "The venue is known and says otherwise. Venues are changed with the command “fingerpost import venues”."
                        .to_owned(),
                ),
            })
        }
        Proposal::Offer(proposed) => keep_offer(db, proposed, by, met, now).await,
    }
}

async fn keep_provider(
    db: &mut PgConnection,
    provider: &Provider,
    by: By<'_>,
    met: &mut Met,
) -> Result<Result<Did, String>> {
    if !met.keys.insert(format!("provider {}", provider.slug)) {
        return Ok(Err(twice(Subject::Provider)));
    }
    let known = providers::store::found(&mut *db, &provider.slug).await?;
    let Some(known) = known else {
        providers::store::keep(&mut *db, provider).await?;
        let (id, after) = (provider.id, provider.profile.clone());
        let thing = Thing::Provider { id, before: None, after };
        return Ok(Ok(Did { fate: Fate::New, thing }));
    };
    let (id, after) = (known.id, provider.profile.clone());
    if known.profile == after {
        let thing = Thing::Provider { id, before: Some(known.profile), after };
        return Ok(Ok(Did { fate: Fate::Unchanged, thing }));
    }
    let boroughs = store::boroughs_of_provider(&mut *db, id).await?;
    if !boroughs.is_empty() && !by.account.rights.may_decide(&boroughs) {
        return Ok(Err(elsewhere()));
    }
    providers::store::describe(&mut *db, id, &after).await?;
    let thing = Thing::Provider { id, before: Some(known.profile), after };
    Ok(Ok(Did { fate: Fate::Changed, thing }))
}

async fn keep_offer(
    db: &mut PgConnection,
    proposed: &Proposed,
    by: By<'_>,
    met: &mut Met,
    now: Timestamp,
) -> Result<Result<Did, String>> {
    let mut row = proposed.row.clone();
    let key = match csv::key(&row) {
        Ok(key) => key,
        Err(reason) => return Ok(Err(reason)),
    };
    if !met.keys.insert(format!("{key:?}")) {
        return Ok(Err(twice(Subject::Offer)));
    }
    for key in [Some(key.clone()), row.slug.clone().map(Key::Slug)].into_iter().flatten() {
        if let Some(id) = store::offer_of(&mut *db, &key).await? {
            // A change in hand is locked before its offer, as it is by who publishes it: so nobody waits in a ring.
            submissions::store::change_of(&mut *db, id).await?;
        }
    }
    let before = csv::known(&mut *db, &key, &row).await?;
    let mut boroughs = row.content.boroughs.clone();
    let mut incomplete = false;
    match &before {
        Some(kept) if !may(by, &kept.offer.content.boroughs) => return Ok(Err(elsewhere())),
        Some(kept) if proposed.foreign => {
            let base = store::origin_content(&mut *db, kept.offer.id).await?;
            row.content = match laid_over(base.as_ref(), &kept.offer.content, row.content) {
                Ok(content) => content,
                Err(reason) => return Ok(Err(reason)),
            };
            let lacks = row.content.lacks();
            if kept.offer.state.status() != Status::Draft && !lacks.is_empty() {
                return Ok(Err(format!("It would lack something. {}", advice(&lacks))));
            }
            row.state = kept.offer.state.clone();
            row.confirm_every = kept.offer.confirm_every;
            boroughs = row.content.boroughs.clone();
        }
        Some(_) => {}
        None => {
            incomplete = !proposed.lacks.is_empty();
            row.state = match (incomplete, &row.state) {
                (true, _) => AnyState::Draft,
                (false, AnyState::Published) if !by.publish => AnyState::Submitted,
                (false, state) => state.clone(),
            };
        }
    }
    if !may(by, &boroughs) {
        return Ok(Err(elsewhere()));
    }
    let made = match proposed.foreign || by.trial {
        true => make_what_it_needs(db, proposed, &row.content).await?,
        false => None,
    };
    let signed = match by.signed {
        Some(signed) => signed.clone(),
        None => match permit(by, &boroughs) {
            Some(permit) => permit.signed().clone(),
            None => return Ok(Err(elsewhere())),
        },
    };
    let author = Author { by: signed, why: Some(by.why.clone()) };
    let done = match csv::keep(db, &key, row, &mut met.offers, (&author, now)).await? {
        Ok(done) => done,
        Err(reason) => return Ok(Err(reason)),
    };
    let (id, fate) = match done {
        Done::Added(id) if incomplete => (id, Fate::Incomplete),
        Done::Added(id) => (id, Fate::New),
        Done::Changed(id) => (id, Fate::Changed),
        Done::Nothing(id) => (id, Fate::Unchanged),
    };
    if proposed.foreign {
        store::keep_origin(&mut *db, id, &proposed.row.content, now).await?;
    }
    Ok(Ok(Did { fate, thing: Thing::Offer { id, before: before.map(Box::new), made } }))
}

/// The provider and the venue, where they are to be made and nobody has made them meanwhile. The provider, if
/// it was made.
async fn make_what_it_needs(
    db: &mut PgConnection,
    proposed: &Proposed,
    content: &Content,
) -> sqlx::Result<Option<(ProviderId, Profile)>> {
    let wanted = proposed.provider.as_ref().filter(|(id, _)| *id == content.provider);
    let made = match wanted {
        Some((id, profile)) => providers::store::introduce(&mut *db, *id, profile).await?,
        None => false,
    };
    if let (Some(origin), Some(organization)) = (&proposed.row.origin, &proposed.organization) {
        store::keep_organization(&mut *db, &origin.source, organization, content.provider).await?;
    }
    if let Some((id, venue)) =
        proposed.venue.as_ref().filter(|(id, _)| Some(*id) == content.place.venue)
    {
        venues::store::introduce(&mut *db, *id, venue).await?;
    }
    Ok(wanted.filter(|_| made).cloned())
}

/// What the source has changed since it last came, laid over what is live. Without a last time, the source
/// says all.
fn laid_over(base: Option<&Content>, live: &Content, says: Content) -> Result<Content, String> {
    let mut says = says;
    says.images.clone_from(&live.images);
    let Some(base) = base else { return Ok(says) };
    let base = Content { images: live.images.clone(), ..base.clone() };
    merge(&base, live, &says).map_err(|both| {
        format!("It was changed here and in the source, and not to the same: {}.", both.join(", "))
    })
}

fn may(by: By<'_>, boroughs: &[Gss]) -> bool {
    by.account.rights.may_decide(boroughs)
}

fn permit(by: By<'_>, boroughs: &[Gss]) -> Option<Permit<()>> {
    by.account.permit((), boroughs, by.places)
}

fn elsewhere() -> String {
    "It belongs to boroughs that you do not decide for.".to_owned()
}

fn twice(subject: Subject) -> String {
    format!("This {} stands in the file already.", subject.code())
}
