//! When to try again.

/// Attempts before giving up: with the pauses below that is more than a day of a dead mail server.
pub(crate) const ATTEMPTS_MAX: i64 = 36;

const SECOND_MICROS: i64 = 1_000_000;
const FIRST_PAUSE: i64 = 30 * SECOND_MICROS;
const LONGEST_PAUSE: i64 = 3_600 * SECOND_MICROS;

/// When to try again after this attempt (1 for the first): doubling from half a minute to an hour, a quarter either way by chance, so that
/// what failed together does not come back together. Microseconds UTC; `chance` is any random number.
pub(crate) fn retry_at(attempt: i64, now: i64, chance: u32) -> i64 {
    let doublings = u32::try_from(attempt.saturating_sub(1)).unwrap_or(0).min(20);
    let pause = FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE);
    let spread = i64::from(chance) % (pause / 2).max(1);
    now.saturating_add(pause - pause / 4).saturating_add(spread)
}
