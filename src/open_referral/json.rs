//! JSON in either shape of Open Referral UK, a page of a feed or a file, read into services.
use serde_json::Value;

use super::{Cells, Charge, EXTRAS, Hours, Location, Organization, Ours, Person, Service};

/// What one answer or file holds.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub services: Vec<Service>,
    /// How many pages the whole list has, where it is said.
    pub pages: Option<u64>,
    /// It is a page of a list, as feeds give them: more may be told of each service by itself.
    pub listed: bool,
}

/// # Errors
/// What is wrong with the file, for whoever sent it.
pub fn read(bytes: &[u8]) -> Result<Page, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        "The file is not text in UTF-8. Save it again as UTF-8, then send it".to_owned()
    })?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err("The file is empty".to_owned());
    }
    let value: Value = serde_json::from_str(text).map_err(|problem| {
        if problem.to_string().starts_with("recursion limit") {
            return "The JSON is nested too deeply to be a list of services".to_owned();
        }
        format!(
            "The JSON cannot be read: look at line {}, character {}",
            problem.line(),
            problem.column()
        )
    })?;
    let (items, listed): (Vec<Value>, bool) = match &value {
        Value::Array(items) => (items.clone(), false),
        Value::Object(_) => {
            match ["contents", "content"].iter().find_map(|name| value[name].as_array()) {
                Some(items) => (items.clone(), true),
                None if value["services"].is_array() => (with_parent(&value), false),
                None if value["service"].is_object() && value["location"].is_object() => {
                    (vec![at_location(&value)], false)
                }
                None => (vec![value.clone()], false),
            }
        }
        _ => return Err(NOTHING.to_owned()),
    };
    if !items.is_empty() && !items.iter().any(is_service) {
        return Err(NOTHING.to_owned());
    }
    let mut services: Vec<Service> =
        (1..).zip(&items).map(|(at, item)| service(item, at)).collect();
    name_organizations(&mut services);
    let pages = ["total_pages", "totalPages"].iter().find_map(|name| value[name].as_u64());
    Ok(Page { services, pages, listed })
}

const NOTHING: &str = "There are no services in it. Send a list of services in the shape of Open Referral UK, \
                       or a file in our own columns";

/// What only a service has.
const OF_SERVICES: [&str; 8] = [
    "status",
    "organization",
    "organization_id",
    "service_at_locations",
    "fees",
    "attending_type",
    "regular_schedules",
    "schedules",
];

fn is_service(item: &Value) -> bool {
    item["name"].is_string() && OF_SERVICES.iter().any(|name| !item[name].is_null())
}

/// An organisation with its services within it.
fn with_parent(organization: &Value) -> Vec<Value> {
    let services = list(organization, &["services"]).iter().cloned().map(|mut service| {
        if service.is_object() && service["organization"].is_null() {
            let mut parent = organization.clone();
            if let Some(parent) = parent.as_object_mut() {
                parent.remove("services");
            }
            service["organization"] = parent;
        }
        service
    });
    services.collect()
}

/// A place with the service within it.
fn at_location(value: &Value) -> Value {
    let mut service = value["service"].clone();
    if service["service_at_locations"].is_null() {
        service["service_at_locations"] =
            Value::Array(vec![serde_json::json!({ "location": value["location"] })]);
    }
    service
}

/// Some name their organisation by its id alone, where another has told of it.
fn name_organizations(services: &mut [Service]) {
    let told: std::collections::HashMap<String, Organization> = services
        .iter()
        .filter(|one| !one.organization.name.is_empty() && !one.organization.id.is_empty())
        .map(|one| (one.organization.id.clone(), one.organization.clone()))
        .collect();
    for service in services.iter_mut().filter(|one| one.organization.name.is_empty()) {
        if let Some(known) = told.get(&service.organization.id) {
            service.organization = known.clone();
        }
    }
}

fn service(item: &Value, at: usize) -> Service {
    let eligibility = list(item, &["eligibilitys", "eligibilities"]);
    let age = |name: &str| {
        let own = number(&item[name]);
        own.or_else(|| eligibility.iter().find_map(|one| number(&one[name])))
    };
    let organization = &item["organization"];
    let owner = match said(organization, &["id"]) {
        id if id.is_empty() => said(item, &["organization_id"]),
        id => id,
    };
    let mut contacts: Vec<Person> = list(item, &["contacts"]).iter().flat_map(people).collect();
    contacts.extend(
        list(item, &["phones"])
            .iter()
            .map(|phone| Person { phone: said(phone, &["number"]), ..Person::default() }),
    );
    let hours = list(item, &["schedules", "regular_schedules"]);
    let places = list(item, &["service_at_locations"]);
    let of_places = places.iter().flat_map(|one| list(one, &["schedules", "regular_schedules"]));
    let mut locations: Vec<Location> = places
        .iter()
        .filter(|one| one["location"].is_object())
        .map(|one| location(&one["location"]))
        .collect();
    locations.extend(list(item, &["locations"]).iter().map(location));
    let mut attending = words(&item["attending_type"]);
    attending.extend(hours.iter().map(|one| said(one, &["attending_type"])));
    attending.extend(
        list(item, &["service_attendings"])
            .iter()
            .map(|one| said(one, &["attending_type", "name"])),
    );
    attending.retain(|way| !way.is_empty());
    let left_out = [
        ("accreditations", "accreditations"),
        ("assurer_email", "who has checked it"),
        ("funding", "funding"),
        ("fundings", "funding"),
        ("reviews", "reviews"),
        ("holiday_schedules", "holiday times"),
        ("documents", "documents"),
    ];
    let is_said = |name: &str| match &item[name] {
        Value::Null => false,
        Value::String(words) => !words.trim().is_empty(),
        Value::Array(all) => !all.is_empty(),
        _ => true,
    };
    Service {
        at: format!("Item {at}"),
        id: said(item, &["id"]),
        name: said(item, &["name"]),
        description: said(item, &["description"]),
        url: said(item, &["url"]),
        email: said(item, &["email"]),
        status: said(item, &["status"]),
        fees: said(item, &["fees"]),
        alert: said(item, &["alert"]),
        ages: (age("minimum_age"), age("maximum_age")),
        organization: Organization {
            id: owner,
            name: said(organization, &["name"]),
            description: said(organization, &["description"]),
            url: said(organization, &["website", "url"]),
        },
        contacts,
        hours: hours.iter().chain(of_places).map(schedule).collect(),
        areas: list(item, &["service_areas"])
            .iter()
            .map(|one| said(one, &["name", "service_area"]))
            .filter(|name| !name.is_empty())
            .collect(),
        languages: list(item, &["languages"])
            .iter()
            .map(|one| said(one, &["name", "code", "language"]))
            .filter(|name| !name.is_empty())
            .collect(),
        terms: terms(item),
        suits: eligibility
            .iter()
            .map(|one| said(one, &["eligibility"]))
            .filter(|one| !one.is_empty())
            .collect(),
        charges: list(item, &["cost_options"]).iter().map(charge).collect(),
        attending,
        joining: words(&item["attending_access"]),
        left_out: left_out
            .iter()
            .filter(|(name, _)| is_said(name))
            .map(|(_, words)| *words)
            .collect(),
        ours: ours(item, organization, places),
        locations,
    }
}

