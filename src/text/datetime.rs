//! Dates and times in the conventions of a language, in the site's time zone.

use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::locale::Language;
use super::phrases::{Phrases, Value};
use crate::clock::Timestamp;

/// Formats dates and times for one language and time zone.
#[derive(Debug, Clone)]
pub struct Calendar {
    phrases: Phrases,
    zone: TimeZone,
}

/// The first moment of a day in a zone.
pub fn start_of_day(day: Date, zone: &TimeZone) -> Timestamp {
    let start = day.to_zoned_datetime(zone.clone());
    let start = start.map(|zoned| zoned.timestamp()).unwrap_or_default();
    Timestamp::from_millis(start.as_millisecond())
}

/// An unknown name of a time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a time zone; use an IANA name such as Asia/Almaty")]
pub struct UnknownZone(String);

/// A time zone by its IANA name.
///
/// # Errors
/// [`UnknownZone`] for an unknown name.
pub fn zone(name: &str) -> Result<TimeZone, UnknownZone> {
    TimeZone::get(name).map_err(|_| UnknownZone(name.to_owned()))
}

/// A time zone that keeps its name, as the configuration holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

impl Zone {
    /// UTC.
    pub fn utc() -> Self {
        Self {
            name: "UTC".to_owned(),
            zone: TimeZone::UTC,
        }
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The names to choose from, sorted.
    pub fn names() -> Vec<String> {
        let names = jiff::tz::db().available();
        let mut names: Vec<String> = names.map(|name| name.as_str().to_owned()).collect();
        names.sort();
        names
    }

    /// The time zone.
    pub fn get(&self) -> TimeZone {
        self.zone.clone()
    }

    /// RFC 3339 to the second, for tables that both people and programs read:
    /// `2007-08-18T14:00:00+05:00`, and `2007-08-18T09:00:00Z` where the zone is at UTC.
    pub fn rfc3339(&self, at: Timestamp) -> String {
        let local = at.to_jiff().to_zoned_datetime(self.zone.clone());
        let text = local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        match text.strip_suffix("+00:00") {
            Some(utc) => format!("{utc}Z"),
            None => text,
        }
    }

    /// The day, for names of files and things: `2007-08-18`.
    pub fn day(&self, at: Timestamp) -> String {
        let local = at.to_jiff().to_zoned_datetime(self.zone.clone());
        local.date().to_string()
    }

    /// When a day begins, `2007-08-18`, and when it has ended; `None` for what is no day. Where
    /// the clocks are changed at midnight, it begins at the first time that there is.
    pub fn bounds(&self, day: &str) -> Option<(Timestamp, Timestamp)> {
        let day: jiff::civil::Date = day.trim().parse().ok()?;
        let start = |day: jiff::civil::Date| {
            let at = day.to_zoned_datetime(self.zone.clone()).ok()?;
            Some(Timestamp::from_millis(at.timestamp().as_millisecond()))
        };
        let next = day.tomorrow().ok()?;
        Some((start(day)?, start(next)?.before(Duration::from_millis(1))))
    }
}

impl TryFrom<String> for Zone {
    type Error = UnknownZone;

    fn try_from(name: String) -> Result<Self, UnknownZone> {
        Ok(Self {
            zone: zone(&name)?,
            name,
        })
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name
    }
}

impl std::fmt::Display for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

impl Calendar {
    /// A formatter for `language` and `zone`.
    pub fn new(language: Language, zone: TimeZone) -> Self {
        Self::of(Phrases::shipped(language), zone)
    }

    /// A formatter that takes its words from `phrases`.
    pub fn of(phrases: Phrases, zone: TimeZone) -> Self {
        Self { phrases, zone }
    }

    /// A timestamp as local time.
    pub fn local(&self, at: Timestamp) -> jiff::ZonedDateTime {
        at.to_jiff().to_zoned_datetime(self.zone.clone())
    }

    /// `18 August 2007`.
    pub fn date(&self, at: Timestamp) -> String {
        self.civil_date(self.local(at).date())
    }

    /// `18 August 2007`, for a day of the calendar.
    pub fn civil_date(&self, date: jiff::civil::Date) -> String {
        let month = self
            .phrases
            .translate(&format!("month-of-{}", date.month()));
        self.phrases.translate_args(
            "date-long",
            &[
                ("day", Value::Number(i64::from(date.day()))),
                ("month", Value::Text(&month)),
                ("year", Value::Text(&date.year().to_string())),
            ],
        )
    }

    /// `Saturday, 18 August 2007`.
    pub fn civil_date_with_weekday(&self, date: jiff::civil::Date) -> String {
        self.phrases.translate_args(
            "date-with-weekday",
            &[
                ("weekday", Value::Text(&self.weekday(date))),
                ("date", Value::Text(&self.civil_date(date))),
            ],
        )
    }

