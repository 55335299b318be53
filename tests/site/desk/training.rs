//! Training at the desk: cohorts planned, opened, changed and called off, bookings by hand, and the programme.
use axum::http::StatusCode;
use fingerpost::{
    accounts::Rights,
    training::{CohortId, Profession::Artists, store as trained},
};
use uuid::Uuid;

use super::*;
use crate::{
    describe::{form, hidden, wrongs},
    support::database,
    training::{ask, book, cohort, confirm, link, open, people, programme, told},
};

async fn administrator<'a>(db: &PgPool, site: &'a Site) -> Person<'a> {
    let rights = Rights { administrator: true, ..Rights::default() };
    signed_in(db, site, "Root", rights).await
}

/// What the form says when all is well; later pairs replace those that stand there.
fn filled(changed: &[(&str, &str)]) -> String {
    let mut pairs = vec![
        ("title", "Peckham, spring"),
        ("borough", "southwark"),
        ("date-1", "6 May 2031"),
        ("time-1", "10:30am"),
        ("minutes-1", "120"),
        ("meets", "place"),
        ("place", "Lantern Yard"),
        ("joining", "Ring twice."),
        ("share-artists", "2"),
        ("share-link_workers", "1"),
        ("share-health", "1"),
        ("share-local_authority", "1"),
        ("release_days", "7"),
        ("facilitator-1", "Philippa Sparrow"),
        ("material-1", "Read this"),
        ("address-1", "https://training.example/read"),
        ("contact_name", "Ama"),
        ("contact_email", "ama@council.example"),
    ];
    for (field, value) in changed {
        pairs.retain(|(known, _)| known != field);
        pairs.push((field, value));
    }
    form(&pairs)
}

async fn planned(db: &PgPool, ama: &Person<'_>) -> CohortId {
    let (programme, _) = programme(&mut db.acquire().await.unwrap()).await;
    let page = ama.get(&format!("/desk/training/new?programme={programme}")).await;
    assert!(
        page.body.contains("name=\"share-artists\" value=\"10\""),
        "equal shares are suggested"
    );
    let reply =
        ama.post("/desk/training/new", &filled(&[("programme", &programme.to_string())])).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", wrongs(&reply));
    let path = reply.header("location").strip_prefix("/desk/training/").unwrap();
    path.strip_suffix("?done=created").unwrap().parse().unwrap()
}

/// Presses a button of the cohort's page, as it stands now.
async fn press(person: &Person<'_>, id: CohortId, act: &str, more: &[(&str, &str)]) -> Reply {
    let revision = hidden(&person.get(&format!("/desk/training/{id}")).await, "revision");
    let mut pairs = vec![("revision", revision.as_str())];
    pairs.extend(more);
    person.post(&format!("/desk/training/{id}/{act}"), &form(&pairs)).await
}

async fn acts(db: &PgPool, id: Uuid) -> Vec<String> {
    sqlx::query_scalar("select act from desk_acts where subject = $1 order by number")
        .bind(id)
        .fetch_all(db)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_coordinator_plans_a_cohort_opens_it_changes_it_and_calls_it_off() {
    let db = database().await;
    let site = Site::new(&db).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let id = planned(&db, &ama).await;
    assert_eq!(site.get("/training/peckham-spring").await.status, StatusCode::NOT_FOUND);
    assert_eq!(press(&ama, id, "open", &[]).await.status, StatusCode::SEE_OTHER);
    let page = site.get("/training/peckham-spring").await;
    assert!(page.body.contains("Tuesday 6 May 2031, 10:30am to 12:30pm"), "{}", page.body);
    book(&db, &site, "peckham-spring", "ann", Artists).await;

    let path = format!("/desk/training/{id}/edit");
    let form_page = ama.get(&path).await;
    assert!(
        form_page.body.contains("Tuesday 6 May 2031") && form_page.body.contains("Ring twice.")
    );
    let revision = hidden(&form_page, "revision");
    let same = ama.post(&path, &filled(&[("revision", &revision), ("title", "Peckham")])).await;
    assert_eq!(same.status, StatusCode::SEE_OTHER, "{}", wrongs(&same));
    assert!(told(&db, "training_moved").await.is_empty(), "a title moves nobody");
    let stale = filled(&[("revision", &revision), ("title", "Kept words")]);
    let late = ama.post(&path, &stale).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("Kept words") && late.body.contains("Somebody else has changed it"));
    let revision = hidden(&ama.get(&path).await, "revision");
    ama.post(&path, &filled(&[("revision", &revision), ("date-1", "7 May 2031")])).await;
    assert_eq!(told(&db, "training_moved").await, ["ann"]);

    let silent = press(&ama, id, "cancellation", &[]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrongs(&silent).contains("Say why"));
    let off = press(&ama, id, "cancellation", &[("why", "The yard is flooded.")]).await;
    assert_eq!(off.status, StatusCode::SEE_OTHER);
    assert_eq!(told(&db, "training_called_off").await, ["ann"]);
    let page = site.get("/training/peckham-spring").await;
    assert!(page.body.contains("This training is called off") && page.body.contains("flooded"));
    let mine = site.get(&link(&db, "ann@clay.example").await).await;
    assert!(mine.body.contains("id=\"called-off\"") && !mine.body.contains("id=\"cancel\""));
    let file = site.get("/training/peckham-spring/calendar.ics").await;
    assert!(file.body.contains("STATUS:CANCELLED"));
    let expected = [
        "training_created",
        "training_opened",
        "training_changed",
        "training_changed",
        "training_called_off",
    ];
    assert_eq!(acts(&db, id).await, expected);
    let log = ama.get("/desk/log").await;
    assert!(log.body.contains(&format!("/desk/training/{id}\">")), "the log leads to it");
}

