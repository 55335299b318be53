//! One letter by SMTP, one step after the other, so that we know after which it failed.
use std::{net::IpAddr, time::Duration};

use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::Mechanism,
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Quit, Rcpt},
        extension::ClientId,
    },
};
use tokio::time::timeout;

use super::{
    Failure,
    message::Ready,
    server::{Cover, Server},
};

/// From the first word until the server is ready for the letter. Nothing is lost by giving up early.
pub const BEGINS_WITHIN: Duration = Duration::from_secs(45);
/// For the answer to the whole letter. Giving up early would send it twice, so this is long
/// (RFC 5321, 4.5.3.2.6, and RFC 1047).
pub const ANSWERS_WITHIN: Duration = Duration::from_secs(10 * 60);

/// Hands a letter over. `may` is asked when all that is left is the letter itself.
pub async fn send(
    server: &Server,
    hello: &ClientId,
    from: &Address,
    ready: &Ready,
    may: impl AsyncFnOnce() -> bool,
) -> Result<(), Failure> {
    let begun = timeout(BEGINS_WITHIN, begin(server, hello, from, &ready.to)).await;
    let mut connection =
        begun.unwrap_or_else(|_| Err(Failure::Later("The mail server does not answer".into())))?;
    if !may().await {
        return Err(Failure::Lost);
    }
    let answer = timeout(ANSWERS_WITHIN, connection.message(&ready.bytes)).await;
    match answer {
        Ok(Ok(_)) => {
            // Politeness only: it has been accepted.
            let _ = timeout(Duration::from_secs(1), connection.command(Quit)).await;
            Ok(())
        }
        Ok(Err(cause)) => Err(match refusal(&cause) {
            Refusal::Never => Failure::Refused { words: words(&cause), again: false },
            Refusal::Later => Failure::Refused { words: words(&cause), again: true },
            Refusal::None => Failure::Unanswered(words(&cause)),
        }),
        Err(_elapsed) => Err(Failure::Unanswered("No answer came to the whole letter".into())),
    }
}

/// Everything up to "start mail input". Only a recipient that is not there is the letter's own fault: whatever
/// else is refused may be put right in our settings, and the letter tried again.
async fn begin(
    server: &Server,
    hello: &ClientId,
    from: &Address,
    to: &Address,
) -> Result<AsyncSmtpConnection, Failure> {
    let later = |cause: Error| Failure::Later(words(&cause));
    let tls = || TlsParameters::new(server.host.clone()).map_err(later);
    let at_once = if server.cover == Cover::AtOnce { Some(tls()?) } else { None };
    let place = (server.host.as_str(), server.port);
    let mut connection =
        AsyncSmtpConnection::connect_tokio1(place, Some(BEGINS_WITHIN), hello, at_once, None)
            .await
            .map_err(later)?;
    let upgrade = match server.cover {
        Cover::Required => true,
        Cover::IfOffered => connection.can_starttls(),
        Cover::AtOnce | Cover::None => false,
    };
    if upgrade {
        connection.starttls(tls()?, hello).await.map_err(later)?;
    }
    if let Some(credentials) = &server.credentials {
        let ways = [Mechanism::Plain, Mechanism::Login];
        connection.auth(&ways, credentials).await.map_err(later)?;
    }
    connection.command(Mail::new(Some(from.clone()), vec![])).await.map_err(later)?;
    connection.command(Rcpt::new(to.clone(), vec![])).await.map_err(|cause| {
        let code = cause.status().map(u16::from);
        match words(&cause) {
            words if nobody_there(code, &words) => Failure::Never(words),
            words => Failure::Later(words),
        }
    })?;
    connection.command(Data).await.map_err(later)?;
    Ok(connection)
}

/// How we greet: as the host of our public address.
pub fn hello(host: &str) -> ClientId {
    match host.trim_start_matches('[').trim_end_matches(']').parse() {
        Ok(IpAddr::V4(address)) => ClientId::Ipv4(address),
        Ok(IpAddr::V6(address)) => ClientId::Ipv6(address),
        Err(_) => ClientId::Domain(host.to_owned()),
    }
}

/// Whether a refused recipient is refused for what it is (RFC 5321, 4.2.3), not for what we may or may not do:
/// "relaying denied" and "log in first" also begin with 5, and say so by 5.7 (RFC 3463, 3.8).
fn nobody_there(code: Option<u16>, words: &str) -> bool {
    let mut parts = words.split(|c: char| !c.is_ascii_digit() && c != '.');
    matches!(code, Some(550 | 551 | 553)) && !parts.any(|part| part.starts_with("5.7."))
}

enum Refusal {
    Never,
    Later,
    /// The server said nothing that we could understand.
    None,
}

fn refusal(cause: &Error) -> Refusal {
    match () {
        () if cause.is_permanent() => Refusal::Never,
        () if cause.is_transient() => Refusal::Later,
        () => Refusal::None,
    }
}

/// What went wrong, with what lies behind it.
fn words(cause: &Error) -> String {
    let mut words = cause.to_string();
    let mut behind = std::error::Error::source(cause);
    while let Some(cause) = behind {
        let said = cause.to_string();
        if said.contains(&words) {
            words = said;
        } else if !words.contains(&said) {
            words = format!("{words}: {said}");
        }
        behind = cause.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipient_is_refused_for_good_only_where_the_server_knows_nobody_of_that_name() {
        for (code, said) in [(550, "5.1.1 no such user"), (551, "not local"), (553, "5.1.3 bad")] {
            assert!(nobody_there(Some(code), said), "{code} {said}");
        }
        for (code, said) in [
            (550, "permanent error (550): 5.7.1 relaying denied"),
            (554, "5.7.1 relay access denied"),
            (530, "5.7.0 authentication required"),
            (552, "5.2.2 mailbox full"),
            (450, "try later"),
        ] {
            assert!(!nobody_there(Some(code), said), "{code} {said}");
        }
        assert!(!nobody_there(None, "connection lost"));
    }
}
