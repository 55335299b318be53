//! The network address that a request came from: only ever for limits, never kept, never logged.
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv6Addr, SocketAddr},
};

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, request::Parts},
};

/// Who stands at the other end of the connection; the server says so with each request.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Whether visitors come straight to us, or through one proxy that names them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clients {
    #[default]
    Direct,
    /// Its word is taken from the last of `X-Forwarded-For`, which it has written itself: what stands
    /// before that could be anybody's invention.
    BehindProxy,
}

/// A visitor, as far as limits tell them apart. In IPv6 one household has 64 bits to itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(Option<IpAddr>);

impl Client {
    /// For counting: "192.0.2.1", "2001:db8::/64", or nothing known.
    pub fn in_words(self) -> String {
        match self.0 {
            None => "unknown".into(),
            Some(IpAddr::V4(four)) => four.to_string(),
            Some(IpAddr::V6(six)) => match six.to_ipv4_mapped() {
                Some(four) => four.to_string(),
                None => {
                    let net = Ipv6Addr::from_bits(six.to_bits() >> 64 << 64);
                    format!("{net}/64")
                }
            },
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Client
where
    Clients: FromRef<S>,
{
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<Peer>().map(|peer| peer.0.ip());
        Ok(Self(match Clients::from_ref(state) {
            Clients::Direct => peer,
            Clients::BehindProxy => forwarded(&parts.headers).or(peer),
        }))
    }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let last = last.rsplit(',').next()?.trim();
    last.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()))
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    async fn of(clients: Clients, peer: &str, forwarded: &str) -> String {
        let request = Request::get("/").header("x-forwarded-for", forwarded);
        let mut parts = request.body(()).unwrap().into_parts().0;
        parts.extensions.insert(Peer(peer.parse().unwrap()));
        let Ok(client) = Client::from_request_parts(&mut parts, &clients).await;
        client.in_words()
    }

    #[tokio::test]
    async fn only_a_proxy_that_was_named_is_believed_and_only_its_own_word() {
        let forged = "198.51.100.7, 203.0.113.9";
        assert_eq!(of(Clients::Direct, "192.0.2.1:80", forged).await, "192.0.2.1");
        assert_eq!(of(Clients::BehindProxy, "192.0.2.1:80", forged).await, "203.0.113.9");
        assert_eq!(of(Clients::BehindProxy, "192.0.2.1:80", "nonsense").await, "192.0.2.1");
    }

    #[tokio::test]
    async fn a_household_is_one_client_in_ipv6_too() {
        let of = async |peer| of(Clients::Direct, peer, "").await;
        assert_eq!(of("[2001:db8::1:2:3:4]:80").await, "2001:db8::/64");
        assert_eq!(of("[2001:db8::9]:80").await, "2001:db8::/64");
        assert_eq!(of("[::ffff:192.0.2.1]:80").await, "192.0.2.1");
    }
}
