//! A letter as mail: its headers, and both bodies in a coding that every mail program reads.
use std::time::SystemTime;

use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};

use super::{LINK, SITE, Taken, WITHDRAWAL};
use crate::config::PublicUrl;

/// A message ready to go, and whom to hand it over for.
pub struct Ready {
    pub to: Address,
    pub bytes: Vec<u8>,
}

/// Writes it. Everything but the link is the same at every try, Message-ID and Date before all: a mailbox
/// that gets it twice can tell. `None` where no mail can go to such an address.
pub fn write(taken: &Taken, from: &Mailbox, url: &PublicUrl) -> Option<Ready> {
    let letter = &taken.letter;
    let to: Address = letter.to.as_str().parse().ok()?;
    let id = taken.id.simple();
    let link = match (&letter.link, &taken.secret) {
        (Some((purpose, _)), Some(secret)) => Some(format!("{url}{}", purpose.path(secret))),
        _ => None,
    };
    let body = |text: &str| {
        let text = text.replace(SITE, url.as_str());
        link.as_ref().map_or(text.clone(), |link| text.replace(LINK, link))
    };
    let bodies = MultiPart::alternative()
        .boundary(format!("fingerpost-{id}"))
        .singlepart(SinglePart::plain(body(&letter.plain)))
        .singlepart(SinglePart::html(body(&letter.html)));
    let mut message = Message::builder()
        .from(from.clone())
        // Some servers put another sender in; answers should still reach the directory.
        .reply_to(from.clone())
        .to(to.clone().into())
        .subject(letter.subject.as_str())
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .date(SystemTime::from(taken.put))
        // Out-of-office programs do not answer such a letter (RFC 3834, 5).
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ));
    // A letter with a way out names it to mail programs too, which may show a button (RFC 8058).
    if let Some(link) = link.filter(|_| letter.plain.contains(&format!("{LINK}{WITHDRAWAL}"))) {
        let header = |name, value| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
        message = message
            .raw_header(header("List-Unsubscribe", format!("<{link}{WITHDRAWAL}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    let message = message.multipart(bodies).ok()?;
    Some(Ready { to, bytes: message.formatted() })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::{
        links::{Purpose, Secret},
        mail::Letter,
        text::{Email, Line, Text},
    };

    fn taken() -> Taken {
        let letter = Letter {
            event: "link:1".to_owned(),
            to: Email::parse("dele@clay.example").unwrap(),
            subject: Line::parse("Your café group – ready").unwrap(),
            plain: format!("Open {LINK}\n\nIt is Zoë’s. {}\n", "A long line. ".repeat(200)),
            html: format!("<p><a href=\"{LINK}\">Open</a> Zoë’s</p>"),
            link: Some((Purpose::Draft, Some(Uuid::nil()))),
        };
        let put = Timestamp::UNIX_EPOCH;
        Taken { id: Uuid::nil(), tried: 1, put, letter, secret: Some(Secret::new().unwrap()) }
    }

    fn written(taken: &Taken) -> String {
        let from = "The directory <hello@fingerpost.example>".parse().unwrap();
        let url = "https://fingerpost.example".parse().unwrap();
        String::from_utf8(write(taken, &from, &url).unwrap().bytes).unwrap()
    }

    #[test]
    fn mail_is_ascii_in_short_lines_whatever_the_letter_says() {
        let mail = written(&taken());
        assert!(mail.is_ascii());
        assert!(mail.split("\r\n").all(|line| line.len() <= 78), "{mail}");
        assert!(!mail.replace("\r\n", "").contains(['\r', '\n']), "a line end without its partner");
    }

    #[test]
    fn mail_says_who_writes_and_that_a_program_does() {
        let mail = written(&taken());
        for header in [
            "Message-ID: <00000000000000000000000000000000@fingerpost.example>\r\n",
            "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "To: dele@clay.example\r\n",
            "Reply-To: \"The directory\" <hello@fingerpost.example>\r\n",
            "Content-Type: multipart/alternative;",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "Content-Type: text/html; charset=utf-8\r\n",
        ] {
            assert!(mail.contains(header), "{header}{mail}");
        }
    }

    #[test]
    fn a_second_try_is_the_same_mail_but_for_its_link() {
        let (one, mut two) = (taken(), taken());
        assert_ne!(written(&one), written(&two), "each try has a link of its own");
        two.secret = one.secret.clone();
        two.tried = 2;
        assert_eq!(written(&one), written(&two));
    }

    #[test]
    fn a_letter_with_a_way_out_names_it_to_mail_programs() {
        let mut taken = taken();
        assert!(!written(&taken).contains("List-Unsubscribe"));
        taken.letter.plain.push_str(&format!("{LINK}{WITHDRAWAL}\n"));
        let mail = written(&taken);
        let secret = taken.secret.as_ref().unwrap().shown();
        assert!(mail.contains(&format!(
            "List-Unsubscribe: <https://fingerpost.example/describe/{secret}/withdrawal>\r\n"
        )));
        assert!(mail.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{mail}");
    }

    #[test]
    fn only_our_own_marks_become_links_never_what_somebody_typed() {
        let mut taken = taken();
        let typed = Line::<100>::parse("{link} {site} \u{2}link\u{3} \u{2}site\u{3}").unwrap();
        taken.letter.plain = format!("{LINK}\n\nAbout {}\n", typed.as_str());
        let text = Text::<2000>::parse(&format!("{LINK}{SITE}")).unwrap();
        taken.letter.html = format!("<p>{}</p>", text.as_str());
        let mail = written(&taken);
        let secret = taken.secret.as_ref().unwrap().shown();
        assert_eq!(mail.matches(secret).count(), 1, "{mail}");
        assert!(mail.contains("About {link} {site} link site"), "{mail}");
        assert!(mail.contains("<p>linksite</p>"), "{mail}");
    }
}
