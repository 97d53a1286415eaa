//! What users write down about a subscriber, for themselves and one another.

use std::fmt;
use std::str::FromStr;

/// A plain text, which may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubscriberNote(String);

/// A note that is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a note may have at most {} characters", SubscriberNote::LIMIT)]
pub struct NoteTooLong;

impl SubscriberNote {
    /// Characters that it may have.
    pub const LIMIT: usize = 2_000;

    /// The note as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SubscriberNote {
    type Err = NoteTooLong;

    fn from_str(text: &str) -> Result<Self, NoteTooLong> {
        let text = text.trim();
        match text.chars().count() {
            ..=Self::LIMIT => Ok(Self(text.to_owned())),
            _ => Err(NoteTooLong),
        }
    }
}

impl fmt::Display for SubscriberNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_has_a_limit_in_characters_of_any_script() {
        let most = "ә".repeat(SubscriberNote::LIMIT);
        assert_eq!(
            format!(" {most}\n").parse(),
            Ok(SubscriberNote(most.clone()))
        );
        assert_eq!(
            format!("{most}!").parse::<SubscriberNote>(),
            Err(NoteTooLong)
        );
        assert_eq!("  ".parse(), Ok(SubscriberNote::default()));
    }
}
