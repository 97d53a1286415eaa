//! A name and an address as they stand in `From` and `To`.

use std::str::FromStr;

use crate::address::{AddressError, EmailAddress};
use crate::model::line::{LineError, PersonName};

/// A `mailbox` of RFC 5322 §3.4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The name shown; may be empty.
    pub name: PersonName,
    /// The address.
    pub address: EmailAddress,
}

/// The text is no mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailboxError {
    /// The address part.
    #[error(transparent)]
    Address(#[from] AddressError),
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
            None => PersonName::parse(name)?,
        };
        Ok(Self { name, address })
    }
}

/// What one quoted string says; `None` where the text is more, or other, than
/// one: whoever types `ТОО "Хабар"` means the quotes.
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

impl std::fmt::Display for Mailbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.name.as_str() {
            "" => write!(f, "{}", self.address),
            // It would be read as a quoted string.
            name if name.starts_with('"') => {
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
        assert!("Name <a@b.kz".parse::<Mailbox>().is_err());
        assert!("N\r\nBcc: x <a@b.kz>".parse::<Mailbox>().is_err());
    }
}
