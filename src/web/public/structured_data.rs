//! Structured data: posts and events as schema.org JSON-LD.

use serde_json::{Value, json};

use crate::clock::Timestamp;
use crate::store::events::Event;
use crate::store::posts::PostInLanguage;
use crate::text::datetime::Calendar;

/// A post as a `NewsArticle`.
pub fn article(row: &PostInLanguage, url: &str, image: Option<&str>, site_name: &str) -> String {
    let at = row.post.published_at.unwrap_or(row.post.updated_at);
    let mut facts = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": row.variant.title,
        "description": row.variant.summary,
        "datePublished": at.rfc3339(),
        "dateModified": row.post.updated_at.max(at).rfc3339(),
        "inLanguage": row.variant.language,
        "articleSection": row.post.category,
        "author": { "@type": "Person", "name": row.post.author },
        "publisher": { "@type": "Organization", "name": site_name },
        "mainEntityOfPage": url,
    });
    if let Some(image) = image {
        facts["image"] = json!([image]);
    }
    block(&facts)
}

/// An event as an `Event`.
pub fn event(
    event: &Event,
    calendar: &Calendar,
    url: &str,
    image: Option<&str>,
    site_name: &str,
) -> String {
    let moment = |at: Timestamp| {
        if event.all_day {
            calendar.local(at).date().to_string()
        } else {
            calendar
                .local(at)
                .strftime("%Y-%m-%dT%H:%M:%S%:z")
                .to_string()
        }
    };
    let last = if event.all_day {
        // `ends_at` is exclusive; schema.org includes the last day.
        event.ends_at.before(std::time::Duration::from_millis(1))
    } else {
        event.ends_at
    };
    let mut facts = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "startDate": moment(event.starts_at),
        "endDate": moment(last.max(event.starts_at)),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": event.language,
        "organizer": { "@type": "Organization", "name": site_name },
        "url": url,
    });
    if let Some(image) = image {
        facts["image"] = json!([image]);
    }
    if !event.description.is_empty() {
        facts["description"] = json!(event.description);
    }
    if !event.place.is_empty() {
        facts["location"] =
            json!({ "@type": "Place", "name": event.place, "address": event.place });
    }
    block(&facts)
}

/// JSON for `<script type="application/ld+json">`, where `</script>` must not
/// occur.
fn block(facts: &Value) -> String {
    facts.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::text::locale::Language;

    #[test]
    fn data_cannot_end_its_block() {
        let block = block(&json!({ "headline": "</script><script>alert(1)" }));
        assert!(!block.contains('<'), "{block}");
        let read: Value = serde_json::from_str(&block).unwrap();
        assert_eq!(read["headline"], "</script><script>alert(1)");
    }

    #[test]
    fn events_have_days_or_moments_with_their_zone() {
        let mut one = Event {
            id: 1.into(),
            slug: "a".parse().unwrap(),
            starts_at: Timestamp::parse_rfc3339("2031-03-08T13:30:00Z").unwrap(),
            ends_at: Timestamp::parse_rfc3339("2031-03-08T15:00:00Z").unwrap(),
            all_day: false,
            recurrence: crate::store::events::Recurrence::once(),
            is_published: true,
            picture_id: None,
            picture: None,
            uid: "music".to_owned(),
            sequence: 0,
            language: Language::EN,
            title: "A".into(),
            place: String::new(),
            description: String::new(),
        };
        let calendar = Calendar::new(Language::EN, TimeZone::get("Asia/Kolkata").unwrap());
        let facts = |one: &Event| -> Value {
            serde_json::from_str(&event(one, &calendar, "u", None, "s")).unwrap()
        };
        assert_eq!(facts(&one)["startDate"], "2031-03-08T19:00:00+05:30");
        one.all_day = true;
        assert_eq!(facts(&one)["endDate"], "2031-03-08");
    }
}
