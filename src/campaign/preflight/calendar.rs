//! Checks of what a campaign brings to its readers' calendars.

use super::Finding;
use crate::model::calendar::{CalendarChoice, MOST_EVENTS};
use crate::store::campaign_renderings::Rendering;

/// Each reader must get what was chosen, and programs must be able to read it.
pub(super) fn check(choice: CalendarChoice, renderings: &[Rendering]) -> Vec<Finding> {
    let wrong = |rendering: &Rendering| {
        let part = rendering.calendar.0.as_ref();
        let count = part.map_or(0, |part| part.entries.len());
        let what = match choice {
            CalendarChoice::None => return None,
            CalendarChoice::Publish | CalendarChoice::Request if count == 0 => {
                "the email shows no coming event, so it brings nothing to a calendar; add the event to the text, or choose no calendar".to_owned()
            }
            CalendarChoice::Cancel if count == 0 => {
                "there is nothing to take out of a calendar; choose no calendar".to_owned()
            }
            // RFC 5546 §3.2.2: all components of a request have one UID.
            CalendarChoice::Request if count > 1 => format!(
                "an invitation is to one event, and the email shows {count}; leave one of them, or choose a calendar file"
            ),
            CalendarChoice::Publish if count > MOST_EVENTS => format!(
                "a calendar file has at most {MOST_EVENTS} events, and the email shows {count}"
            ),
            _ => return None,
        };
        let language = rendering.language.endonym();
        Some(Finding::error(format!("{language}: {what}")))
    };
    renderings.iter().filter_map(wrong).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::model::calendar::{CalendarEntry, CalendarMethod, CalendarPart, StoredPart};
    use crate::text::locale::Language;

    #[test]
    fn an_invitation_is_to_one_event_and_a_file_has_some() {
        let with = |count: usize| {
            let entry = |number: usize| CalendarEntry {
                event: None,
                uid: format!("{number}@site.example"),
                sequence: 0,
                starts_at: Timestamp::from_millis(0),
                ends_at: Timestamp::from_millis(1000),
                all_day: false,
                zone: "UTC".to_owned(),
                summary: String::new(),
                place: String::new(),
                description: String::new(),
                url: String::new(),
            };
            let part = CalendarPart {
                method: CalendarMethod::Publish,
                organizer: None,
                entries: (0..count).map(entry).collect(),
            };
            [Rendering {
                variant: crate::model::ab_test::AbVariant::A,
                language: Language::EN,
                subject: String::new(),
                from_name: String::new(),
                html: String::new(),
                text: String::new(),
                calendar: StoredPart((count > 0).then_some(part)),
            }]
        };
        let is_fine = |choice, count| check(choice, &with(count)).is_empty();
        assert!(is_fine(CalendarChoice::None, 0) && is_fine(CalendarChoice::Publish, 20));
        assert!(is_fine(CalendarChoice::Request, 1) && is_fine(CalendarChoice::Cancel, 1));
        assert!(!is_fine(CalendarChoice::Request, 2) && !is_fine(CalendarChoice::Publish, 21));
        assert!(!is_fine(CalendarChoice::Publish, 0) && !is_fine(CalendarChoice::Cancel, 0));
    }
}
