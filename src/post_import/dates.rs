//! Times as other systems write them. Those without a zone are taken as UTC, which is what
//! these systems store.

use jiff::civil;

use crate::clock::Timestamp;

/// 1990 and 2100, in milliseconds: what is outside is no time of a newsletter.
const PLAUSIBLE: std::ops::Range<i64> = 631_152_000_000..4_102_444_800_000;

/// Reads a time: RFC 3339, a date with or without a time, or seconds or milliseconds since
/// 1970.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    let millis = number(text).or_else(|| moment(text))?;
    PLAUSIBLE
        .contains(&millis)
        .then(|| Timestamp::from_millis(millis))
}

fn number(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    // Seconds reach this in the year 5138, milliseconds did in 1973.
    Some(if number < 100_000_000_000 {
        number.checked_mul(1000)?
    } else {
        number
    })
}

fn moment(text: &str) -> Option<i64> {
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return Some(moment.as_millisecond());
    }
    let plain = text.trim_end_matches("UTC").trim_end_matches('Z').trim();
    let local = plain.parse::<civil::DateTime>().ok();
    let local = local.or_else(|| Some(plain.parse::<civil::Date>().ok()?.at(0, 0, 0, 0)));
    if let Some(local) = local {
        let zoned = local.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
        return Some(zoned.timestamp().as_millisecond());
    }
    const FORMS: [&str; 3] = [
        "%Y-%m-%d %H:%M:%S %z",
        "%a, %d %b %Y %H:%M:%S %z",
        "%b %d, %Y %z",
    ];
    let with_zone = format!("{plain} +0000");
    FORMS.iter().find_map(|form| {
        let parsed = [text, with_zone.as_str()]
            .into_iter()
            .find_map(|text| jiff::fmt::strtime::parse(form, text).ok())?;
        let moment = parsed.to_timestamp().ok();
        let moment = moment.or_else(|| {
            let start = parsed.to_date().ok()?.at(0, 0, 0, 0);
            Some(
                start
                    .to_zoned_datetime(jiff::tz::TimeZone::UTC)
                    .ok()?
                    .timestamp(),
            )
        });
        Some(moment?.as_millisecond())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_other_systems_are_read() {
        for (text, expected) in [
            ("2024-03-01T08:00:00.000Z", "2024-03-01T08:00:00Z"),
            ("2024-03-01T08:00:00+06:00", "2024-03-01T02:00:00Z"),
            ("2024-03-01 08:00:00", "2024-03-01T08:00:00Z"),
            ("2024-03-01 08:00:00 UTC", "2024-03-01T08:00:00Z"),
            ("2024-03-01 08:00:00 +0000", "2024-03-01T08:00:00Z"),
            ("2024-03-01", "2024-03-01T00:00:00Z"),
            ("Mar 01, 2024", "2024-03-01T00:00:00Z"),
            ("1709280000", "2024-03-01T08:00:00Z"),
            ("1709280000000", "2024-03-01T08:00:00Z"),
        ] {
            let read = parse(text).map(Timestamp::rfc3339);
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
        for none in ["", "soon", "0", "-5", "9999-12-31", "12"] {
            assert_eq!(parse(none), None, "{none}");
        }
    }
}
