//! E-mail addresses that cannot be malformed.
//!
//! An [`EmailAddress`] is parsed once, at the edge, and needs no further check
//! inside. The local part stays as it was typed (RFC 5321 §2.4 leaves its case
//! to the receiving host); the domain is lower case and in its ASCII form
//! (RFC 5890 A-labels), so that one mailbox has one spelling on the wire.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

pub mod domain;
pub mod mailbox;
mod own_script;

pub use own_script::own_script;

use serde::{Deserialize, Serialize};
use validator::ValidateEmail;

/// Bytes of a local part, RFC 5321 §4.5.3.1.1.
const LOCAL_PART_LIMIT: usize = 64;
/// Bytes of a domain, RFC 5321 §4.5.3.1.2.
const DOMAIN_LIMIT: usize = 255;
/// Bytes of a path without its angle brackets, RFC 5321 §4.5.3.1.3.
const ADDRESS_LIMIT: usize = 254;

/// A mailbox that mail can be sent to.
///
/// Equality follows [`EmailAddress::lookup_key`]: two spellings that differ in
/// letter case alone are one address.
///
/// ```
/// use jarshy::address::EmailAddress;
///
/// let address: EmailAddress = " Aigul@Почта.KZ ".parse()?;
/// assert_eq!(address.as_str(), "Aigul@xn--80a1acny.kz");
/// assert_eq!(address.lookup_key(), "aigul@xn--80a1acny.kz");
/// # Ok::<(), jarshy::address::AddressError>(())
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress {
    text: String,
    at: usize,
}

/// Why a text is not an address that mail can be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing but white space.
    #[error("the address is missing")]
    Missing,
    /// Not of the form `someone@example.org`.
    #[error("the address is not of the form someone@example.org")]
    Malformed,
    /// Longer than SMTP can carry.
    #[error("the address is longer than mail systems accept")]
    TooLong,
}

/// A domain as senders' addresses have it: lower case, ASCII.
///
/// # Errors
/// [`AddressError`] where no address can have it.
pub fn sender_domain(text: &str) -> Result<String, AddressError> {
    let address = EmailAddress::parse(&format!("postmaster@{text}"))?;
    Ok(address.domain().to_owned())
}

/// A part of an address as it is stored, where it was typed with an
/// international domain: `пример.рф` and `a@пример.рф` with their A-labels.
/// `None` where that is no other text.
pub fn stored_form(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_ascii() || text.len() > 4 * ADDRESS_LIMIT {
        return None;
    }
    let (local, domain) = match text.rsplit_once('@') {
        Some((local, domain)) => (Some(local), domain),
        None => (None, text),
    };
    if domain.is_ascii() || domain.contains(char::is_whitespace) {
        return None;
    }
    let domain = idna::domain_to_ascii(domain).ok()?;
    Some(match local {
        Some(local) => format!("{local}@{domain}"),
        None => domain,
    })
}

impl EmailAddress {
    /// Parses an address as typed: surrounding white space is
    /// dropped, an international domain is put into its ASCII form.
    ///
    /// # Errors
    /// [`AddressError`] names the first thing that is wrong with it.
    pub fn parse(input: &str) -> Result<Self, AddressError> {
        let input = input.trim();
        if input.is_empty() {
            return Err(AddressError::Missing);
        }
        // Far above any limit: refuse before spending work on it.
        if input.len() > 4 * ADDRESS_LIMIT {
            return Err(AddressError::TooLong);
        }
        let (local, domain) = input.rsplit_once('@').ok_or(AddressError::Malformed)?;
        if local.len() > LOCAL_PART_LIMIT || domain.len() > DOMAIN_LIMIT {
            return Err(AddressError::TooLong);
        }
        let domain = ascii_domain(domain)?;
        if local.len() + 1 + domain.len() > ADDRESS_LIMIT {
            return Err(AddressError::TooLong);
        }
        if !is_dot_atom(local) {
            return Err(AddressError::Malformed);
        }
        // `validator` follows HTML's grammar, which is ASCII only; letters of
        // RFC 6531 were allowed by `is_dot_atom`, so stand-ins take their place.
        let ascii_local: String = local
            .chars()
            .map(|c| if c.is_ascii() { c } else { 'x' })
            .collect();
        if !format!("{ascii_local}@{domain}").validate_email() {
            return Err(AddressError::Malformed);
        }
        Ok(Self {
            at: local.len(),
            text: format!("{local}@{domain}"),
        })
    }

    /// The address as it goes on the wire.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The address as people read it: an international domain is in its own script, unless it
    /// could be taken for another one.
    pub fn shown(&self) -> Cow<'_, str> {
        own_script(&self.text)
    }

    /// Whether it reads differently than it is stored.
    pub fn is_shown_otherwise(&self) -> bool {
        self.shown() != self.text.as_str()
    }

    /// The part before the `@`, as typed.
    pub fn local_part(&self) -> &str {
        &self.text[..self.at]
    }

    /// The domain: lower case, ASCII form.
    pub fn domain(&self) -> &str {
        &self.text[self.at + 1..]
    }

    /// The key under which the address is stored and found: all lower case.
    pub fn lookup_key(&self) -> String {
        self.text.to_lowercase()
    }

    /// What the addresses of one mailbox have in common: without the detail behind
    /// `+` (RFC 5233), and at Gmail without dots.
    pub fn mailbox_key(&self) -> String {
        let key = self.lookup_key();
        let Some((local, domain)) = key.rsplit_once('@') else {
            return key;
        };
        let base = local.split_once('+').map_or(local, |(base, _)| base);
        let base = if base.is_empty() { local } else { base };
        match domain {
            "gmail.com" | "googlemail.com" => format!("{}@gmail.com", base.replace('.', "")),
            domain => format!("{base}@{domain}"),
        }
    }

    /// Whether only a relay that offers SMTPUTF8 (RFC 6531) can take it.
    pub fn needs_smtputf8(&self) -> bool {
        !self.text.is_ascii()
    }
}

