//! Files of every kind, sound and not.
use fingerpost::desk::intake::store;

use super::*;

#[tokio::test]
async fn a_bad_file_gets_a_word_about_what_to_do() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let deep = "[".repeat(100_000);
    let many = format!("slug,name\n{}", "a,b\n".repeat(10));
    for (name, file, says) in [
        ("empty.csv", &b""[..], "empty"),
        ("blank.csv", b" \n ", "empty"),
        ("sheet.xlsx", b"PK\x03\x04rest", "CSV UTF-8"),
        ("picture.png", b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00", "no text file"),
        ("wide.csv", b"\xff\xfes\x00l\x00u\x00g\x00", "UTF-16"),
        ("latin.json", b"{\"contents\": [{\"name\": \"Caf\xe9\"}]}", "UTF-8"),
        ("deep.json", deep.as_bytes(), "nested too deeply"),
        ("half.json", b"{\"contents\": [", "line 1"),
        ("other.json", b"{\"hello\": 1}", "no services"),
        ("strange.csv", b"a,b,c\n1,2,3\n", "do not know these columns"),
        ("few.csv", many.as_bytes(), "has no column summary, about, website, borough"),
    ] {
        let address = report(&ama, &[], name, file).await;
        let page = ama.get(&address).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("Nothing could be read"), "{name}");
        assert!(
            page.body.contains(says),
            "{name}: {}",
            page.body.split("id=\"failed\"").nth(1).unwrap()
        );
    }
}

#[tokio::test]
async fn what_is_not_given_is_asked_for_and_what_was_typed_stays() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let reply = send(&ama, &[("source", "My directory")], &[]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        reply.body.contains("Choose a file")
            && reply.body.contains("Choose what happens to new offers")
    );
    assert!(reply.body.contains("value=\"My directory\""));
    for (address, says) in [
        ("ftp://a.example/x", "Give a whole web address"),
        ("https://ada:secret@a.example/", "Leave the name and the password out"),
        ("nonsense", "Give a whole web address"),
    ] {
        let reply = send(&ama, &[("address", address), ("new", "wait")], &[]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reply.body.contains(says), "{address}");
    }
    let elsewhere =
        send(&ama, &[("new", "wait"), ("borough", "camden")], &[("a.json", b"[]")]).await;
    assert!(elsewhere.body.contains("Choose a borough that you decide for"));
}

#[tokio::test]
async fn our_own_columns_are_looked_at_too_and_every_bad_cell_is_named() {
    let (db, site) = Site::of_sample().await;
    let cleo = signed_in(&db, &site, "Cleo", administrator()).await;
    let providers = "slug,name,summary,about,website,borough\n\
                     new-potters,New Potters,Clay for all.,,,southwark\n\
                     bad-potters,Bad Potters,,,not an address,atlantis\n";
    let address = report(&cleo, &[], "providers.csv", providers.as_bytes()).await;
    let rows = told(&db, &address).await;
    assert_eq!(fates(&rows), ["new", "refused"]);
    assert_eq!((rows[0].subject.as_str(), rows[1].at.as_str()), ("provider", "Line 3"));
    import(&cleo, &address).await;
    let changed = providers.replace("Clay for all.", "Clay for everybody.");
    let address = report(&cleo, &[], "providers.csv", changed.as_bytes()).await;
    assert_eq!(fates(&told(&db, &address).await), ["changed", "refused"]);
    let done = import(&cleo, &address).await;
    let batch = done.header("location").split('?').next().unwrap().to_owned();
    let summary =
        "select count(*) from providers where slug = 'new-potters' and summary = 'Clay for all.'";
    assert_eq!(number(&db, summary).await, 0);
    cleo.post(&format!("{batch}/undoing"), "").await;
    assert_eq!(number(&db, summary).await, 1, "the profile is undone, too");
}

/// From now on the offer says something else.
async fn says(db: &PgPool, offer: OfferId, change: impl Fn(&mut offers::Content)) {
    let mut here = db.begin().await.unwrap();
    let kept = offers::store::kept(&mut here, offer).await.unwrap().unwrap().offer;
    let from = (kept.state.status(), kept.revision);
    let mut content = kept.content.clone();
    change(&mut content);
    let author = Author { by: Line::parse("a test").unwrap(), why: None };
    let next = kept.revised(content);
    offers::store::save(&mut here, from, &next, &author, now()).await.unwrap().unwrap();
    here.commit().await.unwrap();
}

/// The rows of an export, by its headings.
fn rows(file: &str) -> (csv::StringRecord, Vec<csv::StringRecord>) {
    let mut sheet = csv::Reader::from_reader(file.as_bytes());
    (sheet.headers().unwrap().clone(), sheet.records().map(Result::unwrap).collect())
}

fn sheet(headings: &csv::StringRecord, rows: &[csv::StringRecord]) -> Vec<u8> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record(headings).unwrap();
    rows.iter().for_each(|row| sheet.write_record(row).unwrap());
    sheet.into_inner().unwrap()
}

