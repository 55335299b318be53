//! Addresses that somebody typed, fetched without reaching into our own network.
//!
//! A name is looked up once for each step of the way, every address it has is checked, and the very address
//! that was checked is connected to: so a name that leads elsewhere a moment later gains nothing. Redirects
//! are steps like the first. Nothing of ours goes along: no cookie, no password, no address of a page.
mod connection;
mod public;

use std::{collections::BTreeSet, io, net::SocketAddr, sync::Arc, time::Duration};

use futures_util::{FutureExt, future::BoxFuture};
use tokio::{net::lookup_host, time::timeout};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};
use url::{Host, Url};

use connection::{Answer, Question};

pub use public::is_public;

/// Fetches; share it freely.
#[derive(Clone)]
pub struct Fetcher {
    allowed: Arc<BTreeSet<SocketAddr>>,
    lookup: Lookup,
    tls: Arc<ClientConfig>,
    limits: Limits,
}

/// What one fetch may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of the answer.
    pub bytes: usize,
    /// From the first lookup to the last byte.
    pub time: Duration,
    pub redirects: usize,
}

/// The addresses of a name and a port.
pub type Lookup =
    Arc<dyn Fn(String, u16) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> + Send + Sync>;

/// What came, and from which address after all redirects.
#[derive(Debug)]
pub struct Fetched {
    pub address: Url,
    pub bytes: Vec<u8>,
}

/// An address that leads somewhere, however that looks.
#[derive(Debug)]
pub struct Visited {
    /// Where it leads after all redirects.
    pub address: Url,
    /// Where it went for good: as far as its redirects say that they will stay.
    pub moved: Option<Url>,
}

/// Why nothing came, for whoever typed the address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("Give a whole web address that begins with https:// or http://")]
    NotAnAddress,
    #[error("Leave the name and the password out of the address: others would read them")]
    Credentials,
    #[error(
        "Feeds are fetched on the usual ports 80 and 443 only. Ask those who publish it for such an address"
    )]
    Port,
    #[error("There is no server of the name {0}. Look for a typing mistake in the address")]
    NoSuchName(String),
    #[error("The address leads into a private network. Only what anybody may reach is fetched")]
    Private,
    #[error("The server {0} cannot be reached. Try again later")]
    Unreachable(String),
    #[error("The server {0} does not prove who it is: its certificate is not valid")]
    Certificate(String),
    #[error("The address leads on to others, again and again")]
    TooManyRedirects,
    #[error("The server took too long. Try again later")]
    TooSlow,
    #[error("The answer is larger than {} MB. Ask those who publish it for smaller pages", .0 / 1_000_000)]
    TooLarge(usize),
    #[error("There is nothing at this address: the server says {0}")]
    Status(u16),
    #[error("The server packs its answers, which was not asked for")]
    Packed,
}

impl Limits {
    pub const USUAL: Self = Self { bytes: 20_000_000, time: Duration::from_secs(30), redirects: 5 };
}

impl Fetcher {
    /// Besides public addresses, also `allowed` ones may be reached.
    pub fn new(allowed: impl IntoIterator<Item = SocketAddr>) -> Self {
        let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("ring speaks the versions that rustls takes for safe")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self {
            allowed: Arc::new(allowed.into_iter().collect()),
            lookup: Arc::new(|name, port| {
                async move { Ok(lookup_host((name, port)).await?.collect()) }.boxed()
            }),
            tls: Arc::new(tls),
            limits: Limits::USUAL,
        }
    }

    /// What each fetch may cost.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The same with other limits.
    pub fn within(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same with names looked up in another way.
    pub fn looking_up(self, lookup: Lookup) -> Self {
        Self { lookup, ..self }
    }

    /// What is at this address.
    pub async fn fetch(&self, address: &str) -> Result<Fetched, Problem> {
        let whole = Question::Whole(self.limits.bytes);
        let (Visited { address, .. }, bytes) = self.in_time(parsed(address)?, whole).await?;
        Ok(Fetched { address, bytes })
    }

    /// Whether anything is at this address, without reading it. Asks for its headers alone; a server that gives
    /// them for nothing is asked once more in the way of a browser.
    pub async fn visit(&self, address: &str) -> Result<Visited, Problem> {
        let address = parsed(address)?;
        let seen = match self.in_time(address.clone(), Question::Headers).await {
            Err(Problem::Status(_) | Problem::Unreachable(_) | Problem::TooSlow) => {
                self.in_time(address, Question::Glance).await
            }
            seen => seen,
        };
        seen.map(|(visited, _)| visited)
    }

    async fn in_time(
        &self,
        address: Url,
        question: Question,
    ) -> Result<(Visited, Vec<u8>), Problem> {
        match timeout(self.limits.time, self.follow(address, question)).await {
            Ok(came) => came,
            Err(_) => Err(Problem::TooSlow),
        }
    }

    async fn follow(
        &self,
        mut address: Url,
        question: Question,
    ) -> Result<(Visited, Vec<u8>), Problem> {
        let (mut moved, mut still) = (None, true);
        for _ in 0..=self.limits.redirects {
            let peer = self.checked(&address).await?;
            match connection::ask(peer, &address, &self.tls, question).await? {
                Answer::Body(bytes) => return Ok((Visited { address, moved }, bytes)),
                Answer::Elsewhere { to, for_good } => {
                    let next = address.join(&to).map_err(|_| Problem::NotAnAddress)?;
                    address = sound(next)?;
                    still &= for_good;
                    if still {
                        moved = Some(address.clone());
                    }
                }
            }
        }
        Err(Problem::TooManyRedirects)
    }

    /// The network address to connect to. One that is not public spoils all of a name: it is no accident.
    async fn checked(&self, address: &Url) -> Result<SocketAddr, Problem> {
        let port = address.port_or_known_default().ok_or(Problem::Port)?;
        let peers: Vec<SocketAddr> = match address.host().ok_or(Problem::NotAnAddress)? {
            Host::Ipv4(ip) => vec![(ip, port).into()],
            Host::Ipv6(ip) => vec![(ip, port).into()],
            Host::Domain(name) => {
                let found = (self.lookup)(name.to_owned(), port).await;
                found.map_err(|_| Problem::NoSuchName(name.to_owned()))?
            }
        };
        let named = address.host_str().unwrap_or_default();
        let peer = *peers.first().ok_or_else(|| Problem::NoSuchName(named.to_owned()))?;
        if peers.iter().all(|peer| self.allowed.contains(peer)) {
            return Ok(peer);
        }
        if !peers.iter().all(|peer| is_public(peer.ip())) {
            return Err(Problem::Private);
        }
        if [80, 443].contains(&port) { Ok(peer) } else { Err(Problem::Port) }
    }
}

/// An address that may be fetched, as far as one can see without looking anything up.
pub fn parsed(typed: &str) -> Result<Url, Problem> {
    sound(Url::parse(typed.trim()).map_err(|_| Problem::NotAnAddress)?)
}

fn sound(mut address: Url) -> Result<Url, Problem> {
    if !["http", "https"].contains(&address.scheme()) || !address.has_host() {
        return Err(Problem::NotAnAddress);
    }
    if !address.username().is_empty() || address.password().is_some() {
        return Err(Problem::Credentials);
    }
    address.set_fragment(None);
    Ok(address)
}
