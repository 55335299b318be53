//! SQL for bookings. Whoever changes who has a place holds the row of the cohort: see [`super::locked`].
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::known;
use crate::{
    accounts::AccountId,
    database::store::read,
    places::Gss,
    text::{Email, Line, Text},
    training::{
        Booking, BookingId, CohortId, Profession,
        booking::{Person, State},
        shares::Seats,
    },
};

/// Keeps what somebody asks for, unconfirmed. Whoever asks again before confirming replaces what they said;
/// one that is confirmed stays as it is. Gives the booking of this address as it stands then.
pub async fn ask(
    db: impl PgExecutor<'_>,
    (id, cohort): (BookingId, CohortId),
    profession: Profession,
    person: &Person,
    by: Option<AccountId>,
    now: Timestamp,
) -> sqlx::Result<Booking> {
    let row = sqlx::query_as!(
        Row,
        r#"insert into bookings as b (id, cohort_id, profession, name, email, organisation, role, borough,
                                      access_needs, state, asked_at, added_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'unconfirmed', $10, $11)
           on conflict (cohort_id, email) where state <> 'cancelled' do update set
               profession = case b.state when 'unconfirmed' then excluded.profession else b.profession end,
               name = case b.state when 'unconfirmed' then excluded.name else b.name end,
               organisation = case b.state when 'unconfirmed' then excluded.organisation else b.organisation end,
               role = case b.state when 'unconfirmed' then excluded.role else b.role end,
               borough = case b.state when 'unconfirmed' then excluded.borough else b.borough end,
               access_needs = case b.state when 'unconfirmed' then excluded.access_needs else b.access_needs end,
               asked_at = case b.state when 'unconfirmed' then excluded.asked_at else b.asked_at end,
               revision = b.revision + (b.state = 'unconfirmed')::integer
           returning id, cohort_id, profession, name, email, organisation, role, borough as "borough: Gss",
                     access_needs, state, asked_at as "asked: jiff_sqlx::Timestamp", turn, revision"#,
        id,
        cohort,
        profession.code(),
        person.name.as_str(),
        person.email.as_str(),
        person.organisation.as_ref().map(Line::as_str),
        person.role.as_ref().map(Line::as_str),
        person.borough.as_ref().map(Gss::as_str),
        person.access_needs.as_ref().map(Text::as_str),
        now.to_sqlx() as jiff_sqlx::Timestamp,
        by
    );
    row.fetch_one(db).await?.booking()
}

pub async fn booking(db: impl PgExecutor<'_>, id: BookingId) -> sqlx::Result<Option<Booking>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, cohort_id, profession, name, email, organisation, role, borough as "borough: Gss",
                  access_needs, state, asked_at as "asked: jiff_sqlx::Timestamp", turn, revision
           from bookings where id = $1"#,
        id
    );
    row.fetch_optional(db).await?.map(Row::booking).transpose()
}

/// All of a cohort but what nobody confirmed, in the order in which they were confirmed.
pub async fn of_cohort(db: impl PgExecutor<'_>, cohort: CohortId) -> sqlx::Result<Vec<Booking>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, cohort_id, profession, name, email, organisation, role, borough as "borough: Gss",
                  access_needs, state, asked_at as "asked: jiff_sqlx::Timestamp", turn, revision
           from bookings where cohort_id = $1 and turn is not null order by turn"#,
        cohort
    );
    rows.fetch_all(db).await?.into_iter().map(Row::booking).collect()
}