#[tokio::test]
async fn a_row_with_a_key_of_its_own_takes_no_offer_of_another_borough_by_its_name() {
    let (db, site) = Site::of_sample().await;
    let offer: OfferId = sqlx::query_scalar(
        "select id from offers where state = 'published' and source is null and boroughs = array[$1] order by id limit 1",
    )
    .bind(CAMDEN)
    .fetch_one(&*db)
    .await
    .unwrap();
    let slug: String = sqlx::query_scalar("select slug from offers where id = $1")
        .bind(offer)
        .fetch_one(&*db)
        .await
        .unwrap();
    let cleo = signed_in(&db, &site, "Cleo", administrator()).await;
    let (headings, all) = rows(&cleo.get("/desk/export/offers.csv").await.body);
    let at = |name: &str| headings.iter().position(|one| one == name).unwrap();
    let row = all.iter().find(|row| row[at("slug")] == *slug).unwrap();
    let taken = row.iter().enumerate().map(|(column, cell)| match column {
        column if column == at("source") => "Mine",
        column if column == at("foreign_id") => "1",
        column if column == at("title") => "Taken over",
        column if column == at("boroughs") => "southwark",
        _ => cell,
    });
    let file = sheet(&headings, &[taken.collect()]);
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let before = stands(&db, offer).await;
    let address = report(&ama, &[], "offers.csv", &file).await;
    let told = told(&db, &address).await;
    assert_eq!(fates(&told), ["refused"], "{told:?}");
    assert!(told[0].reasons[0].contains("do not decide for"), "{told:?}");
    import(&ama, &address).await;
    assert_eq!(stands(&db, offer).await, before);
    // Whose it is gives it a key, sees what it was, and undoes it.
    let ben = signed_in(&db, &site, "Ben", coordinator_of(CAMDEN)).await;
    let file = String::from_utf8(file).unwrap().replace(",southwark,", ",camden,");
    let address = report(&ben, &[], "offers.csv", file.as_bytes()).await;
    let done = import(&ben, &address).await;
    let batch = done.header("location").split('?').next().unwrap().to_owned();
    ben.post(&format!("{batch}/undoing"), "").await;
    assert_eq!(stands(&db, offer).await.0, "published", "it was there before, and stays");
}

#[tokio::test]
async fn an_export_holds_no_formulas_and_is_read_again_without_a_difference() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offer = published(&db).await;
    says(&db, offer, |content| {
        content.title = Line::parse("=HYPERLINK(\"https://evil.example\",\"Clay\")").unwrap();
        content.place.travel = Some(Text::parse("'=1+1").unwrap());
    })
    .await;
    sqlx::query("update providers set name = '@Clay' where id = (select provider from offers where id = $1)")
        .bind(offer)
        .execute(&*db)
        .await
        .unwrap();
    for name in ["offers.csv", "providers.csv", "venues.csv", "offers.json"] {
        let file = ama.get(&format!("/desk/export/{name}")).await.body;
        if name.ends_with("csv") {
            for cell in rows(&file).1.iter().flatten() {
                let runs = cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
                assert!(!runs, "{name}: {cell}");
            }
        }
        let address = report(&ama, &[], name, file.as_bytes()).await;
        let rows = told(&db, &address).await;
        assert!(!rows.is_empty() && fates(&rows).iter().all(|fate| *fate == "unchanged"), "{name}");
    }
}

#[tokio::test]
async fn a_private_address_is_exported_to_those_only_who_look_after_what_is_held_there() {
    let (db, site) = Site::of_sample().await;
    let (offer, slug): (OfferId, String) = sqlx::query_as(
        "select o.id, v.slug from offers o join venues v on v.id = o.venue
         where v.borough = $1 and (select count(*) from offers where venue = v.id) = 1 order by o.id limit 1",
    )
    .bind(SOUTHWARK)
    .fetch_one(&*db)
    .await
    .unwrap();
    says(&db, offer, |content| {
        content.place.address_private = true;
        content.boroughs = vec![Gss::parse(CAMDEN).unwrap()];
    })
    .await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(CAMDEN)).await;
    let exports = async |person: &Person<'_>| {
        let (headings, rows) = rows(&person.get("/desk/export/venues.csv").await.body);
        assert_eq!(&headings[0], "slug");
        rows.iter().any(|row| row[0] == *slug)
    };
    assert!(!exports(&ama).await && exports(&ben).await);
}

