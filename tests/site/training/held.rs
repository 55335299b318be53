//! A cohort with people in it, for tests of what comes after.
use fingerpost::{
    links::{Purpose, Wanted, store::make},
    text::Email,
};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::now;

/// A programme of four modules and two questions, and one cohort of it.
pub struct Cohort {
    pub id: Uuid,
    pub slug: String,
    pub sessions: Vec<Uuid>,
    pub people: Vec<Person>,
}

pub struct Person {
    pub booking: Uuid,
    pub name: String,
    pub email: String,
}

/// With so many people, artists and link workers in turn; its first session begins so many days from now, and
/// one follows a day.
pub async fn cohort(db: &PgPool, borough: &str, people: usize, days: i64) -> Cohort {
    let first = now() + SignedDuration::from_hours(24 * days);
    in_programme(db, programme(db).await, borough, people, first).await
}

pub async fn programme(db: &PgPool) -> Uuid {
    let programme = Uuid::now_v7();
    sqlx::query(
        "insert into training_programmes (id, slug, name, for_whom, about, made_at)
         values ($1, $2, 'Creativity together', 'For all', 'About it', now())",
    )
    .bind(programme)
    .bind(format!("together-{}", &programme.simple().to_string()[20..]))
    .execute(db)
    .await
    .unwrap();
    for at in 1..=4_i16 {
        sqlx::query("insert into training_modules values ($1, $2, $3, $4, 'Aims', 120)")
            .bind(Uuid::now_v7())
            .bind(programme)
            .bind(at)
            .bind(format!("Module {at}"))
            .execute(db)
            .await
            .unwrap();
        if at <= 2 {
            sqlx::query(
                "insert into training_questions values ($1, $2, $3, $4, 'not at all', 'very')",
            )
            .bind(Uuid::now_v7())
            .bind(programme)
            .bind(at)
            .bind(format!("How sure are you, {at}?"))
            .execute(db)
            .await
            .unwrap();
        }
    }
    programme
}

pub async fn in_programme(
    db: &PgPool,
    programme: Uuid,
    borough: &str,
    people: usize,
    first: Timestamp,
) -> Cohort {
    let id = Uuid::now_v7();
    let slug = format!("spring-{}", &id.simple().to_string()[20..]);
    let held = first + SignedDuration::from_hours(74) <= now();
    let mut tx = db.begin().await.unwrap();
    sqlx::query(
        "insert into cohorts (id, slug, programme_id, title, capacity, state, state_since, contact_name,
                              contact_email, made_at)
         values ($1, $2, $3, 'Spring cohort', 40, $4, now(), 'Ama', 'ama@council.example', now())",
    )
    .bind(id)
    .bind(&slug)
    .bind(programme)
    .bind(if held { "held" } else { "open" })
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query("insert into cohort_boroughs values ($1, $2)")
        .bind(id)
        .bind(borough)
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query("insert into cohort_shares select $1, p, 10 from unnest(known_professions()) p")
        .bind(id)
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query("insert into cohort_facilitators values ($1, 1, 'Zoë Facilitator', null)")
        .bind(id)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let modules: Vec<Uuid> = sqlx::query_scalar(
        "select id from training_modules where programme_id = $1 order by position",
    )
    .bind(programme)
    .fetch_all(db)
    .await
    .unwrap();
    let mut sessions = Vec::new();
    for (at, module) in (0..).zip(modules) {
        let session = Uuid::now_v7();
        sqlx::query(
            "insert into cohort_sessions (id, cohort_id, programme_id, module_id, starts_at, minutes)
             values ($1, $2, $3, $4, $5, 120)",
        )
        .bind(session)
        .bind(id)
        .bind(programme)
        .bind(module)
        .bind((first + SignedDuration::from_hours(24 * at)).to_sqlx())
        .execute(db)
        .await
        .unwrap();
        sessions.push(session);
    }
    let mut cohort = Cohort { id, slug, sessions, people: Vec::new() };
    for at in 1..=people {
        let person = Person {
            booking: Uuid::now_v7(),
            name: format!("Person Number {at}"),
            email: format!("person{at}@clay.example"),
        };
        sqlx::query(
            "insert into bookings (id, cohort_id, profession, name, email, state, asked_at, confirmed_at, turn,
                                   booked_at)
             values ($1, $2, $3, $4, $5, 'booked', now(), now(), $6, now())",
        )
        .bind(person.booking)
        .bind(id)
        .bind(["artists", "link_workers"][at % 2])
        .bind(&person.name)
        .bind(&person.email)
        .bind(i32::try_from(at).unwrap())
        .execute(db)
        .await
        .unwrap();
        cohort.people.push(person);
    }
    cohort
}

impl Cohort {
    /// Person `at` came to the first so many sessions.
    pub async fn came(&self, db: &PgPool, at: usize, sessions: usize) {
        for session in &self.sessions[..sessions] {
            sqlx::query("insert into attendance values ($1, $2)")
                .bind(self.people[at].booking)
                .bind(session)
                .execute(db)
                .await
                .unwrap();
        }
    }

    /// The address of the mailed link of person `at`.
    pub async fn link(&self, db: &PgPool, at: usize) -> String {
        let person = &self.people[at];
        let wanted = Wanted {
            purpose: Purpose::Booking,
            subject: Some(person.booking),
            email: Email::of_person(&person.email).unwrap(),
            mailed: true,
        };
        Purpose::Booking.path(&make(db, &wanted, now()).await.unwrap())
    }

    /// A provider asks to show it, for the first person.
    pub async fn shown_by(&self, db: &PgPool, provider: Uuid) -> Uuid {
        let id = Uuid::now_v7();
        sqlx::query(
            "insert into training_shown (id, booking_id, cohort_id, provider_id, state, asked_at)
             values ($1, $2, $3, $4, 'asked', now())",
        )
        .bind(id)
        .bind(self.people[0].booking)
        .bind(self.id)
        .bind(provider)
        .execute(db)
        .await
        .unwrap();
        id
    }
}
