//! What an email brings to its reader's calendar (RFC 5545 and RFC 5546).

use serde::{Deserialize, Serialize};

use super::EventId;
use super::string_enum::string_enum;
use crate::clock::Timestamp;
use crate::text::characters;

/// Events that one email brings at most.
pub const MOST_EVENTS: usize = 20;
/// Characters of a title, a place or a UID.
pub const LINE_LIMIT: usize = 255;
/// Characters of a description.
pub const DESCRIPTION_LIMIT: usize = 2000;
/// Characters of a URL.
pub const URL_LIMIT: usize = 1000;
/// The largest `SEQUENCE`: programs read it as a signed number of 32 bits.
pub const SEQUENCE_LIMIT: i64 = i32::MAX as i64;

string_enum! {
    /// Whether the emails of a campaign bring its events to the readers' calendars.
    #[derive(Default)]
    pub enum CalendarChoice {
        /// They do not.
        #[default]
        None,
        /// As a file that a reader may open.
        Publish,
        /// As an invitation, which mail programs show with the email.
        Request,
        /// They take an event out of the calendars again.
        Cancel,
    }
}

string_enum! {
    /// What a calendar is asked to do (RFC 5546 §1.4).
    pub enum CalendarMethod {
        /// Show the events to whoever opens them.
        Publish,
        /// Invite the reader.
        Request,
        /// Take the events out.
        Cancel,
    }
}

impl CalendarChoice {
    /// What calendars are asked to do; `None` where nothing is.
    pub fn method(self) -> Option<CalendarMethod> {
        match self {
            Self::None => None,
            Self::Publish => Some(CalendarMethod::Publish),
            Self::Request => Some(CalendarMethod::Request),
            Self::Cancel => Some(CalendarMethod::Cancel),
        }
    }
}

impl CalendarMethod {
    /// Whether it speaks to one reader, as RFC 5546 §3.2 has it.
    pub fn names_attendee(self) -> bool {
        self != Self::Publish
    }
}

/// An event as calendars know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarEntry {
    /// The event of the site that it is of.
    #[serde(default)]
    pub event: Option<EventId>,
    /// The same in every email about it, and in the site's own calendar.
    pub uid: String,
    /// Grows with each change of time, place or title.
    pub sequence: i64,
    /// Its first moment.
    pub starts_at: Timestamp,
    /// The moment after its last.
    pub ends_at: Timestamp,
    /// Whether it has days and no hours.
    pub all_day: bool,
    /// The IANA name of the time zone that it has its days in.
    pub zone: String,
    /// What it is called.
    pub summary: String,
    /// Where it is; may be empty.
    pub place: String,
    /// What it is about; may be empty.
    pub description: String,
    /// Its page; may be empty.
    pub url: String,
}

impl CalendarEntry {
    /// The same within its bounds: stored texts may be older than the rules, and a stray line
    /// break would end a property.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        for line in [&mut self.uid, &mut self.summary, &mut self.place] {
            let text = characters::scrub(line).replace(['\n', '\t'], " ");
            *line = text.chars().take(LINE_LIMIT).collect();
        }
        let text = characters::scrub(&self.description);
        self.description = text.chars().take(DESCRIPTION_LIMIT).collect();
        self.sequence = self.sequence.clamp(0, SEQUENCE_LIMIT);
        self
    }

    /// Whether a reader who has the other has to be told of this one.
    pub fn differs_from(&self, other: &Self) -> bool {
        (self.starts_at, self.ends_at, self.all_day)
            != (other.starts_at, other.ends_at, other.all_day)
            || self.summary != other.summary
            || self.place != other.place
    }
}

/// What one email brings to its reader's calendar. Kept as JSON with what is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarPart {
    /// What calendars are asked to do.
    pub method: CalendarMethod,
    /// Who invites, as a mailbox; `None` for the sender of the email.
    #[serde(default)]
    pub organizer: Option<String>,
    /// The events; one, unless they are published.
    pub entries: Vec<CalendarEntry>,
}

/// A [`CalendarPart`] as a column has it: empty for none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoredPart(pub Option<CalendarPart>);

impl TryFrom<String> for StoredPart {
    type Error = serde_json::Error;

    fn try_from(text: String) -> Result<Self, serde_json::Error> {
        match text.as_str() {
            "" => Ok(Self(None)),
            json => serde_json::from_str(json).map(|part| Self(Some(part))),
        }
    }
}

impl StoredPart {
    /// The text of the column.
    pub fn text(&self) -> String {
        let json = self.0.as_ref().map(serde_json::to_string);
        // Words and numbers can always be written.
        json.and_then(Result::ok).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> CalendarEntry {
        CalendarEntry {
            event: Some(EventId(3)),
            uid: "music@site.example".to_owned(),
            sequence: 1,
            starts_at: Timestamp::from_millis(0),
            ends_at: Timestamp::from_millis(3_600_000),
            all_day: false,
            zone: "UTC".to_owned(),
            summary: "Two\r\nstrings".to_owned(),
            place: "x".repeat(300),
            description: String::new(),
            url: String::new(),
        }
    }

    #[test]
    fn an_entry_keeps_within_its_bounds() {
        let bounded = entry().bounded();
        assert_eq!(bounded.summary, "Two strings");
        assert_eq!(bounded.place.len(), LINE_LIMIT);
        let moved = CalendarEntry {
            starts_at: Timestamp::from_millis(1),
            ..bounded.clone()
        };
        assert!(moved.differs_from(&bounded));
        let longer = CalendarEntry {
            description: "More.".to_owned(),
            ..bounded.clone()
        };
        assert!(!longer.differs_from(&bounded));
    }

    #[test]
    fn a_stored_part_is_read_back() {
        let stored = StoredPart(Some(CalendarPart {
            method: CalendarMethod::Request,
            organizer: None,
            entries: vec![entry()],
        }));
        assert_eq!(StoredPart::try_from(stored.text()).unwrap(), stored);
        assert_eq!(
            StoredPart::try_from(String::new()).unwrap(),
            StoredPart(None)
        );
        assert_eq!(StoredPart(None).text(), "");
    }
}
