//! One question to one server, and its answer.
use std::{net::SocketAddr, sync::Arc};

use http_body_util::{BodyExt, Empty};
use hyper::{
    Method, Request, StatusCode,
    body::{Bytes, Incoming},
    client::conn::http1,
    header,
};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    task::JoinHandle,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, pki_types::ServerName},
};
use url::{Position, Url};

use super::Problem;

pub enum Answer {
    /// Empty where only a glance was asked for.
    Body(Vec<u8>),
    /// A redirect to this address, which may be part of one.
    Elsewhere { to: String, for_good: bool },
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub enum Question {
    /// All of it, no larger than so many bytes.
    Whole(usize),
    /// Whether there is anything: by its headers alone, or by a question for all of it that is broken off.
    Headers,
    Glance,
}

/// Headers of an answer together are no larger.
const HEADERS: usize = 64 * 1024;

/// Connects to `peer`, whatever the name in the address may lead to by now.
pub async fn ask(
    peer: SocketAddr,
    address: &Url,
    tls: &Arc<ClientConfig>,
    question: Question,
) -> Result<Answer, Problem> {
    let host = address.host_str().unwrap_or_default().to_owned();
    let unreachable = || Problem::Unreachable(host.clone());
    let stream = TcpStream::connect(peer).await.map_err(|_| unreachable())?;
    if address.scheme() == "http" {
        return converse(stream, address, question).await.unwrap_or_else(|_| Err(unreachable()));
    }
    let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned());
    let name = name.map_err(|_| Problem::NotAnAddress)?;
    let secure = TlsConnector::from(tls.clone()).connect(name, stream).await;
    let secure = secure.map_err(|_| Problem::Certificate(host.clone()))?;
    converse(secure, address, question).await.unwrap_or_else(|_| Err(unreachable()))
}

/// Ends the conversation when it is dropped, however that comes.
struct Ends(JoinHandle<()>);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The outer error: the line went dead.
async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    address: &Url,
    question: Question,
) -> hyper::Result<Result<Answer, Problem>> {
    let mut line = http1::Builder::new();
    line.max_buf_size(HEADERS);
    let (mut ask, talk) = line.handshake(TokioIo::new(stream)).await?;
    let _talk = Ends(tokio::spawn(async move {
        let _ = talk.await; // what went wrong, the question is told too
    }));
    let (method, accept) = match question {
        Question::Whole(_) => (Method::GET, "application/json"),
        Question::Headers => (Method::HEAD, "*/*"),
        Question::Glance => (Method::GET, "*/*"),
    };
    let asked = Request::builder()
        .method(method)
        .uri(&address[Position::BeforePath..Position::AfterQuery])
        .header(header::HOST, &address[Position::BeforeHost..Position::AfterPort])
        .header(header::USER_AGENT, "Fingerpost")
        .header(header::ACCEPT, accept)
        .header(header::ACCEPT_ENCODING, "identity")
        .header(header::CONNECTION, "close")
        .body(Empty::<Bytes>::new());
    let Ok(asked) = asked else {
        return Ok(Err(Problem::NotAnAddress));
    };
    let answer = ask.send_request(asked).await?;
    let (parts, body) = answer.into_parts();
    if parts.status.is_redirection() {
        let to = parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok());
        return Ok(match to {
            Some(to) => {
                let for_good = [StatusCode::MOVED_PERMANENTLY, StatusCode::PERMANENT_REDIRECT];
                let for_good = for_good.contains(&parts.status);
                Ok(Answer::Elsewhere { to: to.to_owned(), for_good })
            }
            None => Err(Problem::Status(parts.status.as_u16())),
        });
    }
    let Question::Whole(most) = question else {
        return Ok(match parts.status.is_success() {
            true => Ok(Answer::Body(Vec::new())),
            false => Err(Problem::Status(parts.status.as_u16())),
        });
    };
    if parts.status != StatusCode::OK {
        return Ok(Err(Problem::Status(parts.status.as_u16())));
    }
    let packed = parts.headers.get(header::CONTENT_ENCODING);
    if packed.is_some_and(|how| how != "identity") {
        return Ok(Err(Problem::Packed));
    }
    Ok(collected(body, most).await?.map(Answer::Body))
}

async fn collected(mut body: Incoming, most: usize) -> hyper::Result<Result<Vec<u8>, Problem>> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(piece) = frame?.into_data() else { continue };
        if bytes.len() + piece.len() > most {
            return Ok(Err(Problem::TooLarge(most)));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(Ok(bytes))
}