#[tokio::test]
async fn what_is_wrong_with_a_cohort_is_told_beside_it_and_nothing_typed_is_lost() {
    let db = database().await;
    let site = Site::new(&db).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let (programme, _) = programme(&mut db.acquire().await.unwrap()).await;
    let programme = programme.to_string();
    for (field, value, message) in [
        ("title", "", "Enter a title"),
        ("borough", "camden", "Choose the boroughs"),
        ("date-1", "someday", "Enter a date"),
        ("time-1", "late", "Enter a time"),
        ("time-1", "11pm", "It must end on the same day"),
        ("minutes-1", "5", "from 15 to 480"),
        ("place", "", "Say where it meets"),
        ("share-artists", "38", "The shares come to 41 places"),
        ("share-health", "many", "Enter a number of places"),
        ("release_days", "90", "from 0 to 60"),
        ("facilitator-1", &"x".repeat(101), "Enter a name"),
        ("address-1", "javascript:x", "Enter a web address"),
        ("contact_email", "nobody", "Enter an email address"),
    ] {
        let pairs = [("programme", programme.as_str()), ("about", "Kept words"), (field, value)];
        let reply = ama.post("/desk/training/new", &filled(&pairs)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(wrongs(&reply).contains(message), "{field}: {}", wrongs(&reply));
        assert!(reply.body.contains("Kept words") && reply.body.contains("id=\"wrongs\""));
        assert!(value == "camden" || reply.body.contains(value), "{field}");
    }
    let count: i64 =
        sqlx::query_scalar("select count(*) from cohorts").fetch_one(&*db).await.unwrap();
    assert_eq!(count, 0);
}

#[tokio::test]
async fn a_cohort_without_a_date_to_come_is_not_opened_and_never_made_smaller_than_who_has_a_place()
{
    let db = database().await;
    let site = Site::new(&db).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let id = planned(&db, &ama).await;
    sqlx::query("update cohort_sessions set starts_at = now() - interval '1 day'")
        .execute(&*db)
        .await
        .unwrap();
    let reply = press(&ama, id, "open", &[]).await;
    assert!(reply.status == StatusCode::CONFLICT && reply.body.contains("Give it dates first"));
    sqlx::query("update cohort_sessions set starts_at = now() + interval '30 days'")
        .execute(&*db)
        .await
        .unwrap();
    press(&ama, id, "open", &[]).await;
    for name in ["ann", "ben", "cat"] {
        book(&db, &site, "peckham-spring", name, Artists).await;
    }
    assert_eq!(people(&db, "waiting").await, ["cat"]);
    let path = format!("/desk/training/{id}/edit");
    let revision = hidden(&ama.get(&path).await, "revision");
    let none = [("share-link_workers", "0"), ("share-health", "0"), ("share-local_authority", "0")];
    let mut small = vec![("revision", revision.as_str()), ("share-artists", "1")];
    small.extend(none);
    let reply = ama.post(&path, &filled(&small)).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.body.contains("2 people have a place already"));
    let more = [("revision", revision.as_str()), ("share-artists", "3")];
    assert_eq!(ama.post(&path, &filled(&more)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        people(&db, "booked").await,
        ["ann", "ben", "cat"],
        "more places, and the next has one"
    );
}

#[tokio::test]
async fn a_session_that_has_begun_keeps_its_date_and_who_was_noted_there() {
    let db = database().await;
    let site = Site::new(&db).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let id = planned(&db, &ama).await;
    press(&ama, id, "open", &[]).await;
    book(&db, &site, "peckham-spring", "ann", Artists).await;
    sqlx::query(
        "update cohort_sessions set starts_at = date_trunc('day', now()) - interval '9 hours'",
    )
    .execute(&*db)
    .await
    .unwrap();
    sqlx::query("insert into attendance select b.id, s.id from bookings b, cohort_sessions s")
        .execute(&*db)
        .await
        .unwrap();
    let path = format!("/desk/training/{id}/edit");
    let page = ama.get(&path).await;
    let [revision, date, time] = ["revision", "date-1", "time-1"].map(|one| hidden(&page, one));
    let change = async |date: &str, time: &str| {
        let later = [("date-2", "8 May 2031"), ("time-2", "2pm"), ("title", "Kept words")];
        let mut pairs = vec![("revision", revision.as_str()), ("date-1", date), ("time-1", time)];
        pairs.extend(later);
        ama.post(&path, &filled(&pairs)).await
    };
    for (date, time) in [("", ""), ("7 May 2031", time.as_str()), (date.as_str(), "11:05am")] {
        let reply = change(date, time).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{date} {time}");
        assert!(wrongs(&reply).contains("This session has begun. Keep its date and time"));
        assert!(reply.body.contains("id=\"date-1-wrong\"") && reply.body.contains("Kept words"));
    }
    assert_eq!(change(&date, &time).await.status, StatusCode::SEE_OTHER, "others may be added");
    assert_eq!(cohort(&db, id).await.sessions.len(), 2);
    let noted = async || -> i64 {
        sqlx::query_scalar("select count(*) from attendance").fetch_one(&*db).await.unwrap()
    };
    assert_eq!(noted().await, 1);
    let gone = sqlx::query("delete from cohort_sessions").execute(&*db).await;
    assert!(gone.is_err(), "whatever deletes a session, who was there is not lost with it");
    assert_eq!(noted().await, 1);
}

#[tokio::test]
async fn bookings_are_added_moved_given_a_place_cancelled_and_taken_out_as_a_file() {
    let db = database().await;
    let site = Site::new(&db).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let id = open(&db, [1, 1, 1, 1], 30).await;
    let slug = cohort(&db, id).await.slug;
    book(&db, &site, slug.as_str(), "ann", Artists).await;
    let add = format!("/desk/training/{id}/bookings");
    let by_hand = |email| {
        form(&[("profession", "artists"), ("name", "=Ben()"), ("email", email), ("role", "Kept")])
    };
    let wrong = ama.post(&add, &by_hand("nobody")).await;
    assert!(wrongs(&wrong).contains("Enter an email address") && wrong.body.contains("Kept"));
    assert_eq!(ama.post(&add, &by_hand("ben@clay.example")).await.status, StatusCode::SEE_OTHER);
    let twice = ama.post(&add, &by_hand("BEN@clay.example")).await;
    assert!(twice.status == StatusCode::CONFLICT && twice.body.contains("has booked already"));
    assert_eq!(told(&db, "training_waiting").await, ["ben"]);
    let act = async |name: &str, act: &str, more: &[(&str, &str)]| {
        let (booking, revision): (Uuid, i32) =
            sqlx::query_as("select id, revision from bookings where email like $1")
                .bind(format!("{name}@%"))
                .fetch_one(&*db)
                .await
                .unwrap();
        let revision = revision.to_string();
        let mut pairs = vec![("revision", revision.as_str())];
        pairs.extend(more);
        ama.post(&format!("{add}/{booking}/{act}"), &form(&pairs)).await
    };
    assert_eq!(act("ben", "move", &[("group", "health")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(people(&db, "booked").await, ["ann", "ben"], "there was room in that group");
    book(&db, &site, slug.as_str(), "cat", Artists).await;
    assert_eq!(act("cat", "place", &[]).await.status, StatusCode::SEE_OTHER);
    book(&db, &site, slug.as_str(), "dot", Artists).await;
    act("dot", "place", &[]).await;
    book(&db, &site, slug.as_str(), "eve", Artists).await;
    let full = act("eve", "place", &[]).await;
    assert!(full.status == StatusCode::CONFLICT && full.body.contains("No place is free"));
    assert_eq!(act("ann", "cancel", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(told(&db, "training_cancelled").await, ["ann"]);
    let late = ama.post(&format!("{add}/{}/cancel", Uuid::nil()), "revision=1").await;
    assert_eq!(late.status, StatusCode::CONFLICT);

    let file = ama.get(&format!("/desk/training/{id}/bookings.csv")).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.body.contains("'=Ben()") && file.body.contains("Cancelled"), "{}", file.body);
    let all = acts(&db, id).await;
    let expected = [
        "booking_added",
        "booking_moved",
        "booking_placed",
        "booking_placed",
        "booking_cancelled",
        "bookings_exported",
    ];
    assert_eq!(all, expected);
    let named: i64 = sqlx::query_scalar("select count(*) from desk_acts where words like '%Ben%'")
        .fetch_one(&*db)
        .await
        .unwrap();
    assert_eq!(named, 0, "the log stays, and names do not");
}

#[tokio::test]
async fn a_reader_sees_groups_and_states_of_bookings_never_whose_they_are_and_can_press_nothing() {
    let db = database().await;
    let site = Site::new(&db).await;
    let id = open(&db, [1, 1, 1, 1], 30).await;
    let slug = cohort(&db, id).await.slug;
    let ann =
        [("name", "Ann Tiler"), ("email", "ann@clay.example"), ("access_needs", "A quiet seat")];
    ask(&db, &site, slug.as_str(), &ann).await;
    confirm(&site, &link(&db, "ann@clay.example").await).await;
    let whose = ["Ann Tiler", "ann@clay.example", "A quiet seat"];
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let page = ama.get(&format!("/desk/training/{id}")).await;
    assert!(whose.iter().all(|words| page.body.contains(words)));
    let reader = signed_in(&db, &site, "Rita", reader_of(SOUTHWARK)).await;
    let page = reader.get(&format!("/desk/training/{id}")).await;
    assert!(page.body.contains("not change it"));
    let table = page.body.split("id=\"bookings\"").nth(1).unwrap();
    assert!(table.contains("Artists") && table.contains("data-of=\"State\""), "{table}");
    assert!(whose.iter().all(|words| !page.body.contains(words)), "{}", page.body);
    assert!(!page.body.contains(&format!("/desk/training/{id}/attendance")));
    assert!(!page.body.contains("id=\"close\"") && !page.body.contains("id=\"add\""));
    let elsewhere = signed_in(&db, &site, "Cem", coordinator_of(CAMDEN)).await;
    assert!(!elsewhere.get("/desk/training").await.body.contains("Peckham learns"));
}

#[tokio::test]
async fn an_administrator_writes_a_programme_whose_modules_with_dates_stay() {
    let db = database().await;
    let site = Site::new(&db).await;
    let root = administrator(&db, &site).await;
    let pairs = [
        ("name", "Art together"),
        ("for_whom", "All of you."),
        ("about", "Two meetings."),
        ("title-1", "Meeting"),
        ("aims-1", "You know each other."),
        ("title-2", "Working"),
        ("aims-2", "You work."),
        ("minutes-2", "90"),
        ("words-1", "How sure are you?"),
        ("low-1", "not at all"),
        ("high-1", "very"),
    ];
    let wrong = root.post("/desk/training/programmes/new", &form(&pairs[..10])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrongs(&wrong).contains("Say what 10 means") && wrong.body.contains("You work."));
    let kept = root.post("/desk/training/programmes/new", &form(&pairs)).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", wrongs(&kept));
    let mut conn = db.acquire().await.unwrap();
    let one = trained::programmes(&mut conn).await.unwrap().remove(0);
    assert_eq!((one.modules.len(), one.questions.len(), one.modules[1].minutes), (2, 1, 90));

    let created = filled(&[("programme", &one.id.to_string())]);
    let reply = root.post("/desk/training/new", &created).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", wrongs(&reply));
    let path = format!("/desk/training/programmes/{}", one.id);
    let mut fewer: Vec<(&str, &str)> =
        pairs.into_iter().filter(|(field, _)| !field.ends_with("-1")).collect();
    fewer.push(("revision", "1"));
    let refused = root.post(&path, &form(&fewer)).await;
    assert!(wrongs(&refused).contains("has dates in a cohort"), "{}", wrongs(&refused));
    let mut other: Vec<(&str, &str)> =
        pairs.into_iter().filter(|(field, _)| !field.ends_with("-2")).collect();
    other.push(("revision", "1"));
    assert_eq!(root.post(&path, &form(&other)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(root.post(&path, &form(&other)).await.status, StatusCode::CONFLICT, "it moved on");
    let again = trained::programmes(&mut conn).await.unwrap().remove(0);
    assert_eq!(again.modules.len(), 1);
    assert_eq!(again.modules[0].id, one.modules[0].id, "the module keeps its dates");
}