#[tokio::test]
async fn the_layout_of_another_directory_is_read_entry_by_entry() {
    let Some(file) = shared("import-samples/outpost_services_valid.csv") else { return };
    let (db, site) = Site::of_sample().await;
    let cleo = signed_in(&db, &site, "Cleo", administrator()).await;
    let address = report(&cleo, &[], "services.csv", &file).await;
    let rows = told(&db, &address).await;
    // Of the first entry the file says visible: FALSE. The second is shown, in EC1N 8BA: Camden by its outward code.
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!((rows[0].fate.as_str(), rows[0].title.as_str()), ("refused", "Example service 1"));
    assert_eq!(rows[0].reasons, ["It is not shown to the public."]);
    assert_eq!(
        (rows[1].fate.as_str(), rows[1].title.as_str()),
        ("incomplete", "Example service 2")
    );
    // It suits people with dementia, it says: that is a need of ours.
    for lacks in ["activity", "Say when it is held"] {
        assert!(
            rows[1].reasons.iter().any(|reason| reason.contains(lacks)),
            "{lacks}: {:?}",
            rows[1].reasons
        );
    }
    for repair in [
        "Topics: none of ours is meant by Taxonomy 1, Taxonomy 3.",
        "Telephone: “34234” is no number",
    ] {
        assert!(
            rows[1].repairs.iter().any(|said| said.starts_with(repair)),
            "{repair}: {:?}",
            rows[1].repairs
        );
    }
    let Some(file) = shared("import-samples/outpost_services--with-sample-data.csv") else {
        return;
    };
    let address = report(&cleo, &[], "sample.csv", &file).await;
    let rows = told(&db, &address).await;
    assert_eq!(rows[0].title, "CSV creation service");
    assert_eq!(rows[0].fate, "refused");
    let Some(file) = shared("import-samples/outpost_services.csv") else { return };
    let address = report(&cleo, &[], "headings.csv", &file).await;
    assert!(cleo.get(&address).await.body.contains("nothing in it but headings"));
}

/// A file of the export, as somebody downloads it.
async fn exported(person: &Person<'_>, file: &str) -> Vec<u8> {
    let request =
        Request::get(format!("/desk/export/{file}")).header(header::COOKIE, &person.cookie);
    let (reply, body) = person.site.send_bytes(request, Vec::new()).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.header("content-disposition").contains(file));
    body
}

#[tokio::test]
async fn what_is_exported_is_imported_again_without_a_difference() {
    let (db, site) = Site::of_sample().await;
    let cleo = signed_in(&db, &site, "Cleo", administrator()).await;
    for file in ["providers.csv", "venues.csv", "offers.csv", "offers.json"] {
        let written = exported(&cleo, file).await;
        let address = report(&cleo, &[], file, &written).await;
        let rows = told(&db, &address).await;
        assert!(rows.len() > 60, "{file}: {}", rows.len());
        for row in rows {
            assert_eq!(row.fate, "unchanged", "{file}: {row:?}");
        }
    }
}

#[tokio::test]
async fn what_one_directory_exports_an_empty_one_takes_in_whole() {
    let (db, site) = Site::of_sample().await;
    let cleo = signed_in(&db, &site, "Cleo", administrator()).await;
    let (whole, csv) = (exported(&cleo, "offers.json").await, exported(&cleo, "offers.csv").await);
    let (there, empty) = crate::describe::empty_site().await;
    let dora = signed_in(&there, &empty, "Dora", administrator()).await;
    let address = report(&dora, &[], "offers.json", &whole).await;
    let rows = told(&there, &address).await;
    let not: Vec<_> =
        rows.iter().filter(|row| !["new", "unchanged"].contains(&row.fate.as_str())).collect();
    assert!(not.is_empty(), "{not:?}");
    let done = import(&dora, &address).await;
    ready(&dora, &address).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(exported(&dora, "offers.csv").await.len(), csv.len());
    assert_eq!(
        String::from_utf8_lossy(&exported(&dora, "offers.csv").await),
        String::from_utf8_lossy(&csv)
    );
}

#[tokio::test]
async fn an_export_holds_what_its_reader_may_see_and_no_more() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", reader_of(SOUTHWARK)).await;
    let written = exported(&ama, "offers.csv").await;
    let mut rows = csv::Reader::from_reader(written.as_slice());
    let of: i64 = sqlx::query_scalar("select count(*) from offers where boroughs && array[$1]")
        .bind(SOUTHWARK)
        .fetch_one(&*db)
        .await
        .unwrap();
    assert_eq!(rows.records().count() as i64, of);
    let services: Value = serde_json::from_slice(&exported(&ama, "offers.json").await).unwrap();
    assert_eq!(services["total_items"], of);
    for service in services["contents"].as_array().unwrap() {
        for needed in ["id", "name", "status"] {
            assert!(service[needed].is_string(), "{service}");
        }
    }
    assert_eq!(ama.get("/desk/export/accounts.csv").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_sent_is_forgotten_after_a_week_and_what_came_of_it_stays() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let fields = [("source", "A directory")];
    let address =
        report(&ama, &fields, "feed.json", &super::feed(&[service("1", "Clay one")])).await;
    import(&ama, &address).await;
    let later = |days: i64| now() + jiff::SignedDuration::from_hours(24 * days);
    store::forget(&*db, later(6)).await.unwrap();
    assert_eq!(ama.get(&address).await.status, StatusCode::OK);
    store::forget(&*db, later(8)).await.unwrap();
    assert_eq!(ama.get(&address).await.status, StatusCode::NOT_FOUND);
    let again = report(&ama, &fields, "feed.json", &super::feed(&[service("1", "Clay one")])).await;
    assert_eq!(fates(&told(&db, &again).await), ["unchanged"]);
}
