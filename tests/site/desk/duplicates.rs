//! Offers that may be one and the same: how well they are found, told apart and merged.
use axum::http::StatusCode;
use fingerpost::{
    calendar::day_of_short_code,
    desk::duplicates::{Facts, SUSPECT, Slot, Spot, likeness, store as suspects, watch::look},
    offers::{Content, Offer, store as offers},
    places::Point,
    text::Name,
    topics::{Activity, Code},
};
use uuid::Uuid;

use super::{batches::some_published, *};
use crate::describe::{form, hidden};

/// Below these somebody has made it worse.
const PRECISION: f64 = 0.9;
const RECALL: f64 = 0.85;

/// "tue 10-12.30".
fn slot(written: &str) -> Slot {
    let (day, times) = written.split_once(' ').unwrap();
    let time = |written: &str| {
        let (hour, minute) = written.split_once('.').unwrap_or((written, "0"));
        jiff::civil::time(hour.parse().unwrap(), minute.parse().unwrap(), 0, 0)
    };
    let (starts, ends) = times.split_once('-').unwrap();
    let day = day_of_short_code(day).unwrap();
    Slot { day, starts: time(starts), ends: time(ends) }
}

/// One side of a line of the file. Halls of one name but for its signs are entered twice, at nearly one place.
fn facts(written: &str) -> Facts {
    let cells: Vec<&str> = written.split('|').map(str::trim).collect();
    let [title, provider, place, times, activity] = cells.try_into().unwrap();
    let id = |name: &str| {
        Uuid::from_u128(name.bytes().fold(7, |sum, byte| sum * 31 + u128::from(byte)) % (1 << 100))
    };
    let far = |name: &str| {
        let letters: u32 = name.chars().filter(|c| c.is_alphanumeric()).map(u32::from).sum();
        Point { lat: 51.4 + f64::from(letters % 97) / 500.0, lon: -0.1 }
    };
    Facts {
        offer: Uuid::now_v7(),
        title: Name::of(title),
        provider: id(provider),
        provider_name: Name::of(provider),
        venue: (place != "-").then(|| Spot {
            id: id(place),
            name: Name::of(place),
            point: far(place),
        }),
        activity: Some(Activity::parse(activity).unwrap_or_else(|| panic!("{activity}"))),
        slots: (times != "-").then(|| slot(times)).into_iter().collect(),
    }
}

#[test]
fn duplicates_are_found_and_look_alikes_left_alone_on_the_labelled_pairs() {
    let lines = include_str!("labelled.txt").lines().filter(|line| !line.starts_with('#'));
    let (mut found, mut missed, mut wrong, mut left) = (0, 0, 0, 0);
    for line in lines {
        let (label, pair) = line.split_once('|').unwrap();
        let (one, other) = pair.split_once('~').unwrap();
        let score = likeness(&facts(one), &facts(other)).score;
        let same = label.trim() == "same";
        match (same, score >= SUSPECT) {
            (true, true) => found += 1,
            (false, false) => left += 1,
            (true, false) => missed += 1,
            (false, true) => wrong += 1,
        }
        if same != (score >= SUSPECT) {
            println!("{score:.2} {line}");
        }
    }
    assert!(found + missed + wrong + left >= 60);
    let precision = f64::from(found) / f64::from(found + wrong);
    let recall = f64::from(found) / f64::from(found + missed);
    println!(
        "Of {} pairs: precision {precision:.2}, recall {recall:.2}",
        found + missed + wrong + left
    );
    assert!(precision >= PRECISION && recall >= RECALL, "{precision:.2} {recall:.2}");
}

/// A copy of it, whose title has a small word more, and that says nothing of what to bring.
pub async fn twin_of(db: &PgPool, offer: OfferId) -> OfferId {
    changed_twin_of(db, offer, |content| {
        content.title = Line::parse(&format!("The {}", content.title)).unwrap();
    })
    .await
}

async fn changed_twin_of(db: &PgPool, offer: OfferId, change: impl Fn(&mut Content)) -> OfferId {
    let mut tx = db.begin().await.unwrap();
    let kept = offers::kept(&mut tx, offer).await.unwrap().unwrap().offer;
    let mut twin = Offer { id: OfferId::now_v7(), revision: 1, ..kept };
    twin.slug = fingerpost::text::Slug::parse(&format!("twin-{}", twin.id.simple())).unwrap();
    change(&mut twin.content);
    let author = offers::Author { by: Line::parse("import").unwrap(), why: None };
    offers::insert(&mut tx, &twin, None, &author, now()).await.unwrap();
    tx.commit().await.unwrap();
    twin.id
}

async fn slug(db: &PgPool, offer: OfferId) -> String {
    sqlx::query_scalar("select slug from offers where id = $1")
        .bind(offer)
        .fetch_one(db)
        .await
        .unwrap()
}

