//! Calendar entries as iCalendar text (RFC 5545), and as the parts of an email that mail
//! programs show as an invitation (RFC 6047).

use data_encoding::BASE64_MIME;
use icalendar::{Calendar, Component, EventStatus, Property};
use jiff::tz::TimeZone;

use super::Mailbox;
use crate::clock::Timestamp;
use crate::model::calendar::{CalendarEntry, CalendarMethod, CalendarPart};
use crate::text::{characters, datetime};

/// What asks a calendar to do something: the method, and who asks whom.
#[derive(Debug, Clone, Copy)]
pub struct Scheduling<'a> {
    /// What is asked.
    pub method: CalendarMethod,
    /// Who asks.
    pub organizer: &'a Mailbox,
    /// Who is asked: only ever the reader of this one email.
    pub attendee: &'a Mailbox,
    /// When it is asked.
    pub at: Timestamp,
}

/// Entries as iCalendar text: for a calendar of a `name`, or to be sent.
///
/// Times are written in UTC, which each program shows in its reader's own zone; `TZID` would
/// need rules of the zone that programs read differently.
pub fn write(entries: &[CalendarEntry], name: &str, sent: Option<Scheduling<'_>>) -> String {
    let mut calendar = Calendar::new();
    if !name.is_empty() {
        calendar.name(&characters::scrub(name));
    }
    if let Some(sent) = sent {
        let method = sent.method.as_str().to_ascii_uppercase();
        calendar.append_property(Property::new("METHOD", method));
    }
    for entry in entries {
        calendar.push(event(entry, sent));
    }
    calendar.done().to_string()
}

fn event(entry: &CalendarEntry, sent: Option<Scheduling<'_>>) -> icalendar::Event {
    let mut event = icalendar::Event::new();
    event
        .uid(&entry.uid)
        .summary(&characters::scrub(&entry.summary))
        .add_property("SEQUENCE", entry.sequence.to_string());
    for (name, text) in [
        ("DESCRIPTION", &entry.description),
        ("LOCATION", &entry.place),
    ] {
        if !text.is_empty() {
            event.add_property(name, characters::scrub(text));
        }
    }
    if !entry.url.is_empty() {
        event.url(&entry.url);
    }
    if entry.all_day {
        let zone = datetime::zone(&entry.zone).unwrap_or(TimeZone::UTC);
        event.append_property(date("DTSTART", entry.starts_at, &zone));
        event.append_property(date("DTEND", entry.ends_at, &zone));
    } else {
        event.add_property("DTSTART", utc(entry.starts_at));
        event.add_property("DTEND", utc(entry.ends_at));
    }
    match sent {
        // A feed that has not changed stays the same, byte for byte.
        None => {
            event.add_property("DTSTAMP", utc(entry.starts_at));
        }
        Some(sent) => {
            event.add_property("DTSTAMP", utc(sent.at));
            event.status(match sent.method {
                CalendarMethod::Cancel => EventStatus::Cancelled,
                CalendarMethod::Publish | CalendarMethod::Request => EventStatus::Confirmed,
            });
            event.append_property(person("ORGANIZER", sent.organizer).done());
            if sent.method.names_attendee() {
                // Thousands of answers to a newsletter would be read by nobody.
                let attendee = person("ATTENDEE", sent.attendee)
                    .add_parameter("CUTYPE", "INDIVIDUAL")
                    .add_parameter("ROLE", "REQ-PARTICIPANT")
                    .add_parameter("PARTSTAT", "NEEDS-ACTION")
                    .add_parameter("RSVP", "FALSE")
                    .done();
                event.append_property(attendee);
            }
        }
    }
    event.done()
}

/// A property whose value is a person (RFC 5545 §3.3.3).
fn person(name: &str, mailbox: &Mailbox) -> Property {
    let mut property = Property::new(name, format!("mailto:{}", in_uri(mailbox.address.as_str())));
    let called = mailbox.name.as_str();
    if !called.is_empty() {
        // RFC 5545 §3.2: the value of a parameter cannot have quotation marks.
        let called = characters::scrub(called).replace('"', "'");
        property.add_parameter("CN", called.trim());
    }
    property
}

