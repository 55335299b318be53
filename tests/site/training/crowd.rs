//! Two hundred people book a cohort of forty places at the same moment, over HTTP, as people do.
use std::{collections::BTreeMap, fs, net::SocketAddr, path::Path, sync::Arc};

use sqlx::{ConnectOptions, Connection, PgConnection};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Barrier,
    task::JoinSet,
};

use super::*;
use crate::support::{Private, Program, eventually_so, folder};

const PEOPLE: usize = 200;
/// More of each group than its share, and of some far more.
const GROUPS: [(Profession, usize); 4] = [
    (Profession::Artists, 90),
    (Profession::LinkWorkers, 60),
    (Profession::Health, 35),
    (Profession::LocalAuthority, 15),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_at_once_get_exactly_forty_places_the_shares_kept_nobody_twice_and_a_fair_line()
{
    let folder = folder();
    let mut command = Program::command(folder.path());
    // Each of them comes from a network of their own.
    command.env("FINGERPOST_BEHIND_PROXY", "true").env("FINGERPOST_EMPTY", "true");
    let program = Program::ready(command, folder.path());
    let address: SocketAddr = program.address().parse().unwrap();
    let mut db = Private::of(folder.path()).options().connect().await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let id = open_in(&mut tx, [10, 10, 10, 10], 30).await;
    tx.commit().await.unwrap();

    let groups = GROUPS.iter().flat_map(|(group, people)| std::iter::repeat_n(*group, *people));
    let people: Vec<Profession> = groups.collect();
    assert_eq!(people.len(), PEOPLE);
    let key = fingerpost::limits::store::stamp_key(&mut db).await.unwrap();
    let stamp = key.stamp(now() - SignedDuration::from_secs(60));
    at_once(people.iter().enumerate().map(|(at, group)| {
        let (email, name) = (format!("person{at}@clay.example"), format!("Person {at}"));
        let pairs =
            [("profession", group.code()), ("name", &name), ("email", &email), ("stamp", &stamp)];
        asked(address, at, "POST", "/training/peckham-learns/book", form(&pairs))
    }))
    .await;
    // Every tenth sends the form again, and writes the address otherwise.
    at_once(people.iter().enumerate().step_by(10).map(|(at, group)| {
        let email = format!(" PERSON{at}@Clay.example ");
        let pairs =
            [("profession", group.code()), ("name", "Again"), ("email", &email), ("stamp", &stamp)];
        asked(address, at, "POST", "/training/peckham-learns/book", form(&pairs))
    }))
    .await;
    let all = PEOPLE + PEOPLE / 10;
    let mail = folder.path().join("var/mail");
    eventually_so(async || letters(&mail).len() == all).await;
    let booked: i64 = one(&mut db, "select count(*) from bookings where turn is not null").await;
    assert_eq!(booked, 0, "letters alone take no place");

    let links = letters(&mail);
    let pages = at_once(
        links.iter().enumerate().map(|(at, link)| asked(address, at, "GET", link, String::new())),
    )
    .await;
    let confirmations: Vec<(String, String)> = links
        .iter()
        .zip(&pages)
        .map(|(link, page)| {
            let (_, rest) = page.split_once("name=\"revision\" value=\"").unwrap();
            (format!("{link}/confirmation"), form(&[("revision", rest.split('"').next().unwrap())]))
        })
        .collect();
    let replies = at_once(
        confirmations
            .into_iter()
            .enumerate()
            .map(|(at, (path, body))| asked(address, at, "POST", path, body)),
    )
    .await;
    assert!(replies.iter().all(|reply| reply.starts_with("HTTP/1.1 303")), "nobody is turned away");

    fair(&mut db, id).await;
    let line: Vec<(String, i64)> = sqlx::query_as(
        "select email, row_number() over (partition by profession order by turn)
         from bookings where state = 'waiting' order by turn desc limit 3",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    for (email, number) in line {
        let plain: String = sqlx::query_scalar(
            "select plain from outbox where recipient = $1 and event like 'training_waiting:%'",
        )
        .bind(&email)
        .fetch_one(&mut db)
        .await
        .unwrap();
        assert!(
            plain.replace('\n', " ").contains(&format!("number {number} in")),
            "{email}: {number}: {plain}"
        );
    }

    // All who have a place cancel at once: the next of each group have theirs.
    let places: Vec<String> = places(&mut db).await;
    at_once(places.iter().enumerate().map(|(at, page)| {
        asked(address, at, "POST", format!("{page}/cancellation"), String::new())
    }))
    .await;
    let counts = by_group(&mut db).await;
    assert!(counts.values().all(|(booked, _)| *booked <= 10), "{counts:?}");
    let local = counts["local_authority"];
    assert_eq!(local, (5, 0), "of fifteen, ten had cancelled");
    assert_eq!(counts["artists"].0, 10);
    let told: i64 =
        one(&mut db, "select count(*) from outbox where event like 'training_booked:%'").await;
    assert_eq!(told, 40 + 35, "each is told once");
}

/// Exactly the first of each group, in the order in which they confirmed, have its places.
async fn fair(db: &mut PgConnection, id: CohortId) {
    let counts = by_group(db).await;
    for (group, people) in GROUPS {
        let expected = (10, i64::try_from(people).unwrap() - 10);
        assert_eq!(counts[group.code()], expected, "{group:?}");
    }
    let twice: i64 = one(db, "select count(*) - count(distinct email) from bookings").await;
    let confirmed: i64 = one(db, "select count(*) from bookings where turn is not null").await;
    assert_eq!((twice, confirmed), (0, PEOPLE as i64));
    let passed: i64 = sqlx::query_scalar(
        "select count(*) from bookings a join bookings b using (cohort_id, profession)
         where a.cohort_id = $1 and a.state = 'booked' and b.state = 'waiting' and b.turn < a.turn",
    )
    .bind(id)
    .fetch_one(&mut *db)
    .await
    .unwrap();
    assert_eq!(passed, 0, "nobody was passed");
    let order: i64 = one(
        db,
        "select count(*) from bookings a join bookings b on a.turn < b.turn and a.confirmed_at > b.confirmed_at + interval '5 seconds'",
    )
    .await;
    assert_eq!(order, 0, "turns are in the order of confirmation");
    let letters: i64 = one(
        db,
        "select count(*) from outbox where event like 'training_booked:%' or event like 'training_waiting:%'",
    )
    .await;
    assert_eq!(letters, PEOPLE as i64, "everybody is told how they stand, once");
}

/// How many have a place and wait, by group.
async fn by_group(db: &mut PgConnection) -> BTreeMap<String, (i64, i64)> {
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(
        "select profession, count(*) filter (where state = 'booked'), count(*) filter (where state = 'waiting')
         from bookings group by profession",
    )
    .fetch_all(db)
    .await
    .unwrap();
    rows.into_iter().map(|(group, booked, waiting)| (group, (booked, waiting))).collect()
}

/// The private addresses of whoever has a place.
async fn places(db: &mut PgConnection) -> Vec<String> {
    let rows: Vec<(Uuid, String)> =
        sqlx::query_as("select id, email from bookings where state = 'booked'")
            .fetch_all(&mut *db)
            .await
            .unwrap();
    let mut pages = Vec::new();
    for (id, email) in rows {
        let email = Email::parse(&email).unwrap();
        let wanted = Wanted { purpose: Purpose::Booking, subject: Some(id), email, mailed: true };
        let secret = links::store::make(&mut *db, &wanted, now()).await.unwrap();
        pages.push(Purpose::Booking.path(&secret));
    }
    pages
}

async fn one(db: &mut PgConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(db).await.unwrap()
}

/// All begin at the same moment; the answers in their order.
async fn at_once<F>(all: impl Iterator<Item = F>) -> Vec<String>
where
    F: Future<Output = String> + Send + 'static,
{
    let all: Vec<F> = all.collect();
    let together = Arc::new(Barrier::new(all.len()));
    let mut running = JoinSet::new();
    for (at, one) in all.into_iter().enumerate() {
        let together = together.clone();
        running.spawn(async move {
            together.wait().await;
            (at, one.await)
        });
    }
    let mut answers = running.join_all().await;
    answers.sort_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

fn asked(
    address: SocketAddr,
    at: usize,
    method: &'static str,
    path: impl Into<String>,
    body: String,
) -> impl Future<Output = String> + Send + 'static {
    let path = path.into();
    async move {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\nx-forwarded-for: 10.1.{}.{}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            at / 250,
            at % 250 + 1,
            body.len()
        );
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).await.unwrap();
        let fine = reply.starts_with("HTTP/1.1 200") || reply.starts_with("HTTP/1.1 303");
        assert!(fine, "{method} {path}: {}", reply.lines().next().unwrap_or_default());
        reply
    }
}

/// The addresses in the letters that ask to confirm, one for each letter.
fn letters(folder: &Path) -> Vec<String> {
    let Ok(files) = fs::read_dir(folder) else { return Vec::new() };
    let files = files.map(|file| file.unwrap().path());
    let asked =
        files.filter(|file| file.to_str().is_some_and(|name| name.ends_with("-trainingasked.eml")));
    let link = |mail: String| {
        let plain = mail.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=");
        let start = plain.find("/booking/").unwrap();
        plain[start..start + "/booking/".len() + 32].to_owned()
    };
    asked.map(|file| link(fs::read_to_string(file).unwrap())).collect()
}
