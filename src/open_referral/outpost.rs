//! The CSV layout of Outpost, a directory that councils use: several rows tell of one service.
use super::{Charge, Hours, Location, Organization, Person, Service};
use crate::imports::{Row, Sheet};

/// Whether the headings are of this layout.
pub fn is_outpost<'a>(mut headings: impl Iterator<Item = &'a str>) -> bool {
    headings.any(|name| name == "import_id_reference")
}

/// The line of a row that belongs to no service, and why.
pub type Lost = (u64, String);

/// The services of a file, each with all of its rows; and rows that belong to none, with the reason.
///
/// # Errors
/// Where the file itself cannot be read on.
pub fn read(sheet: &mut Sheet<&[u8]>) -> anyhow::Result<(Vec<Service>, Vec<Lost>)> {
    let (mut services, mut lost) = (Vec::<Service>::new(), Vec::new());
    while let Some((row, sound)) = sheet.next_row()? {
        let line = row.line();
        if let Err(reason) = sound {
            lost.push((line, reason));
            continue;
        }
        match row.named("import_id_reference") {
            "" => {
                let mut service = begun(row);
                add(&mut service, row);
                services.push(service);
            }
            id => match services.iter_mut().find(|one| one.id == id) {
                Some(service) => add(service, row),
                None => lost.push((line, format!("No row before has the import_id {id}."))),
            },
        }
    }
    Ok((services, lost))
}

fn begun(row: Row<'_>) -> Service {
    let cell = |name: &str| row.named(name).to_owned();
    let list = |name: &str| -> Vec<String> {
        let words = row.named(name).split(';').map(|one| one.trim().to_owned());
        words.filter(|one| !one.is_empty()).collect()
    };
    let no = |name: &str| row.named(name).eq_ignore_ascii_case("false");
    let yes = |name: &str| row.named(name).eq_ignore_ascii_case("true");
    let status = match () {
        () if no("approved") => "not approved",
        () if no("visible") => "not shown to the public",
        () if yes("temporarily_closed") => "temporarily closed",
        () => "active",
    };
    let needs_referral = yes("needs_referral").then(|| "referral".to_owned());
    let kept = ["send_needs_support", "outcomes", "labels", "custom_text_text_field"];
    let left_out = kept.iter().any(|name| !row.named(name).is_empty());
    Service {
        at: format!("Line {}", row.line()),
        id: cell("import_id"),
        name: cell("name"),
        description: cell("description"),
        url: cell("url"),
        status: status.to_owned(),
        fees: if yes("free") { "free".to_owned() } else { String::new() },
        ages: (row.named("min_age").parse().ok(), row.named("max_age").parse().ok()),
        organization: Organization { name: cell("organisation"), ..Organization::default() },
        terms: list("service_taxonomies"),
        suits: list("suitabilities"),
        joining: needs_referral.into_iter().collect(),
        left_out: left_out
            .then_some("labels, support for special needs and custom fields")
            .into_iter()
            .collect(),
        ..Service::default()
    }
}

/// What a row says besides: each holds one contact, one place, one price, one time, one note.
fn add(service: &mut Service, row: Row<'_>) {
    let cell = |name: &str| row.named(name).to_owned();
    let any = |names: &[&str]| names.iter().any(|name| !row.named(name).is_empty());
    if any(&["contact_name", "contact_email", "contact_phone"]) {
        match row.named("contact_visible").eq_ignore_ascii_case("false") {
            true => note(service, "a contact that is not for the public"),
            false => service.contacts.push(Person {
                name: cell("contact_name"),
                role: cell("contact_title"),
                phone: cell("contact_phone"),
                email: cell("contact_email"),
            }),
        }
    }
    if any(&["location_name", "location_address_1", "location_postcode"]) {
        let access =
            row.named("location_accessibilities").split(';').map(|one| one.trim().to_owned());
        service.locations.push(Location {
            name: cell("location_name"),
            lat: row.named("location_latitude").parse().ok(),
            lon: row.named("location_longitude").parse().ok(),
            address: [cell("location_address_1"), cell("location_city")]
                .into_iter()
                .filter(|line| !line.is_empty())
                .collect(),
            postcode: cell("location_postcode"),
            access: access.filter(|one| !one.is_empty()).collect(),
            private: row.named("mask_exact_address").eq_ignore_ascii_case("true"),
            ..Location::default()
        });
    }
    if any(&["cost_option", "cost_amount"]) {
        service.charges.push(Charge {
            option: cell("cost_option"),
            amount: row.named("cost_amount").parse().ok(),
            per: cell("cost_type"),
            ..Charge::default()
        });
    }
    if any(&["scheduled_weekday", "schedules_opens_at"]) {
        service.hours.push(Hours {
            freq: "WEEKLY".to_owned(),
            days: cell("scheduled_weekday"),
            opens: cell("schedules_opens_at"),
            closes: cell("schedules_closes_at"),
            ..Hours::default()
        });
    }
    if any(&["notes"]) {
        note(service, "notes for the directory's own people");
    }
    if any(&["links_url"]) {
        note(service, "links to social media");
    }
}

fn note(service: &mut Service, left_out: &'static str) {
    if !service.left_out.contains(&left_out) {
        service.left_out.push(left_out);
    }
}
