//! Training: asked for, confirmed by a mailed link, waited for, cancelled; and what time brings.
mod attendance;
mod booking;
mod certificates;
mod crowd;
mod evaluation;
pub mod held;
pub mod history;
mod showing;
mod time;

use fingerpost::{
    links::{self, Purpose, Wanted},
    places::Gss,
    text::{Email, Line, Text},
    training::{
        BookingId, Cohort, CohortId, Module, Profession,
        cohort::{RELEASE_DAYS, Says, State},
        programme,
        store::{self, writing},
    },
};
use jiff::{SignedDuration, Timestamp};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::{
    describe::{form, stamp},
    desk::SOUTHWARK,
    support::{Reply, Site, now},
};

pub fn says(title: &str, shares: [u8; 4]) -> Says {
    Says {
        title: Line::parse(title).unwrap(),
        place: Some(Line::parse("Lantern Yard, Peckham").unwrap()),
        joining: Some(Text::parse("Ring the lower bell.").unwrap()),
        about: None,
        boroughs: vec![Gss::parse(SOUTHWARK).unwrap()],
        shares,
        release_days: RELEASE_DAYS,
        contact_name: Line::parse("Ama").unwrap(),
        contact_email: Email::parse("ama@council.example").unwrap(),
        facilitators: Vec::new(),
        materials: Vec::new(),
    }
}

/// A programme of two modules.
pub async fn programme(db: &mut PgConnection) -> (Uuid, Vec<Module>) {
    let id = Uuid::now_v7();
    let says = programme::Says {
        name: Line::parse("Learning together").unwrap(),
        for_whom: Line::parse("All of you.").unwrap(),
        about: Text::parse("Two meetings.").unwrap(),
    };
    let modules = ["Meeting", "Working"].iter().zip(1..).map(|(title, position)| Module {
        id: Uuid::now_v7(),
        position,
        title: Line::parse(title).unwrap(),
        aims: Text::parse("You know each other.").unwrap(),
        minutes: 120,
    });
    let modules: Vec<Module> = modules.collect();
    writing::keep_programme(db, (id, None), &says, &modules, &[], now()).await.unwrap();
    (id, modules)
}

/// A cohort that can be booked, whose two sessions begin in so many days, and a week later.
pub async fn open(db: &PgPool, shares: [u8; 4], days: i64) -> CohortId {
    let mut tx = db.begin().await.unwrap();
    let id = open_in(&mut tx, shares, days).await;
    tx.commit().await.unwrap();
    id
}

pub async fn open_in(db: &mut PgConnection, shares: [u8; 4], days: i64) -> CohortId {
    let (programme, modules) = programme(db).await;
    let says = says("Peckham learns", shares);
    let dates = dated(&modules, now() + SignedDuration::from_hours(24 * days));
    let id = writing::create_cohort(db, programme, &says, &dates, now()).await.unwrap();
    writing::set_state(db, id, State::Open, None, now()).await.unwrap();
    id
}

pub fn dated(modules: &[Module], first: Timestamp) -> Vec<writing::Dated> {
    let weeks = (0..).map(|week| SignedDuration::from_hours(24 * 7 * week));
    let dated = modules.iter().zip(weeks);
    dated
        .map(|(module, later)| writing::Dated {
            module: module.id,
            starts: first + later,
            minutes: module.minutes,
        })
        .collect()
}

pub async fn cohort(db: &PgPool, id: CohortId) -> Cohort {
    store::cohort(&mut db.acquire().await.unwrap(), id).await.unwrap().unwrap()
}

/// Sends the booking form; later pairs replace those that stand there.
pub async fn ask(db: &PgPool, site: &Site, slug: &str, changed: &[(&str, &str)]) -> Reply {
    let stamp = stamp(db).await;
    let mut pairs = vec![
        ("profession", "artists"),
        ("name", "Dele"),
        ("email", "dele@clay.example"),
        ("website", ""),
        ("stamp", stamp.as_str()),
    ];
    for (field, value) in changed {
        pairs.retain(|(known, _)| known != field);
        pairs.push((field, value));
    }
    site.post(&format!("/training/{slug}/book"), &form(&pairs)).await
}

/// Somebody of this group asks and confirms; the address of their page.
pub async fn book(db: &PgPool, site: &Site, slug: &str, name: &str, group: Profession) -> String {
    let email = format!("{name}@clay.example");
    let pairs = [("profession", group.code()), ("name", name), ("email", email.as_str())];
    let reply = ask(db, site, slug, &pairs).await;
    assert_eq!(reply.header("location"), format!("/training/{slug}/book/thanks"), "{}", reply.body);
    let page = link(db, &email).await;
    confirm(site, &page).await;
    page
}

/// Presses the button of the page.
pub async fn confirm(site: &Site, page: &str) -> Reply {
    let shown = site.get(page).await;
    let revision = crate::describe::hidden(&shown, "revision");
    site.post(&format!("{page}/confirmation"), &form(&[("revision", &revision)])).await
}

/// The address that a letter to the living booking of this address leads to.
pub async fn link(db: &PgPool, email: &str) -> String {
    let id: BookingId = sqlx::query_scalar(
        "select id from bookings where email = $1 order by asked_at desc, id desc limit 1",
    )
    .bind(email)
    .fetch_one(db)
    .await
    .unwrap();
    let email = Email::parse(email).unwrap();
    let wanted = Wanted { purpose: Purpose::Booking, subject: Some(id), email, mailed: true };
    let secret = links::store::make(db, &wanted, now()).await.unwrap();
    Purpose::Booking.path(&secret)
}

/// Addresses in a state, in the order in which they were confirmed, without their domain.
pub async fn people(db: &PgPool, state: &str) -> Vec<String> {
    sqlx::query_scalar(
        "select split_part(email, '@', 1) from bookings where state = $1 order by turn, asked_at",
    )
    .bind(state)
    .fetch_all(db)
    .await
    .unwrap()
}

/// To whom letters of this event went, without their domain, in the order in which they were put.
pub async fn told(db: &PgPool, event: &str) -> Vec<String> {
    sqlx::query_scalar(
        "select split_part(recipient, '@', 1) from outbox where event like $1 order by put_at, id",
    )
    .bind(format!("{event}:%"))
    .fetch_all(db)
    .await
    .unwrap()
}
