//! The cell with an address, perhaps with a name before it.

use crate::address::EmailAddress;
use crate::text::encoded_words;
use crate::text::line::PersonName;

/// An address, or `Name <address>` as in a field of email (RFC 5322 §3.4).
pub(super) fn mailbox(text: &str) -> Result<(EmailAddress, Option<PersonName>), String> {
    let parse = |address: &str| {
        EmailAddress::parse(address.trim()).map_err(|error| format!("{address:?}: {error}"))
    };
    let bracketed = text
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'));
    match bracketed {
        Some((name, address)) => {
            let name = PersonName::parse(&display_name(name)).ok();
            let name = name.filter(|name| !name.as_str().is_empty());
            Ok((parse(address)?, name))
        }
        None => Ok((parse(text)?, None)),
    }
}

/// The name before an address, without its quotation marks and encoding.
fn display_name(phrase: &str) -> String {
    let phrase = phrase.trim();
    let quoted = phrase.strip_prefix('"');
    let name = match quoted.and_then(|phrase| phrase.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => phrase.trim_matches('"').to_owned(),
    };
    if name.contains("=?") {
        encoded_words::decoded(&name)
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_quotation_marks_and_encoding() {
        for (cell, name) in [
            ("\"Nurlan, A\" <a@x.org>", "Nurlan, A"),
            ("\"A \\\"B\\\" C\" <a@x.org>", "A \"B\" C"),
            ("=?utf-8?b?0JDQudCz0q/Quw==?= <a@x.org>", "Айгүл"),
            ("A B<a@x.org>", "A B"),
        ] {
            let (email, found) = mailbox(cell).unwrap();
            assert_eq!(email.as_str(), "a@x.org");
            assert_eq!(found.unwrap().as_str(), name);
        }
        assert!(mailbox("a@x.org").unwrap().1.is_none());
        assert!(mailbox("A <a>").is_err());
    }
}