async fn content(db: &PgPool, offer: OfferId) -> Content {
    offers::these(db, &[offer]).await.unwrap().pop().unwrap().offer.content
}

/// What the form of a comparison sends, with these choices in the place of its own.
fn merging(page: &Reply, changed: &[(&str, &str)]) -> String {
    let (revision, other) = (hidden(page, "revision"), hidden(page, "other_revision"));
    let mut pairs = vec![("revision", revision.as_str()), ("other_revision", other.as_str())];
    for radio in page.body.split("<input type=\"radio\" name=\"").skip(1) {
        let (name, rest) = radio.split_once('"').unwrap();
        let (tag, _) = rest.split_once('>').unwrap();
        let value = tag.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
        if tag.contains("checked") && !changed.iter().any(|(field, _)| *field == name) {
            pairs.push((name, value));
        }
    }
    pairs.extend(changed);
    form(&pairs)
}

#[tokio::test]
async fn a_pair_is_found_in_the_background_listed_with_its_reasons_and_told_apart_once() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    assert!(look(&db).await.unwrap());
    assert!(!look(&db).await.unwrap(), "nothing has changed since");
    let scope = ama.account.rights.scope();
    let before = suspects::count(&*db, &scope).await.unwrap();
    let offer = published(&db).await;
    let twin = twin_of(&db, offer).await;
    assert!(look(&db).await.unwrap());
    assert_eq!(suspects::count(&*db, &scope).await.unwrap(), before + 1);
    assert!(ama.get("/desk").await.body.contains(&format!("Possible duplicates ({})", before + 1)));
    let list = ama.get("/desk/duplicates").await;
    let path = format!("/desk/duplicates/{offer}/{twin}");
    assert!(list.body.contains(&path) && list.body.contains("Same provider"));
    let camden = signed_in(&db, &site, "Ben", coordinator_of(CAMDEN)).await;
    assert!(!camden.get("/desk/duplicates").await.body.contains(&path));
    let reply = ama.post(&format!("{path}/telling-apart"), "").await;
    assert_eq!(reply.header("location"), "/desk/duplicates?done=apart");
    assert!(!ama.get("/desk/duplicates").await.body.contains(&path));
    sqlx::query("update offers set changed_in = changed_in where id = $1")
        .bind(offer)
        .execute(&*db)
        .await
        .unwrap();
    assert!(look(&db).await.unwrap());
    assert_eq!(suspects::count(&*db, &scope).await.unwrap(), before, "it is remembered");
    let logged: i64 = sqlx::query_scalar("select count(*) from desk_acts where act = 'told_apart'")
        .fetch_one(&*db)
        .await
        .unwrap();
    assert_eq!(logged, 2, "a line for each of the two");
}

