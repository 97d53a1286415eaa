//! Values of merge tags in URLs.

use minijinja::Value;

use crate::text::links::SCHEMES;

/// URLs that Jarshy makes itself, which are encoded already.
const OWN: [&str; 3] = ["unsubscribe_url", "preferences_url", "archive_url"];

/// The expression to use in a URL instead of `source`, after `before`; `None` if it may stay.
pub fn encoded(source: &str, before: &str) -> Option<String> {
    let is_encoded = ["urlencode", "address_only", "recipient", "bracketed"]
        .iter()
        .any(|filter| source.contains(filter));
    if is_own(source) || is_encoded {
        return None;
    }
    // White space control is kept.
    let (source, before_mark) = match source.strip_prefix("- ") {
        Some(source) => (source, "- "),
        None => (source, ""),
    };
    let (source, after_mark) = match source.strip_suffix(" -") {
        Some(source) => (source, " -"),
        None => (source, ""),
    };
    let before = before.trim_start();
    let is_bare = |scheme: &str| {
        let start = before.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme)) && !before.contains('?')
    };
    let filter = match before {
        // At the start it is the whole URL.
        "" => "address_only",
        // RFC 6068 and RFC 3966 want these as they are.
        _ if ["mailto:", "tel:", "sms:", "xmpp:", "sip:"]
            .into_iter()
            .any(is_bare) =>
        {
            "recipient"
        }
        _ => "urlencode",
    };
    Some(format!("{before_mark}({source}) | {filter}{after_mark}"))
}

/// Percent-encodes a value, except for `/`.
pub fn urlencode(value: &Value) -> String {
    percent_encoded(value, b"-_.~/")
}

/// The recipient of a `mailto:` or `tel:` URL.
pub fn recipient(value: &Value) -> String {
    percent_encoded(value, b"-_.~@+")
}

fn percent_encoded(value: &Value, kept: &[u8]) -> String {
    if value.is_undefined() || value.is_none() {
        return String::new();
    }
    let text = value.to_string();
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            byte if byte.is_ascii_alphanumeric() || kept.contains(&byte) => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A whole URL of an allowed scheme, or nothing.
pub fn address_only(value: &Value) -> String {
    let text = value.to_string();
    let text = text.trim();
    let scheme = text
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_safe = scheme.is_some_and(|scheme| SCHEMES.contains(&scheme.as_str()));
    if is_safe {
        text.replace(|c: char| c.is_whitespace() || c.is_control(), "%20")
    } else {
        String::new()
    }
}

/// A URL in angle brackets, for text parts; nothing if it is empty or of a scheme that HTML
/// would not link.
pub fn bracketed(value: &Value) -> String {
    if value.is_undefined() || value.is_none() {
        return String::new();
    }
    let text = value.to_string();
    let text = text.trim();
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_unsafe = scheme.is_some_and(is_scheme) && address_only(value).is_empty();
    if text.is_empty() || is_unsafe {
        String::new()
    } else {
        format!("<{text}>")
    }
}

/// Whether an expression is a URL that Jarshy makes itself.
pub fn is_own(source: &str) -> bool {
    OWN.contains(&source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_encoded_where_they_stand_within_an_address() {
        for (source, before, expected) in [
            ("email", "https://a.kz/?m=", Some("(email) | urlencode")),
            (
                "attributes.site",
                "",
                Some("(attributes.site) | address_only"),
            ),
            ("- name", "https://a.kz/", Some("- (name) | urlencode")),
            ("name | urlencode", "https://a.kz/", None),
            ("unsubscribe_url", "", None),
            ("email", "mailto:", Some("(email) | recipient")),
            ("name", "mailto:a@b.kz?subject=", Some("(name) | urlencode")),
        ] {
            assert_eq!(encoded(source, before).as_deref(), expected, "{source}");
        }
        assert_eq!(
            urlencode(&Value::from("A & B #1/ж")),
            "A%20%26%20B%20%231/%D0%B6"
        );
        assert_eq!(urlencode(&Value::from(())), "");
        let address = recipient(&Value::from("a+b@c.kz?bcc=d"));
        assert_eq!(address, "a+b@c.kz%3Fbcc%3Dd");
    }

    #[test]
    fn only_addresses_stand_for_addresses() {
        for (value, expected) in [
            ("https://a.kz/x y", "https://a.kz/x%20y"),
            ("javascript:alert(1)", ""),
            ("x", ""),
            ("MAILTO:a@b.kz", "MAILTO:a@b.kz"),
        ] {
            assert_eq!(address_only(&Value::from(value)), expected);
        }
        for (value, expected) in [
            ("https://a.kz", "<https://a.kz>"),
            ("javascript:alert(1)", ""),
            ("Anna", "<Anna>"),
            ("", ""),
        ] {
            assert_eq!(bracketed(&Value::from(value)), expected);
        }
    }
}
