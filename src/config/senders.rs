//! Senders besides the default one.

use serde::{Deserialize, Serialize};

use crate::address::mailbox::{Mailbox, MailboxError};

/// Senders that an installation may have besides the default one.
const LIMIT: usize = 100;

/// Mailboxes that campaigns are offered as their sender, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Senders(Vec<Mailbox>);

/// Why a list of senders is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendersError {
    #[error("{text:?} is no sender: {error}; write Name <address>")]
    Mailbox { text: String, error: MailboxError },
    #[error("{0} is named twice")]
    Twice(String),
    #[error("there may be at most {LIMIT} senders")]
    TooMany,
}

impl Senders {
    pub fn iter(&self) -> impl Iterator<Item = &Mailbox> {
        self.0.iter()
    }

    pub fn contains(&self, mailbox: &Mailbox) -> bool {
        self.0.contains(mailbox)
    }
}

impl TryFrom<Vec<String>> for Senders {
    type Error = SendersError;

    fn try_from(texts: Vec<String>) -> Result<Self, SendersError> {
        if texts.len() > LIMIT {
            return Err(SendersError::TooMany);
        }
        let mut senders: Vec<Mailbox> = Vec::with_capacity(texts.len());
        for text in texts {
            match text.parse() {
                Ok(mailbox) if senders.contains(&mailbox) => {
                    return Err(SendersError::Twice(mailbox.to_string()));
                }
                Ok(mailbox) => senders.push(mailbox),
                Err(error) => return Err(SendersError::Mailbox { text, error }),
            }
        }
        Ok(Self(senders))
    }
}

impl From<Senders> for Vec<String> {
    fn from(senders: Senders) -> Self {
        senders.0.iter().map(Mailbox::to_string).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn senders(texts: &[&str]) -> Result<Senders, SendersError> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        texts.try_into()
    }

    #[test]
    fn senders_are_mailboxes_each_named_once() {
        let two = ["Press office <press@example.org>", "culture@example.org"];
        let texts: Vec<String> = senders(&two).unwrap().into();
        assert_eq!(texts, two);
        // Two names of one address are two senders.
        assert!(senders(&["A <a@example.org>", "B <a@example.org>"]).is_ok());
        let twice = senders(&["A <a@example.org>", "\"A\" <a@example.org>"]);
        assert_eq!(
            twice.unwrap_err().to_string(),
            "A <a@example.org> is named twice"
        );
        let error = senders(&["nobody"]).unwrap_err().to_string();
        assert!(error.contains("\"nobody\" is no sender"), "{error}");
        let many: Vec<String> = (0..=LIMIT).map(|n| format!("a{n}@example.org")).collect();
        assert_eq!(Senders::try_from(many), Err(SendersError::TooMany));
    }
}
