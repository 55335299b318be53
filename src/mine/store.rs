//! SQL for what is somebody's.
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::{InHand, Invitation, Kind, Looked, Own, Person};
pub use crate::providers::store::people;
use crate::{
    calendar::Pause,
    database::store::read,
    offers::{OfferId, PlacesSaid, Status},
    openings::Counted,
    providers::ProviderId,
    submissions::Stage,
    text::{Email, Slug},
    topics::{Code, Places},
};

/// Whether there is anything that a link to this mailbox would show.
pub async fn is_known(db: impl PgExecutor<'_>, email: &Email) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from provider_owners where email = $1)
               or exists (select from submissions where email = $1 and stage <> 'withdrawn') as "known!""#,
        email.as_str()
    )
    .fetch_one(db)
    .await
}

/// The providers that this person looks after, by name.
pub async fn looked_after(db: impl PgExecutor<'_>, person: &Person) -> sqlx::Result<Vec<Looked>> {
    let rows = sqlx::query!(
        r#"select p.id, p.slug, p.name,
                  exists (select from offers o where o.provider = p.id and o.first_published is not null) as "seen!",
                  exists (select from published_providers v where v.id = p.id) as "public!"
           from provider_owners w join providers p on p.id = w.provider_id
           where w.email = $1 and ($2::uuid is null or p.id = $2)
           order by p.name, p.id"#,
        person.email().as_str(),
        person.only()
    )
    .fetch_all(db)
    .await?;
    let looked = rows.into_iter().map(|row| {
        Ok(Looked {
            id: row.id,
            slug: read(Slug::try_from(row.slug))?,
            name: row.name,
            seen: row.seen,
            public: row.public,
        })
    });
    looked.collect()
}

/// All offers of what this person looks after, or the one asked for: what runs first, what has ended last.
/// Openings are counted from that day on.
pub async fn own(
    db: impl PgExecutor<'_>,
    person: &Person,
    offer: Option<OfferId>,
    counted_from: Date,
) -> sqlx::Result<Vec<Own>> {
    let rows = sqlx::query!(
        r#"select o.id, o.provider, o.slug, o.title, o.state, o.places, o.places_on as "places_on: jiff_sqlx::Date",
                  o.pause_from as "pause_from: jiff_sqlx::Date", o.pause_to as "pause_to: jiff_sqlx::Date",
                  o.ends_on as "ends_on: jiff_sqlx::Date", o.confirmed_at as "confirmed_at: jiff_sqlx::Timestamp",
                  coalesce(n.opened, 0) as "opened!", coalesce(n.contact, 0) as "contact!"
           from provider_owners w
           join offers o on o.provider = w.provider_id
           left join lateral (
               select sum(opened) as opened, sum(contact) as contact
               from offer_openings where day >= $4
                 and (offer_id = o.id or offer_id in (select offer_id from offer_mergers where into_id = o.id))
           ) n on true
           where w.email = $1 and ($2::uuid is null or w.provider_id = $2) and ($3::uuid is null or o.id = $3)
           order by array_position(array['published', 'paused', 'draft', 'submitted', 'archived'], o.state),
                    o.title, o.id"#,
        person.email().as_str(),
        person.only(),
        offer,
        counted_from.to_sqlx() as jiff_sqlx::Date
    )
    .fetch_all(db)
    .await?;
    let number = |sum: i64| u32::try_from(sum).unwrap_or(u32::MAX);
    let own = rows.into_iter().map(|row| {
        let unknown = |what: &str| sqlx::Error::Decode(format!("an offer that is {what}").into());
        let places = match (row.places, row.places_on) {
            (Some(code), Some(on)) => {
                let code = Places::parse(&code).ok_or_else(|| unknown(&code))?;
                Some(PlacesSaid { code, on: on.to_jiff() })
            }
            _ => None,
        };
        let to = row.pause_to.map(jiff_sqlx::Date::to_jiff);
        Ok(Own {
            id: row.id,
            provider: row.provider,
            slug: read(Slug::try_from(row.slug))?,
            title: row.title,
            status: Status::parse(&row.state).ok_or_else(|| unknown(&row.state))?,
            places,
            pause: row.pause_from.map(|from| Pause { from: from.to_jiff(), to }),
            ends_on: row.ends_on.map(jiff_sqlx::Date::to_jiff),
            confirmed: row.confirmed_at.map(jiff_sqlx::Timestamp::to_jiff),
            counted: Counted { opened: number(row.opened), contact: number(row.contact) },
        })
    });
    own.collect()
}