#[tokio::test]
async fn two_are_merged_field_by_field_the_old_address_leads_on_and_undoing_puts_both_back() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offer = published(&db).await;
    let twin = changed_twin_of(&db, offer, |content| {
        content.title = Line::parse("Quite another name").unwrap();
        content.summary = Line::parse("Other words.").unwrap();
        content.how.afterwards = Some(fingerpost::text::Text::parse("Tea.").unwrap());
        content.boroughs.push(Gss::parse(CAMDEN).unwrap());
    })
    .await;
    let mut tx = db.begin().await.unwrap();
    let kept = offers::kept(&mut tx, offer).await.unwrap().unwrap().offer;
    let mut says = kept.content.clone();
    says.how.afterwards = None;
    let author = offers::Author { by: Line::parse("import").unwrap(), why: None };
    let from = (fingerpost::offers::Status::Published, kept.revision);
    offers::save(&mut tx, from, &kept.revised(says), &author, now()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let (was, its) = (content(&db, offer).await, content(&db, twin).await);

    let path = format!("/desk/duplicates/{offer}/{twin}");
    let page = ama.get(&path).await;
    for words in ["Quite another name", "Other words.", "Tea.", "only one says it"] {
        assert!(page.body.contains(words), "{words}");
    }
    let typed = merging(&page, &[("part-summary", "other")]);
    let reply = ama.post(&format!("{path}/merging"), &typed).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    let now_says = content(&db, offer).await;
    assert_eq!(now_says.title, was.title);
    assert_eq!(now_says.summary.as_str(), "Other words.");
    assert_eq!(now_says.how.afterwards, its.how.afterwards, "filled where it said nothing");
    assert_eq!(now_says.boroughs.len(), 2, "both boroughs look after it");
    let (state, _, _, why) = stands(&db, twin).await;
    assert_eq!(
        (state.as_str(), why.unwrap()),
        ("archived", format!("Merged into “{}”", was.title))
    );
    let old = format!("/offers/{}", slug(&db, twin).await);
    let led = site.get(&old).await;
    assert!(led.status.is_redirection(), "{}", led.status);
    assert_eq!(led.header("location"), format!("/offers/{}", slug(&db, offer).await));
    let calendar = site.get(&format!("{old}/calendar.ics")).await.body;
    let calendar = calendar.replace("\r\n ", "");
    let of_both = [offer, twin].map(|one| calendar.contains(&one.to_string()));
    assert_eq!(of_both, [true, true], "who follows the one gets the other's dates: {calendar}");
    assert!(calendar.contains("STATUS:CANCELLED") && calendar.contains("STATUS:CONFIRMED"));
    let list = site.get(&format!("/shortlist?list={}_1", slug(&db, twin).await)).await.body;
    assert!(list.contains(&format!("href=\"/offers/{}", slug(&db, offer).await)), "{list}");

    let batch = reply.header("location").split('?').next().unwrap().to_owned();
    assert!(ama.get(&batch).await.body.contains("Undo the merging"));
    assert_eq!(ama.post(&format!("{batch}/undoing"), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!((content(&db, offer).await, content(&db, twin).await), (was, its));
    assert_eq!(stands(&db, twin).await.0, "published");
    assert_eq!(site.get(&old).await.status, StatusCode::OK, "the address leads back");
}

#[tokio::test]
async fn what_was_counted_for_the_one_is_counted_for_the_other_until_it_is_undone() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offer = published(&db).await;
    let twin = twin_of(&db, offer).await;
    for (id, opened) in [(offer, 3), (twin, 4)] {
        sqlx::query("insert into offer_openings (offer_id, day, opened, contact) values ($1, current_date, $2, 0)
                     on conflict (offer_id, day) do update set opened = excluded.opened")
            .bind(id)
            .bind(opened)
            .execute(&*db)
            .await
            .unwrap();
    }
    let path = format!("/desk/duplicates/{offer}/{twin}");
    let typed = merging(&ama.get(&path).await, &[]);
    let reply = ama.post(&format!("{path}/merging"), &typed).await;
    let opened = async || {
        let page = ama.get(&format!("/desk/offers/{offer}")).await;
        page.body.split("id=\"opened\">").nth(1).unwrap().split(' ').next().unwrap().to_owned()
    };
    assert_eq!(opened().await, "7");
    let batch = reply.header("location").split('?').next().unwrap().to_owned();
    ama.post(&format!("{batch}/undoing"), "").await;
    assert_eq!(opened().await, "3");
}

#[tokio::test]
async fn nobody_merges_what_has_moved_on_or_an_offer_with_itself() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offer = published(&db).await;
    let twin = twin_of(&db, offer).await;
    let path = format!("/desk/duplicates/{offer}/{twin}");
    let typed = merging(&ama.get(&path).await, &[("part-title", "other")]);
    let (_, revision, ..) = stands(&db, twin).await;
    ama.post(&format!("/desk/offers/{twin}/pause"), &format!("revision={revision}")).await;
    let reply = ama.post(&format!("{path}/merging"), &typed).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.body.contains("Somebody has changed one of them"));
    assert!(
        reply.body.contains("name=\"part-title\" value=\"other\" checked"),
        "the choice is kept"
    );
    assert_eq!(stands(&db, twin).await.0, "paused");
    let itself = ama.get(&format!("/desk/duplicates/{offer}/{offer}")).await;
    assert_eq!(itself.status, StatusCode::NOT_FOUND);
    let other = some_published(&db, 2).await;
    assert_eq!(
        ama.get(&format!("/desk/duplicates/{}/{}", other[0], other[1])).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn an_offer_that_is_brought_back_is_itself_again() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offer = published(&db).await;
    let twin = twin_of(&db, offer).await;
    let path = format!("/desk/duplicates/{offer}/{twin}");
    let typed = merging(&ama.get(&path).await, &[]);
    ama.post(&format!("{path}/merging"), &typed).await;
    let (_, revision, ..) = stands(&db, twin).await;
    ama.post(&format!("/desk/offers/{twin}/bring-back"), &format!("revision={revision}")).await;
    let led: i64 =
        sqlx::query_scalar("select count(*) from offer_mergers").fetch_one(&*db).await.unwrap();
    assert_eq!(led, 0);
}

#[tokio::test]
#[ignore = "it measures: twenty thousand offers take a while to invent"]
async fn twenty_thousand_offers_are_compared_in_seconds() {
    let db = crate::support::database().await;
    fingerpost::sample::load_invented(&db, 20_000, now(), |_| ()).await.unwrap();
    let started = std::time::Instant::now();
    assert!(look(&db).await.unwrap());
    let everything = fingerpost::accounts::Scope::Everything;
    let count = suspects::count(&*db, &everything).await.unwrap();
    println!("20,000 offers compared in {:.1} s: {count} pairs", started.elapsed().as_secs_f64());
}
