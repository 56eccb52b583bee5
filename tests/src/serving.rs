//! A program that serves: its first line on standard output says where it listens, as JSON.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// A running server. Killed when dropped.
#[derive(Debug)]
pub struct Serving {
    server: Child,
    address: String,
    said: Arc<Mutex<String>>,
}

impl Serving {
    /// Starts it and waits until it says where it listens.
    ///
    /// # Panics
    /// When it ends before that, or says something else first.
    #[must_use]
    pub fn start(command: &mut Command) -> Self {
        let shown = format!("{command:?}");
        let mut server = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap_or_else(|error| panic!("{shown}: {error}"));
        let mut output = BufReader::new(server.stdout.take().expect("its output is piped"));
        let mut first = String::new();
        output.read_line(&mut first).expect("its output can be read");
        let address = serde_json::from_str::<serde_json::Value>(&first)
            .ok()
            .and_then(|line| line.get("listening")?.as_str().map(str::to_owned))
            .unwrap_or_else(|| panic!("{shown}: the first line is not where it listens: `{first}`"));
        let said = Arc::new(Mutex::new(first));
        let heard = Arc::clone(&said);
        // Read to the end, or the server would block on a full pipe.
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
                heard.push_str(&line);
                heard.push('\n');
            }
        });
        Self { server, address, said }
    }

    /// Where it listens, as `127.0.0.1:PORT`.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Everything it printed.
    #[must_use]
    pub fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