/// An address in a `mailto:` URI (RFC 6068 §2): what has a meaning in a URI is written apart.
fn in_uri(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '%' | '?' | '#' | '&' | '/' | '^' | '`' | '{' | '|' | '}' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

fn utc(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn date(name: &str, at: Timestamp, zone: &TimeZone) -> Property {
    let local = at.to_jiff().to_zoned_datetime(zone.clone());
    Property::new(name, local.strftime("%Y%m%d").to_string())
        .append_parameter(("VALUE", "DATE"))
        .done()
}

/// The parts of one reader's email, with their headers, without the lines between parts.
#[derive(Debug, Clone)]
pub struct CalendarParts {
    /// The last of the alternatives: what Outlook, Apple Mail and Gmail show as an invitation.
    pub(super) alternative: Option<Vec<u8>>,
    /// The file, for every other program.
    pub(super) attached: Vec<u8>,
}

impl CalendarParts {
    /// What an email to a reader brings to their calendar. `sender` invites unless the part names
    /// somebody else.
    pub fn of(part: &CalendarPart, sender: &Mailbox, reader: &Mailbox, at: Timestamp) -> Self {
        let named = part.organizer.as_deref();
        let named: Option<Mailbox> = named.and_then(|organizer| organizer.parse().ok());
        let sent = Scheduling {
            method: part.method,
            organizer: named.as_ref().unwrap_or(sender),
            attendee: reader,
            at,
        };
        let text = write(&part.entries, "", Some(sent));
        let method = part.method.as_str().to_ascii_uppercase();
        let kind = format!("text/calendar; charset=utf-8;\r\n method={method}");
        let file = |kind: &str, name: &str| {
            let disposition =
                format!("Content-Disposition: attachment;\r\n filename=\"{name}\"\r\n");
            encoded(&format!("{kind};\r\n name=\"{name}\""), &disposition, &text)
        };
        match part.method {
            CalendarMethod::Publish => Self {
                alternative: None,
                attached: file(&kind, "event.ics"),
            },
            // Programs that read text/calendar would show a second one twice.
            CalendarMethod::Request | CalendarMethod::Cancel => Self {
                alternative: Some(encoded(&kind, "", &text)),
                attached: file("application/ics", "invite.ics"),
            },
        }
    }

    /// Bytes of the parts.
    pub fn size(&self) -> usize {
        self.attached.len() + self.alternative.as_ref().map_or(0, Vec::len)
    }
}

fn encoded(kind: &str, disposition: &str, text: &str) -> Vec<u8> {
    let mut part =
        format!("Content-Type: {kind}\r\n{disposition}Content-Transfer-Encoding: base64\r\n\r\n");
    BASE64_MIME.encode_append(text.as_bytes(), &mut part);
    part.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> CalendarEntry {
        CalendarEntry {
            event: None,
            uid: "music@site.example".to_owned(),
            sequence: 2,
            starts_at: Timestamp::parse_rfc3339("2031-03-08T13:30:00Z").unwrap(),
            ends_at: Timestamp::parse_rfc3339("2031-03-08T15:00:00Z").unwrap(),
            all_day: false,
            zone: "Asia/Almaty".to_owned(),
            summary: "Two strings; many stories, and a title that is longer than one line of it"
                .to_owned(),
            place: "Great hall".to_owned(),
            description: "One\nTwo".to_owned(),
            url: "https://site.example/events/music".to_owned(),
        }
    }

    fn sent(method: CalendarMethod) -> String {
        let organizer: Mailbox = "\"The \\\"Embassy\\\", Tbilisi\" <news@site.example>"
            .parse()
            .unwrap();
        let attendee: Mailbox = "a%b@x.example".parse().unwrap();
        let at = Timestamp::from_millis(0);
        let scheduling = Scheduling {
            method,
            organizer: &organizer,
            attendee: &attendee,
            at,
        };
        write(&[entry()], "", Some(scheduling)).replace("\r\n ", "")
    }

    #[test]
    fn an_invitation_names_its_reader_and_the_sender_alone() {
        let text = sent(CalendarMethod::Request);
        for line in [
            "METHOD:REQUEST\r\n",
            "SEQUENCE:2\r\n",
            "DTSTAMP:19700101T000000Z\r\n",
            "DTSTART:20310308T133000Z\r\n",
            "DESCRIPTION:One\\nTwo\r\n",
            "STATUS:CONFIRMED\r\n",
            "RSVP=FALSE:mailto:a%25b@x.example\r\n",
            ":mailto:news@site.example\r\n",
            "Two strings\\; many stories\\, and",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert_eq!(text.matches("ATTENDEE").count(), 1);
        assert!(
            text.lines()
                .all(|line| !line.starts_with("ORGANIZER") || line.matches('"').count() == 2)
        );
        assert!(!sent(CalendarMethod::Publish).contains("ATTENDEE"));
        assert!(sent(CalendarMethod::Cancel).contains("STATUS:CANCELLED\r\n"));
    }

    #[test]
    fn days_are_those_of_the_entry_s_zone() {
        let day = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
        let entry = CalendarEntry {
            all_day: true,
            starts_at: day("2031-03-07T19:00:00Z"),
            ends_at: day("2031-03-08T19:00:00Z"),
            ..entry()
        };
        let text = write(&[entry], "Embassy", None);
        assert!(text.contains("DTSTART;VALUE=DATE:20310308\r\n"), "{text}");
        assert!(text.contains("DTEND;VALUE=DATE:20310309\r\n"), "{text}");
        assert!(text.lines().all(|line| line.len() <= 75));
    }
}
