//! International domains as their owners write them.

use std::borrow::Cow;

use unicode_security::MixedScript as _;
use unicode_security::confusable_detection::skeleton;

const A_LABEL: &str = "xn--";

/// An address or a domain for people to read: the A-labels of its domain (RFC 5890) in their
/// own script.
///
/// A label that could be taken for another one stays as it is stored: one of several scripts,
/// and one whose letters all look like Latin ones (UTS #39).
pub fn own_script(text: &str) -> Cow<'_, str> {
    let (local, domain) = match text.rsplit_once('@') {
        Some((local, domain)) => (Some(local), domain),
        None => (None, text),
    };
    if !domain.contains(A_LABEL) {
        return Cow::Borrowed(text);
    }
    let labels: Vec<Cow<'_, str>> = domain.split('.').map(label).collect();
    let domain = labels.join(".");
    Cow::Owned(match local {
        Some(local) => format!("{local}@{domain}"),
        None => domain,
    })
}

fn label(stored: &str) -> Cow<'_, str> {
    if !stored.starts_with(A_LABEL) {
        return Cow::Borrowed(stored);
    }
    let (written, result) = idna::domain_to_unicode(stored);
    let is_clear =
        written.is_single_script() && skeleton(&written).any(|letter| !letter.is_ascii());
    if result.is_ok() && is_clear {
        Cow::Owned(written)
    } else {
        Cow::Borrowed(stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::EmailAddress;

    #[test]
    fn labels_are_shown_in_their_own_script() {
        for typed in [
            "a@example.org",
            "a@пошта.укр",
            "a@елшілік.қаз",
            "a@büro.example",
            "a@例え.jp",
            "a@مثال.السعودية",
            "почта@вести.рф",
        ] {
            let address = EmailAddress::parse(typed).unwrap();
            assert_eq!(own_script(address.as_str()), typed);
        }
        assert_eq!(own_script("xn--e1afmkfd.xn--p1ai"), "пример.рф");
    }

    #[test]
    fn labels_that_look_like_others_stay_as_they_are_stored() {
        // Cyrillic letters alone that look like Latin ones, and Cyrillic among Latin.
        for typed in ["a@аррӏе.com", "a@pаypal.com"] {
            let address = EmailAddress::parse(typed).unwrap();
            assert_eq!(own_script(address.as_str()), address.as_str());
            assert!(address.as_str().contains("@xn--"), "{address}");
        }
        // What no program would have encoded.
        for stored in ["a@xn--", "a@xn--zz--zz.com", "@", "xn--@x.com"] {
            assert_eq!(own_script(stored), stored);
        }
    }
}
