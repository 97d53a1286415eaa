//! Reading the cells of a file: times, yes and no, words for a standing.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::clock::Timestamp;
use crate::model::import::Standing;

/// Days and times without a zone, as programs write them. A slash after the first of two
/// small numbers is read as in America, since it is American services that write so.
const FORMS: [&str; 18] = [
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%B %d, %Y",
];

/// A time; `None` for an empty cell, or one of zeros as MySQL writes where there is none. A
/// time without a zone is UTC.
///
/// # Errors
/// Where the text is no time.
pub(super) fn time(cell: &str) -> Result<Option<Timestamp>, String> {
    let cell = cell.trim();
    if cell.is_empty() || cell.starts_with("0000-00-00") || cell == "0" {
        return Ok(None);
    }
    parse_time(cell)
        .map(Some)
        .ok_or_else(|| format!("{cell:?} is no time; write it as 2026-01-31 18:30"))
}

fn parse_time(cell: &str) -> Option<Timestamp> {
    let millis = |at: jiff::Timestamp| Timestamp::from_millis(at.as_millisecond());
    if let Ok(at) = cell.parse::<jiff::Timestamp>() {
        return Some(millis(at));
    }
    if cell.len() >= 9 && cell.len() <= 13 && cell.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = cell.parse().ok()?;
        return Some(Timestamp::from_millis(match cell.len() {
            12.. => number,
            _ => number * 1000,
        }));
    }
    if let Ok(at) = jiff::fmt::rfc2822::parse(cell) {
        return Some(millis(at.timestamp()));
    }
    // Go's own form: `2024-01-02 03:04:05.678901 -0500 EST`.
    let zone_at = cell.find(" +").or_else(|| cell.find(" -"));
    if let Some((time, zone)) = zone_at.filter(|at| *at >= 19).map(|at| cell.split_at(at)) {
        let zone: String = zone.trim_start().chars().take(5).collect();
        let text = format!("{}{zone}", time.replacen(' ', "T", 1));
        let at = jiff::fmt::strtime::parse("%Y-%m-%dT%H:%M:%S%.f%z", text);
        return at.ok()?.to_timestamp().ok().map(millis);
    }
    let cell = cell.strip_suffix(" UTC").unwrap_or(cell);
    let civil: DateTime = FORMS.iter().find_map(|form| {
        let parsed = jiff::fmt::strtime::parse(form, cell).ok()?;
        let time = parsed.to_time().unwrap_or_default();
        Some(parsed.to_date().ok()?.to_datetime(time))
    })?;
    let at = TimeZone::UTC.to_timestamp(civil).ok()?;
    Some(millis(at))
}

/// Yes or no; `None` for an empty cell.
///
/// # Errors
/// Where the text is neither.
pub(super) fn yes(cell: &str) -> Result<Option<bool>, String> {
    let yes = ["1", "true", "yes", "y", "t", "on", "ja", "oui", "да", "иә"];
    let no = [
        "0", "false", "no", "n", "f", "off", "nein", "non", "нет", "жоқ",
    ];
    let word = cell.trim().to_lowercase();
    if word.is_empty() {
        Ok(None)
    } else if yes.contains(&word.as_str()) {
        Ok(Some(true))
    } else if no.contains(&word.as_str()) {
        Ok(Some(false))
    } else {
        Err(format!("{cell:?} is neither yes nor no"))
    }
}