/// What this person has in hand, and changes that others have begun of what they look after; newest first.
pub async fn in_hand(db: impl PgExecutor<'_>, person: &Person) -> sqlx::Result<Vec<InHand>> {
    let rows = sqlx::query!(
        r#"select id, kind, stage, changed_at as "changed_at: jiff_sqlx::Timestamp",
                  case kind when 'profile' then answers->'provider_name'->>0 else answers->'title'->>0 end as title
           from submissions s
           where stage in ('draft', 'unconfirmed', 'waiting', 'changes_asked', 'refused') and account_id is null
             and ($2::uuid is null or provider_id = $2)
             and (email = $1
                  or kind <> 'offer' and exists (
                      select from provider_owners w where w.provider_id = s.provider_id and w.email = $1))
           order by changed_at desc limit 50"#,
        person.email().as_str(),
        person.only()
    )
    .fetch_all(db)
    .await?;
    let in_hand = rows.into_iter().map(|row| {
        Ok(InHand {
            id: row.id,
            kind: match row.kind.as_str() {
                "change" => Kind::Change,
                "profile" => Kind::Profile,
                _ => Kind::New,
            },
            stage: Stage::parse(&row.stage).ok_or_else(|| sqlx::Error::Decode(row.stage.into()))?,
            title: row
                .title
                .filter(|title| !title.trim().is_empty())
                .unwrap_or("No name yet".into()),
            changed: row.changed_at.to_jiff(),
        })
    });
    in_hand.collect()
}

/// Everybody who looks after it; and nobody joins or leaves until the transaction ends. What is in hand is locked before the
/// provider, as it is by who sends or publishes it: so nobody waits in a ring.
pub async fn people_held(
    db: &mut sqlx::PgConnection,
    provider: ProviderId,
) -> sqlx::Result<Vec<(Email, Timestamp)>> {
    sqlx::query!(
        "select id from submissions where provider_id = $1 order by id for update",
        provider
    )
    .fetch_all(&mut *db)
    .await?;
    sqlx::query!("select id from providers where id = $1 for update", provider)
        .fetch_optional(&mut *db)
        .await?;
    people(db, provider).await
}

/// Takes somebody off the list. What they have in hand there is from now on in the hands of `to`, and their
/// links to it open nothing.
pub async fn leave(
    db: &mut sqlx::PgConnection,
    provider: ProviderId,
    email: &Email,
    to: &Email,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from provider_owners where provider_id = $1 and email = $2",
        provider,
        email.as_str()
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update links set revoked_at = $3
         where email = $2 and revoked_at is null
           and (subject = $1 or subject in (select id from submissions where provider_id = $1))",
        provider,
        email.as_str(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update submissions set email = $3, email_confirmed_at = $4, version = version + 1
         where provider_id = $1 and email = $2",
        provider,
        email.as_str(),
        to.as_str(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update invitations set ended_at = $3 where provider_id = $1 and by_email = $2 and ended_at is null",
        provider,
        email.as_str(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Asks somebody to join; an earlier invitation of theirs to the same is good no more.
pub async fn invite(db: &mut sqlx::PgConnection, invitation: &Invitation) -> sqlx::Result<()> {
    let made = invitation.made.to_sqlx();
    sqlx::query!(
        "update invitations set ended_at = $3 where provider_id = $1 and email = $2 and ended_at is null",
        invitation.provider,
        invitation.email.as_str(),
        made as jiff_sqlx::Timestamp
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into invitations (id, provider_id, email, by_email, hand_over, made_at)
         values ($1, $2, $3, $4, $5, $6)",
        invitation.id,
        invitation.provider,
        invitation.email.as_str(),
        invitation.by.as_str(),
        invitation.hand_over,
        made as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One that waits for its answer.
pub async fn invitation(db: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Invitation>> {
    let row = sqlx::query_as!(
        Invited,
        r#"select id, provider_id, email, by_email, hand_over, made_at as "made_at: jiff_sqlx::Timestamp"
           from invitations where id = $1 and ended_at is null"#,
        id
    );
    row.fetch_optional(db).await?.map(Invited::invitation).transpose()
}

/// Those that were made since then and wait for their answer.
pub async fn invitations(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    since: Timestamp,
) -> sqlx::Result<Vec<Invitation>> {
    let rows = sqlx::query_as!(
        Invited,
        r#"select id, provider_id, email, by_email, hand_over, made_at as "made_at: jiff_sqlx::Timestamp"
           from invitations where provider_id = $1 and ended_at is null and made_at > $2 order by made_at"#,
        provider,
        since.to_sqlx() as jiff_sqlx::Timestamp
    );
    rows.fetch_all(db).await?.into_iter().map(Invited::invitation).collect()
}

/// It was accepted, or taken back.
pub async fn end_invitation(
    db: impl PgExecutor<'_>,
    id: Uuid,
    provider: ProviderId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update invitations set ended_at = $3 where id = $1 and provider_id = $2 and ended_at is null",
        id,
        provider,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets invitations that open nothing any more.
pub async fn forget(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<()> {
    let before = now - crate::links::Purpose::Invitation.lasts();
    sqlx::query!(
        "delete from invitations where made_at < $1",
        before.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

struct Invited {
    id: Uuid,
    provider_id: Uuid,
    email: String,
    by_email: String,
    hand_over: bool,
    made_at: jiff_sqlx::Timestamp,
}

impl Invited {
    fn invitation(self) -> sqlx::Result<Invitation> {
        Ok(Invitation {
            id: self.id,
            provider: self.provider_id,
            email: read(Email::try_from(self.email))?,
            by: read(Email::try_from(self.by_email))?,
            hand_over: self.hand_over,
            made: self.made_at.to_jiff(),
        })
    }
}
