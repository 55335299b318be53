//! The plainest HTTP client there is: it asks, reads the answer to its end, and asks again.
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    thread,
    time::{Duration, Instant},
};

/// One connection that is kept.
struct Client {
    to: BufReader<TcpStream>,
    host: SocketAddr,
    line: String,
    body: Vec<u8>,
}

impl Client {
    fn connect(host: SocketAddr) -> Self {
        let stream = TcpStream::connect(host).unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            to: BufReader::with_capacity(1 << 17, stream),
            host,
            line: String::new(),
            body: vec![],
        }
    }

    /// Bytes of the answer. Anything but a page is a mistake in the measurement.
    fn ask(&mut self, address: &str) -> usize {
        let request = format!(
            "GET {address} HTTP/1.1\r\nhost: {}\r\naccept-encoding: identity\r\n\r\n",
            self.host
        );
        self.to.get_mut().write_all(request.as_bytes()).unwrap();
        let mut length = None;
        for at in 0.. {
            self.line.clear();
            self.to.read_line(&mut self.line).unwrap();
            let line = self.line.trim_end();
            if at == 0 {
                assert!(line.starts_with("HTTP/1.1 200"), "{line} for {address}");
            }
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(": ")
                && name.eq_ignore_ascii_case("content-length")
            {
                length = Some(value.parse().unwrap());
            }
        }
        self.body.resize(length.expect("a length"), 0);
        self.to.read_exact(&mut self.body).unwrap();
        self.body.len()
    }
}

/// What many connections saw.
pub struct Seen {
    pub times: Vec<Duration>,
    pub bytes: usize,
    pub took: Duration,
}

impl Seen {
    pub fn a_second(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }
    pub fn mean_bytes(&self) -> usize {
        self.bytes / self.times.len().max(1)
    }
}

/// One connection, so many times through all addresses; the first time is not counted.
pub fn alone(host: SocketAddr, addresses: &[String], rounds: usize) -> Seen {
    let mut client = Client::connect(host);
    for address in addresses {
        client.ask(address);
    }
    let begun = Instant::now();
    let (mut times, mut bytes) = (vec![], 0);
    for address in std::iter::repeat_n(addresses, rounds).flatten() {
        let asked = Instant::now();
        bytes += client.ask(address);
        times.push(asked.elapsed());
    }
    Seen { times, bytes, took: begun.elapsed() }
}

/// So many connections at once, each beginning elsewhere in the addresses, for as long as told.
pub fn together(host: SocketAddr, addresses: &[String], many: usize, long: Duration) -> Seen {
    let begun = Instant::now();
    let one = |number: usize| {
        let mut client = Client::connect(host);
        let (mut times, mut bytes) = (vec![], 0);
        let first = number * addresses.len() / many;
        for address in addresses.iter().cycle().skip(first) {
            let asked = Instant::now();
            bytes += client.ask(address);
            times.push(asked.elapsed());
            if begun.elapsed() > long {
                break;
            }
        }
        (times, bytes)
    };
    let each: Vec<_> = thread::scope(|scope| {
        let all: Vec<_> = (0..many).map(|number| scope.spawn(move || one(number))).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let took = begun.elapsed();
    let bytes = each.iter().map(|(_, bytes)| bytes).sum();
    Seen { times: each.into_iter().flat_map(|(times, _)| times).collect(), bytes, took }
}
