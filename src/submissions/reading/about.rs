//! Who runs it, and why it is safe to send somebody there.
use super::{super::known::Known, sheet::Sheet, stand_in};
use crate::{
    offers::{Contact, Quality, Reader, Testimonial},
    providers::Profile,
    submissions::questions::{CONTACTS, part_field},
    text::{Email, Phone},
};

pub struct AboutYou {
    pub profile: Profile,
    pub contacts: Vec<Contact>,
    pub quality: Quality,
    pub testimonial: Option<Testimonial>,
}

pub fn read(sheet: &mut Sheet, known: &Known) -> AboutYou {
    let profile = profile(sheet, known);
    let contacts: Vec<Contact> =
        (1..=CONTACTS).filter_map(|number| contact(sheet, number)).collect();
    if contacts.is_empty() && !sheet.complains_of("contact") {
        sheet.lacks("contact");
    }
    let quality = Quality {
        experience: sheet.text("experience"),
        lived_experience: sheet.text("lived_experience"),
        training: sheet.text("training"),
        safeguarding_policy: sheet.yes_no("safeguarding_policy"),
        dbs_checked: sheet.yes_no("dbs_checked"),
        insured: sheet.yes_no("insured"),
        support: sheet.text("support"),
    };
    AboutYou { profile, contacts, quality, testimonial: testimonial(sheet) }
}

fn profile(sheet: &mut Sheet, known: &Known) -> Profile {
    if !sheet.stated("provider_name") {
        sheet.lacks("provider_name");
    }
    Profile {
        name: sheet.line("provider_name").unwrap_or_else(stand_in),
        summary: sheet.line("provider_summary"),
        about: sheet.text("provider_about"),
        website: sheet.web("provider_website"),
        borough: sheet.choice(
            "provider_borough",
            |named| known.borough(named),
            "Select your borough from the list, or none",
        ),
    }
}

/// A choice of who may see it makes no contact: a radio button cannot be taken back.
fn contact(sheet: &mut Sheet, number: usize) -> Option<Contact> {
    let of = |part| part_field("contact", number, part);
    let typed = ["name", "role", "phone", "email", "web"];
    if typed.iter().all(|part| !sheet.stated(&of(part))) {
        return None;
    }
    let reader = sheet.choice(&of("reader"), Reader::parse, "Select who may see this");
    let contact = Contact {
        name: sheet.line(&of("name")),
        role: sheet.line(&of("role")),
        phone: sheet.choice(&of("phone"), phone, "Enter a telephone number, like 020 7946 0142"),
        email: sheet.choice(&of("email"), email, "Enter an email address, like name@example.org"),
        web: sheet.web(&of("web")),
        // What cannot be read is not shown to more people than were meant.
        reader: match sheet.stated(&of("reader")) {
            true => reader.unwrap_or(Reader::Professionals),
            false => Reader::Everyone,
        },
    };
    if ["phone", "email", "web"].iter().all(|part| !sheet.stated(&of(part))) {
        let message = "Enter a telephone number, an email address or a web page";
        sheet.wrong(of("phone"), message);
    }
    (contact.phone.is_some() || contact.email.is_some() || contact.web.is_some()).then_some(contact)
}

/// Dots and strokes between the digits are forgiven.
fn phone(typed: &str) -> Option<Phone> {
    let spaced = typed.replace(['.', '/', '\u{2013}', '\u{a0}'], " ");
    Phone::parse(typed).or_else(|_| Phone::parse(spaced.trim_start_matches("tel:"))).ok()
}

fn email(typed: &str) -> Option<Email> {
    Email::parse(typed.strip_prefix("mailto:").unwrap_or(typed)).ok()
}

fn testimonial(sheet: &mut Sheet) -> Option<Testimonial> {
    match (sheet.stated("testimonial"), sheet.stated("testimonial_by")) {
        (true, false) => {
            sheet.wrong("testimonial_by", "Write who said it, like “A man from Peckham, 71”");
        }
        (false, true) => sheet.wrong("testimonial", "Write what they said, or clear who said it"),
        _ => {}
    }
    let (words, by) = (sheet.text("testimonial"), sheet.line("testimonial_by"));
    Some(Testimonial { words: words?, by: by? })
}
