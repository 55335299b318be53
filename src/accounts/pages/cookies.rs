//! The cookies of the desk. Visitors get none.
use axum::http::{HeaderMap, HeaderValue, header};
use jiff::SignedDuration;

use crate::{config::PublicUrl, links::Secret};

/// A cookie that only this host sends and gets, and no script reads. With https its name says so, too
/// (RFC 6265bis, 4.1.3.2): then browsers refuse one that anybody else has set.
#[derive(Clone, Copy, Debug)]
pub struct Cookie {
    name: &'static str,
    https: bool,
}

impl Cookie {
    /// Who is signed in.
    pub fn session(url: &PublicUrl) -> Self {
        Self { name: "desk", https: url.is_https() }
    }

    /// In which browser a link to sign in was asked for.
    pub fn browser(url: &PublicUrl) -> Self {
        Self { name: "desk-asked", https: url.is_https() }
    }

    /// Whose link was good, and whose second factor is asked for.
    pub fn half(url: &PublicUrl) -> Self {
        Self { name: "desk-half", https: url.is_https() }
    }

    pub fn of(self, headers: &HeaderMap) -> Option<Secret> {
        let name = self.name();
        let all = headers.get_all(header::COOKIE).iter().filter_map(|said| said.to_str().ok());
        let mut pairs =
            all.flat_map(|said| said.split(';')).filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(known, _)| known.trim() == name)?;
        Secret::parse(value.trim())
    }

    /// Sets it for so long. It goes along when a link in a mail program is opened, which `Strict` forbids;
    /// forms of other sites never carry it.
    pub fn set(self, secret: &Secret, lasts: SignedDuration) -> HeaderValue {
        self.written(secret.shown(), lasts.as_secs())
    }

    pub fn forget(self) -> HeaderValue {
        self.written("", 0)
    }

    fn name(self) -> String {
        format!("{}{}", if self.https { "__Host-" } else { "" }, self.name)
    }

    fn written(self, value: &str, seconds: i64) -> HeaderValue {
        let secure = if self.https { "; Secure" } else { "" };
        let written = format!(
            "{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}",
            self.name()
        );
        HeaderValue::from_str(&written).expect("a name, a secret and a number are plain letters")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_https_the_cookie_is_bound_to_the_host_and_never_sent_in_the_clear() {
        let secret = Secret::new().unwrap();
        let over = |url: &str| {
            let cookie = Cookie::session(&url.parse().unwrap());
            cookie.set(&secret, SignedDuration::from_hours(1)).to_str().unwrap().to_owned()
        };
        let safe = over("https://desk.example");
        assert!(safe.starts_with("__Host-desk=") && safe.ends_with("; Secure"), "{safe}");
        assert!(safe.contains("; Path=/;") && safe.contains("HttpOnly; SameSite=Lax"));
        assert!(over("http://127.0.0.1:8080").starts_with("desk="));
    }

    #[test]
    fn it_is_found_among_others_by_its_whole_name() {
        let secret = Secret::new().unwrap();
        let cookie = Cookie::session(&"http://127.0.0.1:8080".parse().unwrap());
        let mut headers = HeaderMap::new();
        let sent = format!("xdesk=no; theme=dark; desk={}; desk2=x", secret.shown());
        headers.insert(header::COOKIE, HeaderValue::from_str(&sent).unwrap());
        assert_eq!(cookie.of(&headers), Some(secret));
        headers.insert(header::COOKIE, HeaderValue::from_static("desk=../../etc"));
        assert_eq!(cookie.of(&headers), None);
    }
}
