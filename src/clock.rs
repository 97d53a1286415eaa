//! Time: one place to ask for it, so that a test can set it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// A moment in UTC, in whole milliseconds since 1970.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    sqlx::Type,
)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment this many milliseconds after the start of 1970.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Days since 1970, in UTC.
    pub fn day(self) -> i64 {
        self.millis().div_euclid(24 * 3600 * 1000)
    }

    /// Milliseconds since the start of 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the start of 1970.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The moment `span` later.
    pub fn after(self, span: Duration) -> Self {
        Self(self.0.saturating_add(millis(span)))
    }

    /// The moment `span` earlier.
    pub fn before(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(millis(span)))
    }

    /// How long after `earlier` this is; nothing where it is not after it.
    pub fn since(self, earlier: Timestamp) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0).try_into().unwrap_or(0))
    }

    /// The same moment for calendars and time zones.
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }

    /// RFC 3339 in UTC, to the second: `2007-08-18T09:00:00Z`.
    pub fn rfc3339(self) -> String {
        self.to_jiff().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// Reads RFC 3339.
    ///
    /// # Errors
    /// Where the text is no moment in time.
    pub fn parse_rfc3339(text: &str) -> Result<Self, jiff::Error> {
        Ok(Self(text.parse::<jiff::Timestamp>()?.as_millisecond()))
    }
}

/// For serde: RFC 3339 out; in, RFC 3339, a day (its start in UTC), or
/// milliseconds since 1970.
pub mod moment {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use super::Timestamp;

    /// Writes RFC 3339, to the millisecond where there are some.
    ///
    /// # Errors
    /// Where the serializer fails.
    pub fn serialize<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&at.to_jiff())
    }

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        Millis(i64),
        Text(String),
    }

    /// Reads a moment.
    ///
    /// # Errors
    /// Where there is none.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let wrong = || de::Error::custom("give a moment, such as 2026-01-31T09:00:00Z");
        match Given::deserialize(deserializer).map_err(|_| wrong())? {
            Given::Millis(millis) => Ok(Timestamp::from_millis(millis)),
            Given::Text(text) => Timestamp::parse_rfc3339(&text)
                .or_else(|_| Timestamp::parse_rfc3339(&format!("{text}T00:00:00Z")))
                .map_err(|_| wrong()),
        }
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

impl From<i64> for Timestamp {
    fn from(millis: i64) -> Self {
        Self(millis)
    }
}

impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        i64::schema()
    }
}

impl utoipa::ToSchema for Timestamp {}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

/// A clock: the system's, or one that a test advances.
#[derive(Debug, Clone, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stays at `start` until it is advanced.
    pub fn manual(start: Timestamp) -> Self {
        Self(Some(Arc::new(AtomicI64::new(start.millis()))))
    }

    /// The time now.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the system's clock"
    )]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Some(manual) => Timestamp(manual.load(Ordering::SeqCst)),
            None => {
                let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
                Timestamp(millis(since_1970.unwrap_or_default()))
            }
        }
    }

    /// Moves a manual clock on; the system's clock stays as it is.
    pub fn advance(&self, span: Duration) {
        if let Some(manual) = &self.0 {
            manual.fetch_add(millis(span), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_back_as_it_was_written() {
        let moment = Timestamp::parse_rfc3339("2007-08-18T09:00:00Z").unwrap();
        assert_eq!(moment.rfc3339(), "2007-08-18T09:00:00Z");
        assert_eq!(moment.seconds(), 1_187_427_600);
    }

    #[test]
    fn spans_never_run_backwards() {
        let early = Timestamp::from_millis(10);
        assert_eq!(early.since(Timestamp::from_millis(20)), Duration::ZERO);
    }
}