    /// `Saturday`.
    pub fn weekday(&self, date: jiff::civil::Date) -> String {
        let number = date.weekday().to_monday_one_offset();
        self.phrases.translate(&format!("weekday-{number}"))
    }

    /// A range in its shortest form: one date where both times
    /// are on it, and no times for whole days.
    pub fn time_range(&self, starts: Timestamp, ends: Timestamp, is_all_day: bool) -> String {
        let first = self.local(starts).date();
        // The end is exclusive: midnight belongs to the day before.
        let last = self.local(ends.before(Duration::from_millis(1))).date();
        let last = last.max(first);
        match (first == last, is_all_day) {
            (true, true) => self.civil_date_with_weekday(first),
            (true, false) => self.phrases.translate_args(
                "date-time",
                &[
                    ("date", Value::Text(&self.civil_date_with_weekday(first))),
                    ("time", Value::Text(&self.hours(starts, ends))),
                ],
            ),
            (false, true) => self.range(&self.civil_date(first), &self.civil_date(last)),
            (false, false) => self.range(&self.date_time(starts), &self.date_time(ends)),
        }
    }

    /// `18:30–20:00`, or one time where both are the same.
    pub fn hours(&self, starts: Timestamp, ends: Timestamp) -> String {
        if ends > starts {
            self.phrases.translate_args(
                "event-time-range",
                &[
                    ("start", Value::Text(&self.time(starts))),
                    ("end", Value::Text(&self.time(ends))),
                ],
            )
        } else {
            self.time(starts)
        }
    }

    fn range(&self, from: &str, to: &str) -> String {
        format!("{from} – {to}")
    }

    /// `18:30`.
    pub fn time(&self, at: Timestamp) -> String {
        self.local(at).strftime("%H:%M").to_string()
    }

    /// Date and time.
    pub fn date_time(&self, at: Timestamp) -> String {
        self.phrases.translate_args(
            "date-time",
            &[
                ("date", Value::Text(&self.date(at))),
                ("time", Value::Text(&self.time(at))),
            ],
        )
    }

