//! A load of one GET over kept connections: bytes out, bytes in, nothing parsed but where an answer ends.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::{Failure, Outcome};

/// Connections at once.
const CONNECTIONS: usize = 16;
/// How long one measurement runs.
const TIME: Duration = Duration::from_secs(2);

/// A request that is asked again and again.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    /// `127.0.0.1:3000`.
    pub(super) address: String,
    /// The path.
    pub(super) path: String,
    /// The cookies of whoever asks.
    pub(super) cookie: String,
}

impl Ask {
    /// Answers per second over all connections; every answer must be 200.
    pub(super) fn per_second(&self) -> Outcome<f64> {
        let begun = Instant::now();
        let counted: Vec<Outcome<u32>> = std::thread::scope(|scope| {
            let asking: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(|| self.until(begun + TIME))).collect();
            asking.into_iter().map(|one| one.join().unwrap_or_else(|_| Err(Failure::because("a connection broke down")))).collect()
        });
        let answers = counted.into_iter().sum::<Outcome<u32>>()?;
        Ok(f64::from(answers) / begun.elapsed().as_secs_f64())
    }

    /// Milliseconds of so many answers, one after another on one connection.
    pub(super) fn milliseconds(&self, answers: usize) -> Outcome<Vec<f64>> {
        let mut connection = Connection::open(self)?;
        (0..answers)
            .map(|_| {
                let begun = Instant::now();
                connection.ask()?;
                Ok(begun.elapsed().as_secs_f64() * 1_000.0)
            })
            .collect()
    }

    fn until(&self, end: Instant) -> Outcome<u32> {
        let mut connection = Connection::open(self)?;
        let mut answers = 0;
        while Instant::now() < end {
            connection.ask()?;
            answers += 1;
        }
        Ok(answers)
    }
}

struct Connection {
    stream: TcpStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Connection {
    fn open(ask: &Ask) -> Outcome<Self> {
        let stream = TcpStream::connect(&ask.address).map_err(|error| Failure::because(format!("{}: {error}", ask.address)))?;
        stream.set_nodelay(true).map_err(|error| Failure::because(error.to_string()))?;
        let Ask { address, path, cookie } = ask;
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nAccept: text/html\r\nSec-Fetch-Site: none\r\n\r\n");
        Ok(Self { stream, request: request.into_bytes(), answer: vec![0; 1 << 18] })
    }

    fn ask(&mut self) -> Outcome {
        let broken = |error: std::io::Error| Failure::because(error.to_string());
        self.stream.write_all(&self.request).map_err(broken)?;
        let mut filled = 0;
        loop {
            let room = self.answer.get_mut(filled..).filter(|room| !room.is_empty());
            let read = self.stream.read(room.ok_or_else(|| Failure::because("an answer is too long"))?).map_err(broken)?;
            filled += read;
            let answer = self.answer.get(..filled).unwrap_or_default();
            if is_whole(answer) {
                let is_well = answer.starts_with(b"HTTP/1.1 200");
                return if is_well {
                    Ok(())
                } else {
                    Err(Failure::because(String::from_utf8_lossy(answer).chars().take(300).collect::<String>()))
                };
            }
            if read == 0 {
                return Err(Failure::because("an answer was cut off"));
            }
        }
    }
}

/// Whether an answer is there to its end, by its length or by its last chunk.
fn is_whole(answer: &[u8]) -> bool {
    let Some(head) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let headers = String::from_utf8_lossy(answer.get(..head).unwrap_or_default()).to_ascii_lowercase();
    let length = headers.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    match length {
        Some(length) => answer.len() >= head + 4 + length,
        None => answer.ends_with(b"\r\n0\r\n\r\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn an_answer_ends_with_its_length_or_its_last_chunk() {
        assert!(is_whole(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab"));
        assert!(!is_whole(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab"));
        assert!(is_whole(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"));
        assert!(!is_whole(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n"));
    }
}
