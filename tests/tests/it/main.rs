//! Promises of the whole system, kept by the real binary on both engines.

#![expect(clippy::panic, clippy::expect_used, reason = "a test that cannot go on says why")]

mod access;
mod approvers;
mod changes;
mod demo;
mod edges;
mod firm;
mod hands;
mod hostile;
mod identity;
mod imports;
mod look;
mod mailed;
mod mailing;
mod operator;
mod power;
mod race;
mod scenarios;
mod sso;
mod tokens;
mod way;
mod work;

/// One promise, proved on SQLite and on PostgreSQL.
macro_rules! on_both_engines {
    ($(#[$about:meta])* fn $name:ident($engine:ident) $body:block) => {
        $(#[$about])*
        mod $name {
            use super::*;

            fn promise($engine: tests::Engine) $body

            #[test]
            fn on_sqlite() {
                promise(tests::Engine::Sqlite);
            }

            #[test]
            fn on_postgres() {
                promise(tests::Engine::Postgres);
            }
        }
    };
}
pub(crate) use on_both_engines;