    /// The value of a browser's `datetime-local` field:
    /// `2007-08-18T18:30`.
    pub fn field(&self, at: Timestamp) -> String {
        self.local(at).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// Parses the value of a browser's `datetime-local` field. A time skipped by a
    /// clock change moves to the next valid one.
    pub fn read_field(&self, text: &str) -> Option<Timestamp> {
        let local: jiff::civil::DateTime = text.trim().parse().ok()?;
        let zoned = local.to_zoned_datetime(self.zone.clone()).ok()?;
        Some(Timestamp::from_millis(zoned.timestamp().as_millisecond()))
    }

    /// A text with the moments in it, such as `2007-08-18T09:00:00Z`, written as here: what logs
    /// and programs read is UTC.
    pub fn with_local_times(&self, said: &str) -> String {
        let (mut written, mut rest) = (String::with_capacity(said.len()), said);
        while let Some(end) = rest.find('Z') {
            let start = (end + 1).checked_sub("2007-08-18T09:00:00Z".len());
            let moment = start.and_then(|start| {
                let at = Timestamp::parse_rfc3339(rest.get(start..=end)?).ok()?;
                Some((start, at))
            });
            match moment {
                Some((start, at)) => {
                    written.push_str(&rest[..start]);
                    written.push_str(&self.date_time(at));
                }
                None => written.push_str(&rest[..=end]),
            }
            rest = &rest[end + 1..];
        }
        written.push_str(rest);
        written
    }

    /// `August 2007`.
    pub fn month(&self, year: i16, month: i8) -> String {
        let name = self.phrases.translate(&format!("month-{month}"));
        self.phrases.translate_args(
            "date-month-year",
            &[
                ("month", Value::Text(&name)),
                ("year", Value::Text(&year.to_string())),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_starts_when_it_does_in_the_zone() {
        let almaty = zone("Asia/Almaty").unwrap();
        let start = start_of_day(jiff::civil::date(2026, 11, 1), &almaty);
        assert_eq!(start.rfc3339(), "2026-10-31T19:00:00Z");
    }

    #[test]
    fn moments_in_messages_are_those_of_the_site() {
        let calendar = Calendar::new(Language::EN, zone("Asia/Almaty").unwrap());
        let said = |text| calendar.with_local_times(text);
        let shown = calendar.date_time(Timestamp::parse_rfc3339("2026-03-01T19:30:00Z").unwrap());
        assert!(
            shown.contains("2 March 2026") && shown.contains("00:30"),
            "{shown}"
        );
        assert_eq!(
            said("It was made at 2026-03-01T19:30:00Z."),
            format!("It was made at {shown}.")
        );
        assert_eq!(
            said("2026-03-01T19:30:00Z or 2026-03-01T19:30:00Z, Zoë"),
            format!("{shown} or {shown}, Zoë")
        );
        for text in [
            "",
            "Z",
            "AZ-09:00:00Z",
            "ӘZ 2026-13-01T19:30:00Z",
            "19:30:00Z",
        ] {
            assert_eq!(said(text), text);
        }
    }

    #[test]
    fn a_day_is_that_of_the_zone() {
        let at = |text| Timestamp::parse_rfc3339(text).unwrap();
        let almaty = Zone::try_from("Asia/Almaty".to_owned()).unwrap();
        let before_midnight = at("2026-03-01T18:59:59Z");
        let after_midnight = at("2026-03-01T19:00:00Z");
        assert_eq!(almaty.day(before_midnight), "2026-03-01");
        assert_eq!(almaty.day(after_midnight), "2026-03-02");
        assert_eq!(almaty.rfc3339(after_midnight), "2026-03-02T00:00:00+05:00");
        assert_eq!(
            Timestamp::parse_rfc3339(&almaty.rfc3339(after_midnight)).unwrap(),
            after_midnight
        );
        assert_eq!(Zone::utc().rfc3339(after_midnight), "2026-03-01T19:00:00Z");
        let (start, end) = almaty.bounds("2026-03-02").unwrap();
        assert_eq!(start, after_midnight);
        assert_eq!(
            end.after(Duration::from_millis(1)),
            at("2026-03-02T19:00:00Z")
        );
        // The day on which Berlin's clocks are put forward has 23 hours.
        let berlin = Zone::try_from("Europe/Berlin".to_owned()).unwrap();
        let (start, end) = berlin.bounds("2026-03-29").unwrap();
        assert_eq!(end.since(start).as_secs(), 23 * 3600 - 1);
        assert_eq!(almaty.bounds("soon"), None);
    }

    #[test]
    fn each_language_has_its_order_and_its_month() {
        let at = Timestamp::parse_rfc3339("2007-08-18T20:30:00Z").unwrap();
        let date = |language| Calendar::new(language, zone("UTC").unwrap()).date(at);
        assert_eq!(date(Language::EN), "18 August 2007");
        assert!(date(Language::RU).starts_with("18 августа 2007"));
        assert!(date(Language::KK).contains("2007") && date(Language::KK).contains("тамыз"));
        let french = Calendar::new("fr".parse().unwrap(), zone("UTC").unwrap());
        let first = Timestamp::parse_rfc3339("2007-08-01T20:30:00Z").unwrap();
        assert_eq!(french.date(first), "1er août 2007");
        assert_eq!(french.date(at), "18 août 2007");
        let almaty = Calendar::new(Language::EN, zone("Asia/Almaty").unwrap());
        assert_eq!(almaty.date(at), "19 August 2007");
        assert!(zone("Mars/Olympus").is_err());
    }

    #[test]
    fn a_span_is_said_as_shortly_as_it_can_be() {
        let at = |text| Timestamp::parse_rfc3339(text).unwrap();
        let calendar = Calendar::new(Language::EN, zone("UTC").unwrap());
        let span = |from, to, all_day| calendar.time_range(at(from), at(to), all_day);
        assert_eq!(
            span("2007-08-18T18:30:00Z", "2007-08-18T20:00:00Z", false),
            "Saturday, 18 August 2007, 18:30–20:00"
        );
        assert_eq!(
            span("2007-08-18T00:00:00Z", "2007-08-19T00:00:00Z", true),
            "Saturday, 18 August 2007"
        );
        assert_eq!(
            span("2007-08-18T00:00:00Z", "2007-08-20T00:00:00Z", true),
            "18 August 2007 – 19 August 2007"
        );
        assert_eq!(
            span("2007-08-18T20:00:00Z", "2007-08-19T02:00:00Z", false),
            "18 August 2007, 20:00 – 19 August 2007, 02:00"
        );
    }

    #[test]
    fn a_form_s_time_is_the_sites_time() {
        let almaty = Calendar::new(Language::EN, zone("Asia/Almaty").unwrap());
        let at = almaty.read_field("2026-11-24T18:30").unwrap();
        assert_eq!(at.rfc3339(), "2026-11-24T13:30:00Z");
        assert_eq!(almaty.field(at), "2026-11-24T18:30");
        assert_eq!(almaty.read_field("soon"), None);
        assert_eq!(almaty.read_field(""), None);
        assert_eq!(almaty.read_field("99999-01-01T00:00"), None);
    }
}