/// Whoever waits, in the order in which they confirmed: the oldest first.
pub async fn waiting(
    db: impl PgExecutor<'_>,
    cohort: CohortId,
) -> sqlx::Result<Vec<(BookingId, Profession)>> {
    let rows = sqlx::query!(
        "select id, profession from bookings where cohort_id = $1 and state = 'waiting' order by turn",
        cohort
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    rows.map(|row| Ok((row.id, known(Profession::parse(&row.profession))?))).collect()
}

/// How many of each group have a place, beside the cohort's shares.
pub async fn seats(
    db: impl PgExecutor<'_>,
    cohort: CohortId,
    shares: [u8; 4],
    released: bool,
) -> sqlx::Result<Seats> {
    let rows = sqlx::query!(
        r#"select profession, count(*) as "people!" from bookings
           where cohort_id = $1 and state = 'booked' group by profession"#,
        cohort
    );
    let mut booked = [0; 4];
    for row in rows.fetch_all(db).await? {
        let people = read(u8::try_from(row.people))?;
        booked[known(Profession::parse(&row.profession))?.at()] = people;
    }
    Ok(Seats { shares, booked, released })
}

/// How many people wait in each group.
pub async fn waiting_by_group(
    db: impl PgExecutor<'_>,
    cohort: CohortId,
) -> sqlx::Result<[usize; 4]> {
    let mut groups = [0; 4];
    for (_, profession) in waiting(db, cohort).await? {
        groups[profession.at()] += 1;
    }
    Ok(groups)
}

/// From now on it stands in the line, after everybody who confirmed before.
pub async fn line_up(
    db: impl PgExecutor<'_>,
    id: BookingId,
    cohort: CohortId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update bookings set state = 'waiting', confirmed_at = $3, revision = revision + 1,
                turn = (select coalesce(max(turn), 0) + 1 from bookings where cohort_id = $2)
         where id = $1 and state = 'unconfirmed'",
        id,
        cohort,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await
    .map(drop)
}

/// Gives a place to whoever waits.
pub async fn give_place(
    db: impl PgExecutor<'_>,
    id: BookingId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update bookings set state = 'booked', booked_at = $2, revision = revision + 1
         where id = $1 and state = 'waiting'",
        id,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await
    .map(drop)
}

/// It takes no place and stands in no line any more. What they need on the day is forgotten at once.
pub async fn cancel(db: impl PgExecutor<'_>, id: BookingId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update bookings set state = 'cancelled', ended_at = $2, access_needs = null, revision = revision + 1
         where id = $1 and state <> 'cancelled'",
        id,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await
    .map(drop)
}

/// Counts it among another group from now on; its turn stays.
pub async fn move_to(
    db: impl PgExecutor<'_>,
    id: BookingId,
    profession: Profession,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update bookings set profession = $2, revision = revision + 1 where id = $1",
        id,
        profession.code()
    )
    .execute(db)
    .await
    .map(drop)
}

/// How somebody is called from now on; `false` where they are forgotten.
pub async fn rename(
    db: impl PgExecutor<'_>,
    id: BookingId,
    name: &Line<100>,
) -> sqlx::Result<bool> {
    let renamed = sqlx::query!(
        "update bookings set name = $2, revision = revision + 1 where id = $1 and name is not null",
        id,
        name.as_str()
    );
    Ok(renamed.execute(db).await?.rows_affected() == 1)
}

/// Everybody with a place to whom this letter has not been written yet, who had it at `since`: who booked
/// later knows the date already. Letters are known by their event, `{what}:{booking}:{of}`.
pub async fn untold(
    db: impl PgExecutor<'_>,
    cohort: CohortId,
    (what, of): (&str, &str),
    since: Timestamp,
) -> sqlx::Result<Vec<Booking>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id, cohort_id, profession, name, email, organisation, role, borough as "borough: Gss",
                  access_needs, state, asked_at as "asked: jiff_sqlx::Timestamp", turn, revision
           from bookings b
           where cohort_id = $1 and state = 'booked' and email is not null and booked_at <= $4
             and not exists (select from outbox o where o.event = $2 || ':' || b.id || ':' || $3)
           order by turn"#,
        cohort,
        what,
        of,
        since.to_sqlx() as jiff_sqlx::Timestamp
    );
    rows.fetch_all(db).await?.into_iter().map(Row::booking).collect()
}

struct Row {
    id: Uuid,
    cohort_id: Uuid,
    profession: String,
    name: Option<String>,
    email: Option<String>,
    organisation: Option<String>,
    role: Option<String>,
    borough: Option<Gss>,
    access_needs: Option<String>,
    state: String,
    asked: jiff_sqlx::Timestamp,
    turn: Option<i32>,
    revision: i32,
}

impl Row {
    fn booking(self) -> sqlx::Result<Booking> {
        let person = match (self.name, self.email) {
            (Some(name), Some(email)) => Some(Person {
                name: read(Line::try_from(name))?,
                email: read(Email::try_from(email))?,
                organisation: self.organisation.map(Line::try_from).map(read).transpose()?,
                role: self.role.map(Line::try_from).map(read).transpose()?,
                borough: self.borough,
                access_needs: self.access_needs.map(Text::try_from).map(read).transpose()?,
            }),
            _ => None,
        };
        Ok(Booking {
            id: self.id,
            cohort: self.cohort_id,
            profession: known(Profession::parse(&self.profession))?,
            person,
            state: known(State::parse(&self.state))?,
            asked: self.asked.to_jiff(),
            turn: self.turn.map(u32::try_from).map(read).transpose()?,
            revision: self.revision,
        })
    }
}
