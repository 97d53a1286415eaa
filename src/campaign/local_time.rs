//! Sending at a local time of each recipient.
//!
//! A recipient's time zone is the attribute `time_zone`, an IANA name; without a
//! known one, the site's applies.

use jiff::civil::DateTime;
use jiff::tz::{self, TimeZone};
use serde_json::Value;

use super::{CampaignError, Result};
use crate::clock::Timestamp;

/// The attribute with a subscriber's time zone.
pub const ATTRIBUTE: &str = "time_zone";

/// The time zone of a subscriber with these attributes.
pub fn zone_of(attributes: &Value, site: &TimeZone) -> TimeZone {
    let name = attributes.get(ATTRIBUTE).and_then(Value::as_str);
    let zone = name.and_then(|name| TimeZone::get(name).ok());
    zone.unwrap_or_else(|| site.clone())
}

/// A local date and time, which each time zone reaches at its own moment.
#[derive(Debug, Clone)]
pub struct LocalStart {
    at: DateTime,
    site: TimeZone,
}

impl LocalStart {
    /// Reads a time such as `2026-03-01T09:00`.
    ///
    /// # Errors
    /// [`CampaignError::Limits`] where it is malformed.
    pub fn parse(text: &str, site: TimeZone) -> Result<Self> {
        let at = text.trim().parse();
        let wrong = |_| CampaignError::Limits("choose a day and a time, such as 2026-03-01T09:00");
        Ok(Self {
            at: at.map_err(wrong)?,
            site,
        })
    }

    /// The time as text.
    pub fn text(&self) -> String {
        let pattern = match self.at.second() {
            0 => "%Y-%m-%dT%H:%M",
            _ => "%Y-%m-%dT%H:%M:%S",
        };
        self.at.strftime(pattern).to_string()
    }

    /// When this local time is reached first: in UTC+14.
    pub fn earliest(&self) -> Timestamp {
        self.moment(TimeZone::fixed(tz::offset(14)))
    }

    /// When it is reached in the site's time zone.
    pub fn at_home(&self) -> Timestamp {
        self.moment(self.site.clone())
    }

    /// When it is reached in a subscriber's time zone.
    pub fn of(&self, attributes: &Value) -> Timestamp {
        self.moment(zone_of(attributes, &self.site))
    }

    /// A time skipped by a clock change moves to the next valid one.
    fn moment(&self, zone: TimeZone) -> Timestamp {
        let zoned = self.at.to_zoned_datetime(zone);
        let millis = zoned.map_or(i64::MAX, |zoned| zoned.timestamp().as_millisecond());
        Timestamp::from_millis(millis)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_reader_has_a_moment_of_their_own() {
        let site = TimeZone::get("Asia/Almaty").unwrap();
        let start = LocalStart::parse("2026-03-01T09:00", site).unwrap();
        let of = |attributes| start.of(&attributes).rfc3339();
        assert_eq!(
            of(json!({ "time_zone": "Europe/London" })),
            "2026-03-01T09:00:00Z"
        );
        assert_eq!(
            of(json!({ "time_zone": "America/New_York" })),
            "2026-03-01T14:00:00Z"
        );
        for unknown in [
            json!({}),
            json!({ "time_zone": "Mars/Olympus" }),
            json!({ "time_zone": 5 }),
        ] {
            assert_eq!(of(unknown), start.at_home().rfc3339());
        }
        assert_eq!(start.at_home().rfc3339(), "2026-03-01T04:00:00Z");
        assert_eq!(start.earliest().rfc3339(), "2026-02-28T19:00:00Z");
        assert_eq!(start.text(), "2026-03-01T09:00");
        assert!(LocalStart::parse("soon", TimeZone::UTC).is_err());
    }
}
