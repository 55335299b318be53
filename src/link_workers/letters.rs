//! Letters to link workers, and to who asks how to reach one. No letter to others names anybody.
use askama::Template;
use uuid::Uuid;

use super::LinkWorkerId;
use crate::{
    links::Purpose,
    mail::Letter,
    text::{Email, Line},
};

/// Why somebody is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About<'a> {
    /// They typed their address, and nothing is said yet.
    Join,
    /// They typed their address, and are known.
    Link,
    /// Somebody wrote an entry for them; who, as they read it.
    Proposed(&'a str),
    /// A coordinator has looked: everybody sees it.
    Listed,
    /// Is it still right? The day on which the year ends.
    Yearly(&'a str),
    /// The year has passed. The day on which all is erased.
    Lapsed(&'a str),
    /// A coordinator took it off; who, why, and when all is erased.
    TakenOff { by: &'a str, why: &'a str, until: &'a str },
}

#[derive(Template)]
#[template(path = "mail/link_worker.txt")]
struct OwnText<'a> {
    about: About<'a>,
    heading: &'static str,
}

#[derive(Template)]
#[template(path = "mail/link_worker.html")]
struct OwnHtml<'a> {
    about: About<'a>,
    heading: &'static str,
}

#[derive(Template)]
#[template(path = "mail/link_worker_contact.txt")]
struct ContactText;

#[derive(Template)]
#[template(path = "mail/link_worker_contact.html")]
struct ContactHtml;

impl About<'_> {
    fn code(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Link => "link",
            Self::Proposed(_) => "proposed",
            Self::Listed => "listed",
            Self::Yearly(_) => "yearly",
            Self::Lapsed(_) => "lapsed",
            Self::TakenOff { .. } => "off",
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Join => "Your entry as a link worker",
            Self::Link => "Your private link",
            Self::Proposed(_) => "May we list you as a link worker?",
            Self::Listed => "You are listed as a link worker",
            Self::Yearly(_) => "May we list you for another year?",
            Self::Lapsed(_) => "You are no longer listed",
            Self::TakenOff { .. } => "Your entry is off the list",
        }
    }
}

/// To the link worker, with the link to their own page.
pub fn own(id: LinkWorkerId, to: Email, about: About<'_>) -> Letter {
    let heading = about.heading();
    Letter {
        event: format!("link-worker-{}:{id}:{}", about.code(), Uuid::now_v7()),
        to,
        subject: Line::parse(heading).expect("our own short words"),
        plain: Letter::body(&OwnText { about, heading }),
        html: Letter::body(&OwnHtml { about, heading }),
        link: Some((Purpose::LinkWorker, Some(id))),
    }
}

/// To a professional who asked how to reach somebody.
pub fn contact(asking: Uuid, to: Email) -> Letter {
    Letter {
        event: format!("link-worker-contact:{asking}"),
        to,
        subject: Line::parse("How to reach a link worker").expect("our own short words"),
        plain: Letter::body(&ContactText),
        html: Letter::body(&ContactHtml),
        link: Some((Purpose::LinkWorker, Some(asking))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{LINK, SITE, WITHDRAWAL};

    #[test]
    fn every_letter_to_a_link_worker_has_the_way_out_and_no_address_in_its_event() {
        let to = || Email::parse("ama@bellamy.example").unwrap();
        let day = "Wednesday 6 August 2026";
        for about in [
            About::Join,
            About::Link,
            About::Proposed("the Southwark coordinator"),
            About::Listed,
            About::Yearly(day),
            About::Lapsed(day),
            About::TakenOff { by: "the Southwark coordinator", why: "Moved on.", until: day },
        ] {
            let letter = own(Uuid::nil(), to(), about);
            for body in [&letter.plain, &letter.html] {
                assert!(body.contains(&format!("{LINK}{WITHDRAWAL}")), "{body}");
                assert!(body.contains(LINK) && body.contains(SITE), "{body}");
            }
            let long = letter.plain.lines().find(|line| line.chars().count() > 76);
            assert_eq!(long, None);
            assert!(!letter.plain.contains("\n\n\n"), "{}", letter.plain);
            assert!(!letter.event.contains('@'));
        }
        let asked = contact(Uuid::nil(), to());
        assert!(asked.plain.contains(LINK) && !asked.plain.contains(WITHDRAWAL));
    }
}
