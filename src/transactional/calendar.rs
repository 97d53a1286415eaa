//! What a transactional email brings to its recipient's calendar, checked when a program gives it.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use url::Url;

use crate::clock::Timestamp;
use crate::mail::Mailbox;
use crate::model::calendar::{
    CalendarEntry, CalendarMethod, CalendarPart, DESCRIPTION_LIMIT, LINE_LIMIT, SEQUENCE_LIMIT,
    URL_LIMIT,
};
use crate::text::datetime::{self, start_of_day};

/// An event as a program gives it.
#[derive(Debug, Clone)]
pub struct GivenEvent {
    /// What the calendar is asked to do.
    pub method: CalendarMethod,
    /// The same in every email about the event.
    pub uid: String,
    /// Higher in each email about the event.
    pub sequence: i64,
    /// What it is called.
    pub summary: String,
    /// RFC 3339, a local time of the zone, or a day.
    pub start: String,
    /// The same, exclusive; of a day, the last one.
    pub end: String,
    /// An IANA name; that of the site where left out.
    pub zone: Option<String>,
    /// Where it is.
    pub location: String,
    /// What it is about.
    pub description: String,
    /// Its page.
    pub url: String,
    /// Who invites; the sender where left out.
    pub organizer: Option<String>,
}

/// A field of an event and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct EventError {
    /// The field.
    pub field: &'static str,
    what: String,
}

fn wrong(field: &'static str, what: impl std::fmt::Display) -> EventError {
    let what = what.to_string();
    EventError { field, what }
}

/// The event as it is kept. `home` is the zone of the site.
///
/// # Errors
/// [`EventError`] names the field.
pub fn checked(given: GivenEvent, home: &str) -> Result<CalendarPart, EventError> {
    let zone_name = given.zone.as_deref().unwrap_or(home);
    let zone = datetime::zone(zone_name).map_err(|error| wrong("zone", error))?;
    if !(0..=SEQUENCE_LIMIT).contains(&given.sequence) {
        let what = format!("must be a whole number from 0 to {SEQUENCE_LIMIT}");
        return Err(wrong("sequence", what));
    }
    let uid = line("uid", given.uid)?;
    let summary = line("summary", given.summary)?;
    for (field, text) in [("uid", &uid), ("summary", &summary)] {
        if text.is_empty() {
            return Err(wrong(field, "must not be empty"));
        }
    }
    if given.description.chars().count() > DESCRIPTION_LIMIT {
        let what = format!("has at most {DESCRIPTION_LIMIT} characters");
        return Err(wrong("description", what));
    }
    let start = Moment::parse(&given.start, &zone).map_err(|what| wrong("start", what))?;
    let end = Moment::parse(&given.end, &zone).map_err(|what| wrong("end", what))?;
    let (starts_at, ends_at, all_day) = match (start, end) {
        (Moment::Time(start), Moment::Time(end)) => (start, end, false),
        (Moment::Day(first), Moment::Day(last)) => {
            let next = last.tomorrow().map_err(|error| wrong("end", error))?;
            (start_of_day(first, &zone), start_of_day(next, &zone), true)
        }
        _ => return Err(wrong("end", "give two days or two times")),
    };
    if ends_at <= starts_at {
        return Err(wrong("end", "must be after the start"));
    }
    let organizer = given.organizer.map(|text| text.parse::<Mailbox>());
    let organizer = organizer
        .transpose()
        .map_err(|error| wrong("organizer", error))?;
    Ok(CalendarPart {
        method: given.method,
        organizer: organizer.map(|organizer| organizer.to_string()),
        entries: vec![CalendarEntry {
            event: None,
            uid,
            sequence: given.sequence,
            starts_at,
            ends_at,
            all_day,
            zone: zone_name.to_owned(),
            summary,
            place: line("location", given.location)?,
            description: given.description,
            url: page(given.url)?,
        }],
    })
}

fn line(field: &'static str, text: String) -> Result<String, EventError> {
    let text = text.trim();
    if text.chars().count() > LINE_LIMIT {
        return Err(wrong(field, format!("has at most {LINE_LIMIT} characters")));
    }
    if text.chars().any(char::is_control) {
        return Err(wrong(field, "must be one line without control characters"));
    }
    Ok(text.to_owned())
}

