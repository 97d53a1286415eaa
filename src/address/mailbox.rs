//! A name and an address, as in `From` and `To`.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{AddressError, EmailAddress};
use crate::text::line::{LineError, PersonName};

/// A `mailbox` of RFC 5322 §3.4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mailbox {
    /// The name shown; may be empty.
    pub name: PersonName,
    /// The address.
    pub address: EmailAddress,
}

/// Why a text is not a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailboxError {
    /// The address part.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// More than one address.
    #[error("has more than one address")]
    Several,
    /// The name part.
    #[error("the name {0}")]
    Name(#[from] LineError),
}

impl Mailbox {
    /// An address without a name.
    pub fn bare(address: EmailAddress) -> Self {
        Self {
            name: PersonName::default(),
            address,
        }
    }
}

impl FromStr for Mailbox {
    type Err = MailboxError;

    /// Reads `Name <address>` or an address alone.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let Some((name, rest)) = text.rsplit_once('<') else {
            return Ok(Self::bare(text.parse()?));
        };
        let address = rest
            .strip_suffix('>')
            .ok_or(AddressError::Malformed)?
            .parse()?;
        let name = name.trim();
        let name = match unquoted(name) {
            Some(inner) => PersonName::parse(&inner)?,
            None if holds_address(name) => return Err(MailboxError::Several),
            None => PersonName::parse(name)?,
        };
        Ok(Self { name, address })
    }
}

/// Whether a name is followed by an address of its own, such as `A <a@b.kz>,`.
fn holds_address(name: &str) -> bool {
    let inner = name
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    inner.is_some_and(|(inner, _)| inner.trim().parse::<EmailAddress>().is_ok())
}

/// What one quoted string says; `None` where the text is more, or other, than
/// one: in `ТОО "Хабар"` the quotes are part of the name.
fn unquoted(text: &str) -> Option<String> {
    let mut inner = String::with_capacity(text.len());
    let mut chars = text.strip_prefix('"')?.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => inner.push(chars.next()?),
            '"' => return chars.as_str().is_empty().then_some(inner),
            c => inner.push(c),
        }
    }
    None
}

impl TryFrom<String> for Mailbox {
    type Error = MailboxError;

    fn try_from(text: String) -> Result<Self, MailboxError> {
        text.parse()
    }
}

impl From<Mailbox> for String {
    fn from(mailbox: Mailbox) -> Self {
        mailbox.to_string()
    }
}

impl std::fmt::Display for Mailbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.name.as_str() {
            "" => write!(f, "{}", self.address),
            // It would be read as a quoted string, or as another address.
            name if name.starts_with('"') || holds_address(name) => {
                let name = name.replace('\\', "\\\\").replace('"', "\\\"");
                write!(f, "\"{name}\" <{}>", self.address)
            }
            name => write!(f, "{name} <{}>", self.address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_are_read_with_and_without_a_name() {
        let mailbox: Mailbox = "Embassy of Kazakhstan <news@example.kz>".parse().unwrap();
        assert_eq!(mailbox.name.as_str(), "Embassy of Kazakhstan");
        assert_eq!(mailbox.address.as_str(), "news@example.kz");
        let bare: Mailbox = "news@example.kz".parse().unwrap();
        assert_eq!(bare.to_string(), "news@example.kz");
        for (text, name) in [
            ("ТОО \"Хабар\" <a@b.kz>", "ТОО \"Хабар\""),
            ("A <B> C <a@b.kz>", "A <B> C"),
            ("\"A <c@d.kz>\" <a@b.kz>", "A <c@d.kz>"),
            ("\"O'Neil \\\"Bob\\\"\" <a@b.kz>", "O'Neil \"Bob\""),
            ("O'Neil \"Bob\" <a@b.kz>", "O'Neil \"Bob\""),
            ("\"Plain\" <a@b.kz>", "Plain"),
            ("\"A\" and \"B\" <a@b.kz>", "\"A\" and \"B\""),
            ("\"\\\"Q\\\"\" <a@b.kz>", "\"Q\""),
            ("A <B> <a@b.kz>", "A <B>"),
        ] {
            let mailbox: Mailbox = text.parse().unwrap();
            assert_eq!(mailbox.name.as_str(), name, "{text}");
            assert_eq!(mailbox.to_string().parse(), Ok(mailbox), "{text}");
        }
        let several = "A <c@d.kz>, B <a@b.kz>".parse::<Mailbox>();
        assert_eq!(several, Err(MailboxError::Several));
        assert!("Name <a@b.kz".parse::<Mailbox>().is_err());
        assert!("N\r\nBcc: x <a@b.kz>".parse::<Mailbox>().is_err());
    }
}