/// The words that systems have for a standing.
const WORDS: [(Standing, &[&str]); 7] = [
    (
        Standing::Confirmed,
        &[
            "confirmed",
            "subscribed",
            "active",
            "enabled",
            "opted-in",
            "opted in",
            "optin",
            "single opt-in",
            "double opt-in",
            "premium",
            "free",
            "regular",
            "paid",
            "comped",
            "cold",
            "подписан",
            "активен",
            "жазылған",
            "aktiv",
            "abonniert",
            "actif",
            "abonné",
            "activo",
            "suscrito",
            "ativo",
            "inscrito",
            "attivo",
            "iscritto",
            "aktif",
            "підписаний",
        ],
    ),
    (
        Standing::Pending,
        &[
            "pending",
            "unconfirmed",
            "not confirmed",
            "unactivated",
            "inactive",
            "validating",
            "awaiting confirmation",
            "не подтвержден",
            "күтуде",
        ],
    ),
    (
        Standing::Unsubscribed,
        &[
            "unsubscribed",
            "unsubscribe",
            "opted-out",
            "opted out",
            "optout",
            "cancelled",
            "canceled",
            "nonsubscribed",
            "non-subscribed",
            "removed",
            "disabled",
            "expired",
            "archived",
            "отписан",
            "шыққан",
            "abgemeldet",
            "désabonné",
            "desinscrit",
            "cancelado",
            "disiscritto",
            "відписаний",
        ],
    ),
    (Standing::LeftAll, &["unsubscribed_all", "left_all"]),
    (
        Standing::Blocked,
        &[
            "blocklisted",
            "blacklisted",
            "blocked",
            "suppressed",
            "manual",
            "banned",
        ],
    ),
    (
        Standing::Bounced,
        &[
            "bounced",
            "hard_bounce",
            "hard bounced",
            "hard-bounced",
            "cleaned",
            "unreachable",
            "undeliverable",
            "invalid",
        ],
    ),
    (
        Standing::Complained,
        &[
            "complained",
            "complaint",
            "spam",
            "marked as spam",
            "spam complaint",
            "junk",
        ],
    ),
];

/// The standing that a word names; `None` for an empty cell.
///
/// # Errors
/// Where nobody knows the word: it must not be taken for a consent.
pub(super) fn standing(cell: &str) -> Result<Option<Standing>, String> {
    let word = cell.trim().to_lowercase();
    if word.is_empty() {
        return Ok(None);
    }
    let found = WORDS
        .iter()
        .find(|(_, words)| words.contains(&word.as_str()));
    let found = found.map(|(standing, _)| Some(*standing));
    found.ok_or_else(|| {
        let word: String = cell.chars().take(40).collect();
        format!("{word:?} is no state that is known here (such as confirmed, pending, unsubscribed or bounced)")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_the_usual_forms() {
        for text in [
            "2018-02-05 19:28:23",
            "2018-02-05T19:28:23Z",
            "2018-02-05T20:28:23+01:00",
            "2018/02/05 19:28:23",
            "05.02.2018 19:28:23",
            "02/05/2018 19:28:23",
            "2018-02-05 19:28:23.000000 +0000 UTC",
            "2018-02-05 14:28:23.000000001 -0500 EST",
            "2018-02-06 00:58:23 +0530 IST",
            "05-02-2018 19:28:23",
            "2018-02-05 19:28:23 UTC",
            "1517858903",
            "1517858903000",
            "Mon, 05 Feb 2018 19:28:23 +0000",
        ] {
            let at = time(text).unwrap().unwrap();
            assert_eq!(at.rfc3339(), "2018-02-05T19:28:23Z", "{text}");
        }
        for text in [
            "2018-02-05",
            "05.02.2018",
            "2/5/2018",
            "20180205",
            "February 5, 2018",
        ] {
            let at = time(text).unwrap().unwrap();
            assert_eq!(at.rfc3339(), "2018-02-05T00:00:00Z", "{text}");
        }
        assert_eq!(
            time("25/12/2018").unwrap().unwrap().rfc3339(),
            "2018-12-25T00:00:00Z"
        );
        assert_eq!(time("0000-00-00 00:00:00"), Ok(None));
        assert_eq!(time(" "), Ok(None));
        assert!(time("yesterday").is_err());
    }

    #[test]
    fn an_unknown_state_is_no_consent() {
        assert_eq!(standing("Subscribed"), Ok(Some(Standing::Confirmed)));
        assert_eq!(standing("blocklisted"), Ok(Some(Standing::Blocked)));
        assert_eq!(standing(""), Ok(None));
        assert!(standing("perhaps").is_err());
    }

    #[test]
    fn every_standing_is_known_by_its_own_name() {
        use strum::VariantArray as _;
        for one in Standing::VARIANTS {
            let name = one.as_str();
            // What is blocked here has its own word in the files of others.
            let word = if *one == Standing::LeftAll {
                "left_all"
            } else {
                name
            };
            assert_eq!(standing(word), Ok(Some(*one)), "{name}");
        }
    }

    #[test]
    fn yes_and_no_have_many_words() {
        assert_eq!(yes("TRUE"), Ok(Some(true)));
        assert_eq!(yes("0"), Ok(Some(false)));
        assert_eq!(yes(""), Ok(None));
        assert!(yes("maybe").is_err());
    }
}
