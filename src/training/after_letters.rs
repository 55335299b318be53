//! What is mailed when a cohort is over: the questions once more, the certificate, and what became of showing it.
use super::{
    Booking, Cohort,
    certificate::Certificate,
    evaluation::OPEN_AFTER,
    letters::{self, Says},
    shown::{Answer, Asked, ShownOn},
};
use crate::{
    links::Purpose,
    mail::Letter,
    text::{Email, capitalised},
};

/// The event of asking for answers after a cohort.
pub const AFTER: &str = "training_after";

/// To whoever had a place, once the last session is over.
pub fn after(cohort: &Cohort, booking: &Booking) -> Option<Letter> {
    let to = &booking.person.as_ref()?.email;
    let days = OPEN_AFTER.as_hours() / 24;
    let says = Says {
        heading: "How was it?".to_owned(),
        before: vec![
            format!("“{}” is over. Thank you for coming.", cohort.says.title),
            format!(
                "Please answer a few short questions, from 0 to 10. You have {days} days. They are the same as before \
                 the training, so that we all see what it changes. We only count how many people chose which number: \
                 nobody can see what you chose."
            ),
        ],
        action: "Answer the questions",
        after: vec![
            "If you were not there, you need not do anything.".to_owned(),
            letters::contact(cohort),
        ],
        ..Says::default()
    };
    Some(letters::of_booking(format!("{AFTER}:{}", booking.id), to, (cohort, booking.id), &says))
}

/// To whoever has earned one.
pub fn certificate(cohort: &Cohort, certificate: &Certificate, to: &Email) -> Letter {
    let says = Says {
        heading: "Your certificate".to_owned(),
        before: vec![
            format!(
                "You took part in “{}”: {} of {} modules, {}. Your certificate is ready.",
                cohort.says.title,
                certificate.titles.len(),
                certificate.of,
                certificate.hours()
            ),
            "Open the link to see it and to save it as a PDF.".to_owned(),
        ],
        action: "See your certificate",
        after: vec![
            "Keep the PDF: we delete your name after a year. The number on it can be checked on our site for longer."
                .to_owned(),
            "Is your offer on Fingerpost, or are you listed as a link worker, with this email address? The link also lets you show there that you took part.".to_owned(),
            letters::contact(cohort),
        ],
        ..Says::default()
    };
    let event = format!("training_certificate:{}", certificate.booking);
    letters::of_booking(event, to, (cohort, certificate.booking), &says)
}

/// To whoever has one on which their name was not right; each correction has a letter of its own.
pub fn corrected(cohort: &Cohort, booking: &Booking, to: &Email) -> Letter {
    let says = Says {
        heading: "Your certificate, corrected".to_owned(),
        before: vec![format!(
            "We have put right your name on your certificate of “{}”. Its number is the same. Open the link to save \
             it again.",
            cohort.says.title
        )],
        action: "See your certificate",
        after: vec![letters::contact(cohort)],
        ..Says::default()
    };
    let event = format!("training_certificate_corrected:{}:{}", booking.id, booking.revision);
    letters::of_booking(event, to, (cohort, booking.id), &says)
}

/// What the coordinator says about showing it on a page; each asking has answers of its own. To a link worker it
/// belongs to their entry, and is erased with it.
pub fn shown(cohort: &Cohort, asked: &Asked, answer: Answer, to: &Email) -> Letter {
    let (title, page) = (&cohort.says.title, asked.on.page(&asked.name));
    let (heading, words) = match answer {
        Answer::Show => (
            "It is shown now",
            format!("{} now says that you took part in “{title}”.", capitalised(&page)),
        ),
        Answer::Refuse => (
            "It is not shown",
            format!(
                "You asked to show on {page} that you took part in “{title}”. The coordinator has not agreed. If you \
                 think that is a mistake, ask them."
            ),
        ),
        Answer::TakeOff => (
            "It is shown no more",
            format!(
                "{} no longer says that you took part in “{title}”. The coordinator has taken that sentence off. If \
                 you think that is a mistake, ask them.",
                capitalised(&page)
            ),
        ),
    };
    let (action, link) = match asked.on {
        ShownOn::Provider(_) => ("See your certificate", (Purpose::Booking, asked.booking)),
        ShownOn::LinkWorker(id) => ("See your entry", (Purpose::LinkWorker, Some(id))),
    };
    let says = Says {
        heading: heading.to_owned(),
        before: vec![words],
        action,
        after: vec![letters::contact(cohort)],
        to_entry: link.0 == Purpose::LinkWorker,
        ..Says::default()
    };
    let event = format!("{}:{}", answer.act(), asked.id);
    letters::with_link(event, to, (cohort, link), &says)
}