/// One for each telephone number, since some have several.
fn people(contact: &Value) -> Vec<Person> {
    let person = |phone: String| Person {
        name: said(contact, &["name"]),
        role: said(contact, &["title"]),
        email: said(contact, &["email"]),
        phone,
    };
    let phones: Vec<String> =
        list(contact, &["phones"]).iter().map(|one| said(one, &["number"])).collect();
    match phones.is_empty() {
        true => vec![person(said(contact, &["phone"]))],
        false => phones.into_iter().map(person).collect(),
    }
}

fn schedule(one: &Value) -> Hours {
    Hours {
        valid_from: said(one, &["valid_from"]),
        valid_to: said(one, &["valid_to", "until"]),
        starts_on: said(one, &["dtstart"]),
        freq: said(one, &["freq"]).to_uppercase(),
        interval: said(one, &["interval"]),
        days: said(one, &["byday", "weekday"]),
        month_days: said(one, &["bymonthday"]),
        opens: said(one, &["opens_at"]),
        closes: said(one, &["closes_at"]),
        words: said(one, &["description", "notes"]),
    }
}

fn location(one: &Value) -> Location {
    let addresses = list(one, &["addresses", "physical_addresses"]);
    let physical = |address: &&Value| address["address_type"] != "postal";
    let address = addresses.iter().find(physical).or(addresses.first()).unwrap_or(&Value::Null);
    let access = list(one, &["accessibility", "accessibility_for_disabilities"]).iter();
    Location {
        id: said(one, &["id"]),
        kind: said(one, &["location_type"]),
        name: said(one, &["name"]),
        lat: number(&one["latitude"]),
        lon: number(&one["longitude"]),
        address: ["address_1", "city"]
            .iter()
            .map(|name| said(address, &[name]))
            .filter(|line| !line.is_empty())
            .collect(),
        postcode: said(address, &["postal_code"]),
        access: access
            .flat_map(|one| [said(one, &["description", "accessibility"]), said(one, &["details"])])
            .filter(|words| !words.is_empty())
            .collect(),
        private: false,
    }
}

fn charge(one: &Value) -> Charge {
    Charge {
        valid_to: said(one, &["valid_to"]),
        option: said(one, &["option"]),
        amount: number(&one["amount"]),
        per: said(one, &["amount_description"]),
    }
}

/// Names of taxonomy terms in both shapes, each once.
fn terms(item: &Value) -> Vec<String> {
    let newer = list(item, &["attributes"]).iter().map(|one| &one["taxonomy_term"]);
    let older =
        list(item, &["service_taxonomys", "service_taxonomies"]).iter().map(|one| &one["taxonomy"]);
    let mut all: Vec<String> = Vec::new();
    for term in newer.chain(older) {
        let name = said(term, &["name", "term"]);
        if !name.is_empty() && !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

fn ours(item: &Value, organization: &Value, places: &[Value]) -> Option<Ours> {
    let cells = |value: &Value| -> Cells {
        let cells = value[EXTRAS].as_object().into_iter().flatten();
        cells.filter_map(|(name, cell)| Some((name.clone(), cell.as_str()?.to_owned()))).collect()
    };
    let offer = cells(item);
    let venue = places.iter().map(|one| cells(&one["location"])).find(|cells| !cells.is_empty());
    (!offer.is_empty()).then(|| Ours {
        offer,
        provider: cells(organization),
        venue: venue.unwrap_or_default(),
    })
}

/// The first of these that says something, as words.
fn said(value: &Value, names: &[&str]) -> String {
    let words = names.iter().find_map(|name| match &value[name] {
        Value::String(words) if !words.trim().is_empty() => Some(words.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    words.unwrap_or_default().replace('\0', "")
}

/// One thing or a list of them.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(words) => words
            .split(',')
            .map(|one| one.trim().to_owned())
            .filter(|one| !one.is_empty())
            .collect(),
        Value::Array(all) => all.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

/// Numbers come as numbers or as words.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(words) => words.trim().parse().ok(),
        _ => None,
    }
    .filter(|number: &f64| number.is_finite())
}

fn list<'a>(value: &'a Value, names: &[&str]) -> &'a [Value] {
    names.iter().find_map(|name| value[name].as_array()).map_or(&[], Vec::as_slice)
}
