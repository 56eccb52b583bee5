//! Who carries a message away.

use async_trait::async_trait;
use lettre::Message;

/// Why a message is still here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotCarried {
    /// It may work later: the server is away, busy, or says so. The fault in its words.
    Later(String),
    /// It will never work: the address does not exist, the message is refused. The fault in its words.
    Never(String),
}

/// Carries messages away.
#[async_trait]
pub(crate) trait Courier: Send + Sync + std::fmt::Debug {
    /// Hands a message over; `Ok` means that the other side answers for it now. `at` is microseconds UTC.
    async fn carry(&self, id: &str, message: &Message, at: i64) -> Result<(), NotCarried>;
}

/// Writes a line to the log instead of sending; for trying things out. The mail itself holds links and is not logged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LogCourier;

#[async_trait]
impl Courier for LogCourier {
    async fn carry(&self, id: &str, _message: &Message, _at: i64) -> Result<(), NotCarried> {
        tracing::info!(mail.id = id, "a mail would have been sent");
        Ok(())
    }
}
