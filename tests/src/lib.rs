//! The whole system from outside: the real binary, a browser without script, a mailbox and a hand on the clock.
//!
//! Nothing here knows how Countersign is built. A test sees pages, mails and files, as its users do.
//!
//! ```no_run
//! # use tests::{Engine, House};
//! let house = House::start(Engine::Sqlite);
//! let browser = house.browser();
//! let page = browser.open("/sign-in").form("Sign in").fill("email", "ava@firm.example").submit().follow();
//! assert!(page.says("Offers"));
//! ```
#![expect(clippy::expect_used, clippy::panic, reason = "a harness that cannot go on must say so and fail the test")]

pub mod browser;
pub mod clock;
pub mod cluster;
pub mod demo;
pub mod form;
pub mod house;
pub mod html;
pub mod identity_provider;
pub mod mail;
pub mod page;
pub mod post_office;
pub mod serving;
pub mod soundness;

pub use browser::Browser;
pub use clock::Clock;
pub use cluster::Cluster;
pub use demo::Demo;
pub use form::Form;
pub use house::{Engine, House};
pub use identity_provider::IdentityProvider;
pub use mail::{Mail, Mailbox};
pub use page::Page;
pub use post_office::PostOffice;
pub use serving::Serving;

use std::time::{Duration, Instant};

/// How long a fact outside this process may take before its absence is a failure; on a busy machine a start takes seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits for a fact that another process brings about, and never for a time to pass.
///
/// # Panics
/// When the fact does not come: the message names it.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "waited {PATIENCE:?} in vain for {what}");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}