/// RFC 5321's `Dot-string` with the letters that RFC 6531 adds. Quoted local
/// parts are legal but unknown in practice, and a home for injected syntax.
fn is_dot_atom(local: &str) -> bool {
    local.split('.').all(|atom| {
        !atom.is_empty()
            && atom.chars().all(|c| {
                if c.is_ascii() {
                    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
                } else {
                    c.is_alphanumeric()
                }
            })
    })
}

fn ascii_domain(domain: &str) -> Result<String, AddressError> {
    let ascii = idna::domain_to_ascii_strict(domain).map_err(|_| AddressError::Malformed)?;
    let labels: Vec<&str> = ascii.split('.').collect();
    let top = labels.last().copied().unwrap_or_default();
    // A bare host name or a literal IP address is no public mailbox's domain.
    let plausible = labels.len() >= 2
        && labels
            .iter()
            .all(|label| !label.is_empty() && label.len() <= 63)
        && !top.chars().all(|c| c.is_ascii_digit());
    if plausible {
        Ok(ascii)
    } else {
        Err(AddressError::Malformed)
    }
}

impl FromStr for EmailAddress {
    type Err = AddressError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::parse(s)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = AddressError;

    fn try_from(value: String) -> Result<Self, Self::Error> {
        Self::parse(&value)
    }
}

impl From<EmailAddress> for String {
    fn from(value: EmailAddress) -> Self {
        value.text
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress({})", self.text)
    }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.lookup_key() == other.lookup_key()
    }
}

impl Eq for EmailAddress {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_type_them_are_accepted() {
        for (typed, wire) in [
            ("a@b.kz", "a@b.kz"),
            ("  Aigul.N+news@Example.ORG\t", "Aigul.N+news@example.org"),
            ("o'neil@example.ie", "o'neil@example.ie"),
            ("почта@пример.рф", "почта@xn--e1afmkfd.xn--p1ai"),
            ("қазақ@example.kz", "қазақ@example.kz"),
        ] {
            assert_eq!(EmailAddress::parse(typed).unwrap().as_str(), wire);
        }
    }

    #[test]
    fn addresses_of_one_mailbox_have_one_key() {
        for (address, key) in [
            ("Reader+news@Example.org", "reader@example.org"),
            ("reader+a+b@example.org", "reader@example.org"),
            ("rea.der@example.org", "rea.der@example.org"),
            ("r.e.ader+x@googlemail.com", "reader@gmail.com"),
            ("+x@example.org", "+x@example.org"),
        ] {
            let address = EmailAddress::parse(address).unwrap();
            assert_eq!(address.mailbox_key(), key);
        }
    }

    #[test]
    fn invalid_addresses_have_specific_errors() {
        use AddressError::*;
        let long_local = format!("{}@example.org", "a".repeat(65));
        let long_domain = format!("a@{}org", format!("{}.", "b".repeat(60)).repeat(5));
        for (typed, why) in [
            ("", Missing),
            ("  \n", Missing),
            ("plain", Malformed),
            ("@example.org", Malformed),
            ("a@", Malformed),
            ("a@localhost", Malformed),
            ("a@127.0.0.1", Malformed),
            ("a..b@example.org", Malformed),
            ("a b@example.org", Malformed),
            ("a@exa mple.org", Malformed),
            ("a@-example.org", Malformed),
            ("\"quoted\"@example.org", Malformed),
            ("a@example.org\r\nBcc: b@example.org", Malformed),
            ("a\r\nBcc:x@example.org", Malformed),
            ("a\u{0}@example.org", Malformed),
            ("a\u{202e}b@example.org", Malformed),
            (long_local.as_str(), TooLong),
            (long_domain.as_str(), TooLong),
        ] {
            assert_eq!(EmailAddress::parse(typed).unwrap_err(), why, "{typed:?}");
        }
    }

    #[test]
    fn letter_case_does_not_make_another_mailbox() {
        let typed = EmailAddress::parse("Aigul@Example.org").unwrap();
        assert_eq!(typed, EmailAddress::parse("aigul@example.ORG").unwrap());
        assert_eq!(typed.local_part(), "Aigul");
        assert_eq!(typed.domain(), "example.org");
    }

    #[test]
    fn an_international_domain_is_looked_for_in_its_stored_form() {
        for (typed, stored) in [
            ("почта@пример.рф", Some("почта@xn--e1afmkfd.xn--p1ai")),
            ("a@Пример.РФ", Some("a@xn--e1afmkfd.xn--p1ai")),
            ("пример.рф", Some("xn--e1afmkfd.xn--p1ai")),
            ("@пример.рф", Some("@xn--e1afmkfd.xn--p1ai")),
            ("почта@example.org", None),
            ("a@example.org", None),
            ("Айгүл Нұрлан", None),
            ("", None),
        ] {
            assert_eq!(stored_form(typed).as_deref(), stored, "{typed}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_parsed_address_parses_to_itself(input in "\\PC{0,80}") {
            if let Ok(address) = EmailAddress::parse(&input) {
                let again = EmailAddress::parse(address.as_str()).unwrap();
                proptest::prop_assert_eq!(again.as_str(), address.as_str());
            }
        }

        #[test]
        fn no_address_holds_what_ends_a_header_line(input in "[a-z@. \\r\\n\\t<>,;:\"\\\\]{1,60}") {
            if let Ok(address) = EmailAddress::parse(&input) {
                proptest::prop_assert!(!address.as_str().contains(['\r', '\n', '<', '>', ' ', ',']));
            }
        }
    }
}
