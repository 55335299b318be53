//! What an artist types, read with what the database knows.
use fingerpost::{
    calendar::civil_now,
    forms::Answers,
    imports::ImportOptions,
    offers::{
        Content,
        store::{Key, found},
    },
    places::{self, Gss, Places, postcodes},
    providers::{self, Profile},
    sample,
    submissions::{
        About, By, Submission, SubmissionId,
        known::{Known, Spot, known},
        reading::{Read, read},
        writing::answers_of,
    },
    text::{Email, Slug},
    venues::{self, Venue},
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{Database, database, folder, now};

fn submission(about: About, provider: Uuid, venue: Uuid, answers: Answers) -> Submission {
    let email = Email::parse("dele@hollowlane.example").unwrap();
    let by = By::Artist { email, confirmed: None };
    let new = Submission::new(SubmissionId::now_v7(), about, by, answers, now());
    Submission { provider, venue, ..new }
}

/// A new offer at this place.
fn at(pairs: &[(&str, &str)]) -> Submission {
    let mut answers = Answers::default();
    answers.set("delivery", "in-person");
    for (field, value) in pairs {
        answers.set(field, *value);
    }
    submission(About::New(None), Uuid::now_v7(), Uuid::now_v7(), answers)
}

async fn known_of(db: &PgPool, submission: &Submission) -> Known {
    known(&mut db.acquire().await.unwrap(), submission).await.unwrap()
}

async fn read_now(db: &PgPool, submission: &Submission) -> Read {
    read(submission, &known_of(db, submission).await, civil_now(now()).date())
}

fn told(read: &Read) -> Vec<String> {
    read.mistakes.iter().map(|one| format!("{}: {}", one.field, one.message)).collect()
}

/// Every offer of the sample, whatever its state, with who runs it and where.
async fn sampled(db: &PgPool) -> Vec<(Uuid, Content, Profile, Option<Venue>)> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select o.slug, p.slug from offers o join providers p on p.id = o.provider order by o.slug",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let mut all = Vec::new();
    for (slug, provider) in rows {
        let key = Key::Slug(Slug::parse(&slug).unwrap());
        let offer = found(db, &key).await.unwrap().unwrap().offer;
        let provider = Slug::parse(&provider).unwrap();
        let profile = providers::store::found(db, &provider).await.unwrap().unwrap().profile;
        let venue = match offer.content.place.venue {
            Some(id) => venues::store::standing(db, id, None, None).await.unwrap().pop(),
            None => None,
        };
        all.push((offer.id, offer.content, profile, venue.map(|one| one.venue)));
    }
    all
}

async fn with_sample() -> (Database, Places) {
    let db = database().await;
    sample::load(&db, now()).await.unwrap().unwrap();
    let places = places::store::load(&db).await.unwrap();
    (db, places)
}

#[tokio::test]
async fn every_offer_of_the_sample_becomes_answers_that_say_the_same() {
    let (db, places) = with_sample().await;
    let all = sampled(&db).await;
    assert!(all.len() > 100, "{}", all.len());
    for (id, content, profile, venue) in all {
        let answers = answers_of(&content, &profile, venue.as_ref(), &places);
        let ended = content.when.programme.ends_on.is_some_and(|day| day < civil_now(now()).date());
        let about = About::Change { offer: id, base: 1 };
        let at = venue.as_ref().map_or_else(Uuid::now_v7, |venue| venue.id);
        let read = read_now(&db, &submission(about, content.provider, at, answers)).await;
        let title = &content.title;
        if ended {
            let expected = ["ends_on: “What is its last day?” must be today or in the future"];
            assert_eq!(told(&read), expected, "{title}");
            continue;
        }
        assert_eq!((told(&read), read.missing.len()), (vec![], 0), "{title}");
        assert_eq!(read.content, content, "{title}");
        assert_eq!((&read.provider, &read.venue), (&profile, &venue), "{title}");
        assert!(!read.venue_is_new, "{title}");
    }
}

#[tokio::test]
async fn where_no_postcodes_were_imported_the_outward_code_says_where_it_is() {
    let (db, places) = with_sample().await;
    let southwark = places.borough_by_slug("southwark").unwrap().gss;
    let new = at(&[
        ("venue_postcode", "se15 1zz"),
        ("venue_name", "Somewhere New"),
        ("venue_address", "1 Rye Lane"),
    ]);
    let read = read_now(&db, &new).await;
    assert_eq!(told(&read), [""; 0]);
    let venue = read.venue.unwrap();
    assert_eq!((venue.borough, read.content.boroughs), (southwark, vec![southwark]));
    assert_eq!(venue.point, places.find("SE15").unwrap().point);
    assert!(read.venue_is_new && venue.id == new.venue);

    let outside = at(&[("venue_postcode", "M1 1AA")]);
    assert_eq!(known_of(&db, &outside).await.spot, Some(Spot::Outside));
}

#[tokio::test]
async fn a_postcode_of_a_venue_that_we_know_is_where_that_is() {
    let (db, _) = with_sample().await;
    let described = [("venue_postcode", "se154dd"), ("venue_name", "the lantern yard")];
    let read = read_now(&db, &at(&described)).await;
    let venue = read.venue.unwrap();
    assert_eq!((venue.name.as_str(), read.venue_is_new), ("Lantern Yard", false));
    let next_door =
        [described[0], ("venue_name", "Blue Gate"), ("venue_address", "11 Tanner’s Row")];
    let read = read_now(&db, &at(&next_door)).await;
    assert!(read.venue_is_new);
    assert_eq!(read.venue.unwrap().point, venue.point);
}

#[tokio::test]
async fn imported_postcodes_say_where_it_is_and_which_nobody_has() {
    let db = database().await;
    let folder = folder();
    let rows = "\"SE154QL\",10,534500,176500,\"E92000001\",\"\",\"\",\"\",\"E09000028\",\"\"\n\
                \"SE154XX\",10,534500,186500,\"E92000001\",\"\",\"\",\"\",\"E07000111\",\"\"\n";
    std::fs::write(folder.path().join("se.csv"), rows).unwrap();
    postcodes::import::run(&db, folder.path(), &ImportOptions::default()).await.unwrap();
    let spot = async |code: &str| known_of(&db, &at(&[("venue_postcode", code)])).await.spot;
    let Some(Spot::In { point, borough, .. }) = spot("SE15 4QL").await else { panic!() };
    assert_eq!(borough, Gss::parse("E09000028").unwrap());
    assert!((51.4..51.5).contains(&point.lat), "{point:?}");
    assert_eq!(spot("SE15 4XX").await, Some(Spot::Outside));
    assert_eq!(spot("SE15 4ZZ").await, Some(Spot::Unknown));
    assert!(matches!(spot("N1 1AA").await, Some(Spot::In { .. })));
    assert_eq!(spot("nowhere").await, None);
}
