//! Open Referral UK as it is published: what is right to say of each row was read from the files by eye.
use super::*;

#[tokio::test]
async fn the_test_feed_holds_one_service_128_times_and_the_report_says_so() {
    let Some(file) = shared("open-referral/V3.0-UK-Test/service_list.json") else { return };
    let (db, site) = Site::of_sample().await;
    let cleo = signed_in(&db, &site, "Cleo", administrator()).await;
    let address = report(&cleo, &[("borough", "southwark")], "service_list.json", &file).await;
    let rows = told(&db, &address).await;
    assert_eq!(rows.len(), 128);
    let list: Value = serde_json::from_slice(&file).unwrap();
    let mut first = true;
    for (row, service) in rows.iter().zip(list["contents"].as_array().unwrap()) {
        assert_eq!(row.title, "Community Counselling");
        // Some name their organisation by its id alone: others of the file tell its name.
        let organization =
            service["organization"].is_object() || service["organization_id"].is_string();
        match service["description"].is_string() && organization {
            true if first => {
                first = false;
                assert_eq!(row.fate, "incomplete", "{row:?}");
                for lacks in ["activity", "therapist", "held", "price"] {
                    assert!(
                        row.reasons.iter().any(|reason| reason.contains(lacks)),
                        "{lacks}: {row:?}"
                    );
                }
                assert!(
                    row.repairs
                        .iter()
                        .any(|said| said.starts_with("Needs: read from its own words")),
                    "{row:?}"
                );
            }
            true => assert_eq!(row.reasons, ["This offer stands in the file already."], "{row:?}"),
            false => {
                assert_eq!(row.fate, "refused");
                let description =
                    row.reasons.iter().any(|reason| reason == "It has no description.");
                let owner = row
                    .reasons
                    .iter()
                    .any(|reason| reason == "It does not say which organisation runs it.");
                assert_eq!(
                    (description, owner),
                    (!service["description"].is_string(), !organization),
                    "{row:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn the_default_feed_twice_changes_nothing_the_second_time() {
    for name in [
        "service_list.json",
        "service_full.json",
        "organization_full.json",
        "service_at_location_full.json",
    ] {
        let Some(file) = shared(&format!("open-referral/V3.0-UK-Default/{name}")) else { return };
        let (db, site) = Site::of_sample().await;
        let cleo = signed_in(&db, &site, "Cleo", administrator()).await;
        let fields = [("borough", "southwark"), ("source", "Default")];
        let address = report(&cleo, &fields, name, &file).await;
        let rows = told(&db, &address).await;
        assert_eq!(fates(&rows), ["incomplete"], "{name}: {rows:?}");
        let done = import(&cleo, &address).await;
        assert!(done.header("location").starts_with("/desk/batches/"), "{}", done.body);
        let revisions = number(&db, "select count(*) from offer_revisions").await;
        let address = report(&cleo, &fields, name, &file).await;
        assert_eq!(fates(&told(&db, &address).await), ["unchanged"], "{name}");
        assert_eq!(import(&cleo, &address).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(number(&db, "select count(*) from offer_revisions").await, revisions);
    }
}

#[tokio::test]
async fn lists_of_other_things_are_no_services() {
    let (db, site) = Site::of_sample().await;
    let cleo = signed_in(&db, &site, "Cleo", administrator()).await;
    for name in [
        "organization_list.json",
        "taxonomy_list.json",
        "taxonomy_term_list.json",
        "api_details.json",
    ] {
        let Some(file) = shared(&format!("open-referral/V3.0-UK-Default/{name}")) else { return };
        let address = report(&cleo, &[], name, &file).await;
        assert!(cleo.get(&address).await.body.contains("no services in it"), "{name}");
    }
}

/// What the 1.0 shape calls otherwise, said of the same service.
fn older(id: &str) -> Value {
    json!({
        "id": id, "name": "Clay in the hall", "status": "active", "fees": "£3 per session",
        "description": "Make pots. For anybody who feels lonely.", "url": "", "email": "hello@clay.example",
        "organization": {"id": "o", "name": "Quill Lane Potters", "description": "Potters.", "url": "https://quill.example"},
        "attending_type": "venue", "attending_access": "drop-in",
        "contacts": [{"id": "c", "name": "Ada", "title": "Host", "phones": [{"number": "(020) 7946 0142 ext. 5"}]}],
        "eligibilitys": [{"minimum_age": 18, "maximum_age": -1}],
        "languages": [{"language": "Turkish"}],
        "regular_schedules": [{"byday": "MO", "freq": "WEEKLY", "opens_at": "10:00", "closes_at": "11:00"}],
        "service_taxonomys": [{"taxonomy": {"id": "x", "name": "Pottery", "vocabulary": "v"}}],
        "service_at_locations": [{"location": {"id": "l", "name": "Quill Hall", "latitude": 51.47, "longitude": -0.07,
            "physical_addresses": [{"address_1": "9 Lane", "city": "London", "postal_code": "SE15 4QL"}]}}]
    })
}

#[tokio::test]
async fn the_older_shape_gives_a_truthful_report_too() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let file = json!({ "totalElements": 1, "totalPages": 1, "number": 1, "size": 1, "first": true, "last": true,
        "empty": false, "content": [older("7")] });
    let fields = [("source", "Old directory")];
    let address = report(&ama, &fields, "services.json", file.to_string().as_bytes()).await;
    let rows = told(&db, &address).await;
    assert_eq!(fates(&rows), ["new"], "{rows:?}");
    let starts = [
        "Telephone: “(020) 7946 0142 ext. 5” is kept as",
        "Ages: -1",
        "Needs: read",
        "Cost: £3 is read",
        "Provider:",
        "Venue:",
    ];
    for start in starts {
        assert!(
            rows[0].repairs.iter().any(|said| said.starts_with(start)),
            "{start}: {:?}",
            rows[0].repairs
        );
    }
    assert_eq!(rows[0].repairs.len(), starts.len(), "{:?}", rows[0].repairs);
    import(&ama, &address).await;
    let address = report(&ama, &fields, "services.json", file.to_string().as_bytes()).await;
    assert_eq!(fates(&told(&db, &address).await), ["unchanged"]);
}
