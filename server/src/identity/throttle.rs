//! Counts attempts, in memory and bounded.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

use offer::moment::Moment;

/// The most keys that are remembered; beyond them the oldest is forgotten.
const KEYS_MAX: usize = 20_000;

/// Allows so many attempts in so many seconds, for each key.
#[derive(Debug)]
pub(crate) struct Throttle {
    tries_max: u32,
    window_seconds: i64,
    windows: Mutex<HashMap<String, Window>>,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    began: Moment,
    tries: u32,
}

impl Throttle {
    /// So many attempts in so many seconds.
    pub(crate) fn new(tries_max: u32, window_seconds: i64) -> Self {
        Self { tries_max, window_seconds, windows: Mutex::default() }
    }

    /// Takes an attempt, if another may be made, and says how many are left. It is taken before the work is done: attempts at once count like
    /// attempts in turn.
    pub(super) fn take(&self, key: &str, now: Moment) -> Option<u32> {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if self.wait_in(&windows, key, now).is_some() {
            return None;
        }
        Some(self.tries_max.saturating_sub(self.count_in(&mut windows, key, now)))
    }

    /// Gives back the attempt of a right answer.
    pub(super) fn give_back(&self, key: &str) {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(window) = windows.get_mut(key) {
            window.tries = window.tries.saturating_sub(1);
        }
    }

    /// In how many seconds another attempt may be made; nothing when it may be made now. Counts nothing.
    pub(crate) fn wait_seconds(&self, key: &str, now: Moment) -> Option<i64> {
        self.wait_in(&self.windows.lock().unwrap_or_else(PoisonError::into_inner), key, now)
    }

    fn wait_in(&self, windows: &HashMap<String, Window>, key: &str, now: Moment) -> Option<i64> {
        let full = windows.get(key).filter(|window| !self.is_over(window, now) && window.tries >= self.tries_max)?;
        Some(self.window_seconds.saturating_sub(now.seconds_since(full.began)).max(1))
    }

    /// Counts an attempt.
    pub(crate) fn count(&self, key: &str, now: Moment) {
        self.count_in(&mut self.windows.lock().unwrap_or_else(PoisonError::into_inner), key, now);
    }

    /// Answers with the attempts so far, this one included.
    fn count_in(&self, windows: &mut HashMap<String, Window>, key: &str, now: Moment) -> u32 {
        if !windows.contains_key(key) && windows.len() >= KEYS_MAX {
            windows.retain(|_, window| !self.is_over(window, now));
            if windows.len() >= KEYS_MAX
                && let Some(oldest) = windows.iter().min_by_key(|(_, window)| window.began).map(|(key, _)| key.clone())
            {
                windows.remove(&oldest);
            }
        }
        let window = windows.entry(key.to_owned()).or_insert(Window { began: now, tries: 0 });
        if self.is_over(window, now) {
            *window = Window { began: now, tries: 0 };
        }
        window.tries = window.tries.saturating_add(1);
        window.tries
    }

    /// Forgets the attempts of a key, after a right answer.
    pub(super) fn forget(&self, key: &str) {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    /// A rehearsal's clock may be turned back: a window in the future is over too.
    fn is_over(&self, window: &Window, now: Moment) -> bool {
        !(0..self.window_seconds).contains(&now.seconds_since(window.began))
    }
}

/// The network of an address: whoever has one address of IPv6 has 2^64.
pub(crate) fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => format!("{}/64", Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_micros(1_800_000_000_000_000).unwrap().plus_seconds(seconds)
    }

    #[test]
    fn after_so_many_attempts_there_is_a_pause() {
        let throttle = Throttle::new(3, 60);
        for second in 0..3 {
            assert!(throttle.take("a", at(second)).is_some());
        }
        assert_eq!(throttle.take("a", at(3)), None);
        assert_eq!(throttle.take("b", at(3)), Some(2));
        assert_eq!(throttle.take("a", at(59)), None);
        assert_eq!(throttle.take("a", at(60)), Some(2));
    }

    #[test]
    fn attempts_at_once_are_taken_one_by_one_and_a_right_answer_gives_its_own_back() {
        let throttle = Throttle::new(3, 60);
        let taken = std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(|| throttle.take("a", at(0)))).collect();
            let mut left: Vec<u32> = all.into_iter().filter_map(|one| one.join().unwrap()).collect();
            left.sort_unstable();
            left
        });
        assert_eq!(taken, [0, 1, 2]);
        throttle.give_back("a");
        assert_eq!((throttle.take("a", at(1)), throttle.take("a", at(1))), (Some(0), None));
    }

    #[test]
    fn a_right_answer_starts_anew() {
        let throttle = Throttle::new(1, 60);
        assert_eq!((throttle.take("a", at(0)), throttle.take("a", at(1))), (Some(0), None));
        throttle.forget("a");
        assert_eq!(throttle.take("a", at(1)), Some(0));
    }

    #[test]
    fn memory_is_bounded_and_the_latest_attempts_are_kept() {
        let throttle = Throttle::new(1, 60_000_000);
        for n in 0..20_010_i64 {
            throttle.count(&n.to_string(), at(n));
        }
        assert_eq!(throttle.windows.lock().unwrap().len(), KEYS_MAX);
        assert_eq!(throttle.wait_seconds("9", at(20_010)), None);
        assert!(throttle.wait_seconds("20009", at(20_010)).is_some());
    }

    #[test]
    fn an_address_of_ipv6_stands_for_its_network() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1");
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }
}
