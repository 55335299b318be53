//! Whom to ask, as others write it.
use super::{Person, Service, plain};
use crate::{
    offers::{Contact, Reader},
    text::{Email, Phone, WebAddress},
};

/// At most five, each with a way to be reached. Placeholders are left out.
pub fn contacts(service: &Service, repairs: &mut Vec<String>) -> Vec<Contact> {
    let mut all: Vec<Contact> = Vec::new();
    for person in &service.contacts {
        let contact = contact(person, repairs);
        if reaches(&contact) && !all.contains(&contact) {
            all.push(contact);
        } else if contact.name.is_some() && !reaches(&contact) {
            repairs.push(format!(
                "Contact: “{}” says no way to be reached and is left out.",
                person.name
            ));
        }
    }
    let besides = Contact {
        name: None,
        role: None,
        phone: None,
        email: email(&service.email, repairs),
        web: web(&service.url, "web address", repairs),
        reader: Reader::Everyone,
    };
    let known = all.iter().any(|one| one.email == besides.email) && besides.web.is_none();
    if reaches(&besides) && !known {
        all.push(besides);
    }
    if all.len() > 5 {
        repairs.push(format!("Contact: the first 5 of {} are kept.", all.len()));
        all.truncate(5);
    }
    all
}

/// A web address, or what is wrong with it.
pub fn web(written: &str, what: &str, repairs: &mut Vec<String>) -> Option<WebAddress> {
    if written.is_empty() {
        return None;
    }
    let web = WebAddress::parse(written).ok();
    if web.is_none() {
        repairs.push(format!("The {what} “{}” is none and is left out.", shown(written)));
    }
    web
}

fn contact(person: &Person, repairs: &mut Vec<String>) -> Contact {
    Contact {
        name: plain::line(&person.name).map(|(line, _)| line),
        role: plain::line(&person.role).map(|(line, _)| line),
        phone: phone(&person.phone, repairs),
        email: email(&person.email, repairs),
        web: None,
        reader: Reader::Everyone,
    }
}

fn reaches(contact: &Contact) -> bool {
    contact.phone.is_some() || contact.email.is_some() || contact.web.is_some()
}

fn email(written: &str, repairs: &mut Vec<String>) -> Option<Email> {
    if written.is_empty() {
        return None;
    }
    let bare = written.trim().trim_start_matches("mailto:");
    let low = bare.to_lowercase();
    if low.ends_with(".invalid") || low.starts_with("noemail") || low.starts_with("noreply@") {
        repairs.push(
            "Contact: a placeholder stands where an email address should, and is left out."
                .to_owned(),
        );
        return None;
    }
    let email = Email::parse(bare).ok();
    if email.is_none() {
        repairs.push(
            "Contact: what stands where an email address should is none, and is left out."
                .to_owned(),
        );
    }
    email
}

/// Only the number, where words stand around it.
fn phone(written: &str, repairs: &mut Vec<String>) -> Option<Phone> {
    if written.is_empty() {
        return None;
    }
    if let Ok(phone) = Phone::parse(written) {
        return Some(phone);
    }
    let of_number = |c: char| c.is_ascii_digit() || "+ ()-".contains(c);
    let mut runs = written.split(|c: char| !of_number(c)).map(str::trim);
    let phone = runs.find_map(|run| Phone::parse(run.trim_matches(['-', ' '])).ok());
    repairs.push(match &phone {
        Some(phone) => format!("Telephone: “{}” is kept as {phone}.", shown(written)),
        None => format!("Telephone: “{}” is no number and is left out.", shown(written)),
    });
    phone
}

fn shown(written: &str) -> String {
    written.chars().filter(|c| !c.is_control()).take(60).collect()
}
