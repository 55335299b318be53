//! Whether a person opens a page, as far as that can be told: only ever for counting.
use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, header, request::Parts},
};

/// `true` where it looks like a person's browser that shows the page now: no program that looks through the
/// web, no page fetched before anybody asks for it, no question about its head alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByPerson(pub bool);

/// What programs call themselves, in small letters. Those that hide are counted: there is no telling.
const PROGRAMS: [&str; 22] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "curl/",
    "wget/",
    "python",
    "go-http",
    "java/",
    "httpclient",
    "libwww",
    "headless",
    "monitor",
    "preview",
    "facebookexternalhit",
    "scan",
    "fetch",
    "archiver",
    "okhttp",
    "axios",
    "feed",
    "checker",
];

impl<S: Sync> FromRequestParts<S> for ByPerson {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.method != Method::HEAD && is_person(&parts.headers)))
    }
}

fn is_person(headers: &HeaderMap) -> bool {
    let said = |name: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_ascii_lowercase()
    };
    let ahead =
        ["sec-purpose", "purpose", "x-moz"].iter().any(|name| said(name).contains("prefetch"));
    let agent = said(header::USER_AGENT.as_str());
    !ahead && !agent.is_empty() && !PROGRAMS.iter().any(|name| agent.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(agent: &'static str, purpose: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::USER_AGENT, agent.parse().unwrap());
        headers.insert("sec-purpose", purpose.parse().unwrap());
        is_person(&headers)
    }

    #[test]
    fn browsers_are_people_and_programs_are_not() {
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1";
        assert!(person(phone, ""));
        assert!(person(
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            ""
        ));
        assert!(!person(phone, "prefetch;prerender"), "nobody has asked for it yet");
        for agent in [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "curl/8.5.0",
            "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/130.0",
            "facebookexternalhit/1.1",
            "",
        ] {
            assert!(!person(agent, ""), "{agent}");
        }
        assert!(!is_person(&HeaderMap::new()));
    }
}
