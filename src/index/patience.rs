//! How long and how often spx tries again: exponential pauses with jitter, `Retry-After`, one budget of time.

use super::error::{Fault, IndexError};
use super::settings::Limits;
use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, Instant};

/// Hosts that cannot be reached at all are not asked more often than this again.
const UNREACHABLE_RETRIES: u32 = 2;

/// Why an attempt failed.
pub(super) enum Failure {
    /// Another attempt may help, after as long as the server asked for.
    Fault { fault: Fault, wait: Option<Duration> },
    /// No attempt will.
    Final(IndexError),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault { fault, wait: None }
    }
}

/// The time and attempts that are left for one thing.
pub(super) struct Patience {
    limits: Limits,
    since: Instant,
    attempts: u32,
    /// Whether any attempt got an answer's headers.
    pub answered: bool,
}

impl Patience {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { limits: limits.clone(), since: Instant::now(), attempts: 0, answered: false }
    }

    pub(super) fn left(&self) -> Duration {
        self.limits.total.saturating_sub(self.since.elapsed())
    }

    /// An attempt failed but brought a good piece of a large file: the next one has all the time again.
    pub(super) fn renew(&mut self) {
        self.since = Instant::now();
        self.attempts = 0;
    }

    /// Waits before the next attempt, or gives the fault back when there is to be none.
    pub(super) fn again(&mut self, fault: Fault, asked: Option<Duration>) -> Result<(), Fault> {
        let allowed = match fault {
            Fault::Unreachable(_) => self.limits.retries.min(UNREACHABLE_RETRIES),
            _ => self.limits.retries,
        };
        if !fault.is_temporary() || self.attempts >= allowed {
            return Err(fault);
        }
        if let Some(wait) = asked.filter(|wait| *wait > self.limits.retry_after) {
            return Err(Fault::Throttled(wait, self.limits.retry_after));
        }
        let pause = self.limits.backoff.saturating_mul(1 << self.attempts.min(16));
        let pause = (pause + jitter(pause)).max(asked.unwrap_or_default());
        if pause >= self.left() {
            return Err(fault);
        }
        self.attempts += 1;
        std::thread::sleep(pause);
        Ok(())
    }
}

/// Up to half of `pause`, so that many clients do not come back at the same moment.
fn jitter(pause: Duration) -> Duration {
    let random = std::hash::RandomState::new().build_hasher().finish();
    pause.mul_f64((random % 1000) as f64 / 2000.0)
}

/// How long a `Retry-After` header asks to wait: seconds, or until a date (RFC 9110, 10.2.3).
pub(super) fn retry_after(value: &str, now: u64) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    Some(Duration::from_secs(http_date(value)?.saturating_sub(now)))
}

/// Seconds since 1970 of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(text: &str) -> Option<u64> {
    let (_, date) = text.split_once(", ")?;
    let mut parts = date.split(' ');
    let day: u64 = parts.next()?.parse().ok()?;
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let name = parts.next()?;
    let month = months.iter().position(|m| *m == name)? as u64 + 1;
    let year: u64 = parts.next()?.parse().ok().filter(|year| (1970..10_000).contains(year))?;
    let mut clock = parts.next()?.split(':');
    let mut number = || clock.next()?.parse::<u64>().ok().filter(|n| *n < 100);
    let (hour, minute, second) = (number()?, number()?, number()?);
    if parts.next() != Some("GMT") || !(1..=31).contains(&day) {
        return None;
    }
    // Years that start in March make the leap day the last one.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    Some((days - 719_468) * 86_400 + hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_say_how_long_to_wait() {
        assert_eq!(retry_after("120", 0), Some(Duration::from_mins(2)));
        assert_eq!(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
        assert_eq!(http_date("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        assert_eq!(http_date("Thu, 29 Feb 2024 12:00:00 GMT"), Some(1_709_208_000));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_770), Some(Duration::from_secs(7)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 984_111_770), Some(Duration::ZERO));
        for bad in [
            "",
            "soon",
            "-1",
            "Sun, 06 Nov 94 08:49:37 GMT",
            "Sun, 99 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994",
        ] {
            assert_eq!(retry_after(bad, 0), None, "{bad}");
        }
    }

    #[test]
    fn patience_ends() {
        let limits = Limits { backoff: Duration::ZERO, retries: 2, ..Limits::default() };
        let mut patience = Patience::new(&limits);
        assert!(patience.again(Fault::Status(503), None).is_ok());
        assert!(patience.again(Fault::Status(503), None).is_ok());
        assert_eq!(patience.again(Fault::Status(503), None), Err(Fault::Status(503)));
        let mut patience = Patience::new(&limits);
        assert_eq!(patience.again(Fault::Status(404), None), Err(Fault::Status(404)));
        let hour = Duration::from_hours(1);
        let asked = patience.again(Fault::Status(429), Some(hour)).unwrap_err();
        assert!(asked.to_string().contains("wait 60 minutes"), "{asked}");
        let mut over = Patience::new(&Limits { total: Duration::ZERO, ..limits });
        assert!(over.again(Fault::Status(503), None).is_err());
    }
}
