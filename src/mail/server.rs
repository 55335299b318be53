//! The mail server that is named in the settings, and how it is spoken to.
use std::net::IpAddr;

use lettre::transport::smtp::authentication::Credentials;

/// Where letters are handed over. Holds a password, so it cannot be printed.
#[derive(Clone)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub cover: Cover,
    pub credentials: Option<Credentials>,
}

/// Whether the conversation is encrypted. A password never goes over a network in the clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// From the first byte: `smtps://`.
    AtOnce,
    /// By STARTTLS, or not at all: `smtp://` with a password.
    Required,
    /// By STARTTLS if the server offers it: `smtp://` without a password.
    IfOffered,
    /// Not: the server is this machine itself.
    None,
}

impl Server {
    /// Reads `smtp://user:password@host:port`. Signs in user or password that mean something in an address
    /// are written as `%` and two digits. Ports: 465 for `smtps`, otherwise 587 (RFC 8314, 3.3).
    ///
    /// # Errors
    /// One sentence that says what is missing, and quotes nothing.
    pub fn parse(url: &str) -> Result<Self, &'static str> {
        const SHAPE: &str = "FINGERPOST_SMTP should look like smtp://user:password@host:587 or smtps://user:password@host";
        let url = url.trim().trim_end_matches('/');
        let (scheme, rest) = url.split_once("://").ok_or(SHAPE)?;
        let at_once = match scheme.to_ascii_lowercase().as_str() {
            "smtps" => true,
            "smtp" => false,
            _ => return Err(SHAPE),
        };
        let (user, place) = match rest.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, rest),
        };
        let (host, port) = host_and_port(place).ok_or(SHAPE)?;
        let credentials = match user.map(|user| user.split_once(':').ok_or(SHAPE)).transpose()? {
            Some((user, password)) => {
                Some(Credentials::new(decoded(user).ok_or(SHAPE)?, decoded(password).ok_or(SHAPE)?))
            }
            None => None,
        };
        let cover = match (at_once, is_here(&host), &credentials) {
            (true, ..) => Cover::AtOnce,
            (false, true, _) => Cover::None,
            (false, false, Some(_)) => Cover::Required,
            (false, false, None) => Cover::IfOffered,
        };
        Ok(Self { host, port: port.unwrap_or(if at_once { 465 } else { 587 }), cover, credentials })
    }
}

fn host_and_port(place: &str) -> Option<(String, Option<u16>)> {
    let (host, port) = match place.strip_prefix('[') {
        Some(six) => {
            let (host, port) = six.split_once(']')?;
            (host, if port.is_empty() { None } else { Some(port.strip_prefix(':')?) })
        }
        None => place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    let sound =
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".:-_".contains(&b));
    let port = match port {
        Some(port) => Some(port.parse().ok()?),
        None => None,
    };
    sound.then(|| (host.to_ascii_lowercase(), port))
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// `%40` → `@`. A plus is a plus.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = part.bytes();
    let mut plain = Vec::with_capacity(part.len());
    while let Some(byte) = bytes.next() {
        plain.push(match byte {
            b'%' => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                let (high, low) = (digit(bytes.next()?)?, digit(bytes.next()?)?);
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_goes_over_a_network_in_the_clear() {
        let cover = |url| Server::parse(url).unwrap().cover;
        assert_eq!(cover("smtps://ada:secret@mail.example"), Cover::AtOnce);
        assert_eq!(cover("smtp://ada:secret@mail.example"), Cover::Required);
        assert_eq!(cover("smtp://mail.example:25"), Cover::IfOffered);
        assert_eq!(cover("smtp://ada:secret@127.0.0.1:25"), Cover::None);
        assert_eq!(cover("smtp://[::1]:25"), Cover::None);
    }

    #[test]
    fn a_server_has_the_port_that_is_named_or_the_usual_one() {
        let place = |url| Server::parse(url).map(|s| (s.host, s.port)).unwrap();
        assert_eq!(place("smtps://Mail.Example"), ("mail.example".to_owned(), 465));
        assert_eq!(place("smtp://a%40b.de:p%2F+@mail.example/"), ("mail.example".to_owned(), 587));
        assert_eq!(place("smtp://[::1]:2525"), ("::1".to_owned(), 2525));
    }

    #[test]
    fn signs_that_mean_something_in_an_address_are_written_with_a_percent() {
        assert_eq!(decoded("a%40b+c"), Some("a@b+c".to_owned()));
        assert_eq!(decoded("100%"), None);
    }

    #[test]
    fn an_address_that_is_none_is_answered_without_quoting_it() {
        for wrong in [
            "",
            "secret",
            "http://ada:secret@host",
            "smtp://",
            "smtp://ada:secret@",
            "smtp://ada:secret@host:port",
            "smtp://secret@host",
            "smtp://ada:100%@host",
        ] {
            let told = Server::parse(wrong).err().unwrap();
            assert!(told.contains("smtps://") && !told.contains("secret"), "{wrong}");
        }
    }
}