fn page(text: String) -> Result<String, EventError> {
    if text.is_empty() {
        return Ok(text);
    }
    let url = Url::parse(&text).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.map(String::from).filter(|url| url.len() <= URL_LIMIT);
    let what = format!("must begin with https:// and have at most {URL_LIMIT} characters");
    url.ok_or_else(|| wrong("url", what))
}

/// When something starts or ends.
enum Moment {
    Time(Timestamp),
    Day(Date),
}

impl Moment {
    /// A day, RFC 3339, or a local time.
    fn parse(text: &str, zone: &TimeZone) -> Result<Self, String> {
        let what = || "give RFC 3339, a local time such as 2026-03-01T18:00, or a day".to_owned();
        let text = text.trim();
        if text.len() == "2026-03-01".len() {
            return text.parse().map(Self::Day).map_err(|_| what());
        }
        if let Ok(at) = Timestamp::parse_rfc3339(text) {
            return Ok(Self::Time(at));
        }
        let local: DateTime = text.parse().map_err(|_| what())?;
        let at = local.to_zoned_datetime(zone.clone()).map_err(|_| what())?;
        Ok(Self::Time(Timestamp::from_millis(
            at.timestamp().as_millisecond(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> GivenEvent {
        GivenEvent {
            method: CalendarMethod::Request,
            uid: "visit-17@embassy.example".to_owned(),
            sequence: 0,
            summary: "Your visit".to_owned(),
            start: "2031-03-08T18:30".to_owned(),
            end: "2031-03-08T14:00:00Z".to_owned(),
            zone: Some("Asia/Almaty".to_owned()),
            location: "Window 3".to_owned(),
            description: "Bring\nyour passport.".to_owned(),
            url: "https://embassy.example/visits/17".to_owned(),
            organizer: None,
        }
    }

    #[test]
    fn times_are_of_the_zone_and_days_whole() {
        let part = checked(given(), "UTC").unwrap();
        let entry = &part.entries[0];
        assert_eq!(entry.starts_at.rfc3339(), "2031-03-08T13:30:00Z");
        assert_eq!(entry.ends_at.rfc3339(), "2031-03-08T14:00:00Z");
        let days = GivenEvent {
            start: "2031-03-08".to_owned(),
            end: "2031-03-09".to_owned(),
            zone: None,
            ..given()
        };
        let entry = checked(days, "Asia/Almaty").unwrap().entries.remove(0);
        assert!(entry.all_day);
        assert_eq!(entry.starts_at.rfc3339(), "2031-03-07T19:00:00Z");
        assert_eq!(entry.ends_at.rfc3339(), "2031-03-09T19:00:00Z");
    }

    #[test]
    fn what_is_wrong_is_named() {
        let field = |change: fn(&mut GivenEvent)| {
            let mut event = given();
            change(&mut event);
            checked(event, "UTC").unwrap_err().field
        };
        assert_eq!(field(|event| event.uid.clear()), "uid");
        assert_eq!(
            field(|event| event.summary = "a\r\nX:1".to_owned()),
            "summary"
        );
        assert_eq!(field(|event| event.summary = "x".repeat(256)), "summary");
        assert_eq!(field(|event| event.sequence = -1), "sequence");
        assert_eq!(field(|event| event.zone = Some("Mars".to_owned())), "zone");
        assert_eq!(field(|event| event.start = "soon".to_owned()), "start");
        assert_eq!(
            field(|event| event.end = "2031-03-08T13:30:00Z".to_owned()),
            "end"
        );
        assert_eq!(field(|event| event.end = "2031-03-09".to_owned()), "end");
        assert_eq!(field(|event| event.url = "javascript:1".to_owned()), "url");
        assert_eq!(
            field(|event| event.description = "x".repeat(2001)),
            "description"
        );
        assert_eq!(
            field(|event| event.organizer = Some("nobody".to_owned())),
            "organizer"
        );
    }
}
